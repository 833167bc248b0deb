/* Rows of PostgreSQL, by COPY in its binary format: about as quick as the server gives and takes them. */
#include <stdlib.h>

#include "db/pack.h"
#include "db/postgresql.h"
#include "db/rows_engine.h"

#define SQL_MOST   ((size_t)16 << 10)
#define SEND_BYTES ((size_t)64 << 10)
#define SIGNATURE  "PGCOPY\n\377\r\n"
#define FRONT      (sizeof SIGNATURE + 8) /* its NUL too; flags, and the length of what may follow */

static struct postgresql_connection *session_of(struct tx *tx)
{
	return postgresql_of(tx->connection);
}

/* Big-endian, as everything there. */
static bool take_number(struct text *rest, size_t bytes, int64_t *ret)
{
	uint64_t n = 0;

	if (rest->len < bytes) return false;
	for (size_t i = 0; i < bytes; i++) n = n << 8 | (unsigned char)rest->ptr[i];
	if (bytes < 8 && n >> (8 * bytes - 1)) n |= UINT64_MAX << (8 * bytes);
	*ret = (int64_t)n;
	*rest = text_slice(*rest, bytes, rest->len);
	return true;
}

static bool read_number(struct rows_reading *r, struct text value)
{
	int64_t n;

	if ((value.len != 8 && value.len != 4 && value.len != 2) || !take_number(&value, value.len, &n)) return false;
	pack_number(&r->block, n);
	return true;
}

static bool read_real(struct rows_reading *r, struct text value)
{
	int64_t bits;
	double real;

	if (value.len != sizeof real || !take_number(&value, sizeof real, &bits)) return false;
	memcpy(&real, &bits, sizeof real);
	pack_real(&r->block, real);
	return true;
}

static bool read_value(struct rows_reading *r, enum column_type type, struct text value)
{
	switch (rows_form(type)) {
	case ROWS_NUMBER: return read_number(r, value);
	case ROWS_REAL: return read_real(r, value);
	case ROWS_TEXT: pack_text(&r->block, value); return true;
	}
	return false;
}

/* One row; *ret_last for what stands behind the last. False where it is not as it should be. */
static bool read_row(struct rows_reading *r, struct text *rest, bool *ret_last)
{
	unsigned char none[ROWS_COLUMNS_MOST / 8 + 1] = {0};
	size_t at = r->block.len, count = r->table->column_count;
	int64_t fields, len;

	if (!take_number(rest, 2, &fields)) return false;
	*ret_last = fields == -1;
	if (*ret_last) return true;
	if (fields != (int64_t)count) return false;
	buffer_bytes(&r->block, none, pack_none_bytes(count));
	for (size_t i = 0; i < count; i++) {
		if (!take_number(rest, 4, &len) || len > (int64_t)rest->len) return false;
		if (len < 0) {
			none[i / 8] |= (unsigned char)(1 << i % 8);
			continue;
		}
		if (!read_value(r, r->table->columns[i].type, text_slice(*rest, 0, (size_t)len))) return false;
		*rest = text_slice(*rest, (size_t)len, rest->len);
	}
	if (!r->block.overflowed) memcpy(r->block.bytes + at, none, pack_none_bytes(count));
	return true;
}

static bool not_understood(struct rows_reading *r)
{
	r->failed = true;
	return error_failed(
		r->err, "the rows of %.*s can't be read: the database gave something else", TEXT_ARG(r->table->name));
}

/* What came at once: the signature before the first row, then whole rows. */
static bool read_rows(struct rows_reading *r, struct text rest, bool *begun)
{
	bool last = false;

	if (!*begun) {
		if (rest.len < FRONT || memcmp(rest.ptr, SIGNATURE, sizeof SIGNATURE) != 0) return not_understood(r);
		rest = text_slice(rest, FRONT, rest.len);
		*begun = true;
	}
	while (rest.len && !last) {
		if (!read_row(r, &rest, &last)) return not_understood(r);
		if (!last && !rows_reading_row(r)) return false;
	}
	return true;
}

/* What is still coming is not wanted: told so, the server stops soon. */
static void call_off(PGconn *session)
{
	PGcancel *cancel = PQgetCancel(session);
	char said[256], *more;

	if (cancel) PQcancel(cancel, said, sizeof said);
	PQfreeCancel(cancel);
	while (PQgetCopyData(session, &more, 0) > 0) PQfreemem(more);
}

/* The server's last word on it. */
static bool finished(struct postgresql_connection *c, struct error *err)
{
	bool done = true;
	PGresult *result;

	while ((result = PQgetResult(c->session))) {
		if (done && PQresultStatus(result) != PGRES_COMMAND_OK) done = postgresql_failed(c, result, err);
		PQclear(result);
	}
	return done;
}

