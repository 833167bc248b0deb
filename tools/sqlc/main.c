#include "sqlc/sqlc.h"

#include <stdlib.h>

#define ARENA_BYTES ((size_t)512 << 20)

void *list_room(struct arena *arena, void *at, size_t count, size_t *capacity, size_t element_bytes)
{
	void *bigger;

	if (count < *capacity) return at;
	*capacity = *capacity ? *capacity * 2 : 8;
	bigger = arena_array(arena, *capacity, element_bytes);
	if (count) memcpy(bigger, at, count * element_bytes);
	return bigger;
}

void complain(struct sqlc *sqlc, struct text path, int line, const char *format, ...)
{
	va_list args;

	sqlc->complaints++;
	fprintf(stderr, "%.*s:%d: ", TEXT_ARG(path), line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static _Noreturn void give_up(const char *what, const char *which)
{
	fprintf(stderr, "sqlc: %s: %s\n", what, which);
	exit(2);
}

static struct text read_whole(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	char piece[8192];
	struct buffer all;
	struct text text;
	size_t len;

	if (!file) give_up("could not open", path);
	buffer_init(&all, (size_t)64 << 20);
	while ((len = fread(piece, 1, sizeof piece, file)) > 0) buffer_bytes(&all, piece, len);
	if (ferror(file) || all.overflowed) give_up("could not read", path);
	fclose(file);
	text = arena_text(arena, buffer_text(&all));
	buffer_release(&all);
	return text;
}

static struct sql_file read_source(struct sqlc *sqlc, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	return (struct sql_file){
		.path = text_of(path),
		.name = (struct text){name, strcspn(name, ".")},
		.text = read_whole(sqlc->arena, path),
	};
}

/* The names of fields.def: what stands first in each "FIELD(NAME, ...". */
static void read_fields(struct sqlc *sqlc, const char *path)
{
	struct text rest = read_whole(sqlc->arena, path), line;

	while (text_split(&rest, '\n', &line)) {
		struct text field = text_trim(line);

		if (!text_starts(field, TEXT("FIELD("))) continue;
		field = text_slice(field, 6, field.len);
		*LIST_ADD(sqlc->arena, &sqlc->fields) = text_trim(text_slice(field, 0, text_index(field, ',')));
	}
}

/* Migrations have numbers, overrides say their engine, and the rest are nouns. */
static void add_file(struct sqlc *sqlc, const char *path)
{
	struct sql_file source = read_source(sqlc, path);

	if (source.name.len && source.name.ptr[0] >= '0' && source.name.ptr[0] <= '9')
		*LIST_ADD(sqlc->arena, &sqlc->migrations) = source;
	else if (text_ends(source.path, TEXT(".postgresql.sql")))
		*LIST_ADD(sqlc->arena, &sqlc->overrides) = source;
	else
		*LIST_ADD(sqlc->arena, &sqlc->nouns) = source;
}

static void open_empty_hub(struct sqlc *sqlc)
{
	if (sqlite3_open(":memory:", &sqlc->db) != SQLITE_OK) give_up("could not open", "an empty hub");
	sqlite3_db_config(sqlc->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(sqlc->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* With them on, SQLite says that an insert reads what its row refers to, which nobody gets to see. */
	sqlite3_db_config(sqlc->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
}

static void understand(struct sqlc *sqlc)
{
	open_empty_hub(sqlc);
	schema_migrate(sqlc);
	if (sqlc->complaints) return;
	for (size_t i = 0; i < sqlc->nouns.count; i++) query_read(sqlc, i);
	for (size_t i = 0; i < sqlc->overrides.count; i++) query_read_override(sqlc, &sqlc->overrides.at[i]);
	for (size_t i = 0; i < sqlc->queries.count; i++) query_check(sqlc, &sqlc->queries.at[i]);
}

static void emit(struct sqlc *sqlc)
{
	emit_ids(sqlc);
	emit_nouns(sqlc);
	emit_index(sqlc);
	emit_migrations(sqlc);
	emit_system_access(sqlc);
	emit_postgresql(sqlc);
}

int main(int argc, char **argv)
{
	ARENA_SCOPE arena;
	struct sqlc sqlc = {.arena = &arena};

	if (argc < 4) {
		fprintf(stderr, "usage: sqlc OUT-DIRECTORY FIELDS.DEF SQL-FILE...\n"
						"SQL files: 0001_name.sql (migrations, in order), noun.sql, noun.postgresql.sql\n");
		return 2;
	}
	arena_init(&arena, ARENA_BYTES);
	sqlc.out_dir = argv[1];
	read_fields(&sqlc, argv[2]);
	for (int i = 3; i < argc; i++) add_file(&sqlc, argv[i]);
	understand(&sqlc);
	if (!sqlc.complaints) emit(&sqlc);
	sqlite3_close(sqlc.db);
	return sqlc.complaints ? 1 : 0;
}
