/*
 * Records: what a row struct holds, by field. sqlc makes one table of columns for each row struct, so JSON, CSV,
 * OpenAPI and the access log's diff are made from the same description (fields.def) as the forms.
 */
#ifndef RULES_RECORD_H
#define RULES_RECORD_H

#include <stddef.h>

#include "base/json.h"
#include "rules/access.h"
#include "rules/fields.h"

enum column_type {
	COLUMN_ID,      /* a one-field struct of int64_t; 0 is no value */
	COLUMN_INT,     /* int64_t; INT64_MIN is no value */
	COLUMN_INSTANT, /* instant; INSTANT_NONE is no value */
	COLUMN_DAY,     /* day; DAY_NONE is no value */
	COLUMN_TEXT,    /* struct text; TEXT_NONE is no value */
	COLUMN_BOOL,    /* bool; null reads as false */
	COLUMN_REAL,    /* double; NaN is no value */
	COLUMN_BYTES,   /* struct text */
};

struct column {
	const char *name;
	size_t offset; /* in the row struct */
	enum column_type type;
	enum field field;
};

struct record_type {
	const char *name;
	size_t size; /* of the row struct */
	const struct column *columns;
	size_t column_count;
};

/*
 * Takes from a row what this role may not see of a record it stands so to: those fields become "no value". Every row
 * that leaves the hub passes here, so a page, its JSON twin and a file hide the same.
 */
void record_hide(const struct record_type *, void *row, enum role, enum relation);
void record_hide_all(const struct record_type *, void *rows, size_t count, enum role, enum relation);

/* A row's members by their names, between json_open and json_close. */
void record_json(struct json *, const struct record_type *, const void *row);

/* Rows, each an object of its members, between json_open_list and json_close_list; and such a list under a key. */
void record_rows_json(struct json *, const struct record_type *, const void *rows, size_t count);
void record_list_json(struct json *, const char *key, const struct record_type *, const void *rows, size_t count);

#endif
