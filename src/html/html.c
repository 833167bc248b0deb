#include "html/html.h"

void html_literal(struct html *h, const char *markup, size_t len)
{
	buffer_bytes(h->out, markup, len);
}

static bool is_control(unsigned char c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/* What stands for a byte that can't stand for itself between tags or in quotes, or NULL. */
static const char *entity(unsigned char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return is_control(c) ? "\xEF\xBF\xBD" : NULL;
	}
}

/* Told by ranges first: letters, digits and spaces are nearly all there is. */
static bool stands_for_itself(unsigned char c)
{
	if (c > '>') return c != 0x7F;
	return c == ' ' || (c >= '(' && c < '<') || !entity(c);
}

/* One escape serves both places: quotes cost little between tags, and no page can be wrong by choosing. */
static void write_escaped(struct html *h, struct text t)
{
	size_t from = 0;

	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.ptr[i];

		if (stands_for_itself(c)) continue;
		buffer_bytes(h->out, t.ptr + from, i - from);
		buffer_bytes(h->out, entity(c), strlen(entity(c)));
		from = i + 1;
	}
	if (t.len > from) buffer_bytes(h->out, t.ptr + from, t.len - from);
}

void html_text(struct html *h, struct text t)
{
	write_escaped(h, t);
}

void html_text_cstr(struct html *h, const char *cstr)
{
	write_escaped(h, text_of(cstr));
}

void html_attribute(struct html *h, struct text t)
{
	write_escaped(h, t);
}

void html_attribute_cstr(struct html *h, const char *cstr)
{
	write_escaped(h, text_of(cstr));
}

/* RFC 3986's unreserved characters, and two that stand for themselves in a path segment and a query. */
static bool stays_in_url(unsigned char c)
{
	if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
	return c != '\0' && strchr("-._~@:", c) != NULL;
}

void html_url(struct html *h, struct text t)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.ptr[i];

		if (stays_in_url(c))
			buffer_char(h->out, (char)c);
		else
			buffer_bytes(h->out, (char[]){'%', digits[c >> 4], digits[c & 15]}, 3);
	}
}

void html_url_cstr(struct html *h, const char *cstr)
{
	html_url(h, text_of(cstr));
}

bool html_address_safe(struct text t)
{
	if (t.len == 0 || !strchr("/?#", t.ptr[0])) return false;
	if (t.len > 1 && t.ptr[0] == '/' && t.ptr[1] == '/') return false;
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.ptr[i] <= ' ' || t.ptr[i] == '\\' || t.ptr[i] == 0x7F) return false;
	return true;
}

void html_address(struct html *h, struct text t)
{
	html_attribute(h, html_address_safe(t) ? t : TEXT("#"));
}

void html_address_cstr(struct html *h, const char *cstr)
{
	html_address(h, text_of(cstr));
}

void html_telephone(struct html *h, struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((t.ptr[i] >= '0' && t.ptr[i] <= '9') || (t.ptr[i] == '+' && i == 0)) buffer_char(h->out, t.ptr[i]);
}

void html_telephone_cstr(struct html *h, const char *cstr)
{
	html_telephone(h, text_of(cstr));
}

/* Digits from the right, written without printf: pages are full of small numbers. */
static void write_digits(struct html *h, uint64_t value)
{
	char digits[20];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	buffer_bytes(h->out, digits + at, sizeof digits - at);
}

void html_int(struct html *h, int64_t value)
{
	if (value < 0) buffer_char(h->out, '-');
	write_digits(h, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void html_size(struct html *h, size_t value)
{
	write_digits(h, value);
}
