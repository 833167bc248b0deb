/*
 * Statements: how generated query functions reach the engine. Only what sqlc makes calls this.
 *
 * A query is prepared on its first use on a connection and kept there by its index, so a call costs binding,
 * stepping and copying: what is returned, text and bytes included, lives in the transaction's arena, and nothing else
 * is allocated. Parameters are bound by position, which sqlc took from their names. No value is null both ways.
 *
 * Both engines are told of a query by the same struct. One made at run time (the rows of any table) takes an index of
 * its own behind those of the sets; before its memory goes, it is forgotten on every connection that it was used on.
 */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include "db/db.h"
#include "rules/record.h"

struct query {
	const char *name; /* "enquiry_queue" */
	const char *sql;
	const char *sql_postgresql;      /* parameters as $1, $2 ... in the order of `parameters`; NULL: as sql */
	const struct column *parameters; /* the _in struct's; their field is FIELD_NONE */
	size_t parameter_count;
	const struct record_type *row; /* NULL for :exec */
	size_t index;                  /* in its query_set: where a connection keeps it */
	bool writes;
};

struct query_set {
	const struct query *const *queries;
	size_t count;
};

struct statement_row {
	void *row;
	bool found;
};

struct statement_rows {
	void *rows;
	size_t count;
};

/* One row or ERROR_NOT_FOUND; two are ERROR_FAILED. */
NODISCARD bool statement_one(struct tx *, const struct query *, const void *in, void *ret_row, struct error *);

/* One row or none (found is false, row is untouched); two are ERROR_FAILED. */
NODISCARD bool statement_find(
	struct tx *, const struct query *, const void *in, struct statement_row *ret, struct error *);

/* Every row. */
NODISCARD bool statement_many(
	struct tx *, const struct query *, const void *in, struct statement_rows *ret, struct error *);

/* How many rows it changed; ret_changed may be NULL. */
NODISCARD bool statement_exec(struct tx *, const struct query *, const void *in, int64_t *ret_changed, struct error *);

/* For a query made at run time: what this transaction's connection keeps of it goes. */
void statement_forget(struct tx *, const struct query *);

/* Prepares every query, so that a program that doesn't fit its database says so when it starts. */
NODISCARD bool statement_check(struct tx *, const struct query_set *, struct error *);

#endif
