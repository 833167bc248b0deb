/* PostgreSQL's writers: who runs into whom, and a server that goes away. On SQLite there is nothing of it. */
#include "db/thing.h"

#include <semaphore.h>

#define WRITERS 4

static int make_on_postgresql(void **state)
{
	struct db_options options = {.readers = 2, .writers = WRITERS, .queue_limit = 64};
	struct temporary *t;

	if (temporary_make(state) != 0) return -1;
	t = *state;
	db_close(t->db);
	temporary_open(t, &options);
	thing_table(t);
	return 0;
}

/* A job that may meet others half-way, and is told of. */
struct met {
	struct db_job job;
	const char *first; /* before the meeting */
	const char *second;
	sem_t *here;  /* posted once, in its first run */
	sem_t *there; /* waited for, in its first run */
	int runs;
	bool says_kept; /* whatever failed */
	sem_t *told;
	enum db_outcome outcome;
	struct error err;
};

static bool meet(struct db_job *job, struct tx *tx)
{
	struct met *met = (struct met *)job;
	bool done;

	met->runs++;
	error_clear(&met->err);
	if (!tx_exec_script(tx, met->first, &met->err)) return met->says_kept;
	if (met->runs == 1 && met->here) sem_post(met->here);
	if (met->runs == 1 && met->there) sem_wait(met->there);
	done = !met->second || tx_exec_script(tx, met->second, &met->err);
	return done || met->says_kept;
}

static void note(struct db_job *job, enum db_outcome outcome)
{
	struct met *met = (struct met *)job;

	met->outcome = outcome;
	sem_post(met->told);
}

static void submit(struct temporary *t, struct met *met, struct arena *arena, sem_t *told)
{
	met->job = (struct db_job){.arena = arena, .run = meet, .done = note};
	met->told = told;
	assert_true(db_submit(t->db, &met->job));
}

static void run_two(struct temporary *t, struct met *a, struct met *b)
{
	ARENA_SCOPE of_a;
	ARENA_SCOPE of_b;
	sem_t told;

	arena_init(&of_a, ARENA_REQUEST_BYTES);
	arena_init(&of_b, ARENA_REQUEST_BYTES);
	sem_init(&told, 0, 0);
	submit(t, a, &of_a, &told);
	submit(t, b, &of_b, &told);
	sem_wait(&told);
	sem_wait(&told);
}

static struct met run_one(struct temporary *t, struct met met)
{
	ARENA_SCOPE arena;
	sem_t told;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	sem_init(&told, 0, 0);
	submit(t, &met, &arena, &told);
	sem_wait(&told);
	return met;
}

static void two_that_wait_for_each_other_both_come_through_in_the_end(void **state)
{
	struct temporary *t = *state;
	sem_t one, other;
	struct met a = {.first = "update thing set name = 'a' where id = 1",
		.second = "update thing set name = 'a2' where id = 2",
		.here = &one,
		.there = &other};
	struct met b = {.first = "update thing set name = 'b' where id = 2",
		.second = "update thing set name = 'b1' where id = 1",
		.here = &other,
		.there = &one};

	sem_init(&one, 0, 0);
	sem_init(&other, 0, 0);
	thing_script(t->db, "insert into thing (id, name) values (1, 'one'), (2, 'two')");
	run_two(t, &a, &b);
	assert_int_equal(a.outcome, DB_DURABLE);
	assert_int_equal(b.outcome, DB_DURABLE);
	assert_true(a.job.kept && b.job.kept);
	assert_int_equal(a.runs + b.runs, 3);
}

static void who_was_second_with_a_key_looks_again_before_it_is_refused(void **state)
{
	struct temporary *t = *state;
	sem_t taken;
	struct met first = {
		.first = "insert into thing (id, name) values (1, 'one')", .second = "select pg_sleep(0.2)", .here = &taken};
	struct met second = {.first = "select 1", .second = first.first, .there = &taken};

	sem_init(&taken, 0, 0);
	run_two(t, &first, &second);
	assert_true(first.job.kept);
	assert_int_equal(second.outcome, DB_DURABLE);
	assert_false(second.job.kept);
	assert_int_equal(second.runs, 2);
	assert_error(&second.err, ERROR_REFUSED, "it is there already (thing.id)");
}

