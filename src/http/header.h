/*
 * Header: reading the request headers that mean something here. Pure; nothing is trusted because it parsed.
 */
#ifndef HTTP_HEADER_H
#define HTTP_HEADER_H

#include "base/arena.h"
#include "base/error.h"

/* The first cookie of this name in a Cookie header, or no value. Source: RFC 6265, 4.2. */
struct text cookie_find(struct text header, const char *name);

/* The version in an If-Match: one strong tag of an integer ("7"), else refused. Source: RFC 9110, 13.1.1. */
NODISCARD bool version_tag_parse(struct text header, int64_t *ret_version, struct error *);

/* True where an If-None-Match names this tag (weak comparison) or is a star. */
bool tag_list_has(struct text header, struct text tag);

/* True where a comma-separated list ("gzip;q=1, br") has this token and doesn't refuse it with q=0. */
bool token_list_has(struct text header, const char *token);

/* "text/html; charset=utf-8" is text/html, whatever the case. */
bool media_type_is(struct text header, const char *media_type);

/* True for /a/path on this very site: no scheme, no //host, no backslash, no control character. */
bool path_is_local(struct text path);

/* True for lower-case hexadecimal of just this length. */
bool hexadecimal(struct text, size_t characters);

/* Equal, in a time that doesn't depend on where they differ; false where either has no value. */
bool secret_equal(struct text a, struct text b);

/* True unless Origin or Sec-Fetch-Site says that another site sent it. `host` is the Host header. */
struct origin {
	struct text origin;
	struct text fetch_site;
	struct text host;
};
bool origin_may_be_ours(const struct origin *);

/* True only where they say that this site sent it. */
bool origin_is_ours(const struct origin *);

#endif
