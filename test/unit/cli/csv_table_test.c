#include "unit.h"

#include "cli/csv_table.h"

static const struct csv_column columns[] = {{{"ref", 3}, true}, {{"name", 4}, false}, {{"age", 3}, true}};
static const struct csv_header header = {.columns = columns, .column_count = 3};

static bool read_table(struct arena *arena, struct text content, struct csv_table *table, struct rejections *rejected)
{
	*rejected = (struct rejections){.arena = arena};
	return csv_table_read(table, content, &header, rejected);
}

static void rows_of_one_key_are_one_group_in_the_order_of_the_file(void **state)
{
	struct text content = TEXT("age,ref,name\r\n"
							   "1,b,\"two\nlines\"\r\n"
							   "\r\n"
							   "2, a ,\"a \"\"word\"\"\"\r\n"
							   "3,b,plain");
	struct csv_table table;
	struct rejections rejected;
	struct csv_record record;
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	assert_true(read_table(&arena, content, &table, &rejected));
	assert_int_equal(rejected.count, 0);
	assert_int_equal(table.row_count, 3);
	assert_int_equal(table.group_count, 2);
	assert_text(table.groups[0].rows->key, "b");
	assert_int_equal(table.groups[0].count, 2);
	assert_int_equal(table.groups[0].rows[1].line, 6);
	assert_text(table.groups[1].rows->key, "a");
	assert_int_equal(table.groups[1].rows->line, 5);
	csv_row_parse(&table, table.groups[1].rows, &arena, &record);
	assert_text(csv_value(&table.header, &record, 1), "a \"word\"");
	assert_text(csv_value(&table.header, &record, 2), "2");
}

static void what_is_wrong_with_a_file_is_named_by_line_and_column(void **state)
{
	static const struct {
		const char *content;
		int64_t line;
		const char *column;
		const char *reason;
		bool read;
	} files[] = {
		{"", 1, NULL, "the file is empty: its first line names the columns", false},
		{"ref,nmae,age\n", 1, "nmae", "there is no such column; did you mean name?", false},
		{"ref,age,age\n", 1, "age", "the column stands twice", false},
		{"ref,name\n", 1, "age", "the column is missing", false},
		{"ref,age\na,1,2\n", 2, NULL, "the row has 3 fields, the header 2", true},
		{"ref,age\n,1\n", 2, "ref", "a value is needed", true},
		{"ref,age\na,1\nb,\"2\n", 3, NULL, "a quoted field is never closed", false},
		{"ref,age\na,1\nb,2\"\n", 3, NULL, "a quote stands inside a field that is not quoted", false},
		{"ref,age\na,\xFF\n", 2, NULL, "the text of field 2 is not UTF-8", true},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct csv_table table;
		struct rejections rejected;

		assert_int_equal(read_table(&arena, text_of(files[i].content), &table, &rejected), files[i].read);
		assert_int_equal(rejected.count, 1);
		assert_int_equal(rejected.rows[0].line, files[i].line);
		assert_text(rejected.rows[0].column, files[i].column);
		assert_text(rejected.rows[0].reason, files[i].reason);
	}
}

static void a_key_with_a_row_that_cannot_be_read_is_not_whole(void **state)
{
	static const struct {
		const char *content;
		int64_t bad_line; /* of the first group, whose key is a */
		size_t groups;
	} files[] = {
		{"ref,name,age\na,n,1\nb,n,2\n", 0, 2},
		{"ref,name,age\na,n,1\na,\xFF,2\nb,n,2\n", 3, 2},
		{"ref,name,age\na,\xFF,1\nb,n,2\na,n,2\n", 2, 2},
		{"ref,name,age\na,n,1\na,n\nb,n,2\n", 3, 2},
		{"ref,name,age\na,n,1\na,n,m,2\nb,n,2\n", 3, 2},
		{"name,ref,age\nn,a,1\na,2\nn,b,2\n", 3, 2},
		{"name,ref,age\nn,a,1\nn,m,a,2\nn,b,2\n", 3, 2},
		{"ref,name,age\nc,\xFF,1\na,n,2\n", 0, 1},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct csv_table table;
		struct rejections rejected;
		size_t group = 0;

		assert_true(read_table(&arena, text_of(files[i].content), &table, &rejected));
		assert_int_equal(table.group_count, files[i].groups);
		while (!text_is(table.groups[group].rows->key, "a")) group++;
		assert_int_equal(table.groups[group].bad_line, files[i].bad_line);
		assert_int_equal(table.groups[group].count, 1);
		assert_int_equal(table.row_count, table.group_count);
	}
}

static void rejections_are_told_in_the_order_of_lines(void **state)
{
	struct rejections rejected;
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	rejected = (struct rejections){.arena = &arena};
	for (int i = 20; i > 0; i--) rejection_add(&rejected, i % 7, i % 2 ? TEXT("b") : TEXT("a"), "%d", i);
	rejections_sort(&rejected);
	for (size_t i = 1; i < rejected.count; i++) {
		assert_true(rejected.rows[i - 1].line <= rejected.rows[i].line);
		if (rejected.rows[i - 1].line == rejected.rows[i].line)
			assert_true(text_compare(rejected.rows[i - 1].column, rejected.rows[i].column) <= 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_of_one_key_are_one_group_in_the_order_of_the_file),
		cmocka_unit_test(what_is_wrong_with_a_file_is_named_by_line_and_column),
		cmocka_unit_test(a_key_with_a_row_that_cannot_be_read_is_not_whole),
		cmocka_unit_test(rejections_are_told_in_the_order_of_lines),
	};

	return cmocka_run_group_tests_name("csv_table", tests, NULL, NULL);
}
