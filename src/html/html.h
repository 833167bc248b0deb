/*
 * HTML: a page written piece by piece into one buffer, every value escaped for the place where it stands.
 *
 * Invariants: what comes from people goes through html_put_* (templates do it by themselves), whose type list has
 * no way in for markup; html_literal takes only string literals. The buffer is the caller's and states its maximum;
 * a page that overflowed is not sent. Values are well-formed UTF-8; control characters that HTML forbids come out
 * as U+FFFD. No value (TEXT_NONE, NULL) writes nothing. One thread at a time.
 *
 * The three places: text (between tags), attribute (between quotes of either kind), URL (within href, src, action).
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/buffer.h"

struct retired_codes;
struct html {
	struct buffer *out;
	const struct retired_codes *retired; /* codes its forms don't offer (rules/policy.h); NULL: all are offered */
};

/* Markup of our own, as written. viewc makes these calls; in C use html_markup, which takes only a literal. */
void html_literal(struct html *, const char *markup, size_t len);
#define html_markup(h, literal) html_literal((h), "" literal, sizeof(literal) - 1)

void html_text(struct html *, struct text);
void html_text_cstr(struct html *, const char *);

void html_attribute(struct html *, struct text);
void html_attribute_cstr(struct html *, const char *);

/* One piece of an address (a path segment, a query value): everything but letters, digits and -._~@: is %XX. */
void html_url(struct html *, struct text);
void html_url_cstr(struct html *, const char *);

/*
 * A whole address, escaped as an attribute: it starts with "/", "?" or "#" and stays on this host. Anything else
 * ("javascript:", "//elsewhere", control characters, a backslash) is written as "#".
 */
void html_address(struct html *, struct text);
void html_address_cstr(struct html *, const char *);

/* True where html_address would write it as it is. */
bool html_address_safe(struct text);

/* What of a telephone number goes behind "tel:": its digits and a leading "+". */
void html_telephone(struct html *, struct text);
void html_telephone_cstr(struct html *, const char *);

void html_int(struct html *, int64_t);
void html_size(struct html *, size_t);

/* By type; a bool, an enum, an id struct or a struct of another kind does not compile: say it in words. */
#define HTML_PUT(x, text_fn, cstr_fn)                                                                                  \
	_Generic((x),                                                                                                      \
		struct text: text_fn,                                                                                          \
		const char *: cstr_fn,                                                                                         \
		char *: cstr_fn,                                                                                               \
		int: html_int,                                                                                                 \
		long: html_int,                                                                                                \
		long long: html_int,                                                                                           \
		unsigned long: html_size)

#define html_put(h, x)           HTML_PUT((x), html_text, html_text_cstr)((h), (x))
#define html_put_attribute(h, x) HTML_PUT((x), html_attribute, html_attribute_cstr)((h), (x))
#define html_put_url(h, x)       HTML_PUT((x), html_url, html_url_cstr)((h), (x))

#define html_put_address(h, x)                                                                                         \
	_Generic((x), struct text : html_address, const char * : html_address_cstr, char * : html_address_cstr)((h), (x))

#define html_put_telephone(h, x)                                                                                       \
	_Generic((x), struct text : html_telephone, const char * : html_telephone_cstr, char * : html_telephone_cstr)((h), (x))

#endif
