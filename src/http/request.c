#include "http/request.h"

#include <assert.h>

#include "http/header.h"

static const struct {
	int status;
	const char *kind;
} faults[FAULT_COUNT] = {
	[FAULT_NONE] = {200, "NONE"},
	[FAULT_MALFORMED] = {400, "MALFORMED"},
	[FAULT_UNAUTHENTICATED] = {401, "UNAUTHENTICATED"},
	[FAULT_FORGED] = {403, "FORGED"},
	[FAULT_NO_PAGE] = {404, "NOT_FOUND"},
	[FAULT_METHOD] = {405, "METHOD_NOT_ALLOWED"},
	[FAULT_MEDIA_TYPE] = {415, "MEDIA_TYPE"},
	[FAULT_KEY_REUSED] = {422, "KEY_REUSED"},
	[FAULT_VERSION_NEEDED] = {428, "VERSION_NEEDED"},
	[FAULT_VERSION_OLD] = {412, "STALE"},
	[FAULT_HEADERS_TOO_LARGE] = {431, "TOO_LARGE"},
};

int fault_status(enum fault fault)
{
	return faults[fault].status;
}

const char *fault_kind(enum fault fault)
{
	return faults[fault].kind;
}

struct text request_param(const struct request *req, const char *name)
{
	for (size_t i = 0; i < req->param_count; i++)
		if (text_is(req->params[i].name, name)) return req->params[i].value;
	assert(!"a parameter that the route's pattern doesn't have");
	return TEXT_NONE;
}

struct text request_query(const struct request *req, const char *name)
{
	return form_value(&req->query, text_of(name));
}

/* A scalar as a form would have sent it. */
static struct text scalar(const struct request *req, const json_t *value)
{
	switch (value ? json_typeof(value) : JSON_NULL) {
	case JSON_STRING: return (struct text){json_string_value(value), json_string_length(value)};
	case JSON_INTEGER: return arena_printf(req->arena, "%lld", (long long)json_integer_value(value));
	case JSON_REAL: return arena_printf(req->arena, "%.17g", json_real_value(value));
	case JSON_TRUE: return TEXT("yes");
	case JSON_FALSE: return TEXT("no");
	case JSON_NULL:
	case JSON_OBJECT:
	case JSON_ARRAY: break;
	}
	return TEXT_NONE;
}

struct text request_value(const struct request *req, const char *name)
{
	if (req->json) return scalar(req, json_object_get(req->json, name));
	return form_value(&req->form, text_of(name));
}

static struct texts json_values(const struct request *req, const json_t *value)
{
	size_t most = json_is_array(value) ? json_array_size(value) : 1;
	struct texts found = {arena_new_array(req->arena, most, struct text), 0};

	for (size_t i = 0; i < most; i++) {
		struct text one = scalar(req, json_is_array(value) ? json_array_get(value, i) : value);

		if (one.len) found.rows[found.count++] = one;
	}
	return found;
}

struct texts request_values(const struct request *req, const char *name)
{
	struct texts found;

	if (req->json) return json_values(req, json_object_get(req->json, name));
	found = (struct texts){arena_new_array(req->arena, req->form.count, struct text), 0};
	for (size_t i = 0; i < req->form.count; i++)
		if (text_is(req->form.rows[i].name, name) && req->form.rows[i].value.len)
			found.rows[found.count++] = req->form.rows[i].value;
	return found;
}

/* "children-12-given_name" of list "children": the index, or false. */
static bool list_index(struct text name, struct text list, size_t *ret_index)
{
	struct text rest, digits;
	int64_t index;

	if (!text_starts(name, list) || name.len <= list.len || name.ptr[list.len] != '-') return false;
	rest = text_slice(name, list.len + 1, name.len);
	if (!text_split(&rest, '-', &digits) || rest.len == 0) return false;
	if (digits.len == 0 || digits.ptr[0] < '0' || digits.ptr[0] > '9' || !text_int(digits, &index)) return false;
	*ret_index = (size_t)index;
	return true;
}

static size_t form_list_count(const struct form *form, struct text list)
{
	size_t count = 0, index;

	for (size_t i = 0; i < form->count; i++) {
		if (!list_index(form->rows[i].name, list, &index)) continue;
		if (index >= REQUEST_LIST_MOST) return REQUEST_LIST_MOST + 1;
		if (index >= count) count = index + 1;
	}
	return count;
}

size_t request_list_count(const struct request *req, const char *list)
{
	size_t count;

	if (!req->json) return form_list_count(&req->form, text_of(list));
	count = json_array_size(json_object_get(req->json, list));
	return count > REQUEST_LIST_MOST ? REQUEST_LIST_MOST + 1 : count;
}

struct text request_list_value(const struct request *req, const char *list, size_t index, const char *name)
{
	if (req->json) return scalar(req, json_object_get(json_array_get(json_object_get(req->json, list), index), name));
	return form_value(&req->form, arena_printf(req->arena, "%s-%zu-%s", list, index, name));
}

static bool named(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0) return true;
	return false;
}

static struct text unknown_member(json_t *object, const char *const *names, size_t count)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		if (!named(key, names, count)) return text_of(key);
	}
	return TEXT_NONE;
}

struct text request_unknown(const struct request *req, const char *const *names, size_t count)
{
	return req->json ? unknown_member(req->json, names, count) : TEXT_NONE;
}

struct text request_list_unknown(
	const struct request *req, const char *list, size_t index, const char *const *names, size_t count)
{
	json_t *entry = req->json ? json_array_get(json_object_get(req->json, list), index) : NULL;

	return entry ? unknown_member(entry, names, count) : TEXT_NONE;
}

static bool form_version(struct request *req, struct text given, int64_t *ret_version, struct error *err)
{
	if (text_int(given, ret_version) && *ret_version >= 0) return true;
	req->fault = FAULT_MALFORMED;
	return error_invalid(err, "the version is not a whole number");
}

bool request_version(struct request *req, int64_t *ret_version, struct error *err)
{
	struct text given = request_value(req, "version");

	if (!text_none(req->headers.if_match)) {
		if (version_tag_parse(req->headers.if_match, ret_version, err)) return true;
		req->fault = FAULT_MALFORMED;
		return false;
	}
	if (!text_none(given)) return form_version(req, given, ret_version, err);
	req->fault = FAULT_VERSION_NEEDED;
	error_invalid(err, "which version this changes is not said");
	return error_hint(err, "Send the ETag you were given as If-Match.");
}

struct text request_next(const struct request *req)
{
	struct text next = request_value(req, "next");

	if (text_none(next)) next = request_query(req, "next");
	return path_is_local(next) ? next : TEXT("/");
}

bool request_refreshes(const struct request *req)
{
	return req->method == HTTP_GET && !text_none(req->headers.refresh);
}

bool request_signed_in(const struct request *req)
{
	return req->session.account.n != 0;
}
