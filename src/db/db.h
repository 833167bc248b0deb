/*
 * Database: one interface, two engines. Everything above it sees transactions and generated queries, never SQL.
 *
 * Threads: one writer thread per struct db does every write and every checkpoint; readers have a connection each,
 * taken for the length of a read transaction. A struct tx belongs to one thread and one arena, and what queries
 * return lives in that arena.
 *
 * Group commit: the writer drains its queue, runs each job whole under a savepoint, and tells nobody before the
 * sync, the refused and the repeated included. A job may be run again from the start, so it keeps nothing outside
 * its transaction and its own struct. Source: architecture.md, "Storage".
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/error.h"

struct db;
struct tx;

enum db_engine { DB_SQLITE, DB_POSTGRESQL };

struct db_options {
	int readers;     /* how many read transactions may be open at once */
	int queue_limit; /* jobs that may wait for the writer */
	bool hold_lock;  /* serve: whoever comes is told that a server is running, and doesn't wait */
	bool create;     /* init, demo: the file may be missing */
	bool look;       /* reads only, also beside a server: for what is nobody's record (policy, installation) */

	/* Told of an I/O error, corruption or a failed sync; NULL logs it and ends the program with 3. For tests. */
	void (*stop)(const char *why);
};

/*
 * "sqlite:PATH". One process at a time has a database open (a lock beside it, PATH.lock): a command waits a little for
 * another command, and is refused where a server runs (ERROR_BUSY, with the reason and the way out).
 */
NODISCARD bool db_open(struct text url, const struct db_options *, struct db **ret, struct error *);

/* Waits for what was submitted, checkpoints and closes. */
void db_close(struct db *);

/* "3.40.1": the SQLite this program runs with. */
const char *db_sqlite_version(void);

/* A read transaction: one consistent view until it ends. Waits for a free connection. */
NODISCARD bool tx_read_begin(struct db *, struct arena *, struct tx **ret, struct error *);
void tx_read_end(struct tx *);

struct arena *tx_arena(struct tx *);
bool tx_writes(const struct tx *);

/*
 * What the latest query on this transaction ran into. A unique row that is there already and a trigger's refusal are
 * ERROR_REFUSED, the trigger's with its own words; the transaction stands and can go on.
 */
enum db_conflict {
	DB_CONFLICT_NONE,
	DB_CONFLICT_UNIQUE,
	DB_CONFLICT_REFERENCE, /* it refers to a row that isn't there */
	DB_CONFLICT_TRIGGER,
	DB_CONFLICT_OTHER, /* not null, check: a mistake of ours */
};
enum db_conflict db_last_conflict(const struct tx *);

enum db_outcome {
	DB_DURABLE,   /* what the job kept is on disk; or it kept nothing and what it read is */
	DB_NOT_SAVED, /* rolled back: full disk and the like; sending again is right */
	DB_UNKNOWN,   /* lost during COMMIT: cannot tell yet; sending again is safe */
};

struct db_job {
	struct arena *arena;
	/* On the writer thread. True keeps what it wrote; false undoes it (a savepoint). May be run again. */
	bool (*run)(struct db_job *, struct tx *);
	/* Optional: after a false run, in a savepoint of its own, to write down that it was refused. */
	void (*refused)(struct db_job *, struct tx *);
	/* On the writer thread, after the sync. The job's memory is the caller's again. */
	void (*done)(struct db_job *, enum db_outcome);
	bool kept; /* what run returned */

	/* The queue's own. */
	struct db_job *next;
	void *waits;
};

/* Hands a job to the writer. False when the queue is full: nothing was taken, answer ERROR_BUSY. */
NODISCARD bool db_submit(struct db *, struct db_job *);

/* Submits, waits (for room in the queue too), and gives the outcome; job->done is set by this call. */
enum db_outcome db_run(struct db *, struct db_job *);

/* True for DB_DURABLE; else says in err, for the person who sent it, what became of it. */
NODISCARD bool db_outcome_error(enum db_outcome, struct error *);

#endif
