/*
 * Tick: what the clock alone does in a hub, as a table of chores. Each runs as the hub's built-in account, and what it
 * changes is on the access log like anybody's.
 *
 * A server's housekeeper runs them: each every so many seconds of the machine's time, at the hub's own now, in a writing
 * transaction of its own. Where a chore has `due`, that is asked first in a reading one, and nothing is written unless
 * something is due. A chore with much to do does some of it and is called again.
 */
#ifndef HUB_TICK_H
#define HUB_TICK_H

#include "hub/hub.h"

struct chore {
	const char *name; /* as in the log */
	int every_seconds;
	bool (*run)(struct hub *, struct error *);
	bool (*due)(struct hub *, bool *ret, struct error *); /* NULL: always */
};

/* The table, in the order they run. */
const struct chore *tick_chores(size_t *ret_count);

/* Is there anything for it to do at hub->now? Also in a reading transaction. */
NODISCARD bool chore_due(struct hub *, const struct chore *, bool *ret, struct error *);

/* Runs one, as the hub itself. */
NODISCARD bool chore_run(struct hub *, const struct chore *, struct error *);

/* Every chore that is due, once, in this transaction: for tests, commands and the demonstration. */
NODISCARD bool tick_run(struct hub *, struct error *);

#endif
