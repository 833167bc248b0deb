/*
 * Text: a run of UTF-8 bytes by pointer and length, owned by somebody else (an arena, a literal, a request).
 *
 * Invariants: ptr is NULL only for "no value" (TEXT_NONE, len 0); an empty value has a pointer. Nothing here
 * allocates and nothing is null-terminated unless a function says so. Safe from any thread.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"

struct text {
	const char *ptr;
	size_t len;
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})
#define TEXT_NONE     ((struct text){NULL, 0})

/* For printf's "%.*s". */
#define TEXT_ARG(t) (int)(t).len, (t).ptr ? (t).ptr : ""

/* The whole of a null-terminated string, or no value where it is NULL. */
static inline struct text text_of(const char *cstr)
{
	return cstr ? (struct text){cstr, strlen(cstr)} : TEXT_NONE;
}

/* True where there is no value. An empty value is a value: see text_blank. */
static inline bool text_none(struct text t)
{
	return t.ptr == NULL;
}

/* True where there is nothing but white space, or no value. */
bool text_blank(struct text t);

bool text_equal(struct text a, struct text b);
static inline bool text_is(struct text t, const char *cstr)
{
	struct text of = text_of(cstr);

	return t.len == of.len && text_equal(t, of);
}
bool text_equal_nocase(struct text a, struct text b); /* ASCII letters only */
int text_compare(struct text a, struct text b);       /* by bytes; no value sorts first */
bool text_starts(struct text t, struct text prefix);
bool text_ends(struct text t, struct text suffix);

/* Without the ASCII white space at both ends. */
struct text text_trim(struct text t);

/* At most len bytes from start; what lies outside is cut, never an error. */
struct text text_slice(struct text t, size_t start, size_t len);

/* The byte's first place in t, or t.len. */
size_t text_index(struct text t, char byte);

/* Cuts *rest at the first separator and returns what stood before it. False when *rest is spent. */
bool text_split(struct text *rest, char separator, struct text *ret_part);

/* Decimal integer, optional sign, no white space, no overflow; the whole text or false. */
bool text_int(struct text t, int64_t *ret_value);

/* True for well-formed UTF-8 (no surrogates, no overlong forms) without NUL. Source: RFC 3629. */
bool text_utf8(struct text t);

/* How many code points well-formed UTF-8 holds. */
size_t text_characters(struct text t);

/* At most the first so many of them. */
struct text text_start(struct text t, size_t characters);

#endif
