#include "db/gather.h"

#include <stdlib.h>

#define ROWS_LEAST ((size_t)4096)

void gather_begin(struct tx *tx)
{
	tx->connection->gathered.count = 0;
}

static bool grow(struct gathered *g, size_t needed)
{
	size_t bytes = g->bytes ? g->bytes : ROWS_LEAST;
	char *rows;

	while (bytes < needed) bytes *= 2;
	rows = realloc(g->rows, bytes);
	if (!rows) return false;
	g->rows = rows;
	g->bytes = bytes;
	return true;
}

void *gather_row(struct tx *tx, const struct query *query, struct error *err)
{
	struct gathered *g = &tx->connection->gathered;
	size_t size = query->row->size, needed = (g->count + 1) * size;

	if (needed > arena_room(tx->arena) / 2) {
		error_too_large(err, "this is more than can be held at once");
		error_hint(err, "Ask for a part of it.");
		return NULL;
	}
	if (needed > g->bytes && !grow(g, needed)) {
		error_failed(err, "the database failed: out of memory");
		return NULL;
	}
	g->count++;
	return memset(g->rows + needed - size, 0, size);
}

struct statement_rows gather_end(struct tx *tx, const struct query *query)
{
	const struct gathered *g = &tx->connection->gathered;
	struct statement_rows all = {.rows = arena_array(tx->arena, g->count, query->row->size), .count = g->count};

	if (g->count) memcpy(all.rows, g->rows, g->count * query->row->size);
	return all;
}
