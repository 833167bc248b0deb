/*
 * Threshold: whether an outcome for a child fits the level of need and has what the law and the policy ask of it.
 *
 * Source: domain.md, "Outcomes (per child)". Pure.
 */
#ifndef RULES_THRESHOLD_H
#define RULES_THRESHOLD_H

#include "rules/decode.h"
#include "rules/policy.h"

struct finding {
	enum outcome outcome;
	int64_t threshold_level; /* or INT_NONE */
	struct text reason;
	enum below_level_reason below_level_reason; /* why less than the level calls for, or BELOW_LEVEL_NONE */
	instant strategy_requested_at;
	struct text service;
	enum agreement agreement; /* none reads as given where somebody agreed */
	struct text agreement_by;
	instant agreement_at;
	struct text to_whom;   /* other authority, or an open case that is red: whom one spoke to by telephone */
	bool has_open_case;    /* a confirmed link to open work elsewhere */
	struct text case_over; /* where it has none now: the day the last one ended, in words; no value: none is known */
	bool by_telephone;     /* an open case that is red is told by telephone as well */
};

enum finding_stage {
	FINDING_RECOMMENDED,
	FINDING_AUTHORISED, /* now a section 47 also needs the strategy discussion requested */
};

/* Adds each thing that stands in the way to the decoder's error; false if anything was added. */
NODISCARD bool threshold_check(struct decoder *, const struct policy *, const struct finding *, enum finding_stage);

/* The least outcome this level calls for: section 47, assessment, or OUTCOME_NONE. */
enum outcome threshold_calls_for(const struct policy *, int64_t level);

/* A referral is a child whose outcome is assessment or section 47. */
bool outcome_is_referral(enum outcome);

/* The finding "necessary" and its reason go together; "other" only where it was screened out. */
bool necessary_fits(bool necessary, enum necessary_reason, bool screened_out);
bool necessary_reason_is_yes(enum necessary_reason);

#endif
