#include "db/dialect.h"

#include "base/buffer.h"
#include "db/sql_lex.h"

#define MIGRATION_BYTES ((size_t)16 << 20)

static const struct {
	const char *name;
	const char *engine[2];
} types[] = {
	[COLUMN_ID] = {"id", {"integer", "bigint"}},
	[COLUMN_INT] = {"int", {"integer", "bigint"}},
	[COLUMN_INSTANT] = {"instant", {"integer", "bigint"}},
	[COLUMN_DAY] = {"day", {"text", "text collate \"C\""}},
	[COLUMN_TEXT] = {"text", {"text", "text collate \"C\""}},
	[COLUMN_BOOL] = {"bool", {"integer", "smallint"}},
	[COLUMN_REAL] = {"real", {"real", "double precision"}},
	[COLUMN_BYTES] = {"bytes", {"blob", "bytea"}},
};

#define TYPE_COUNT (sizeof types / sizeof types[0])

const char *dialect_type(enum db_engine engine, enum column_type type)
{
	return types[type].engine[engine];
}

const char *dialect_type_name(enum column_type type)
{
	return types[type].name;
}

bool dialect_type_named(struct text name, enum column_type *ret)
{
	for (size_t i = 0; i < TYPE_COUNT; i++) {
		if (!text_equal_nocase(name, text_of(types[i].name))) continue;
		*ret = (enum column_type)i;
		return true;
	}
	return false;
}

/* One migration on its way to one engine. */
struct dialect {
	enum db_engine engine;
	struct dialect_watch *watch;
	struct text whole;
	struct text rest;
	struct buffer out;
	struct text table;
	bool case_data; /* said of the table that comes next */
	struct error *err;
};

/* The engine a "-- engine: NAME" line begins, or where none does, what it was. */
static int engine_of_line(struct text line, int was)
{
	struct text rest = text_trim(line);

	if (!text_starts(rest, TEXT("-- engine:"))) return was;
	rest = text_trim(text_slice(rest, 10, rest.len));
	if (text_is(rest, "sqlite")) return DB_SQLITE;
	return text_is(rest, "postgresql") ? DB_POSTGRESQL : -1;
}

/* The other engine's lines made empty, so that lines keep their numbers. */
static struct text lines_for(struct arena *arena, struct text source, enum db_engine engine)
{
	char *out = arena_alloc(arena, source.len + 1);
	struct text line;
	size_t len = 0;
	int only = -1;

	while (text_split(&source, '\n', &line)) {
		only = engine_of_line(line, only);
		if (only == -1 || only == (int)engine) {
			memcpy(out + len, line.ptr, line.len);
			len += line.len;
		}
		out[len++] = '\n';
	}
	return (struct text){out, len ? len - 1 : 0};
}

static bool wrong(struct dialect *d, struct text at, const char *what)
{
	return error_invalid(d->err, "line %d: %s: %.*s", sql_line(d->whole, at.ptr), what, TEXT_ARG(at));
}

static bool cut_short(struct dialect *d)
{
	return error_invalid(d->err, "line %d: the statement has no end", sql_line(d->whole, d->rest.ptr));
}

/* Copies up to the next solid token, which is taken but not yet copied. */
static bool take(struct dialect *d, struct sql_token *ret)
{
	while (sql_next(&d->rest, ret)) {
		if (ret->kind != SQL_SPACE && ret->kind != SQL_COMMENT) return true;
		buffer_append(&d->out, ret->text);
	}
	return false;
}

static bool copy(struct dialect *d, struct sql_token *ret)
{
	if (!take(d, ret)) return false;
	buffer_append(&d->out, ret->text);
	return true;
}

static bool copy_statement(struct dialect *d, struct sql_token token)
{
	while (!sql_is_mark(token, ';'))
		if (!copy(d, &token)) return cut_short(d);
	return true;
}

