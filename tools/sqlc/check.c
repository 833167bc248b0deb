#include "sqlc/sqlc.h"

#include "db/sql_lex.h"

static const char *const c_keywords[] = {"auto", "bool", "break", "case", "char", "const", "continue", "default", "do",
	"double", "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict",
	"return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void",
	"volatile", "while", "asm", "typeof", "linux", "unix"};

static bool is_member(struct text name)
{
	for (size_t i = 0; i < sizeof c_keywords / sizeof c_keywords[0]; i++)
		if (text_is(name, c_keywords[i])) return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!((c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9'))) return false;
	}
	return name.len > 0;
}

static struct named *said(struct named *list, size_t count, struct text name)
{
	for (size_t i = 0; i < count; i++) {
		if (!text_equal(list[i].name, name)) continue;
		list[i].used = true;
		return &list[i];
	}
	return NULL;
}

#define complain_of(sqlc, query, format, ...)                                                                          \
	complain((sqlc), (query)->source->path, (query)->line, "%.*s: " format, TEXT_ARG((query)->name), __VA_ARGS__)

static void check_parameter(struct sqlc *sqlc, struct query *query, const char *written)
{
	struct named parameter = {0}, *directive;
	const char *why;

	if (!written || written[0] != '$' || !is_member(text_of(written + 1))) {
		complain_of(sqlc, query, "parameters are written $name, not '%s'", written ? written : "?");
		return;
	}
	parameter.name = arena_text(sqlc->arena, text_of(written + 1));
	directive = said(query->in.at, query->in.count, parameter.name);
	if (directive)
		parameter.type = directive->type;
	else if (!schema_type_of_name(sqlc, parameter.name, &parameter.type, &why))
		complain_of(sqlc, query, "parameter $%.*s has no type (%s); say '-- in: %.*s TYPE'", TEXT_ARG(parameter.name),
			why, TEXT_ARG(parameter.name));
	*LIST_ADD(sqlc->arena, &query->parameters) = parameter;
}

/* The type of result column i from the schema: through views, and in what `returning` gives back. */
static bool schema_type(struct sqlc *sqlc, const struct query *query, sqlite3_stmt *stmt, int i, struct type *ret)
{
	const char *table = sqlite3_column_table_name(stmt, i), *origin = sqlite3_column_origin_name(stmt, i);
	const struct dialect_column *column;

	if (table && origin)
		column = schema_column(sqlc, text_of(table), text_of(origin));
	else
		column = schema_column(sqlc, query->target, text_of(sqlite3_column_name(stmt, i)));
	if (!column) return false;
	*ret = (struct type){column->type, column->id_of};
	return true;
}

static bool is_field(const struct sqlc *sqlc, struct text name)
{
	for (size_t i = 0; i < sqlc->fields.count; i++)
		if (text_equal(sqlc->fields.at[i], name)) return true;
	return false;
}

static void check_column(struct sqlc *sqlc, struct query *query, sqlite3_stmt *stmt, int i, struct record *record)
{
	struct named column = {.name = arena_text(sqlc->arena, text_of(sqlite3_column_name(stmt, i)))}, *directive;

	if (!is_member(column.name)) {
		complain_of(
			sqlc, query, "result column %d is called '%.*s'; give it a name with 'as'", i + 1, TEXT_ARG(column.name));
		return;
	}
	directive = said(query->out.at, query->out.count, column.name);
	if (directive)
		column.type = directive->type;
	else if (!schema_type(sqlc, query, stmt, i, &column.type))
		complain_of(sqlc, query, "result column %.*s is an expression; say '-- out: %.*s TYPE'", TEXT_ARG(column.name),
			TEXT_ARG(column.name));
	if (!is_field(sqlc, column.name))
		complain_of(sqlc, query, "result column %.*s is not a field of fields.def", TEXT_ARG(column.name));
	if (said(record->columns.at, record->columns.count, column.name))
		complain_of(sqlc, query, "two result columns are called %.*s", TEXT_ARG(column.name));
	*LIST_ADD(sqlc->arena, &record->columns) = column;
}

static bool same_columns(const struct record *a, const struct record *b)
{
	if (a->columns.count != b->columns.count) return false;
	for (size_t i = 0; i < a->columns.count; i++) {
		if (!text_equal(a->columns.at[i].name, b->columns.at[i].name)) return false;
		if (!type_equal(a->columns.at[i].type, b->columns.at[i].type)) return false;
	}
	return true;
}

/* The record of this name, made where it is new; one name is one set of columns. */
static void place_record(struct sqlc *sqlc, struct query *query, const struct record *record)
{
	for (size_t i = 0; i < sqlc->records.count; i++) {
		if (!text_equal(sqlc->records.at[i].name, record->name)) continue;
		if (!same_columns(&sqlc->records.at[i], record))
			complain_of(sqlc, query, "%.*s has other columns in another query", TEXT_ARG(record->tag));
		query->record = i;
		return;
	}
	query->record = sqlc->records.count;
	*LIST_ADD(sqlc->arena, &sqlc->records) = *record;
}

static void check_columns(struct sqlc *sqlc, struct query *query, sqlite3_stmt *stmt)
{
	struct record record = {.name = query->row, .tag = query->tag, .noun = query->noun};
	int count = sqlite3_column_count(stmt);

	if (text_none(record.tag)) {
		record.name = query->name;
		record.tag = arena_printf(sqlc->arena, "%.*s_row", TEXT_ARG(query->name));
	}
	if (query->card == CARD_EXEC) {
		if (count) complain_of(sqlc, query, ":exec returns %d columns", count);
		return;
	}
	if (!count) {
		complain_of(sqlc, query, "%s", "returns no columns, so it is an :exec");
		return;
	}
	for (int i = 0; i < count; i++) check_column(sqlc, query, stmt, i, &record);
	place_record(sqlc, query, &record);
}

static void check_used(struct sqlc *sqlc, struct query *query)
{
	for (size_t i = 0; i < query->in.count; i++)
		if (!query->in.at[i].used)
			complain(sqlc, query->source->path, query->in.at[i].line, "%.*s: there is no parameter $%.*s",
				TEXT_ARG(query->name), TEXT_ARG(query->in.at[i].name));
	for (size_t i = 0; i < query->out.count; i++)
		if (!query->out.at[i].used)
			complain(sqlc, query->source->path, query->out.at[i].line, "%.*s: there is no result column %.*s",
				TEXT_ARG(query->name), TEXT_ARG(query->out.at[i].name));
}

/* SQLite's own complaint, at the line it points to. */
static void complain_of_sql(struct sqlc *sqlc, const struct query *query)
{
	int offset = sqlite3_error_offset(sqlc->db), line = query->sql_line;

	if (offset > 0) line += sql_line(query->sql, query->sql.ptr + offset) - 1;
	complain(sqlc, query->source->path, line, "%.*s: %s", TEXT_ARG(query->name), sqlite3_errmsg(sqlc->db));
}

void query_check(struct sqlc *sqlc, struct query *query)
{
	struct access *access;
	sqlite3_stmt *stmt;

	if (!query->sql.len) return;
	stmt = access_prepare(sqlc, query, &access);
	if (!stmt) {
		complain_of_sql(sqlc, query);
		return;
	}
	query->writes = !sqlite3_stmt_readonly(stmt);
	for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++)
		check_parameter(sqlc, query, sqlite3_bind_parameter_name(stmt, i));
	check_columns(sqlc, query, stmt);
	check_used(sqlc, query);
	access_judge(sqlc, query, access);
	sqlite3_finalize(stmt);
}
