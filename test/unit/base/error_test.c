#include "unit.h"

/* architecture.md, "Errors have a kind" */
static const struct {
	enum error_kind kind;
	const char *name;
	int http_status, exit_code;
} kinds[] = {
	{ERROR_INVALID, "INVALID", 422, 1},
	{ERROR_NOT_FOUND, "NOT_FOUND", 404, 1},
	{ERROR_DENIED, "DENIED", 403, 1},
	{ERROR_STALE, "STALE", 409, 1},
	{ERROR_REFUSED, "REFUSED", 409, 1},
	{ERROR_TOO_LARGE, "TOO_LARGE", 413, 1},
	{ERROR_BUSY, "BUSY", 503, 3},
	{ERROR_FAILED, "FAILED", 500, 3},
};

static void each_kind_has_its_status_and_exit(void **state)
{
	(void)state;
	assert_int_equal(COUNT_OF(kinds), ERROR_KIND_COUNT - 1);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		assert_string_equal(error_kind_name(kinds[i].kind), kinds[i].name);
		assert_int_equal(error_http_status(kinds[i].kind), kinds[i].http_status);
		assert_int_equal(error_exit_code(kinds[i].kind), kinds[i].exit_code);
	}
}

static void every_way_out_returns_false_with_its_words(void **state)
{
	struct error err;

	(void)state;
	error_clear(&err);
	assert_false(error_refused(&err, "%s holds %d of %d", "Asha Rahman", 25, 25));
	assert_error(&err, ERROR_REFUSED, "Asha Rahman holds 25 of 25");
	assert_false(error_hint(&err, "Choose somebody who has room."));
	assert_string_equal(err.hint, "Choose somebody who has room.");
	assert_false(error_stale(&err, 7, "changed by %s", "P. Ellis"));
	assert_error(&err, ERROR_STALE, "changed by P. Ellis");
	assert_int_equal(err.version, 7);
	assert_string_equal(err.hint, "");
}

static void problems_of_fields_are_collected_and_the_rest_counted(void **state)
{
	struct error err;

	(void)state;
	error_clear(&err);
	assert_false(error_field(&err, "referrer_name", "Enter the referrer's name"));
	assert_false(error_field_at(&err, "children", 2, "date_of_birth", "A child is born before %d", 2016));
	assert_int_equal(err.kind, ERROR_INVALID);
	assert_string_equal(error_find(&err, "children/2/date_of_birth")->message, "A child is born before 2016");
	assert_null(error_find(&err, "children/1/date_of_birth"));
	for (int i = 0; i < ERROR_FIELDS; i++) error_field(&err, "summary", "Enter a summary");
	assert_int_equal(err.field_count, ERROR_FIELDS);
	assert_int_equal(err.fields_untold, 2);
	error_clear(&err);
	assert_int_equal(err.kind, ERROR_NONE);
	assert_int_equal(err.field_count, 0);
}

static void long_words_are_cut_between_characters(void **state)
{
	char words[ERROR_MESSAGE_BYTES + 20];
	struct error err;

	(void)state;
	for (size_t shift = 0; shift < 3; shift++) {
		memset(words, 'x', sizeof words);
		for (size_t i = shift; i + 3 < sizeof words; i += 3) memcpy(words + i, "\xE2\x82\xAC", 3);
		words[sizeof words - 1] = '\0';
		error_clear(&err);
		error_refused(&err, "%s", words);
		assert_true(text_utf8(text_of(err.message)));
		assert_in_range(strlen(err.message), ERROR_MESSAGE_BYTES - 4, ERROR_MESSAGE_BYTES - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_status_and_exit),
		cmocka_unit_test(every_way_out_returns_false_with_its_words),
		cmocka_unit_test(problems_of_fields_are_collected_and_the_rest_counted),
		cmocka_unit_test(long_words_are_cut_between_characters),
	};

	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
