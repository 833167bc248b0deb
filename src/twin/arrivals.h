/*
 * Arrivals: how many enquiries come in on a day, and when in the day.
 *
 * Weekdays and hours in the shares of data/oxfordshire-2015/enquiries.csv: Mondays bring the weekend's, nights are quiet, and the police
 * write at all hours. Pure.
 */
#ifndef TWIN_ARRIVALS_H
#define TWIN_ARRIVALS_H

#include "base/instant.h"
#include "twin/draw.h"

struct arrivals {
	uint64_t seed;
	day first;
	day last;
	instant until;  /* nothing arrives at it or after it */
	int64_t total;  /* over all days */
	int64_t at_end; /* so many of them at least in the last ARRIVALS_END_DAYS days */
	double weight;  /* of the days before those */
	double passed;  /* of the days that were asked for already */
	int64_t given;
};

#define ARRIVALS_END_DAYS 3

/* `until` is on the last day; `total` over the days from the first on. */
void arrivals_begin(struct arrivals *);

/* How many arrive on this day: asked day by day, from the first to the last, they make the total. */
int64_t arrivals_on(struct arrivals *, day);

/* When they do, in order. */
void arrivals_times(const struct arrivals *, day, instant *ret, size_t count);

#endif
