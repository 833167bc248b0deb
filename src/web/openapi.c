#include "web/openapi.h"

#include "web/handlers.h"
#include "web/routes.h"
#include "web/steps.h"

/* A route at one of its two addresses. */
struct address {
	const struct route *route;
	const char *path;
	bool api;
};

static const char *method_name(enum http_method method)
{
	static const char *const names[] = {
		[HTTP_GET] = "get",
		[HTTP_POST] = "post",
		[HTTP_PUT] = "put",
		[HTTP_PATCH] = "patch",
		[HTTP_DELETE] = "delete",
	};

	return names[method];
}

static void parameter(struct json *json, const char *in, struct text name, bool required, const char *says)
{
	json_open(json);
	json_member_cstr(json, "in", in);
	json_member_text(json, "name", name);
	if (required) json_member_bool(json, "required", true);
	if (says) json_member_cstr(json, "description", says);
	json_key(json, "schema");
	json_open(json);
	json_member_cstr(json, "type", "string");
	json_close(json);
	json_close(json);
}

static void path_parameters(struct json *json, struct text path)
{
	struct text part;

	while (text_split(&path, '/', &part))
		if (part.len > 2 && part.ptr[0] == '{') parameter(json, "path", text_slice(part, 1, part.len - 2), true, NULL);
}

/* Does it change what a version guards, so that the one that was seen must be said? */
static bool versioned(const struct address *at)
{
	const struct step_page *step = step_by_slug(text_of(strrchr(at->path, '/') + 1));

	return step && step->versioned && at->route->method == HTTP_POST;
}

static void parameters(struct json *json, const struct address *at)
{
	struct text query = text_of(at->route->query ? at->route->query : ""), name;

	json_key(json, "parameters");
	json_open_list(json);
	path_parameters(json, text_of(at->path));
	while (text_split(&query, ' ', &name))
		if (name.len) parameter(json, "query", name, false, NULL);
	if (at->api && at->route->flags & ROUTE_CREATES)
		parameter(json, "header", TEXT("Idempotency-Key"), false, "The same key and body gets the first answer again.");
	if (at->api && versioned(at)) parameter(json, "header", TEXT("If-Match"), true, "The ETag of what was seen.");
	json_close_list(json);
}

static void content_begin(struct json *json, const char *type)
{
	json_key(json, "content");
	json_open(json);
	json_key(json, type);
	json_open(json);
	json_key(json, "schema");
}

static void content_end(struct json *json)
{
	json_close(json);
	json_close(json);
}

static void any_object(struct json *json)
{
	json_open(json);
	json_member_cstr(json, "type", "object");
	json_close(json);
}

static void request_body(struct json *json, const struct address *at)
{
	const struct input_type *body = at->route->body;

	if (at->route->method == HTTP_GET || (at->api && !body)) return;
	json_key(json, "requestBody");
	json_open(json);
	json_member_bool(json, "required", true);
	content_begin(json, at->api ? "application/json" : "application/x-www-form-urlencoded");
	if (at->api)
		openapi_body_ref(json, body);
	else
		any_object(json);
	content_end(json);
	json_close(json);
}

static void problem(struct json *json)
{
	json_key(json, "default");
	json_open(json);
	json_member_cstr(json, "description", "Refused, with the reason");
	content_begin(json, "application/problem+json");
	json_open(json);
	json_member_cstr(json, "$ref", "#/components/schemas/problem");
	json_close(json);
	content_end(json);
	json_close(json);
}

static void api_answers(struct json *json, const struct route *route)
{
	char status[8];

	snprintf(status, sizeof status, "%d", route->status ? route->status : 200);
	json_key(json, status);
	json_open(json);
	json_member_cstr(json, "description", route->summary);
	if (route->status != 204) {
		content_begin(json, "application/json");
		if (route->answer)
			openapi_answer_ref(json, route->answer);
		else
			any_object(json);
		content_end(json);
	}
	json_close(json);
	problem(json);
}

/* A form that was taken leads on; everything else is a page. */
static void page_answers(struct json *json, const struct route *route)
{
	bool leads_on = route->method != HTTP_GET && route->kind != ROUTE_READ;

	json_key(json, leads_on ? "303" : "200");
	json_open(json);
	json_member_cstr(json, "description", leads_on ? "Done; Location says where to go on" : "The page");
	json_close(json);
	json_key(json, "default");
	json_open(json);
	json_member_cstr(json, "description", "A page that says why not");
	json_close(json);
}

