#include "web/policy.h"

#define FACTS_MOST 40
#define DAYS_MOST  12

static struct policy_facts facts_begin(struct arena *arena)
{
	return (struct policy_facts){.rows = arena_new_array(arena, FACTS_MOST, struct policy_fact)};
}

static void fact(struct policy_facts *facts, const char *key, struct text value)
{
	facts->rows[facts->count++] = (struct policy_fact){key, value};
}

static struct text hours_words(struct arena *arena, struct opening_hours h)
{
	if (h.closes == 0) return TEXT("Closed");
	return arena_printf(arena, "%02d:%02d to %02d:%02d", h.opens / 60, h.opens % 60, h.closes / 60, h.closes % 60);
}

struct policy_facts policy_hours(struct arena *arena, const struct policy *p)
{
	struct policy_facts facts = facts_begin(arena);

	for (int d = 0; d < WEEKDAY_COUNT; d++) fact(&facts, weekday_name((enum weekday)d), hours_words(arena, p->week[d]));
	return facts;
}

struct policy_facts policy_deadlines(struct arena *arena, const struct policy *p)
{
	static const char *const others[OTHER_CLOCK_COUNT] = {
		[CLOCK_ACKNOWLEDGEMENT] = "Acknowledgement of a referral",
		[CLOCK_REFERRAL_DECISION] = "Decision on a referral",
		[CLOCK_ASSESSMENT] = "Assessment",
		[CLOCK_STRATEGY_HELD] = "Strategy discussion held",
		[CLOCK_CONFERENCE] = "Initial child protection conference",
		[CLOCK_TRANSFER_IN] = "Transfer-in conference",
		[CLOCK_POLICE_PROTECTION] = "Police protection",
		[CLOCK_EMERGENCY_ORDER] = "Emergency protection order",
		[CLOCK_LADO] = "Word to the designated officer",
		[CLOCK_RESCREENING] = "An accumulation taken over is screened again",
	};
	struct policy_facts facts = facts_begin(arena);

	fact(&facts, "Screening, received in hours",
		arena_printf(
			arena, "The later of that day's close and %.*s", TEXT_ARG(duration_words(arena, p->screening_in_hours))));
	fact(&facts, "Screening, received out of hours",
		arena_printf(arena, "%.*s from the next opening", TEXT_ARG(duration_words(arena, p->screening_out_of_hours))));
	fact(&facts, "Decision on a red", duration_words(arena, p->decision[RAG_RED]));
	fact(&facts, "Decision on an amber", duration_words(arena, p->decision[RAG_AMBER]));
	fact(&facts, "Decision on a green", duration_words(arena, p->decision[RAG_GREEN]));
	for (int i = 0; i < OTHER_CLOCK_COUNT; i++) fact(&facts, others[i], duration_words(arena, p->other[i]));
	return facts;
}

static struct text number(struct arena *arena, int n)
{
	return arena_printf(arena, "%d", n);
}

static struct text minutes(struct arena *arena, int n)
{
	return arena_printf(arena, "%d minutes", n);
}

struct policy_facts policy_caseload(struct arena *arena, const struct policy *p)
{
	struct policy_facts facts = facts_begin(arena);

	fact(&facts, "Most open enquiries of one full-time worker", number(arena, p->cap));
	fact(&facts, "Progressed in a day by one full-time worker, at least", number(arena, p->target));
	fact(&facts, "Levels of need", number(arena, p->levels));
	fact(&facts, "Statutory from level", number(arena, p->statutory_level));
	fact(&facts, "Section 47 from level", number(arena, p->section_47_level));
	fact(&facts, "The second signature of a screen-out may be delegated",
		p->delegate_screen_out ? TEXT("Yes") : TEXT("No"));
	fact(&facts, "Alarm: immediate danger unopened after", minutes(arena, p->alarm_danger_minutes));
	fact(&facts, "Alarm: hand-over unaccepted after", minutes(arena, p->alarm_hand_over_minutes));
	fact(&facts, "Alarm: held without room after", minutes(arena, p->alarm_held_minutes));
	fact(&facts, "A restricted record is looked at again after",
		arena_printf(arena, "%d days", p->restriction_review_days));
	fact(&facts, "Broken glass stays open for", arena_printf(arena, "%d hours", p->glass_hours));
	fact(&facts, "References begin with", p->reference_prefix);
	return facts;
}

static void closed_days(struct arena *arena, struct policy_facts *facts, struct named_days days, day from)
{
	for (size_t i = 0; i < days.count && facts->count < DAYS_MOST; i++)
		if (days.days[i].day >= from)
			fact(facts, arena_cstr(arena, day_words(arena, days.days[i].day)),
				arena_printf(arena, "Closed: %.*s", TEXT_ARG(days.days[i].name)));
}

struct policy_facts policy_days(struct arena *arena, const struct policy *p, day from)
{
	struct policy_facts facts = facts_begin(arena);

	for (size_t i = 0; i < p->override_count && facts.count < DAYS_MOST; i++)
		if (p->overrides[i].day >= from)
			fact(&facts, arena_cstr(arena, day_words(arena, p->overrides[i].day)),
				hours_words(arena, p->overrides[i].hours));
	closed_days(arena, &facts, p->closures, from);
	closed_days(arena, &facts, p->bank_holidays, from);
	return facts;
}
