/*
 * Housekeeper: while a server runs, a thread of its own does the hub's housekeeping at the start and every hour.
 */
#ifndef CLI_HOUSEKEEPER_H
#define CLI_HOUSEKEEPER_H

#include <pthread.h>

#include "base/clock_source.h"
#include "db/db.h"

struct housekeeper {
	struct db *db;
	const struct clock_source *clock;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
};

NODISCARD bool housekeeper_start(struct housekeeper *, struct db *, const struct clock_source *, struct error *);
void housekeeper_stop(struct housekeeper *);

#endif
