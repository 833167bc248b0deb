/* The group commit on a disk that tells when it syncs, and that fails. */
#include "db/thing.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "disk.h"

#define JOBS_MOST 80

/* A job that holds the writer until it is let go, so that what comes meanwhile waits together. */
struct gate {
	struct db_job job;
	sem_t entered, leave;
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
}

/* What happened to a job, in the order of everything that happened. */
struct noted {
	struct script_job script;
	bool repeats; /* finds that it was done before, and writes nothing */
	int slow_ms;
	int ran, told;
	int64_t syncs; /* when it was told */
};

static struct {
	struct noted *jobs;
	size_t count;
	_Atomic int moment;
	_Atomic int told;
	int told_at_sync[8]; /* how many had been told when each sync began */
	int sync_count;
	sem_t all;
} story;

static bool noted_run(struct db_job *job, struct tx *tx)
{
	struct noted *noted = (struct noted *)job;

	noted->ran = ++story.moment;
	if (noted->slow_ms) usleep((useconds_t)noted->slow_ms * 1000);
	return noted->repeats ? thing_count_in(tx) > 0 : script_run(job, tx);
}

static void noted_told(struct db_job *job, enum db_outcome outcome)
{
	struct noted *noted = (struct noted *)job;

	noted->script.outcome = outcome;
	noted->told = ++story.moment;
	noted->syncs = disk_syncs();
	story.told++;
	sem_post(&story.all);
}

static void note_sync(void *context, const char *path)
{
	(void)context;
	if (strstr(path, "-wal") && story.sync_count < 8) story.told_at_sync[story.sync_count++] = story.told;
}

static void run_together(struct db *db, struct noted *jobs, size_t count)
{
	struct gate gate = {.job = {.run = gate_run, .done = gate_done}};
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	gate.job.arena = &arena;
	sem_init(&gate.entered, 0, 0);
	sem_init(&gate.leave, 0, 0);
	sem_init(&story.all, 0, 0);
	story.jobs = jobs;
	story.count = count;
	story.told = story.moment = story.sync_count = 0;
	assert_true(db_submit(db, &gate.job));
	sem_wait(&gate.entered);
	for (size_t i = 0; i < count; i++) {
		jobs[i].script.job.run = noted_run;
		jobs[i].script.job.done = noted_told;
		jobs[i].script.job.arena = &arena;
		assert_true(db_submit(db, &jobs[i].script.job));
	}
	sem_post(&gate.leave);
	for (size_t i = 0; i < count; i++) sem_wait(&story.all);
}

static void nobody_is_told_before_the_sync_of_their_group_the_refused_and_the_repeated_included(void **state)
{
	struct temporary *t = *state;
	struct noted jobs[4] = {
		{.script = {.sql = "insert into thing values (1, 'one')"}},
		{.script = {.sql = "insert into thing values (2, 'two')", .refuse = true}},
		{.repeats = true},
		{.script = {.sql = "insert into thing values (3, 'three')"}},
	};
	int64_t before;

	thing_script(t->db, THING_TABLE);
	before = disk_syncs();
	disk_watch(note_sync, NULL);
	run_together(t->db, jobs, 4);
	disk_watch(NULL, NULL);
	assert_in_range(story.sync_count, 1, 2); /* a new log's head is synced too */
	for (int i = 0; i < story.sync_count; i++) assert_int_equal(story.told_at_sync[i], 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(jobs[i].script.outcome, DB_DURABLE);
		assert_int_equal(jobs[i].syncs, before + story.sync_count);
		assert_true(jobs[i].told > jobs[3].ran); /* which ran last */
	}
	assert_true(jobs[2].script.job.kept);
	assert_false(jobs[1].script.job.kept);
}

static void many_are_told_in_groups_of_at_most_sixty_four(void **state)
{
	struct temporary *t = *state;
	static struct noted jobs[JOBS_MOST];
	static char sql[JOBS_MOST][64];
	struct db_options options = temporary_options();

	thing_script(t->db, THING_TABLE);
	db_close(t->db);
	options.queue_limit = JOBS_MOST;
	temporary_open(t, &options);
	for (size_t i = 0; i < JOBS_MOST; i++) {
		snprintf(sql[i], sizeof sql[i], "insert into thing values (%zu, null)", i + 1);
		jobs[i] = (struct noted){.script = {.sql = sql[i]}};
	}
	run_together(t->db, jobs, JOBS_MOST);
	for (size_t i = 1; i < JOBS_MOST; i++) {
		assert_true(jobs[i].told > jobs[i - 1].told);
		if (i >= 64) assert_true(jobs[i].syncs > jobs[i - 64].syncs);
	}
}

/* It holds up whoever is in its group already; the next group isn't gathered into it. */
static void a_slow_job_does_not_gather_the_others_into_its_group(void **state)
{
	struct temporary *t = *state;
	struct noted jobs[4] = {
		{.script = {.sql = "insert into thing values (1, 'one')"}},
		{.script = {.sql = "insert into thing values (2, 'two')"}, .slow_ms = 80},
		{.script = {.sql = "insert into thing values (3, 'three')"}, .slow_ms = 80},
		{.script = {.sql = "insert into thing values (4, 'four')"}},
	};

	thing_script(t->db, THING_TABLE);
	run_together(t->db, jobs, 4);
	assert_true(jobs[0].told < jobs[2].ran);
	assert_true(jobs[1].told < jobs[2].ran);
	assert_true(jobs[2].told < jobs[3].ran);
	assert_int_equal(thing_count_now(t->db), 4);
}

static const char *stopped_why;

static void note_stop(const char *why)
{
	if (!stopped_why) stopped_why = why;
}

