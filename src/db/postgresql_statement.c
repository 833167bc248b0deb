#include <endian.h>

#include "base/fault.h"
#include "base/instant.h"
#include "db/gather.h"
#include "db/postgresql.h"

#define PARAMETERS_MOST 128
#define NAME_BYTES      16
#define SENT_MOST       256 /* without waiting: their answers fit into what the socket holds */

/* PostgreSQL's own numbers for its types, which do not change. */
enum oid {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701,
	OID_NUMERIC = 1700,
};

static const Oid oids[] = {
	[COLUMN_ID] = OID_INT8,
	[COLUMN_INT] = OID_INT8,
	[COLUMN_INSTANT] = OID_INT8,
	[COLUMN_DAY] = OID_TEXT,
	[COLUMN_TEXT] = OID_TEXT,
	[COLUMN_BOOL] = OID_INT2,
	[COLUMN_REAL] = OID_FLOAT8,
	[COLUMN_BYTES] = OID_BYTEA,
};

/* A query on its way. Everything goes and comes in PostgreSQL's binary form. */
struct run {
	struct tx *tx;
	const struct query *query;
	struct postgresql_connection *connection;
	struct error *err;
	char name[NAME_BYTES];
};

/* What is bound: numbers in the order of the net, text where it stands. */
struct bound {
	const char *values[PARAMETERS_MOST];
	int lengths[PARAMETERS_MOST];
	int formats[PARAMETERS_MOST];
	uint64_t numbers[PARAMETERS_MOST];
};

static struct run run_of(struct tx *tx, const struct query *query, struct error *err)
{
	return (struct run){.tx = tx, .query = query, .connection = postgresql_of(tx->connection), .err = err};
}

static bool prepare_named(struct run *r)
{
	const struct query *query = r->query;
	Oid types[PARAMETERS_MOST];
	PGresult *result;
	bool done;

	if (fault_now(FAULT_AT_PREPARE)) return error_failed(r->err, "the database failed: out of memory");
	for (size_t i = 0; i < query->parameter_count; i++) types[i] = oids[query->parameters[i].type];
	result = PQprepare(r->connection->session, r->name, query->sql_postgresql ? query->sql_postgresql : query->sql,
		(int)query->parameter_count, types);
	done = PQresultStatus(result) == PGRES_COMMAND_OK || postgresql_failed(r->connection, result, r->err);
	PQclear(result);
	return done;
}

/* Reads the answers of all that was sent. The last one's is *ret_last where it is asked for: PQclear it, whatever came. */
static bool collect(struct postgresql_connection *c, PGresult **ret_last, struct error *err)
{
	bool done = true, over = false;
	PGresult *result;

	c->waiting = 0;
	if (!PQpipelineSync(c->session)) return postgresql_failed(c, NULL, err);
	while (!over) {
		result = PQgetResult(c->session); /* NULL between two statements */
		over = result ? PQresultStatus(result) == PGRES_PIPELINE_SYNC : PQstatus(c->session) != CONNECTION_OK;
		if (result && PQresultStatus(result) == PGRES_FATAL_ERROR && done) done = postgresql_failed(c, result, err);
		if (ret_last && result && !over) {
			PQclear(*ret_last);
			*ret_last = result;
		} else {
			PQclear(result);
		}
	}
	if (!PQexitPipelineMode(c->session)) return postgresql_failed(c, NULL, err);
	return done;
}

bool postgresql_answers(struct postgresql_connection *c, struct error *err)
{
	return !c->waiting || collect(c, NULL, err);
}

static int send_named(struct run *r, const struct bound *bound)
{
	return PQsendQueryPrepared(r->connection->session, r->name, (int)r->query->parameter_count, bound->values,
		bound->lengths, bound->formats, 1);
}

/* The first of several that are sent on without waiting puts the session into libpq's pipeline mode. */
static bool send_on(struct run *r, const struct bound *bound)
{
	struct postgresql_connection *c = r->connection;
	int sent = 0;

	if (c->waiting || PQenterPipelineMode(c->session)) sent = send_named(r, bound);
	if (!sent) return postgresql_failed(c, NULL, r->err);
	return ++c->waiting < SENT_MOST || postgresql_answers(c, r->err);
}

