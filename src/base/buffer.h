/*
 * Buffer: bytes that grow up to a stated maximum.
 *
 * Invariants: len <= limit; bytes[len] is NUL once anything was appended. Passing the limit appends nothing
 * more and sets `overflowed`, which stays: check it once at the end. Owns its memory (malloc); release it, or
 * declare it BUFFER_SCOPE. One thread at a time.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdarg.h>

#include "base/text.h"

struct buffer {
	char *bytes;
	size_t len;
	size_t capacity;
	size_t limit;
	bool overflowed;
};

void buffer_init(struct buffer *, size_t limit_bytes);
void buffer_clear(struct buffer *); /* empty again, memory kept */
void buffer_release(struct buffer *);

/* Room for `more` bytes and a NUL, or overflowed. */
bool buffer_grow(struct buffer *, size_t more);

static inline void buffer_bytes(struct buffer *b, const void *bytes, size_t len)
{
	bool room = b->len + len < b->capacity && len <= b->limit - b->len && !b->overflowed;

	if (!room && !buffer_grow(b, len)) return;
	if (len) memcpy(b->bytes + b->len, bytes, len);
	b->len += len;
	b->bytes[b->len] = '\0';
}

static inline void buffer_append(struct buffer *b, struct text t)
{
	buffer_bytes(b, t.ptr, t.len);
}

static inline void buffer_char(struct buffer *b, char c)
{
	buffer_bytes(b, &c, 1);
}

void buffer_printf(struct buffer *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_int(struct buffer *, int64_t); /* in decimal digits */

#define buffer_literal(buffer, literal) buffer_bytes((buffer), "" literal, sizeof(literal) - 1)

/* What it holds now; borrowed until the next append. */
static inline struct text buffer_text(const struct buffer *b)
{
	return (struct text){b->bytes ? b->bytes : "", b->len};
}

static inline void buffer_release_scope(struct buffer *b)
{
	buffer_release(b);
}
#define BUFFER_SCOPE __attribute__((cleanup(buffer_release_scope))) struct buffer

#endif
