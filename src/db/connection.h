/*
 * Connection: one session with the database, whichever the engine, and the transaction on it. Private to src/db.
 *
 * What an engine does in its own way is one table of functions (struct engine), one table an engine. Everything above
 * statement.c and db.c is told nothing of it. One thread at a time.
 */
#ifndef DB_CONNECTION_H
#define DB_CONNECTION_H

#include <pthread.h>

#include "db/changes_part.h"
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

struct tx {
	struct connection *connection;
	struct arena *arena;
	bool writes;
	bool whole;                 /* db_job's: a great deal is written */
	struct change_list changed; /* see db/changes.h */
	int64_t change_number;      /* before it began */
	enum db_conflict conflict;
	int savepoints;    /* tx_mark's that stand */
	bool again;        /* PostgreSQL: ran into somebody else's work, to be run from the start */
	bool reshapes;     /* the schema: a change that SQLite does not count */
	int64_t written;   /* PostgreSQL: statements so far */
	bool raced;        /* PostgreSQL: a unique key that was there already; perhaps somebody was quicker */
	void *owner;       /* the pool it goes back to */
	struct tx *second; /* tx_read_begin_twice: sees the same; NULL: none */
};

struct kept_statement {
	const struct query *query;
	void *prepared;  /* SQLite's */
	unsigned number; /* PostgreSQL's, part of its name */
	bool gives_id;   /* its one result is the id of the row it inserts, which SQLite knows without being asked in SQL */
};

/* See db/gather.h. */
struct gathered {
	char *rows;
	size_t bytes, count;
};

struct connection {
	const struct engine *engine;
	void (*stop)(const char *why);
	struct kept_statement *kept; /* by index of query */
	size_t kept_count;
	struct gathered gathered;
	struct tx tx;
	struct connection *next; /* the pool's */
};

/* Where connections are opened, and after a failure when it is tried again. */
struct place {
	const struct engine *engine;
	char *where; /* a path, or a URL as libpq takes it */
	bool fresh;  /* SQLite: nobody relies on it yet */
	void (*stop)(const char *why);
	pthread_mutex_t mutex;
	int64_t not_before_ms;
	int rest_ms;
	bool reached; /* at least once */
};

enum connection_role { CONNECTION_WRITER, CONNECTION_READER };

struct engine {
	enum db_engine name;
	bool (*open)(struct place *, enum connection_role, struct connection **ret, struct error *);
	void (*close)(struct connection *);
	bool (*lost)(const struct connection *); /* nothing more can be had from it */
	bool (*control)(struct connection *, enum control, struct error *);
	bool (*script)(struct connection *, const char *sql, struct error *);

	/* One view on both; without *ret_same only the first has one. NULL: not for this engine. */
	bool (*begin_twice)(struct connection *, struct connection *second, bool *ret_same, struct error *);
	bool (*has_table)(struct connection *, const char *name);
	bool (*prepare)(struct tx *, const struct query *, struct error *);
	void (*forget)(struct connection *, struct kept_statement *); /* what is prepared, but not its place */
	bool (*find)(struct tx *, const struct query *, const void *in, struct statement_row *ret, struct error *);
	bool (*many)(struct tx *, const struct query *, const void *in, struct statement_rows *ret, struct error *);
	bool (*exec)(struct tx *, const struct query *, const void *in, int64_t *ret_changed, struct error *);
};

extern const struct engine sqlite_engine;
extern const struct engine postgresql_engine;

void place_init(struct place *, const struct engine *, char *where, void (*stop)(const char *why));
void place_release(struct place *); /* `where` too */

/* The parts of a connection that both engines have. */
void connection_init(struct connection *, const struct place *);
void connection_release(struct connection *);
void connection_close(struct connection *);

/* Where what is prepared for this query is kept on this connection; NULL: no memory. */
struct kept_statement *connection_kept(struct connection *, const struct query *);

/* "No value" is a sentinel of the type's own. */
bool value_is_none(enum column_type, const void *value);
void value_set_none(enum column_type, void *into);

/* Both engines say these things in the same words; the log has the engine's own. */
bool refused_unique(struct error *, struct text columns);
bool refused_reference(struct error *);
bool refused_disk_full(struct error *, const char *why);
bool refused_read_only(struct error *, const char *why);
bool failed_more_than_one(struct error *, const struct query *);
bool failed_not_what_it_is(struct error *, const struct query *, const struct column *);

/* Several statements at once, for migrations and tests only. */
NODISCARD bool tx_exec_script(struct tx *, const char *sql, struct error *);

#endif