/*
 * An import fills tables that were nearly empty when its statements were planned. The server looks at them again only
 * after a commit, so a transaction that writes this much asks for it itself; what it can't have at once it goes without.
 */
static bool look_again(struct run *r)
{
	int64_t n = r->tx->writes && r->query->writes ? ++r->tx->written : 0;

	if (n != 1000 && n != 10000 && n != 100000) return true;
	if (!postgresql_answers(r->connection, r->err)) return false;
	PQclear(PQexec(r->connection->session, "analyze (skip_locked)"));
	return true;
}

static bool prepare(struct run *r)
{
	struct kept_statement *kept = connection_kept(r->tx->connection, r->query);

	if (!kept) return error_failed(r->err, "out of memory");
	if (r->query->parameter_count > PARAMETERS_MOST)
		return error_failed(r->err, "%s has too many parameters", r->query->name);
	snprintf(r->name, sizeof r->name, "q%u", kept->query ? kept->number : r->connection->prepared + 1);
	if (kept->query) return look_again(r);
	if (!postgresql_answers(r->connection, r->err) || !prepare_named(r)) return false;
	*kept = (struct kept_statement){.query = r->query, .number = ++r->connection->prepared};
	return true;
}

bool postgresql_prepare(struct tx *tx, const struct query *query, struct error *err)
{
	struct run r = run_of(tx, query, err);

	return prepare(&r);
}

void postgresql_forget(struct connection *common, struct kept_statement *kept)
{
	struct postgresql_connection *c = postgresql_of(common);
	char sql[NAME_BYTES + sizeof "deallocate "];

	if (c->lost) return;
	snprintf(sql, sizeof sql, "deallocate q%u", kept->number);
	PQclear(PQexec(c->session, sql));
}

static void bind_number(struct bound *bound, size_t at, uint64_t number)
{
	bound->numbers[at] = htobe64(number);
	bound->values[at] = (const char *)&bound->numbers[at];
	bound->lengths[at] = sizeof number;
}

static void bind_bool(struct bound *bound, size_t at, bool value)
{
	uint16_t word = htobe16(value);

	memcpy(&bound->numbers[at], &word, sizeof word);
	bound->values[at] = (const char *)&bound->numbers[at];
	bound->lengths[at] = sizeof word;
}

static void bind_text(struct bound *bound, size_t at, struct text t)
{
	bound->values[at] = t.ptr;
	bound->lengths[at] = (int)t.len;
}

static void bind_real(struct bound *bound, size_t at, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	bind_number(bound, at, bits);
}

static void bind_value(struct run *r, struct bound *bound, size_t at, enum column_type type, const void *value)
{
	bound->formats[at] = 1;
	bound->values[at] = NULL;
	if (value_is_none(type, value)) return;
	switch (type) {
	case COLUMN_ID:
	case COLUMN_INT:
	case COLUMN_INSTANT: bind_number(bound, at, (uint64_t) * (const int64_t *)value); break;
	case COLUMN_DAY: bind_text(bound, at, day_iso(r->tx->arena, *(const day *)value)); break;
	case COLUMN_TEXT:
	case COLUMN_BYTES: bind_text(bound, at, *(const struct text *)value); break;
	case COLUMN_BOOL: bind_bool(bound, at, *(const bool *)value); break;
	case COLUMN_REAL: bind_real(bound, at, *(const double *)value); break;
	}
}

static void bind(struct run *r, const void *in, struct bound *ret)
{
	for (size_t i = 0; i < r->query->parameter_count; i++) {
		const struct column *column = &r->query->parameters[i];

		bind_value(r, ret, i, column->type, (const char *)in + column->offset);
	}
}

static bool is_ready(struct run *r, const void *in, struct bound *ret)
{
	if (!prepare(r)) return false;
	if (fault_now(FAULT_AT_STEP)) return error_failed(r->err, "the database failed: out of memory");
	bind(r, in, ret);
	return true;
}

/* One wait for all that was sent before it, and for itself. */
static PGresult *run_behind(struct run *r, const struct bound *bound)
{
	PGresult *result = NULL;
	bool sent = send_named(r, bound), done = sent && collect(r->connection, &result, r->err);

	if (done && result) return result;
	if (!sent || done) postgresql_failed(r->connection, NULL, r->err);
	PQclear(result);
	return NULL;
}

