/* When the hub is open, and arithmetic on it. */
#include <assert.h>

#include "base/london.h"
#include "rules/clock.h"

/* Further than any policy can close the hub for: policy_read bounds the days it lists. */
#define SEARCH_DAYS_MOST 100000

static const struct dated_hours *find_override(const struct policy *p, day on)
{
	size_t low = 0, high = p->override_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->overrides[middle].day < on)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->override_count && p->overrides[low].day == on ? &p->overrides[low] : NULL;
}

struct opening_hours clock_hours(const struct policy *p, day on)
{
	const struct dated_hours *override = find_override(p, on);

	if (override) return override->hours;
	if (named_days_find(p->bank_holidays, on) || named_days_find(p->closures, on)) return (struct opening_hours){0, 0};
	return p->week[day_weekday(on)];
}

bool clock_working_day(const struct policy *p, day on)
{
	return clock_hours(p, on).closes > 0;
}

static instant at_minute(day on, int minute)
{
	return minute == 1440 ? london_midnight(on + 1) : london_instant(on, minute * 60);
}

/* The first open interval that ends after this instant: it may have begun before it. */
static void next_interval(const struct policy *p, instant at, instant *ret_opens, instant *ret_closes)
{
	day first = london_day(at);

	for (day on = first; on < first + SEARCH_DAYS_MOST; on++) {
		struct opening_hours hours = clock_hours(p, on);

		if (hours.closes == 0 || at_minute(on, hours.closes) <= at) continue;
		*ret_opens = at_minute(on, hours.opens);
		*ret_closes = at_minute(on, hours.closes);
		return;
	}
	assert(!"a policy opens the hub on one weekday at least");
	abort();
}

bool clock_is_open(const struct policy *p, instant at)
{
	return clock_effective(p, at) == at;
}

instant clock_effective(const struct policy *p, instant at)
{
	instant opens, closes;

	next_interval(p, at, &opens, &closes);
	return opens > at ? opens : at;
}

instant clock_next_close(const struct policy *p, instant at)
{
	instant opens, closes;

	next_interval(p, at, &opens, &closes);
	return closes;
}

/* The latest of a day's instants, its opening or its close, that is no later than this one. */
static instant latest(const struct policy *p, instant at, bool close)
{
	day first = london_day(at);

	for (day on = first; on > first - SEARCH_DAYS_MOST; on--) {
		struct opening_hours hours = clock_hours(p, on);
		instant then = at_minute(on, close ? hours.closes : hours.opens);

		if (hours.closes > 0 && then <= at) return then;
	}
	assert(!"a policy opens the hub on one weekday at least");
	abort();
}

instant clock_last_close(const struct policy *p, instant at)
{
	return latest(p, at, true);
}

instant clock_last_opening(const struct policy *p, instant at)
{
	return latest(p, at, false);
}

day clock_working_days_after(const struct policy *p, day from, int n)
{
	day on = from;

	for (int counted = 0; counted < n;) {
		on++;
		assert(on < from + SEARCH_DAYS_MOST);
		counted += clock_working_day(p, on);
	}
	return on;
}

int64_t clock_open_minutes(const struct policy *p, instant from, instant to)
{
	int64_t open_ms = 0;
	instant opens, closes;

	while (from < to) {
		next_interval(p, from, &opens, &closes);
		if (opens > from) from = opens;
		if (from < to) open_ms += (closes < to ? closes : to) - from;
		from = closes;
	}
	return open_ms / MINUTE_MS;
}

static instant add_working_hours(const struct policy *p, instant from, int hours)
{
	int64_t left_ms = hours * HOUR_MS;
	instant opens, closes;

	for (;;) {
		next_interval(p, from, &opens, &closes);
		if (opens > from) from = opens;
		if (left_ms <= closes - from) return from + left_ms;
		left_ms -= closes - from;
		from = closes;
	}
}

static instant close_of(const struct policy *p, day on)
{
	return at_minute(on, clock_hours(p, on).closes);
}

static instant add_working_days(const struct policy *p, instant from, int days, enum duration_end end)
{
	struct london_time start = london_of_instant(clock_effective(p, from));
	day on = clock_working_days_after(p, start.day, days);
	instant close = close_of(p, on), same;

	if (end == END_CLOSE_OF_BUSINESS) return close;
	same = london_instant(on, start.second);
	return same < close ? same : close;
}

instant clock_start(const struct policy *p, struct duration rule, instant received)
{
	return rule.kind == DURATION_ELAPSED_HOURS ? received : clock_effective(p, received);
}

instant clock_add(const struct policy *p, struct duration rule, instant received)
{
	switch (rule.kind) {
	case DURATION_ELAPSED_HOURS: return received + rule.n * HOUR_MS;
	case DURATION_WORKING_HOURS: return add_working_hours(p, received, rule.n);
	case DURATION_WORKING_DAYS: break;
	}
	return add_working_days(p, received, rule.n, rule.end);
}