/* What stands between "-- statement" and "-- end"; its semicolon may be left out. */
static bool copy_block(struct dialect *d)
{
	struct sql_token token, last = {0};

	while (sql_next(&d->rest, &token)) {
		bool end = token.kind == SQL_COMMENT && text_is(text_trim(token.text), "-- end");

		if (end && last.text.len && !sql_is_mark(last, ';')) buffer_char(&d->out, ';');
		buffer_append(&d->out, token.text);
		if (end) return true;
		if (token.kind != SQL_SPACE && token.kind != SQL_COMMENT) last = token;
	}
	return cut_short(d);
}

/* Copies what is left of an item of a table; *ret is the comma, bracket or semicolon after it, not yet copied. */
static bool copy_item(struct dialect *d, struct sql_token *ret)
{
	int depth = 0;

	while (take(d, ret)) {
		if (depth == 0 && (sql_is_mark(*ret, ',') || sql_is_mark(*ret, ')') || sql_is_mark(*ret, ';'))) return true;
		depth += sql_is_mark(*ret, '(') - sql_is_mark(*ret, ')');
		buffer_append(&d->out, ret->text);
	}
	return cut_short(d);
}

/* Looks ahead in a column's item: which table it refers to, and whether it is the primary key. */
static void look_ahead(struct text rest, struct dialect_column *column, bool *ret_primary)
{
	struct sql_token token;
	int depth = 0;

	*ret_primary = false;
	while (sql_next_solid(&rest, &token)) {
		if (depth == 0 && (sql_is_mark(token, ',') || sql_is_mark(token, ')') || sql_is_mark(token, ';'))) return;
		depth += sql_is_mark(token, '(') - sql_is_mark(token, ')');
		if (sql_is_word(token, "primary")) *ret_primary = true;
		if (sql_is_word(token, "references") && sql_next_solid(&rest, &token)) column->id_of = token.text;
	}
}

static bool write_type(struct dialect *d, struct dialect_column *column, struct sql_token type)
{
	bool primary;

	if (!dialect_type_named(type.text, &column->type)) return wrong(d, type.text, "unknown type");
	look_ahead(d->rest, column, &primary);
	if (column->type == COLUMN_ID && text_none(column->id_of)) {
		if (!primary) return wrong(d, column->name, "an id says which table it references");
		column->own_id = true;
		column->id_of = column->table;
	}
	if (column->type != COLUMN_ID) column->id_of = TEXT_NONE;
	buffer_printf(&d->out, "%s", dialect_type(d->engine, column->type));
	if (column->own_id && d->engine == DB_POSTGRESQL) buffer_literal(&d->out, " generated by default as identity");
	if (column->type == COLUMN_BOOL) buffer_printf(&d->out, " check (%.*s in (0, 1))", TEXT_ARG(column->name));
	if (d->watch && d->watch->column) d->watch->column(d->watch, column);
	if (primary && d->watch && d->watch->key) d->watch->key(d->watch, column->table, column->name);
	return true;
}

static bool write_column(struct dialect *d, struct sql_token name, struct sql_token *ret_after)
{
	struct dialect_column column = {.table = d->table, .name = name.text};
	struct sql_token type;

	buffer_append(&d->out, name.text);
	if (!take(d, &type)) return cut_short(d);
	return write_type(d, &column, type) && copy_item(d, ret_after);
}

