/*
 * Wilson's score interval for a proportion, 95%.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212.
 */
#ifndef MEASURE_WILSON_H
#define MEASURE_WILSON_H

#include <stdint.h>

struct interval {
	double low;  /* 0 to 1, NaN for 0 of 0 */
	double high; /* likewise */
};

/* 0 <= n <= of. */
struct interval wilson(int64_t n, int64_t of);

#endif
