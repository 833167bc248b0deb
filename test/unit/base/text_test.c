#include "unit.h"

static void no_value_differs_from_an_empty_one(void **state)
{
	(void)state;
	assert_true(text_none(TEXT_NONE));
	assert_true(text_none(text_of(NULL)));
	assert_false(text_none(TEXT("")));
	assert_false(text_equal(TEXT_NONE, TEXT("")));
	assert_true(text_equal(TEXT_NONE, TEXT_NONE));
	assert_true(text_blank(TEXT_NONE));
	assert_true(text_blank(TEXT(" \t\r\n")));
	assert_false(text_blank(TEXT(" x ")));
}

static void order_is_by_bytes_with_no_value_first(void **state)
{
	(void)state;
	assert_true(text_compare(TEXT_NONE, TEXT("a")) < 0);
	assert_true(text_compare(TEXT("a"), TEXT("b")) < 0);
	assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
	assert_true(text_compare(TEXT("z"), TEXT("\xC3\xA9")) < 0);
	assert_int_equal(text_compare(TEXT("ab"), TEXT("ab")), 0);
}

static void ends_are_recognised_and_cut(void **state)
{
	(void)state;
	assert_true(text_starts(TEXT("enquiry"), TEXT("enq")));
	assert_false(text_starts(TEXT("en"), TEXT("enq")));
	assert_true(text_ends(TEXT("enquiry"), TEXT("iry")));
	assert_false(text_ends(TEXT("ry"), TEXT("iry")));
	assert_text(text_trim(TEXT("\t two words \n")), "two words");
	assert_text(text_slice(TEXT("enquiry"), 2, 3), "qui");
	assert_text(text_slice(TEXT("enquiry"), 5, 99), "ry");
	assert_text(text_slice(TEXT("enquiry"), 99, 1), "");
	assert_int_equal(text_index(TEXT("a;b"), ';'), 1);
	assert_int_equal(text_index(TEXT("ab"), ';'), 2);
	assert_true(text_equal_nocase(TEXT("Ellis@Example"), TEXT("ellis@eXAMPLE")));
	assert_false(text_equal_nocase(TEXT("a"), TEXT("b")));
}

static void a_list_splits_into_every_part_empty_ones_too(void **state)
{
	static const char *const parts[] = {"neglect", "", "self_harm", ""};
	struct text rest = TEXT("neglect;;self_harm;"), part;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		assert_true(text_split(&rest, ';', &part));
		assert_text(part, parts[i]);
	}
	assert_false(text_split(&rest, ';', &part));
}

static void a_whole_number_is_the_whole_text_or_nothing(void **state)
{
	static const struct {
		const char *given;
		int64_t value;
	} good[] = {{"0", 0}, {"25", 25}, {"-25", -25}, {"+7", 7}, {"007", 7}, {"9223372036854775807", INT64_MAX},
		{"-9223372036854775808", INT64_MIN}};
	static const char *const bad[] = {"", "-", "+", " 1", "1 ", "1.0", "0x10", "9223372036854775808",
		"-9223372036854775809", "99999999999999999999", "--1"};
	int64_t value = 3;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(text_int(text_of(good[i].given), &value));
		assert_true(value == good[i].value);
	}
	value = 3;
	for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(text_int(text_of(bad[i]), &value));
	assert_int_equal(value, 3);
}

/* The ends of each range of RFC 3629, section 4, and what lies just outside them. */
static void utf8_is_what_rfc_3629_says(void **state)
{
	static const struct text good[] = {{"", 0}, {"a", 1}, {"\x7F", 1}, {"\xC2\x80", 2}, {"\xDF\xBF", 2},
		{"\xE0\xA0\x80", 3}, {"\xED\x9F\xBF", 3}, {"\xEE\x80\x80", 3}, {"\xEF\xBF\xBF", 3}, {"\xF0\x90\x80\x80", 4},
		{"\xF4\x8F\xBF\xBF", 4}};
	static const struct text bad[] = {{"\0", 1}, {"\x80", 1}, {"\xC1\xBF", 2}, {"\xC2", 1}, {"\xC2\x41", 2},
		{"\xE0\x9F\xBF", 3}, {"\xED\xA0\x80", 3}, {"\xE2\x82", 2}, {"\xF0\x8F\xBF\xBF", 4}, {"\xF4\x90\x80\x80", 4},
		{"\xF5\x80\x80\x80", 4}, {"\xFF", 1}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(text_utf8(good[i]));
	for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(text_utf8(bad[i]));
	assert_int_equal(text_characters(TEXT("\xC3\x89lo\xC3\xAFse")), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_value_differs_from_an_empty_one),
		cmocka_unit_test(order_is_by_bytes_with_no_value_first),
		cmocka_unit_test(ends_are_recognised_and_cut),
		cmocka_unit_test(a_list_splits_into_every_part_empty_ones_too),
		cmocka_unit_test(a_whole_number_is_the_whole_text_or_nothing),
		cmocka_unit_test(utf8_is_what_rfc_3629_says),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
