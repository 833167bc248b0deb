/*
 * Load: an empty database filled with every row of a hub, in one transaction, and found whole before that is kept.
 *
 * The schema is made by the migrations that the rows were written under. What guards it (triggers, references, indexes)
 * stands aside while the rows come, because a row that was right when it was written is not to be judged as if it were done
 * now, and is put back as it was: that it all stands again, that every reference is to something, and that every table
 * holds the rows it should, is checked from the database. Then the schema is brought up to this program's.
 */
#ifndef DB_LOAD_H
#define DB_LOAD_H

#include "db/rows.h"

struct load;

struct load_from {
	const struct migration_set *set;            /* this program's */
	const struct migration_applied *migrations; /* what the rows were written under */
	size_t migration_count;
	const struct rows_schema *schema; /* what whoever gives the rows says that the tables are */
};

/* Refused where the rows are of a newer or another schema than this program can make. Touches nothing. */
NODISCARD bool load_possible(const struct load_from *, struct arena *, struct error *);

/* REFUSED where the database holds a hub, or anything else. */
NODISCARD bool load_empty(struct tx *, struct error *);

/* In a writing transaction that is kept only if all of these return true. */
NODISCARD bool load_begin(struct tx *, const struct load_from *, struct load **ret, struct error *);
NODISCARD bool load_block(struct load *, size_t table, const struct rows_block *, struct error *);

/* `expected`: one for each table. `now`: when what waits of the migrations is applied. */
NODISCARD bool load_end(struct load *, const struct rows_sum *expected, instant now, struct error *);

/* Gives the memory back, whatever came before. */
void load_release(struct load *);

#endif
