/*
 * Schema: whether the database has the one this program was built with.
 */
#ifndef CLI_SCHEMA_H
#define CLI_SCHEMA_H

#include "cli/cli.h"
#include "db/migrate.h"

/* True where every migration is applied; else refuses with the way out: no hub yet, or "migrate up". Needs cli->db. */
NODISCARD bool schema_check(struct cli *, struct error *);

/* The same, and what there is. */
NODISCARD bool schema_look(struct cli *, struct migration_status *ret, struct error *);

/* Opens the database, making its file, and brings an empty one to the schema; REFUSED where it holds a hub already. */
NODISCARD bool schema_make(struct cli *, struct error *);

#endif
