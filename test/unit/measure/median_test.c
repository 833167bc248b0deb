#include "unit.h"

#include <math.h>

#include "measure/median.h"

static void the_middle_one_or_the_mean_of_the_two_middle_ones(void **state)
{
	int64_t odd[] = {9, 1, 5}, even[] = {8, 1, 5, 2}, one[] = {7};

	(void)state;
	assert_true(median(odd, 3) == 5);
	assert_true(median(even, 4) == 3.5);
	assert_true(median(one, 1) == 7);
	assert_true(isnan(median(NULL, 0)));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_middle_one_or_the_mean_of_the_two_middle_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
