#include "db/writer.h"

#include <assert.h>

#include "base/clock_source.h"
#include "base/log.h"

#define CHECKPOINT_PAGES 1000
#define IDLE_MS          250
#define GROUP_MOST       64 /* jobs of one group */
#define GROUP_MS         50 /* after which a group takes no more */

static const char much_memory[] =
	"pragma cache_size = -262144"; /* kilobytes: of a job that is a transaction of its own */

struct group {
	struct db_job *first;
	int count;
	int64_t began_ms;
	bool careful; /* each job under a savepoint of its own */
	bool undo;    /* it wasn't, and a job wrote what must be undone */
};

/* With nothing to do the log is emptied, so that what is read stays near and a copy of the file is nearly whole. */
static void checkpoint_idle(struct writer *w)
{
	int code = sqlite_checkpoint(w->connection, SQLITE_CHECKPOINT_TRUNCATE);
	struct error err;

	if (code == SQLITE_OK)
		w->connection->wal_pages = w->wal_checkpointed = 0;
	else if ((code & 0xff) != SQLITE_BUSY && !sqlite_failed(w->connection, code, &err)) {
		w->connection->wal_pages = 0; /* a full disk: the next commit says when to try again */
		log_event(LOG_ERROR, "checkpoint_failed", LOG_TEXT("why", sqlite3_errstr(code)));
	}
}

static void checkpoint_due(struct writer *w)
{
	int pages = w->connection->wal_pages, code;
	struct error err;

	if (pages < w->wal_checkpointed) w->wal_checkpointed = 0;
	if (pages - w->wal_checkpointed < CHECKPOINT_PAGES) return;
	w->wal_checkpointed = pages;
	code = sqlite_checkpoint(w->connection, SQLITE_CHECKPOINT_PASSIVE);
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY && !sqlite_failed(w->connection, code, &err))
		log_event(LOG_ERROR, "checkpoint_failed", LOG_TEXT("why", sqlite3_errstr(code)));
}

/* The next group's first job; NULL when the writer is to end. */
static struct db_job *take_first(struct writer *w)
{
	while (!queue_wait(&w->queue, w->connection->wal_pages ? IDLE_MS : 0)) checkpoint_idle(w);
	return queue_take(&w->queue);
}

static bool in_savepoint(struct sqlite_connection *c, bool keep)
{
	if (!sqlite_in_transaction(c)) return false;
	if (keep) change_list_join(&c->changed, &c->common.tx.changed);
	if (!keep) sqlite_control(c, CONTROL_UNDO);
	return sqlite_control(c, CONTROL_RELEASE) == SQLITE_OK;
}

static struct tx *job_tx(struct writer *w, struct db_job *job)
{
	struct sqlite_connection *c = w->connection;

	c->common.tx = (struct tx){
		.connection = &c->common, .arena = job->arena, .writes = true, .change_number = changes_number(w->changes)};
	return &c->common.tx;
}

/* False where the whole transaction was dropped under it: a full disk, or RAISE(ROLLBACK). */
static bool run_careful(struct writer *w, struct db_job *job)
{
	struct sqlite_connection *c = w->connection;

	if (sqlite_control(c, CONTROL_SAVEPOINT) != SQLITE_OK) return false;
	job->kept = job->run(job, job_tx(w, job));
	if (!in_savepoint(c, job->kept)) return false;
	if (job->kept || !job->refused) return true;
	if (sqlite_control(c, CONTROL_SAVEPOINT) != SQLITE_OK) return false;
	job->refused(job, job_tx(w, job));
	return in_savepoint(c, true);
}

static bool stands(struct sqlite_connection *c)
{
	change_list_join(&c->changed, &c->common.tx.changed);
	return sqlite_in_transaction(c);
}

/*
 * A savepoint keeps every page as it was before it, and nearly every job keeps what it wrote, or wrote nothing: so it goes
 * without. False also where it wrote and must be undone.
 */
static bool run_lightly(struct writer *w, struct group *group, struct db_job *job)
{
	struct sqlite_connection *c = w->connection;
	int64_t before = sqlite3_total_changes64(c->handle);

	job->kept = job->run(job, job_tx(w, job));
	if (!job->kept && sqlite_in_transaction(c))
		group->undo = sqlite3_total_changes64(c->handle) != before || c->common.tx.reshapes;
	if (!stands(c) || group->undo) return false;
	if (job->kept || !job->refused) return true;
	job->refused(job, job_tx(w, job));
	return stands(c);
}

static bool run_job(struct writer *w, struct group *group, struct db_job *job)
{
	return group->careful ? run_careful(w, job) : run_lightly(w, group, job);
}

/* What could not even begin is nobody's doing; where the disk fails, sqlite_failed ends the program. */
static bool begin(struct sqlite_connection *c)
{
	int code = sqlite_control(c, CONTROL_BEGIN_WRITE);
	struct error err;

	c->changed = (struct change_list){0};
	return code == SQLITE_OK || sqlite_failed(c, code, &err);
}

