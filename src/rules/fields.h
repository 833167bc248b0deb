/*
 * Fields: every field of the project by name, described once (fields.def), so that forms, JSON, CSV, OpenAPI, errors
 * and the access log say the same of it.
 *
 * A name a file or a person gives is looked up with field_find; a name the program uses is FIELD_name and does not
 * compile when it is wrong. Pure; safe from any thread.
 */
#ifndef RULES_FIELDS_H
#define RULES_FIELDS_H

#include "base/text.h"
#include "rules/codes.h"

/* "No value" of a whole number. */
#define INT_NONE INT64_MIN

enum field {
	FIELD_NONE = -1,
#define FIELD(name, ...) FIELD_##name,
#include "rules/fields.def"
#undef FIELD
	FIELD_COUNT,
};

enum field_type {
	TYPE_TEXT,      /* one line */
	TYPE_NARRATIVE, /* many lines, taken whole or refused, never cut */
	TYPE_CODE,      /* one of a list, stored as the code's text */
	TYPE_CODE_LIST, /* several, with ';' between; the first is the main one */
	TYPE_DAY,
	TYPE_INSTANT,
	TYPE_INT,
	TYPE_BOOL, /* yes or no */
	TYPE_ID,
	TYPE_REAL,
	TYPE_NHS_NUMBER,
	TYPE_UPN,
	TYPE_UPRN,
	TYPE_POSTCODE,
	TYPE_EMAIL,
	TYPE_PHONE,
	TYPE_SECRET, /* never shown, logged or written out */
};

/* Who may see a value, apart from whether they may see its row: access.h says which role sees what. */
enum field_see {
	SEE_EVERYONE,
	SEE_CASE,           /* names, dates of birth, addresses: not the project manager */
	SEE_NARRATIVE_TEXT, /* what was said and thought: not the project manager */
	SEE_REFERRER,       /* who told us */
	SEE_STAFF,          /* the working of the hub: not partners, not the director */
};

struct field_description {
	const char *name;
	const char *label;
	const char *hint; /* NULL where there is none */
	enum field_type type;
	int64_t max; /* characters of one line, bytes of a narrative, the largest number; 0: the type's own */
	enum code_list codes;
	enum field_see see;
};

const struct field_description *field_describe(enum field);

/* By its name as in fields.def, or FIELD_NONE. */
enum field field_find(struct text name);

/* By a column of an enquiry file: the name, or a child's with child_ before it (child_given_name, but address). */
enum field field_find_column(struct text column);

static inline const char *field_name(enum field f)
{
	return field_describe(f)->name;
}

static inline const char *field_label(enum field f)
{
	return field_describe(f)->label;
}

#endif
