#include "unit.h"

#include "http/route.h"

static bool nothing(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)req;
	(void)hub;
	(void)res;
	(void)err;
	return true;
}

#define ROUTE(m, p, a, name)                                                                                           \
	{                                                                                                                  \
		.method = m, .pattern = p, .api = a, .handle = nothing, .id = name                                             \
	}

static const struct route routes[] = {
	ROUTE(HTTP_GET, "/", NULL, "home"),
	ROUTE(HTTP_GET, "/enquiries/{reference}", "/api/v1/enquiries/{reference}", "show"),
	ROUTE(HTTP_POST, "/enquiries/{reference}/screen", "/api/v1/enquiries/{reference}/screen", "screen"),
	ROUTE(HTTP_GET, "/enquiries/new", NULL, "new"),
	ROUTE(HTTP_GET, "/enquiries/{reference}/children/{n}", NULL, "child"),
	ROUTE(HTTP_POST, NULL, "/api/v1/enquiries", "record"),
	ROUTE(HTTP_GET, NULL, "/api/v1/enquiries", "list"),
};

static const struct {
	enum http_method method;
	const char *path, *id, *first_param;
} found[] = {
	{HTTP_GET, "/", "home", NULL},
	{HTTP_GET, "/enquiries/OX-15-00001-A", "show", "OX-15-00001-A"},
	{HTTP_GET, "/enquiries/new", "new", NULL},
	{HTTP_GET, "/enquiries/a%20b", "show", "a b"},
	{HTTP_GET, "/api/v1/enquiries/X", "show", "X"},
	{HTTP_POST, "/enquiries/X/screen", "screen", "X"},
	{HTTP_GET, "/enquiries/X/children/2", "child", "X"},
	{HTTP_POST, "/api/v1/enquiries", "record", NULL},
};

static void a_path_finds_its_route_and_a_literal_wins(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(found); i++) {
		ARENA_SCOPE arena;
		struct request req = {.arena = &arena, .method = found[i].method, .path = text_of(found[i].path)};
		struct text allow;
		struct error err;

		arena_init(&arena, ARENA_REQUEST_BYTES);
		assert_true(route_find(route_table_make(&arena, routes, COUNT_OF(routes)), &req, &allow, &err));
		assert_string_equal(req.route->id, found[i].id);
		if (found[i].first_param) assert_text(req.params[0].value, found[i].first_param);
	}
}

static const struct {
	enum http_method method;
	const char *path;
	int status;
	const char *allow;
} missed[] = {
	{HTTP_GET, "/nowhere", 404, NULL},
	{HTTP_GET, "/enquiries", 404, NULL},
	{HTTP_GET, "/enquiries/", 404, NULL},
	{HTTP_GET, "/enquiries/X/", 404, NULL},
	{HTTP_GET, "//", 404, NULL},
	{HTTP_GET, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r", 404, NULL},
	{HTTP_GET, "/enquiries/X/screen", 405, "POST"},
	{HTTP_POST, "/enquiries/new", 405, "GET, HEAD"},
	{HTTP_DELETE, "/api/v1/enquiries", 405, "GET, HEAD, POST"},
	{HTTP_OTHER, "/", 405, "GET, HEAD"},
	{HTTP_GET, "/enquiries/a%2Fb", 400, NULL},
	{HTTP_GET, "/enquiries/%", 400, NULL},
};

static void what_has_no_route_is_404_405_or_400(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(missed); i++) {
		ARENA_SCOPE arena;
		struct request req = {.arena = &arena, .method = missed[i].method, .path = text_of(missed[i].path)};
		struct text allow;
		struct error err;

		arena_init(&arena, ARENA_REQUEST_BYTES);
		assert_false(route_find(route_table_make(&arena, routes, COUNT_OF(routes)), &req, &allow, &err));
		assert_int_equal(fault_status(req.fault), missed[i].status);
		assert_text(allow, missed[i].allow);
	}
}

static void a_page_is_a_get_with_a_pattern(void **state)
{
	ARENA_SCOPE arena;
	struct route_table *table;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	table = route_table_make(&arena, routes, COUNT_OF(routes));
	assert_true(route_has_page(table, TEXT("/enquiries/X")));
	assert_false(route_has_page(table, TEXT("/enquiries/X/screen")));
	assert_false(route_has_page(table, TEXT("/api/v1/enquiries")));
	assert_string_equal(route_table_at(table, 0)->id, "home");
	assert_null(route_table_at(table, COUNT_OF(routes)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_finds_its_route_and_a_literal_wins),
		cmocka_unit_test(what_has_no_route_is_404_405_or_400),
		cmocka_unit_test(a_page_is_a_get_with_a_pattern),
	};

	return cmocka_run_group_tests_name("http/route", tests, NULL, NULL);
}
