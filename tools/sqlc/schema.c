#include "sqlc/sqlc.h"

#include "db/sql_lex.h"

struct schema_watch {
	struct dialect_watch watch;
	struct sqlc *sqlc;
};

static void watch_table(struct dialect_watch *watch, struct text name, bool case_data)
{
	struct sqlc *sqlc = ((struct schema_watch *)watch)->sqlc;

	*LIST_ADD(sqlc->arena, &sqlc->tables) = (struct table){name, case_data};
}

static void watch_column(struct dialect_watch *watch, const struct dialect_column *column)
{
	struct sqlc *sqlc = ((struct schema_watch *)watch)->sqlc;

	*LIST_ADD(sqlc->arena, &sqlc->columns) = *column;
}

/* Says what the dialect said ("line N: ...") as complaints are said. */
static void complain_of_dialect(struct sqlc *sqlc, const struct sql_file *source, const struct error *err)
{
	struct text said = text_of(err->message), line = TEXT_NONE;
	int64_t number = 1;

	if (text_starts(said, TEXT("line ")) && text_split(&said, ':', &line))
		text_int(text_slice(line, 5, line.len), &number);
	complain(sqlc, source->path, (int)number, "%.*s", TEXT_ARG(text_trim(said)));
}

/* Statement by statement, so that a complaint knows its line. */
static void run(struct sqlc *sqlc, const struct sql_file *source, struct text sql)
{
	const char *at = sql.ptr, *next;
	sqlite3_stmt *stmt;

	for (; *at; at = next) {
		bool bad = sqlite3_prepare_v2(sqlc->db, at, -1, &stmt, &next) != SQLITE_OK;
		int offset = bad ? sqlite3_error_offset(sqlc->db) : 0;

		if (stmt) {
			while (sqlite3_step(stmt) == SQLITE_ROW) continue;
			bad = sqlite3_finalize(stmt) != SQLITE_OK;
		}
		if (!bad) continue;
		at += offset > 0 ? offset : (int)strspn(at, " \t\r\n");
		complain(sqlc, source->path, sql_line(sql, at), "%s", sqlite3_errmsg(sqlc->db));
		return;
	}
}

static void migrate(struct sqlc *sqlc, const struct sql_file *source)
{
	struct schema_watch watch = {{watch_table, watch_column}, sqlc};
	struct error err = {0};
	struct text sql;

	if (dialect_translate(sqlc->arena, source->text, DB_SQLITE, &watch.watch, &sql, &err))
		run(sqlc, source, sql);
	else
		complain_of_dialect(sqlc, source, &err);
}

static void watch_view(struct sqlc *sqlc, struct text view)
{
	struct text sql = arena_printf(sqlc->arena, "select * from \"%.*s\"", TEXT_ARG(view));
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(sqlc->db, sql.ptr, (int)sql.len, &stmt, NULL) != SQLITE_OK)
		complain(sqlc, sqlc->migrations.at[0].path, 1, "view %.*s: %s", TEXT_ARG(view), sqlite3_errmsg(sqlc->db));
	for (int i = 0; i < sqlite3_column_count(stmt); i++) {
		const char *table = sqlite3_column_table_name(stmt, i), *origin = sqlite3_column_origin_name(stmt, i);
		const struct dialect_column *column;

		if (!table || !origin) continue;
		column = schema_column(sqlc, text_of(table), text_of(origin));
		if (!column) continue;
		*LIST_ADD(sqlc->arena, &sqlc->view_columns) = (struct dialect_column){.table = view,
			.name = arena_text(sqlc->arena, text_of(sqlite3_column_name(stmt, i))),
			.type = column->type,
			.id_of = column->id_of};
	}
	sqlite3_finalize(stmt);
}

static void watch_views(struct sqlc *sqlc)
{
	sqlite3_stmt *stmt;

	sqlite3_prepare_v2(sqlc->db, "select name from sqlite_schema where type = 'view' order by name", -1, &stmt, NULL);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		watch_view(sqlc, arena_text(sqlc->arena, text_of((const char *)sqlite3_column_text(stmt, 0))));
	sqlite3_finalize(stmt);
}