static void open_noting_stops(struct temporary *t)
{
	struct db_options options = temporary_options();

	db_close(t->db);
	options.stop = note_stop;
	temporary_open(t, &options);
	stopped_why = NULL;
}

/* Which things are in the file after the program has gone: what a new process finds. */
static int64_t things_in_file(const struct temporary *t, int64_t id)
{
	char sql[64];
	sqlite3 *handle;
	sqlite3_stmt *stmt = NULL;
	int64_t count;

	snprintf(sql, sizeof sql, "select count(*) from thing where id = %lld", (long long)id);
	assert_int_equal(sqlite3_open_v2(t->path, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	count = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(handle);
	return count;
}

static void a_failed_sync_stops_the_program_and_nobody_is_told_that_it_was_saved(void **state)
{
	struct temporary *t = *state;
	struct noted jobs[2] = {
		{.script = {.sql = "insert into thing values (1, 'one')"}},
		{.script = {.sql = "insert into thing values (2, 'two')"}},
	};

	thing_script(t->db, THING_TABLE);
	open_noting_stops(t);
	disk_fail(DISK_SYNC, 1, SQLITE_IOERR_FSYNC, false);
	run_together(t->db, jobs, 2);
	disk_fail(DISK_SYNC, 0, SQLITE_OK, false);
	assert_non_null(stopped_why);
	assert_int_equal(jobs[0].script.outcome, DB_UNKNOWN);
	assert_int_equal(jobs[1].script.outcome, DB_UNKNOWN);
}

/*
 * Three jobs, the n-th call failing for every n that they make: who was told DURABLE and kept is there, once; who was told
 * NOT_SAVED is not.
 */
static bool the_nth_fails(struct temporary *t, enum disk_call call, int64_t n, int code)
{
	struct noted jobs[3] = {
		{.script = {.sql = "insert into thing values (1, hex(zeroblob(9000)))"}},
		{.script = {.sql = "insert into thing values (2, 'two')"}},
		{.script = {.sql = "insert into thing values (3, hex(zeroblob(5000)))"}},
	};
	bool met;

	thing_script(t->db, "delete from thing");
	open_noting_stops(t);
	disk_fail(call, n, code, false);
	run_together(t->db, jobs, 3);
	met = disk_calls(call) >= n;
	disk_fail(call, 0, SQLITE_OK, false);
	if (met) assert_true((stopped_why != NULL) == ((code & 0xff) == SQLITE_IOERR));
	for (int64_t i = 0; i < 3; i++) {
		const struct script_job *job = &jobs[i].script;
		bool saved = job->outcome == DB_DURABLE && job->job.kept;

		if (saved) assert_int_equal(things_in_file(t, i + 1), 1);
		if (!saved && job->outcome != DB_UNKNOWN) assert_int_equal(things_in_file(t, i + 1), 0);
	}
	return met;
}

static int64_t try_every(struct temporary *t, enum disk_call call, int code)
{
	int64_t n = 1;

	thing_script(t->db, THING_TABLE);
	while (the_nth_fails(t, call, n, code)) n++;
	return n - 1;
}

static void a_disk_that_is_full_at_any_write_saves_all_or_says_so_and_the_writer_goes_on(void **state)
{
	struct temporary *t = *state;

	assert_in_range(try_every(t, DISK_WRITE, SQLITE_FULL), 10, 500);
	thing_script(t->db, "insert into thing values (9, 'room again')");
}

static void an_error_of_any_write_stops_the_program(void **state)
{
	assert_in_range(try_every(*state, DISK_WRITE, SQLITE_IOERR_WRITE), 10, 500);
}

static void an_error_of_any_sync_stops_the_program(void **state)
{
	assert_in_range(try_every(*state, DISK_SYNC, SQLITE_IOERR_FSYNC), 1, 50);
}

static void an_error_of_any_read_stops_the_program(void **state)
{
	assert_in_range(try_every(*state, DISK_READ, SQLITE_IOERR_READ), 1, 500);
}

static void a_checkpoint_that_finds_no_room_loses_nothing_and_is_made_later(void **state)
{
	struct temporary *t = *state;

	thing_script(t->db, THING_TABLE);
	disk_fail(DISK_WRITE, 0, SQLITE_OK, false);
	thing_script(t->db, "insert into thing values (1, 'one')");
	disk_fail(DISK_WRITE, 1, SQLITE_FULL, true);
	for (int waited = 0; disk_calls(DISK_WRITE) == 0 && waited < 500; waited++) usleep(20000);
	disk_fail(DISK_WRITE, 0, SQLITE_OK, false);
	assert_int_equal(thing_count_now(t->db), 1);
	thing_script(t->db, "insert into thing values (2, 'two')");
	for (int waited = 0; temporary_bytes(t, "-wal") > 0 && waited < 500; waited++) usleep(20000);
	assert_int_equal(temporary_bytes(t, "-wal"), 0);
	assert_int_equal(thing_count_now(t->db), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(nobody_is_told_before_the_sync_of_their_group_the_refused_and_the_repeated_included),
		temporary_test(many_are_told_in_groups_of_at_most_sixty_four),
		temporary_test(a_slow_job_does_not_gather_the_others_into_its_group),
		temporary_test(a_failed_sync_stops_the_program_and_nobody_is_told_that_it_was_saved),
		temporary_test(a_disk_that_is_full_at_any_write_saves_all_or_says_so_and_the_writer_goes_on),
		temporary_test(an_error_of_any_write_stops_the_program),
		temporary_test(an_error_of_any_sync_stops_the_program),
		temporary_test(an_error_of_any_read_stops_the_program),
		temporary_test(a_checkpoint_that_finds_no_room_loses_nothing_and_is_made_later),
	};

	disk_install();
	return cmocka_run_group_tests_name("disk", tests, NULL, NULL);
}
