#include "db/statement.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/fault.h"
#include "base/instant.h"
#include "db/connection.h"

#define KEPT_LEAST 64
#define ROWS_LEAST ((size_t)4096)

/* A query on its way: prepared, bound, stepped. */
struct run {
	struct tx *tx;
	const struct query *query;
	sqlite3_stmt *stmt;
	struct error *err;
	bool gives_id;
};

static bool failed(struct run *r, int code)
{
	struct tx *tx = r->tx;

	tx->conflict = connection_conflict(code);
	connection_failed(tx->connection, code, r->err);
	if (r->stmt) sqlite3_reset(r->stmt);
	return false;
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

#define RETURNING_ID "returning id"

/*
 * Where "returning id" begins at the end of an insertion; else -1, for all of it. In SQLite returning costs a table of
 * its own each time; what it would tell is the connection's latest row id.
 */
static int before_returning(const struct query *query)
{
	struct text sql = text_of(query->sql);

	if (!text_starts(sql, TEXT("insert into ")) || !text_ends(sql, TEXT(RETURNING_ID))) return -1;
	if (strstr(query->sql, "on conflict")) return -1;
	return (int)(sql.len - strlen(RETURNING_ID));
}

static int prepare_anew(struct connection *c, const struct query *query, sqlite3_stmt **ret)
{
	if (fault_now(FAULT_AT_PREPARE)) return SQLITE_NOMEM;
	return sqlite3_prepare_v3(c->handle, query->sql, before_returning(query), SQLITE_PREPARE_PERSISTENT, ret, NULL);
}

/* Two sets of queries may meet on one connection (migrate's own and the hub's): the latest user keeps the place. */
static bool prepare(struct run *r)
{
	struct connection *c = r->tx->connection;
	struct kept_statement *kept;
	int code;

	if (!room_for(c, r->query->index)) return error_failed(r->err, "out of memory");
	kept = &c->kept[r->query->index];
	if (kept->query != r->query) {
		sqlite3_finalize(kept->stmt);
		*kept = (struct kept_statement){0};
		code = prepare_anew(c, r->query, &kept->stmt);
		if (code) return failed(r, code);
		kept->query = r->query;
		kept->gives_id = before_returning(r->query) >= 0;
	}
	r->stmt = kept->stmt;
	r->gives_id = kept->gives_id;
	return true;
}

static int step(struct run *r)
{
	return fault_now(FAULT_AT_STEP) ? SQLITE_NOMEM : sqlite3_step(r->stmt);
}

static int bind_number(sqlite3_stmt *stmt, int at, const void *value, int64_t none)
{
	int64_t n;

	memcpy(&n, value, sizeof n);
	return n == none ? sqlite3_bind_null(stmt, at) : sqlite3_bind_int64(stmt, at, n);
}

static int bind_text(sqlite3_stmt *stmt, int at, struct text t)
{
	if (text_none(t)) return sqlite3_bind_null(stmt, at);
	return sqlite3_bind_text64(stmt, at, t.ptr, t.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_bytes(sqlite3_stmt *stmt, int at, struct text t)
{
	if (text_none(t)) return sqlite3_bind_null(stmt, at);
	return sqlite3_bind_blob64(stmt, at, t.ptr, t.len, SQLITE_STATIC);
}

static int bind_real(sqlite3_stmt *stmt, int at, double value)
{
	return isnan(value) ? sqlite3_bind_null(stmt, at) : sqlite3_bind_double(stmt, at, value);
}

static int bind_value(struct run *r, int at, const struct column *column, const void *value)
{
	switch (column->type) {
	case COLUMN_ID: return bind_number(r->stmt, at, value, 0);
	case COLUMN_INT: return bind_number(r->stmt, at, value, INT_NONE);
	case COLUMN_INSTANT: return bind_number(r->stmt, at, value, INSTANT_NONE);
	case COLUMN_DAY: return bind_text(r->stmt, at, day_iso(r->tx->arena, *(const day *)value));
	case COLUMN_TEXT: return bind_text(r->stmt, at, *(const struct text *)value);
	case COLUMN_BOOL: return sqlite3_bind_int(r->stmt, at, *(const bool *)value);
	case COLUMN_REAL: return bind_real(r->stmt, at, *(const double *)value);
	case COLUMN_BYTES: return bind_bytes(r->stmt, at, *(const struct text *)value);
	}
	return SQLITE_MISUSE;
}

/* Bound values are borrowed from `in`, which outlives the steps; every parameter is bound anew each time. */
static bool start(struct run *r, const void *in)
{
	assert(r->tx->writes || !r->query->writes);
	r->tx->conflict = DB_CONFLICT_NONE;
	if (!prepare(r)) return false;
	for (size_t i = 0; i < r->query->parameter_count; i++) {
		const struct column *column = &r->query->parameters[i];
		int code = bind_value(r, (int)i + 1, column, (const char *)in + column->offset);

		if (code) return failed(r, code);
	}
	return true;
}

static int64_t read_number(sqlite3_stmt *stmt, int at, int64_t none)
{
	return sqlite3_column_type(stmt, at) == SQLITE_NULL ? none : sqlite3_column_int64(stmt, at);
}

static struct text read_text(struct run *r, int at)
{
	const char *ptr;

	if (sqlite3_column_type(r->stmt, at) == SQLITE_NULL) return TEXT_NONE;
	ptr = (const char *)sqlite3_column_text(r->stmt, at);
	return arena_text(r->tx->arena, (struct text){ptr ? ptr : "", (size_t)sqlite3_column_bytes(r->stmt, at)});
}

static struct text read_bytes(struct run *r, int at)
{
	const char *ptr;

	if (sqlite3_column_type(r->stmt, at) == SQLITE_NULL) return TEXT_NONE;
	ptr = sqlite3_column_blob(r->stmt, at);
	return arena_text(r->tx->arena, (struct text){ptr ? ptr : "", (size_t)sqlite3_column_bytes(r->stmt, at)});
}

static double read_real(sqlite3_stmt *stmt, int at)
{
	return sqlite3_column_type(stmt, at) == SQLITE_NULL ? NAN : sqlite3_column_double(stmt, at);
}

static bool read_day(struct run *r, int at, day *into)
{
	struct text iso;

	*into = DAY_NONE;
	if (sqlite3_column_type(r->stmt, at) == SQLITE_NULL) return true;
	iso = (struct text){(const char *)sqlite3_column_text(r->stmt, at), (size_t)sqlite3_column_bytes(r->stmt, at)};
	return day_parse(iso, into);
}

static bool read_value(struct run *r, int at, enum column_type type, void *into)
{
	switch (type) {
	case COLUMN_ID: *(int64_t *)into = read_number(r->stmt, at, 0); return true;
	case COLUMN_INT: *(int64_t *)into = read_number(r->stmt, at, INT_NONE); return true;
	case COLUMN_INSTANT: *(instant *)into = read_number(r->stmt, at, INSTANT_NONE); return true;
	case COLUMN_DAY: return read_day(r, at, into);
	case COLUMN_TEXT: *(struct text *)into = read_text(r, at); return true;
	case COLUMN_BOOL: *(bool *)into = sqlite3_column_int(r->stmt, at) != 0; return true;
	case COLUMN_REAL: *(double *)into = read_real(r->stmt, at); return true;
	case COLUMN_BYTES: *(struct text *)into = read_bytes(r, at); return true;
	}
	return false;
}

static bool read_row(struct run *r, void *into)
{
	const struct record_type *record = r->query->row;

	for (size_t i = 0; i < record->column_count; i++) {
		const struct column *column = &record->columns[i];

		if (read_value(r, (int)i, column->type, (char *)into + column->offset)) continue;
		sqlite3_reset(r->stmt);
		return error_failed(r->err, "%s: %s is not what it should be", r->query->name, column->name);
	}
	return true;
}

/* Steps past the last row, which is also when a write is done. */
static bool finish(struct run *r)
{
	int code = step(r);

	if (code == SQLITE_ROW) {
		sqlite3_reset(r->stmt);
		return error_failed(r->err, "%s gave more than one row", r->query->name);
	}
	if (code != SQLITE_DONE) return failed(r, code);
	sqlite3_reset(r->stmt);
	return true;
}

/* What "returning id" would have told. */
static bool find_id(struct run *r, struct statement_row *ret)
{
	sqlite3 *handle = r->tx->connection->handle;
	int64_t id;

	if (!finish(r)) return false;
	ret->found = sqlite3_changes64(handle) == 1;
	id = sqlite3_last_insert_rowid(handle);
	if (ret->found) memcpy((char *)ret->row + r->query->row->columns[0].offset, &id, sizeof id);
	return true;
}

bool statement_find(
	struct tx *tx, const struct query *query, const void *in, struct statement_row *ret, struct error *err)
{
	struct run r = {.tx = tx, .query = query, .err = err};
	int code;

	if (!start(&r, in)) return false;
	if (r.gives_id) return find_id(&r, ret);
	code = step(&r);
	ret->found = code == SQLITE_ROW;
	if (ret->found) return read_row(&r, ret->row) && finish(&r);
	if (code != SQLITE_DONE) return failed(&r, code);
	sqlite3_reset(r.stmt);
	return true;
}

bool statement_one(struct tx *tx, const struct query *query, const void *in, void *ret_row, struct error *err)
{
	struct statement_row one = {.row = ret_row};

	if (!statement_find(tx, query, in, &one, err)) return false;
	return one.found || error_not_found(err, "not found");
}

/* Where row number `count` gathers; NULL: no memory. */
static void *row_place(struct connection *c, size_t count, size_t size)
{
	size_t needed = (count + 1) * size, bytes = c->rows_bytes ? c->rows_bytes : ROWS_LEAST;
	char *rows;

	if (needed <= c->rows_bytes) return c->rows + count * size;
	while (bytes < needed) bytes *= 2;
	rows = realloc(c->rows, bytes);
	if (!rows) return NULL;
	c->rows = rows;
	c->rows_bytes = bytes;
	return rows + count * size;
}

static bool gather(struct run *r, size_t *count)
{
	size_t size = r->query->row->size;
	int code;

	for (*count = 0; (code = step(r)) == SQLITE_ROW; ++*count) {
		void *place = row_place(r->tx->connection, *count, size);

		if (!place) return failed(r, SQLITE_NOMEM);
		memset(place, 0, size);
		if (!read_row(r, place)) return false;
	}
	if (code != SQLITE_DONE) return failed(r, code);
	sqlite3_reset(r->stmt);
	return true;
}

bool statement_many(
	struct tx *tx, const struct query *query, const void *in, struct statement_rows *ret, struct error *err)
{
	struct run r = {.tx = tx, .query = query, .err = err};
	size_t count;

	if (!start(&r, in) || !gather(&r, &count)) return false;
	*ret = (struct statement_rows){.rows = arena_array(tx->arena, count, query->row->size), .count = count};
	if (count) memcpy(ret->rows, tx->connection->rows, count * query->row->size);
	return true;
}

bool statement_exec(struct tx *tx, const struct query *query, const void *in, int64_t *ret_changed, struct error *err)
{
	struct run r = {.tx = tx, .query = query, .err = err};

	if (!start(&r, in) || !finish(&r)) return false;
	if (ret_changed) *ret_changed = sqlite3_changes64(tx->connection->handle);
	return true;
}

bool statement_check(struct tx *tx, const struct query_set *set, struct error *err)
{
	for (size_t i = 0; i < set->count; i++) {
		struct run r = {.tx = tx, .query = set->queries[i], .err = err};

		if (!prepare(&r)) return false;
	}
	return true;
}
