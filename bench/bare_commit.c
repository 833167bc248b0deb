/*
 * bare_commit FROM INTO ENQUIRIES GROUP: inserts into the database INTO every row that FROM has beyond it, as a bare
 * loop does it at its best: prepared statements, values bound, no triggers, one commit to the disk for each GROUP of
 * the ENQUIRIES. Prints the seconds it took. The rows are read before and shared out evenly, in order.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TABLES_MOST 64

struct table {
	char name[64];
	sqlite3_stmt *insert;
	int columns;
	size_t count, room;
	sqlite3_value **values; /* count times columns */
};

static struct table tables[TABLES_MOST];
static size_t table_count;

static _Noreturn void die(const char *why)
{
	fprintf(stderr, "bare_commit: %s\n", why);
	exit(3);
}

static void must(int code, sqlite3 *db)
{
	if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) die(sqlite3_errmsg(db));
}

static void must_exec(sqlite3 *db, const char *sql)
{
	must(sqlite3_exec(db, sql, NULL, NULL, NULL), db);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *format, const char *name)
{
	char *sql = sqlite3_mprintf(format, name);
	sqlite3_stmt *stmt;

	must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL), db);
	sqlite3_free(sql);
	return stmt;
}

static sqlite3_int64 latest_row(sqlite3 *db, const char *name)
{
	sqlite3_stmt *stmt = prepared(db, "select coalesce(max(rowid), 0) from \"%w\"", name);
	sqlite3_int64 latest;

	must(sqlite3_step(stmt), db);
	latest = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return latest;
}

static void keep_row(struct table *table, sqlite3_stmt *stmt)
{
	if (table->count == table->room) {
		table->room = table->room ? table->room * 2 : 64;
		table->values = realloc(table->values, table->room * (size_t)table->columns * sizeof(sqlite3_value *));
		if (!table->values) die("memory");
	}
	for (int i = 0; i < table->columns; i++)
		table->values[table->count * (size_t)table->columns + (size_t)i] =
			sqlite3_value_dup(sqlite3_column_value(stmt, i));
	table->count++;
}

static void read_table(sqlite3 *from, sqlite3 *into, const char *name)
{
	struct table *table = &tables[table_count];
	sqlite3_stmt *rows = prepared(from, "select rowid, * from \"%w\" where rowid > ? order by rowid", name);
	char marks[512] = "?";

	snprintf(table->name, sizeof table->name, "%s", name);
	sqlite3_bind_int64(rows, 1, latest_row(into, name));
	table->columns = sqlite3_column_count(rows);
	while (sqlite3_step(rows) == SQLITE_ROW) keep_row(table, rows);
	sqlite3_finalize(rows);
	if (!table->count || table_count + 1 == TABLES_MOST) return;
	for (int i = 2; i < table->columns; i++) strcat(marks, ",?");
	table_count++;
	table->insert = prepared(into, sqlite3_mprintf("insert into \"%%w\" values (%s)", marks), name);
}

static void read_tables(sqlite3 *from, sqlite3 *into)
{
	sqlite3_stmt *names = prepared(
		from, "select name from pragma_table_list where type = 'table' and not wr and name not like 'sqlite_%%'%s", "");

	while (sqlite3_step(names) == SQLITE_ROW) read_table(from, into, (const char *)sqlite3_column_text(names, 0));
	sqlite3_finalize(names);
}

static void drop_triggers(sqlite3 *db)
{
	sqlite3_stmt *names = prepared(db, "select name from sqlite_schema where type = 'trigger'%s", "");
	char *sql = NULL;

	while (sqlite3_step(names) == SQLITE_ROW)
		sql = sqlite3_mprintf("%z drop trigger \"%w\";", sql, (const char *)sqlite3_column_text(names, 0));
	sqlite3_finalize(names);
	if (sql) must_exec(db, sql);
	sqlite3_free(sql);
}

/* The row's own id is its first column and its rowid: what stands before is for tables without one. */
static void insert_row(sqlite3 *db, const struct table *table, size_t row)
{
	sqlite3_value **values = table->values + row * (size_t)table->columns;

	for (int i = 1; i < table->columns; i++) sqlite3_bind_value(table->insert, i, values[i]);
	must(sqlite3_step(table->insert), db);
	must(sqlite3_reset(table->insert), db);
}

static void insert_enquiry(sqlite3 *db, size_t number, size_t of)
{
	for (size_t i = 0; i < table_count; i++)
		for (size_t row = number * tables[i].count / of; row < (number + 1) * tables[i].count / of; row++)
			insert_row(db, &tables[i], row);
}

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	size_t enquiries, group;
	sqlite3 *from, *into;
	double began;

	if (argc != 5) {
		fprintf(stderr, "usage: bare_commit FROM INTO ENQUIRIES GROUP\n");
		return 2;
	}
	enquiries = strtoul(argv[3], NULL, 10);
	group = strtoul(argv[4], NULL, 10);
	if (sqlite3_open(argv[1], &from) || sqlite3_open(argv[2], &into)) die("cannot open");
	must_exec(into, "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off;");
	drop_triggers(into);
	read_tables(from, into);
	began = now_s();
	for (size_t i = 0; i < enquiries; i++) {
		if (i % group == 0) must_exec(into, "begin immediate");
		insert_enquiry(into, i, enquiries);
		if (i % group == group - 1 || i == enquiries - 1) must_exec(into, "commit");
	}
	printf("%.6f\n", now_s() - began);
	return 0;
}
