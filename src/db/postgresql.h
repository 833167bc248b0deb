/*
 * PostgreSQL, connected to as this project needs it. Private to src/db.
 *
 * Whatever the URL says, a session is read-write (never a replica), speaks UTF-8, looks for tables in schema public, and
 * has synchronous_commit on where the server has it off: what is acknowledged is on disk. Pages read in one REPEATABLE
 * READ READ ONLY transaction, jobs write in READ COMMITTED. One thread at a time.
 *
 * A server that goes away ends nothing here: the connection is lost, whoever used it is told to try again, and the next
 * to come connects anew, after a failure not before a short rest. What libpq says of a failure is for the log.
 */
#ifndef DB_POSTGRESQL_H
#define DB_POSTGRESQL_H

#include <libpq-fe.h>

#include "db/connection.h"

struct postgresql_connection {
	struct connection common; /* first: the rest of src/db knows only this */
	PGconn *session;
	unsigned prepared; /* how many statements it was given: the next one's name */
	unsigned waiting;  /* statements sent whose answer is not read yet: postgresql_answers */
	bool lost;
};

static inline struct postgresql_connection *postgresql_of(struct connection *c)
{
	return (struct postgresql_connection *)c;
}

/* A session made as all are: also for one that listens. PQfinish it. */
NODISCARD bool postgresql_connect(struct place *, PGconn **ret, struct error *);

/* COMMIT. *ret_again: it was undone for another's sake (40001), run it from the start. */
enum db_outcome postgresql_commit(struct connection *, bool *ret_again);

/* An error that nothing undid: COMMIT would be a rollback. */
bool postgresql_spoilt(struct connection *);

/* Says in err what a result means to a person, and notes it in the transaction; returns false. NULL: there is none. */
bool postgresql_failed(struct postgresql_connection *, const PGresult *, struct error *);

/*
 * What a great deal of writing sends goes without waiting for each answer. This waits for them all and is false where one
 * failed; it comes before anything else that is asked on the connection.
 */
bool postgresql_answers(struct postgresql_connection *, struct error *);

/* postgresql_statement.c's part of the engine's table. */
bool postgresql_prepare(struct tx *, const struct query *, struct error *);
bool postgresql_find(struct tx *, const struct query *, const void *in, struct statement_row *ret, struct error *);
bool postgresql_many(struct tx *, const struct query *, const void *in, struct statement_rows *ret, struct error *);
bool postgresql_exec(struct tx *, const struct query *, const void *in, int64_t *ret_changed, struct error *);
void postgresql_forget(struct connection *, struct kept_statement *);

#endif
