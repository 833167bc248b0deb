/*
 * bare_commit FROM INTO COMMITS [--bulk]: inserts into the database INTO every row that FROM has beyond it, as a bare
 * loop does it at its best: prepared statements, values bound, no triggers, no foreign keys. The rows are read before, and
 * shared out evenly on so many commits to the disk. Prints the seconds it took.
 *
 * Each table's rows come in their order, and all tables keep pace. With --bulk they come in the order of the time they were
 * written at, what has none first; with the memory that the program takes for a great deal of rows; and until
 * they stand in the file itself.
 */
#include <sqlite3.h>
#include <stdbool.h>

#include "bench.h"

#define TABLES_MOST 64
#define TIME_COLUMN "recorded_at"

/* Values stand one behind the other: a type, then a number, or a length and as many bytes. */
struct row {
	size_t values; /* where they begin */
	int64_t key;
	size_t number; /* of rows with one key the first read comes first */
	int table;
};

struct table {
	sqlite3_stmt *insert;
	int columns;
	size_t first, count; /* of rows */
};

static struct table tables[TABLES_MOST];
static int table_count;
static struct row *rows;
static size_t row_count, row_room;
static char *values;
static size_t value_bytes, value_room;

static void must(int code, sqlite3 *db)
{
	errno = 0;
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

static void *grown(void *array, size_t needed, size_t *room)
{
	if (needed <= *room) return array;
	*room = 2 * needed;
	array = realloc(array, *room);
	if (!array) die("memory");
	return array;
}

static void keep_bytes(const void *bytes, size_t len)
{
	values = grown(values, value_bytes + len, &value_room);
	if (len) memcpy(values + value_bytes, bytes, len);
	value_bytes += len;
}

static void keep_value(sqlite3_stmt *stmt, int at)
{
	char type = (char)sqlite3_column_type(stmt, at);
	const void *bytes =
		type == SQLITE_TEXT ? (const void *)sqlite3_column_text(stmt, at) : sqlite3_column_blob(stmt, at);
	int64_t whole = type == SQLITE_INTEGER ? sqlite3_column_int64(stmt, at) : sqlite3_column_bytes(stmt, at);
	double real = sqlite3_column_double(stmt, at);

	keep_bytes(&type, sizeof type);
	if (type == SQLITE_NULL) return;
	keep_bytes(type == SQLITE_FLOAT ? (void *)&real : (void *)&whole, sizeof whole);
	if (type == SQLITE_TEXT || type == SQLITE_BLOB) keep_bytes(bytes, (size_t)whole);
}

/* The row's own id is its first column and its rowid: what stands before is for tables without one. */
static void keep_row(sqlite3_stmt *stmt, int time_column)
{
	size_t room = row_room * sizeof *rows;
	int64_t at = time_column ? sqlite3_column_int64(stmt, time_column) : 0;

	rows = grown(rows, (row_count + 1) * sizeof *rows, &room);
	row_room = room / sizeof *rows;
	rows[row_count] = (struct row){.values = value_bytes, .key = at, .number = row_count, .table = table_count};
	for (int i = 1; i < tables[table_count].columns; i++) keep_value(stmt, i);
	row_count++;
}

static int time_column_of(sqlite3_stmt *stmt)
{
	for (int i = 1; i < sqlite3_column_count(stmt); i++)
		if (strcmp(sqlite3_column_name(stmt, i), TIME_COLUMN) == 0) return i;
	return 0;
}

static void read_table(sqlite3 *from, sqlite3 *into, const char *name)
{
	struct table *table = &tables[table_count];
	sqlite3_stmt *stmt = prepared(from, "select rowid, * from \"%w\" where rowid > ? order by rowid", name);
	int time_column = time_column_of(stmt);
	char marks[512] = "?";

	sqlite3_bind_int64(stmt, 1, latest_row(into, name));
	*table = (struct table){.first = row_count, .columns = sqlite3_column_count(stmt)};
	while (sqlite3_step(stmt) == SQLITE_ROW) keep_row(stmt, time_column);
	sqlite3_finalize(stmt);
	table->count = row_count - table->first;
	if (!table->count) return;
	for (int i = 2; i < table->columns; i++) strcat(marks, ",?");
	table->insert = prepared(into, sqlite3_mprintf("insert into \"%%w\" values (%s)", marks), name);
	if (++table_count == TABLES_MOST) die("too many tables");
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

static int earlier(const void *a, const void *b)
{
	const struct row *one = a, *other = b;

	if (one->key != other->key) return one->key < other->key ? -1 : 1;
	return one->number < other->number ? -1 : 1;
}

/* By the time, or each after as large a part of its table. */
static void put_in_order(bool by_time)
{
	for (size_t i = 0; i < row_count && !by_time; i++) {
		const struct table *table = &tables[rows[i].table];

		rows[i].key = (int64_t)((i - table->first) * row_count / table->count);
	}
	qsort(rows, row_count, sizeof *rows, earlier);
}

static const char *bind(sqlite3_stmt *stmt, int at, const char *value)
{
	char type = *value++;
	int64_t whole;
	double real;

	if (type == SQLITE_NULL) {
		sqlite3_bind_null(stmt, at);
		return value;
	}
	memcpy(&whole, value, sizeof whole);
	memcpy(&real, value, sizeof real);
	value += sizeof whole;
	if (type == SQLITE_INTEGER) sqlite3_bind_int64(stmt, at, whole);
	if (type == SQLITE_FLOAT) sqlite3_bind_double(stmt, at, real);
	if (type == SQLITE_TEXT) sqlite3_bind_text(stmt, at, value, (int)whole, SQLITE_STATIC);
	if (type == SQLITE_BLOB) sqlite3_bind_blob(stmt, at, value, (int)whole, SQLITE_STATIC);
	return type == SQLITE_TEXT || type == SQLITE_BLOB ? value + whole : value;
}

static void insert_row(sqlite3 *db, const struct row *row)
{
	const struct table *table = &tables[row->table];
	const char *value = values + row->values;

	for (int i = 1; i < table->columns; i++) value = bind(table->insert, i, value);
	must(sqlite3_step(table->insert), db);
	must(sqlite3_reset(table->insert), db);
}

static void insert_all(sqlite3 *db, size_t commits)
{
	size_t row = 0;

	for (size_t i = 1; i <= commits; i++) {
		must_exec(db, "begin immediate");
		for (; row < i * row_count / commits; row++) insert_row(db, &rows[row]);
		must_exec(db, "commit");
	}
}

int main(int argc, char **argv)
{
	bool bulk = argc == 5 && strcmp(argv[4], "--bulk") == 0;
	sqlite3 *from, *into;
	double began;

	if (argc != 4 && !bulk) {
		fprintf(stderr, "usage: bare_commit FROM INTO COMMITS [--bulk]\n");
		return 2;
	}
	if (sqlite3_open(argv[1], &from) || sqlite3_open(argv[2], &into)) die("cannot open");
	must_exec(into, "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off;");
	if (bulk) must_exec(into, "pragma cache_size = -262144;");
	drop_triggers(into);
	read_tables(from, into);
	put_in_order(bulk);
	began = now_s();
	insert_all(into, strtoul(argv[3], NULL, 10));
	if (bulk) must_exec(into, "pragma wal_checkpoint(truncate);");
	printf("%.6f\n", now_s() - began);
	return 0;
}
