#include "db/postgresql.h"

#include <poll.h>
#include <stdlib.h>

#include "base/fault.h"
#include "base/log.h"

#define REST_LEAST_MS 50
#define REST_MOST_MS  800

static const char *const control_sql[CONTROL_COUNT] = {
	[CONTROL_BEGIN_READ] = "begin isolation level repeatable read read only",
	[CONTROL_BEGIN_WRITE] = "begin isolation level read committed read write",
	[CONTROL_COMMIT] = "commit",
	[CONTROL_ROLLBACK] = "rollback",
	[CONTROL_SAVEPOINT] = "savepoint job",
	[CONTROL_RELEASE] = "release job",
	[CONTROL_UNDO] = "rollback to job",
};

/* What the URL may say otherwise stands before it, what it may not, behind: of two the later counts. */
static const char *const keys[] = {"connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
	"tcp_user_timeout", "dbname", "target_session_attrs", "client_encoding", "application_name", NULL};
static const char *const values[] = {"5", "10", "5", "3", "15000", "", "read-write", "UTF8", "fanlight", NULL};
#define URL_AT 5

/*
 * A statement is planned once on a connection, whatever it is asked with, and always the same way. What is asked is always a
 * few rows out of many by their keys: joined row by row, a plan does as much at ten million enquiries as at ten, while one
 * that hashes a table reads it whole. test/plans holds every query to it. More than eight tables are not joined as one: to
 * look through every order of twelve takes a quarter of a second, on each connection anew.
 */
static const char settings[] =
	"select set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'"
	" else current_setting('synchronous_commit') end, false), set_config('search_path', 'public', false),"
	" set_config('client_min_messages', 'error', false), set_config('jit', 'off', false),"
	" set_config('lock_timeout', '10s', false),"
	" set_config('plan_cache_mode', 'force_generic_plan', false), set_config('geqo', 'off', false),"
	" set_config('from_collapse_limit', '8', false), set_config('join_collapse_limit', '8', false),"
	" set_config('random_page_cost', '1.1', false), set_config('enable_hashjoin', 'off', false),"
	" set_config('enable_mergejoin', 'off', false), set_config('max_parallel_workers_per_gather', '0', false)";

