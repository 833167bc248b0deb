/*
 * Ending and closing. Ended: authorised for its last child, counted as completed, out of the caseload. Closed: every follow-on action done or accepted. Feedback owed to the referrer doesn't hold it open.
 */
#ifndef HUB_CLOSING_H
#define HUB_CLOSING_H

#include "hub/on_enquiry.h"

struct enquiry_close {
	struct on_enquiry on;
};

/* decided or screened out -> closed; refuses with what is still waiting. */
NODISCARD bool enquiry_close(struct hub *, const struct enquiry_close *, struct error *);

struct ending {
	struct step step;
	const char *ended; /* screening, decision or open_case */
	struct text necessary;
	struct text necessary_reason;
	bool screened_out;
};

/* Takes the step that ends it, saves, owes the referrer an answer, and closes it where nothing stands in the way. */
NODISCARD bool episode_end(struct hub *, struct episode *, const struct ending *, struct error *);

/* Closes it where nothing stands in the way, for the action that just ended it or answered its last hand-over. */
NODISCARD bool closing_follow(struct hub *, struct episode *, struct error *);

#endif
