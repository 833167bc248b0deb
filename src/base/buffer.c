#include "base/buffer.h"

#include <stdlib.h>

#define BUFFER_LEAST_BYTES ((size_t)256)

void buffer_init(struct buffer *b, size_t limit_bytes)
{
	*b = (struct buffer){.limit = limit_bytes};
}

void buffer_clear(struct buffer *b)
{
	b->len = 0;
	b->overflowed = false;
}

void buffer_release(struct buffer *b)
{
	free(b->bytes);
	*b = (struct buffer){.limit = b->limit};
}

bool buffer_grow(struct buffer *b, size_t more)
{
	size_t capacity = b->capacity ? b->capacity : BUFFER_LEAST_BYTES;
	char *bytes;

	if (b->overflowed || more > b->limit - b->len) {
		b->overflowed = true;
		return false;
	}
	if (b->bytes && b->len + more < b->capacity) return true;
	while (capacity <= b->len + more) capacity *= 2;
	bytes = realloc(b->bytes, capacity);
	if (!bytes) {
		b->overflowed = true;
		return false;
	}
	b->bytes = bytes;
	b->capacity = capacity;
	return true;
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0 || !buffer_grow(b, (size_t)len)) return;
	va_start(args, format);
	vsnprintf(b->bytes + b->len, (size_t)len + 1, format, args);
	va_end(args);
	b->len += (size_t)len;
}

void buffer_int(struct buffer *b, int64_t value)
{
	char digits[20];
	size_t first = sizeof digits;
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do digits[--first] = (char)('0' + left % 10);
	while (left /= 10);
	if (value < 0) digits[--first] = '-';
	buffer_append(b, (struct text){digits + first, sizeof digits - first});
}
