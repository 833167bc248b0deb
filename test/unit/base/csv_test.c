#include "unit.h"

#include "base/csv.h"

static const struct {
	const char *name, *input;
	const char *records; /* fields joined with '|', each record ended by its line in brackets */
} good[] = {
	{"lines end in LF", "a,b\nc,d\n", "a|b[1]c|d[2]"},
	{"lines end in CRLF", "a,b\r\nc,d\r\n", "a|b[1]c|d[2]"},
	{"the last line needs no end", "a,b\nc,d", "a|b[1]c|d[2]"},
	{"fields may be empty", ",\n,x,\n", "|[1]|x|[2]"},
	{"spaces are part of a field", " a , b\n", " a | b[1]"},
	{"quotes hold commas, quotes and line ends", "\"a,b\",\"c\"\"d\",\"e\r\nf\"\ng\n", "a,b|c\"d|e\r\nf[1]g[3]"},
	{"a quoted field may be empty or all quotes", "\"\",\"\"\"\"\n", "|\"[1]"},
	{"blank lines are passed over and counted", "\n\r\na\n\n\nb\n", "a[3]b[6]"},
	{"a byte order mark is passed over",
		"\xEF\xBB\xBF"
		"a,b\n",
		"a|b[1]"},
	{"UTF-8 is kept", "Zo\xC3\xAB,\xF0\x9F\x98\x80\n", "Zo\xC3\xAB|\xF0\x9F\x98\x80[1]"},
	{"nothing is no record", "", ""},
	{"a trailing comma is one more field", "a,", "a|[1]"},
};

static void well_formed_input_is_read_as_rfc_4180_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		ARENA_SCOPE arena;
		struct text read = TEXT("");
		struct csv_record record;
		struct error err;
		struct csv csv;
		bool end;

		arena_init(&arena, ARENA_REQUEST_BYTES);
		error_clear(&err);
		csv_init(&csv, text_of(good[i].input), &arena);
		while (csv_next(&csv, &record, &end, &err) && !end) {
			for (size_t f = 0; f < record.field_count; f++)
				read = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARG(read), f ? "|" : "", TEXT_ARG(record.fields[f]));
			read = arena_printf(&arena, "%.*s[%d]", TEXT_ARG(read), (int)record.line);
		}
		if (err.kind) fail_msg("%s: %s", good[i].name, err.message);
		assert_text(read, good[i].records);
	}
}

static const struct {
	const char *input, *words;
} bad[] = {
	{"a,b\n\"c,d\n", "line 2: a quoted field is never closed"},
	{"a,b\nc\"d,e\n", "line 2: a quote stands inside a field that is not quoted"},
	{"\"a\"b,c\n", "line 1: a comma or the line's end was expected behind field 1"},
	{"a,\"b\" ,c\n", "line 1: a comma or the line's end was expected behind field 2"},
	{"a\rb\n", "line 1: a comma or the line's end was expected behind field 1"},
	{"a\n\n\"x\ny\",\xFF\n", "line 3: the text of field 2 is not UTF-8"},
};

static void malformed_input_is_refused_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		ARENA_SCOPE arena;
		struct csv_record record;
		struct error err;
		struct csv csv;
		bool end = false;

		arena_init(&arena, ARENA_REQUEST_BYTES);
		error_clear(&err);
		csv_init(&csv, text_of(bad[i].input), &arena);
		while (!end && csv_next(&csv, &record, &end, &err)) continue;
		assert_false(end);
		assert_error(&err, ERROR_INVALID, bad[i].words);
	}
}

static void a_record_that_is_not_utf_8_is_whole_and_the_next_follows(void **state)
{
	ARENA_SCOPE arena;
	struct csv_record record;
	struct error err;
	struct csv csv;
	bool end;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	error_clear(&err);
	csv_init(&csv, TEXT("a,\xFF,\"x\ny\"\nb,c,d\n"), &arena);
	assert_false(csv_next(&csv, &record, &end, &err));
	assert_true(record.whole);
	assert_text(record.fields[0], "a");
	error_clear(&err);
	assert_true(csv_next(&csv, &record, &end, &err));
	assert_text(record.fields[0], "b");
	assert_int_equal(record.line, 3);
	csv_init(&csv, TEXT("a,\"b\nc,d\n"), &arena);
	assert_false(csv_next(&csv, &record, &end, &err));
	assert_false(record.whole);
}

static void a_record_has_64_fields_at_most(void **state)
{
	ARENA_SCOPE arena;
	char input[CSV_FIELDS_MOST + 1];
	struct csv_record record;
	struct error err;
	struct csv csv;
	bool end;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	error_clear(&err);
	memset(input, ',', sizeof input);
	csv_init(&csv, (struct text){input, CSV_FIELDS_MOST - 1}, &arena);
	assert_true(csv_next(&csv, &record, &end, &err));
	assert_int_equal(record.field_count, CSV_FIELDS_MOST);
	csv_init(&csv, (struct text){input, CSV_FIELDS_MOST}, &arena);
	assert_false(csv_next(&csv, &record, &end, &err));
	assert_error(&err, ERROR_INVALID, "line 1: more than 64 fields");
}

static void a_narrative_of_64_kilobytes_is_taken_whole(void **state)
{
	ARENA_SCOPE arena;
	struct csv_record record;
	struct error err;
	struct csv csv;
	char *input;
	bool end;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	error_clear(&err);
	input = arena_alloc(&arena, 65538);
	memset(input, '\n', 65538);
	input[0] = input[65537] = '"';
	csv_init(&csv, (struct text){input, 65538}, &arena);
	assert_true(csv_next(&csv, &record, &end, &err));
	assert_int_equal(record.fields[0].len, 65536);
	assert_int_equal(csv.line, 65537);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(well_formed_input_is_read_as_rfc_4180_says),
		cmocka_unit_test(malformed_input_is_refused_with_its_line),
		cmocka_unit_test(a_record_that_is_not_utf_8_is_whole_and_the_next_follows),
		cmocka_unit_test(a_record_has_64_fields_at_most),
		cmocka_unit_test(a_narrative_of_64_kilobytes_is_taken_whole),
	};

	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
