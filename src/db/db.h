/*
 * Database: one interface, two engines. Everything above it sees transactions and generated queries, never SQL.
 *
 * Threads: on SQLite one writer thread per struct db does every write and every checkpoint; on PostgreSQL several write,
 * each on a connection of its own. Readers have a connection each, taken for the length of a read transaction. A struct
 * tx belongs to one thread and one arena, and what queries return lives in that arena.
 *
 * Group commit (SQLite): the writer drains its queue, runs each job whole under a savepoint, and tells nobody before the
 * sync, the refused and the repeated included. On PostgreSQL each job is a transaction of its own, READ COMMITTED, and
 * one that ran into another's work is run again. So a job may be run again from the start on either: it keeps nothing
 * outside its transaction and its own struct. Source: architecture.md, "Storage".
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
	int writers;     /* PostgreSQL: how many connections write at once; 0 is 1 */
	int queue_limit; /* jobs that may wait to be written */
	bool hold_lock;  /* serve: whoever comes is told that a server is running, and doesn't wait */
	bool create;     /* init, demo: the file may be missing (a PostgreSQL database must be there, empty) */
	bool look;       /* reads only, also beside a server: for what is nobody's record (policy, installation) */
	bool fresh;      /* SQLite: a file that nobody relies on yet; not synced, references not looked at (target.h) */

	/* SQLite: told of an I/O error, corruption or a failed sync; NULL logs it and ends the program with 3. For tests. */
	void (*stop)(const char *why);
};

/*
 * "postgresql://...", as libpq takes it: several processes may have it open, and each goes on when the server went away
 * and is back. Or "sqlite:PATH": one process at a time has a database open (a lock beside it, PATH.lock): a command waits a little for
 * another command, and is refused where a server runs (ERROR_BUSY, with the reason and the way out).
 */
NODISCARD bool db_open(struct text url, const struct db_options *, struct db **ret, struct error *);

/* Waits for what was submitted, checkpoints and closes. */
void db_close(struct db *);

enum db_engine db_engine(const struct db *);
enum db_engine tx_engine(const struct tx *);

/* Which engine a URL is for; false where it is for neither. */
bool db_url_engine(struct text url, enum db_engine *ret);

/* The URL without the password that it may hold: the only way that one is shown or logged. */
struct text db_url_shown(struct arena *, struct text url);

/* "3.40.1": the SQLite this program runs with. */
const char *db_sqlite_version(void);

/* A read transaction: one consistent view until it ends. Waits for a free connection. */
NODISCARD bool tx_read_begin(struct db *, struct arena *, struct tx **ret, struct error *);

/*
 * The same, and on SQLite a second connection with the very same view beside it, with which rows_read_all reads as well;
 * without, where others write all the time. For a command: it takes two of db_options.readers.
 */
NODISCARD bool tx_read_begin_twice(struct db *, struct arena *, struct tx **ret, struct error *);
void tx_read_end(struct tx *);

struct arena *tx_arena(struct tx *);
bool tx_writes(const struct tx *);

/*
 * What the latest query on this transaction ran into. A unique row that is there already and a trigger's refusal are
 * ERROR_REFUSED, the trigger's with its own words. The transaction can go on, on PostgreSQL only from a savepoint.
 */
enum db_conflict {
	DB_CONFLICT_NONE,
	DB_CONFLICT_UNIQUE,
	DB_CONFLICT_REFERENCE, /* it refers to a row that isn't there */
	DB_CONFLICT_TRIGGER,
	DB_CONFLICT_OTHER, /* not null, check: a mistake of ours */
};
enum db_conflict db_last_conflict(const struct tx *);

/*
 * A savepoint before what the database may refuse while the transaction is to go on whatever it says: then tx_release,
 * or tx_undo for what came since. They may nest.
 */
NODISCARD bool tx_savepoint(struct tx *, struct error *);
NODISCARD bool tx_release(struct tx *, struct error *);
NODISCARD bool tx_undo(struct tx *, struct error *);

/*
 * What this job read before it had locked it is no longer so: it is run again from the start. PostgreSQL only; false, with an
 * error for whoever is told after all.
 */
bool tx_again(struct tx *, struct error *);

enum db_outcome {
	DB_DURABLE,   /* what the job kept is on disk; or it kept nothing and what it read is */
	DB_NOT_SAVED, /* rolled back: full disk and the like; sending again is right */
	DB_UNKNOWN,   /* lost during COMMIT: cannot tell yet; sending again is safe */
};

struct db_job {
	struct arena *arena;
	/* On a writer's thread. True keeps what it wrote; false undoes it. May be run again. */
	bool (*run)(struct db_job *, struct tx *);
	/* Optional: after a false run, in a savepoint or transaction of its own, to write down that it was refused. */
	void (*refused)(struct db_job *, struct tx *);
	/* On a writer's thread, after the sync. The job's memory is the caller's again. */
	void (*done)(struct db_job *, enum db_outcome);
	bool kept; /* what run returned */
	/*
	 * A great deal is written: a transaction of its own, on SQLite without a savepoint and with much memory (refused isn't
	 * called), on PostgreSQL without waiting for each statement (one that fails may be told by a later one).
	 */
	bool whole;

	/* The queue's own. */
	struct db_job *next;
	void *waits;
};

/* Hands a job to those who write. False when the queue is full: nothing was taken, answer ERROR_BUSY. */
NODISCARD bool db_submit(struct db *, struct db_job *);

/* Submits, waits (for room in the queue too), and gives the outcome; job->done is set by this call. */
enum db_outcome db_run(struct db *, struct db_job *);

/* True for DB_DURABLE; else says in err, for the person who sent it, what became of it. */
NODISCARD bool db_outcome_error(enum db_outcome, struct error *);

#endif
