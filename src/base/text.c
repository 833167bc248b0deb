#include "base/text.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool text_blank(struct text t)
{
	return text_trim(t).len == 0;
}

bool text_equal(struct text a, struct text b)
{
	if (a.len != b.len || text_none(a) != text_none(b)) return false;
	return a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0;
}

bool text_equal_nocase(struct text a, struct text b)
{
	if (a.len != b.len) return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
	return true;
}

int text_compare(struct text a, struct text b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;

	if (order) return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool text_starts(struct text t, struct text prefix)
{
	return t.len >= prefix.len && (prefix.len == 0 || memcmp(t.ptr, prefix.ptr, prefix.len) == 0);
}

bool text_ends(struct text t, struct text suffix)
{
	if (t.len < suffix.len) return false;
	return suffix.len == 0 || memcmp(t.ptr + t.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

struct text text_trim(struct text t)
{
	while (t.len && is_space(t.ptr[0])) t = (struct text){t.ptr + 1, t.len - 1};
	while (t.len && is_space(t.ptr[t.len - 1])) t.len--;
	return t;
}

struct text text_slice(struct text t, size_t start, size_t len)
{
	if (text_none(t)) return t;
	if (start > t.len) start = t.len;
	if (len > t.len - start) len = t.len - start;
	return (struct text){t.ptr + start, len};
}

size_t text_index(struct text t, char byte)
{
	const char *found = t.len ? memchr(t.ptr, byte, t.len) : NULL;

	return found ? (size_t)(found - t.ptr) : t.len;
}

bool text_split(struct text *rest, char separator, struct text *ret_part)
{
	size_t at;

	if (text_none(*rest)) return false;
	at = text_index(*rest, separator);
	*ret_part = (struct text){rest->ptr, at};
	*rest = at == rest->len ? TEXT_NONE : (struct text){rest->ptr + at + 1, rest->len - at - 1};
	return true;
}

bool text_int(struct text t, int64_t *ret_value)
{
	bool negative = t.len && t.ptr[0] == '-';
	int64_t value = 0;
	size_t i = t.len && (negative || t.ptr[0] == '+') ? 1 : 0;

	if (i == t.len) return false;
	for (; i < t.len; i++) {
		int digit = t.ptr[i] - '0';

		if (digit < 0 || digit > 9) return false;
		if (__builtin_mul_overflow(value, 10, &value)) return false;
		if (__builtin_sub_overflow(value, digit, &value)) return false;
	}
	if (!negative && __builtin_sub_overflow((int64_t)0, value, &value)) return false;
	*ret_value = value;
	return true;
}

/* The bytes that follow a lead byte, or -1; *ret_least is the smallest code point that needs so many. */
static int utf8_following(unsigned char lead, uint32_t *ret_bits, uint32_t *ret_least)
{
	if (lead < 0x80) return *ret_bits = lead, *ret_least = 0, 0;
	if (lead >= 0xC2 && lead <= 0xDF) return *ret_bits = lead & 0x1F, *ret_least = 0x80, 1;
	if (lead >= 0xE0 && lead <= 0xEF) return *ret_bits = lead & 0x0F, *ret_least = 0x800, 2;
	if (lead >= 0xF0 && lead <= 0xF4) return *ret_bits = lead & 0x07, *ret_least = 0x10000, 3;
	return -1;
}

static bool utf8_scalar(uint32_t point, uint32_t least)
{
	return point >= least && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
}

bool text_utf8(struct text t)
{
	for (size_t i = 0; i < t.len;) {
		uint32_t point, least;
		int more = utf8_following((unsigned char)t.ptr[i], &point, &least);

		if (more < 0 || t.ptr[i] == '\0' || (size_t)more >= t.len - i) return false;
		for (int k = 1; k <= more; k++) {
			unsigned char next = (unsigned char)t.ptr[i + (size_t)k];

			if ((next & 0xC0) != 0x80) return false;
			point = point << 6 | (next & 0x3F);
		}
		if (!utf8_scalar(point, least)) return false;
		i += (size_t)more + 1;
	}
	return true;
}

size_t text_characters(struct text t)
{
	size_t count = 0;

	for (size_t i = 0; i < t.len; i++) count += ((unsigned char)t.ptr[i] & 0xC0) != 0x80;
	return count;
}

struct text text_start(struct text t, size_t characters)
{
	size_t at = 0;

	for (; at < t.len; at++)
		if (((unsigned char)t.ptr[at] & 0xc0) != 0x80 && !characters--) break;
	return text_slice(t, 0, at);
}
