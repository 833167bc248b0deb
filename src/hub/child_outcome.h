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
	struct text service;   /* its name, as in the directory */
	struct text agreement; /* universal services: given, or offered_not_agreed and then nothing is sent */
	struct text agreement_by;
	instant agreement_at; /* no value with agreement_by: now */
	struct text below_level_reason;
	struct text
		to_whom; /* whom one spoke to by telephone: another authority, or the worker of an open case that is red */
};

extern const struct input_type child_outcome_input;

/* Rows that were checked, ready to be written under a proposal. */
struct child_outcomes {
	struct outcome_insert_in *rows;
	size_t count;
	size_t children; /* of the enquiry, not removed */
	size_t without;  /* of those, still without an authorised outcome */
};

/* Checks every row; keeps those that say something. Collects fields as "children/0/outcome". */
NODISCARD bool child_outcomes_check(
	struct hub *, const struct episode *, const struct input_list *given, struct child_outcomes *ret, struct error *);

/* Writes checked rows under a proposal, not yet authorised. */
NODISCARD bool child_outcomes_put(struct hub *, const struct child_outcomes *, struct proposal_id, struct error *);

struct authorise {
	struct proposal_id proposal;
	bool screened_out;
};

struct authorised {
	size_t left;         /* children of the enquiry still without an outcome */
	bool only_open_case; /* every outcome of the episode is open_case */
};

/* Authorises what stands under a proposal: outcomes, each child's completion in the balance, the hand-overs that follow. */
NODISCARD bool child_outcomes_authorise(
	struct hub *, const struct episode *, const struct authorise *, struct authorised *ret, struct error *);

#endif
