/*
 * Closing: every follow-on action done or accepted. Feedback owed to the referrer doesn't hold it open.
 */
#ifndef HUB_CLOSING_H
#define HUB_CLOSING_H

#include "hub/on_enquiry.h"

struct enquiry_close {
	struct on_enquiry on;
};

/* decided or screened out -> closed; refuses with what is still waiting. */
NODISCARD bool enquiry_close(struct hub *, const struct enquiry_close *, struct error *);

/* Closes it where nothing stands in the way, for the action that just ended it or answered its last hand-over. */
NODISCARD bool closing_follow(struct hub *, struct episode *, struct error *);

#endif
