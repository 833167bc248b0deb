/*
 * Form: what a browser sends as application/x-www-form-urlencoded, in a body or behind the question mark.
 *
 * Strict: a broken percent-sign, a NUL, bytes that are not UTF-8 or a control character other than tab and line
 * ends refuses the whole. Line ends (CRLF, as browsers send) become LF. Fields keep their order; names repeat.
 * Everything lives in the arena given. Pure. Source: WHATWG URL, "application/x-www-form-urlencoded".
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/arena.h"
#include "base/error.h"

#define FORM_FIELDS_MOST 2000

struct form_field {
	struct text name;
	struct text value;
};

struct form {
	struct form_field *rows;
	size_t count;
};

NODISCARD bool form_decode(struct text body, struct arena *, struct form *ret, struct error *);

/* One path segment: like a form's value, but a plus is a plus, and an encoded slash is refused. */
NODISCARD bool segment_decode(struct text raw, struct arena *, struct text *ret, struct error *);

/* The first value of this name, or no value. */
struct text form_value(const struct form *, struct text name);

/* For an address: everything but letters, digits and -._~ percent-encoded. */
struct text form_encode(struct arena *, struct text);

#endif
