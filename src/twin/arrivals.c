#include "twin/arrivals.h"

#include <stdlib.h>

#include "base/london.h"

enum { KIND_DAY = 16, KIND_TIMES };

/* Of the 1136 enquiries of 2015 by local weekday, Monday first, and by hour. */
static const uint16_t by_weekday[WEEKDAY_COUNT] = {259, 192, 193, 194, 214, 45, 39};
static const uint16_t by_hour[24] = {
	20, 10, 5, 3, 2, 2, 10, 11, 51, 124, 122, 133, 66, 77, 116, 147, 86, 36, 18, 13, 29, 26, 20, 16};

/* Weekdays differ, and so does one Tuesday from the next. */
static double weight_of(const struct arrivals *arrivals, day on)
{
	struct draw draw = draw_of(arrivals->seed, KIND_DAY, (uint64_t)on);

	return by_weekday[day_weekday(on)] * (0.75 + draw_share(&draw) / 2);
}

static bool at_the_end(const struct arrivals *arrivals, day on)
{
	return on > arrivals->last - ARRIVALS_END_DAYS;
}

void arrivals_begin(struct arrivals *arrivals)
{
	double end = 0, all;

	arrivals->passed = arrivals->weight = 0;
	arrivals->given = 0;
	for (day d = arrivals->first; d <= arrivals->last; d++)
		*(at_the_end(arrivals, d) ? &end : &arrivals->weight) += weight_of(arrivals, d);
	all = end + arrivals->weight;
	if (arrivals->at_end < (int64_t)((double)arrivals->total * end / all))
		arrivals->at_end = (int64_t)((double)arrivals->total * end / all);
	if (arrivals->at_end > arrivals->total) arrivals->at_end = arrivals->total;
}

/* Of those that come at the end, a third a day. */
static int64_t until_end_of(const struct arrivals *arrivals, day on)
{
	int64_t before = arrivals->total - arrivals->at_end;

	if (!at_the_end(arrivals, on)) return (int64_t)((double)before * arrivals->passed / arrivals->weight);
	return before + arrivals->at_end * (on - (arrivals->last - ARRIVALS_END_DAYS)) / ARRIVALS_END_DAYS;
}

int64_t arrivals_on(struct arrivals *arrivals, day on)
{
	int64_t before = arrivals->given;

	if (!at_the_end(arrivals, on)) arrivals->passed += weight_of(arrivals, on);
	arrivals->given = until_end_of(arrivals, on);
	return arrivals->given - before;
}

static int by_time(const void *a, const void *b)
{
	instant x = *(const instant *)a, y = *(const instant *)b;

	return (x > y) - (x < y);
}

void arrivals_times(const struct arrivals *arrivals, day on, instant *ret, size_t count)
{
	struct draw draw = draw_of(arrivals->seed, KIND_TIMES, (uint64_t)on);
	int64_t day_seconds = (arrivals->until - london_midnight(on)) / SECOND_MS;

	for (size_t i = 0; i < count; i++) {
		int second = (int)(draw_weighted(&draw, by_hour, 24) * 3600 + draw_below(&draw, 60) * 60);

		if (on == arrivals->last) second = (int)((double)second * (double)day_seconds / 86400.0) / 60 * 60;
		ret[i] = london_instant(on, second);
	}
	qsort(ret, count, sizeof *ret, by_time);
}
