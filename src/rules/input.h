/*
 * Input: what a person, a program or a file gave, decoded by the fields it is made of.
 *
 * An action's input is a struct with a table of members (field, place, required or not). input_decode fills it from
 * any source (a form, a JSON body, a row of a file, a command's arguments) by the one description of each field, and
 * collects every problem, so that a person is told all of them at once. OpenAPI is made from the same tables. Pure;
 * what it decodes lives in the arena.
 *
 * Types of members: text fields struct text; days and instants as base/instant.h; whole numbers int64_t; yes and
 * no bool (absent is false); codes their text, checked. "No value" as in record.h.
 */
#ifndef RULES_INPUT_H
#define RULES_INPUT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "rules/record.h"

/* Where values come from. `list` is NULL for a value of the whole; else the index'th of that list. */
struct input_source {
	const void *context;
	struct text (*value)(const void *context, const char *list, size_t index, const char *name);
	size_t (*count)(const void *context, const char *list);
};

struct input_member {
	enum field field;
	enum column_type type;
	size_t offset;
	bool required;
};

struct input_type {
	const char *name; /* "enquiry_receive": the schema's name in OpenAPI */
	size_t size;
	const struct input_member *members;
	size_t member_count;
	const char *list; /* "children", or NULL */
	const struct input_type *list_type;
	size_t list_offset; /* of a struct input_list */
	size_t list_least;
	size_t list_most;
};

struct input_list {
	void *rows;
	size_t count;
};

#define INPUT_MEMBERS(table) .members = (table), .member_count = sizeof(table) / sizeof *(table)

NODISCARD bool input_decode(
	const struct input_source *, const struct input_type *, struct arena *, void *ret, struct error *);

/* The same as JSON, by the same table: for keeping what was given, and for comparing two submissions. */
void input_json(struct json *, const struct input_type *, const void *in);

#endif
