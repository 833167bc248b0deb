#include "unit.h"

#include "rules/duration.h"

static void a_duration_reads_back_as_it_is_written(void **state)
{
	static const struct {
		const char *given, *written, *words;
	} rows[] = {
		{"elapsed_hours(4)", "elapsed_hours(4)", "4 hours, day and night"},
		{"working_hours(1)", "working_hours(1)", "1 working hour"},
		{"working_days(1, same_time)", "working_days(1, same_time)", "1 working day, at the same time"},
		{" working_days( 45,close_of_business ) ", "working_days(45, close_of_business)",
			"45 working days, by close of business"},
	};
	ARENA_SCOPE arena;
	struct error err;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct duration d;

		error_clear(&err);
		assert_true(duration_parse(text_of(rows[i].given), &d, &err));
		assert_text(duration_text(&arena, d), rows[i].written);
		assert_text(duration_words(&arena, d), rows[i].words);
	}
}

static void what_is_no_duration_is_refused(void **state)
{
	static const char *const rows[] = {"", "4", "elapsed_hours", "elapsed_hours()", "elapsed_hours(0)",
		"elapsed_hours(-1)", "elapsed_hours(4", "elapsed_hours(10001)", "elapsed_hours(4, same_time)",
		"working_days(1)", "working_days(1, noon)", "working_days(401, same_time)", "days(1)",
		"working_days(1, same_time) or so"};
	struct error err;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct duration d;

		error_clear(&err);
		if (duration_parse(text_of(rows[i]), &d, &err)) fail_msg("\"%s\" was taken", rows[i]);
		assert_error(&err, ERROR_INVALID, "is not a duration");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_duration_reads_back_as_it_is_written),
		cmocka_unit_test(what_is_no_duration_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
