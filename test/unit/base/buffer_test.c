#include "unit.h"

#include "base/buffer.h"

static void what_is_appended_stands_in_order_and_ends_in_nul(void **state)
{
	BUFFER_SCOPE b;

	(void)state;
	buffer_init(&b, 1000);
	assert_text(buffer_text(&b), "");
	buffer_literal(&b, "OX");
	buffer_char(&b, '-');
	buffer_append(&b, TEXT("15"));
	buffer_append(&b, TEXT_NONE);
	buffer_printf(&b, "-%05d", 417);
	assert_text(buffer_text(&b), "OX-15-00417");
	assert_int_equal(b.bytes[b.len], '\0');
	assert_false(b.overflowed);
}

static void it_takes_its_limit_and_not_a_byte_more(void **state)
{
	BUFFER_SCOPE b;

	(void)state;
	buffer_init(&b, 300);
	for (int i = 0; i < 300; i++) buffer_char(&b, 'x');
	assert_false(b.overflowed);
	buffer_char(&b, 'y');
	assert_true(b.overflowed);
	assert_int_equal(b.len, 300);
	assert_int_equal(b.bytes[299], 'x');
}

static void once_overflowed_nothing_more_is_taken(void **state)
{
	BUFFER_SCOPE b;

	(void)state;
	buffer_init(&b, 10);
	buffer_append(&b, TEXT("12345"));
	buffer_printf(&b, "%s", "much too long");
	buffer_append(&b, TEXT("6"));
	assert_true(b.overflowed);
	assert_text(buffer_text(&b), "12345");
	buffer_clear(&b);
	assert_false(b.overflowed);
	buffer_append(&b, TEXT("6"));
	assert_text(buffer_text(&b), "6");
}

static void a_number_stands_in_its_digits(void **state)
{
	static const struct {
		int64_t value;
		const char *digits;
	} cases[] = {{0, "0"}, {7, "7"}, {-7, "-7"}, {10, "10"}, {1435654800000, "1435654800000"},
		{INT64_MAX, "9223372036854775807"}, {INT64_MIN, "-9223372036854775808"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		BUFFER_SCOPE b;

		buffer_init(&b, 100);
		buffer_int(&b, cases[i].value);
		assert_text(buffer_text(&b), cases[i].digits);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_appended_stands_in_order_and_ends_in_nul),
		cmocka_unit_test(it_takes_its_limit_and_not_a_byte_more),
		cmocka_unit_test(once_overflowed_nothing_more_is_taken),
		cmocka_unit_test(a_number_stands_in_its_digits),
	};

	return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
