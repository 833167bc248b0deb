#include "db/thing.h"

#include <pthread.h>
#include <semaphore.h>

/* A job that, when it is done, holds the writer until it is let go, so that what comes meanwhile is one group. */
struct gate {
	struct db_job job;
	sem_t entered;
	sem_t leave;
	sem_t left;
};

static bool gate_run(struct db_job *job, struct tx *tx)
{
	(void)job;
	(void)tx;
	return true;
}

static void gate_done(struct db_job *job, enum db_outcome outcome)
{
	struct gate *gate = (struct gate *)job;

	(void)outcome;
	sem_post(&gate->entered);
	sem_wait(&gate->leave);
	sem_post(&gate->left);
}

static void gate_close(struct gate *gate, struct db *db, struct arena *arena)
{
	*gate = (struct gate){.job = {.arena = arena, .run = gate_run, .done = gate_done}};
	sem_init(&gate->entered, 0, 0);
	sem_init(&gate->leave, 0, 0);
	sem_init(&gate->left, 0, 0);
	assert_true(db_submit(db, &gate->job));
	sem_wait(&gate->entered);
}

static void gate_open(struct gate *gate)
{
	sem_post(&gate->leave);
	sem_wait(&gate->left);
}

/* What was told of each job of a group, in the order told. */
struct told {
	struct script_job script;
	struct db *db;
	int64_t seen; /* by a reader, when this job was told */
	sem_t *all;
};

static void tell(struct db_job *job, enum db_outcome outcome)
{
	struct told *told = (struct told *)job;

	told->script.outcome = outcome;
	told->seen = thing_count_now(told->db);
	sem_post(told->all);
}

/* Submits the jobs behind a gate, so that they are one group, and waits until all are told. */
static void run_group(struct db *db, struct told *jobs, size_t count)
{
	ARENA_SCOPE arena;
	struct gate gate;
	sem_t all;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	sem_init(&all, 0, 0);
	gate_close(&gate, db, &arena);
	for (size_t i = 0; i < count; i++) {
		if (!jobs[i].script.job.run) jobs[i].script.job.run = script_run;
		jobs[i].script.job.done = tell;
		jobs[i].script.job.arena = &arena;
		jobs[i].db = db;
		jobs[i].all = &all;
		assert_true(db_submit(db, &jobs[i].script.job));
	}
	gate_open(&gate);
	for (size_t i = 0; i < count; i++) sem_wait(&all);
}

static void nobody_is_answered_before_the_group_is_on_disk_the_refused_included(void **state)
{
	struct temporary *t = *state;
	struct told jobs[3] = {
		{.script = {.sql = "insert into thing values (1, 'one')", .refuse = true}},
		{.script = {.sql = "insert into thing values (2, 'two')"}},
		{.script = {.sql = "insert into thing values (3, 'three')"}},
	};

	thing_script(t->db, THING_TABLE);
	run_group(t->db, jobs, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(jobs[i].script.outcome, DB_DURABLE);
		assert_int_equal(jobs[i].script.job.kept, i > 0);
		assert_int_equal(
			jobs[i].script.runs, i == 0 ? 2 : 1); /* it had written: the group began again, with savepoints */
		assert_int_equal(jobs[i].seen, 2);
	}
}

static void assert_names(struct db *db, const char *const *names, size_t count)
{
	ARENA_SCOPE arena;
	struct statement_rows rows;
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_true(tx_read_begin(db, &arena, &tx, &err));
	assert_true(statement_many(tx, &thing_list, NULL, &rows, &err));
	tx_read_end(tx);
	assert_int_equal(rows.count, count);
	for (size_t i = 0; i < count; i++) assert_text(((struct thing *)rows.rows)[i].name, names[i]);
}

static bool refuse_at_once(struct db_job *job, struct tx *tx)
{
	(void)tx;
	((struct script_job *)job)->runs++;
	return false;
}

static void a_group_begins_again_only_where_a_refused_job_had_written(void **state)
{
	struct temporary *t = *state;
	struct told jobs[5] = {
		{.script = {.sql = "insert into thing values (1, 'one')"}},
		{.script = {.job = {.run = refuse_at_once}}},
		{.script = {.sql = "insert into thing values (2, 'two')"}},
	};

	thing_script(t->db, THING_TABLE);
	run_group(t->db, jobs, 3);
	for (size_t i = 0; i < 3; i++) assert_int_equal(jobs[i].script.runs, 1);
	for (size_t i = 0; i < 3; i++) jobs[i] = (struct told){0};
	jobs[0].script.sql = "insert into thing values (3, 'three')";
	jobs[1].script.sql = "update thing set name = name || ' who is nobody'";
	jobs[1].script.refuse = true;
	jobs[2].script.sql = "insert into thing values (4, 'four')";
	jobs[3].script.sql = "insert into thing values (4, 'four again')";
	jobs[4].script.sql = "insert into thing values (5, 'five')";
	run_group(t->db, jobs, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(jobs[i].script.outcome, DB_DURABLE);
		assert_int_equal(jobs[i].script.job.kept, i != 1 && i != 3);
		assert_int_equal(jobs[i].script.runs, i < 2 ? 2 : 1);
		assert_int_equal(jobs[i].seen, 5);
	}
	assert_names(t->db, (const char *const[]){"one", "two", "three", "four", "five"}, 5);
}