static enum db_outcome give_up(struct sqlite_connection *c)
{
	if (sqlite_in_transaction(c)) sqlite_control(c, CONTROL_ROLLBACK);
	return DB_NOT_SAVED;
}

/*
 * A full disk is found before the last frame is whole, so nothing of the group is there. Any other failure may have come
 * after the sync: whether the group is on disk is known only when it is read again from there, so the program stops.
 */
static enum db_outcome commit(struct writer *w)
{
	struct sqlite_connection *c = w->connection;
	int code = sqlite_control(c, CONTROL_COMMIT), primary = code & 0xff;
	bool surely_not = primary == SQLITE_FULL || primary == SQLITE_BUSY;
	struct error err;

	changes_committed(w->changes, &c->changed);
	if (code == SQLITE_OK) return DB_DURABLE;
	if (!surely_not) c->common.stop(sqlite3_errstr(code));
	if (surely_not) (void)sqlite_failed(c, code, &err); /* which tells the log */
	give_up(c);
	return surely_not ? DB_NOT_SAVED : DB_UNKNOWN;
}

/* A group takes no more past either bound, so that neither many nor one slow job keep the others from their answer. */
static bool is_open(const struct group *group)
{
	return group->count < GROUP_MOST && clock_source_monotonic_ms() - group->began_ms < GROUP_MS;
}

/* One transaction over the group's first job and what comes while it runs, which is put behind it. */
static enum db_outcome run_together(struct writer *w, struct group *group)
{
	struct sqlite_connection *c = w->connection;

	if (!begin(c)) return give_up(c);
	for (struct db_job *job = group->first; job; job = job->next) {
		if (!run_job(w, group, job)) return give_up(c);
		group->count++;
		/* What waits, and what came meanwhile, shares the group's sync instead of waiting for the next. */
		if (!job->next && is_open(group)) job->next = queue_take(&w->queue);
	}
	return commit(w);
}

static enum db_outcome run_alone(struct writer *w, struct db_job *job)
{
	if (!begin(w->connection) || !run_careful(w, job)) return give_up(w->connection);
	return commit(w);
}

/* Each alone, once: what made the group fail may be one job's doing. */
static void run_each(struct writer *w, struct db_job *jobs)
{
	struct db_job *next;

	for (; jobs; jobs = next) {
		enum db_outcome outcome = run_alone(w, jobs);

		next = jobs->next;
		jobs->done(jobs, outcome);
	}
}

/* A savepoint keeps every page as it was before it: with as many as there are in a great deal of writing, that is most of it. */
static enum db_outcome run_whole(struct writer *w, struct db_job *job)
{
	struct sqlite_connection *c = w->connection;

	sqlite3_exec(c->handle, much_memory, NULL, NULL, NULL);
	if (!begin(c)) return give_up(c);
	job->kept = job->run(job, job_tx(w, job));
	if (job->kept) change_list_join(&c->changed, &c->common.tx.changed);
	if (job->kept && sqlite_in_transaction(c)) return commit(w);
	give_up(c);
	return job->kept ? DB_NOT_SAVED : DB_DURABLE;
}

static void run_group(struct writer *w, struct db_job *first)
{
	struct group group = {.first = first, .began_ms = clock_source_monotonic_ms()};
	enum db_outcome outcome = first->whole ? run_whole(w, first) : run_together(w, &group);
	struct db_job *next;

	if (group.undo) {
		group = (struct group){.first = first, .began_ms = group.began_ms, .careful = true};
		outcome = run_together(w, &group);
	}
	if (outcome == DB_NOT_SAVED && first->next) {
		run_each(w, first);
		return;
	}
	for (; first; first = next) {
		next = first->next;
		first->done(first, outcome);
	}
}

static void *writer_thread(void *arg)
{
	struct writer *w = arg;
	struct db_job *job;

	while ((job = take_first(w))) {
		run_group(w, job);
		checkpoint_due(w);
	}
	return NULL;
}

bool writer_start(struct writer *w, struct place *place, int limit, struct error *err)
{
	struct connection *c;

	*w = (struct writer){.changes = w->changes};
	if (!place->engine->open(place, CONNECTION_WRITER, &c, err)) return false;
	w->connection = sqlite_of(c);
	queue_init(&w->queue, limit);
	if (pthread_create(&w->thread, NULL, writer_thread, w) == 0) return true;
	queue_release(&w->queue);
	connection_close(c);
	return error_failed(err, "could not start the writer");
}

void writer_end(struct writer *w)
{
	queue_end(&w->queue);
	pthread_join(w->thread, NULL);
	checkpoint_idle(w);
	connection_close(&w->connection->common);
	queue_release(&w->queue);
}

bool writer_submit(struct writer *w, struct db_job *job, bool wait)
{
	assert(!pthread_equal(pthread_self(), w->thread));
	return queue_put(&w->queue, job, wait);
}
