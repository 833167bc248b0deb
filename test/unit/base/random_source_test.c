#include "unit.h"

#include "base/random_source.h"

static void a_seeded_source_repeats_and_another_seed_differs(void **state)
{
	struct random_source one = random_source_seeded(42), same = random_source_seeded(42),
						 other = random_source_seeded(43);
	unsigned char a[3][32], b[3][32], c[32];

	(void)state;
	for (int i = 0; i < 3; i++) {
		random_bytes(&one, a[i], sizeof a[i]);
		random_bytes(&same, b[i], sizeof b[i]);
		assert_memory_equal(a[i], b[i], sizeof a[i]);
	}
	random_bytes(&other, c, sizeof c);
	assert_memory_not_equal(a[0], c, sizeof c);
	assert_memory_not_equal(a[0], a[1], sizeof c);
	assert_memory_not_equal(a[1], a[2], sizeof c);
}

static void the_real_source_does_not_repeat(void **state)
{
	struct random_source one = random_source_real(), other = random_source_real();
	unsigned char a[32], b[32];

	(void)state;
	random_bytes(&one, a, sizeof a);
	random_bytes(&other, b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
}

/* Pearson's chi-square with 9 degrees of freedom passes 33.72 once in ten thousand; the seed is fixed. */
static void every_value_below_the_bound_comes_up_alike(void **state)
{
	struct random_source source = random_source_seeded(2015);
	double expected = 1000, chi_square = 0;
	int counts[10] = {0};

	(void)state;
	for (int i = 0; i < 10000; i++) {
		uint64_t drawn = random_below(&source, 10);

		assert_true(drawn < 10);
		counts[drawn]++;
	}
	for (int i = 0; i < 10; i++) chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
	assert_true(chi_square < 33.72);
	assert_int_equal(random_below(&source, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seeded_source_repeats_and_another_seed_differs),
		cmocka_unit_test(the_real_source_does_not_repeat),
		cmocka_unit_test(every_value_below_the_bound_comes_up_alike),
	};

	return cmocka_run_group_tests_name("random_source", tests, NULL, NULL);
}
