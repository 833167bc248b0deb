#include "rules/shift_repeat.h"

day shift_repeat_latest(instant from)
{
	return london_day(from) + REPEAT_WEEKS_MOST * WEEKDAY_COUNT;
}

static bool falls_on(enum repeats repeats, day first, day on)
{
	switch (repeats) {
	case REPEATS_EVERY_DAY: return true;
	case REPEATS_EVERY_WEEKDAY: return day_weekday(on) < SATURDAY;
	case REPEATS_EVERY_WEEK: return (on - first) % WEEKDAY_COUNT == 0;
	default: return on == first;
	}
}

void shift_repeat(
	struct arena *arena, enum repeats repeats, const struct shift_time *first, day until, struct shift_times *ret)
{
	struct london_time from = london_of_instant(first->from), to = london_of_instant(first->to);
	size_t most = until > from.day ? (size_t)(until - from.day) + 1 : 1;

	*ret = (struct shift_times){arena_new_array(arena, most, struct shift_time), 1};
	ret->rows[0] = *first;
	for (day on = from.day + 1; on <= until; on++)
		if (falls_on(repeats, from.day, on))
			ret->rows[ret->count++] =
				(struct shift_time){london_instant(on, from.second), london_instant(on + to.day - from.day, to.second)};
}
