/*
 * sqlc: named SQL to typed C. Reads migrations and queries, and writes for each sql/queries/NOUN.sql a header and a
 * source with one function a query, for all of them ids.h, queries.h, migrations.h, system_access.txt and
 * postgresql.sql. It prepares every query on an empty SQLite hub, so what it lets through is known to fit the schema.
 *
 * Three steps, a file each: schema.c (what the migrations declare), query.c and check.c (what a query says, and what
 * SQLite says of it), emit.c with its kin (what is written). Everything lives in one arena until the program ends.
 */
#ifndef SQLC_SQLC_H
#define SQLC_SQLC_H

#include <sqlite3.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "db/dialect.h"

#define NAME_BYTES 60

/* A list that grows in the arena; add with LIST_ADD. */
#define LIST(type)                                                                                                     \
	struct {                                                                                                           \
		type *at;                                                                                                      \
		size_t count;                                                                                                  \
		size_t capacity;                                                                                               \
	}
#define LIST_ADD(arena, list)                                                                                          \
	((list)->at = list_room((arena), (list)->at, (list)->count, &(list)->capacity, sizeof *(list)->at),                \
		&(list)->at[(list)->count++])
void *list_room(struct arena *, void *at, size_t count, size_t *capacity, size_t element_bytes);

struct sql_file {
	struct text path;
	struct text name; /* "enquiry" of .../enquiry.sql */
	struct text text;
};

/* A type as the schema has it: which column type and, for ids, of which table. */
struct type {
	enum column_type type;
	struct text id_of;
};

struct table {
	struct text name;
	bool case_data;
};

struct named {
	struct text name;
	struct type type;
	int line;
	bool used;
};

enum cardinality { CARD_ONE, CARD_FIND, CARD_MANY, CARD_EXEC };

struct record {
	struct text name; /* NAME_rows, NAME_record */
	struct text tag;  /* struct TAG, a row: NAME_row unless `row:` said otherwise */
	LIST(struct named) columns;
	size_t noun; /* the source that declares it */
};

struct query {
	struct text name;
	enum cardinality card;
	const struct sql_file *source;
	size_t noun;
	int line;     /* of its first line */
	int sql_line; /* where its SQL starts */
	struct text purpose;
	struct text tag;           /* the row's struct as said by `row:`, or no value */
	struct text row;           /* the same without "_row": what its list and its descriptors are called by */
	struct text system_access; /* the reason, or no value */
	struct text sql;           /* without the semicolon */
	struct text sql_postgresql;
	LIST(struct named) in;
	LIST(struct named) out;
	LIST(struct named) parameters;
	size_t record;      /* in sqlc.records, unless it is :exec */
	struct text target; /* the table it writes, or no value */
	bool writes;
	bool reads_case_data;
};

struct sqlc {
	struct arena *arena;
	const char *out_dir;
	sqlite3 *db;
	LIST(struct sql_file) migrations;
	LIST(struct sql_file) nouns;
	LIST(struct sql_file) overrides;
	LIST(struct text) fields;
	LIST(struct table) tables;
	LIST(struct dialect_column) columns;
	LIST(struct dialect_column) view_columns; /* those that are plain columns of a table */
	LIST(struct query) queries;
	LIST(struct record) records;
	int complaints;
};

/* Says "PATH:LINE: ..." on standard error; the program goes on, to say all at once, and fails at the end. */
void complain(struct sqlc *, struct text path, int line, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* schema.c */
void schema_migrate(struct sqlc *);
const struct table *schema_table(const struct sqlc *, struct text name);
const struct dialect_column *schema_column(const struct sqlc *, struct text table, struct text name);
bool schema_is(struct sqlc *, const char *kind, struct text name); /* "view", "trigger" */
bool schema_type_named(const struct sqlc *, struct text name, struct type *ret);
bool schema_type_of_name(const struct sqlc *, struct text name, struct type *ret, const char **ret_why);
bool type_equal(struct type, struct type);
struct text type_name(struct arena *, struct type);

/* query.c: the text of a file into queries, nothing prepared yet. */
void query_read(struct sqlc *, size_t noun);
void query_read_override(struct sqlc *, const struct sql_file *);

/* access.c: prepares under the authorizer (NULL: SQLite's own complaint), and judges what was read. */
struct access;
sqlite3_stmt *access_prepare(struct sqlc *, struct query *, struct access **ret);
void access_judge(struct sqlc *, struct query *, struct access *);

/* check.c: each query against the schema. */
void query_check(struct sqlc *, struct query *);

/* emit.c and its kin: only called when there was no complaint. */
void emit_nouns(struct sqlc *);
void emit_ids(struct sqlc *);
void emit_index(struct sqlc *);
void emit_migrations(struct sqlc *);
void emit_system_access(struct sqlc *);
void emit_postgresql(struct sqlc *);

#endif
