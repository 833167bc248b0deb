#include "sqlc/output.h"

static const char *const c_types[] = {[COLUMN_INT] = "int64_t",
	[COLUMN_INSTANT] = "instant",
	[COLUMN_DAY] = "day",
	[COLUMN_TEXT] = "struct text",
	[COLUMN_BOOL] = "bool",
	[COLUMN_REAL] = "double",
	[COLUMN_BYTES] = "struct text"};

static const char *const c_columns[] = {[COLUMN_ID] = "COLUMN_ID",
	[COLUMN_INT] = "COLUMN_INT",
	[COLUMN_INSTANT] = "COLUMN_INSTANT",
	[COLUMN_DAY] = "COLUMN_DAY",
	[COLUMN_TEXT] = "COLUMN_TEXT",
	[COLUMN_BOOL] = "COLUMN_BOOL",
	[COLUMN_REAL] = "COLUMN_REAL",
	[COLUMN_BYTES] = "COLUMN_BYTES"};

static void emit_member(struct buffer *out, const struct named *member)
{
	if (member->type.type == COLUMN_ID)
		buffer_printf(out, "\tstruct %.*s_id %.*s;\n", TEXT_ARG(member->type.id_of), TEXT_ARG(member->name));
	else
		buffer_printf(out, "\t%s %.*s;\n", c_types[member->type.type], TEXT_ARG(member->name));
}

static void emit_record_structs(struct buffer *out, const struct record *record)
{
	buffer_printf(out, "struct %.*s {\n", TEXT_ARG(record->tag));
	for (size_t i = 0; i < record->columns.count; i++) emit_member(out, &record->columns.at[i]);
	buffer_printf(out, "};\nstruct %.*s_rows {\n\tstruct %.*s *rows;\n\tsize_t count;\n};\n", TEXT_ARG(record->name),
		TEXT_ARG(record->tag));
	buffer_printf(out, "extern const struct record_type %.*s_record;\n\n", TEXT_ARG(record->name));
}

static void emit_in_struct(struct buffer *out, const struct query *query)
{
	if (!query->parameters.count) return;
	buffer_printf(out, "struct %.*s_in {\n", TEXT_ARG(query->name));
	for (size_t i = 0; i < query->parameters.count; i++) emit_member(out, &query->parameters.at[i]);
	buffer_literal(out, "};\n");
}

/* "bool q(struct tx *tx, ...)", the same in header and source. */
static void emit_signature(struct buffer *out, const struct sqlc *sqlc, const struct query *query)
{
	const struct record *record = query->card == CARD_EXEC ? NULL : &sqlc->records.at[query->record];

	buffer_printf(out, "bool %.*s(struct tx *tx, ", TEXT_ARG(query->name));
	if (query->parameters.count) buffer_printf(out, "const struct %.*s_in *in, ", TEXT_ARG(query->name));
	switch (query->card) {
	case CARD_ONE: buffer_printf(out, "struct %.*s *ret, ", TEXT_ARG(record->tag)); break;
	case CARD_FIND: buffer_printf(out, "struct %.*s *ret, bool *ret_found, ", TEXT_ARG(record->tag)); break;
	case CARD_MANY: buffer_printf(out, "struct %.*s_rows *ret, ", TEXT_ARG(record->name)); break;
	case CARD_EXEC: buffer_literal(out, "int64_t *ret_changed, "); break;
	}
	buffer_literal(out, "struct error *err)");
}

static void emit_purpose(struct buffer *out, struct text purpose)
{
	const char *before = "/* ";
	struct text line;

	if (!purpose.len) return;
	while (text_split(&purpose, '\n', &line)) {
		buffer_printf(out, "%s%.*s", before, TEXT_ARG(line));
		before = "\n * ";
	}
	buffer_literal(out, " */\n");
}

/* Records of other nouns stand in their headers; an earlier noun never needs a later one's. */
static void emit_includes(struct buffer *out, const struct sqlc *sqlc, size_t noun)
{
	buffer_literal(out, "#include \"base/instant.h\"\n#include \"db/statement.h\"\n#include \"sql/ids.h\"\n");
	for (size_t other = 0; other < noun; other++) {
		bool needed = false;

		for (size_t i = 0; i < sqlc->queries.count; i++) {
			const struct query *query = &sqlc->queries.at[i];

			if (query->noun == noun && query->card != CARD_EXEC)
				needed = needed || sqlc->records.at[query->record].noun == other;
		}
		if (needed) buffer_printf(out, "#include \"sql/%.*s.h\"\n", TEXT_ARG(sqlc->nouns.at[other].name));
	}
	buffer_literal(out, "\n");
}

static void emit_header(struct sqlc *sqlc, size_t noun, struct buffer *out)
{
	struct text name = sqlc->nouns.at[noun].name;

	buffer_printf(out, "/* Made by sqlc from %.*s.sql. */\n", TEXT_ARG(name));
	output_guard(out, name);
	emit_includes(out, sqlc, noun);
	for (size_t i = 0; i < sqlc->records.count; i++)
		if (sqlc->records.at[i].noun == noun) emit_record_structs(out, &sqlc->records.at[i]);
	for (size_t i = 0; i < sqlc->queries.count; i++) {
		const struct query *query = &sqlc->queries.at[i];

		if (query->noun != noun) continue;
		emit_in_struct(out, query);
		emit_purpose(out, query->purpose);
		buffer_literal(out, "NODISCARD ");
		emit_signature(out, sqlc, query);
		buffer_literal(out, ";\n\n");
	}
	buffer_literal(out, "#endif\n");
}

