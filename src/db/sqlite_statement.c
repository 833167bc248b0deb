#include <stdlib.h>

#include "base/fault.h"
#include "base/instant.h"
#include "db/gather.h"
#include "db/sqlite.h"

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

	tx->conflict = sqlite_conflict(code);
	sqlite_failed(sqlite_of(tx->connection), code, r->err);
	if (r->stmt) sqlite3_reset(r->stmt);
	return false;
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

static int prepare_anew(struct run *r, int length)
{
	if (fault_now(FAULT_AT_PREPARE)) return SQLITE_NOMEM;
	return sqlite3_prepare_v3(
		sqlite_of(r->tx->connection)->handle, r->query->sql, length, SQLITE_PREPARE_PERSISTENT, &r->stmt, NULL);
}

static bool prepare(struct run *r)
{
	struct kept_statement *kept = connection_kept(r->tx->connection, r->query);
	int length, code;

	if (!kept) return error_failed(r->err, "out of memory");
	if (!kept->query) {
		length = before_returning(r->query);
		code = prepare_anew(r, length);
		if (code) return failed(r, code);
		*kept = (struct kept_statement){.query = r->query, .prepared = r->stmt, .gives_id = length >= 0};
	}
	r->stmt = kept->prepared;
	r->gives_id = kept->gives_id;
	return true;
}

static int step(struct run *r)
{
	return fault_now(FAULT_AT_STEP) ? SQLITE_NOMEM : sqlite3_step(r->stmt);
}

void sqlite_forget(struct connection *c, struct kept_statement *kept)
{
	(void)c;
	sqlite3_finalize(kept->prepared);
}

bool sqlite_prepare(struct tx *tx, const struct query *query, struct error *err)
{
	struct run r = {.tx = tx, .query = query, .err = err};

	return prepare(&r);
}

static int bind_text(sqlite3_stmt *stmt, int at, struct text t)
{
	return sqlite3_bind_text64(stmt, at, t.ptr, t.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_bytes(sqlite3_stmt *stmt, int at, struct text t)
{
	return sqlite3_bind_blob64(stmt, at, t.ptr, t.len, SQLITE_STATIC);
}

static int bind_value(struct run *r, int at, enum column_type type, const void *value)
{
	if (value_is_none(type, value)) return sqlite3_bind_null(r->stmt, at);
	switch (type) {
	case COLUMN_ID:
	case COLUMN_INT:
	case COLUMN_INSTANT: return sqlite3_bind_int64(r->stmt, at, *(const int64_t *)value);
	case COLUMN_DAY: return bind_text(r->stmt, at, day_iso(r->tx->arena, *(const day *)value));
	case COLUMN_TEXT: return bind_text(r->stmt, at, *(const struct text *)value);
	case COLUMN_BOOL: return sqlite3_bind_int(r->stmt, at, *(const bool *)value);
	case COLUMN_REAL: return sqlite3_bind_double(r->stmt, at, *(const double *)value);
	case COLUMN_BYTES: return bind_bytes(r->stmt, at, *(const struct text *)value);
	}
	return SQLITE_MISUSE;
}

/* Bound values are borrowed from `in`, which outlives the steps; every parameter is bound anew each time. */
static bool start(struct run *r, const void *in)
{
	if (!prepare(r)) return false;
	for (size_t i = 0; i < r->query->parameter_count; i++) {
		const struct column *column = &r->query->parameters[i];
		int code = bind_value(r, (int)i + 1, column->type, (const char *)in + column->offset);

		if (code) return failed(r, code);
	}
	return true;
}

static struct text read_text(struct run *r, int at)
{
	const char *ptr = (const char *)sqlite3_column_text(r->stmt, at);

	return arena_text(r->tx->arena, (struct text){ptr ? ptr : "", (size_t)sqlite3_column_bytes(r->stmt, at)});
}

static struct text read_bytes(struct run *r, int at)
{
	const char *ptr = sqlite3_column_blob(r->stmt, at);

	return arena_text(r->tx->arena, (struct text){ptr ? ptr : "", (size_t)sqlite3_column_bytes(r->stmt, at)});
}

static bool read_day(struct run *r, int at, day *into)
{
	const char *ptr = (const char *)sqlite3_column_text(r->stmt, at);

	return day_parse((struct text){ptr, (size_t)sqlite3_column_bytes(r->stmt, at)}, into);
}

static bool read_value(struct run *r, int at, enum column_type type, void *into)
{
	if (sqlite3_column_type(r->stmt, at) == SQLITE_NULL) {
		value_set_none(type, into);
		return true;
	}
	switch (type) {
	case COLUMN_ID:
	case COLUMN_INT:
	case COLUMN_INSTANT: *(int64_t *)into = sqlite3_column_int64(r->stmt, at); return true;
	case COLUMN_DAY: return read_day(r, at, into);
	case COLUMN_TEXT: *(struct text *)into = read_text(r, at); return true;
	case COLUMN_BOOL: *(bool *)into = sqlite3_column_int(r->stmt, at) != 0; return true;
	case COLUMN_REAL: *(double *)into = sqlite3_column_double(r->stmt, at); return true;
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
		return failed_not_what_it_is(r->err, r->query, column);
	}
	return true;
}

/* Steps past the last row, which is also when a write is done. */
static bool finish(struct run *r)
{
	int code = step(r);

	if (code == SQLITE_ROW) {
		sqlite3_reset(r->stmt);
		return failed_more_than_one(r->err, r->query);
	}
	if (code != SQLITE_DONE) return failed(r, code);
	sqlite3_reset(r->stmt);
	return true;
}

/* What "returning id" would have told. */
static bool find_id(struct run *r, struct statement_row *ret)
{
	sqlite3 *handle = sqlite_of(r->tx->connection)->handle;
	int64_t id;

	if (!finish(r)) return false;
	ret->found = sqlite3_changes64(handle) == 1;
	id = sqlite3_last_insert_rowid(handle);
	if (ret->found) memcpy((char *)ret->row + r->query->row->columns[0].offset, &id, sizeof id);
	return true;
}

bool sqlite_find(struct tx *tx, const struct query *query, const void *in, struct statement_row *ret, struct error *err)
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

static bool gather(struct run *r)
{
	void *place;
	int code;

	gather_begin(r->tx);
	while ((code = step(r)) == SQLITE_ROW) {
		place = gather_row(r->tx, r->query, r->err);
		if (place && read_row(r, place)) continue;
		sqlite3_reset(r->stmt);
		return false;
	}
	if (code != SQLITE_DONE) return failed(r, code);
	sqlite3_reset(r->stmt);
	return true;
}

bool sqlite_many(
	struct tx *tx, const struct query *query, const void *in, struct statement_rows *ret, struct error *err)
{
	struct run r = {.tx = tx, .query = query, .err = err};

	if (!start(&r, in) || !gather(&r)) return false;
	*ret = gather_end(tx, query);
	return true;
}

bool sqlite_exec_query(
	struct tx *tx, const struct query *query, const void *in, int64_t *ret_changed, struct error *err)
{
	struct run r = {.tx = tx, .query = query, .err = err};

	if (!start(&r, in) || !finish(&r)) return false;
	if (ret_changed) *ret_changed = sqlite3_changes64(sqlite_of(tx->connection)->handle);
	return true;
}