static bool begins_constraint(struct sql_token first)
{
	static const char *const words[] = {"primary", "unique", "check", "foreign", "constraint"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (sql_is_word(first, words[i])) return true;
	return false;
}

/* Tells of the columns of `primary key (a, b)`, whose first word was just taken. */
static void tell_key(struct dialect *d)
{
	struct text rest = d->rest;
	struct sql_token token;

	if (!d->watch || !d->watch->key) return;
	while (sql_next_solid(&rest, &token) && !sql_is_mark(token, ')') && !sql_is_mark(token, ';'))
		if (token.kind == SQL_WORD && !sql_is_word(token, "key")) d->watch->key(d->watch, d->table, token.text);
}

static bool write_items(struct dialect *d)
{
	struct sql_token token;

	do {
		if (!take(d, &token)) return cut_short(d);
		if (!begins_constraint(token)) {
			if (!write_column(d, token, &token)) return false;
		} else {
			buffer_append(&d->out, token.text);
			if (sql_is_word(token, "primary")) tell_key(d);
			if (!copy_item(d, &token)) return false;
		}
		buffer_append(&d->out, token.text);
	} while (sql_is_mark(token, ','));
	return sql_is_mark(token, ')') || cut_short(d);
}

/* What stands behind a table's bracket: nothing, or `without rowid`, which only SQLite is told. */
static bool write_table_end(struct dialect *d)
{
	struct sql_token token;
	bool without = false;

	while (sql_next_solid(&d->rest, &token)) {
		without = without || sql_is_word(token, "without");
		if (!sql_is_mark(token, ';')) continue;
		if (d->engine == DB_SQLITE) buffer_printf(&d->out, " strict%s", without ? ", without rowid" : "");
		buffer_char(&d->out, ';');
		return true;
	}
	return cut_short(d);
}

static bool write_table(struct dialect *d)
{
	struct sql_token token;

	if (!copy(d, &token)) return cut_short(d);
	d->table = token.text;
	if (d->watch && d->watch->table) d->watch->table(d->watch, d->table, d->case_data);
	if (!copy(d, &token)) return cut_short(d);
	if (!sql_is_mark(token, '(')) return wrong(d, token.text, "a table's columns stand in brackets");
	return write_items(d) && write_table_end(d);
}

static bool write_alteration(struct dialect *d)
{
	struct sql_token token;

	if (!copy(d, &token)) return cut_short(d);
	d->table = token.text;
	if (!copy(d, &token)) return cut_short(d);
	if (!sql_is_word(token, "add")) return copy_statement(d, token);
	if (!take(d, &token)) return cut_short(d);
	if (sql_is_word(token, "column")) {
		buffer_append(&d->out, token.text);
		if (!take(d, &token)) return cut_short(d);
	}
	if (!write_column(d, token, &token)) return false;
	buffer_append(&d->out, token.text);
	return sql_is_mark(token, ';') || wrong(d, token.text, "one column is added at a time");
}

static bool write_statement(struct dialect *d, struct sql_token first)
{
	struct sql_token second;
	bool done;

	buffer_append(&d->out, first.text);
	if (sql_is_mark(first, ';')) return true;
	if (!copy(d, &second)) return cut_short(d);
	if (sql_is_word(first, "create") && sql_is_word(second, "table"))
		done = write_table(d);
	else if (sql_is_word(first, "alter") && sql_is_word(second, "table"))
		done = write_alteration(d);
	else
		done = copy_statement(d, second);
	d->case_data = false;
	return done;
}

static bool write_comment(struct dialect *d, struct text comment)
{
	buffer_append(&d->out, comment);
	if (text_is(text_trim(comment), "-- case data")) d->case_data = true;
	if (text_is(text_trim(comment), "-- statement")) return copy_block(d);
	return true;
}

static bool write_all(struct dialect *d)
{
	struct sql_token token;

	while (sql_next(&d->rest, &token)) {
		if (token.kind == SQL_SPACE)
			buffer_append(&d->out, token.text);
		else if (token.kind == SQL_COMMENT) {
			if (!write_comment(d, token.text)) return false;
		} else if (!write_statement(d, token))
			return false;
	}
	return !d->out.overflowed || error_too_large(d->err, "the migration is too large");
}

bool dialect_translate(struct arena *arena, struct text migration, enum db_engine engine, struct dialect_watch *watch,
	struct text *ret_sql, struct error *err)
{
	struct dialect d = {.engine = engine, .watch = watch, .err = err};
	bool done;

	d.whole = d.rest = lines_for(arena, migration, engine);
	buffer_init(&d.out, MIGRATION_BYTES);
	done = write_all(&d);
	if (done) *ret_sql = arena_text(arena, buffer_text(&d.out));
	buffer_release(&d.out);
	return done;
}
