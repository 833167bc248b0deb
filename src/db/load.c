#include "db/load.h"

#include <stdlib.h>

#include "db/guards.h"
#include "db/sqlite.h"

struct load {
	struct tx *tx;
	const struct load_from *from;
	struct rows_schema schema;
	struct guards guards;
	struct rows_load *rows; /* of the table that rows come of now, or NULL */
	size_t table;
};

static bool newer(struct error *err, struct text name)
{
	error_refused(err, "it was written by a newer program (%.*s)", TEXT_ARG(name));
	return error_hint(err, "Run the version of the program that wrote it, or a later one.");
}

static bool same_column(const struct rows_column *a, const struct rows_column *b)
{
	return text_equal(a->name, b->name) && a->type == b->type;
}

static bool same_table(const struct rows_table *a, const struct rows_table *b)
{
	if (!text_equal(a->name, b->name) || !text_equal(a->key, b->key) || a->column_count != b->column_count)
		return false;
	for (size_t i = 0; i < a->column_count; i++)
		if (!same_column(&a->columns[i], &b->columns[i])) return false;
	return true;
}

static bool same_schema(const struct rows_schema *a, const struct rows_schema *b, struct error *err)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++) same = same_table(&a->tables[i], &b->tables[i]);
	return same || error_refused(err, "its tables are not those of its schema");
}

bool load_possible(const struct load_from *from, struct arena *arena, struct error *err)
{
	struct rows_schema schema;

	if (!from->migration_count) return error_refused(err, "it holds no hub");
	if (from->migration_count > from->set->count) return newer(err, from->migrations[from->set->count].name);
	for (size_t i = 0; i < from->migration_count; i++)
		if (!migrate_is_ours(&from->set->migrations[i], &from->migrations[i], arena, err)) return false;
	return rows_schema(arena, from->set, from->migration_count, &schema, err) &&
		   same_schema(&schema, from->schema, err);
}

bool load_empty(struct tx *tx, struct error *err)
{
	int64_t things;

	if (tx->connection->engine->has_table(tx->connection, "migration")) {
		error_refused(err, "the database holds a hub already");
		return error_hint(err, "Give another: what stands in one is never written over.");
	}
	if (!guards_count_all(tx, &things, err)) return false;
	return !things || error_refused(err, "the database is not empty");
}

/* What the migrations themselves put into the tables is among the rows that come. */
static bool empty_tables(struct load *load, struct error *err)
{
	BUFFER_SCOPE sql;

	buffer_init(&sql, (size_t)1 << 20);
	for (size_t i = load->schema.count; i-- > 0;)
		buffer_printf(&sql, "delete from %.*s;\n", TEXT_ARG(load->schema.tables[i].name));
	return tx_exec_script(load->tx, sql.bytes, err);
}

static bool prepare(struct load *load, struct error *err)
{
	const struct load_from *from = load->from;
	struct arena *arena = tx_arena(load->tx);

	return load_possible(from, arena, err) && load_empty(load->tx, err) &&
		   rows_schema(arena, from->set, from->migration_count, &load->schema, err) &&
		   migrate_in(load->tx, from->set, from->migrations, from->migration_count, err) &&
		   guards_aside(load->tx, &load->guards, err) && empty_tables(load, err);
}

bool load_begin(struct tx *tx, const struct load_from *from, struct load **ret, struct error *err)
{
	struct load *load = calloc(1, sizeof *load);

	if (!load) return error_failed(err, "out of memory");
	*load = (struct load){.tx = tx, .from = from};
	*ret = load;
	if (prepare(load, err)) return true;
	load_release(load);
	return false;
}

static bool close_table(struct load *load, struct error *err)
{
	struct rows_load *rows = load->rows;

	load->rows = NULL;
	return !rows || rows_load_end(rows, err);
}

bool load_block(struct load *load, size_t table, const struct rows_block *block, struct error *err)
{
	if (load->rows && load->table != table && !close_table(load, err)) return false;
	if (!load->rows && !rows_load_begin(load->tx, &load->schema.tables[table], &load->rows, err)) return false;
	load->table = table;
	return rows_load_block(load->rows, block, err);
}

static bool check_table(struct load *load, size_t i, const struct rows_sum *expected, struct error *err)
{
	const struct rows_table *table = &load->schema.tables[i];
	struct rows_sum is;

	if (!rows_sum_table(load->tx, table, &is, err)) return false;
	if (rows_sum_equal(&is, expected)) return true;
	return error_failed(err, "%.*s came out otherwise: %lld rows, not the %lld that were given, or others",
		TEXT_ARG(table->name), (long long)is.rows, (long long)expected->rows);
}

/* What finds no room is told here, by its name; at the commit it would only be "not saved". */
static bool flush(struct tx *tx, struct error *err)
{
	struct sqlite_connection *c = sqlite_of(tx->connection);
	int code;

	if (tx_engine(tx) != DB_SQLITE) return true;
	code = sqlite3_db_cacheflush(c->handle);
	return code == SQLITE_OK || sqlite_failed(c, code, err);
}

/*
 * An index is sorted with as much memory as the cache may have, and beyond it in a file. Not before: while rows come, each
 * of them would be given memory for a file of its own.
 */
static bool sort_with_little(struct tx *tx, struct error *err)
{
	return tx_engine(tx) != DB_SQLITE ||
		   tx_exec_script(tx, "pragma temp_store = file; pragma cache_size = -16384", err);
}

bool load_end(struct load *load, const struct rows_sum *expected, instant now, struct error *err)
{
	const struct load_from *from = load->from;

	if (!close_table(load, err) || !guards_numbers(load->tx, &load->schema, now, err) ||
		!sort_with_little(load->tx, err) || !guards_back(load->tx, &load->guards, err))
		return false;
	for (size_t i = 0; i < load->schema.count; i++)
		if (!check_table(load, i, &expected[i], err)) return false;
	return flush(load->tx, err) && migrate_rest_in(load->tx, from->set, from->migration_count, now, err);
}

void load_release(struct load *load)
{
	struct error untold;

	if (load->rows && !rows_load_end(load->rows, &untold)) load->rows = NULL;
	free(load);
}
