/*
 * Ahead: blocks of rows handed in order to a thread that does the rest with them, so that reading goes on meanwhile; a few
 * ahead at most. Private to src/db.
 */
#ifndef DB_AHEAD_H
#define DB_AHEAD_H

#include "db/rows.h"

struct ahead;

struct ahead_block {
	size_t table;
	struct rows_block rows;
};

/* On its own thread; once it returned false nothing more is given to it. */
typedef bool ahead_work(void *context, const struct ahead_block *, struct error *);

NODISCARD bool ahead_start(struct ahead **ret, ahead_work *, void *context, struct error *);

/* Copies the block; waits while it is too far ahead. False: the work failed, and this is why. */
NODISCARD bool ahead_give(struct ahead *, const struct ahead_block *, struct error *);

/* Waits for what was given, and ends the thread. err NULL: what went wrong was told already. */
NODISCARD bool ahead_end(struct ahead *, struct error *err);

#endif
