/*
 * Writer: SQLite's one thread that writes and checkpoints. Jobs wait in a bounded queue; what waits, and
 * what comes while that runs, is one group in one transaction and answered after its sync. A group is bounded in jobs
 * and in time: what is left waits for the next. Private to src/db.
 */
#ifndef DB_WRITER_H
#define DB_WRITER_H

#include "db/changes_part.h"
#include "db/queue.h"
#include "db/sqlite.h"

struct writer {
	struct sqlite_connection *connection;
	struct changes *changes;
	struct queue queue;
	pthread_t thread;
	int wal_checkpointed; /* pages in the log at the latest checkpoint */
};

NODISCARD bool writer_start(struct writer *, struct place *, int limit, struct error *);

/* Runs what waits, checkpoints and ends the thread. */
void writer_end(struct writer *);

/* False where the queue is full, unless the caller will wait for room. */
NODISCARD bool writer_submit(struct writer *, struct db_job *, bool wait);

#endif
