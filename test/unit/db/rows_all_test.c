/* Every row of every table, read ahead by two connections that see the same. */
#include <pthread.h>
#include <stdatomic.h>

#include "db/rows.h"
#include "db/thing.h"

#define MANY "9000"

/* Numbers that lie close, far apart and at both ends; a table without rows, one without numbers of its own. */
#define TABLES                                                                                                         \
	"create table visit (\n\tid id primary key,\n\tplace int,\n\twords text\n);\n"                                     \
	"create table vacant (\n\tid id primary key,\n\tname text\n);\n"                                                   \
	"create table tally (\n\tday day not null,\n\tkind text not null,\n\tprimary key (day, kind)\n);\n"                \
	"create table few (\n\tid id primary key,\n\tname text\n);\n"
#define ROWS                                                                                                           \
	"with recursive n (i) as (select 1 union all select i + 1 from n where i < " MANY ") insert into visit "           \
	"select i, nullif(i % 7, 0), 'the words of visit ' || i from n;"                                                   \
	"insert into visit values (-9223372036854775808, 1, 'first'), (-40, 2, null), (1000000000, 3, ''), "               \
	"(9223372036854775807, 4, 'last'); insert into few values (7, 'one');"                                             \
	"insert into tally values ('2015-07-01', 'b'), ('2015-06-30', 'z'), ('2015-07-01', 'a');"

static const struct migration migrations[] = {{1, "0001_first", TABLES}};
static const struct migration_set set = {migrations, 1};

static void filled(struct temporary *t, struct arena *arena, struct rows_schema *schema)
{
	struct error err = {0};
	int applied;

	arena_init(arena, ARENA_REQUEST_BYTES);
	if (!migrate_up(t->db, &set, 0, &applied, &err)) fail_msg("%s", err.message);
	thing_script(t->db, ROWS);
	if (!rows_schema(arena, &set, 1, schema, &err)) fail_msg("%s", err.message);
}

struct seen {
	struct rows_hashing hashing[4];
	size_t latest;
	int blocks, most; /* it wants no more than so many */
};

static bool see(void *context, size_t table, const struct rows_block *block, struct error *err)
{
	struct seen *seen = context;

	assert_true(table >= seen->latest);
	assert_true(block->rows > 0);
	seen->latest = table;
	if (seen->blocks++ == seen->most) return error_refused(err, "enough of %zu", table);
	rows_hash_block(&seen->hashing[table], block);
	return true;
}

static bool read_all(struct tx *tx, const struct rows_schema *schema, struct seen *seen, struct error *err)
{
	for (size_t i = 0; i < schema->count; i++) rows_hash_begin(&seen->hashing[i]);
	return rows_read_all(tx, schema, see, seen, err);
}

static void compare(struct tx *tx, const struct rows_schema *schema, struct seen *seen)
{
	struct error err = {0};

	if (!read_all(tx, schema, seen, &err)) fail_msg("%s", err.message);
	for (size_t i = 0; i < schema->count; i++) {
		struct rows_sum all, one;

		rows_hash_end(&seen->hashing[i], &all);
		if (!rows_sum_table(tx, &schema->tables[i], &one, &err)) fail_msg("%s", err.message);
		assert_int_equal(all.rows, one.rows);
		assert_true(rows_sum_equal(&all, &one));
	}
}

static void two_read_what_one_reads(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct seen together = {.most = -1}, alone = {.most = -1};
	struct rows_schema schema;
	struct error err;
	struct tx *tx;

	filled(t, &arena, &schema);
	assert_true(tx_read_begin_twice(t->db, &arena, &tx, &err));
	assert_non_null(tx->second);
	compare(tx, &schema, &together);
	tx_read_end(tx);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_null(tx->second);
	compare(tx, &schema, &alone);
	tx_read_end(tx);
	assert_true(together.blocks > alone.blocks);
}

static void who_wants_no_more_is_given_no_more(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct rows_schema schema;
	struct tx *tx;

	filled(t, &arena, &schema);
	for (int most = 0; most < 6; most++) {
		struct seen seen = {.most = most}, whole = {.most = -1};
		struct error err = {0};

		assert_true(tx_read_begin_twice(t->db, &arena, &tx, &err));
		assert_false(read_all(tx, &schema, &seen, &err));
		assert_error(&err, ERROR_REFUSED, "enough of");
		assert_int_equal(seen.blocks, most + 1);
		compare(tx, &schema, &whole);
		tx_read_end(tx);
	}
}

static void what_cannot_be_read_is_told(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct seen seen = {.most = -1};
	struct rows_schema schema;
	struct error err = {0};
	struct tx *tx;

	filled(t, &arena, &schema);
	schema.tables[0].columns[1].type = COLUMN_TEXT;
	assert_true(tx_read_begin_twice(t->db, &arena, &tx, &err));
	assert_false(read_all(tx, &schema, &seen, &err));
	assert_error(&err, ERROR_FAILED, "visit.place is not what it should be");
	tx_read_end(tx);
}

struct writing {
	struct db *db;
	atomic_bool ended;
	atomic_int written;
};

static void *write_on(void *context)
{
	struct writing *writing = context;

	while (!writing->ended) {
		thing_script(writing->db, "insert into thing (name) select 'one more than ' || count(*) from thing");
		writing->written++;
	}
	return NULL;
}

static void both_see_the_same_while_others_write(void **state)
{
	struct temporary *t = *state;
	struct writing writing = {.db = t->db};
	int64_t latest = 0;
	pthread_t writer;
	int twice = 0;

	thing_script(t->db, THING_TABLE);
	assert_int_equal(pthread_create(&writer, NULL, write_on, &writing), 0);
	for (int i = 0; i < 200 || (latest < 20 && i < 100000); i++) {
		ARENA_SCOPE arena;
		struct error err;
		struct tx *tx;

		arena_init(&arena, ARENA_REQUEST_BYTES);
		assert_true(tx_read_begin_twice(t->db, &arena, &tx, &err));
		latest = thing_count_in(tx);
		if (tx->second) assert_int_equal(thing_count_in(tx->second), latest);
		twice += tx->second != NULL;
		tx_read_end(tx);
	}
	writing.ended = true;
	pthread_join(writer, NULL);
	assert_true(latest > 0 && latest <= writing.written);
	assert_true(twice > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(two_read_what_one_reads),
		temporary_test(who_wants_no_more_is_given_no_more),
		temporary_test(what_cannot_be_read_is_told),
		temporary_test(both_see_the_same_while_others_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
