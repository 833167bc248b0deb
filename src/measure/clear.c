#include "measure/clear.h"

#include <math.h>

#define NINE_IN_TEN 1.6448536269514722

struct pace {
	double mean, deviation;
	double days;
};

static struct pace pace_of(const int64_t *cleared, size_t days)
{
	struct pace p = {.days = (double)days};

	for (size_t i = 0; i < days; i++) p.mean += (double)cleared[i];
	p.mean /= p.days;
	for (size_t i = 0; i < days; i++) {
		double off = (double)cleared[i] - p.mean;

		p.deviation += off * off;
	}
	p.deviation = days > 1 ? sqrt(p.deviation / (p.days - 1)) : 0;
	return p;
}

/* The first number of days after which so much is gone, z standard deviations off the mean way; -1: not in two years. */
static int days_until(const struct pace *p, double left, double z)
{
	for (int n = 1; n <= CLEAR_DAYS_MOST; n++)
		if (n * p->mean + z * p->deviation * sqrt(n + (double)n * n / p->days) >= left) return n;
	return -1;
}

struct clear_days clear_project(int64_t left, const int64_t *cleared, size_t days)
{
	struct clear_days ret = {.a_day = NAN, .middle = -1, .soonest = -1, .latest = -1};
	struct pace p;

	if (!days) return ret;
	p = pace_of(cleared, days);
	ret.a_day = p.mean;
	if (left <= 0) ret.middle = ret.soonest = ret.latest = 0;
	if (left <= 0 || days < CLEAR_DAYS_LEAST || p.mean <= 0) return ret;
	ret.middle = days_until(&p, (double)left, 0);
	if (ret.middle < 0) return ret;
	ret.soonest = days_until(&p, (double)left, NINE_IN_TEN);
	ret.latest = days_until(&p, (double)left, -NINE_IN_TEN);
	return ret;
}