static sem_t begun, goes_on;

static bool run_slowly(struct db_job *job, struct tx *tx)
{
	sem_post(&begun);
	sem_wait(&goes_on);
	return script_run(job, tx);
}

static void what_comes_while_a_group_runs_shares_its_sync(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	sem_t all;
	struct told jobs[2] = {
		{.script = {.sql = "insert into thing values (1, 'one')", .job = {.run = run_slowly}}},
		{.script = {.sql = "insert into thing values (2, 'two')", .job = {.run = script_run}}},
	};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	sem_init(&all, 0, 0);
	sem_init(&begun, 0, 0);
	sem_init(&goes_on, 0, 0);
	thing_script(t->db, THING_TABLE);
	for (size_t i = 0; i < 2; i++) {
		jobs[i].script.job.done = tell;
		jobs[i].script.job.arena = &arena;
		jobs[i].db = t->db;
		jobs[i].all = &all;
		assert_true(db_submit(t->db, &jobs[i].script.job));
		if (i == 0) sem_wait(&begun);
	}
	sem_post(&goes_on);
	for (size_t i = 0; i < 2; i++) sem_wait(&all);
	assert_int_equal(jobs[0].seen, 2);
	assert_int_equal(jobs[1].seen, 2);
}

static void write_refusal(struct db_job *job, struct tx *tx)
{
	(void)job;
	if (!tx_exec_script(tx, "insert into thing values (99, 'refused')", &((struct script_job *)job)->err)) abort();
}

static void a_job_that_fails_is_undone_alone_and_its_refusal_written(void **state)
{
	struct temporary *t = *state;
	struct told jobs[3] = {
		{.script = {.sql = "insert into thing values (1, 'one')"}},
		{.script = {.sql = "insert into thing values (2, 'two'); insert into thing values (3, 'one')"}},
		{.script = {.sql = "insert into thing values (4, 'four')"}},
	};

	jobs[1].script.job.refused = write_refusal;
	thing_script(t->db, THING_TABLE);
	run_group(t->db, jobs, 3);
	assert_true(jobs[0].script.job.kept);
	assert_false(jobs[1].script.job.kept);
	assert_error(&jobs[1].script.err, ERROR_REFUSED, "it is there already (thing.name)");
	assert_true(jobs[2].script.job.kept);
	assert_int_equal(thing_count_now(t->db), 3);
	thing_script(t->db, "delete from thing where id in (1, 4, 99)");
	assert_int_equal(thing_count_now(t->db), 0);
}

static void a_dropped_transaction_is_run_again_job_by_job_once(void **state)
{
	struct temporary *t = *state;
	struct told jobs[3] = {
		{.script = {.sql = "insert into thing values (1, 'one')"}},
		{.script = {.sql = "insert into thing values (2, 'poison')"}},
		{.script = {.sql = "insert into thing values (3, 'three')"}},
	};

	thing_script(t->db, THING_TABLE "create trigger poison before insert on thing when new.name = 'poison'\n"
									"begin select raise(rollback, 'the whole transaction goes'); end;");
	run_group(t->db, jobs, 3);
	assert_int_equal(jobs[0].script.outcome, DB_DURABLE);
	assert_int_equal(jobs[0].script.runs, 2);
	assert_int_equal(jobs[1].script.outcome, DB_NOT_SAVED);
	assert_int_equal(jobs[1].script.runs, 2);
	assert_int_equal(jobs[2].script.outcome, DB_DURABLE);
	assert_int_equal(jobs[2].script.runs, 1);
	assert_int_equal(thing_count_now(t->db), 2);
}

static void a_full_disk_saves_nothing_and_the_writer_goes_on(void **state)
{
	struct temporary *t = *state;
	struct told jobs[2] = {
		{.script = {.sql = "insert into thing values (1, hex(zeroblob(400000)))"}},
		{.script = {.sql = "insert into thing values (2, 'small')"}},
	};

	thing_script(t->db, THING_TABLE);
	thing_script(t->db, "pragma max_page_count = 20");
	run_group(t->db, jobs, 2);
	assert_true(jobs[0].script.outcome == DB_NOT_SAVED || !jobs[0].script.job.kept);
	assert_error(&jobs[0].script.err, ERROR_BUSY, "not saved: the disk is full");
	assert_int_equal(jobs[1].script.outcome, DB_DURABLE);
	assert_true(jobs[1].script.job.kept);
	assert_int_equal(thing_count_now(t->db), 1);
	thing_script(t->db, "pragma max_page_count = 100000");
	thing_script(t->db, "insert into thing values (1, hex(zeroblob(400000)))");
	assert_int_equal(thing_count_now(t->db), 2);
}

