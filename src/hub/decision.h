/*
 * Deciding: a second person authorises what was recommended, or returns it.
 *
 * The last child's outcome stops the clock and ends the episode; the worker's caseload falls at once. Where only some
 * of the children have their outcome, it goes back to the worker for the others. With nothing to hand over it is
 * closed in the same step.
 *
 * Source: domain.md, "decided", "closed" and "People in the system".
 */
#ifndef HUB_DECISION_H
#define HUB_DECISION_H

#include "hub/child_outcome.h"

struct enquiry_authorise {
	struct on_enquiry on;
	struct text necessary; /* yes or no: did it need a MASH enquiry? */
	struct text necessary_reason;
};

extern const struct input_type enquiry_authorise_input;
NODISCARD bool enquiry_authorise(struct hub *, const struct enquiry_authorise *, struct error *);

/* The authoriser's finding: both given, and the reason one that goes with the answer. Collects fields. */
NODISCARD bool finding_check(const struct hub *, struct text necessary, struct text reason, struct error *);

/* Authorises what stands under an answered proposal and ends the episode, or for some of the children goes back for the others. */
struct decided {
	enum action action;
	struct proposal_id proposal;
	struct text necessary;
	struct text necessary_reason;
};
NODISCARD bool decision_take(struct hub *, struct episode *, const struct decided *, struct error *);

struct enquiry_return {
	struct on_enquiry on;
	struct text returned_reason;
};

extern const struct input_type enquiry_return_input;

/* recommended -> allocated: nothing is authorised; the worker recommends again. */
NODISCARD bool enquiry_return(struct hub *, const struct enquiry_return *, struct error *);

#endif
