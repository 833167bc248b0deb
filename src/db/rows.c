#include "db/rows.h"

#include <sodium.h>

#include "db/dialect.h"

_Static_assert(sizeof(crypto_generichash_state) <= ROWS_HASHING_BYTES, "the state must fit");

enum rows_form rows_form(enum column_type type)
{
	switch (type) {
	case COLUMN_ID:
	case COLUMN_INT:
	case COLUMN_INSTANT:
	case COLUMN_BOOL: return ROWS_NUMBER;
	case COLUMN_REAL: return ROWS_REAL;
	case COLUMN_DAY:
	case COLUMN_TEXT:
	case COLUMN_BYTES: return ROWS_TEXT;
	}
	return ROWS_TEXT;
}

/* What the migrations tell of, gathered. */
struct watching {
	struct dialect_watch watch;
	struct arena *arena;
	struct rows_schema schema;
	size_t tables_most;
	const char *wrong;
};

static struct rows_table *named(const struct rows_schema *schema, struct text name)
{
	for (size_t i = 0; i < schema->count; i++)
		if (text_equal(schema->tables[i].name, name)) return &schema->tables[i];
	return NULL;
}

const struct rows_table *rows_table_named(const struct rows_schema *schema, struct text name)
{
	return named(schema, name);
}

static void see_table(struct dialect_watch *watch, struct text name, bool case_data)
{
	struct watching *w = (struct watching *)watch;
	struct rows_table *table;

	(void)case_data;
	if (w->schema.count == w->tables_most) {
		struct rows_table *more = arena_new_array(w->arena, 2 * w->tables_most, struct rows_table);

		memcpy(more, w->schema.tables, w->schema.count * sizeof *more);
		w->schema.tables = more;
		w->tables_most *= 2;
	}
	table = &w->schema.tables[w->schema.count++];
	*table = (struct rows_table){
		.name = name, .columns = arena_new_array(w->arena, ROWS_COLUMNS_MOST, struct rows_column), .key = TEXT_NONE};
}

static void see_column(struct dialect_watch *watch, const struct dialect_column *column)
{
	struct watching *w = (struct watching *)watch;
	struct rows_table *table = named(&w->schema, column->table);

	if (!table)
		w->wrong = "a column of a table that no migration makes";
	else if (table->column_count == ROWS_COLUMNS_MOST)
		w->wrong = "a table has too many columns";
	else
		table->columns[table->column_count++] = (struct rows_column){column->name, column->type};
	if (table && column->own_id) table->own_id = true;
}

static void see_key(struct dialect_watch *watch, struct text name, struct text column)
{
	struct watching *w = (struct watching *)watch;
	struct rows_table *table = named(&w->schema, name);

	if (!table) return;
	table->key =
		text_none(table->key) ? column : arena_printf(w->arena, "%.*s, %.*s", TEXT_ARG(table->key), TEXT_ARG(column));
}

static bool judge(const struct watching *w, struct error *err)
{
	if (w->wrong) return error_failed(err, "the schema can't be read: %s", w->wrong);
	for (size_t i = 0; i < w->schema.count; i++)
		if (text_none(w->schema.tables[i].key))
			return error_failed(err, "the table %.*s has no primary key", TEXT_ARG(w->schema.tables[i].name));
	return true;
}

bool rows_schema(
	struct arena *arena, const struct migration_set *set, size_t migrations, struct rows_schema *ret, struct error *err)
{
	struct watching w = {.watch = {see_table, see_column, see_key}, .arena = arena, .tables_most = 64};
	struct text sql;

	w.schema.tables = arena_new_array(arena, w.tables_most, struct rows_table);
	for (size_t i = 0; i < migrations; i++)
		if (!dialect_translate(arena, text_of(set->migrations[i].text), DB_SQLITE, &w.watch, &sql, err)) return false;
	*ret = w.schema;
	return judge(&w, err);
}

static crypto_generichash_state *hash_state(struct rows_hashing *hashing)
{
	return (crypto_generichash_state *)(void *)hashing->state;
}

void rows_hash_begin(struct rows_hashing *hashing)
{
	hashing->rows = 0;
	crypto_generichash_init(hash_state(hashing), NULL, 0, ROWS_SUM_BYTES);
}

void rows_hash_block(struct rows_hashing *hashing, const struct rows_block *block)
{
	hashing->rows += block->rows;
	crypto_generichash_update(hash_state(hashing), (const unsigned char *)block->bytes.ptr, block->bytes.len);
}

void rows_hash_end(struct rows_hashing *hashing, struct rows_sum *ret)
{
	ret->rows = hashing->rows;
	crypto_generichash_final(hash_state(hashing), ret->hash, sizeof ret->hash);
}

static bool take_sum(void *context, const struct rows_block *block, struct error *err)
{
	(void)err;
	rows_hash_block(context, block);
	return true;
}

bool rows_sum_table(struct tx *tx, const struct rows_table *table, struct rows_sum *ret, struct error *err)
{
	struct rows_hashing hashing;

	rows_hash_begin(&hashing);
	if (!rows_read(tx, table, take_sum, &hashing, err)) return false;
	rows_hash_end(&hashing, ret);
	return true;
}

bool rows_sum_equal(const struct rows_sum *a, const struct rows_sum *b)
{
	return a->rows == b->rows && memcmp(a->hash, b->hash, sizeof a->hash) == 0;
}
