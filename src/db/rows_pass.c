#include "db/rows_engine.h"

#include <stdlib.h>

const struct rows_engine *rows_engine_of(const struct tx *tx)
{
	return tx_engine(tx) == DB_SQLITE ? &rows_sqlite : &rows_postgresql;
}

static bool give_on(struct rows_reading *r)
{
	struct rows_block block = {buffer_text(&r->block), r->rows};

	if (r->block.overflowed)
		r->failed = !error_failed(r->err, "a row of %.*s is too long", TEXT_ARG(r->table->name));
	else
		r->failed = !r->take(r->context, &block, r->err);
	buffer_clear(&r->block);
	r->rows = 0;
	return !r->failed;
}

bool rows_reading_row(struct rows_reading *r)
{
	r->rows++;
	return (r->block.len < ROWS_BLOCK_BYTES && !r->block.overflowed) || give_on(r);
}

void rows_columns_sql(struct buffer *sql, const struct rows_table *table)
{
	for (size_t i = 0; i < table->column_count; i++)
		buffer_printf(sql, "%s%.*s", i ? ", " : "", TEXT_ARG(table->columns[i].name));
}

/* What is left goes too; the memory goes whatever happened. */
bool rows_read_range(struct tx *tx, struct rows_reading *r)
{
	bool read;

	buffer_init(&r->block, ROWS_BLOCK_MOST);
	for (size_t i = 0; i < r->table->column_count; i++) r->forms[i] = rows_form(r->table->columns[i].type);
	read = rows_engine_of(tx)->read(tx, r) && !r->failed && (!r->rows || give_on(r));
	buffer_release(&r->block);
	return read;
}

bool rows_read(struct tx *tx, const struct rows_table *table, rows_take *take, void *context, struct error *err)
{
	struct rows_reading reading = {.table = table, .take = take, .context = context, .err = err};

	return rows_read_range(tx, &reading);
}

bool rows_load_begin(struct tx *tx, const struct rows_table *table, struct rows_load **ret, struct error *err)
{
	struct rows_load *load = calloc(1, sizeof *load);

	if (!load) return error_failed(err, "out of memory");
	*load = (struct rows_load){.engine = rows_engine_of(tx), .tx = tx, .table = table};
	buffer_init(&load->out, 2 * ROWS_BLOCK_MOST);
	*ret = load;
	if (load->engine->begin(load, err)) return true;
	buffer_release(&load->out);
	free(load);
	return false;
}

bool rows_load_block(struct rows_load *load, const struct rows_block *block, struct error *err)
{
	struct text rest = block->bytes;
	int64_t rows = 0;

	for (; rest.len && !load->failed; rows++) {
		if (!rows_decode(&rest, load->table, load->values)) break;
		load->failed = !load->engine->row(load, load->values, err);
	}
	if (load->failed) return false;
	if (!rest.len && rows == block->rows) return true;
	load->failed = true;
	return error_invalid(err, "these are no rows of %.*s", TEXT_ARG(load->table->name));
}

bool rows_load_end(struct rows_load *load, struct error *err)
{
	struct error untold;
	bool done = load->engine->end(load, load->failed ? &untold : err) && !load->failed;

	buffer_release(&load->out);
	free(load);
	return done;
}