/* NULL where it failed. PQclear the result. */
static PGresult *run(struct run *r, const void *in)
{
	struct bound bound;
	PGresult *result;
	ExecStatusType status;

	if (!is_ready(r, in, &bound)) return NULL;
	if (r->connection->waiting) return run_behind(r, &bound);
	result = PQexecPrepared(
		r->connection->session, r->name, (int)r->query->parameter_count, bound.values, bound.lengths, bound.formats, 1);
	status = PQresultStatus(result);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
	postgresql_failed(r->connection, result, r->err);
	PQclear(result);
	return NULL;
}

/* One value of a result as it came. */
struct came {
	const unsigned char *bytes;
	size_t len;
	enum oid type;
};

static uint64_t net_number(const unsigned char *bytes, size_t len)
{
	uint64_t number = 0;

	for (size_t i = 0; i < len; i++) number = number << 8 | bytes[i];
	return number;
}

static int net_short(const unsigned char *bytes)
{
	return (int16_t)net_number(bytes, 2);
}

#define NUMERIC_HEAD  8
#define NUMERIC_MINUS 0x4000

/* sum() and round() give these: digits of base 10000, the first of weight 10000^weight. */
static bool read_numeric(struct came came, double *ret)
{
	int digits, weight;
	double value = 0;

	if (came.len < NUMERIC_HEAD) return false;
	digits = net_short(came.bytes);
	weight = net_short(came.bytes + 2);
	if (came.len != NUMERIC_HEAD + 2 * (size_t)digits || net_number(came.bytes + 4, 2) > NUMERIC_MINUS) return false;
	for (int i = 0; i < digits; i++) value = value * 10000 + net_short(came.bytes + NUMERIC_HEAD + (ptrdiff_t)2 * i);
	for (int i = digits; i <= weight; i++) value *= 10000;
	for (int i = weight + 1; i < digits; i++) value /= 10000;
	*ret = net_number(came.bytes + 4, 2) == NUMERIC_MINUS ? -value : value;
	return true;
}

/* Beyond 2^53 a numeric is not told exactly, and no count or sum of ours goes there. */
static bool numeric_int(struct came came, int64_t *ret)
{
	double value;

	if (!read_numeric(came, &value) || value < -0x1p53 || value > 0x1p53 || value != (double)(int64_t)value)
		return false;
	*ret = (int64_t)value;
	return true;
}

static bool read_int(struct came came, int64_t *ret)
{
	switch (came.type) {
	case OID_INT8: *ret = (int64_t)net_number(came.bytes, 8); return came.len == 8;
	case OID_INT4: *ret = (int32_t)net_number(came.bytes, 4); return came.len == 4;
	case OID_INT2: *ret = net_short(came.bytes); return came.len == 2;
	case OID_BOOL: *ret = came.bytes[0]; return came.len == 1;
	case OID_NUMERIC: return numeric_int(came, ret);
	default: return false;
	}
}

static bool read_real(struct came came, double *ret)
{
	uint64_t bits = net_number(came.bytes, came.len <= 8 ? came.len : 0);
	uint32_t half = (uint32_t)bits;
	float single;
	int64_t whole;

	if (came.type == OID_NUMERIC) return read_numeric(came, ret);
	if (came.type == OID_FLOAT8 && came.len == 8) {
		memcpy(ret, &bits, sizeof bits);
		return true;
	}
	if (came.type == OID_FLOAT4 && came.len == 4) {
		memcpy(&single, &half, sizeof half);
		*ret = (double)single;
		return true;
	}
	if (!read_int(came, &whole)) return false;
	*ret = (double)whole;
	return true;
}

static bool is_number(enum oid type)
{
	switch (type) {
	case OID_BOOL:
	case OID_INT8:
	case OID_INT2:
	case OID_INT4:
	case OID_FLOAT4:
	case OID_FLOAT8:
	case OID_NUMERIC: return true;
	default: return false;
	}
}

static bool read_bool(struct came came, bool *ret)
{
	int64_t number;

	if (!read_int(came, &number)) return false;
	*ret = number != 0;
	return true;
}

