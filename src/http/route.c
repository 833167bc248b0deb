#include "http/route.h"

#include <assert.h>

#include "http/header.h"

#define SEGMENTS_MOST 12

/* One pattern, cut into segments; a route with a page and a twin has two. */
struct pattern {
	const struct route *route;
	struct text segments[SEGMENTS_MOST];
	bool named[SEGMENTS_MOST];
	size_t count;
	bool api;
	struct pattern *next; /* the more literal first */
};

struct route_table {
	const struct route *routes;
	size_t count;
	struct pattern *first;
};

/* Of "/a/b": "a", "b"; of "/": one empty segment. More than fit: SEGMENTS_MOST + 1. */
static size_t cut(struct text path, struct text *segments)
{
	struct text rest = text_slice(path, 1, path.len), part;
	size_t count = 0;

	while (text_split(&rest, '/', &part)) {
		if (count == SEGMENTS_MOST) return SEGMENTS_MOST + 1;
		segments[count++] = part;
	}
	return count;
}

static struct pattern *pattern_make(struct arena *arena, const struct route *route, const char *words, bool api)
{
	struct pattern *p = arena_new(arena, struct pattern);

	assert(words[0] == '/');
	*p = (struct pattern){.route = route, .api = api};
	p->count = cut(text_of(words), p->segments);
	assert(p->count <= SEGMENTS_MOST);
	for (size_t i = 0; i < p->count; i++) {
		struct text segment = p->segments[i];

		p->named[i] = segment.len > 2 && segment.ptr[0] == '{' && segment.ptr[segment.len - 1] == '}';
		if (p->named[i]) p->segments[i] = text_slice(segment, 1, segment.len - 2);
	}
	return p;
}

/* The shorter first; of one length, where they first differ in being literal, the literal one. */
static bool goes_before(const struct pattern *a, const struct pattern *b)
{
	if (a->count != b->count) return a->count < b->count;
	for (size_t i = 0; i < a->count; i++)
		if (a->named[i] != b->named[i]) return b->named[i];
	return false;
}

static void pattern_add(struct route_table *table, struct pattern *p)
{
	struct pattern **at = &table->first;

	while (*at && !goes_before(p, *at)) at = &(*at)->next;
	p->next = *at;
	*at = p;
}

struct route_table *route_table_make(struct arena *arena, const struct route *routes, size_t count)
{
	struct route_table *table = arena_new(arena, struct route_table);

	*table = (struct route_table){.routes = routes, .count = count};
	for (size_t i = 0; i < count; i++) {
		const struct route *route = &routes[i];

		assert(route->handle && route->method < HTTP_OTHER && (route->pattern || route->api));
		assert(route->kind != ROUTE_PASSWORD || (route->prepare && route->compute));
		if (route->pattern) pattern_add(table, pattern_make(arena, route, route->pattern, false));
		if (route->api) pattern_add(table, pattern_make(arena, route, route->api, true));
	}
	return table;
}

const struct route *route_table_at(const struct route_table *table, size_t index)
{
	return index < table->count ? &table->routes[index] : NULL;
}

static bool fits(const struct pattern *p, const struct text *segments, size_t count)
{
	if (p->count != count) return false;
	for (size_t i = 0; i < count; i++) {
		if (p->named[i] ? segments[i].len == 0 : !text_equal(p->segments[i], segments[i])) return false;
	}
	return true;
}

static bool take(struct request *req, const struct pattern *p, const struct text *segments, struct error *err)
{
	req->route = p->route;
	req->param_count = 0;
	for (size_t i = 0; i < p->count; i++) {
		struct request_param *param;

		if (!p->named[i]) continue;
		assert(req->param_count < REQUEST_PARAMS_MOST);
		param = &req->params[req->param_count++];
		param->name = p->segments[i];
		if (segment_decode(segments[i], req->arena, &param->value, err)) continue;
		req->fault = FAULT_MALFORMED;
		return false;
	}
	return true;
}

/* "GET, HEAD, POST": what this path's patterns take. */
static struct text allowed(const struct route_table *table, struct arena *arena, const struct text *segments, size_t n)
{
	static const char *const names[HTTP_METHOD_COUNT] = {
		[HTTP_GET] = "GET, HEAD",
		[HTTP_POST] = "POST",
		[HTTP_PUT] = "PUT",
		[HTTP_PATCH] = "PATCH",
		[HTTP_DELETE] = "DELETE",
	};
	bool has[HTTP_METHOD_COUNT] = {false};
	struct text list = TEXT_NONE;

	for (const struct pattern *p = table->first; p; p = p->next)
		if (fits(p, segments, n)) has[p->route->method] = true;
	for (size_t m = 0; m < HTTP_OTHER; m++)
		if (has[m]) list = arena_printf(arena, "%.*s%s%s", TEXT_ARG(list), list.len ? ", " : "", names[m]);
	return list;
}

bool route_find(const struct route_table *table, struct request *req, struct text *ret_allow, struct error *err)
{
	struct text segments[SEGMENTS_MOST];
	size_t count = cut(req->path, segments);

	*ret_allow = TEXT_NONE;
	for (const struct pattern *p = table->first; p && count <= SEGMENTS_MOST; p = p->next)
		if (p->route->method == req->method && fits(p, segments, count)) return take(req, p, segments, err);
	if (count <= SEGMENTS_MOST) *ret_allow = allowed(table, req->arena, segments, count);
	if (text_none(*ret_allow)) {
		req->fault = FAULT_NO_PAGE;
		return error_not_found(err, "there is nothing at this address");
	}
	req->fault = FAULT_METHOD;
	return error_refused(err, "this address takes only %.*s", TEXT_ARG(*ret_allow));
}

bool route_has_page(const struct route_table *table, struct text path)
{
	struct text segments[SEGMENTS_MOST];
	size_t count = cut(path, segments);

	for (const struct pattern *p = table->first; p && count <= SEGMENTS_MOST; p = p->next)
		if (p->route->method == HTTP_GET && !p->api && fits(p, segments, count)) return true;
	return false;
}
