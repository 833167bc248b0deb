/* Output: what the emitting files share. */
#ifndef SQLC_OUTPUT_H
#define SQLC_OUTPUT_H

#include "sqlc/sqlc.h"

#define OUTPUT_BYTES ((size_t)64 << 20)

/* Writes the file only where it differs, so that nothing is compiled again for nothing. */
void output_write(struct sqlc *, struct buffer *, struct text file_name);

/* A C string literal, a line of source for a line of text. */
void output_literal(struct buffer *, struct text);

/* A query's SQL for PostgreSQL: each $name as $1, $2 ... by its place among the parameters. */
struct text output_numbered(struct sqlc *, const struct query *);

/* The head of an include guard. */
void output_guard(struct buffer *, struct text noun);

#endif
