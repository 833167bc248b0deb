/*
 * Choices: radios, checkboxes and the three boxes of a date.
 *
 * The first choice's id is the name (so that an error summary can link to it), the others' have -2, -3 ... behind it. Nothing is
 * chosen unless the caller says so.
 */
#ifndef HTML_CHOICES_H
#define HTML_CHOICES_H

#include "html/inputs.h"

struct choice {
	struct text divider; /* "or": instead of a choice */
	struct text value;
	struct text text;
	struct fragment html;
	struct text id;
	struct text name; /* checkboxes: instead of the list's */
	struct hint hint;
	enum flag checked; /* unsaid: where its value is the list's */
	bool disabled;
	bool exclusive;              /* checkboxes: choosing it clears the others, where JavaScript is on */
	struct fragment conditional; /* shown while it is chosen; always, without JavaScript */
	const char *label_classes;
	const struct pair *label_attributes;
	const struct pair *attributes;
};

struct choices {
	const struct choice *rows;
	size_t count;
};

struct values {
	const struct text *rows;
	size_t count;
};

/* Radios and checkboxes take the same. */
struct radios {
	struct text name;
	struct text id_prefix;
	struct choices items;
	struct text value;    /* radios */
	struct values values; /* checkboxes */
	const struct fieldset *fieldset;
	struct text described_by; /* checkboxes without a fieldset */
	struct hint hint;
	struct error_message error;
	struct form_group group;
	const char *classes; /* "govuk-radios--inline govuk-radios--small" */
	const struct pair *attributes;
};

struct date_part {
	struct text name; /* "day", "month", "year" or one's own */
	struct text label;
	struct text value;
	struct text id;
	enum flag error; /* unsaid: with the whole date */
	const char *classes;
	const char *autocomplete;
	const char *inputmode;
	const char *pattern;
	const struct pair *attributes;
};

struct date_parts {
	const struct date_part *rows;
	size_t count;
};

struct date_input {
	struct text id;
	struct text name_prefix; /* "date_of_birth": the parts are date_of_birth-day, -month, -year */
	struct date_parts items; /* none: day, month and year, of these values */
	struct text day, month, year;
	const struct fieldset *fieldset;
	struct hint hint;
	struct error_message error;
	struct form_group group;
	const char *classes;
	const struct pair *attributes;
};

void html_radios(struct html *, const struct radios *);
void html_checkboxes(struct html *, const struct radios *);
void html_date_input(struct html *, const struct date_input *);

#endif
