/*
 * Gather: a list on its way from the engine, row by row, then copied once into the arena of its transaction.
 *
 * A list that the arena can't hold together with what is made of it is refused: it doesn't end the program, and on neither
 * engine does more of it stand in memory than that. One list at a time on a connection.
 */
#ifndef DB_GATHER_H
#define DB_GATHER_H

#include "db/connection.h"

void gather_begin(struct tx *);

/* The place of the next row, zeroed; NULL says why there is none. */
void *gather_row(struct tx *, const struct query *, struct error *);

struct statement_rows gather_end(struct tx *, const struct query *);

#endif
