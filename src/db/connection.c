#include "db/connection.h"

#include <math.h>
#include <stdlib.h>

#include "base/instant.h"
#include "base/log.h"

#define KEPT_LEAST 64

void place_init(struct place *place, const struct engine *engine, char *where, void (*stop)(const char *why))
{
	*place = (struct place){.engine = engine, .where = where, .stop = stop};
	pthread_mutex_init(&place->mutex, NULL);
}

void place_release(struct place *place)
{
	pthread_mutex_destroy(&place->mutex);
	free(place->where);
}

void connection_init(struct connection *c, const struct place *place)
{
	c->engine = place->engine;
	c->stop = place->stop;
}

void connection_release(struct connection *c)
{
	for (size_t i = 0; i < c->kept_count; i++)
		if (c->kept[i].query) c->engine->forget(c, &c->kept[i]);
	free(c->kept);
	free(c->gathered.rows);
	c->kept = NULL;
	c->kept_count = 0;
}

void connection_close(struct connection *c)
{
	c->engine->close(c);
}

static bool room_for(struct connection *c, size_t index)
{
	size_t count = c->kept_count ? c->kept_count : KEPT_LEAST;
	struct kept_statement *kept;

	if (index < c->kept_count) return true;
	while (count <= index) count *= 2;
	kept = realloc(c->kept, count * sizeof *kept);
	if (!kept) return false;
	memset(kept + c->kept_count, 0, (count - c->kept_count) * sizeof *kept);
	c->kept = kept;
	c->kept_count = count;
	return true;
}

/* Two sets of queries may meet on one connection (migrate's own and the hub's): the latest user keeps the place. */
struct kept_statement *connection_kept(struct connection *c, const struct query *query)
{
	struct kept_statement *kept;

	if (!room_for(c, query->index)) return NULL;
	kept = &c->kept[query->index];
	if (kept->query == query) return kept;
	if (kept->query) c->engine->forget(c, kept);
	*kept = (struct kept_statement){0};
	return kept;
}

bool value_is_none(enum column_type type, const void *value)
{
	switch (type) {
	case COLUMN_ID: return *(const int64_t *)value == 0;
	case COLUMN_INT: return *(const int64_t *)value == INT_NONE;
	case COLUMN_INSTANT: return *(const instant *)value == INSTANT_NONE;
	case COLUMN_DAY: return *(const day *)value == DAY_NONE;
	case COLUMN_TEXT:
	case COLUMN_BYTES: return text_none(*(const struct text *)value);
	case COLUMN_BOOL: return false;
	case COLUMN_REAL: return isnan(*(const double *)value);
	}
	return true;
}

void value_set_none(enum column_type type, void *into)
{
	switch (type) {
	case COLUMN_ID: *(int64_t *)into = 0; break;
	case COLUMN_INT: *(int64_t *)into = INT_NONE; break;
	case COLUMN_INSTANT: *(instant *)into = INSTANT_NONE; break;
	case COLUMN_DAY: *(day *)into = DAY_NONE; break;
	case COLUMN_TEXT:
	case COLUMN_BYTES: *(struct text *)into = TEXT_NONE; break;
	case COLUMN_BOOL: *(bool *)into = false; break;
	case COLUMN_REAL: *(double *)into = NAN; break;
	}
}

bool refused_unique(struct error *err, struct text columns)
{
	return error_refused(err, "it is there already (%.*s)", TEXT_ARG(columns));
}

bool refused_reference(struct error *err)
{
	return error_refused(err, "it refers to something that is not there");
}

bool refused_disk_full(struct error *err, const char *why)
{
	log_event(LOG_ERROR, "database_full", LOG_TEXT("why", why));
	error_busy(err, "not saved: the disk is full");
	return error_hint(err, "Nothing was changed. Send it again when there is room.");
}

bool refused_read_only(struct error *err, const char *why)
{
	log_event(LOG_ERROR, "database_read_only", LOG_TEXT("why", why));
	error_busy(err, "not saved: the database can only be read");
	return error_hint(err, "Nothing was changed. Send it again when it can be written.");
}

bool failed_more_than_one(struct error *err, const struct query *query)
{
	return error_failed(err, "%s gave more than one row", query->name);
}

bool failed_not_what_it_is(struct error *err, const struct query *query, const struct column *column)
{
	return error_failed(err, "%s: %s is not what it should be", query->name, column->name);
}

bool tx_exec_script(struct tx *tx, const char *sql, struct error *err)
{
	return tx->connection->engine->script(tx->connection, sql, err);
}
