#include "rules/clock.h"

#include <assert.h>

static instant earlier(instant a, instant b)
{
	return a < b ? a : b;
}

instant clock_decision_due(const struct policy *p, enum rag rag, instant received)
{
	assert(rag >= 0 && rag < RAG_COUNT);
	return clock_add(p, p->decision[rag], received);
}

instant clock_screening_due(const struct policy *p, instant received)
{
	instant close, soon;

	if (!clock_is_open(p, received)) return clock_add(p, p->screening_out_of_hours, clock_effective(p, received));
	close = clock_next_close(p, received);
	soon = clock_add(p, p->screening_in_hours, received);
	return close > soon ? close : soon;
}

static bool counts_from_day_one(const struct policy *p, enum other_clock clock)
{
	if (!p->long_clocks_from_day_one) return false;
	return clock == CLOCK_ASSESSMENT || clock == CLOCK_CONFERENCE || clock == CLOCK_TRANSFER_IN;
}

instant clock_other_due(const struct policy *p, enum other_clock clock, instant from)
{
	struct duration rule;

	assert(clock >= 0 && clock < OTHER_CLOCK_COUNT);
	rule = p->other[clock];
	if (rule.kind == DURATION_WORKING_DAYS && counts_from_day_one(p, clock)) rule.n--;
	return clock_add(p, rule, from);
}

instant clock_act_by(const struct policy *p, enum rag rag, instant now)
{
	return clock_decision_due(p, rag, now);
}

instant clock_rerated_due(const struct policy *p, const struct rerating *r)
{
	bool misrated = r->kind == RERATE_MISRATED;
	instant due = clock_decision_due(p, r->rag, misrated ? r->received_at : r->information_at);
	bool late = r->at > r->due_at;

	return misrated && !late ? due : earlier(r->due_at, due);
}

static int64_t time_in(const struct policy *p, struct duration rule, instant from, instant to)
{
	return rule.kind == DURATION_ELAPSED_HOURS ? (to - from) / MINUTE_MS : clock_open_minutes(p, from, to);
}

bool clock_past_half(const struct policy *p, enum rag rag, instant received, instant due, instant now)
{
	struct duration rule = p->decision[rag];
	instant start = clock_start(p, rule, received);

	return now > start && 2 * time_in(p, rule, start, now) > time_in(p, rule, start, due);
}

struct text clock_length_words(struct arena *arena, int64_t minutes)
{
	long long days, hours, rest;

	if (minutes < 0) minutes = 0;
	days = minutes / (24 * 60), hours = minutes / 60 % 24, rest = minutes % 60;
	if (days && hours) return arena_printf(arena, "%lld day%s %lld h", days, days == 1 ? "" : "s", hours);
	if (days) return arena_printf(arena, "%lld day%s", days, days == 1 ? "" : "s");
	if (hours && rest) return arena_printf(arena, "%lld h %lld min", hours, rest);
	if (hours) return arena_printf(arena, "%lld hour%s", hours, hours == 1 ? "" : "s");
	return arena_printf(arena, "%lld minute%s", rest, rest == 1 ? "" : "s");
}
