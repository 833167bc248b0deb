#include "http/form.h"

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

/* Undoes percent-encoding; false where a percent-sign is not followed by two hexadecimal digits. */
static bool percent_decode(struct text raw, bool plus_is_space, struct arena *arena, struct text *ret)
{
	char *out = arena_alloc(arena, raw.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		int high, low;

		if (raw.ptr[i] != '%') {
			out[len++] = raw.ptr[i] == '+' && plus_is_space ? ' ' : raw.ptr[i];
			continue;
		}
		if (raw.len - i < 3) return false;
		high = hex_value(raw.ptr[i + 1]);
		low = hex_value(raw.ptr[i + 2]);
		if (high < 0 || low < 0) return false;
		out[len++] = (char)(high << 4 | low);
		i += 2;
	}
	out[len] = '\0';
	*ret = (struct text){out, len};
	return true;
}

static bool is_control(char c)
{
	return ((unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

static bool has_control(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (is_control(t.ptr[i])) return true;
	return false;
}

/* CRLF and a lone CR become LF, in place: the bytes are this module's own copy. */
static struct text plain_line_ends(struct text t)
{
	char *bytes = (char *)(uintptr_t)t.ptr;
	size_t len = 0;

	for (size_t i = 0; i < t.len; i++) {
		if (bytes[i] == '\r' && i + 1 < t.len && bytes[i + 1] == '\n') continue;
		bytes[len++] = bytes[i] == '\r' ? '\n' : bytes[i];
	}
	bytes[len] = '\0';
	return (struct text){t.ptr, len};
}

static bool decode_part(struct text raw, struct arena *arena, struct text *ret, struct error *err)
{
	if (!percent_decode(raw, true, arena, ret)) return error_invalid(err, "the form has a broken percent-encoding");
	if (!text_utf8(*ret)) return error_invalid(err, "the form is not well-formed UTF-8");
	if (has_control(*ret)) return error_invalid(err, "the form holds a control character");
	*ret = plain_line_ends(*ret);
	return true;
}

static bool decode_field(struct text pair, struct arena *arena, struct form_field *ret, struct error *err)
{
	size_t at = text_index(pair, '=');
	struct text value = at == pair.len ? TEXT("") : text_slice(pair, at + 1, pair.len);

	return decode_part(text_slice(pair, 0, at), arena, &ret->name, err) && decode_part(value, arena, &ret->value, err);
}

static size_t count_fields(struct text body)
{
	struct text pair;
	size_t count = 0;

	while (text_split(&body, '&', &pair)) count += pair.len > 0;
	return count;
}

bool form_decode(struct text body, struct arena *arena, struct form *ret, struct error *err)
{
	size_t count = count_fields(body);
	struct form form = {0};
	struct text pair;

	if (count > FORM_FIELDS_MOST) return error_invalid(err, "the form has more than %d fields", FORM_FIELDS_MOST);
	form.rows = arena_new_array(arena, count, struct form_field);
	while (text_split(&body, '&', &pair)) {
		if (pair.len == 0) continue;
		if (!decode_field(pair, arena, &form.rows[form.count++], err)) return false;
	}
	*ret = form;
	return true;
}

bool segment_decode(struct text raw, struct arena *arena, struct text *ret, struct error *err)
{
	struct text decoded;

	if (!percent_decode(raw, false, arena, &decoded))
		return error_invalid(err, "the address has a broken percent-encoding");
	if (!text_utf8(decoded)) return error_invalid(err, "the address is not well-formed UTF-8");
	for (size_t i = 0; i < decoded.len; i++)
		if ((unsigned char)decoded.ptr[i] < ' ' || decoded.ptr[i] == 0x7F || decoded.ptr[i] == '/')
			return error_invalid(err, "the address holds a character that cannot stand there");
	*ret = decoded;
	return true;
}

struct text form_value(const struct form *form, struct text name)
{
	for (size_t i = 0; i < form->count; i++)
		if (text_equal(form->rows[i].name, name)) return form->rows[i].value;
	return TEXT_NONE;
}

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		   c == '_' || c == '~';
}

struct text form_encode(struct arena *arena, struct text value)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(arena, value.len * 3 + 1);
	size_t len = 0;

	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];

		if (unreserved(value.ptr[i])) {
			out[len++] = value.ptr[i];
			continue;
		}
		out[len++] = '%';
		out[len++] = digits[c >> 4];
		out[len++] = digits[c & 15];
	}
	return (struct text){out, len};
}