static void a_trigger_refuses_in_its_own_words(void **state)
{
	struct temporary *t = *state;
	struct met refused = {.first = "insert into thing (id) values (1)"};

	thing_script(t->db, "create function no() returns trigger language plpgsql as $$ begin raise exception"
						" '%', 'no, not ''these''' using errcode = 'P0001'; end $$;"
						"create trigger no before insert on thing for each row execute function no()");
	refused = run_one(t, refused);
	assert_int_equal(refused.outcome, DB_DURABLE);
	assert_false(refused.job.kept);
	assert_int_equal(refused.runs, 1);
	assert_int_equal(refused.err.kind, ERROR_REFUSED);
	assert_string_equal(refused.err.message, "no, not 'these'");
}

static void who_goes_on_after_a_failure_has_saved_nothing(void **state)
{
	struct temporary *t = *state;
	struct met spoilt = {.first = "insert into thing (id) values (1)", .second = "select 1 / 0", .says_kept = true};

	spoilt = run_one(t, spoilt);
	assert_int_equal(spoilt.outcome, DB_NOT_SAVED);
	assert_int_equal(thing_count_now(t->db), 0);
}

#define KILL_OTHERS                                                                                                    \
	"select pg_terminate_backend(pid) from pg_stat_activity"                                                           \
	" where datname = current_database() and pid <> pg_backend_pid()"

static void connections_that_were_lost_while_nobody_used_them_are_made_anew(void **state)
{
	struct temporary *t = *state;

	thing_script(t->db, "insert into thing (id) values (1)");
	assert_int_equal(thing_count_now(t->db), 1);
	temporary_sql(t->url, KILL_OTHERS);
	assert_int_equal(thing_count_now(t->db), 1);
	for (int i = 0; i < 2 * WRITERS; i++) thing_script(t->db, "insert into thing (name) values (null)");
}

static void a_connection_lost_before_commit_has_saved_nothing(void **state)
{
	struct temporary *t = *state;
	struct met in_statement = {
		.first = "insert into thing (id) values (1)", .second = "select pg_terminate_backend(pg_backend_pid())"};

	in_statement = run_one(t, in_statement);
	assert_int_equal(in_statement.outcome, DB_NOT_SAVED);
	assert_int_equal(in_statement.runs, 1);
	assert_int_equal(in_statement.err.kind, ERROR_BUSY);
	assert_int_equal(thing_count_now(t->db), 0);
	thing_script(t->db, "insert into thing (id) values (1)");
}

static void nor_one_lost_between_the_last_statement_and_commit(void **state)
{
	struct temporary *t = *state;
	sem_t begun, killed;
	struct met met = {.first = "insert into thing (id) values (1)", .here = &begun, .there = &killed};
	ARENA_SCOPE arena;
	sem_t told;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	sem_init(&begun, 0, 0);
	sem_init(&killed, 0, 0);
	sem_init(&told, 0, 0);
	submit(t, &met, &arena, &told);
	sem_wait(&begun);
	temporary_sql(t->url, KILL_OTHERS);
	/* They are gone when the server says so. */
	temporary_sql(t->url, "do $$ begin while (select count(*) from pg_stat_activity where datname = current_database()"
						  " and backend_type = 'client backend') > 1 loop perform pg_sleep(0.01);"
						  " perform pg_stat_clear_snapshot(); end loop; end $$");
	sem_post(&killed);
	sem_wait(&told);
	assert_int_equal(met.outcome, DB_NOT_SAVED);
	assert_int_equal(thing_count_now(t->db), 0);
}

static void a_connection_lost_during_commit_leaves_it_unknown(void **state)
{
	struct temporary *t = *state;
	struct met unknown = {.first = "insert into thing (id) values (1)"};

	thing_script(t->db, "create function die() returns trigger language plpgsql as $$ begin"
						" perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(10); return null; end $$;"
						"create constraint trigger die after insert on thing deferrable initially deferred"
						" for each row execute function die()");
	unknown = run_one(t, unknown);
	assert_int_equal(unknown.outcome, DB_UNKNOWN);
	assert_int_equal(unknown.runs, 1);
	thing_script(t->db, "drop trigger die on thing");
	thing_script(t->db, "insert into thing (id) values (1)");
}

