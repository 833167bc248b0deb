/*
 * Dialect: migrations are written once in the types of the house and said to each engine in its own words.
 *
 * A table's column is `name type ...` with type one of id int instant day text bool real bytes. `id id primary key`
 * is the row's own number; any other id says which table it `references`. Lines between `-- engine: sqlite` (or
 * postgresql) and `-- engine: both` are for one engine; what stands between `-- statement` and `-- end` is one
 * statement, taken as it is (triggers). `-- case data` before a `create table` says that its rows may be read only
 * through visible_* views.
 *
 * Used by migrate at run time and by sqlc when it is built, so both see the same schema. Pure.
 */
#ifndef DB_DIALECT_H
#define DB_DIALECT_H

#include "base/arena.h"
#include "base/error.h"
#include "db/db.h"
#include "rules/record.h"

struct dialect_column {
	struct text table;
	struct text name;
	enum column_type type;
	struct text id_of; /* ids: the table whose id this is, or no value */
	bool own_id;       /* the row's own number */
};

/*
 * Told of every table, column and column of its primary key in order; any function may be NULL. What they are given lives
 * in the arena.
 */
struct dialect_watch {
	void (*table)(struct dialect_watch *, struct text name, bool case_data);
	void (*column)(struct dialect_watch *, const struct dialect_column *);
	void (*key)(struct dialect_watch *, struct text table, struct text column);
};

/*
 * The migration in the engine's words. Lines keep their numbers. An unknown type or an id without a table is
 * ERROR_INVALID with "line N: ..." as message.
 */
NODISCARD bool dialect_translate(struct arena *, struct text migration, enum db_engine, struct dialect_watch *,
	struct text *ret_sql, struct error *);

/* "bigint" for COLUMN_ID on PostgreSQL, and so on. */
const char *dialect_type(enum db_engine, enum column_type);

/* "instant", and back; false where no type is called so. */
const char *dialect_type_name(enum column_type);
bool dialect_type_named(struct text name, enum column_type *ret);

#endif
