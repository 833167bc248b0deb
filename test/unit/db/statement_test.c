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

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(a_new_row_s_id_is_its_own_whatever_a_trigger_inserts_besides),
		temporary_test(where_nothing_was_inserted_there_is_no_id),
		temporary_test(a_row_that_is_there_already_is_refused_or_gives_its_own_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
