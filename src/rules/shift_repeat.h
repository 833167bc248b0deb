/*
 * Shifts that repeat: every day, every weekday or every week, by London's local time, until a day.
 *
 * A shift keeps its hours on the wall clock, so that one across a change of the clocks is an hour shorter or longer.
 * A time that a day has not (the lost hour of March) moves on to the first that exists; of a doubled one it is the
 * earlier. Bank holidays are not left out: hubs work on them, and who names somebody is told of them. Pure.
 */
#ifndef RULES_SHIFT_REPEAT_H
#define RULES_SHIFT_REPEAT_H

#include "base/arena.h"
#include "base/london.h"
#include "rules/codes.h"

#define REPEAT_WEEKS_MOST 8

struct shift_time {
	instant from;
	instant to; /* not later than from: the clocks took it all away */
};

struct shift_times {
	struct shift_time *rows; /* the first is the one given, as it was given */
	size_t count;
};

/* The last day a shift may repeat until. */
day shift_repeat_latest(instant from);

/* Begins on this day and after it in these steps; `until` at most shift_repeat_latest of the first. */
void shift_repeat(struct arena *, enum repeats, const struct shift_time *first, day until, struct shift_times *ret);

#endif
