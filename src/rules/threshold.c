#include "rules/threshold.h"

enum outcome threshold_calls_for(const struct policy *p, int64_t level)
{
	if (level >= p->section_47_level) return OUTCOME_SECTION_47;
	return level >= p->statutory_level ? OUTCOME_ASSESSMENT : OUTCOME_NONE;
}

bool outcome_is_referral(enum outcome outcome)
{
	return outcome == OUTCOME_SECTION_47 || outcome == OUTCOME_ASSESSMENT;
}

static bool check_level(struct decoder *d, const struct policy *p, int64_t level)
{
	if (!decode_required(d, FIELD_threshold_level, level != INT_NONE)) return false;
	if (level >= 1 && level <= p->levels) return true;
	return decode_problem(d, FIELD_threshold_level, "Threshold level must be from 1 to %d", p->levels);
}

/* Section 47 and assessment may not be given for less need than they are for. */
static bool check_high_enough(struct decoder *d, const struct policy *p, const struct finding *f)
{
	int least = f->outcome == OUTCOME_SECTION_47   ? p->section_47_level
				: f->outcome == OUTCOME_ASSESSMENT ? p->statutory_level
												   : 1;

	if (f->threshold_level >= least) return true;
	return decode_problem(
		d, FIELD_threshold_level, "%.*s needs level %d or above", TEXT_ARG(outcome_words(f->outcome)), least);
}

/* An open case and another authority are coded by being the outcome; refused agreement is only for no significant harm. */
static bool below_is_coded(const struct policy *p, const struct finding *f)
{
	if (f->outcome == OUTCOME_OPEN_CASE || f->outcome == OUTCOME_OTHER_AUTHORITY) return true;
	if (f->below_level_reason == BELOW_LEVEL_AGREEMENT_REFUSED) return f->threshold_level < p->section_47_level;
	return f->below_level_reason != BELOW_LEVEL_NONE;
}

static bool check_not_below(struct decoder *d, const struct policy *p, const struct finding *f)
{
	enum outcome least = threshold_calls_for(p, f->threshold_level);
	bool enough = least == OUTCOME_NONE || f->outcome == OUTCOME_SECTION_47 ||
				  (f->outcome == OUTCOME_ASSESSMENT && least == OUTCOME_ASSESSMENT);

	if (enough || below_is_coded(p, f)) return true;
	if (f->below_level_reason == BELOW_LEVEL_AGREEMENT_REFUSED)
		return decode_problem(d, FIELD_below_level_reason,
			"Refused agreement is a reason only where there is no significant harm, below level %d",
			p->section_47_level);
	return decode_problem(d, FIELD_outcome, "Level %lld calls for %.*s; choose that, another level, or say why not",
		(long long)f->threshold_level, TEXT_ARG(outcome_text(least)));
}

static bool check_strategy(struct decoder *d, const struct finding *f, enum finding_stage stage)
{
	if (stage == FINDING_RECOMMENDED || f->strategy_requested_at != INSTANT_NONE) return true;
	return decode_problem(d, FIELD_strategy_requested_at,
		"Section 47 can't be authorised before a strategy discussion has been requested: record when it was");
}

static bool check_service(struct decoder *d, const struct finding *f)
{
	bool agreed = f->agreement == AGREEMENT_OFFERED || !text_blank(f->agreement_by);
	bool service = decode_required(d, FIELD_service, !text_blank(f->service));

	if (!agreed)
		decode_problem(d, FIELD_agreement_by,
			"Enter who agreed: nothing is sent without a parent's agreement, or a young person's who can give it");
	return service && agreed;
}

static bool check_open_case(struct decoder *d, const struct finding *f)
{
	if (!f->has_open_case && text_none(f->case_over))
		return decode_problem(d, FIELD_outcome,
			"This child has no open case on record: mark it, confirm who the child is, or choose another outcome");
	if (!f->has_open_case)
		return decode_problem(d, FIELD_outcome,
			"The open case ended on %.*s: mark it as open if it is, or choose another outcome", TEXT_ARG(f->case_over));
	if (f->by_telephone && text_blank(f->to_whom))
		return decode_problem(
			d, FIELD_to_whom, "A red is told by telephone as well: enter whom you spoke to, and where they work");
	return true;
}

static bool check_needs(struct decoder *d, const struct finding *f, enum finding_stage stage)
{
	switch (f->outcome) {
	case OUTCOME_SECTION_47: return check_strategy(d, f, stage);
	case OUTCOME_UNIVERSAL_SERVICES: return check_service(d, f);
	case OUTCOME_OTHER_AUTHORITY: return decode_required(d, FIELD_to_whom, !text_blank(f->to_whom));
	case OUTCOME_OPEN_CASE: return check_open_case(d, f);
	default: return true;
	}
}

bool threshold_check(struct decoder *d, const struct policy *p, const struct finding *f, enum finding_stage stage)
{
	bool reason = decode_required(d, FIELD_reason, !text_blank(f->reason));
	bool level = check_level(d, p, f->threshold_level);

	if (!decode_required(d, FIELD_outcome, f->outcome != OUTCOME_NONE)) return false;
	if (level) level = check_high_enough(d, p, f) && check_not_below(d, p, f);
	return check_needs(d, f, stage) && level && reason;
}

bool necessary_reason_is_yes(enum necessary_reason reason)
{
	return reason == NECESSARY_AT_OR_ABOVE_THRESHOLD || reason == NECESSARY_SAFEGUARDING_CONCERN;
}

bool necessary_fits(bool necessary, enum necessary_reason reason, bool screened_out)
{
	if (reason == NECESSARY_NONE) return false;
	if (reason == NECESSARY_OTHER) return screened_out && !necessary;
	return necessary_reason_is_yes(reason) == necessary;
}
