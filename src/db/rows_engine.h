/*
 * What each engine does to read and load rows in its own way. Private to src/db.
 */
#ifndef DB_ROWS_ENGINE_H
#define DB_ROWS_ENGINE_H

#include "db/connection.h"
#include "db/rows.h"

/* Of a table whose key is the row's own number, the rows whose number is among these. */
struct rows_range {
	int64_t first;
	int64_t last;
};

/* Rows on their way out, gathered to blocks. The caller says what, and to whom; the rest starts at nought. */
struct rows_reading {
	const struct rows_table *table;
	const struct rows_range *range; /* NULL: all; else of an engine that knows bounds */
	rows_take *take;
	void *context;
	struct error *err;
	struct buffer block;
	int64_t rows;
	bool failed;
	enum rows_form forms[ROWS_COLUMNS_MOST]; /* of the columns */
};

struct rows_engine {
	bool (*read)(struct tx *, struct rows_reading *); /* false, or `failed`: stopped */
	bool (*begin)(struct rows_load *, struct error *);
	bool (*row)(struct rows_load *, const struct rows_value *, struct error *);
	bool (*end)(struct rows_load *, struct error *);

	/* The lowest and the highest own number of a table; first > last where it has no rows. NULL: not for this engine. */
	bool (*bounds)(struct tx *, const struct rows_table *, struct rows_range *ret, struct error *);
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

const struct rows_engine *rows_engine_of(const struct tx *);

/* As rows_read, of a range. */
NODISCARD bool rows_read_range(struct tx *, struct rows_reading *);

/* After each row: gives the block on when it has grown enough. False: what reads stops. */
bool rows_reading_row(struct rows_reading *);

/* "id, name, at" */
void rows_columns_sql(struct buffer *, const struct rows_table *);

#endif
