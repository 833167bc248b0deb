#include "sqlc/sqlc.h"

#include "db/sql_lex.h"

/* What SQLite's authorizer said while a query was prepared. */
struct read {
	struct text table;
	struct text column;
	struct text via; /* the innermost view, trigger or common table expression, or no value */
};

struct access {
	struct sqlc *sqlc;
	struct query *query;
	LIST(struct read) reads;
	struct text inserted; /* the table rows are added to, or no value */
};

static struct text kept(struct sqlc *sqlc, const char *said)
{
	return arena_text(sqlc->arena, text_of(said));
}

static int authorise(void *to, int action, const char *first, const char *second, const char *schema, const char *via)
{
	struct access *access = to;
	struct sqlc *sqlc = access->sqlc;

	(void)schema;
	if (action == SQLITE_INSERT && !via) access->inserted = access->query->target = kept(sqlc, first);
	if ((action == SQLITE_UPDATE || action == SQLITE_DELETE) && !via) access->query->target = kept(sqlc, first);
	if (action == SQLITE_READ)
		*LIST_ADD(sqlc->arena, &access->reads) = (struct read){kept(sqlc, first), kept(sqlc, second), kept(sqlc, via)};
	return SQLITE_OK;
}

/* Might the query itself read the table: by its name, by a quoted one, by its schema, or through another view? */
static bool names_table(struct sqlc *sqlc, const struct query *query, struct text table)
{
	struct text rest = query->sql;
	struct sql_token token;
	bool member = false; /* of what stands before a full stop: a column's name */

	while (sql_next_solid(&rest, &token)) {
		bool visible = text_starts(token.text, TEXT("visible_"));

		if (sql_is_mark(token, '[') || sql_is_mark(token, '`') || token.text.ptr[0] == '"') return true;
		if (sql_is_word(token, "main") || (!member && sql_is_word(token, table.ptr))) return true;
		if (!member && !visible && schema_is(sqlc, "view", token.text)) return true;
		member = sql_is_mark(token, '.');
	}
	return false;
}

/* A table of a view that SQLite has flattened and of which no column is used: it is the view that reads it. */
static bool flattened(const struct access *access, const struct read *read)
{
	return !read->column.len && !names_table(access->sqlc, access->query, read->table);
}

/* Triggers return nothing to who asked, and a visible_* view has joined the viewer: both may read. */
static bool may_read(struct access *access, const struct read *read)
{
	const struct table *table = schema_table(access->sqlc, read->table);

	if (!table || !table->case_data) return true;
	if (text_equal(read->table, access->inserted) && text_is(read->column, "id")) return true;
	if (schema_is(access->sqlc, "trigger", read->via) || flattened(access, read)) return true;
	return text_starts(read->via, TEXT("visible_")) && schema_is(access->sqlc, "view", read->via);
}

static bool reads_viewer_of(const struct access *access, struct text view)
{
	for (size_t i = 0; i < access->reads.count; i++)
		if (text_equal(access->reads.at[i].table, view) && text_is(access->reads.at[i].column, "viewer")) return true;
	return false;
}

static bool has_viewer(const struct query *query)
{
	for (size_t i = 0; i < query->parameters.count; i++)
		if (text_is(query->parameters.at[i].name, "viewer")) return true;
	return false;
}

/* The first visible_* view that is read without saying for whom, or no value. */
static struct text unviewed(const struct access *access)
{
	for (size_t i = 0; i < access->reads.count; i++) {
		struct text table = access->reads.at[i].table, via = access->reads.at[i].via;

		if (!text_starts(table, TEXT("visible_"))) continue;
		if (schema_is(access->sqlc, "view", via) || schema_is(access->sqlc, "trigger", via)) continue;
		if (!has_viewer(access->query) || !reads_viewer_of(access, table)) return table;
	}
	return TEXT_NONE;
}

static void judge(struct access *access)
{
	struct query *query = access->query;
	struct text through = unviewed(access);

	for (size_t i = 0; i < access->reads.count && !query->reads_case_data; i++) {
		const struct read *read = &access->reads.at[i];

		query->reads_case_data = !may_read(access, read);
		if (query->reads_case_data && text_none(query->system_access))
			complain(access->sqlc, query->source->path, query->line,
				"%.*s reads case data of %.*s not through a visible_* view; if it must: '-- access: system, REASON'",
				TEXT_ARG(query->name), TEXT_ARG(read->table));
	}
	if (!text_none(through) && text_none(query->system_access))
		complain(access->sqlc, query->source->path, query->line,
			"%.*s reads %.*s without saying whose view: compare its viewer with $viewer", TEXT_ARG(query->name),
			TEXT_ARG(through));
	if (!query->reads_case_data && text_none(through) && !text_none(query->system_access))
		complain(access->sqlc, query->source->path, query->line, "%.*s says 'access: system' and reads no case data",
			TEXT_ARG(query->name));
}

/* Past a bracket and what it holds; *token is what comes after it. */
static void skip_brackets(struct text *rest, struct sql_token *token)
{
	int depth = 0;

	do {
		depth += sql_is_mark(*token, '(') - sql_is_mark(*token, ')');
		if (!sql_next_solid(rest, token)) return;
	} while (depth > 0);
}

/* True where `rest` goes on as a common table expression does after its name: "[(...)] as [[not] materialized] (". */
static bool goes_on_as_cte(struct text rest)
{
	struct sql_token token;

	if (!sql_next_solid(&rest, &token)) return false;
	if (sql_is_mark(token, '(')) skip_brackets(&rest, &token);
	if (!sql_is_word(token, "as")) return false;
	while (sql_next_solid(&rest, &token))
		if (!sql_is_word(token, "not") && !sql_is_word(token, "materialized")) return sql_is_mark(token, '(');
	return false;
}

/* The authorizer names a common table expression as it names a view, so one may not take a view's name. */
static void check_names(struct sqlc *sqlc, struct query *query)
{
	struct text rest = query->sql;
	struct sql_token token;

	while (sql_next_solid(&rest, &token)) {
		if (token.kind == SQL_PARAMETER || token.kind == SQL_MARK || !goes_on_as_cte(rest)) continue;
		if (token.kind == SQL_STRING)
			complain(
				sqlc, query->source->path, query->line, "%.*s: a quoted name before 'as ('", TEXT_ARG(query->name));
		else if (schema_is(sqlc, "view", token.text) || schema_is(sqlc, "trigger", token.text))
			complain(sqlc, query->source->path, query->line, "%.*s: 'with %.*s' takes the name of a view or trigger",
				TEXT_ARG(query->name), TEXT_ARG(token.text));
	}
}

sqlite3_stmt *access_prepare(struct sqlc *sqlc, struct query *query, struct access **ret)
{
	struct access *access = arena_new(sqlc->arena, struct access);
	sqlite3_stmt *stmt = NULL;

	access->sqlc = sqlc;
	access->query = query;
	sqlite3_set_authorizer(sqlc->db, authorise, access);
	sqlite3_prepare_v2(sqlc->db, query->sql.ptr, (int)query->sql.len, &stmt, NULL);
	sqlite3_set_authorizer(sqlc->db, NULL, NULL);
	*ret = access;
	return stmt;
}

void access_judge(struct sqlc *sqlc, struct query *query, struct access *access)
{
	check_names(sqlc, query);
	judge(access);
}
