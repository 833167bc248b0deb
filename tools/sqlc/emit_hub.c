#include "sqlc/output.h"

static void emit_id_structs(struct buffer *out, const struct sqlc *sqlc)
{
	buffer_literal(out, "/* Made by sqlc: a type for each table's ids; n == 0 is no value. */\n");
	output_guard(out, TEXT("ids"));
	buffer_literal(out, "#include <stdint.h>\n\n");
	for (size_t i = 0; i < sqlc->columns.count; i++)
		if (sqlc->columns.at[i].own_id)
			buffer_printf(out, "struct %.*s_id {\n\tint64_t n;\n};\n", TEXT_ARG(sqlc->columns.at[i].table));
	buffer_literal(out, "\n#endif\n");
}

void emit_ids(struct sqlc *sqlc)
{
	struct buffer out;

	buffer_init(&out, OUTPUT_BYTES);
	emit_id_structs(&out, sqlc);
	output_write(sqlc, &out, TEXT("ids.h"));
	buffer_release(&out);
}

static void emit_query_set(struct buffer *out, const struct sqlc *sqlc)
{
	buffer_literal(out, "/* Made by sqlc: every query, by index. */\n#include \"sql/queries.h\"\n\n");
	for (size_t i = 0; i < sqlc->queries.count; i++)
		buffer_printf(out, "extern const struct query %.*s_query;\n", TEXT_ARG(sqlc->queries.at[i].name));
	buffer_literal(out, "\nstatic const struct query *const every[] = {\n");
	for (size_t i = 0; i < sqlc->queries.count; i++)
		buffer_printf(out, "\t&%.*s_query,\n", TEXT_ARG(sqlc->queries.at[i].name));
	buffer_printf(out, "\tNULL,\n};\n\nconst struct query_set sql_queries = {every, %zu};\n", sqlc->queries.count);
}

void emit_index(struct sqlc *sqlc)
{
	struct buffer out;

	buffer_init(&out, OUTPUT_BYTES);
	buffer_literal(&out, "/* Made by sqlc. */\n");
	output_guard(&out, TEXT("queries"));
	buffer_literal(&out, "#include \"db/statement.h\"\n\nextern const struct query_set sql_queries;\n\n#endif\n");
	output_write(sqlc, &out, TEXT("queries.h"));
	buffer_clear(&out);
	emit_query_set(&out, sqlc);
	output_write(sqlc, &out, TEXT("queries.c"));
	buffer_release(&out);
}

static void emit_migration(struct buffer *out, const struct sql_file *source)
{
	int64_t number = 0;

	text_int(text_slice(source->name, 0, 4), &number);
	buffer_printf(out, "\t{%d, \"%.*s\",", (int)number, TEXT_ARG(source->name));
	output_literal(out, source->text);
	buffer_literal(out, "},\n");
}

void emit_migrations(struct sqlc *sqlc)
{
	struct buffer out;

	buffer_init(&out, OUTPUT_BYTES);
	buffer_literal(&out, "/* Made by sqlc. */\n");
	output_guard(&out, TEXT("migrations"));
	buffer_literal(&out, "#include \"db/migrate.h\"\n\nextern const struct migration_set sql_migrations;\n\n#endif\n");
	output_write(sqlc, &out, TEXT("migrations.h"));
	buffer_clear(&out);
	buffer_literal(&out, "/* Made by sqlc. */\n#include \"sql/migrations.h\"\n\n");
	buffer_literal(&out, "static const struct migration every[] = {\n");
	for (size_t i = 0; i < sqlc->migrations.count; i++) emit_migration(&out, &sqlc->migrations.at[i]);
	buffer_printf(&out, "};\n\nconst struct migration_set sql_migrations = {every, %zu};\n", sqlc->migrations.count);
	output_write(sqlc, &out, TEXT("migrations.c"));
	buffer_release(&out);
}

void emit_system_access(struct sqlc *sqlc)
{
	struct buffer out;

	buffer_init(&out, OUTPUT_BYTES);
	for (size_t i = 0; i < sqlc->queries.count; i++) {
		const struct query *query = &sqlc->queries.at[i];

		if (text_none(query->system_access)) continue;
		buffer_printf(&out, "%.*s %.*s: %.*s\n", TEXT_ARG(query->source->name), TEXT_ARG(query->name),
			TEXT_ARG(query->system_access));
	}
	output_write(sqlc, &out, TEXT("system_access.txt"));
	buffer_release(&out);
}

static void emit_prepare(struct sqlc *sqlc, struct buffer *out, const struct query *query)
{
	buffer_printf(out, "prepare \"%.*s\"", TEXT_ARG(query->name));
	for (size_t i = 0; i < query->parameters.count; i++) {
		const char *type = dialect_type(DB_POSTGRESQL, query->parameters.at[i].type.type);

		/* A collation belongs to a column, not to a parameter. */
		buffer_printf(out, "%s%.*s", i ? ", " : " (", (int)(strstr(type, " collate") ? 4 : strlen(type)), type);
	}
	buffer_printf(out, "%s as\n", query->parameters.count ? ")" : "");
	buffer_append(out, output_numbered(sqlc, query));
	buffer_literal(out, ";\n\n");
}

void emit_postgresql(struct sqlc *sqlc)
{
	struct error err = {0};
	struct buffer out;
	struct text sql;

	buffer_init(&out, OUTPUT_BYTES);
	buffer_literal(&out, "-- Made by sqlc: the schema and every query as PostgreSQL is told them.\n");
	for (size_t i = 0; i < sqlc->migrations.count; i++) {
		if (!dialect_translate(sqlc->arena, sqlc->migrations.at[i].text, DB_POSTGRESQL, NULL, &sql, &err))
			complain(sqlc, sqlc->migrations.at[i].path, 1, "%s", err.message);
		else
			buffer_append(&out, sql);
	}
	buffer_literal(&out, "\n");
	for (size_t i = 0; i < sqlc->queries.count; i++) emit_prepare(sqlc, &out, &sqlc->queries.at[i]);
	output_write(sqlc, &out, TEXT("postgresql.sql"));
	buffer_release(&out);
}
