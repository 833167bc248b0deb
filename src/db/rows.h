/*
 * Rows: every row of every table in the order of its key, from either engine and into either, in the same bytes whichever
 * it is. Backup, restore and copy are made of it.
 *
 * Which tables there are, their columns and their keys is read from the migrations, so what a later one makes is among
 * them by itself. What a table's rows are as bytes (a checksum is of these):
 *
 *     a bit for each column, lowest first, set where it has no value; then of each column that has one
 *     id, int, instant, bool    the number, zigzag, seven bits a byte, the lowest first
 *     real                      eight bytes, the lowest first
 *     day, text, bytes          the length as such a number without zigzag, then the bytes
 *
 * They pass in blocks of whole rows, so memory is bounded whatever the table holds. Reading goes on in one transaction: one
 * view of the database. Loading is for a database that nobody uses yet (load.h).
 */
#ifndef DB_ROWS_H
#define DB_ROWS_H

#include "base/buffer.h"
#include "db/migrate.h"
#include "rules/record.h"

#define ROWS_COLUMNS_MOST 120                /* as many as SQLite gives to a function, and some to spare */
#define ROWS_BLOCK_BYTES  ((size_t)64 << 10) /* a block is given on when it has grown to this */
#define ROWS_BLOCK_MOST   ((size_t)64 << 20) /* one row may make it this long */

struct rows_column {
	struct text name;
	enum column_type type;
};

struct rows_table {
	struct text name;
	struct rows_column *columns;
	size_t column_count;
	struct text key; /* "id", or "kind, day" */
	bool own_id;     /* its key is the row's own number */
};

struct rows_schema {
	struct rows_table *tables; /* as the migrations make them: what others refer to first */
	size_t count;
};

/* The tables after the first so many migrations; they live in the arena. */
NODISCARD bool rows_schema(
	struct arena *, const struct migration_set *, size_t migrations, struct rows_schema *ret, struct error *);

/* The table called so, or NULL. */
const struct rows_table *rows_table_named(const struct rows_schema *, struct text name);

struct rows_value {
	bool none;
	int64_t number;
	double real;
	struct text text; /* borrowed */
};

/* Adds a row; a row that passes the buffer's limit sets its `overflowed`. */
void rows_encode(struct buffer *, const struct rows_table *, const struct rows_value *values);

/* Cuts the next row off *rest, whatever the bytes are; false where they are no such row. Values borrow from it. */
NODISCARD bool rows_decode(struct text *rest, const struct rows_table *, struct rows_value *ret_values);

/* How a column of each type stands in the encoding. */
enum rows_form { ROWS_NUMBER, ROWS_REAL, ROWS_TEXT };
enum rows_form rows_form(enum column_type);

/* Whole rows, one behind the other. */
struct rows_block {
	struct text bytes;
	int64_t rows;
};
typedef bool rows_take(void *context, const struct rows_block *, struct error *);

/* Gives every row of a table to `take`, in the order of its key. */
NODISCARD bool rows_read(struct tx *, const struct rows_table *, rows_take *, void *context, struct error *);

/*
 * Every row of every table: the tables in their order, of each the rows as above. They are read ahead on another thread,
 * or on two where the transaction was begun twice (db.h), and given on this one.
 */
typedef bool rows_take_of(void *context, size_t table, const struct rows_block *, struct error *);
NODISCARD bool rows_read_all(struct tx *, const struct rows_schema *, rows_take_of *, void *context, struct error *);

/* Puts rows into a table: begin, blocks, end; whoever began ends it, also after a failure. */
struct rows_load;
NODISCARD bool rows_load_begin(struct tx *, const struct rows_table *, struct rows_load **ret, struct error *);
NODISCARD bool rows_load_block(struct rows_load *, const struct rows_block *, struct error *);
NODISCARD bool rows_load_end(struct rows_load *, struct error *);

/* How many rows, and what they are: the same on either engine where the rows are the same. */
#define ROWS_SUM_BYTES 32
struct rows_sum {
	int64_t rows;
	unsigned char hash[ROWS_SUM_BYTES];
};

#define ROWS_HASHING_BYTES 448
struct rows_hashing {
	_Alignas(64) unsigned char state[ROWS_HASHING_BYTES]; /* of libsodium's, which stays out of this header */
	int64_t rows;
};
void rows_hash_begin(struct rows_hashing *);
void rows_hash_block(struct rows_hashing *, const struct rows_block *);
void rows_hash_end(struct rows_hashing *, struct rows_sum *ret);

NODISCARD bool rows_sum_table(struct tx *, const struct rows_table *, struct rows_sum *ret, struct error *);
bool rows_sum_equal(const struct rows_sum *, const struct rows_sum *);

#endif
