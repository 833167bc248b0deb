/*
 * Writers: PostgreSQL's several threads that write, each on a connection of its own. Each takes the next job of one
 * bounded queue and runs it whole in a transaction; who ran into another's work (a deadlock, a key that was taken a
 * moment ago) is rolled back and run again from the start, a few times. Private to src/db.
 */
#ifndef DB_WRITERS_H
#define DB_WRITERS_H

#include "db/changes_part.h"
#include "db/connection.h"
#include "db/queue.h"

struct one_writer;

struct writers {
	struct place *place;
	struct changes *changes;
	struct queue queue;
	struct one_writer *each;
	int count;
};

NODISCARD bool writers_start(struct writers *, struct place *, const struct db_options *, struct error *);

/* Runs what waits and ends the threads. */
void writers_end(struct writers *);

#endif
