/* How a due time was reached, step by step, from the same functions that reached it. */
#include <assert.h>

#include "base/buffer.h"
#include "base/london.h"
#include "rules/clock.h"

#define CLOSED_DAYS_TOLD 10

static void add_step(struct clock_explanation *e, struct text step)
{
	assert(e->step_count < CLOCK_STEPS_MOST);
	e->steps[e->step_count++] = step;
}

static void explain_start(struct arena *arena, const struct policy *p, struct clock_explanation *e)
{
	bool elapsed = e->rule.kind == DURATION_ELAPSED_HOURS, open = clock_is_open(p, e->received);

	add_step(e, arena_printf(arena, "Received %.*s, %s.", TEXT_ARG(london_words(arena, e->received)),
					open ? "in hours" : "out of hours"));
	if (elapsed)
		add_step(e, TEXT("The clock starts at receipt and runs day and night."));
	else if (open)
		add_step(e, TEXT("The clock starts at receipt."));
	else
		add_step(e, arena_printf(arena, "The clock starts at the next opening, %.*s.",
						TEXT_ARG(london_short(arena, e->effective_start))));
	if (elapsed && !open) add_step(e, TEXT("It stands on the emergency duty team's list until the hub opens."));
}

static struct text why_closed(struct arena *arena, const struct policy *p, day on)
{
	const struct named_day *named = named_days_find(p->bank_holidays, on);

	if (!named) named = named_days_find(p->closures, on);
	if (!named) return day_words_short(arena, on);
	return arena_printf(arena, "%.*s (%.*s)", TEXT_ARG(day_words_short(arena, on)), TEXT_ARG(named->name));
}

/* Names the days between start and due on which the hub is closed. */
static void explain_closed_days(struct arena *arena, const struct policy *p, struct clock_explanation *e)
{
	BUFFER_SCOPE list;
	int told = 0, untold = 0;

	buffer_init(&list, 4096);
	for (day on = london_day(e->effective_start) + 1; on < london_day(e->due); on++) {
		if (clock_working_day(p, on)) continue;
		if (told == CLOSED_DAYS_TOLD) {
			untold++;
			continue;
		}
		buffer_printf(&list, "%s%.*s", told++ ? ", " : "", TEXT_ARG(why_closed(arena, p, on)));
	}
	if (told == 0) return;
	if (untold) buffer_printf(&list, " and %d more", untold);
	add_step(e, arena_printf(arena, "Not counted, the hub is closed: %.*s.", TEXT_ARG(buffer_text(&list))));
}

/* Working days that would end after that day's close end at it. */
static void explain_close(struct arena *arena, struct clock_explanation *e)
{
	int start = london_of_instant(e->effective_start).second, due = london_of_instant(e->due).second;

	if (e->rule.end != END_SAME_TIME || start == due) return;
	add_step(e, arena_printf(arena, "%.*s is after that day's close, %.*s, so it is due at the close.",
					TEXT_ARG(london_clock(arena, e->effective_start)), TEXT_ARG(london_clock(arena, e->due))));
}

void clock_explain(
	struct arena *arena, const struct policy *p, enum rag rag, instant received, struct clock_explanation *ret)
{
	struct duration rule = p->decision[rag];
	struct clock_explanation e = {.received = received, .rule = rule};

	e.effective_start = clock_start(p, rule, received);
	e.due = clock_decision_due(p, rag, received);
	e.rule_text = duration_text(arena, rule);
	explain_start(arena, p, &e);
	add_step(&e, arena_printf(arena, "%.*s: %.*s.", TEXT_ARG(rag_words(rag)), TEXT_ARG(duration_words(arena, rule))));
	if (rule.kind != DURATION_ELAPSED_HOURS) explain_closed_days(arena, p, &e);
	if (rule.kind == DURATION_WORKING_DAYS) explain_close(arena, &e);
	add_step(&e, arena_printf(arena, "Due %.*s.", TEXT_ARG(london_words(arena, e.due))));
	*ret = e;
}
