/* All rows, read ahead: by one transaction, or in turns by two that see the same. */
#include <stdlib.h>

#include "db/ahead.h"
#include "db/rows_engine.h"

#define READERS_MOST 2
#define PART_NUMBERS 4096
#define PARTS_MOST   ((uint64_t)1 << 14) /* of one table: numbers that lie far apart make it no longer */

/* What one reads while the other reads the next. */
struct part {
	const struct rows_table *table;
	struct rows_range range;
	bool whole;
};

struct all {
	const struct rows_schema *schema;
	struct part *parts;
	size_t count, most;
	size_t readers;
	struct reader {
		struct all *all;
		size_t first; /* of the parts; then every other where there are two */
		struct tx *tx;
		struct ahead *ahead;
	} reader[READERS_MOST];
};

static bool add_part(struct all *all, const struct part *part, struct error *err)
{
	if (all->count == all->most) {
		size_t most = all->most ? 2 * all->most : 256;
		struct part *more = realloc(all->parts, most * sizeof *more);

		if (!more) return error_failed(err, "out of memory");
		all->parts = more;
		all->most = most;
	}
	all->parts[all->count++] = *part;
	return true;
}

/* In numbers without a sign, because the ends may be as far apart as they can. */
static bool split(struct all *all, const struct rows_table *table, const struct rows_range *bounds, struct error *err)
{
	uint64_t span = (uint64_t)bounds->last - (uint64_t)bounds->first, step = span / PARTS_MOST;
	struct part part = {.table = table};

	if (step < PART_NUMBERS) step = PART_NUMBERS;
	for (uint64_t at = 0;; at += step) {
		uint64_t last = span - at < step ? span : at + step - 1;

		part.range =
			(struct rows_range){(int64_t)((uint64_t)bounds->first + at), (int64_t)((uint64_t)bounds->first + last)};
		if (!add_part(all, &part, err)) return false;
		if (last == span) return true;
	}
}

static bool add_table(struct all *all, const struct rows_table *table, struct error *err)
{
	const struct rows_engine *engine = rows_engine_of(all->reader[0].tx);
	struct rows_range bounds;

	if (all->readers == 1 || !table->own_id) return add_part(all, &(struct part){.table = table, .whole = true}, err);
	if (!engine->bounds(all->reader[0].tx, table, &bounds, err)) return false;
	return bounds.first > bounds.last || split(all, table, &bounds, err);
}

static bool give(void *context, const struct rows_block *block, struct error *err)
{
	return ahead_give(context, block, err);
}

/* Its parts, each with an empty block behind it. */
static bool read_parts(void *context, struct ahead *ahead, struct error *err)
{
	const struct reader *reader = context;
	const struct all *all = reader->all;

	for (size_t i = reader->first; i < all->count; i += all->readers) {
		const struct part *part = &all->parts[i];
		struct rows_reading reading = {.table = part->table,
			.range = part->whole ? NULL : &part->range,
			.take = give,
			.context = ahead,
			.err = err};

		if (!rows_read_range(reader->tx, &reading) || !ahead_give(ahead, &(struct rows_block){TEXT(""), 0}, err))
			return false;
	}
	return true;
}

static bool take_parts(const struct all *all, rows_take_of *take, void *context, struct error *err)
{
	struct rows_block block;

	for (size_t i = 0; i < all->count; i++) {
		struct ahead *ahead = all->reader[i % all->readers].ahead;
		size_t table = (size_t)(all->parts[i].table - all->schema->tables);

		if (!ahead_take(ahead, &block, err)) return false;
		while (block.rows)
			if (!take(context, table, &block, err) || !ahead_take(ahead, &block, err)) return false;
	}
	return true;
}

static bool read_all(struct all *all, rows_take_of *take, void *context, struct error *err)
{
	size_t started = 0;
	bool read;

	for (size_t i = 0; i < all->schema->count; i++)
		if (!add_table(all, &all->schema->tables[i], err)) return false;
	for (; started < all->readers; started++) {
		struct reader *reader = &all->reader[started];

		if (!ahead_start(&reader->ahead, read_parts, reader, err)) break;
	}
	read = started == all->readers && take_parts(all, take, context, err);
	while (started > 0) ahead_end(all->reader[--started].ahead);
	return read;
}

bool rows_read_all(
	struct tx *tx, const struct rows_schema *schema, rows_take_of *take, void *context, struct error *err)
{
	struct all all = {.schema = schema, .readers = tx->second ? 2 : 1};
	bool read;

	for (size_t i = 0; i < all.readers; i++)
		all.reader[i] = (struct reader){.all = &all, .first = i, .tx = i ? tx->second : tx};
	read = read_all(&all, take, context, err);
	free(all.parts);
	return read;
}
