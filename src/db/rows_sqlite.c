/* Rows of SQLite. A function of ours is given each row's values: half the time of asking for column after column. */
#include "db/pack.h"
#include "db/rows_engine.h"
#include "db/sqlite.h"

#define PACK     "rows_pack"
#define SQL_MOST ((size_t)16 << 10)

static sqlite3 *handle_of(struct tx *tx)
{
	return sqlite_of(tx->connection)->handle;
}

static bool not_as_it_should_be(struct rows_reading *r, size_t column)
{
	r->failed = true;
	return error_failed(r->err, "%.*s.%.*s is not what it should be", TEXT_ARG(r->table->name),
		TEXT_ARG(r->table->columns[column].name));
}

/* There is always room for `after` more values that are no text. */
static bool make_room(struct buffer *out, size_t text, size_t after)
{
	size_t more = text + (1 + after) * PACKED_COUNT_MOST;

	return out->len + more < out->capacity || buffer_grow(out, more);
}

static bool put_text(struct buffer *out, sqlite3_value *value, size_t after)
{
	const void *bytes = sqlite3_value_blob(value);
	size_t len = (size_t)sqlite3_value_bytes(value);
	unsigned char *at;

	if (!make_room(out, len, after)) return false;
	at = pack_count_at((unsigned char *)out->bytes + out->len, len);
	if (len) memcpy(at, bytes, len);
	out->len = (size_t)((char *)at + len - out->bytes);
	return true;
}

static void put_number_value(struct buffer *out, sqlite3_value *value)
{
	unsigned char *at = (unsigned char *)out->bytes + out->len;

	out->len = (size_t)((char *)pack_number_at(at, sqlite3_value_int64(value)) - out->bytes);
}

static void put_real_value(struct buffer *out, sqlite3_value *value)
{
	unsigned char *at = (unsigned char *)out->bytes + out->len;

	out->len = (size_t)((char *)pack_real_at(at, sqlite3_value_double(value)) - out->bytes);
}

/* False where the value is not of the column's form. What finds no room sets the buffer's `overflowed`. */
static bool put_value(struct rows_reading *r, size_t column, int type, sqlite3_value *value)
{
	struct buffer *out = &r->block;

	switch (r->forms[column]) {
	case ROWS_NUMBER:
		if (type != SQLITE_INTEGER) return false;
		put_number_value(out, value);
		return true;
	case ROWS_REAL:
		if (type != SQLITE_FLOAT) return false;
		put_real_value(out, value);
		return true;
	case ROWS_TEXT: break;
	}
	if (type != SQLITE_TEXT && type != SQLITE_BLOB) return false;
	return put_text(out, value, r->table->column_count - column) || out->overflowed;
}

static bool pack_row(struct rows_reading *r, sqlite3_value **values)
{
	unsigned char none[ROWS_COLUMNS_MOST / 8 + 1] = {0};
	size_t at = r->block.len, count = r->table->column_count, bytes = pack_none_bytes(count);

	if (!make_room(&r->block, bytes, count)) return rows_reading_row(r);
	r->block.len += bytes;
	for (size_t i = 0; i < count && !r->block.overflowed; i++) {
		int type = sqlite3_value_type(values[i]);

		if (type == SQLITE_NULL)
			none[i / 8] |= (unsigned char)(1 << i % 8);
		else if (!put_value(r, i, type, values[i]))
			return not_as_it_should_be(r, i);
	}
	memcpy(r->block.bytes + at, none, bytes);
	return rows_reading_row(r);
}

/* As a condition that no row meets: SQLite goes through them all at one step, and hands none on. */
static void pack(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct rows_reading *r = sqlite3_user_data(context);

	(void)count;
	if (pack_row(r, values))
		sqlite3_result_int(context, 0);
	else
		sqlite3_result_error(context, "stopped", -1);
}

/*
 * A table's own number is the order it lies in, so each row is given to the function as it is met. For another key SQLite
 * may sort first and call the function before, so there the rows are asked for and then given.
 */
static void read_sql(struct buffer *sql, const struct rows_reading *r)
{
	const struct rows_table *table = r->table;

	buffer_literal(sql, "select ");
	if (table->own_id) buffer_printf(sql, "1 from %.*s not indexed where ", TEXT_ARG(table->name));
	if (r->range)
		buffer_printf(sql, "%.*s between %lld and %lld and ", TEXT_ARG(table->key), (long long)r->range->first,
			(long long)r->range->last);
	if (table->own_id) buffer_literal(sql, PACK "(");
	rows_columns_sql(sql, table);
	if (table->own_id) buffer_char(sql, ')');
	if (!table->own_id) buffer_printf(sql, " from %.*s", TEXT_ARG(table->name));
	buffer_printf(sql, " order by %.*s", TEXT_ARG(table->key));
}