/* What comes when as many wait as may is refused at once; those who wait are done. */
static void past_the_end_of_the_queue_nobody_is_taken(void **state)
{
	enum { WAITING = 64 }; /* make_on_postgresql's */
	struct temporary *t = *state;
	static struct met met[WRITERS + WAITING];
	struct db_job one_more = {.run = meet, .done = note};
	sem_t held, leave, told;
	static struct arena arenas[WRITERS + WAITING + 1];

	sem_init(&held, 0, 0);
	sem_init(&leave, 0, 0);
	sem_init(&told, 0, 0);
	for (int i = 0; i < WRITERS + WAITING; i++) {
		met[i] =
			(struct met){.first = "select 1", .here = i < WRITERS ? &held : NULL, .there = i < WRITERS ? &leave : NULL};
		arena_init(&arenas[i], ARENA_REQUEST_BYTES);
		submit(t, &met[i], &arenas[i], &told);
		if (i < WRITERS) sem_wait(&held);
	}
	one_more.arena = &arenas[WRITERS + WAITING];
	assert_false(db_submit(t->db, &one_more));
	for (int i = 0; i < WRITERS; i++) sem_post(&leave);
	for (int i = 0; i < WRITERS + WAITING; i++) sem_wait(&told);
	for (int i = 0; i < WRITERS + WAITING; i++) {
		assert_int_equal(met[i].outcome, DB_DURABLE);
		arena_release(&arenas[i]);
	}
}

/* PostgreSQL would only warn, and what two did be kept or undone together. */
static void on_a_connection_that_stands_in_a_transaction_none_begins(void **state)
{
	struct temporary *t = *state;
	struct connection *c;
	struct place place;
	struct error err;

	place_init(&place, &postgresql_engine, strdup(t->url), NULL);
	assert_true(postgresql_engine.open(&place, CONNECTION_WRITER, &c, &err));
	assert_true(postgresql_engine.control(c, CONTROL_BEGIN_WRITE, &err));
	assert_false(postgresql_engine.control(c, CONTROL_BEGIN_READ, &err));
	assert_int_equal(err.kind, ERROR_BUSY);
	assert_true(postgresql_engine.lost(c));
	connection_close(c);
	place_release(&place);
}

static void a_session_syncs_also_where_the_server_would_not(void **state)
{
	struct temporary *t = *state;
	struct db_options options = temporary_options();
	char sql[160];

	snprintf(sql, sizeof sql, "alter database %s set synchronous_commit = off", t->name);
	temporary_sql(t->cluster, sql);
	db_close(t->db);
	temporary_open(t, &options);
	thing_script(t->db, "do $$ begin if current_setting('synchronous_commit') <> 'on' then"
						" raise exception 'it is off'; end if; end $$");
}

static void a_server_that_is_not_there_is_told_of_without_the_password(void **state)
{
	static const char *const urls[] = {"postgresql://hub:secret@127.0.0.1:1/fanlight",
		"postgresql://hub:sec/ret@127.0.0.1:1/fanlight", "postgresql://hub:secret@[127.0.0.1:1/fanlight",
		"postgresql://127.0.0.1:1/fanlight?password=secret&nonsense=secret"};
	struct db_options options = temporary_options();
	struct error err;
	struct db *db;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(urls); i++) {
		assert_false(db_open(text_of(urls[i]), &options, &db, &err));
		assert_int_equal(err.kind, ERROR_FAILED);
		assert_null(strstr(err.message, "ret"));
		assert_null(strstr(err.hint, "ret"));
	}
}

#define postgresql_test(f) cmocka_unit_test_setup_teardown((f), make_on_postgresql, temporary_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		postgresql_test(two_that_wait_for_each_other_both_come_through_in_the_end),
		postgresql_test(who_was_second_with_a_key_looks_again_before_it_is_refused),
		postgresql_test(a_trigger_refuses_in_its_own_words),
		postgresql_test(who_goes_on_after_a_failure_has_saved_nothing),
		postgresql_test(connections_that_were_lost_while_nobody_used_them_are_made_anew),
		postgresql_test(a_connection_lost_before_commit_has_saved_nothing),
		postgresql_test(nor_one_lost_between_the_last_statement_and_commit),
		postgresql_test(a_connection_lost_during_commit_leaves_it_unknown),
		postgresql_test(past_the_end_of_the_queue_nobody_is_taken),
		postgresql_test(on_a_connection_that_stands_in_a_transaction_none_begins),
		postgresql_test(a_session_syncs_also_where_the_server_would_not),
		cmocka_unit_test(a_server_that_is_not_there_is_told_of_without_the_password),
	};

	/* The others need a cluster. */
	if (!getenv("FANLIGHT_TEST_POSTGRESQL")) cmocka_set_test_filter("*a_server_that_is_not_there_*");
	return cmocka_run_group_tests_name("writers", tests, NULL, NULL);
}
