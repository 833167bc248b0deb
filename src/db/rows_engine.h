/*
 * What each engine does to read and load rows in its own way. Private to src/db.
 */
#ifndef DB_ROWS_ENGINE_H
#define DB_ROWS_ENGINE_H

#include "db/connection.h"
#include "db/rows.h"

struct rows_engine {
	bool (*read)(struct tx *, const struct rows_table *, rows_take *, void *context, struct error *);
	bool (*begin)(struct rows_load *, struct error *);
	bool (*row)(struct rows_load *, const struct rows_value *, struct error *);
	bool (*end)(struct rows_load *, struct error *);
};

extern const struct rows_engine rows_sqlite;
extern const struct rows_engine rows_postgresql;

struct rows_load {
	const struct rows_engine *engine;
	struct tx *tx;
	const struct rows_table *table;
	struct rows_value values[ROWS_COLUMNS_MOST];
	void *statement;   /* SQLite's */
	struct buffer out; /* PostgreSQL's: what is sent next */
	bool failed;
};

/* Rows on their way out, gathered to blocks. */
struct rows_reading {
	const struct rows_table *table;
	rows_take *take;
	void *context;
	struct error *err;
	struct buffer block;
	int64_t rows;
	bool failed;
};

void rows_reading_init(struct rows_reading *, const struct rows_table *, rows_take *, void *context, struct error *);

/* After each row: gives the block on when it has grown enough, or `last`. False: what reads stops. */
bool rows_reading_row(struct rows_reading *);
bool rows_reading_end(struct rows_reading *);

/* "id, name, at" */
void rows_columns_sql(struct buffer *, const struct rows_table *);

#endif