/* The table of a struct's members; a row's are fields, what a query binds need not be. */
static void emit_columns(struct buffer *out, struct text tag, bool fields, const struct named *at, size_t count)
{
	buffer_printf(out, "static const struct column %.*s_columns[] = {\n", TEXT_ARG(tag));
	for (size_t i = 0; i < count; i++) {
		struct text member = at[i].name;

		buffer_printf(out, "\t{\"%.*s\", offsetof(struct %.*s, %.*s), %s, ", TEXT_ARG(member), TEXT_ARG(tag),
			TEXT_ARG(member), c_columns[at[i].type.type]);
		if (fields)
			buffer_printf(out, "FIELD_%.*s},\n", TEXT_ARG(member));
		else
			buffer_literal(out, "FIELD_NONE},\n");
	}
	buffer_literal(out, "};\n");
}

static void emit_record_type(struct buffer *out, const struct record *record)
{
	emit_columns(out, record->tag, true, record->columns.at, record->columns.count);
	buffer_printf(out, "const struct record_type %.*s_record = {\"%.*s\", sizeof(struct %.*s), ",
		TEXT_ARG(record->name), TEXT_ARG(record->name), TEXT_ARG(record->tag));
	buffer_printf(out, "%.*s_columns, %zu};\n\n", TEXT_ARG(record->tag), record->columns.count);
}

static void emit_query_table(struct buffer *out, struct sqlc *sqlc, const struct query *query)
{
	struct text in = arena_printf(sqlc->arena, "%.*s_in", TEXT_ARG(query->name));

	if (query->parameters.count) emit_columns(out, in, false, query->parameters.at, query->parameters.count);
	buffer_printf(out,
		"extern const struct query %.*s_query;\nconst struct query %.*s_query = {\n\t.name = \"%.*s\",\n",
		TEXT_ARG(query->name), TEXT_ARG(query->name), TEXT_ARG(query->name));
	buffer_literal(out, "\t.sql =");
	output_literal(out, query->sql);
	if (query->parameters.count || !text_none(query->sql_postgresql)) {
		buffer_literal(out, ",\n\t.sql_postgresql =");
		output_literal(out, output_numbered(sqlc, query));
	}
	if (query->parameters.count)
		buffer_printf(out, ",\n\t.parameters = %.*s_in_columns,\n\t.parameter_count = %zu", TEXT_ARG(query->name),
			query->parameters.count);
	if (query->card != CARD_EXEC)
		buffer_printf(out, ",\n\t.row = &%.*s_record", TEXT_ARG(sqlc->records.at[query->record].name));
	buffer_printf(out, ",\n\t.index = %zu,\n\t.writes = %s,\n};\n\n", (size_t)(query - sqlc->queries.at),
		query->writes ? "true" : "false");
}

static void emit_body(struct buffer *out, const struct sqlc *sqlc, const struct query *query)
{
	const char *in = query->parameters.count ? "in" : "NULL";
	struct text name = query->name, row;

	emit_signature(out, sqlc, query);
	buffer_literal(out, "\n{\n");
	if (query->card == CARD_ONE)
		buffer_printf(out, "\treturn statement_one(tx, &%.*s_query, %s, ret, err);\n", TEXT_ARG(name), in);
	if (query->card == CARD_EXEC)
		buffer_printf(out, "\treturn statement_exec(tx, &%.*s_query, %s, ret_changed, err);\n", TEXT_ARG(name), in);
	if (query->card == CARD_FIND) {
		buffer_literal(out, "\tstruct statement_row one = {.row = ret};\n\n");
		buffer_printf(
			out, "\tif (!statement_find(tx, &%.*s_query, %s, &one, err)) return false;\n", TEXT_ARG(name), in);
		buffer_literal(out, "\t*ret_found = one.found;\n\treturn true;\n");
	}
	if (query->card == CARD_MANY) {
		row = sqlc->records.at[query->record].name;
		buffer_literal(out, "\tstruct statement_rows all;\n\n");
		buffer_printf(
			out, "\tif (!statement_many(tx, &%.*s_query, %s, &all, err)) return false;\n", TEXT_ARG(name), in);
		buffer_printf(out, "\t*ret = (struct %.*s_rows){all.rows, all.count};\n\treturn true;\n", TEXT_ARG(row));
	}
	buffer_literal(out, "}\n\n");
}

static void emit_source(struct sqlc *sqlc, size_t noun, struct buffer *out)
{
	buffer_printf(out, "/* Made by sqlc from %.*s.sql. */\n#include \"sql/%.*s.h\"\n\n",
		TEXT_ARG(sqlc->nouns.at[noun].name), TEXT_ARG(sqlc->nouns.at[noun].name));
	for (size_t i = 0; i < sqlc->records.count; i++)
		if (sqlc->records.at[i].noun == noun) emit_record_type(out, &sqlc->records.at[i]);
	for (size_t i = 0; i < sqlc->queries.count; i++) {
		if (sqlc->queries.at[i].noun != noun) continue;
		emit_query_table(out, sqlc, &sqlc->queries.at[i]);
		emit_body(out, sqlc, &sqlc->queries.at[i]);
	}
}

void emit_nouns(struct sqlc *sqlc)
{
	struct buffer out;

	buffer_init(&out, OUTPUT_BYTES);
	for (size_t noun = 0; noun < sqlc->nouns.count; noun++) {
		struct text name = sqlc->nouns.at[noun].name;

		buffer_clear(&out);
		emit_header(sqlc, noun, &out);
		output_write(sqlc, &out, arena_printf(sqlc->arena, "%.*s.h", TEXT_ARG(name)));
		buffer_clear(&out);
		emit_source(sqlc, noun, &out);
		output_write(sqlc, &out, arena_printf(sqlc->arena, "%.*s.c", TEXT_ARG(name)));
	}
	buffer_release(&out);
}
