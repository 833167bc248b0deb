#include "db/rows.h"

#include <math.h>

#include "db/thing.h"

#define FIRST                                                                                                          \
	"create table place (\n\tid id primary key,\n\tname text not null unique\n);\n"                                    \
	"create table visit (\n\tid id primary key,\n\tplace id not null references place,\n\tat instant,\n"               \
	"\ton_day day,\n\tmany int,\n\tshare real,\n\tmade bool not null,\n\tmark bytes,\n\tbefore id references "         \
	"visit\n);\n"
#define SECOND                                                                                                         \
	"alter table place add column words text;\n"                                                                       \
	"create table tally (\n\tday day not null,\n\tkind text not null,\n\tmany int not null,\n"                         \
	"\tprimary key (day, kind)\n);\n"

static const struct migration migrations[] = {{1, "0001_first", FIRST}, {2, "0002_second", SECOND}};
static const struct migration_set set = {migrations, 2};

static struct rows_schema schema_of(struct arena *arena, size_t applied)
{
	struct rows_schema schema;
	struct error err;

	if (!rows_schema(arena, &set, applied, &schema, &err)) fail_msg("%s", err.message);
	return schema;
}

static void the_tables_are_those_of_the_migrations(void **state)
{
	ARENA_SCOPE arena;
	struct rows_schema schema;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	schema = schema_of(&arena, 1);
	assert_int_equal(schema.count, 2);
	assert_text(schema.tables[1].name, "visit");
	assert_int_equal(schema.tables[1].column_count, 9);
	assert_text(schema.tables[1].columns[3].name, "on_day");
	assert_int_equal(schema.tables[1].columns[3].type, COLUMN_DAY);
	assert_true(schema.tables[1].own_id);
	assert_text(schema.tables[1].key, "id");
	schema = schema_of(&arena, 2);
	assert_int_equal(schema.count, 3);
	assert_int_equal(rows_table_named(&schema, TEXT("place"))->column_count, 3);
	assert_text(schema.tables[2].key, "day, kind");
	assert_false(schema.tables[2].own_id);
	assert_null(rows_table_named(&schema, TEXT("nowhere")));
}

static void a_row_is_the_same_when_it_was_written_and_read(void **state)
{
	static const int64_t numbers[] = {0, 1, -1, 63, 64, -64, -65, 1435660920000, INT64_MAX, INT64_MIN};
	ARENA_SCOPE arena;
	struct rows_schema schema;
	struct rows_value in[ROWS_COLUMNS_MOST] = {{0}}, out[ROWS_COLUMNS_MOST];
	const struct rows_table *visit;
	BUFFER_SCOPE bytes;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	buffer_init(&bytes, 4096);
	schema = schema_of(&arena, 1);
	visit = &schema.tables[1];
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		struct text rest;

		in[0].number = numbers[i];
		in[2].none = in[8].none = true;
		in[3].text = TEXT("2015-07-01");
		in[5].real = -0.1;
		in[7].text = (struct text){"\0\xff", i % 3};
		buffer_clear(&bytes);
		rows_encode(&bytes, visit, in);
		rest = buffer_text(&bytes);
		assert_true(rows_decode(&rest, visit, out));
		assert_int_equal(rest.len, 0);
		assert_int_equal(out[0].number, numbers[i]);
		assert_true(out[2].none && out[8].none && !out[1].none);
		assert_text(out[3].text, "2015-07-01");
		assert_true(out[5].real == -0.1);
		assert_int_equal(out[7].text.len, i % 3);
	}
}

#define BYTES(literal) literal, sizeof literal - 1

static void what_is_no_row_is_refused(void **state)
{
	static const struct {
		const char *name;
		const char *bytes;
		size_t len;
	} cases[] = {
		{"nothing", BYTES("")},
		{"a bit behind the last column", BYTES("\x04\x02\x01x")},
		{"no name", BYTES("\x00\x02")},
		{"a name that is cut", BYTES("\x00\x02\x05only")},
		{"a length beyond all memory", BYTES("\x00\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01x")},
		{"a number longer than it need be", BYTES("\x00\x82\x00\x01x")},
		{"a number of more than 64 bits", BYTES("\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02\x01x")},
		{"a number without an end", BYTES("\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")},
	};
	ARENA_SCOPE arena;
	struct rows_schema schema;
	struct rows_value out[ROWS_COLUMNS_MOST];
	struct text good = TEXT("\x00\x02\x01x");

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	schema = schema_of(&arena, 1);
	assert_true(rows_decode(&good, &schema.tables[0], out));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text rest = {cases[i].bytes, cases[i].len};

		if (rows_decode(&rest, &schema.tables[0], out)) fail_msg("%s was taken", cases[i].name);
	}
}

