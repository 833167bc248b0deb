#include "unit.h"

#include "twin/draw.h"

/* From java.util.SplittableRandom's own mixing, computed apart: python, (0 + golden gamma) mixed. */
static void a_stream_gives_what_splitmix64_gives(void **state)
{
	struct draw draw = {0};

	(void)state;
	assert_true(draw_next(&draw) == UINT64_C(0xe220a8397b1dcdaf));
	assert_true(draw_next(&draw) == UINT64_C(0x6e789e6aa1b965f4));
}

static void weights_say_how_often(void **state)
{
	static const uint16_t weights[] = {1, 0, 3};
	struct draw draw = draw_of(1, 2, 3);
	int64_t counts[3] = {0};

	(void)state;
	for (int i = 0; i < 40000; i++) counts[draw_weighted(&draw, weights, 3)]++;
	assert_int_equal(counts[1], 0);
	assert_in_range(counts[0], 9500, 10500);
}

static void what_is_between_is_within(void **state)
{
	struct draw draw = draw_of(1, 1, 1);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t drawn = draw_between(&draw, -3, 3);

		assert_true(drawn >= -3 && drawn <= 3);
		assert_true(draw_below(&draw, 7) < 7);
		assert_true(draw_share(&draw) >= 0 && draw_share(&draw) < 1);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_gives_what_splitmix64_gives),
		cmocka_unit_test(weights_say_how_often),
		cmocka_unit_test(what_is_between_is_within),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