static bool copy_out(struct postgresql_connection *c, struct rows_reading *r)
{
	struct error untold;
	bool begun = false;
	char *bytes;
	int len;

	while ((len = PQgetCopyData(c->session, &bytes, 0)) > 0) {
		bool read = read_rows(r, (struct text){bytes, (size_t)len}, &begun);

		PQfreemem(bytes);
		if (!read) {
			call_off(c->session);
			return finished(c, &untold) && false;
		}
	}
	return finished(c, r->err);
}

static bool begin_copy(struct tx *tx, const char *sql, ExecStatusType expected, struct error *err)
{
	struct postgresql_connection *c = session_of(tx);
	PGresult *result = PQexec(c->session, sql);
	bool begun = PQresultStatus(result) == expected || postgresql_failed(c, result, err);

	PQclear(result);
	return begun;
}

static bool read_table(struct tx *tx, struct rows_reading *r)
{
	const struct rows_table *table = r->table;
	BUFFER_SCOPE sql;

	buffer_init(&sql, SQL_MOST);
	buffer_literal(&sql, "copy (select ");
	rows_columns_sql(&sql, table);
	buffer_printf(
		&sql, " from %.*s order by %.*s) to stdout (format binary)", TEXT_ARG(table->name), TEXT_ARG(table->key));
	return begin_copy(tx, sql.bytes, PGRES_COPY_OUT, r->err) && copy_out(session_of(tx), r);
}

static bool begin(struct rows_load *load, struct error *err)
{
	static const unsigned char nothing[8] = {0};
	BUFFER_SCOPE sql;

	buffer_init(&sql, SQL_MOST);
	buffer_printf(&sql, "copy %.*s (", TEXT_ARG(load->table->name));
	rows_columns_sql(&sql, load->table);
	buffer_literal(&sql, ") from stdin (format binary)");
	if (!begin_copy(load->tx, sql.bytes, PGRES_COPY_IN, err)) return false;
	buffer_bytes(&load->out, SIGNATURE, sizeof SIGNATURE);
	buffer_bytes(&load->out, nothing, sizeof nothing);
	return true;
}

static void put_number(struct buffer *out, size_t bytes, int64_t n)
{
	unsigned char big[8];

	for (size_t i = 0; i < bytes; i++) big[i] = (unsigned char)((uint64_t)n >> 8 * (bytes - 1 - i));
	buffer_bytes(out, big, bytes);
}

static void put_value(struct buffer *out, enum column_type type, const struct rows_value *value)
{
	size_t wide = type == COLUMN_BOOL ? 2 : 8;
	int64_t bits;

	switch (rows_form(type)) {
	case ROWS_NUMBER:
		put_number(out, 4, (int64_t)wide);
		put_number(out, wide, value->number);
		return;
	case ROWS_REAL:
		memcpy(&bits, &value->real, sizeof bits);
		put_number(out, 4, 8);
		put_number(out, 8, bits);
		return;
	case ROWS_TEXT:
		put_number(out, 4, (int64_t)value->text.len);
		buffer_append(out, value->text);
		return;
	}
}

static bool send(struct rows_load *load, struct error *err)
{
	struct postgresql_connection *c = session_of(load->tx);

	if (load->out.overflowed) return error_failed(err, "a row of %.*s is too long", TEXT_ARG(load->table->name));
	if (PQputCopyData(c->session, load->out.bytes, (int)load->out.len) != 1) return postgresql_failed(c, NULL, err);
	buffer_clear(&load->out);
	return true;
}

static bool put_row(struct rows_load *load, const struct rows_value *values, struct error *err)
{
	put_number(&load->out, 2, (int64_t)load->table->column_count);
	for (size_t i = 0; i < load->table->column_count; i++) {
		if (values[i].none)
			put_number(&load->out, 4, -1);
		else
			put_value(&load->out, load->table->columns[i].type, &values[i]);
	}
	return load->out.len < SEND_BYTES || send(load, err);
}

static bool end(struct rows_load *load, struct error *err)
{
	struct postgresql_connection *c = session_of(load->tx);
	bool sent = false;

	put_number(&load->out, 2, -1);
	if (!load->failed) sent = send(load, err);
	if (PQputCopyEnd(c->session, sent ? NULL : "called off") != 1 && sent) sent = postgresql_failed(c, NULL, err);
	return finished(c, err) && sent;
}

const struct rows_engine rows_postgresql = {read_table, begin, put_row, end};
