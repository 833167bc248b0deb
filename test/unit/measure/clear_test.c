#include "unit.h"

#include <math.h>

#include "measure/clear.h"

/*
 * The same told in Python with its own statistics: n days, m = fmean, s = stdev, z = NormalDist().inv_cdf(0.95); the first
 * n with n*m + sign*z*s*sqrt(n + n*n/k) >= left for the signs 0, +1 and -1, looked for up to 520.
 */
static void a_backlog_is_clear_when_the_last_days_go_on(void **state)
{
	static const struct {
		int64_t left, cleared[10];
		size_t days;
		int middle, soonest, latest;
	} rows[] = {
		{118, {8, 6, 9, 7, 5, 10, 8, 7, 9, 6}, 10, 16, 14, 19},
		{160, {4, 4, 4, 4, 4}, 5, 40, 40, 40},
		{100, {10, 0, 0, 10, 0}, 5, 25, 12, -1},
		{12, {1, 0, 1, 0, 1, 0, 1, 0, 1, 0}, 10, 24, 14, 59},
		{40, {3, 2, 1, 0, -1}, 5, 40, 18, -1},
		{500, {1, 1, 1, 1, 1, 1}, 6, 500, 500, 500},
		{1, {5, 5, 5, 5, 5}, 5, 1, 1, 1},
		{30, {20, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 10, 15, 4, -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct clear_days got = clear_project(rows[i].left, rows[i].cleared, rows[i].days);

		assert_int_equal(got.middle, rows[i].middle);
		assert_int_equal(got.soonest, rows[i].soonest);
		assert_int_equal(got.latest, rows[i].latest);
	}
}

static void nothing_is_said_that_is_not_known(void **state)
{
	static const int64_t four[] = {5, 5, 5, 5}, none[] = {0, 0, 0, 0, 0}, growing[] = {-1, -2, 0, -1, -1};

	(void)state;
	assert_true(isnan(clear_project(10, NULL, 0).a_day));
	assert_int_equal(clear_project(10, four, 4).middle, -1);
	assert_true(clear_project(10, four, 4).a_day == 5);
	assert_int_equal(clear_project(10, none, 5).middle, -1);
	assert_int_equal(clear_project(10, growing, 5).middle, -1);
	assert_int_equal(clear_project(0, none, 5).middle, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backlog_is_clear_when_the_last_days_go_on),
		cmocka_unit_test(nothing_is_said_that_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