void schema_migrate(struct sqlc *sqlc)
{
	for (size_t i = 0; i < sqlc->migrations.count; i++) migrate(sqlc, &sqlc->migrations.at[i]);
	watch_views(sqlc);
}

const struct table *schema_table(const struct sqlc *sqlc, struct text name)
{
	for (size_t i = 0; i < sqlc->tables.count; i++)
		if (text_equal(sqlc->tables.at[i].name, name)) return &sqlc->tables.at[i];
	return NULL;
}

const struct dialect_column *schema_column(const struct sqlc *sqlc, struct text table, struct text name)
{
	for (size_t i = 0; i < sqlc->columns.count; i++) {
		const struct dialect_column *column = &sqlc->columns.at[i];

		if (text_equal(column->table, table) && text_equal(column->name, name)) return column;
	}
	return NULL;
}

bool schema_is(struct sqlc *sqlc, const char *kind, struct text name)
{
	const char *sql = "select 1 from sqlite_schema where type = ? and name = ? collate nocase";
	sqlite3_stmt *stmt;
	bool found;

	if (text_none(name)) return false;
	sqlite3_prepare_v2(sqlc->db, sql, -1, &stmt, NULL);
	sqlite3_bind_text(stmt, 1, kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, name.ptr, (int)name.len, SQLITE_STATIC);
	found = sqlite3_step(stmt) == SQLITE_ROW;
	sqlite3_finalize(stmt);
	return found;
}

bool type_equal(struct type a, struct type b)
{
	return a.type == b.type && text_equal(a.id_of, b.id_of);
}

struct text type_name(struct arena *arena, struct type type)
{
	static const char *const names[] = {[COLUMN_INT] = "int",
		[COLUMN_INSTANT] = "instant",
		[COLUMN_DAY] = "day",
		[COLUMN_TEXT] = "text",
		[COLUMN_BOOL] = "bool",
		[COLUMN_REAL] = "real",
		[COLUMN_BYTES] = "bytes"};

	if (type.type == COLUMN_ID) return arena_printf(arena, "%.*s_id", TEXT_ARG(type.id_of));
	return text_of(names[type.type]);
}

static bool id_type_named(const struct sqlc *sqlc, struct text name, struct type *ret)
{
	struct text table = text_slice(name, 0, name.len - 3);

	for (size_t i = 0; i < sqlc->columns.count; i++) {
		const struct dialect_column *column = &sqlc->columns.at[i];

		if (!column->own_id || !text_equal(column->table, table)) continue;
		*ret = (struct type){COLUMN_ID, column->table};
		return true;
	}
	return false;
}

bool schema_type_named(const struct sqlc *sqlc, struct text name, struct type *ret)
{
	if (text_ends(name, TEXT("_id"))) return id_type_named(sqlc, name, ret);
	*ret = (struct type){.id_of = TEXT_NONE};
	return dialect_type_named(name, &ret->type) && ret->type != COLUMN_ID;
}

/* One list's say: 0 where no column has the name, -1 where they differ, else 1. */
static int type_among(const struct dialect_column *columns, size_t count, struct text name, struct type *ret)
{
	int found = 0;

	for (size_t i = 0; i < count; i++) {
		struct type type = {columns[i].type, columns[i].id_of};

		if (!text_equal(columns[i].name, name)) continue;
		if (found && !type_equal(type, *ret)) return -1;
		*ret = type;
		found = 1;
	}
	return found;
}

/* Tables are asked first, then views, where a column may have a name of its own (viewer). */
bool schema_type_of_name(const struct sqlc *sqlc, struct text name, struct type *ret, const char **ret_why)
{
	int found = type_among(sqlc->columns.at, sqlc->columns.count, name, ret);

	if (!found) found = type_among(sqlc->view_columns.at, sqlc->view_columns.count, name, ret);
	*ret_why = found < 0 ? "columns of that name differ in type" : "no column has that name";
	return found > 0;
}
