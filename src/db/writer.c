#include "db/writer.h"

#include <assert.h>
#include <errno.h>

#include "base/clock_source.h"
#include "base/log.h"

#define CHECKPOINT_PAGES 1000
#define IDLE_MS          250
#define GROUP_MOST       64 /* jobs of one group */
#define GROUP_MS         50 /* after which a group takes no more */

struct group {
	struct db_job *first;
	int count;
	int64_t began_ms;
};

static bool wait_idle(struct writer *w)
{
	struct timespec until;

	if (w->connection->wal_pages == 0) return pthread_cond_wait(&w->came, &w->mutex) == 0;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += IDLE_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	return pthread_cond_timedwait(&w->came, &w->mutex, &until) != ETIMEDOUT;
}

/* With nothing to do the log is emptied, so that what is read stays near and a copy of the file is nearly whole. */
static void checkpoint_idle(struct writer *w)
{
	int code = connection_checkpoint(w->connection, SQLITE_CHECKPOINT_TRUNCATE);
	struct error err;

	if (code == SQLITE_OK)
		w->connection->wal_pages = w->wal_checkpointed = 0;
	else if ((code & 0xff) != SQLITE_BUSY && !connection_failed(w->connection, code, &err)) {
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
	code = connection_checkpoint(w->connection, SQLITE_CHECKPOINT_PASSIVE);
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY && !connection_failed(w->connection, code, &err))
		log_event(LOG_ERROR, "checkpoint_failed", LOG_TEXT("why", sqlite3_errstr(code)));
}

/* The one that waits longest; NULL for none. Called with the mutex. */
static struct db_job *take_next(struct writer *w)
{
	struct db_job *job = w->first;

	if (!job) return NULL;
	w->first = job->next;
	if (!w->first) w->last = NULL;
	job->next = NULL;
	w->waiting--;
	pthread_cond_signal(&w->taken);
	return job;
}

/* The next group's first job; NULL when the writer is to end. */
static struct db_job *take_first(struct writer *w)
{
	struct db_job *job;

	pthread_mutex_lock(&w->mutex);
	while (!w->first && !w->ending) {
		bool idle = !wait_idle(w);

		if (!idle || w->first || w->ending) continue;
		pthread_mutex_unlock(&w->mutex);
		checkpoint_idle(w);
		pthread_mutex_lock(&w->mutex);
	}
	job = take_next(w);
	pthread_mutex_unlock(&w->mutex);
	return job;
}

/* What waits, and what came while the group ran, shares the group's sync instead of waiting for the next. */
static struct db_job *take_more(struct writer *w)
{
	struct db_job *job;

	pthread_mutex_lock(&w->mutex);
	job = take_next(w);
	pthread_mutex_unlock(&w->mutex);
	return job;
}

static bool in_savepoint(struct connection *c, bool keep)
{
	if (!connection_in_transaction(c)) return false;
	if (keep && c->tx.changed) c->changed = true;
	if (!keep) connection_control(c, CONTROL_UNDO);
	return connection_control(c, CONTROL_RELEASE) == SQLITE_OK;
}

static struct tx *job_tx(struct writer *w, struct db_job *job)
{
	struct connection *c = w->connection;

	c->tx =
		(struct tx){.connection = c, .arena = job->arena, .writes = true, .change_number = changes_number(w->changes)};
	return &c->tx;
}

/* False where the whole transaction was dropped under it: a full disk, or RAISE(ROLLBACK). */
static bool run_job(struct writer *w, struct db_job *job)
{
	struct connection *c = w->connection;

	if (connection_control(c, CONTROL_SAVEPOINT) != SQLITE_OK) return false;
	job->kept = job->run(job, job_tx(w, job));
	if (!in_savepoint(c, job->kept)) return false;
	if (job->kept || !job->refused) return true;
	if (connection_control(c, CONTROL_SAVEPOINT) != SQLITE_OK) return false;
	job->refused(job, job_tx(w, job));
	return in_savepoint(c, true);
}

