/*
 * Staff input: a command's options as the input of an action on a person, who is named by their e-mail address.
 */
#ifndef CLI_STAFF_INPUT_H
#define CLI_STAFF_INPUT_H

#include "hub/hub.h"
#include "rules/input.h"

/* Which option holds which field: the place of a struct text in the command's options. */
struct staff_option {
	const char *field;
	size_t offset;
};

struct staff_input {
	const void *options;
	const struct staff_option *fields;
	size_t count;
	struct text account; /* found by staff_input_read */
};

#define STAFF_FIELDS(table) .fields = (table), .count = sizeof(table) / sizeof *(table)

/* Finds the account (no value: none is asked for) and decodes the input, problems by field. */
NODISCARD bool staff_input_read(
	struct hub *, struct staff_input *, struct text email, const struct input_type *, void *ret, struct error *);

/* The number in a command's argument; refused where it is none. */
NODISCARD bool staff_input_number(struct text, const char *what, int64_t *ret, struct error *);

#endif
