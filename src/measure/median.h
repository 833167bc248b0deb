/*
 * The middle of a list of figures, and its longest: for times to red and ages, in minutes.
 */
#ifndef MEASURE_MEDIAN_H
#define MEASURE_MEDIAN_H

#include <stddef.h>
#include <stdint.h>

/* Sorts the list; the mean of the two middle ones for an even count; NaN for none. */
double median(int64_t *figures, size_t count);

#endif
