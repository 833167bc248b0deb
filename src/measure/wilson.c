#include "measure/wilson.h"

#include <assert.h>
#include <math.h>

#define Z95 1.959963984540054 /* the 97.5th percentile of the standard normal distribution */

struct interval wilson(int64_t n, int64_t of)
{
	double p, spread, centre, scale;

	assert(n >= 0 && n <= of);
	if (of == 0) return (struct interval){NAN, NAN};
	p = (double)n / (double)of;
	scale = 1 + Z95 * Z95 / (double)of;
	centre = p + Z95 * Z95 / (2 * (double)of);
	spread = Z95 * sqrt(p * (1 - p) / (double)of + Z95 * Z95 / (4 * (double)of * (double)of));
	/* At none and at all of them the end is exact; rounding must not say otherwise. */
	return (struct interval){n == 0 ? 0 : (centre - spread) / scale, n == of ? 1 : (centre + spread) / scale};
}
