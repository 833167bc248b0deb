#include "measure/median.h"

#include <math.h>
#include <stdlib.h>

static int compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

double median(int64_t *figures, size_t count)
{
	if (count == 0) return NAN;
	qsort(figures, count, sizeof *figures, compare);
	if (count % 2) return (double)figures[count / 2];
	return ((double)figures[count / 2 - 1] + (double)figures[count / 2]) / 2;
}
