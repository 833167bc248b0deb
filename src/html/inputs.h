/*
 * Inputs: what a person types or picks from a list, each in a form group with its label, hint and error message.
 *
 * An id that is left out is the name. A hint or message is there when it has words or markup. Ids of hints and
 * messages are ID-hint and ID-error.
 */
#ifndef HTML_INPUTS_H
#define HTML_INPUTS_H

#include "html/part.h"

struct label {
	struct text text;
	struct fragment html;
	const char *classes;
	const struct pair *attributes;
	struct text for_id; /* set by the component it belongs to */
	bool is_page_heading;
};

struct hint {
	struct text text;
	struct fragment html;
	const char *classes;
	const struct pair *attributes;
	struct text id; /* set by the component it belongs to */
};

struct error_message {
	struct text text;
	struct fragment html;
	const char *classes;
	const struct pair *attributes;
	struct text id;          /* set by the component it belongs to */
	struct text hidden_text; /* no value: "Error"; empty: none */
};

struct legend {
	struct text text;
	struct fragment html;
	const char *classes;
	bool is_page_heading;
};

struct fieldset {
	struct legend legend;
	struct text described_by;
	const char *role;
	const char *classes;
	const struct pair *attributes;
};

/* Around every component a person fills in. */
struct form_group {
	const char *classes;
	const struct pair *attributes;
	struct fragment before; /* the input or inputs */
	struct fragment after;
};

struct affix {
	struct text text;
	struct fragment html;
	const char *classes;
	const struct pair *attributes;
};

enum flag { FLAG_UNSAID, FLAG_ON, FLAG_OFF };

struct input {
	struct text name;
	struct text id;
	const char *type; /* NULL: text */
	struct text value;
	struct label label;
	struct hint hint;
	struct error_message error;
	struct affix prefix, suffix;
	const char *wrapper_classes;
	const struct pair *wrapper_attributes;
	struct form_group group;
	struct text described_by;
	const char *classes;
	const char *autocomplete;
	const char *autocapitalize;
	const char *inputmode;
	const char *pattern;
	enum flag spellcheck;
	bool disabled;
	const struct pair *attributes;
};

struct textarea {
	struct text name;
	struct text id;
	struct text value;
	int rows; /* 0: 5 */
	struct label label;
	struct hint hint;
	struct error_message error;
	struct form_group group;
	struct text described_by;
	const char *classes;
	const char *autocomplete;
	enum flag spellcheck;
	bool disabled;
	const struct pair *attributes;
};

/* Counts nothing without a script: says how much may be entered. */
struct character_count {
	struct textarea textarea;
	int64_t max_characters; /* one of the two, or neither */
	int64_t max_words;
	const char *message_classes;
};

struct option {
	struct text value; /* no value: none is written and the text counts */
	struct text text;
	enum flag selected; /* unsaid: where it is the select's value */
	bool disabled;
	const struct pair *attributes;
};

struct options {
	const struct option *rows;
	size_t count;
};

struct select {
	struct text name;
	struct text id;
	struct options items;
	struct text value;
	struct label label;
	struct hint hint;
	struct error_message error;
	struct form_group group;
	struct text described_by;
	const char *classes;
	bool disabled;
	const struct pair *attributes;
};

void html_label(struct html *, const struct label *);
void html_hint(struct html *, const struct hint *);
void html_error_message(struct html *, const struct error_message *);

static inline bool hint_there(const struct hint *hint)
{
	return hint->text.len || hint->html.markup.len;
}

static inline bool error_message_there(const struct error_message *message)
{
	return message->text.len || message->html.markup.len;
}

/* Everything up to html_fieldset_end stands within it. */
void html_fieldset_begin(struct html *, const struct fieldset *);
void html_fieldset_begin_described(struct html *, const struct fieldset *, struct described);
void html_fieldset_end(struct html *);

void html_form_group_begin(struct html *, const struct form_group *, bool error, const char *own_class);
void html_form_group_end(struct html *);

void html_input(struct html *, const struct input *);
void html_textarea(struct html *, const struct textarea *);
void html_character_count(struct html *, const struct character_count *);
void html_select(struct html *, const struct select *);

/* A value the form carries along: a version, a key. */
void html_hidden(struct html *, const char *name, struct text value);
void html_hidden_int(struct html *, const char *name, int64_t value);

#endif
