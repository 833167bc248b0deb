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

static bool as_it_should_be(enum rows_form form, int type)
{
	switch (form) {
	case ROWS_NUMBER: return type == SQLITE_INTEGER;
	case ROWS_REAL: return type == SQLITE_FLOAT;
	case ROWS_TEXT: return type == SQLITE_TEXT || type == SQLITE_BLOB;
	}
	return false;
}

static void add_text(struct buffer *out, sqlite3_value *value)
{
	const char *bytes = sqlite3_value_blob(value);

	pack_text(out, (struct text){bytes ? bytes : "", (size_t)sqlite3_value_bytes(value)});
}

static void add_value(struct buffer *out, enum rows_form form, sqlite3_value *value)
{
	switch (form) {
	case ROWS_NUMBER: pack_number(out, sqlite3_value_int64(value)); break;
	case ROWS_REAL: pack_real(out, sqlite3_value_double(value)); break;
	case ROWS_TEXT: add_text(out, value); break;
	}
}

static bool pack_row(struct rows_reading *r, sqlite3_value **values)
{
	const struct rows_table *table = r->table;
	size_t at = r->block.len;
	unsigned char none[ROWS_COLUMNS_MOST / 8 + 1] = {0};

	buffer_bytes(&r->block, none, pack_none_bytes(table->column_count));
	for (size_t i = 0; i < table->column_count; i++) {
		int type = sqlite3_value_type(values[i]);
		enum rows_form form = rows_form(table->columns[i].type);

		if (type == SQLITE_NULL)
			none[i / 8] |= (unsigned char)(1 << i % 8);
		else if (as_it_should_be(form, type))
			add_value(&r->block, form, values[i]);
		else
			return !(r->failed = !error_failed(r->err, "%.*s.%.*s is not what it should be", TEXT_ARG(table->name),
						 TEXT_ARG(table->columns[i].name)));
	}
	if (!r->block.overflowed) memcpy(r->block.bytes + at, none, pack_none_bytes(table->column_count));
	return rows_reading_row(r);
}

static void pack(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct rows_reading *r = sqlite3_user_data(context);

	(void)count;
	if (!pack_row(r, values)) sqlite3_result_error(context, "stopped", -1);
}

/*
 * A table's own number is the order it lies in, so each row is given to the function as it is met. For another key SQLite
 * may sort first and call the function before, so there the rows are asked for and then given.
 */
static void read_sql(struct buffer *sql, const struct rows_table *table)
{
	buffer_literal(sql, "select ");
	if (table->own_id) buffer_literal(sql, PACK "(");
	rows_columns_sql(sql, table);
	if (table->own_id) buffer_char(sql, ')');
	buffer_printf(sql, " from %.*s order by %.*s", TEXT_ARG(table->name), TEXT_ARG(table->key));
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

static bool read_table(struct tx *tx, const struct rows_table *table, rows_take *take, void *context, struct error *err)
{
	sqlite3 *handle = handle_of(tx);
	struct rows_reading r;
	BUFFER_SCOPE sql;
	int code;

	buffer_init(&sql, SQL_MOST);
	read_sql(&sql, table);
	rows_reading_init(&r, table, take, context, err);
	code = sqlite3_create_function_v2(handle, PACK, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, &r, pack, NULL, NULL, NULL);
	if (!code) code = step_through(&r, handle, sql.bytes);
	if (code != SQLITE_DONE && !r.failed) r.failed = !sqlite_failed(sqlite_of(tx->connection), code, err);
	sqlite3_create_function_v2(handle, PACK, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, NULL, NULL, NULL);
	return rows_reading_end(&r);
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

const struct rows_engine rows_sqlite = {read_table, begin, put_row, end};
