#include "db/guards.h"

#include "db/connection.h"

#define SCRIPT_MOST ((size_t)4 << 20)

struct line {
	struct text aside;
	struct text back;
};

static const struct column line_columns[] = {
	{"aside", offsetof(struct line, aside), COLUMN_TEXT, FIELD_NONE},
	{"back", offsetof(struct line, back), COLUMN_TEXT, FIELD_NONE},
};
static const struct record_type line_record = {"line", sizeof(struct line), line_columns, 2};
static const struct record_type word_record = {
	"word", sizeof(struct text), (const struct column[]){{"word", 0, COLUMN_TEXT, FIELD_NONE}}, 1};
static const struct record_type count_record = {
	"count", sizeof(int64_t), (const struct column[]){{"count", 0, COLUMN_INT, FIELD_NONE}}, 1};

/* References before the keys they are to; on the way back in the other order. */
static const struct query set_aside = {
	.name = "guards_aside",
	.sql = "select 'drop ' || type || ' ' || name || ';' as aside, sql || ';' as back from sqlite_schema"
		   " where type in ('trigger', 'index') and sql is not null order by type desc, rowid desc",
	.sql_postgresql =
		"select aside, back from ("
		"select 1 as place, format('alter table %s drop constraint %I;', conrelid::regclass, conname) as aside,"
		" format('alter table %s add constraint %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid)) as "
		"back"
		" from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace"
		" union all select 2, format('drop index %s;', indexrelid::regclass), pg_get_indexdef(indexrelid) || ';'"
		" from pg_index join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace"
		" and not exists (select 1 from pg_constraint where conindid = indexrelid)"
		" union all select distinct 3, format('alter table %s disable trigger user;', tgrelid::regclass),"
		" format('alter table %s enable trigger user;', tgrelid::regclass)"
		" from pg_trigger join pg_class on pg_class.oid = tgrelid"
		" where relnamespace = 'public'::regnamespace and not tgisinternal) as guards order by place, aside",
	.row = &line_record,
};

static const struct query describe = {
	.name = "guards_describe",
	.sql = "select type || ' ' || name || ' ' || coalesce(sql, '') as word from sqlite_schema order by 1",
	.sql_postgresql =
		"select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) as word from "
		"pg_constraint"
		" where connamespace = 'public'::regnamespace"
		" union all select pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid"
		" where relnamespace = 'public'::regnamespace"
		" union all select tgenabled::text || ' ' || pg_get_triggerdef(pg_trigger.oid) from pg_trigger"
		" join pg_class on pg_class.oid = tgrelid where relnamespace = 'public'::regnamespace and not tgisinternal"
		" order by 1",
	.row = &word_record,
};

static const struct query count_all = {
	.name = "guards_count_all",
	.sql = "select count(*) as count from sqlite_schema",
	.sql_postgresql = "select count(*) as count from pg_class where relnamespace = 'public'::regnamespace",
	.row = &count_record,
};

/* PostgreSQL looked at every reference when it was made again. */
static const struct query dangling = {
	.name = "guards_dangling",
	.sql = "select count(*) as count from pragma_foreign_key_check",
	.sql_postgresql = "select count(*) as count from pg_constraint where contype = 'f' and not convalidated",
	.row = &count_record,
};

static const struct query lone_sequences = {
	.name = "guards_lone_sequences",
	.sql = "select name as word from sqlite_schema where 0",
	.sql_postgresql = "select format('%s', pg_class.oid::regclass) as word from pg_class"
					  " where relkind = 'S' and relnamespace = 'public'::regnamespace and not exists"
					  " (select 1 from pg_depend where objid = pg_class.oid and deptype in ('a', 'i')) order by 1",
	.row = &word_record,
};

static bool described(struct tx *tx, struct text *ret, struct error *err)
{
	struct statement_rows words;
	BUFFER_SCOPE all;

	buffer_init(&all, SCRIPT_MOST);
	if (!statement_many(tx, &describe, NULL, &words, err)) return false;
	for (size_t i = 0; i < words.count; i++) {
		buffer_append(&all, ((struct text *)words.rows)[i]);
		buffer_char(&all, '\n');
	}
	*ret = arena_text(tx_arena(tx), buffer_text(&all));
	return true;
}

bool guards_aside(struct tx *tx, struct guards *ret, struct error *err)
{
	struct statement_rows lines;
	const struct line *line;
	BUFFER_SCOPE aside;
	BUFFER_SCOPE back;

	buffer_init(&aside, SCRIPT_MOST);
	buffer_init(&back, SCRIPT_MOST);
	if (!described(tx, &ret->were, err) || !statement_many(tx, &set_aside, NULL, &lines, err)) return false;
	line = lines.rows;
	for (size_t i = 0; i < lines.count; i++) {
		buffer_append(&aside, line[i].aside);
		buffer_append(&back, line[lines.count - 1 - i].back);
		buffer_char(&back, '\n');
	}
	ret->back = arena_text(tx_arena(tx), buffer_text(&back));
	if (tx_engine(tx) == DB_SQLITE && !tx_exec_script(tx, "pragma defer_foreign_keys = on", err)) return false;
	return !lines.count || tx_exec_script(tx, aside.bytes, err);
}

static bool all_refer(struct tx *tx, struct error *err)
{
	int64_t count;

	if (!statement_one(tx, &dangling, NULL, &count, err)) return false;
	return !count || error_failed(err, "%lld rows refer to something that is not there", (long long)count);
}

bool guards_back(struct tx *tx, const struct guards *guards, struct error *err)
{
	struct text are;

	if (!tx_exec_script(tx, guards->back.ptr, err) || !described(tx, &are, err)) return false;
	if (!text_equal(are, guards->were)) return error_failed(err, "the guards of the schema do not stand as they did");
	if (tx_engine(tx) == DB_POSTGRESQL && !tx_exec_script(tx, "analyze (skip_locked)", err)) return false;
	return all_refer(tx, err);
}

#define NUMBERS_A_MS 1024 /* as changes.c counts */

bool guards_numbers(struct tx *tx, const struct rows_schema *schema, instant now, struct error *err)
{
	struct statement_rows lone;
	BUFFER_SCOPE sql;

	buffer_init(&sql, SCRIPT_MOST);
	if (tx_engine(tx) == DB_SQLITE) return true;
	for (size_t i = 0; i < schema->count; i++)
		if (schema->tables[i].own_id)
			buffer_printf(&sql,
				"select setval(pg_get_serial_sequence('%.*s', '%.*s'), coalesce(max(%.*s), 0) + 1, false) from %.*s;",
				TEXT_ARG(schema->tables[i].name), TEXT_ARG(schema->tables[i].key), TEXT_ARG(schema->tables[i].key),
				TEXT_ARG(schema->tables[i].name));
	if (!statement_many(tx, &lone_sequences, NULL, &lone, err)) return false;
	for (size_t i = 0; i < lone.count; i++)
		buffer_printf(&sql, "select setval('%.*s', %lld);", TEXT_ARG(((struct text *)lone.rows)[i]),
			(long long)now * NUMBERS_A_MS);
	return tx_exec_script(tx, sql.bytes, err);
}

bool guards_count_all(struct tx *tx, int64_t *ret, struct error *err)
{
	return statement_one(tx, &count_all, NULL, ret, err);
}
