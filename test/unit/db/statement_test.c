#include "db/thing.h"

static const struct column name_column[] = {{"name", 0, COLUMN_TEXT, FIELD_NONE}};
static const struct record_type id_record = {
	"id", sizeof(int64_t), (const struct column[]){{"id", 0, COLUMN_ID, FIELD_NONE}}, 1};

#define RETURNS_ID(words)                                                                                              \
	{                                                                                                                  \
		.name = "insert_id", .sql = words, .parameters = name_column, .parameter_count = 1, .row = &id_record,         \
		.index = 2, .writes = true                                                                                     \
	}

static const struct query insert_id = RETURNS_ID("insert into thing (name) values ($name)\nreturning id");
static const struct query insert_some = RETURNS_ID("insert into thing (name)\nselect $name where $name <> 'none'\n"
												   "returning id");
static const struct query insert_or_keep =
	RETURNS_ID("insert into thing (name) values ($name)\non conflict (name) do update set name = $name\nreturning id");

struct insertion {
	struct db_job job;
	const struct query *query;
	struct text name;
	int64_t id;
	bool found;
	struct error err;
};

static bool insert(struct db_job *job, struct tx *tx)
{
	struct insertion *insertion = (struct insertion *)job;
	struct statement_row row = {.row = &insertion->id};
	bool done = statement_find(tx, insertion->query, &insertion->name, &row, &insertion->err);

	insertion->found = row.found;
	return done;
}

static struct insertion inserted(struct db *db, const struct query *query, const char *name)
{
	ARENA_SCOPE arena;
	struct insertion insertion = {.job = {.arena = &arena, .run = insert}, .query = query, .name = text_of(name)};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_int_equal(db_run(db, &insertion.job), DB_DURABLE);
	return insertion;
}

static void a_new_row_s_id_is_its_own_whatever_a_trigger_inserts_besides(void **state)
{
	struct temporary *t = *state;

	thing_script(t->db, THING_TABLE "create table note (id integer primary key, thing integer) strict;"
									"insert into note values (700, 1);"
									"create trigger noted after insert on thing begin\n"
									"insert into note (thing) values (new.id); end;");
	assert_int_equal(inserted(t->db, &insert_id, "one").id, 1);
	assert_int_equal(inserted(t->db, &insert_id, "two").id, 2);
	assert_true(inserted(t->db, &insert_id, "three").found);
	assert_int_equal(thing_count_now(t->db), 3);
}

static void where_nothing_was_inserted_there_is_no_id(void **state)
{
	struct temporary *t = *state;

	thing_script(t->db, THING_TABLE);
	assert_true(inserted(t->db, &insert_some, "one").found);
	assert_false(inserted(t->db, &insert_some, "none").found);
	assert_int_equal(thing_count_now(t->db), 1);
}

static void a_row_that_is_there_already_is_refused_or_gives_its_own_id(void **state)
{
	struct temporary *t = *state;
	struct insertion again;

	thing_script(t->db, THING_TABLE);
	thing_script(t->db, "insert into thing values (7, 'seven'), (8, 'eight')");
	again = inserted(t->db, &insert_id, "seven");
	assert_false(again.job.kept);
	assert_error(&again.err, ERROR_REFUSED, "it is there already (thing.name)");
	assert_int_equal(inserted(t->db, &insert_or_keep, "seven").id, 7);
}

static void a_list_too_large_for_the_arena_is_refused_and_the_transaction_goes_on(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE small, large;
	struct statement_rows rows;
	struct error err = {0};
	struct tx *tx;

	thing_script(t->db, THING_TABLE);
	thing_script(t->db,
		"insert into thing with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000)\n"
		"select i, printf('%0100d', i) from n");
	arena_init(&small, (size_t)1 << 20);
	assert_true(tx_read_begin(t->db, &small, &tx, &err));
	assert_false(statement_many(tx, &thing_list, NULL, &rows, &err));
	assert_error(&err, ERROR_TOO_LARGE, "this is more than can be held at once");
	tx_read_end(tx);
	arena_init(&large, ARENA_REQUEST_BYTES);
	error_clear(&err);
	assert_true(tx_read_begin(t->db, &large, &tx, &err));
	assert_true(statement_many(tx, &thing_list, NULL, &rows, &err));
	assert_int_equal(rows.count, 20000);
	tx_read_end(tx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(a_new_row_s_id_is_its_own_whatever_a_trigger_inserts_besides),
		temporary_test(where_nothing_was_inserted_there_is_no_id),
		temporary_test(a_row_that_is_there_already_is_refused_or_gives_its_own_id),
		temporary_test(a_list_too_large_for_the_arena_is_refused_and_the_transaction_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
