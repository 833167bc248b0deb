/*
 * Readers: connections that read, each taken for the length of one transaction. Opened when first needed, up to a
 * limit; past it, who comes waits. One that was lost is closed when it comes back. Any thread. Private to src/db.
 */
#ifndef DB_READERS_H
#define DB_READERS_H

#include "db/connection.h"

struct readers {
	struct place *place;
	pthread_mutex_t mutex;
	pthread_cond_t freed;
	struct connection *free;
	int opened;
	int limit;
};

void readers_init(struct readers *, struct place *, int limit);
void readers_release(struct readers *); /* all must have come back */

NODISCARD bool readers_take(struct readers *, struct connection **ret, struct error *);
void readers_give(struct readers *, struct connection *);

#endif
