#include "unit.h"

#include <jansson.h>
#include <math.h>

#include "base/json.h"

static void members_and_lists_are_separated_and_nested(void **state)
{
	BUFFER_SCOPE out;
	struct json json;

	(void)state;
	buffer_init(&out, 10000);
	json_init(&json, &out);
	json_open(&json);
	json_member_text(&json, "reference", TEXT("OX-15-00417-H"));
	json_member_id(&json, "id", 9007199254740993);
	json_key(&json, "children");
	json_open_list(&json);
	json_open(&json);
	json_close(&json);
	json_int(&json, -3);
	json_bool(&json, true);
	json_open_list(&json);
	json_close_list(&json);
	json_close_list(&json);
	json_member_bool(&json, "late", false);
	json_member_cstr(&json, "rag", "red");
	json_member_int(&json, "version", 2);
	json_member_real(&json, "percent", 98.1);
	json_close(&json);
	assert_text(buffer_text(&out),
		"{\"reference\":\"OX-15-00417-H\",\"id\":\"9007199254740993\",\"children\":[{},-3,true,[]],"
		"\"late\":false,\"rag\":\"red\",\"version\":2,\"percent\":98.1}");
}

static void no_value_of_any_type_is_null(void **state)
{
	BUFFER_SCOPE out;
	struct json json;

	(void)state;
	buffer_init(&out, 10000);
	json_init(&json, &out);
	json_open_list(&json);
	json_text(&json, TEXT_NONE);
	json_cstr(&json, NULL);
	json_int(&json, INT64_MIN);
	json_id(&json, 0);
	json_number(&json, NAN);
	json_number(&json, INFINITY);
	json_instant(&json, INSTANT_NONE);
	json_day(&json, DAY_NONE);
	json_none(&json);
	json_close_list(&json);
	assert_text(buffer_text(&out), "[null,null,null,null,null,null,null,null,null]");
}

static void times_are_local_with_their_offset(void **state)
{
	BUFFER_SCOPE out;
	struct json json;

	(void)state;
	buffer_init(&out, 10000);
	json_init(&json, &out);
	json_open(&json);
	json_member_instant(&json, "summer", 1435657320000);
	json_member_instant(&json, "winter", 1420070400000);
	json_member_day(&json, "date", 16616);
	json_close(&json);
	assert_text(buffer_text(&out), "{\"summer\":\"2015-06-30T10:42:00+01:00\",\"winter\":\"2015-01-01T00:00:00+00:00\","
								   "\"date\":\"2015-06-30\"}");
}

static void any_text_reads_back_the_same_with_another_reader(void **state)
{
	char every[0x7F + 8];
	BUFFER_SCOPE out;
	struct json json;
	json_t *read;

	(void)state;
	for (int c = 1; c < 0x80; c++) every[c - 1] = (char)c;
	memcpy(every + 0x7F, "\xC3\xAB\xF0\x9F\x98\x80", 7);
	buffer_init(&out, 10000);
	json_init(&json, &out);
	json_open_list(&json);
	json_cstr(&json, every);
	json_close_list(&json);
	read = json_loadb(out.bytes, out.len, 0, NULL);
	assert_non_null(read);
	assert_string_equal(json_string_value(json_array_get(read, 0)), every);
	json_decref(read);
}

static void a_real_reads_back_the_same(void **state)
{
	static const double reals[] = {0, 0.1, 1.0 / 3, 30, 1e21, 5e-324, 1.7976931348623157e308, -0.30000000000000004};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(reals); i++) {
		BUFFER_SCOPE out;
		struct json json;

		buffer_init(&out, 100);
		json_init(&json, &out);
		json_number(&json, reals[i]);
		assert_true(strtod(out.bytes, NULL) == reals[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_and_lists_are_separated_and_nested),
		cmocka_unit_test(no_value_of_any_type_is_null),
		cmocka_unit_test(times_are_local_with_their_offset),
		cmocka_unit_test(any_text_reads_back_the_same_with_another_reader),
		cmocka_unit_test(a_real_reads_back_the_same),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
