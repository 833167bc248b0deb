/* What either engine does alike. Where a cluster is named (31-engines) these run on PostgreSQL, else on SQLite. */
#include "db/thing.h"

#include <semaphore.h>

static void write_refusal(struct db_job *job, struct tx *tx)
{
	if (!tx_exec_script(tx, "insert into thing (id, name) values (99, 'refused')", &((struct script_job *)job)->err))
		abort();
}

static void a_refused_job_is_undone_and_what_it_says_of_that_is_kept(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct script_job job = script_job(&arena, "insert into thing (id, name) values (1, 'one')");

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_table(t);
	job.refuse = true;
	job.job.refused = write_refusal;
	assert_int_equal(db_run(t->db, &job.job), DB_DURABLE);
	assert_false(job.job.kept);
	assert_int_equal(thing_count_now(t->db), 1);
	thing_script(t->db, "delete from thing where id = 99");
	assert_int_equal(thing_count_now(t->db), 0);
}

static void a_row_that_is_there_already_is_refused_by_its_column_and_not_its_content(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct script_job job = script_job(&arena, "insert into thing (id, name) values (2, 'one')");

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_table(t);
	thing_script(t->db, "insert into thing (id, name) values (1, 'one')");
	assert_int_equal(db_run(t->db, &job.job), DB_DURABLE);
	assert_false(job.job.kept);
	assert_error(&job.err, ERROR_REFUSED, "it is there already (thing.name)");
}

/* Refused within, and goes on: what came before and after the savepoint is kept. */
static bool go_on(struct db_job *job, struct tx *tx)
{
	struct thing one = {1, TEXT("one")}, again = {2, TEXT("one")}, two = {2, TEXT("two")};
	struct error *err = &((struct script_job *)job)->err;

	if (!statement_exec(tx, &thing_add, &one, NULL, err) || !tx_savepoint(tx, err)) return false;
	if (statement_exec(tx, &thing_add, &again, NULL, err) || db_last_conflict(tx) != DB_CONFLICT_UNIQUE) return false;
	if (!tx_undo(tx, err) || !tx_savepoint(tx, err)) return false;
	return statement_exec(tx, &thing_add, &two, NULL, err) && tx_release(tx, err);
}

static void from_a_savepoint_the_transaction_goes_on_after_a_refusal(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct script_job job = {.job = {.arena = &arena, .run = go_on}};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_table(t);
	assert_int_equal(db_run(t->db, &job.job), DB_DURABLE);
	assert_true(job.job.kept);
	assert_int_equal(thing_count_now(t->db), 2);
}

static void a_reader_sees_one_moment_while_others_write(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct statement_rows rows;
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_table(t);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_int_equal(tx_engine(tx), db_engine(t->db));
	assert_int_equal(thing_count_in(tx), 0);
	thing_script(t->db, "insert into thing (id, name) values (1, 'one'), (2, null)");
	assert_int_equal(thing_count_in(tx), 0);
	tx_read_end(tx);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_true(statement_many(tx, &thing_list, NULL, &rows, &err));
	tx_read_end(tx);
	assert_int_equal(rows.count, 2);
	assert_text(((struct thing *)rows.rows)[0].name, "one");
	assert_text(((struct thing *)rows.rows)[1].name, NULL);
}

static void a_reader_cannot_write_and_goes_on(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_table(t);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_false(tx_exec_script(tx, "insert into thing (id, name) values (1, 'one')", &err));
	assert_int_equal(err.kind, ERROR_FAILED);
	tx_read_end(tx);
	assert_int_equal(thing_count_now(t->db), 0);
}

static void a_list_too_large_for_the_arena_is_refused_and_the_transaction_goes_on(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE small;
	ARENA_SCOPE large;
	struct statement_rows rows;
	struct error err;
	struct tx *tx;

	thing_table(t);
	thing_script(t->db,
		"insert into thing (id, name) with recursive n (i) as (select 1 union all select i + 1 from n"
		" where i < 20000) select i, 'a name that is long enough for twenty thousand of them ' || i from n");
	arena_init(&small, (size_t)1 << 20);
	arena_init(&large, ARENA_REQUEST_BYTES);
	assert_true(tx_read_begin(t->db, &small, &tx, &err));
	assert_false(statement_many(tx, &thing_list, NULL, &rows, &err));
	assert_error(&err, ERROR_TOO_LARGE, "this is more than can be held at once");
	assert_int_equal(thing_count_in(tx), 20000);
	tx_read_end(tx);
	assert_true(tx_read_begin(t->db, &large, &tx, &err));
	assert_true(statement_many(tx, &thing_list, NULL, &rows, &err));
	tx_read_end(tx);
	assert_int_equal(rows.count, 20000);
	assert_int_equal(((struct thing *)rows.rows)[19999].id, 20000);
}

/* A query made while the program runs, where another stood before in the same memory. */
static bool made_at_run_time(struct db_job *job, struct tx *tx)
{
	struct error *err = &((struct script_job *)job)->err;
	struct query made = {.row = &count_record, .index = 300, .name = "made"};
	int64_t first, second;

	made.sql = made.sql_postgresql = "select count(*) from thing";
	if (!statement_one(tx, &made, NULL, &first, err)) return false;
	statement_forget(tx, &made);
	made.sql = made.sql_postgresql = "select max(id) from thing";
	if (!statement_one(tx, &made, NULL, &second, err)) return false;
	statement_forget(tx, &made);
	return first == 1 && second == 7;
}

