#include "unit.h"

#include "base/arena.h"
#include "rules/risk.h"

/* domain.md, "screened": the order, in words. */
static const struct {
	struct risk risk;
	enum risk_rank rank;
	const char *reasons;
} rows[] = {
	{{true, true, {"neglect", 7}, SOURCE_1C, true, 0}, RISK_DANGER,
		"Immediate danger; Under one or unborn; The child's own report, or A&E; Came before in 90 days"},
	{{false, true, {"neglect", 7}, SOURCE_6, false, 0}, RISK_UNDER_ONE, "Under one or unborn"},
	{{false, false, {"neglect;sexual_abuse", 20}, SOURCE_6, false, 0}, RISK_INJURY, "Injury or sexual harm"},
	{{false, false, {"physical_abuse", 14}, SOURCE_3E, false, 0}, RISK_INJURY,
		"Injury or sexual harm; The child's own report, or A&E"},
	{{false, false, {"neglect", 7}, SOURCE_1C, false, 0}, RISK_OWN_REPORT, "The child's own report, or A&E"},
	{{false, false, {"neglect", 7}, SOURCE_6, true, 0}, RISK_CAME_BEFORE, "Came before in 90 days"},
	{{false, false, {"domestic_abuse", 14}, SOURCE_6, false, 0}, RISK_OLDEST, NULL},
	{{false, false, {NULL, 0}, SOURCE_NONE, false, 0}, RISK_OLDEST, NULL},
};

static void the_gravest_reason_ranks_and_every_reason_is_said(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_int_equal(risk_rank(&rows[i].risk), rows[i].rank);
		assert_text(risk_reasons(&arena, &rows[i].risk), rows[i].reasons);
	}
	assert_text(risk_words(RISK_DANGER), "Immediate danger");
	assert_text(risk_words(RISK_OLDEST), NULL);
}

static void words_are_as_long_as_they_say(void **state)
{
	(void)state;
	for (int r = 0; r < RISK_OLDEST; r++) {
		struct text t = risk_words((enum risk_rank)r);

		assert_int_equal(t.len, strlen(t.ptr));
	}
}

static void the_gravest_comes_first_and_then_the_oldest(void **state)
{
	struct risk danger = {.immediate_danger = true, .source = SOURCE_6, .received_at = 900};
	struct risk old = {.source = SOURCE_6, .received_at = 100}, newer = {.source = SOURCE_6, .received_at = 200};

	(void)state;
	assert_true(risk_compare(&danger, &old) < 0);
	assert_true(risk_compare(&old, &danger) > 0);
	assert_true(risk_compare(&old, &newer) < 0);
	assert_int_equal(risk_compare(&old, &old), 0);
}

static void under_one_is_until_the_first_birthday(void **state)
{
	day birth = day_of_civil((struct civil_date){2014, 6, 30}),
		birthday = day_of_civil((struct civil_date){2015, 6, 30});

	(void)state;
	assert_true(risk_under_one(birth, DAY_NONE, birthday - 1));
	assert_false(risk_under_one(birth, DAY_NONE, birthday));
	assert_true(risk_under_one(DAY_NONE, birthday + 90, birthday));
	assert_false(risk_under_one(DAY_NONE, DAY_NONE, birthday));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_gravest_reason_ranks_and_every_reason_is_said),
		cmocka_unit_test(words_are_as_long_as_they_say),
		cmocka_unit_test(the_gravest_comes_first_and_then_the_oldest),
		cmocka_unit_test(under_one_is_until_the_first_birthday),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
