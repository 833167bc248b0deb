/*
 * Clearing: when a backlog would be gone if the days to come went on as the last ones did. Pure.
 *
 * From the net number cleared on each of the last k working days, with mean m and standard deviation s: after n more
 * days n*m are gone, and nine times in ten between n*m -+ z*s*sqrt(n + n*n/k), z = 1.645: the days scatter, and so does
 * the mean they are judged by. It is no promise: it knows nothing of leave, sickness or what is harder than it looked.
 */
#ifndef MEASURE_CLEAR_H
#define MEASURE_CLEAR_H

#include <stddef.h>
#include <stdint.h>

#define CLEAR_DAYS_LEAST 5   /* fewer known days: nothing is said */
#define CLEAR_DAYS_MOST  520 /* two years of working days: beyond that there is no end */

struct clear_days {
	double a_day; /* the mean; NAN where no day is known */
	int middle;   /* working days from now; -1: none can be said */
	int soonest;
	int latest; /* -1 with a middle: no latest end can be given */
};

struct clear_days clear_project(int64_t left, const int64_t *cleared, size_t days);

#endif
