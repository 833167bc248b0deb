#include "unit.h"

#include <stdlib.h>

#include "base/fault.h"

static void the_nth_call_fails_and_no_other(void **state)
{
	int64_t met = fault_plan()->met[FAULT_AT_STEP];

	(void)state;
	fault_plan()->left[FAULT_AT_STEP] = 3;
	assert_false(fault_now(FAULT_AT_STEP));
	assert_false(fault_now(FAULT_AT_COMMIT));
	assert_false(fault_now(FAULT_AT_STEP));
	assert_true(fault_now(FAULT_AT_STEP));
	assert_false(fault_now(FAULT_AT_STEP));
	assert_int_equal(fault_plan()->met[FAULT_AT_STEP], met + 1);
}

static void the_environment_says_which(void **state)
{
	(void)state;
	assert_false(fault_now(FAULT_AT_BEGIN));
	assert_true(fault_now(FAULT_AT_BEGIN));
	assert_false(fault_now(FAULT_AT_BEGIN));
}

static void every_point_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < FAULT_POINT_COUNT; i++) assert_non_null(fault_point_name((enum fault_point)i));
	assert_string_equal(fault_point_name(FAULT_AT_ALLOCATE), "allocate");
	assert_null(fault_point_name(FAULT_POINT_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nth_call_fails_and_no_other),
		cmocka_unit_test(the_environment_says_which),
		cmocka_unit_test(every_point_has_a_name),
	};

	setenv("FANLIGHT_FAULT", "begin:2", 1);
	return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
