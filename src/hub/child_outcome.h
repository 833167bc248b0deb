/*
 * Child outcome: what is proposed for one child, and once authorised, its outcome. Shared by recommending and by
 * screening out.
 *
 * A row of a form that was left wholly empty is a child that isn't meant: nothing is ever preselected. A row with
 * anything in it needs its outcome, level and reason, and whatever rules/threshold.h asks of that outcome.
 */
#ifndef HUB_CHILD_OUTCOME_H
#define HUB_CHILD_OUTCOME_H

#include "hub/on_enquiry.h"
#include "sql/outcome.h"

struct child_outcome {
	int64_t child; /* its place in the enquiry, from 1 */
	struct text outcome;
	int64_t threshold_level; /* INT_NONE: not given */
	struct text reason;
	struct text service; /* its name, as in the directory */
	struct text agreement_by;
	instant agreement_at; /* no value with agreement_by: now */
	struct text below_level_reason;
	struct text to_whom; /* other authority: whom one spoke to; open case: the allocated worker */
};

extern const struct input_type child_outcome_input;

/* Checks every row; gives those that say something. Collects fields as "children/0/outcome". */
NODISCARD bool child_outcomes_check(
	struct hub *, const struct episode *, const struct input_list *given, struct input_list *ret, struct error *);

/* Writes checked rows under a proposal, not yet authorised. */
NODISCARD bool child_outcomes_put(
	struct hub *, const struct episode *, struct proposal_id, const struct input_list *, struct error *);

/*
 * Authorises what stands under a proposal: the outcomes, each child's completion in the balance, the hand-overs that
 * follow. *ret_left: how many children of the enquiry still have no outcome.
 */
struct authorised {
	struct proposal_id proposal;
	bool screened_out;
	int64_t left;        /* set: children still without an outcome */
	bool only_open_case; /* set: every outcome of the episode is open_case */
};
NODISCARD bool child_outcomes_authorise(struct hub *, const struct episode *, struct authorised *, struct error *);

#endif
