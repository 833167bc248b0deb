/*
 * Recommending: the worker's analysis, and an outcome for each child they are ready to speak of.
 *
 * Only whom it is allocated to; nobody recommends what they then authorise. It stays in their caseload until decided.
 *
 * Source: domain.md, "recommended" and "Outcomes (per child)".
 */
#ifndef HUB_RECOMMENDATION_H
#define HUB_RECOMMENDATION_H

#include "hub/child_outcome.h"

struct enquiry_recommend {
	struct on_enquiry on;
	struct text analysis;
	struct input_list children; /* of struct child_outcome */
};

extern const struct input_type enquiry_recommend_input;

/* allocated -> recommended, with a proposal of outcomes for some or all of the children. */
NODISCARD bool enquiry_recommend(struct hub *, const struct enquiry_recommend *, struct error *);

/* May the actor recommend this one: theirs, or a manager's hand? */
bool recommendation_holds(const struct hub *, const struct episode *);

#endif
