/*
 * Housekeeper: while a server runs, a thread of its own runs the hub's chores (hub/tick.h) on the hub's clock.
 */
#ifndef CLI_HOUSEKEEPER_H
#define CLI_HOUSEKEEPER_H

#include <pthread.h>

#include "base/clock_source.h"
#include "db/db.h"

#define CHORES_MOST 32

struct housekeeper {
	struct db *db;
	const struct clock_source *clock;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	struct arena arena;           /* of the thread's, cleared for each chore */
	int64_t next_ms[CHORES_MOST]; /* when each runs next, on the monotonic clock */
};

NODISCARD bool housekeeper_start(struct housekeeper *, struct db *, const struct clock_source *, struct error *);
void housekeeper_stop(struct housekeeper *);

#endif