#define SOME                                                                                                           \
	"insert into place values (7, 'b', null), (3, 'a', '');"                                                           \
	"insert into visit values (9, 3, 1435660920000, '2015-06-30', null, 0.5, 1, x'00ff', 4), (4, 7, null, null, "      \
	"-9223372036854775808, null, 0, null, 9);"                                                                         \
	"insert into tally values ('2015-07-01', 'b', 2), ('2015-06-30', 'z', 1), ('2015-07-01', 'a', 3);"

static void filled(struct temporary *t)
{
	struct error err = {0};
	int applied;

	if (!migrate_up(t->db, &set, 0, &applied, &err)) fail_msg("%s", err.message);
	thing_script(t->db, "pragma defer_foreign_keys = on;" SOME);
}

static struct rows_sum sum_now(struct db *db, const struct rows_table *table)
{
	ARENA_SCOPE arena;
	struct rows_sum sum = {0};
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_true(tx_read_begin(db, &arena, &tx, &err));
	if (!rows_sum_table(tx, table, &sum, &err)) fail_msg("%s", err.message);
	tx_read_end(tx);
	return sum;
}

static bool keep(void *context, const struct rows_block *block, struct error *err)
{
	(void)err;
	buffer_append(context, block->bytes);
	return true;
}

static void rows_come_in_the_order_of_their_key(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	BUFFER_SCOPE bytes;
	struct rows_value row[ROWS_COLUMNS_MOST];
	struct rows_schema schema;
	struct error err;
	struct text rest;
	struct tx *tx;

	filled(t);
	arena_init(&arena, ARENA_REQUEST_BYTES);
	buffer_init(&bytes, 4096);
	schema = schema_of(&arena, 2);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_true(rows_read(tx, &schema.tables[1], keep, &bytes, &err));
	rest = buffer_text(&bytes);
	assert_true(rows_decode(&rest, &schema.tables[1], row));
	assert_int_equal(row[0].number, 4);
	assert_int_equal(row[4].number, INT64_MIN);
	assert_true(rows_decode(&rest, &schema.tables[1], row));
	assert_int_equal(row[0].number, 9);
	assert_int_equal(row[8].number, 4);
	assert_int_equal(rest.len, 0);
	buffer_clear(&bytes);
	assert_true(rows_read(tx, &schema.tables[2], keep, &bytes, &err));
	rest = buffer_text(&bytes);
	for (int i = 1; i <= 3; i++) {
		static const int64_t many[] = {0, 1, 3, 2};

		assert_true(rows_decode(&rest, &schema.tables[2], row));
		assert_int_equal(row[2].number, many[i]);
	}
	tx_read_end(tx);
}

/* Rows go from one table into another of its kind and are the same. */
static bool put(void *context, const struct rows_block *block, struct error *err)
{
	return rows_load_block(context, block, err);
}

static bool copy_places(struct db_job *job, struct tx *tx)
{
	struct rows_schema schema = schema_of(job->arena, 2);
	struct rows_table other = schema.tables[0];
	struct rows_load *load;
	struct error err = {0};
	bool read, ended;

	other.name = TEXT("other");
	assert_true(tx_exec_script(tx, "create table other (id integer primary key, name text, words text) strict", &err));
	assert_true(rows_load_begin(tx, &other, &load, &err));
	read = rows_read(tx, &schema.tables[0], put, load, &err);
	ended = rows_load_end(load, &err);
	if (!read || !ended) fail_msg("%s", err.message);
	return true;
}

static void rows_that_were_loaded_are_the_same(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct db_job job = {.arena = &arena, .run = copy_places};
	struct rows_schema schema;
	struct rows_table other;
	struct rows_sum was, is;

	filled(t);
	arena_init(&arena, ARENA_REQUEST_BYTES);
	schema = schema_of(&arena, 2);
	other = schema.tables[0];
	other.name = TEXT("other");
	assert_int_equal(db_run(t->db, &job), DB_DURABLE);
	was = sum_now(t->db, &schema.tables[0]);
	is = sum_now(t->db, &other);
	assert_int_equal(was.rows, 2);
	assert_true(rows_sum_equal(&was, &is));
	thing_script(t->db, "update other set words = null where id = 3");
	is = sum_now(t->db, &other);
	assert_false(rows_sum_equal(&was, &is));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tables_are_those_of_the_migrations),
		cmocka_unit_test(a_row_is_the_same_when_it_was_written_and_read),
		cmocka_unit_test(what_is_no_row_is_refused),
		temporary_test(rows_come_in_the_order_of_their_key),
		temporary_test(rows_that_were_loaded_are_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
