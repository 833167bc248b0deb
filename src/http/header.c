#include "http/header.h"

struct text cookie_find(struct text header, const char *name)
{
	struct text pair;

	while (text_split(&header, ';', &pair)) {
		struct text trimmed = text_trim(pair);
		size_t at = text_index(trimmed, '=');

		if (at < trimmed.len && text_is(text_slice(trimmed, 0, at), name))
			return text_slice(trimmed, at + 1, trimmed.len);
	}
	return TEXT_NONE;
}

bool version_tag_parse(struct text header, int64_t *ret_version, struct error *err)
{
	struct text tag = text_trim(header);
	int64_t version;

	if (tag.len < 3 || tag.ptr[0] != '"' || tag.ptr[tag.len - 1] != '"')
		return error_invalid(err, "If-Match is not one quoted version, such as \"3\"");
	tag = text_slice(tag, 1, tag.len - 2);
	if (tag.ptr[0] < '0' || tag.ptr[0] > '9' || !text_int(tag, &version))
		return error_invalid(err, "If-Match is not one quoted version, such as \"3\"");
	*ret_version = version;
	return true;
}

bool tag_list_has(struct text header, struct text tag)
{
	struct text part;

	while (text_split(&header, ',', &part)) {
		struct text one = text_trim(part);

		if (text_is(one, "*")) return true;
		if (text_starts(one, TEXT("W/"))) one = text_slice(one, 2, one.len);
		if (one.len == tag.len + 2 && one.ptr[0] == '"' && text_equal(text_slice(one, 1, tag.len), tag)) return true;
	}
	return false;
}

/* "q=0", "q=0.0", "q=0.000" */
static bool weight_is_nought(struct text parameters)
{
	struct text part;

	while (text_split(&parameters, ';', &part)) {
		struct text weight = text_trim(part);

		if (weight.len < 3 || (weight.ptr[0] | 0x20) != 'q' || weight.ptr[1] != '=') continue;
		for (size_t i = 2; i < weight.len; i++)
			if (weight.ptr[i] >= '1' && weight.ptr[i] <= '9') return false;
		return true;
	}
	return false;
}

bool token_list_has(struct text header, const char *token)
{
	struct text part;

	while (text_split(&header, ',', &part)) {
		size_t at = text_index(part, ';');

		if (!text_equal_nocase(text_trim(text_slice(part, 0, at)), text_of(token))) continue;
		return !weight_is_nought(text_slice(part, at + 1, part.len));
	}
	return false;
}

bool media_type_is(struct text header, const char *media_type)
{
	return text_equal_nocase(text_trim(text_slice(header, 0, text_index(header, ';'))), text_of(media_type));
}

bool path_is_local(struct text path)
{
	if (path.len == 0 || path.len > 2000 || path.ptr[0] != '/') return false;
	if (path.len > 1 && path.ptr[1] == '/') return false;
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		if (c <= ' ' || c >= 0x7F || c == '\\') return false;
	}
	return true;
}

bool hexadecimal(struct text t, size_t characters)
{
	if (t.len != characters) return false;
	for (size_t i = 0; i < t.len; i++)
		if (!((t.ptr[i] >= '0' && t.ptr[i] <= '9') || (t.ptr[i] >= 'a' && t.ptr[i] <= 'f'))) return false;
	return true;
}

bool secret_equal(struct text a, struct text b)
{
	unsigned char difference = 0;

	if (text_none(a) || text_none(b) || a.len != b.len) return false;
	for (size_t i = 0; i < a.len; i++) difference |= (unsigned char)(a.ptr[i] ^ b.ptr[i]);
	return difference == 0;
}

/* The host and port of "https://host:port". */
static struct text origin_host(struct text origin)
{
	if (text_starts(origin, TEXT("https://"))) return text_slice(origin, 8, origin.len);
	if (text_starts(origin, TEXT("http://"))) return text_slice(origin, 7, origin.len);
	return TEXT_NONE;
}

bool origin_may_be_ours(const struct origin *from)
{
	if (text_is(from->fetch_site, "cross-site") || text_is(from->fetch_site, "same-site")) return false;
	if (text_none(from->origin) || text_is(from->origin, "null")) return true;
	return text_equal_nocase(origin_host(from->origin), from->host);
}

bool origin_is_ours(const struct origin *from)
{
	bool said = text_is(from->fetch_site, "same-origin") || text_equal_nocase(origin_host(from->origin), from->host);

	return said && origin_may_be_ours(from) && !text_none(from->host);
}
