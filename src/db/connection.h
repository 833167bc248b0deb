/*
 * Connection: SQLite, opened as this project needs it, and the transactions on it. Private to src/db.
 *
 * WAL, synchronous=FULL, foreign keys, DEFENSIVE, no trusted schema, no double-quoted strings, no mmap. SQLite before
 * 3.51.3 can lose a reset WAL when two connections checkpoint, so only the writer does: no other connection
 * checkpoints by itself, not even when it closes. One thread at a time.
 *
 * An I/O error, corruption or a failed sync leaves nothing to go on from: the program is told and stops (exit 3).
 */
#ifndef DB_CONNECTION_H
#define DB_CONNECTION_H

#include <sqlite3.h>

#include "db/statement.h"

enum control {
	CONTROL_BEGIN_READ,
	CONTROL_BEGIN_WRITE,
	CONTROL_COMMIT,
	CONTROL_ROLLBACK,
	CONTROL_SAVEPOINT,
	CONTROL_RELEASE,
	CONTROL_UNDO,
	CONTROL_COUNT,
};

struct kept_statement {
	const struct query *query;
	sqlite3_stmt *stmt;
	bool gives_id; /* its one result is the id of the row it inserts, which SQLite knows without being asked in SQL */
};

struct tx {
	struct connection *connection;
	struct arena *arena;
	bool writes;
	bool changed;          /* see db/changes.h */
	int64_t change_number; /* before it began */
	enum db_conflict conflict;
	void *owner; /* the pool it goes back to */
};

struct connection {
	sqlite3 *handle;
	sqlite3_stmt *controls[CONTROL_COUNT];
	struct kept_statement *kept; /* by index of query */
	size_t kept_count;
	char *rows; /* where a result gathers before it is copied once */
	size_t rows_bytes;
	int wal_pages; /* in the log after the latest commit */
	bool changed;  /* what its transaction keeps is seen by people */
	void (*stop)(const char *why);
	struct tx tx;
	struct connection *next; /* the pool's */
};

enum connection_role { CONNECTION_WRITER, CONNECTION_READER };

/* stop is called where going on would be wrong; NULL says so in the log and ends the program with 3. */
NODISCARD bool connection_open(
	const char *path, enum connection_role, void (*stop)(const char *why), struct connection **ret, struct error *);
void connection_close(struct connection *);

/* SQLite's result code. */
int connection_control(struct connection *, enum control);

/* True while a transaction stands: a full disk can drop it under whoever is in it. */
bool connection_in_transaction(const struct connection *);

NODISCARD bool connection_script(struct connection *, const char *sql, struct error *);
NODISCARD bool connection_has_table(struct connection *, const char *name);
int connection_checkpoint(struct connection *, int mode);

/* Says in err what SQLite's code means to a person; returns false. Stops the program where it must. */
bool connection_failed(struct connection *, int code, struct error *);

/* Which kind of conflict a code is. */
enum db_conflict connection_conflict(int code);

/* Several statements at once, for migrations and tests only. */
NODISCARD bool tx_exec_script(struct tx *, const char *sql, struct error *);

#endif