/* What could not even begin is nobody's doing; where the disk fails, connection_failed ends the program. */
static bool begin(struct connection *c)
{
	int code = connection_control(c, CONTROL_BEGIN_WRITE);
	struct error err;

	c->changed = false;
	return code == SQLITE_OK || connection_failed(c, code, &err);
}

static enum db_outcome give_up(struct connection *c)
{
	if (connection_in_transaction(c)) connection_control(c, CONTROL_ROLLBACK);
	return DB_NOT_SAVED;
}

/*
 * A full disk is found before the last frame is whole, so nothing of the group is there. Any other failure may have come
 * after the sync: whether the group is on disk is known only when it is read again from there, so the program stops.
 */
static enum db_outcome commit(struct writer *w)
{
	struct connection *c = w->connection;
	int code = connection_control(c, CONTROL_COMMIT), primary = code & 0xff;

	if (c->changed) changes_committed(w->changes);
	if (code == SQLITE_OK) return DB_DURABLE;
	if (primary != SQLITE_FULL && primary != SQLITE_BUSY) c->stop(sqlite3_errstr(code));
	give_up(c);
	return primary == SQLITE_FULL || primary == SQLITE_BUSY ? DB_NOT_SAVED : DB_UNKNOWN;
}

/* A group takes no more past either bound, so that neither many nor one slow job keep the others from their answer. */
static bool is_open(const struct group *group)
{
	return group->count < GROUP_MOST && clock_source_monotonic_ms() - group->began_ms < GROUP_MS;
}

/* One transaction over the group's first job and what comes while it runs, which is put behind it. */
static enum db_outcome run_together(struct writer *w, struct group *group)
{
	struct connection *c = w->connection;

	if (!begin(c)) return give_up(c);
	for (struct db_job *job = group->first; job; job = job->next) {
		if (!run_job(w, job)) return give_up(c);
		group->count++;
		if (is_open(group)) job->next = take_more(w);
	}
	return commit(w);
}

static enum db_outcome run_alone(struct writer *w, struct db_job *job)
{
	if (!begin(w->connection) || !run_job(w, job)) return give_up(w->connection);
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

static void run_group(struct writer *w, struct db_job *first)
{
	struct group group = {.first = first, .began_ms = clock_source_monotonic_ms()};
	enum db_outcome outcome = run_together(w, &group);
	struct db_job *next;

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

static void init_queue(struct writer *w, int limit)
{
	pthread_condattr_t attr;

	*w = (struct writer){.limit = limit > 0 ? limit : 1, .changes = w->changes};
	pthread_mutex_init(&w->mutex, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&w->came, &attr);
	pthread_cond_init(&w->taken, NULL);
	pthread_condattr_destroy(&attr);
}

bool writer_start(struct writer *w, const char *path, int limit, void (*stop)(const char *why), struct error *err)
{
	init_queue(w, limit);
	if (!connection_open(path, CONNECTION_WRITER, stop, &w->connection, err)) return false;
	if (pthread_create(&w->thread, NULL, writer_thread, w) == 0) return true;
	connection_close(w->connection);
	return error_failed(err, "could not start the writer");
}

void writer_end(struct writer *w)
{
	pthread_mutex_lock(&w->mutex);
	w->ending = true;
	pthread_cond_signal(&w->came);
	pthread_mutex_unlock(&w->mutex);
	pthread_join(w->thread, NULL);
	checkpoint_idle(w);
	connection_close(w->connection);
	pthread_cond_destroy(&w->came);
	pthread_cond_destroy(&w->taken);
	pthread_mutex_destroy(&w->mutex);
}

bool writer_submit(struct writer *w, struct db_job *job, bool wait)
{
	bool room;

	assert(!pthread_equal(pthread_self(), w->thread));
	job->next = NULL;
	pthread_mutex_lock(&w->mutex);
	while (wait && w->waiting >= w->limit) pthread_cond_wait(&w->taken, &w->mutex);
	room = w->waiting < w->limit;
	if (room) {
		*(w->last ? &w->last->next : &w->first) = job;
		w->last = job;
		w->waiting++;
		pthread_cond_signal(&w->came);
	}
	pthread_mutex_unlock(&w->mutex);
	return room;
}
