/*
 * The pieces that rows and backups are written in, and read whatever the bytes are. Pure. Private to src/db.
 */
#ifndef DB_PACK_H
#define DB_PACK_H

#include "base/buffer.h"
#include "base/error.h"

#define PACKED_COUNT_MOST 10 /* bytes of the largest */

/* Seven bits a byte, the lowest first, where there is room for PACKED_COUNT_MOST; returns what comes behind. */
static inline unsigned char *pack_count_at(unsigned char *at, uint64_t n)
{
	for (; n >= 0x80; n >>= 7) *at++ = (unsigned char)(n | 0x80);
	*at++ = (unsigned char)n;
	return at;
}

/* Zigzag, as a count: what is near nought is short, whatever its sign. */
static inline unsigned char *pack_number_at(unsigned char *at, int64_t n)
{
	return pack_count_at(at, ((uint64_t)n << 1) ^ (n < 0 ? UINT64_MAX : 0));
}

static inline void pack_count(struct buffer *out, uint64_t n)
{
	if (out->len + PACKED_COUNT_MOST >= out->capacity && !buffer_grow(out, PACKED_COUNT_MOST)) return;
	out->len = (size_t)((char *)pack_count_at((unsigned char *)out->bytes + out->len, n) - out->bytes);
}

static inline void pack_number(struct buffer *out, int64_t n)
{
	if (out->len + PACKED_COUNT_MOST >= out->capacity && !buffer_grow(out, PACKED_COUNT_MOST)) return;
	out->len = (size_t)((char *)pack_number_at((unsigned char *)out->bytes + out->len, n) - out->bytes);
}

/* Eight bytes, the lowest first. */
static inline unsigned char *pack_real_at(unsigned char *at, double real)
{
	uint64_t bits;

	memcpy(&bits, &real, sizeof bits);
	for (size_t i = 0; i < sizeof bits; i++) *at++ = (unsigned char)(bits >> (8 * i));
	return at;
}

void pack_real(struct buffer *, double);

/* Its length as a count before it. */
static inline void pack_text(struct buffer *out, struct text t)
{
	pack_count(out, t.len);
	buffer_append(out, t);
}

/* Each cuts what it reads off *rest; false where that isn't there. A text borrows. */
NODISCARD bool unpack_count(struct text *rest, uint64_t *ret);
NODISCARD bool unpack_number(struct text *rest, int64_t *ret);
NODISCARD bool unpack_real(struct text *rest, double *ret);
NODISCARD bool unpack_text(struct text *rest, struct text *ret);

static inline size_t pack_none_bytes(size_t columns)
{
	return (columns + 7) / 8;
}

#endif
