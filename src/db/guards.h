/*
 * Guards: what a schema watches over by itself (triggers, references, indexes), set aside while rows are loaded and put
 * back as it was. Asked of the database, so none is written out by hand. Private to src/db.
 */
#ifndef DB_GUARDS_H
#define DB_GUARDS_H

#include "db/rows.h"

struct guards {
	struct text back; /* what makes them anew; the transaction's arena's */
	struct text were; /* all of them, as the database describes them */
};

NODISCARD bool guards_aside(struct tx *, struct guards *ret, struct error *);

/* Puts them back, and fails unless all stand as they were and every reference is to something. */
NODISCARD bool guards_back(struct tx *, const struct guards *, struct error *);

/*
 * PostgreSQL: each table's next number is behind its last, and a sequence that stands alone is set to a number that grows
 * with the machine's time (changes.h). SQLite does it by itself.
 */
NODISCARD bool guards_numbers(struct tx *, const struct rows_schema *, instant now, struct error *);

/* How many tables, views and the like the database has. */
NODISCARD bool guards_count_all(struct tx *, int64_t *ret, struct error *);

#endif
