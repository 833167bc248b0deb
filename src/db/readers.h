/*
 * Readers: connections that read, each taken for the length of one transaction. Opened when first needed, up to a
 * limit; past it, who comes waits. Any thread. Private to src/db.
 */
#ifndef DB_READERS_H
#define DB_READERS_H

#include <pthread.h>

#include "db/connection.h"

struct readers {
	const char *path;
	void (*stop)(const char *why);
	pthread_mutex_t mutex;
	pthread_cond_t freed;
	struct connection *free;
	int opened;
	int limit;
};

void readers_init(struct readers *, const char *path, int limit, void (*stop)(const char *why));
void readers_release(struct readers *); /* all must have come back */

NODISCARD bool readers_take(struct readers *, struct connection **ret, struct error *);
void readers_give(struct readers *, struct connection *);

#endif
