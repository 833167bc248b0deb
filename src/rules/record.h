/*
 * Records: what a row struct holds, by field. sqlc makes one table of columns for each row struct, so JSON, CSV,
 * OpenAPI and the access log's diff are made from the same description (fields.def) as the forms.
 */
#ifndef RULES_RECORD_H
#define RULES_RECORD_H

#include <stddef.h>

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

#endif
