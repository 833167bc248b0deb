/*
 * Markup as viewc reads it: where in a page a byte stands, and whether it may stand there.
 *
 * A small state machine over a strict HTML: lower-case names, quoted attributes, every element but the void ones
 * closed in order. It refuses what the Content-Security-Policy forbids (style and script in the page, handlers in
 * attributes) and what would make a dynamic address leave this host: href, src, action and formaction start with
 * "/", "?", "#", "mailto:" or "tel:" in the template itself, or are one whole expression that html_address checks.
 * Names are borrowed from the source.
 */
#ifndef TOOLS_VIEWC_MARKUP_H
#define TOOLS_VIEWC_MARKUP_H

#include "base/error.h"

#define MARKUP_DEPTH      64
#define MARKUP_ATTRIBUTES 40

enum markup_state {
	MARKUP_TEXT,
	MARKUP_TAG_OPEN, /* after "<" */
	MARKUP_TAG_NAME, /* in the name of a start tag */
	MARKUP_TAG,      /* between attributes */
	MARKUP_TAG_END,  /* after "/" in a start tag */
	MARKUP_ATTRIBUTE_NAME,
	MARKUP_ATTRIBUTE_EQUALS, /* after "=", before the quote */
	MARKUP_VALUE,            /* within quotes */
	MARKUP_VALUE_END,        /* right after the closing quote */
	MARKUP_CLOSE_NAME,       /* after "</" */
	MARKUP_STATE_COUNT,
};

/* What an expression is escaped for. */
enum markup_place { PLACE_NONE, PLACE_TEXT, PLACE_ATTRIBUTE, PLACE_URL, PLACE_ADDRESS, PLACE_TELEPHONE, PLACE_COUNT };

struct markup_element {
	struct text name;
	int line;
};

struct markup {
	enum markup_state state;
	int line;          /* of the source, set by the caller */
	struct text tag;   /* the tag being read */
	struct text value; /* of the attribute being read, up to its first expression */
	bool expression_in_value;
	bool whole_address; /* the value started with an expression, in an address */
	char quote;
	size_t attribute_count;
	struct text attributes[MARKUP_ATTRIBUTES]; /* of this tag; the last is being read */
	size_t depth;
	struct markup_element elements[MARKUP_DEPTH];
};

/* Takes the byte at `at`, which lies in the source. False: what is wrong, without a place. */
NODISCARD bool markup_byte(struct markup *, const char *at, struct error *err);

/* An expression stands here: how it must be escaped. */
NODISCARD bool markup_expression(struct markup *, enum markup_place *ret_place, struct error *err);

/* True where a directive may stand: between tags, or between the attributes of one. */
bool markup_between(const struct markup *);

/* True where white space counts: within pre or textarea. */
bool markup_keeps_space(const struct markup *);

#endif
