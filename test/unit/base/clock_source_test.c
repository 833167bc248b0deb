#include "unit.h"

#include "base/clock_source.h"

static void the_machines_clock_is_the_machines(void **state)
{
	struct clock_source clock = clock_source_machine();
	instant before = (instant)time(NULL) * SECOND_MS, now = clock_source_now(&clock);

	(void)state;
	assert_true(now >= before && now < before + 5 * SECOND_MS);
}

static void a_fixed_clock_stands_still(void **state)
{
	struct clock_source clock = clock_source_fixed(1435657320000);

	(void)state;
	for (int i = 0; i < 1000; i++) assert_int_equal(clock_source_now(&clock), 1435657320000);
}

static void a_running_clock_starts_where_it_is_told_and_goes_on(void **state)
{
	struct clock_source clock = clock_source_running(1435657320000);
	int64_t waited_from = clock_source_monotonic_ms();
	instant later;

	(void)state;
	while (clock_source_monotonic_ms() < waited_from + 20) continue;
	later = clock_source_now(&clock);
	assert_true(later >= 1435657320020 && later < 1435657320000 + MINUTE_MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_machines_clock_is_the_machines),
		cmocka_unit_test(a_fixed_clock_stands_still),
		cmocka_unit_test(a_running_clock_starts_where_it_is_told_and_goes_on),
	};

	return cmocka_run_group_tests_name("clock_source", tests, NULL, NULL);
}
