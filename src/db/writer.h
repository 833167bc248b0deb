/*
 * Writer: the one thread that writes and checkpoints. Jobs wait in a bounded queue; what waits, and
 * what comes while that runs, is one group in one transaction and answered after its sync. A group is bounded in jobs
 * and in time: what is left waits for the next. Private to src/db.
 */
#ifndef DB_WRITER_H
#define DB_WRITER_H

#include <pthread.h>

#include "db/changes_part.h"
#include "db/connection.h"

struct writer {
	struct connection *connection;
	struct changes *changes;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t came;  /* a job, or the end */
	pthread_cond_t taken; /* room in the queue */
	struct db_job *first;
	struct db_job *last;
	int waiting;
	int limit;
	bool ending;
	int wal_checkpointed; /* pages in the log at the latest checkpoint */
};

NODISCARD bool writer_start(
	struct writer *, const char *path, int limit, void (*stop)(const char *why), struct error *);

/* Runs what waits, checkpoints and ends the thread. */
void writer_end(struct writer *);

/* False where the queue is full, unless the caller will wait for room. */
NODISCARD bool writer_submit(struct writer *, struct db_job *, bool wait);

#endif
