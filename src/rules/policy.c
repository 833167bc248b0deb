#include "rules/policy.h"

#define AT(hours, minutes) ((hours)*60 + (minutes))

static const struct duration one_working_day = {DURATION_WORKING_DAYS, 1, END_SAME_TIME};

static void default_hours(struct opening_hours week[WEEKDAY_COUNT])
{
	for (int d = MONDAY; d <= THURSDAY; d++) week[d] = (struct opening_hours){AT(8, 30), AT(17, 0)};
	week[FRIDAY] = (struct opening_hours){AT(8, 30), AT(16, 0)};
}

static void default_durations(struct policy *p)
{
	p->decision[RAG_RED] = (struct duration){DURATION_ELAPSED_HOURS, 4, END_SAME_TIME};
	p->decision[RAG_AMBER] = one_working_day;
	p->decision[RAG_GREEN] = (struct duration){DURATION_WORKING_DAYS, 3, END_SAME_TIME};
	p->screening_in_hours = (struct duration){DURATION_ELAPSED_HOURS, 2, END_SAME_TIME};
	p->screening_out_of_hours = (struct duration){DURATION_WORKING_HOURS, 2, END_SAME_TIME};
}

/* Working Together to Safeguard Children; Children Act 1989 s46 (72 hours) and s45 (8 days). */
static void default_other_clocks(struct duration other[OTHER_CLOCK_COUNT])
{
	static const struct duration fifteen = {DURATION_WORKING_DAYS, 15, END_CLOSE_OF_BUSINESS};

	other[CLOCK_ACKNOWLEDGEMENT] = one_working_day;
	other[CLOCK_REFERRAL_DECISION] = one_working_day;
	other[CLOCK_ASSESSMENT] = (struct duration){DURATION_WORKING_DAYS, 45, END_CLOSE_OF_BUSINESS};
	other[CLOCK_STRATEGY_HELD] = one_working_day;
	other[CLOCK_CONFERENCE] = fifteen;
	other[CLOCK_TRANSFER_IN] = fifteen;
	other[CLOCK_POLICE_PROTECTION] = (struct duration){DURATION_ELAPSED_HOURS, 72, END_SAME_TIME};
	other[CLOCK_EMERGENCY_ORDER] = (struct duration){DURATION_ELAPSED_HOURS, 8 * 24, END_SAME_TIME};
	other[CLOCK_LADO] = one_working_day;
	other[CLOCK_RESCREENING] = (struct duration){DURATION_WORKING_DAYS, 1, END_CLOSE_OF_BUSINESS};
}

#define NAME(words)                                                                                                    \
	{                                                                                                                  \
		words, sizeof(words) - 1                                                                                       \
	}
static const struct text services[] = {NAME("Parenting group"), NAME("Family centre drop-in"), NAME("School nurse"),
	NAME("Health visitor"), NAME("Debt and housing advice"), NAME("Young carers")};
#undef NAME

static void default_signers(unsigned signers[PROPOSAL_COUNT])
{
	for (int kind = 0; kind < PROPOSAL_COUNT; kind++)
		signers[kind] =
			1u << ROLE_PRACTICE_MANAGER | SIGNER_DEPUTY | 1u << ROLE_EDT_MANAGER | 1u << ROLE_SERVICE_MANAGER;
}

void policy_default(struct arena *arena, struct policy *ret)
{
	*ret = (struct policy){
		.reference_prefix = TEXT("OX"),
		.levels = 4,
		.statutory_level = 3,
		.section_47_level = 4,
		.cap = 25,
		.target = 10,
		.alarm_danger_minutes = 15,
		.alarm_hand_over_minutes = 15,
		.alarm_held_minutes = 30,
		.restriction_review_days = 90,
		.glass_hours = 8,
		.services = {services, sizeof services / sizeof *services},
	};
	default_hours(ret->week);
	default_durations(ret);
	default_other_clocks(ret->other);
	default_signers(ret->signers);
	ret->bank_holidays = bank_holidays_shipped(arena);
}