static void the_queue_has_an_end(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct gate gate, waiting[64], late = {.job = {.run = gate_run}};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	gate_close(&gate, t->db, &arena);
	for (size_t i = 0; i < 64; i++) {
		waiting[i] = (struct gate){.job = {.arena = &arena, .run = gate_run, .done = gate_done}};
		sem_init(&waiting[i].entered, 0, 0);
		sem_init(&waiting[i].leave, 0, 1);
		sem_init(&waiting[i].left, 0, 0);
		assert_true(db_submit(t->db, &waiting[i].job));
	}
	assert_false(db_submit(t->db, &late.job));
	gate_open(&gate);
	for (size_t i = 0; i < 64; i++) sem_wait(&waiting[i].left);
}

static void a_reader_sees_one_moment_while_the_writer_goes_on(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct statement_rows rows;
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_script(t->db, THING_TABLE);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_false(tx_writes(tx));
	assert_int_equal(thing_count_in(tx), 0);
	thing_script(t->db, "insert into thing values (1, 'one'), (2, null)");
	assert_int_equal(thing_count_in(tx), 0);
	tx_read_end(tx);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_true(statement_many(tx, &thing_list, NULL, &rows, &err));
	tx_read_end(tx);
	assert_int_equal(rows.count, 2);
	assert_text(((struct thing *)rows.rows)[0].name, "one");
	assert_text(((struct thing *)rows.rows)[1].name, NULL);
}

static void a_reader_cannot_write(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_script(t->db, THING_TABLE);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_false(tx_exec_script(tx, "insert into thing values (1, 'one')", &err));
	assert_error(&err, ERROR_FAILED, "readonly");
	tx_read_end(tx);
}

static void the_log_is_checkpointed_as_it_grows_and_emptied_when_idle(void **state)
{
	struct temporary *t = *state;

	thing_script(t->db, THING_TABLE);
	for (int i = 0; i < 20; i++) {
		thing_script(t->db, "insert into thing values (1, hex(zeroblob(500000)))");
		thing_script(t->db, "delete from thing");
	}
	/* 20 times some 250 pages, and as many to free them: over 5,000 if nothing were checkpointed. */
	assert_in_range(temporary_bytes(t, "-wal"), 1, 2000 * 4120);
	for (int waited = 0; temporary_bytes(t, "-wal") > 0 && waited < 100; waited++) usleep(20000);
	assert_int_equal(temporary_bytes(t, "-wal"), 0);
}

static void what_was_submitted_is_done_before_the_database_closes(void **state)
{
	struct temporary *t = *state;
	struct db_options options = temporary_options();
	struct told jobs[1] = {{.script = {.sql = "insert into thing values (1, 'one')"}}};

	thing_script(t->db, THING_TABLE);
	run_group(t->db, jobs, 1);
	db_close(t->db);
	assert_int_equal(temporary_bytes(t, "-wal"), 0);
	temporary_open(t, &options);
	assert_int_equal(thing_count_now(t->db), 1);
}

static const char *stopped_why;

static void note_stop(const char *why)
{
	stopped_why = why;
}

static void a_broken_database_stops_the_program(void **state)
{
	struct temporary *t = *state;
	struct db_options options = temporary_options();
	char command[256];

	thing_script(t->db, THING_TABLE "insert into thing values (1, hex(zeroblob(100000)))");
	db_close(t->db);
	snprintf(
		command, sizeof command, "dd if=/dev/zero of=%s bs=4096 seek=1 count=20 conv=notrunc status=none", t->path);
	assert_int_equal(system(command), 0);
	options.stop = note_stop;
	temporary_open(t, &options);
	stopped_why = NULL;
	assert_int_equal(thing_count_now(t->db), -1);
	assert_non_null(stopped_why);
	assert_string_equal(stopped_why, "database disk image is malformed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(nobody_is_answered_before_the_group_is_on_disk_the_refused_included),
		temporary_test(a_group_begins_again_only_where_a_refused_job_had_written),
		temporary_test(what_comes_while_a_group_runs_shares_its_sync),
		temporary_test(a_job_that_fails_is_undone_alone_and_its_refusal_written),
		temporary_test(a_dropped_transaction_is_run_again_job_by_job_once),
		temporary_test(a_full_disk_saves_nothing_and_the_writer_goes_on),
		temporary_test(the_queue_has_an_end),
		temporary_test(a_reader_sees_one_moment_while_the_writer_goes_on),
		temporary_test(a_reader_cannot_write),
		temporary_test(the_log_is_checkpointed_as_it_grows_and_emptied_when_idle),
		temporary_test(what_was_submitted_is_done_before_the_database_closes),
		temporary_test(a_broken_database_stops_the_program),
	};

	return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
