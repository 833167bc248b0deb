#include "db/writers.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/log.h"
#include "db/postgresql.h"

#define TRIES_MOST    12
#define REST_LEAST_US 1000
#define REST_MOST_US  100000

struct one_writer {
	struct writers *writers;
	struct connection *connection; /* NULL: none yet, or it was lost */
	pthread_t thread;
};

/* One go at a transaction ends so. */
enum end { END_DURABLE, END_NOT_SAVED, END_UNKNOWN, END_AGAIN };

typedef bool part(struct db_job *, struct tx *);

static void drop(struct one_writer *w)
{
	if (w->connection) connection_close(w->connection);
	w->connection = NULL;
}

static bool begin_here(struct one_writer *w)
{
	struct place *place = w->writers->place;
	struct error err;

	if (!w->connection && !place->engine->open(place, CONNECTION_WRITER, &w->connection, &err)) return false;
	if (place->engine->control(w->connection, CONTROL_BEGIN_WRITE, &err)) return true;
	drop(w);
	return false;
}

/* A connection that was lost while nobody used it is found out here: then a new one is tried, once. */
static bool begin(struct one_writer *w)
{
	bool had = w->connection != NULL;

	return begin_here(w) || (had && begin_here(w));
}

static enum end roll_back(struct one_writer *w, enum end end)
{
	struct error err;

	if (!w->connection->engine->control(w->connection, CONTROL_ROLLBACK, &err)) {
		drop(w);
		return end == END_AGAIN ? END_AGAIN : END_NOT_SAVED;
	}
	return end;
}

static enum end commit(struct one_writer *w)
{
	static const enum end ends[] = {
		[DB_DURABLE] = END_DURABLE, [DB_NOT_SAVED] = END_NOT_SAVED, [DB_UNKNOWN] = END_UNKNOWN};
	struct change_list changed = w->connection->tx.changed;
	bool again;
	enum end end = ends[postgresql_commit(w->connection, &again)];

	if (end != END_NOT_SAVED && !again) changes_committed(w->writers->changes, &changed);
	if (end != END_DURABLE && w->connection->engine->lost(w->connection)) drop(w);
	return again ? END_AGAIN : end;
}

/* A key that was there already is an answer, but the first time somebody may just have been quicker: then look again. */
static bool to_run_again(const struct tx *tx, bool kept, int tries)
{
	return tx->again || (tx->raced && !kept && tries == 0);
}

static enum end go(struct one_writer *w, struct db_job *job, part *run, bool *ret_kept, int tries)
{
	struct connection *c;
	struct error unsaid = {0};

	if (!begin(w)) return END_NOT_SAVED;
	c = w->connection;
	c->tx = (struct tx){.connection = c,
		.arena = job->arena,
		.writes = true,
		.whole = job->whole,
		.change_number = changes_number(w->writers->changes)};
	*ret_kept = run(job, &c->tx);
	if (c->engine->lost(c)) {
		drop(w);
		return END_NOT_SAVED;
	}
	if (to_run_again(&c->tx, *ret_kept, tries)) return roll_back(w, END_AGAIN);
	if (!*ret_kept) return roll_back(w, END_DURABLE); /* it kept nothing, and what it read is */
	if (job->whole && !postgresql_answers(postgresql_of(c), &unsaid)) return roll_back(w, END_NOT_SAVED);
	if (!postgresql_spoilt(c)) return commit(w);
	log_event(LOG_ERROR, "write_spoilt", LOG_TEXT("why", "a statement failed and the job went on"));
	return roll_back(w, END_NOT_SAVED);
}

/* Longer each time and never the same for two, so that those who ran into each other part. */
static void rest(int tries)
{
	long most = REST_LEAST_US << (tries < 10 ? tries : 10), us;

	if (most > REST_MOST_US) most = REST_MOST_US;
	us = most / 2 + (long)randombytes_uniform((uint32_t)(most / 2));
	nanosleep(&(struct timespec){.tv_nsec = us * 1000}, NULL);
}

static enum db_outcome run_whole(struct one_writer *w, struct db_job *job, part *run, bool *ret_kept)
{
	static const enum db_outcome outcomes[] = {[END_DURABLE] = DB_DURABLE,
		[END_NOT_SAVED] = DB_NOT_SAVED,
		[END_UNKNOWN] = DB_UNKNOWN,
		[END_AGAIN] = DB_NOT_SAVED};
	enum end end = END_AGAIN;

	for (int tries = 0; end == END_AGAIN && tries < TRIES_MOST; tries++) {
		if (tries) rest(tries);
		end = go(w, job, run, ret_kept, tries);
	}
	if (end == END_AGAIN) log_event(LOG_WARNING, "write_given_up", LOG_NUMBER("tries", TRIES_MOST));
	return outcomes[end];
}

static bool run_refused(struct db_job *job, struct tx *tx)
{
	job->refused(job, tx);
	return true;
}

static void run_job(struct one_writer *w, struct db_job *job)
{
	enum db_outcome outcome = run_whole(w, job, job->run, &job->kept);
	bool noted;

	if (outcome == DB_DURABLE && !job->kept && job->refused && !job->whole)
		outcome = run_whole(w, job, run_refused, &noted);
	job->done(job, outcome);
}

static void *writer_thread(void *arg)
{
	struct one_writer *w = arg;
	struct db_job *job;

	while ((job = queue_take_waiting(&w->writers->queue))) run_job(w, job);
	drop(w);
	return NULL;
}

static void join(struct writers *writers)
{
	queue_end(&writers->queue);
	for (int i = 0; i < writers->count; i++) pthread_join(writers->each[i].thread, NULL);
	queue_release(&writers->queue);
	free(writers->each);
}

bool writers_start(struct writers *writers, struct place *place, const struct db_options *options, struct error *err)
{
	int count = options->writers > 0 ? options->writers : 1;

	*writers = (struct writers){
		.place = place, .changes = writers->changes, .each = calloc((size_t)count, sizeof *writers->each)};
	if (!writers->each) return error_failed(err, "out of memory");
	queue_init(&writers->queue, options->queue_limit);
	for (; writers->count < count; writers->count++) {
		struct one_writer *w = &writers->each[writers->count];

		w->writers = writers;
		if (pthread_create(&w->thread, NULL, writer_thread, w) == 0) continue;
		join(writers);
		return error_failed(err, "could not start those who write");
	}
	return true;
}

void writers_end(struct writers *writers)
{
	join(writers);
}