static bool read_value(struct run *r, struct came came, enum column_type type, void *into)
{
	struct text words = {(const char *)came.bytes, came.len};

	switch (type) {
	case COLUMN_ID:
	case COLUMN_INT:
	case COLUMN_INSTANT: return read_int(came, into);
	case COLUMN_BOOL: return read_bool(came, into);
	case COLUMN_REAL: return read_real(came, into);
	case COLUMN_DAY: return day_parse(words, into);
	case COLUMN_TEXT:
	case COLUMN_BYTES: *(struct text *)into = arena_text(r->tx->arena, words); return !is_number(came.type);
	}
	return false;
}

static bool read_row(struct run *r, const PGresult *result, int row, void *into)
{
	const struct record_type *record = r->query->row;

	for (size_t i = 0; i < record->column_count; i++) {
		const struct column *column = &record->columns[i];
		void *place = (char *)into + column->offset;
		struct came came = {(const unsigned char *)PQgetvalue(result, row, (int)i),
			(size_t)PQgetlength(result, row, (int)i), (enum oid)PQftype(result, (int)i)};

		if (PQgetisnull(result, row, (int)i))
			value_set_none(column->type, place);
		else if (!read_value(r, came, column->type, place))
			return failed_not_what_it_is(r->err, r->query, column);
	}
	return true;
}

static bool has_columns(struct run *r, const PGresult *result)
{
	return PQnfields(result) >= (int)r->query->row->column_count ||
		   error_failed(r->err, "%s gives too few columns", r->query->name);
}

bool postgresql_find(
	struct tx *tx, const struct query *query, const void *in, struct statement_row *ret, struct error *err)
{
	struct run r = run_of(tx, query, err);
	PGresult *result = run(&r, in);
	bool done;

	if (!result) return false;
	ret->found = PQntuples(result) > 0;
	done = PQntuples(result) <= 1 || failed_more_than_one(err, query);
	if (done && ret->found) done = has_columns(&r, result) && read_row(&r, result, 0, ret->row);
	PQclear(result);
	return done;
}

static bool gather_rows(struct run *r, const PGresult *result)
{
	if (!has_columns(r, result)) return false;
	for (int i = 0; i < PQntuples(result); i++) {
		void *place = gather_row(r->tx, r->query, r->err);

		if (!place || !read_row(r, result, i, place)) return false;
	}
	return true;
}

static bool gather_one(struct run *r, const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK) return gather_rows(r, result);
	return postgresql_failed(r->connection, result, r->err);
}

/* Row by row, so that libpq holds no more than one; after a failure the others are let pass by. */
static bool gather(struct run *r, const struct bound *bound)
{
	PGconn *session = r->connection->session;
	PGresult *result;
	bool done = true;

	if (!send_named(r, bound) || !PQsetSingleRowMode(session)) return postgresql_failed(r->connection, NULL, r->err);
	while ((result = PQgetResult(session))) {
		done = done && gather_one(r, result);
		PQclear(result);
	}
	return done;
}

static bool gather_behind(struct run *r, const struct bound *bound)
{
	PGresult *result = run_behind(r, bound);
	bool done = result && gather_rows(r, result);

	PQclear(result);
	return done;
}

bool postgresql_many(
	struct tx *tx, const struct query *query, const void *in, struct statement_rows *ret, struct error *err)
{
	struct run r = run_of(tx, query, err);
	struct bound bound;

	if (!is_ready(&r, in, &bound)) return false;
	gather_begin(tx);
	if (!(r.connection->waiting ? gather_behind : gather)(&r, &bound)) return false;
	*ret = gather_end(tx, query);
	return true;
}

bool postgresql_exec(struct tx *tx, const struct query *query, const void *in, int64_t *ret_changed, struct error *err)
{
	struct run r = run_of(tx, query, err);
	struct bound bound;
	PGresult *result;

	if (tx->whole && !ret_changed) {
		if (!prepare(&r)) return false;
		bind(&r, in, &bound);
		return send_on(&r, &bound);
	}
	result = run(&r, in);
	if (!result) return false;
	if (ret_changed && !text_int(text_of(PQcmdTuples(result)), ret_changed)) *ret_changed = 0;
	PQclear(result);
	return true;
}