static void say_nothing(void *context, const PGresult *notice)
{
	(void)context;
	(void)notice;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* After a failure nobody tries for a while, so that who comes is told at once and the server is let come up. */
static bool resting(struct place *place)
{
	bool rests;

	pthread_mutex_lock(&place->mutex);
	rests = now_ms() < place->not_before_ms;
	pthread_mutex_unlock(&place->mutex);
	return rests;
}

/* Returns whether a connection was ever had here. */
static bool note_reached(struct place *place, bool reached)
{
	bool ever;

	pthread_mutex_lock(&place->mutex);
	place->rest_ms = reached ? 0 : place->rest_ms ? place->rest_ms * 2 : REST_LEAST_MS;
	if (place->rest_ms > REST_MOST_MS) place->rest_ms = REST_MOST_MS;
	place->not_before_ms = now_ms() + place->rest_ms;
	place->reached = ever = place->reached || reached;
	pthread_mutex_unlock(&place->mutex);
	return ever;
}

static bool unreachable(struct error *err)
{
	error_busy(err, "the database cannot be reached just now");
	return error_hint(err, "Nothing was saved. Try again in a few seconds.");
}

static void log_words(enum log_level level, const char *event, struct text why)
{
	char words[ERROR_MESSAGE_BYTES];

	snprintf(words, sizeof words, "%.*s", (int)text_index(why, '\n'), why.ptr);
	log_event(level, event, LOG_TEXT("why", words));
}

/* Who opens it (a command, a server that starts) is told why; later it is the log's, and nobody else's. */
static bool not_connected(struct place *place, PGconn *session, struct error *err)
{
	struct text why = text_trim(text_of(session ? PQerrorMessage(session) : "out of memory"));

	if (note_reached(place, false)) {
		log_words(LOG_ERROR, "database_unreachable", why);
		unreachable(err);
	} else {
		error_failed(err, "could not connect to the database: %.*s", TEXT_ARG(why));
	}
	PQfinish(session);
	return false;
}

/* libpq repeats a URL that it can't read, the password in it too; and with a bare / in it, takes that for a port. */
static bool check_url(const struct place *place, struct error *err)
{
	PQconninfoOption *options = PQconninfoParse(place->where, NULL);
	const char *slash = strchr(strstr(place->where, "//") + 2, '/'), *at = slash ? strchr(slash, '@') : NULL;

	if (!options || (at && at < slash + strcspn(slash, "?"))) {
		PQconninfoFree(options);
		error_failed(err, "the database's URL is not one that PostgreSQL understands");
		return error_hint(err, "Write it as postgresql://USER@HOST:PORT/NAME, with %%XX for what is not plain in it.");
	}
	PQconninfoFree(options);
	return true;
}

static bool set_up(PGconn *session)
{
	PGresult *result = PQexec(session, settings);
	bool done = PQresultStatus(result) == PGRES_TUPLES_OK;

	PQclear(result);
	return done;
}

bool postgresql_connect(struct place *place, PGconn **ret, struct error *err)
{
	const char *said[sizeof values / sizeof values[0]];
	PGconn *session;

	if (!check_url(place, err)) return false;
	if (resting(place)) return unreachable(err);
	memcpy(said, values, sizeof said);
	said[URL_AT] = place->where;
	session = PQconnectdbParams(keys, said, 1);
	if (PQstatus(session) != CONNECTION_OK) return not_connected(place, session, err);
	PQsetNoticeReceiver(session, say_nothing, NULL);
	PQsetErrorVerbosity(session, PQERRORS_TERSE); /* what a row held is nobody's to log */
	if (!set_up(session)) return not_connected(place, session, err);
	note_reached(place, true);
	*ret = session;
	return true;
}

static bool open_connection(struct place *place, enum connection_role role, struct connection **ret, struct error *err)
{
	struct postgresql_connection *c = calloc(1, sizeof *c);

	(void)role; /* which it is, its transactions say */
	if (!c || fault_now(FAULT_AT_CONNECT)) {
		free(c);
		return error_failed(err, "could not connect to the database: out of memory");
	}
	connection_init(&c->common, place);
	if (!postgresql_connect(place, &c->session, err)) {
		free(c);
		return false;
	}
	*ret = &c->common;
	return true;
}

static void close_connection(struct connection *common)
{
	struct postgresql_connection *c = postgresql_of(common);

	c->lost = true; /* what is prepared goes with the session */
	connection_release(common);
	PQfinish(c->session);
	free(c);
}

static bool lost(const struct connection *common)
{
	const struct postgresql_connection *c = (const struct postgresql_connection *)common;

	return c->lost || PQstatus(c->session) != CONNECTION_OK;
}

#define READ_ONLY "25006"

/* What a SQLSTATE means here; one of two letters stands for its class. */
enum meaning {
	MEANS_FAILED,
	MEANS_LOST,
	MEANS_AGAIN,
	MEANS_BUSY,
	MEANS_UNIQUE,
	MEANS_REFERENCE,
	MEANS_TRIGGER,
	MEANS_MISTAKE,
	MEANS_FULL,
};

static const struct {
	const char *state;
	enum meaning meaning;
} meanings[] = {
	{"23505", MEANS_UNIQUE},
	{"P0001", MEANS_TRIGGER},
	{"23503", MEANS_REFERENCE},
	{"40001", MEANS_AGAIN}, /* serialization */
	{"40P01", MEANS_AGAIN}, /* deadlock */
	{"55P03", MEANS_BUSY},  /* lock_timeout */
	{"57014", MEANS_BUSY},  /* cancelled, statement_timeout */
	{"53100", MEANS_FULL},
	{"53", MEANS_BUSY},      /* no memory, and the like, just now */
	{READ_ONLY, MEANS_LOST}, /* no longer the primary */
	{"26000", MEANS_LOST},   /* what was prepared is gone: somebody else's session */
	{"0A000", MEANS_LOST},   /* a plan that fits the schema no more */
	{"57P", MEANS_LOST},     /* shut down, crashed, starting, idle too long */
	{"08", MEANS_LOST},
	{"23", MEANS_MISTAKE},
	{"22", MEANS_MISTAKE},
};

static enum meaning meaning_of(const struct postgresql_connection *c, const char *state)
{
	if (PQstatus(c->session) != CONNECTION_OK || !state) return MEANS_LOST;
	if (!c->common.tx.writes && strcmp(state, READ_ONLY) == 0) return MEANS_FAILED; /* who reads asked for that */
	for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
		if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0) return meanings[i].meaning;
	return MEANS_FAILED;
}

static bool lose(struct postgresql_connection *c, const char *why, struct error *err)
{
	if (!c->lost) log_words(LOG_WARNING, "database_connection_lost", text_trim(text_of(why)));
	c->lost = true;
	return unreachable(err);
}

/* As SQLite says it: "table.a, table.b", from "Key (a, b)=(...) already exists."; what stands there stays untold. */
static bool unique_refused(struct tx *tx, const PGresult *result, struct error *err)
{
	const char *table = PQresultErrorField(result, PG_DIAG_TABLE_NAME);
	const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
	struct text keys_told = text_of(detail ? detail : ""), key;
	char columns[ERROR_MESSAGE_BYTES];
	size_t len = 0;

	tx->conflict = DB_CONFLICT_UNIQUE;
	tx->raced = tx->raced || !tx->savepoints;
	if (table && strcmp(table, "access_log") == 0) tx->again = true; /* its numbers are taken without asking first */
	if (!text_starts(keys_told, TEXT("Key ("))) return refused_unique(err, text_of(table ? table : ""));
	keys_told = text_slice(keys_told, 5, keys_told.len);
	keys_told = text_slice(keys_told, 0, text_index(keys_told, ')'));
	while (text_split(&keys_told, ',', &key) && len < sizeof columns)
		len += (size_t)snprintf(columns + len, sizeof columns - len, "%s%s.%.*s", len ? ", " : "", table ? table : "",
			TEXT_ARG(text_trim(key)));
	return refused_unique(err, text_of(columns));
}