static void a_query_may_be_made_at_run_time_and_is_forgotten(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct script_job job = {.job = {.arena = &arena, .run = made_at_run_time}};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_table(t);
	thing_script(t->db, "insert into thing (id, name) values (7, 'seven')");
	assert_int_equal(db_run(t->db, &job.job), DB_DURABLE);
	assert_true(job.job.kept);
}

static const struct column figure_columns[] = {
	{"whole", 0, COLUMN_INT, FIELD_NONE},
	{"total", 8, COLUMN_INT, FIELD_NONE},
	{"mean", 16, COLUMN_REAL, FIELD_NONE},
	{"late", 24, COLUMN_BOOL, FIELD_NONE},
};

struct figures {
	int64_t whole;
	int64_t total;
	double mean;
	bool late;
};

static const struct record_type figures_record = {"figures", sizeof(struct figures), figure_columns, 4};
static const struct query figures_query = {
	.name = "figures",
	.sql = "select 7 as whole, sum(id) as total, avg(id) as mean, max(id) > 3 as late from thing",
	.row = &figures_record,
	.index = 3,
};

static void figures_are_the_same_whatever_the_engine_counts_in(void **state)
{
	struct temporary *t = *state;
	struct figures figures;
	ARENA_SCOPE arena;
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_table(t);
	thing_script(t->db, "insert into thing (id) values (-123456789012345), (20000), (7)");
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_true(statement_one(tx, &figures_query, NULL, &figures, &err));
	tx_read_end(tx);
	assert_int_equal(figures.whole, 7);
	assert_int_equal(figures.total, -123456788992338);
	assert_true(figures.mean > -41152262997446.1 && figures.mean < -41152262997445.9);
	assert_true(figures.late);
	thing_script(t->db, "delete from thing");
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_true(statement_one(tx, &figures_query, NULL, &figures, &err));
	tx_read_end(tx);
	assert_int_equal(figures.total, INT_NONE);
	assert_true(figures.mean != figures.mean);
}

struct counted {
	struct db_job job;
	sem_t *all;
};

static bool add_any(struct db_job *job, struct tx *tx)
{
	struct error err;

	(void)job;
	return tx_exec_script(tx, "insert into thing (name) values (null)", &err);
}

static void count_done(struct db_job *job, enum db_outcome outcome)
{
	if (outcome == DB_DURABLE && job->kept) sem_post(((struct counted *)job)->all);
}

static void what_was_submitted_is_done_before_it_closes(void **state)
{
	struct temporary *t = *state;
	struct db_options options = temporary_options();
	struct counted jobs[20];
	ARENA_SCOPE arena;
	int done;
	sem_t all;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	sem_init(&all, 0, 0);
	thing_table(t);
	for (size_t i = 0; i < COUNT_OF(jobs); i++) {
		jobs[i] = (struct counted){.job = {.arena = &arena, .run = add_any, .done = count_done}, .all = &all};
		assert_true(db_submit(t->db, &jobs[i].job));
	}
	db_close(t->db);
	sem_getvalue(&all, &done);
	assert_int_equal(done, COUNT_OF(jobs));
	temporary_open(t, &options);
	assert_int_equal(thing_count_now(t->db), COUNT_OF(jobs));
}

static void a_url_is_shown_without_its_password(void **state)
{
	static const struct {
		const char *url;
		const char *shown;
	} cases[] = {
		{"sqlite:var/a:b@c.db", "sqlite:var/a:b@c.db"},
		{"postgresql://hub@db1,db2:5433/fanlight", "postgresql://hub@db1,db2:5433/fanlight"},
		{"postgresql://hub:secret@db1/fanlight?sslmode=verify-full",
			"postgresql://hub:xxx@db1/fanlight?sslmode=verify-full"},
		{"postgresql://hub:se/cr@et@db1/fanlight", "postgresql://hub:xxx@db1/fanlight"},
		{"postgresql:///f?host=/run&password=secret&sslpassword=too&user=hub",
			"postgresql:///f?host=/run&password=xxx&sslpassword=xxx&user=hub"},
		{"postgres://:secret@/", "postgres://:xxx@/"},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_text(db_url_shown(&arena, text_of(cases[i].url)), cases[i].shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(a_refused_job_is_undone_and_what_it_says_of_that_is_kept),
		temporary_test(a_row_that_is_there_already_is_refused_by_its_column_and_not_its_content),
		temporary_test(from_a_savepoint_the_transaction_goes_on_after_a_refusal),
		temporary_test(a_reader_sees_one_moment_while_others_write),
		temporary_test(a_reader_cannot_write_and_goes_on),
		temporary_test(a_list_too_large_for_the_arena_is_refused_and_the_transaction_goes_on),
		temporary_test(a_query_may_be_made_at_run_time_and_is_forgotten),
		temporary_test(figures_are_the_same_whatever_the_engine_counts_in),
		temporary_test(what_was_submitted_is_done_before_it_closes),
		cmocka_unit_test(a_url_is_shown_without_its_password),
	};

	return cmocka_run_group_tests_name("engines", tests, NULL, NULL);
}
