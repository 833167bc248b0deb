/*
 * Migrations: how a database comes to have the schema that this program was built with.
 *
 * Each is applied once, whole, in its own transaction, and written down in table `migration` with a checksum of its
 * text. A database with a migration this program doesn't have, or with one of other content, is refused untouched; on
 * PostgreSQL, where machines of one hub are brought up to date one after the other, a migration it doesn't have is no
 * hindrance where it only adds: its text begins with the line `-- expands`, and that is written down with its checksum.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "base/instant.h"
#include "db/db.h"

struct migration {
	int number;       /* 1, 2, 3 ... */
	const char *name; /* "0001_hub" */
	const char *text; /* in our own types */
};

struct migration_set {
	const struct migration *migrations;
	size_t count;
};

struct migration_state {
	int number;
	struct text name;
	instant applied_at; /* INSTANT_NONE: waits */
};

struct migration_status {
	struct migration_state *states; /* one for each of the set */
	size_t count;
	int applied;
	int newer;          /* applied that this program doesn't have, each of which only adds */
	struct text newest; /* the name of the latest of them; TEXT_NONE: none */
};

/* One as it is written down in a database, or in a backup. */
struct migration_applied {
	int64_t number;
	struct text name;
	struct text checksum;
	instant applied_at;
};

/* What is applied and what waits. Refuses (ERROR_REFUSED) a newer or changed schema. */
NODISCARD bool migrate_status(
	struct db *, const struct migration_set *, struct arena *, struct migration_status *ret, struct error *);

/*
 * Applies what waits. On SQLite a database that holds a hub is first copied beside itself (PATH.before-NNNN), and the
 * copy is checked; where that fails nothing is changed. On PostgreSQL two may do it at once: each is applied by one.
 */
NODISCARD bool migrate_up(struct db *, const struct migration_set *, instant now, int *ret_applied, struct error *);

/* All that is written down, in order; none where there is no hub. */
NODISCARD bool migrate_applied(struct tx *, struct migration_applied **ret, size_t *ret_count, struct error *);

/* Refuses (ERROR_REFUSED) where another content goes by this number. */
NODISCARD bool migrate_is_ours(
	const struct migration *ours, const struct migration_applied *theirs, struct arena *, struct error *);

/* In a writing transaction: the first so many, written down with the times they have here; and all from there on. */
NODISCARD bool migrate_in(
	struct tx *, const struct migration_set *, const struct migration_applied *as, size_t count, struct error *);
NODISCARD bool migrate_rest_in(struct tx *, const struct migration_set *, size_t from, instant now, struct error *);

#endif