static bool conflict(struct tx *tx, enum db_conflict kind)
{
	tx->conflict = kind;
	return false;
}

static bool as_meant(
	struct postgresql_connection *c, enum meaning meaning, const PGresult *result, const char *said, struct error *err)
{
	struct tx *tx = &c->common.tx;

	switch (meaning) {
	case MEANS_FAILED: break;
	case MEANS_LOST: return lose(c, said, err);
	case MEANS_AGAIN: return tx_again(tx, err);
	case MEANS_BUSY: return error_busy(err, "the database is busy");
	case MEANS_UNIQUE: return unique_refused(tx, result, err);
	case MEANS_REFERENCE: refused_reference(err); return conflict(tx, DB_CONFLICT_REFERENCE);
	case MEANS_TRIGGER: error_refused(err, "%s", said); return conflict(tx, DB_CONFLICT_TRIGGER);
	case MEANS_MISTAKE:
		error_failed(err, "the record does not allow it: %s", said);
		return conflict(tx, DB_CONFLICT_OTHER);
	case MEANS_FULL: return refused_disk_full(err, "No space left on the server's disk");
	}
	return error_failed(err, "the database failed: %s", said);
}

bool postgresql_failed(struct postgresql_connection *c, const PGresult *result, struct error *err)
{
	enum meaning meaning = meaning_of(c, PQresultErrorField(result, PG_DIAG_SQLSTATE));
	const char *said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

	return as_meant(c, meaning, result, said ? said : PQerrorMessage(c->session), err);
}

static bool succeeded(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static bool run_script(struct connection *common, const char *sql, struct error *err)
{
	struct postgresql_connection *c = postgresql_of(common);
	bool answered = postgresql_answers(c, err), done;
	PGresult *result = PQexec(c->session, sql);

	done = succeeded(result) || (answered && postgresql_failed(c, result, err));
	PQclear(result);
	return answered && done;
}

/* Of a BEGIN within a transaction PostgreSQL only warns, and what two jobs did would be kept or undone together. */
static bool is_free(struct postgresql_connection *c, struct error *err)
{
	PGTransactionStatusType status = PQtransactionStatus(c->session);

	return status == PQTRANS_IDLE || status == PQTRANS_UNKNOWN || lose(c, "a transaction was open already", err);
}

static bool control(struct connection *common, enum control which, struct error *err)
{
	struct postgresql_connection *c = postgresql_of(common);
	bool begins = which == CONTROL_BEGIN_READ || which == CONTROL_BEGIN_WRITE;

	if (begins && fault_now(FAULT_AT_BEGIN)) return error_busy(err, "the database is busy");
	if (begins && !is_free(c, err)) return false;
	return run_script(common, control_sql[which], err);
}

static bool has_table(struct connection *c, const char *name)
{
	const char *parameters[] = {name};
	PGresult *result = PQexecParams(postgresql_of(c)->session,
		"select 1 from pg_catalog.pg_tables where schemaname = 'public' and tablename = $1", 1, NULL, parameters, NULL,
		NULL, 0);
	bool has = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;

	PQclear(result);
	return has;
}

bool postgresql_spoilt(struct connection *c)
{
	return PQtransactionStatus(postgresql_of(c)->session) != PQTRANS_INTRANS;
}

/* What the server said since it was last asked: that it goes, if anything. A COMMIT not sent is surely none. */
static bool gone_already(struct postgresql_connection *c)
{
	struct pollfd pollfd = {.fd = PQsocket(c->session), .events = POLLIN};

	while (PQstatus(c->session) == CONNECTION_OK && poll(&pollfd, 1, 0) == 1)
		if (!PQconsumeInput(c->session)) break;
	return PQstatus(c->session) != CONNECTION_OK;
}

enum db_outcome postgresql_commit(struct connection *common, bool *ret_again)
{
	struct postgresql_connection *c = postgresql_of(common);
	struct error err = {0};
	PGresult *result;
	bool done;

	*ret_again = false;
	if (gone_already(c)) {
		postgresql_failed(c, NULL, &err);
		return DB_NOT_SAVED;
	}
	result = PQexec(c->session, control_sql[fault_now(FAULT_AT_COMMIT) ? CONTROL_ROLLBACK : CONTROL_COMMIT]);
	if (fault_now(FAULT_AT_SYNC)) c->lost = true;
	/* Of a transaction that failed COMMIT makes a ROLLBACK, and says so only here. */
	done = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
	if (!done && !succeeded(result)) postgresql_failed(c, result, &err);
	PQclear(result);
	*ret_again = !done && common->tx.again && !lost(common);
	if (done && !c->lost) return DB_DURABLE;
	return lost(common) ? DB_UNKNOWN : DB_NOT_SAVED;
}

const struct engine postgresql_engine = {
	.name = DB_POSTGRESQL,
	.open = open_connection,
	.close = close_connection,
	.lost = lost,
	.control = control,
	.script = run_script,
	.has_table = has_table,
	.prepare = postgresql_prepare,
	.forget = postgresql_forget,
	.find = postgresql_find,
	.many = postgresql_many,
	.exec = postgresql_exec,
};
