/*
 * Target: a database that is to hold a hub, and holds it whole or is as it was.
 *
 * SQLite: made as PATH.restoring, synced, and given its name when it is whole; nobody else opens it before. PostgreSQL: an
 * empty database, filled in one transaction. A database that holds anything is refused.
 */
#ifndef DB_TARGET_H
#define DB_TARGET_H

#include "base/arena.h"
#include "db/db.h"

struct target;

NODISCARD bool target_open(struct text url, struct arena *, struct target **ret, struct error *);

/* Runs the one job that fills it. `why`: what the job says in its own error when it keeps nothing. */
NODISCARD bool target_fill(struct target *, struct db_job *, const struct error *why, struct error *);

/* It is there, under its own name. Whatever it returns, the target is closed. */
NODISCARD bool target_keep(struct target *, struct error *);

/* Nothing of it is left. */
void target_abandon(struct target *);

#endif