static void security(struct json *json, const struct route *route)
{
	bool asks = !(route->flags & ROUTE_PUBLIC);

	json_key(json, "security");
	json_open_list(json);
	if (asks) {
		json_open(json);
		json_key(json, "session");
		json_open_list(json);
		json_close_list(json);
		if (route->method != HTTP_GET) {
			json_key(json, "csrf");
			json_open_list(json);
			json_close_list(json);
		}
		json_close(json);
	}
	json_close_list(json);
}

static void operation(struct json *json, const struct address *at)
{
	char id[80];

	snprintf(id, sizeof id, "%s%s", at->api ? "" : "page_", at->route->id);
	json_key(json, method_name(at->route->method));
	json_open(json);
	json_member_cstr(json, "operationId", id);
	json_member_cstr(json, "summary", at->route->summary);
	json_key(json, "tags");
	json_open_list(json);
	json_cstr(json, at->api ? "api" : "pages");
	json_close_list(json);
	parameters(json, at);
	request_body(json, at);
	json_key(json, "responses");
	json_open(json);
	if (at->api)
		api_answers(json, at->route);
	else
		page_answers(json, at->route);
	json_close(json);
	security(json, at->route);
	json_close(json);
}

static const char *path_of(const struct route *route, bool api)
{
	return route->flags & ROUTE_HIDDEN ? NULL : api ? route->api : route->pattern;
}

static bool written_before(const struct openapi *doc, size_t index, bool api)
{
	const char *path = path_of(&doc->routes[index], api);

	for (size_t i = 0; i < index; i++) {
		const char *other = path_of(&doc->routes[i], api);

		if (other && strcmp(path, other) == 0) return true;
	}
	return false;
}

/* All methods of one path stand together, at the first route that has it. */
static void path_item(const struct openapi *doc, size_t index, bool api)
{
	const char *path = path_of(&doc->routes[index], api);

	if (!path || written_before(doc, index, api)) return;
	json_key(doc->json, path);
	json_open(doc->json);
	for (size_t i = index; i < doc->count; i++) {
		const char *other = path_of(&doc->routes[i], api);

		if (other && strcmp(path, other) == 0) operation(doc->json, &(struct address){&doc->routes[i], path, api});
	}
	json_close(doc->json);
}

static void security_scheme(struct json *json, const char *key, const char *in, const char *name)
{
	json_key(json, key);
	json_open(json);
	json_member_cstr(json, "type", "apiKey");
	json_member_cstr(json, "in", in);
	json_member_cstr(json, "name", name);
	json_close(json);
}

static void components(const struct openapi *doc)
{
	json_key(doc->json, "components");
	json_open(doc->json);
	openapi_schemas(doc);
	json_key(doc->json, "securitySchemes");
	json_open(doc->json);
	security_scheme(doc->json, "session", "cookie", SESSION_COOKIE);
	security_scheme(doc->json, "csrf", "header", "X-CSRF-Token");
	json_close(doc->json);
	json_close(doc->json);
}

static void about(struct json *json)
{
	json_member_cstr(json, "openapi", "3.1.0");
	json_key(json, "info");
	json_open(json);
	json_member_cstr(json, "title", "Fanlight");
	json_member_cstr(json, "version", "1");
	json_member_cstr(json, "description",
		"The working system of a Multi-Agency Safeguarding Hub. Every page has a JSON twin under /api/v1.");
	json_close(json);
}

void openapi_write(struct json *json)
{
	struct openapi doc = {.json = json};

	doc.routes = web_routes(&doc.count);
	json_open(json);
	about(json);
	json_key(json, "paths");
	json_open(json);
	for (size_t i = 0; i < doc.count; i++) path_item(&doc, i, true);
	for (size_t i = 0; i < doc.count; i++) path_item(&doc, i, false);
	json_close(json);
	components(&doc);
	json_close(json);
}

bool openapi_answer(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)req;
	(void)hub;
	(void)err;
	openapi_write(response_json(res, 200));
	return true;
}
