#include "unit.h"

#include <math.h>

#include "measure/wilson.h"

/*
 * The first four: R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine
 * 17 (1998) 857-872, table I, score method, to four places. The last two by python's statistics.NormalDist.
 */
static void the_published_intervals_come_out(void **state)
{
	static const struct {
		int64_t n, of;
		double low, high;
	} rows[] = {
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
		{1117, 1139, 0.9709, 0.9872},
		{316, 456, 0.6492, 0.7336},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct interval got = wilson(rows[i].n, rows[i].of);

		if (fabs(got.low - rows[i].low) > 5e-5 || fabs(got.high - rows[i].high) > 5e-5)
			fail_msg("%d of %d: %f to %f", (int)rows[i].n, (int)rows[i].of, got.low, got.high);
	}
}

static void none_of_none_has_no_interval(void **state)
{
	struct interval got = wilson(0, 0);

	(void)state;
	assert_true(isnan(got.low) && isnan(got.high));
}

static void the_interval_lies_within_nought_and_one_round_the_proportion(void **state)
{
	(void)state;
	for (int64_t of = 1; of < 400; of += 7)
		for (int64_t n = 0; n <= of; n++) {
			struct interval i = wilson(n, of), mirrored = wilson(of - n, of);
			double p = (double)n / (double)of;

			assert_true(0 <= i.low && i.low <= p && p <= i.high && i.high <= 1);
			assert_true(fabs(i.low - (1 - mirrored.high)) < 1e-12);
		}
	assert_true(wilson(0, 20).low == 0 && wilson(20, 20).high == 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_intervals_come_out),
		cmocka_unit_test(none_of_none_has_no_interval),
		cmocka_unit_test(the_interval_lies_within_nought_and_one_round_the_proportion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
