/*
 * Forms from fields: the component a field of fields.def needs, with its label, hint, limit and codes, what was
 * typed, and what was wrong with it. Described once, so a form, a file and JSON say the same.
 *
 * The control's name and its id are the field's name, and "children-0-given_name" for a member of a list; a date's
 * parts have -day, -month and -year behind that. An error's field "children/0/given_name" is the same control.
 * Nothing is preselected: a code list starts without a choice (a long one as a select that starts empty).
 *
 *     @do html_field(h, &(struct field_view){.field = FIELD_given_name, .value = view->given_name, .err = view->err})
 */
#ifndef HTML_FORM_H
#define HTML_FORM_H

#include "base/error.h"
#include "html/choices.h"
#include "html/messages.h"
#include "rules/fields.h"
#include "rules/input.h"

/* Past this many codes a list is a select, not radios; past FORM_SELECT_MOST a search step is due. */
#define FORM_RADIOS_MOST 6
#define FORM_SELECT_MOST 200

struct field_view {
	enum field field;
	const struct input_source *typed; /* where what was typed is looked up by the control's own name; or: */
	struct text value;                /* what stands in it; codes of a list with ';' between, a date as ISO */
	const struct error *err;          /* NULL: nothing was wrong */
	const char *list;                 /* "children": a member of it, or NULL */
	size_t index;
	const char *label; /* instead of the field's */
	const char *hint;  /* instead of the field's; "" for none */
	const char *label_classes;
	const char *classes; /* of the input: its width */
	const char *autocomplete;
	int rows;      /* of a narrative */
	bool optional; /* "(optional)" behind the label */
	bool is_page_heading;
	bool inline_choices;
	bool checkbox;                /* yes or no as one box to tick, not as two to choose from */
	const struct choice *choices; /* instead of the code list: a subset, or words with hints */
	size_t choice_count;
};

void html_field(struct html *, const struct field_view *);

/* "children-0-given_name" of a field path "children/0/given_name". */
#define FIELD_ID_BYTES 80
struct text field_id(char id[static FIELD_ID_BYTES], const char *path);

/*
 * The summary at the top of a form that was refused, each problem linked to its control; a refusal that is no field's
 * is said in words. Nothing where nothing is wrong.
 */
void html_form_errors(struct html *, const struct error *);

/*
 * An error's message as a sentence and its hint behind it: messages are kept short and plain, without a capital or a
 * full stop, for every place they are told in.
 */
#define ERROR_WORDS_BYTES (2 * ERROR_MESSAGE_BYTES + 8)
struct text error_words(char words[static ERROR_WORDS_BYTES], const struct error *);

/* <form method="post"> with the CSRF token, and where given the version that was seen and an idempotency key. */
struct form_begin {
	struct text action;
	struct text csrf;
	int64_t version;         /* 0: none */
	struct text idempotency; /* no value: none */
	const char *classes;
	struct text
		draft; /* what its words are kept by while it is written, "key-page-version"; no value: they aren't kept */
	struct text draft_at;
	struct text draft_title;
};
void html_form_begin(struct html *, const struct form_begin *);
void html_form_end(struct html *);

#endif
