/*
 * Ahead: blocks of rows that a thread of its own reads, taken in order on the caller's while it goes on; a few ahead at
 * most. Private to src/db.
 */
#ifndef DB_AHEAD_H
#define DB_AHEAD_H

#include "db/rows.h"

struct ahead;

/* On its own thread: gives blocks until there are no more, or ahead_give says that they aren't wanted. */
typedef bool ahead_work(void *context, struct ahead *, struct error *);

NODISCARD bool ahead_start(struct ahead **ret, ahead_work *, void *context, struct error *);

/* Copies the block; waits while it is too far ahead. False: no more is wanted. */
NODISCARD bool ahead_give(struct ahead *, const struct rows_block *, struct error *);

/* The next, until another is taken. False: the work failed, and this is why. Not to be asked for more than is given. */
NODISCARD bool ahead_take(struct ahead *, struct rows_block *ret, struct error *);

/* What is still given is not wanted; ends the thread. */
void ahead_end(struct ahead *);

#endif
