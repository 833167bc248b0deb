/*
 * SQLite, opened as this project needs it. Private to src/db.
 *
 * WAL, synchronous=FULL, foreign keys, DEFENSIVE, no trusted schema, no double-quoted strings, no mmap. SQLite before
 * 3.51.3 can lose a reset WAL when two connections checkpoint, so only the writer does: no other connection
 * checkpoints by itself, not even when it closes. One thread at a time.
 *
 * An I/O error, corruption or a failed sync leaves nothing to go on from: the program is told and stops (exit 3).
 */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <sqlite3.h>

#include "db/connection.h"

struct sqlite_connection {
	struct connection common; /* first: the rest of src/db knows only this */
	sqlite3 *handle;
	sqlite3_stmt *controls[CONTROL_COUNT];
	int wal_pages;              /* in the log after the latest commit */
	struct change_list changed; /* what its transaction keeps that people see */
};

static inline struct sqlite_connection *sqlite_of(struct connection *c)
{
	return (struct sqlite_connection *)c;
}

/* SQLite's result code. */
int sqlite_control(struct sqlite_connection *, enum control);

/* True while a transaction stands: a full disk can drop it under whoever is in it. */
bool sqlite_in_transaction(const struct sqlite_connection *);

int sqlite_checkpoint(struct sqlite_connection *, int mode);

/* Says in err what SQLite's code means to a person; returns false. Stops the program where it must. */
bool sqlite_failed(struct sqlite_connection *, int code, struct error *);

/* Which kind of conflict a code is. */
enum db_conflict sqlite_conflict(int code);

/* sqlite_statement.c's part of the engine's table. */
bool sqlite_prepare(struct tx *, const struct query *, struct error *);
bool sqlite_find(struct tx *, const struct query *, const void *in, struct statement_row *ret, struct error *);
bool sqlite_many(struct tx *, const struct query *, const void *in, struct statement_rows *ret, struct error *);
bool sqlite_exec_query(struct tx *, const struct query *, const void *in, int64_t *ret_changed, struct error *);
void sqlite_forget(struct connection *, struct kept_statement *);

#endif
