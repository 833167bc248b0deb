#include "db/statement.h"

#include <assert.h>
#include <stdlib.h>

#include "db/connection.h"

static const struct engine *engine_for(struct tx *tx, const struct query *query)
{
	assert(tx->writes || !query->writes);
	tx->conflict = DB_CONFLICT_NONE;
	return tx->connection->engine;
}

bool statement_find(
	struct tx *tx, const struct query *query, const void *in, struct statement_row *ret, struct error *err)
{
	return engine_for(tx, query)->find(tx, query, in, ret, err);
}

bool statement_one(struct tx *tx, const struct query *query, const void *in, void *ret_row, struct error *err)
{
	struct statement_row one = {.row = ret_row};

	if (!statement_find(tx, query, in, &one, err)) return false;
	return one.found || error_not_found(err, "not found");
}

bool statement_many(
	struct tx *tx, const struct query *query, const void *in, struct statement_rows *ret, struct error *err)
{
	return engine_for(tx, query)->many(tx, query, in, ret, err);
}

bool statement_exec(struct tx *tx, const struct query *query, const void *in, int64_t *ret_changed, struct error *err)
{
	return engine_for(tx, query)->exec(tx, query, in, ret_changed, err);
}

bool statement_check(struct tx *tx, const struct query_set *set, struct error *err)
{
	for (size_t i = 0; i < set->count; i++)
		if (!tx->connection->engine->prepare(tx, set->queries[i], err)) return false;
	return true;
}

void statement_forget(struct tx *tx, const struct query *query)
{
	struct connection *c = tx->connection;
	struct kept_statement *kept;

	if (query->index >= c->kept_count) return;
	kept = &c->kept[query->index];
	if (kept->query != query) return;
	c->engine->forget(c, kept);
	*kept = (struct kept_statement){0};
}
