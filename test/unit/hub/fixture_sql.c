/*
 * What a test asks of its database past the hub, on either engine, and the databases of PostgreSQL. What the tests say in
 * SQLite's words and PostgreSQL has under others is put into each database there.
 */
#include "fixture.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#define BOOL_OID 16

static const char sqlite_words[] =
	"create function instr(text, text) returns integer immutable language sql as $$ select strpos($1, $2) $$;"
	"create function hex(bytea) returns text immutable language sql as $$ select upper(encode($1, 'hex')) $$;"
	"create function date(bigint, text) returns text immutable language sql as"
	" $$ select to_char(to_timestamp($1) at time zone 'UTC', 'YYYY-MM-DD') $$;"
	"create function joined(text, text, text) returns text immutable language sql as"
	" $$ select case when $2 is null then $1 else coalesce($1 || $3, '') || $2 end $$;"
	"create function joined(text, text) returns text immutable language sql as $$ select joined($1, $2, ',') $$;"
	"create function joined(text, bigint) returns text immutable language sql as $$ select joined($1, $2::text, ',') "
	"$$;"
	"create aggregate group_concat(text) (sfunc = joined, stype = text);"
	"create aggregate group_concat(bigint) (sfunc = joined, stype = text);"
	"create aggregate group_concat(text, text) (sfunc = joined, stype = text);";

/* The first of this process, which the next are copied from. */
static char kept[48];

static PGresult *tell(PGconn *session, const char *sql)
{
	PGresult *result = PQexec(session, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(session));
	return result;
}

static void tell_cluster(const char *cluster, const char *sql)
{
	PGconn *session = PQconnectdb(cluster);

	PQclear(tell(session, sql));
	PQfinish(session);
}

static void make_database(struct fixture *fixture, const char *from)
{
	static int made;
	char sql[160];

	snprintf(fixture->name, sizeof fixture->name, "hub_%d_%d", (int)getpid(), ++made);
	snprintf(sql, sizeof sql, "create database %s template %s", fixture->name, from);
	tell_cluster(fixture->cluster, sql);
	snprintf(fixture->url, sizeof fixture->url, "%s%cdbname=%s", fixture->cluster,
		strchr(fixture->cluster, '?') ? '&' : '?', fixture->name);
}

bool fixture_database(struct fixture *fixture)
{
	make_database(fixture, *kept ? kept : "template0");
	return !*kept;
}

void fixture_database_keep(struct fixture *fixture)
{
	tell_cluster(fixture->url, sqlite_words);
	snprintf(kept, sizeof kept, "%s", fixture->name);
	make_database(fixture, kept);
}

void fixture_database_drop(struct fixture *fixture)
{
	char sql[128];

	PQfinish(fixture->session);
	snprintf(sql, sizeof sql, "drop database %s with (force)", fixture->name);
	tell_cluster(fixture->cluster, sql);
}

static PGconn *session_of(struct fixture *fixture)
{
	if (!fixture->session) fixture->session = PQconnectdb(fixture->url);
	return fixture->session;
}

static struct text ask_postgresql(struct fixture *fixture, struct text sql)
{
	PGresult *result = tell(session_of(fixture), sql.ptr);
	struct text found = TEXT("");

	if (PQntuples(result) && !PQgetisnull(result, 0, 0))
		found = arena_printf(&fixture->arena, "%s", PQgetvalue(result, 0, 0));
	if (PQftype(result, 0) == BOOL_OID) found = text_is(found, "t") ? TEXT("1") : TEXT("0");
	PQclear(result);
	return found;
}

static struct text change_postgresql(struct fixture *fixture, struct text sql)
{
	PGresult *result = PQexec(session_of(fixture), sql.ptr);
	struct text refused = TEXT("");

	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		refused = arena_printf(&fixture->arena, "%s", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	PQclear(result);
	return refused;
}

/* A connection of its own, beside what goes through db_open; it leaves the checkpoints to the writer. */
static sqlite3 *connect(const struct fixture *fixture)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof path, "%s/hub.db", fixture->folder);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL)) fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, 5000);
	sqlite3_wal_autocheckpoint(db, 0);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return db;
}

static struct text ask(struct fixture *fixture, struct text sql)
{
	sqlite3 *db = connect(fixture);
	sqlite3_stmt *stmt;
	struct text found = TEXT("");

	if (sqlite3_prepare_v2(db, sql.ptr, (int)sql.len, &stmt, NULL)) fail_msg("%s: %s", sql.ptr, sqlite3_errmsg(db));
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		found = arena_printf(&fixture->arena, "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return found;
}

static struct text change_sqlite(struct fixture *fixture, struct text sql)
{
	sqlite3 *db = connect(fixture);
	struct text refused = TEXT("");

	if (sqlite3_exec(db, sql.ptr, NULL, NULL, NULL)) refused = arena_printf(&fixture->arena, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
	return refused;
}

/* Gives what it was refused with. */
static struct text change(struct fixture *fixture, struct text *ret_sql, const char *format, va_list args)
{
	*ret_sql = arena_vprintf(&fixture->arena, format, args);
	return (fixture->cluster ? change_postgresql : change_sqlite)(fixture, *ret_sql);
}

struct text fixture_sql(struct fixture *fixture, const char *format, ...)
{
	struct text sql;
	va_list args;

	va_start(args, format);
	sql = arena_vprintf(&fixture->arena, format, args);
	va_end(args);
	return fixture->cluster ? ask_postgresql(fixture, sql) : ask(fixture, sql);
}

void fixture_change(struct fixture *fixture, const char *format, ...)
{
	struct text sql, refused;
	va_list args;

	va_start(args, format);
	refused = change(fixture, &sql, format, args);
	va_end(args);
	if (refused.len) fail_msg("%s: %s", sql.ptr, refused.ptr);
}

struct text fixture_refused(struct fixture *fixture, const char *format, ...)
{
	struct text sql, refused;
	va_list args;

	va_start(args, format);
	refused = change(fixture, &sql, format, args);
	va_end(args);
	return refused;
}
