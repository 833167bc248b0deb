#include "unit.h"

#include "base/london.h"
#include "twin/arrivals.h"

static void days_make_the_whole_and_the_last_have_their_share(void **state)
{
	day last = day_of_civil((struct civil_date){2026, 6, 30});
	struct arrivals arrivals = {.seed = 5, .first = last - 364, .last = last, .total = 4000, .at_end = 300};
	int64_t all = 0, at_end = 0, mondays = 0, sundays = 0;

	(void)state;
	arrivals.until = london_midnight(last) + 10 * HOUR_MS;
	arrivals_begin(&arrivals);
	for (day d = arrivals.first; d <= last; d++) {
		int64_t count = arrivals_on(&arrivals, d);

		assert_true(count >= 0);
		all += count;
		if (d > last - ARRIVALS_END_DAYS) at_end += count;
		if (day_weekday(d) == MONDAY) mondays += count;
		if (day_weekday(d) == SUNDAY) sundays += count;
	}
	assert_int_equal(all, 4000);
	assert_int_equal(at_end, 300);
	assert_true(mondays > 4 * sundays);
}

static void times_are_in_order_within_the_day_and_before_the_present(void **state)
{
	day last = day_of_civil((struct civil_date){2026, 6, 30});
	struct arrivals arrivals = {.seed = 5, .first = last - 9, .last = last};
	instant times[500];

	(void)state;
	arrivals.until = london_midnight(last) + 10 * HOUR_MS;
	for (day d = arrivals.first; d <= last; d++) {
		arrivals_times(&arrivals, d, times, 500);
		for (size_t i = 0; i < 500; i++) {
			assert_true(i == 0 || times[i - 1] <= times[i]);
			assert_int_equal(london_day(times[i]), d);
			assert_true(times[i] < arrivals.until);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_make_the_whole_and_the_last_have_their_share),
		cmocka_unit_test(times_are_in_order_within_the_day_and_before_the_present),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