static int give_row(struct rows_reading *r, sqlite3_stmt *stmt)
{
	sqlite3_value *values[ROWS_COLUMNS_MOST];

	for (size_t i = 0; i < r->table->column_count; i++) values[i] = sqlite3_column_value(stmt, (int)i);
	return pack_row(r, values) ? SQLITE_ROW : SQLITE_ABORT;
}

static int step_through(struct rows_reading *r, sqlite3 *handle, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);

	if (code) return code;
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
		if (!r->table->own_id && (code = give_row(r, stmt)) != SQLITE_ROW) break;
	sqlite3_finalize(stmt);
	return code;
}

static bool read_table(struct tx *tx, struct rows_reading *r)
{
	sqlite3 *handle = handle_of(tx);
	BUFFER_SCOPE sql;
	int code;

	buffer_init(&sql, SQL_MOST);
	read_sql(&sql, r);
	code = sqlite3_create_function_v2(handle, PACK, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, r, pack, NULL, NULL, NULL);
	if (!code) code = step_through(r, handle, sql.bytes);
	if (code != SQLITE_DONE && !r->failed) r->failed = !sqlite_failed(sqlite_of(tx->connection), code, r->err);
	sqlite3_create_function_v2(handle, PACK, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, NULL, NULL, NULL);
	return !r->failed;
}

/* Each end is one look into the table; both at once would be a look at all of it. */
static bool bounds(struct tx *tx, const struct rows_table *table, struct rows_range *ret, struct error *err)
{
	sqlite3_stmt *stmt = NULL;
	BUFFER_SCOPE sql;
	int code;

	buffer_init(&sql, SQL_MOST);
	buffer_printf(&sql, "select (select min(%.*s) from %.*s), (select max(%.*s) from %.*s)", TEXT_ARG(table->key),
		TEXT_ARG(table->name), TEXT_ARG(table->key), TEXT_ARG(table->name));
	code = sqlite3_prepare_v2(handle_of(tx), sql.bytes, -1, &stmt, NULL);
	if (!code) code = sqlite3_step(stmt);
	*ret = (struct rows_range){1, 0};
	if (code == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		*ret = (struct rows_range){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1)};
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW || sqlite_failed(sqlite_of(tx->connection), code, err);
}

static bool begin(struct rows_load *load, struct error *err)
{
	sqlite3_stmt *stmt = NULL;
	BUFFER_SCOPE sql;
	int code;

	buffer_init(&sql, SQL_MOST);
	buffer_printf(&sql, "insert into %.*s (", TEXT_ARG(load->table->name));
	rows_columns_sql(&sql, load->table);
	buffer_literal(&sql, ") values (?");
	for (size_t i = 1; i < load->table->column_count; i++) buffer_literal(&sql, ", ?");
	buffer_char(&sql, ')');
	code = sqlite3_prepare_v2(handle_of(load->tx), sql.bytes, -1, &stmt, NULL);
	if (code) return sqlite_failed(sqlite_of(load->tx->connection), code, err);
	load->statement = stmt;
	return true;
}

static int bind(sqlite3_stmt *stmt, int at, enum column_type type, const struct rows_value *value)
{
	if (value->none) return sqlite3_bind_null(stmt, at);
	switch (rows_form(type)) {
	case ROWS_NUMBER: return sqlite3_bind_int64(stmt, at, value->number);
	case ROWS_REAL: return sqlite3_bind_double(stmt, at, value->real);
	case ROWS_TEXT: break;
	}
	if (type == COLUMN_BYTES) return sqlite3_bind_blob64(stmt, at, value->text.ptr, value->text.len, SQLITE_STATIC);
	return sqlite3_bind_text64(stmt, at, value->text.ptr, value->text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static bool put_row(struct rows_load *load, const struct rows_value *values, struct error *err)
{
	sqlite3_stmt *stmt = load->statement;
	int code = SQLITE_OK;

	for (size_t i = 0; i < load->table->column_count && !code; i++)
		code = bind(stmt, (int)i + 1, load->table->columns[i].type, &values[i]);
	if (!code) code = sqlite3_step(stmt);
	if (code != SQLITE_DONE) sqlite_failed(sqlite_of(load->tx->connection), code, err);
	sqlite3_reset(stmt);
	return code == SQLITE_DONE;
}

static bool end(struct rows_load *load, struct error *err)
{
	(void)err;
	sqlite3_finalize(load->statement);
	return true;
}

const struct rows_engine rows_sqlite = {read_table, begin, put_row, end, bounds};
