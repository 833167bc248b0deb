#include <math.h>

#include "base/london.h"
#include "hub/accumulation_part.h"
#include "measure/clear.h"
#include "rules/clock.h"

#define PACE_DAYS    10 /* working days whose pace is looked at */
#define PACE_WINDOWS 35 /* calendar days that hold them, closures with them */
#define WEEK_DAYS    7

/* Finished: what came by re-opening counts against it, what was taken in does not. */
static int64_t cleared_by(const struct accumulation_events_row *event)
{
	if (event->total < 0) return 1;
	return text_is(event->kind, "reopened") ? -1 : 0;
}

/*
 * What was cleared on each of the last working days that are over, not before `from`; what happens on a day the hub is
 * closed counts on the next that it is open on.
 */
struct pace {
	int64_t cleared[PACE_DAYS];
	size_t days;
};

static struct pace pace_of(struct hub *hub, const struct accumulation_events_rows *events, day from)
{
	day today = london_day(hub->now), on = today;
	struct pace pace = {.days = 0};
	size_t next = events->count;

	while (next > 0 && london_day(events->rows[next - 1].counts_at) >= today) next--;
	while (pace.days < PACE_DAYS && on - 1 >= from && today - on < PACE_WINDOWS) {
		int64_t cleared = 0;

		for (on--; next > 0 && london_day(events->rows[next - 1].counts_at) == on; next--)
			cleared += cleared_by(&events->rows[next - 1]);
		if (clock_working_day(hub->policy, on))
			pace.cleared[pace.days++] = cleared;
		else if (pace.days)
			pace.cleared[pace.days - 1] += cleared;
	}
	return pace;
}

static day after_days(struct hub *hub, int days)
{
	return days < 0 ? DAY_NONE : clock_working_days_after(hub->policy, london_day(hub->now), days);
}

static struct clear_by project(struct hub *hub, int64_t left, const struct pace *pace, double *ret_a_day)
{
	struct clear_days days = clear_project(left, pace->cleared, pace->days);

	*ret_a_day = days.a_day;
	return (struct clear_by){after_days(hub, days.middle), after_days(hub, days.soonest), after_days(hub, days.latest)};
}

static bool events_since(struct hub *hub, struct workstream_id workstream, instant from,
	struct accumulation_events_rows *ret, struct error *err)
{
	return accumulation_events(
		hub->tx, &(struct accumulation_events_in){.workstream = workstream, .from_at = from}, ret, err);
}

bool accumulation_clear_by(
	struct hub *hub, struct workstream_id workstream, int64_t left, struct clear_by *ret, struct error *err)
{
	struct accumulation_events_rows events;
	struct take_over_last_row taken;
	instant from = london_midnight(london_day(hub->now) - PACE_WINDOWS);
	struct pace pace;
	bool found;
	double a_day;

	*ret = (struct clear_by){DAY_NONE, DAY_NONE, DAY_NONE};
	if (!left) return true;
	if (!take_over_last(hub->tx, &(struct take_over_last_in){TEXT("accumulation")}, &taken, &found, err)) return false;
	if (!found) return true;
	if (taken.taken_at > from) from = taken.taken_at;
	if (!events_since(hub, workstream, from, &events, err)) return false;
	pace = pace_of(hub, &events, london_day(from));
	*ret = project(hub, left, &pace, &a_day);
	return true;
}

/* Working days from the day after `from` up to and with `to`. */
static int working_days(struct hub *hub, day from, day to)
{
	int count = 0;

	for (day d = from + 1; d <= to; d++) count += clock_working_day(hub->policy, d);
	return count;
}

/* How many stood open when it was taken over: what is left, and everything since taken back. */
static int64_t at_beginning(const struct accumulation_events_rows *events, int64_t left)
{
	for (size_t i = 0; i < events->count; i++) left -= events->rows[i].total;
	return left;
}

static void fill_days(struct hub *hub, const struct accumulation_events_rows *events, struct accumulation_view *view)
{
	day first = london_day(view->taken_at), today = london_day(hub->now);
	int64_t open = at_beginning(events, view->left), began = open;
	int all = view->target == DAY_NONE ? 0 : working_days(hub, first, view->target), gone = 0;
	size_t next = 0;

	view->burn.days = arena_new_array(hub->arena, (size_t)(today - first) + 1, struct burn_day);
	for (day d = first; d <= today; d++) {
		struct burn_day *on = &view->burn.days[view->burn.count++];

		*on = (struct burn_day){.day = d, .needed = NAN};
		for (; next < events->count && london_day(events->rows[next].counts_at) <= d; next++) {
			open += events->rows[next].total;
			on->completed += cleared_by(&events->rows[next]);
		}
		on->open = open;
		if (d > first) gone += clock_working_day(hub->policy, d);
		if (all > 0) on->needed = gone >= all ? 0 : (double)began * (all - gone) / all;
	}
}

static void keep_last(struct burn *burn)
{
	if (burn->count <= BURN_DAYS_MOST) return;
	burn->days += burn->count - BURN_DAYS_MOST;
	burn->count = BURN_DAYS_MOST;
}

bool accumulation_fill_burn(
	struct hub *hub, struct workstream_id workstream, struct accumulation_view *view, struct error *err)
{
	struct accumulation_events_rows events;
	day today = london_day(hub->now);
	int to_go = view->target == DAY_NONE ? 0 : working_days(hub, today, view->target);
	struct pace pace;

	view->week_ago = view->left;
	if (!view->taken || view->taken_at > hub->now) return true;
	if (!events_since(hub, workstream, view->taken_at, &events, err)) return false;
	for (size_t i = 0; i < events.count; i++)
		if (events.rows[i].counts_at >= hub->now - WEEK_DAYS * DAY_MS) view->week_ago -= events.rows[i].total;
	fill_days(hub, &events, view);
	keep_last(&view->burn);
	pace = pace_of(hub, &events, london_day(view->taken_at));
	view->clear = project(hub, view->left, &pace, &view->cleared_a_day);
	if (to_go > 0) view->needed_a_day = (double)view->left / to_go;
	return true;
}
