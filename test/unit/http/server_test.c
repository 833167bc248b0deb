/* The server, over a real socket, with a database and a hub of paper (stub.h). */
#include "unit.h"

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include "client.h"
#include "http/server.h"
#include "stub.h"

#define SIGNED_IN "Cookie: fanlight_session=" STUB_TOKEN "\r\n"
#define CLOSE     "Host: hub\r\nConnection: close\r\n"
#define FORM      "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON      "Content-Type: application/json\r\n"

static sem_t slow_may_go, slow_has_begun;

static bool home(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)hub;
	(void)err;
	buffer_printf(response_page(res, 200), "<p>%s %.*s</p>", request_signed_in(req) ? "signed in" : "nobody",
		TEXT_ARG(req->csrf));
	return true;
}

static bool show(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct text reference = request_param(req, "reference");

	if (text_is(reference, "none")) return error_not_found(err, "no enquiry has this reference");
	if (text_is(reference, "huge")) {
		for (int i = 0; i < 40000; i++) buffer_literal(response_page(res, 200), "0123456789");
		for (int i = 0; i < 40000; i++) buffer_literal(&res->body, "0123456789");
		return true;
	}
	hub->views = arena_new(req->arena, struct viewed);
	if (req->api) {
		json_open(response_json(res, 200));
		json_member_text(&res->json, "reference", reference);
		json_close(&res->json);
	} else {
		buffer_printf(response_page(res, 200), "<h1>%.*s</h1>", TEXT_ARG(reference));
	}
	return true;
}

static _Atomic int recorded;

static bool record(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)hub;
	if (text_blank(request_value(req, "summary"))) return error_field(err, "summary", "Enter what was said");
	if (text_is(request_value(req, "summary"), "refuse")) return error_refused(err, "25 of 25");
	recorded++;
	if (!req->api) {
		response_redirect_to(res, "/enquiries/%d", recorded);
		return true;
	}
	json_open(response_json(res, 201));
	json_member_int(&res->json, "number", recorded);
	json_close(&res->json);
	response_header(res, "Location", TEXT("/api/v1/enquiries/1"));
	return true;
}

static void record_again(struct request *req, struct hub *hub, const struct error *why, struct response *res)
{
	(void)hub;
	buffer_printf(response_page(res, res->status), "again: %s: %.*s: csrf %.*s", why->message,
		TEXT_ARG(request_value(req, "summary")), TEXT_ARG(req->csrf));
}

static bool slow(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)req;
	(void)hub;
	(void)err;
	sem_post(&slow_has_begun);
	sem_wait(&slow_may_go);
	buffer_literal(response_body(res, 200, "text/plain"), "slow");
	return true;
}

static bool credentials_read(struct request *req, struct hub *hub, struct error *err)
{
	(void)hub;
	(void)err;
	req->prepared = arena_new(req->arena, int);
	return true;
}

static bool password_check(struct request *req, struct error *err)
{
	(void)err;
	*(int *)req->prepared = text_is(request_value(req, "password"), "right");
	return true;
}

static bool sign_in(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct error why;

	(void)hub;
	(void)err;
	if (*(int *)req->prepared) {
		response_session(res, req, TEXT(STUB_TOKEN));
		response_redirect(res, request_next(req));
		return true;
	}
	error_clear(&why);
	error_field(&why, "password", "Not this one");
	response_refuse(res, &why);
	return true;
}

static void sign_in_again(struct request *req, struct hub *hub, const struct error *why, struct response *res)
{
	(void)req;
	(void)hub;
	buffer_printf(response_page(res, res->status), "sign in: %s", why->fields[0].message);
}

static const struct route routes[] = {
	{.method = HTTP_GET, .pattern = "/", .kind = ROUTE_READ, .flags = ROUTE_PUBLIC, .handle = home, .id = "home"},
	{.method = HTTP_GET,
		.pattern = "/enquiries/{reference}",
		.api = "/api/v1/enquiries/{reference}",
		.kind = ROUTE_READ,
		.handle = show,
		.id = "enquiry_show"},
	{.method = HTTP_POST,
		.pattern = "/enquiries",
		.api = "/api/v1/enquiries",
		.kind = ROUTE_WRITE,
		.flags = ROUTE_CREATES | ROUTE_LOGS_REFUSAL,
		.handle = record,
		.on_error = record_again,
		.id = "enquiry_record"},
	{.method = HTTP_GET, .pattern = "/slow", .kind = ROUTE_PLAIN, .flags = ROUTE_PUBLIC, .handle = slow, .id = "slow"},
	{.method = HTTP_POST,
		.pattern = "/sign-in",
		.kind = ROUTE_PASSWORD,
		.flags = ROUTE_PUBLIC,
		.prepare = credentials_read,
		.compute = password_check,
		.handle = sign_in,
		.on_error = sign_in_again,
		.id = "sign_in"},
};

static const struct asset assets[] = {
	{"app-1.css", "text/css; charset=utf-8", {"body{}", 6}, {"GZIPPED", 7}},
	{"logo-1.svg", "image/svg+xml", {"<svg/>", 6}, {NULL, 0}},
};

static struct clock_source machine;
static struct server *server;
static struct db *db;
static int port;

static void start(int queue_limit, int idle_seconds)
{
	struct server_options options = {
		.listen = TEXT("127.0.0.1:0"),
		.metrics_listen = TEXT("127.0.0.1:0"),
		.workers = 2,
		.queue_limit = queue_limit,
		.idle_seconds = idle_seconds,
		.stop_seconds = 2,
		.db = db,
		.clock = &machine,
		.routes = routes,
		.route_count = COUNT_OF(routes),
		.assets = assets,
		.asset_count = COUNT_OF(assets),
	};
	struct error err;

	error_clear(&err);
	if (!server_start(&options, &server, &err)) fail_msg("%s", err.message);
	port = server_port(server);
}

static int set_up(void **state)
{
	(void)state;
	memset((void *)&stub, 0, sizeof stub);
	recorded = 0;
	machine = clock_source_machine();
	db = stub_db_start();
	sem_init(&slow_may_go, 0, 0);
	sem_init(&slow_has_begun, 0, 0);
	start(8, 5);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	server_stop(server);
	stub_db_stop(db);
	return 0;
}

static void post(struct reply *answer, const char *path, const char *headers, const char *body)
{
	client_ask(port, answer, "POST %s HTTP/1.1\r\n" CLOSE "%sContent-Length: %zu\r\n\r\n%s", path, headers,
		strlen(body), body);
}

/* What every answer carries */

static const char *const everywhere[] = {
	"GET / HTTP/1.1\r\n" CLOSE "\r\n",
	"GET /nowhere HTTP/1.1\r\n" CLOSE "\r\n",
	"GET /api/v1/nowhere HTTP/1.1\r\n" CLOSE "\r\n",
	"GET /enquiries/X HTTP/1.1\r\n" CLOSE "\r\n",
	"GET /api/v1/enquiries/X HTTP/1.1\r\n" CLOSE "\r\n",
	"GET /enquiries/huge HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n",
	"GET /assets/app-1.css HTTP/1.1\r\n" CLOSE "\r\n",
	"GET /assets/none.css HTTP/1.1\r\n" CLOSE "\r\n",
	"OPTIONS / HTTP/1.1\r\n" CLOSE "\r\n",
	"DELETE / HTTP/1.1\r\n" CLOSE "\r\n",
	"GET /?a=% HTTP/1.1\r\n" CLOSE "\r\n",
};

static void every_answer_carries_the_security_headers(void **state)
{
	static const char *const bad_words[] = {"unsafe", "*", "MHD", "microhttpd"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(everywhere); i++) {
		REPLY_SCOPE answer;
		struct text policy;

		client_ask(port, &answer, "%s", everywhere[i]);
		policy = reply_header(&answer, "Content-Security-Policy");
		if (!text_starts(policy, TEXT("default-src 'none'; "))) fail_msg("no policy on %s", everywhere[i]);
		assert_non_null(memmem(policy.ptr, policy.len, "require-trusted-types-for 'script'", 34));
		assert_non_null(memmem(policy.ptr, policy.len, "frame-ancestors 'none'", 22));
		assert_text(reply_header(&answer, "X-Content-Type-Options"), "nosniff");
		assert_text(reply_header(&answer, "Referrer-Policy"), "same-origin");
		assert_text(reply_header(&answer, "Server"), NULL);
		for (size_t k = 0; k < COUNT_OF(bad_words); k++)
			assert_null(memmem(answer.head.ptr, answer.head.len, bad_words[k], strlen(bad_words[k])));
	}
}

static const struct {
	const char *name, *request;
	int status;
	const char *header, *value;
} answers[] = {
	{"a page isn't kept", "GET / HTTP/1.1\r\n" CLOSE "\r\n", 200, "Cache-Control", "no-store"},
	{"a health check looks at nobody", "GET /healthz HTTP/1.1\r\n" CLOSE "\r\n", 200, "Set-Cookie", NULL},
	{"an unknown path", "GET /nowhere HTTP/1.1\r\n" CLOSE "\r\n", 404, "Cache-Control", "no-store"},
	{"a trailing slash is another path", "GET /enquiries/X/ HTTP/1.1\r\n" CLOSE "\r\n", 404, NULL, NULL},
	{"the wrong method", "DELETE / HTTP/1.1\r\n" CLOSE "\r\n", 405, "Allow", "GET, HEAD"},
	{"OPTIONS", "OPTIONS /enquiries HTTP/1.1\r\n" CLOSE "\r\n", 405, "Allow", "POST"},
	{"an API error is a problem document", "GET /api/v1/x HTTP/1.1\r\n" CLOSE "\r\n", 404, "Content-Type",
		"application/problem+json"},
	{"an asset is kept for ever", "GET /assets/app-1.css HTTP/1.1\r\n" CLOSE "\r\n", 200, "Cache-Control",
		"public, max-age=31536000, immutable"},
	{"an asset is packed for who takes it", "GET /assets/app-1.css HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip\r\n\r\n",
		200, "Content-Encoding", "gzip"},
	{"an asset that is known", "GET /assets/app-1.css HTTP/1.1\r\n" CLOSE "If-None-Match: \"app-1.css\"\r\n\r\n", 304,
		"ETag", "\"app-1.css\""},
	{"an asset can't be posted to", "POST /assets/app-1.css HTTP/1.1\r\n" CLOSE "Content-Length: 0\r\n\r\n", 405,
		"Allow", "GET, HEAD"},
	{"a page that wants a session leads to sign-in", "GET /enquiries/X?a=1 HTTP/1.1\r\n" CLOSE "\r\n", 303, "Location",
		"/sign-in?next=%2Fenquiries%2FX%3Fa%3D1"},
	{"a form that wants a session leads to sign-in and home",
		"POST /enquiries HTTP/1.1\r\n" CLOSE "Content-Length: 0\r\n\r\n", 303, "Location", "/sign-in?next=%2F"},
	{"an API that wants a session says so", "GET /api/v1/enquiries/X HTTP/1.1\r\n" CLOSE "\r\n", 401, "Content-Type",
		"application/problem+json"},
	{"what isn't found", "GET /enquiries/none HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n", 404, NULL, NULL},
	{"an answer too large is our mistake", "GET /enquiries/huge HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n", 500, NULL, NULL},
	{"two Content-Lengths", "POST /enquiries HTTP/1.1\r\n" CLOSE "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400,
		NULL, NULL},
	{"a length and chunks",
		"POST /enquiries HTTP/1.1\r\n" CLOSE "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
		NULL, NULL},
	{"two session cookies' headers", "GET / HTTP/1.1\r\n" CLOSE SIGNED_IN SIGNED_IN "\r\n", 400, NULL, NULL},
	{"no Host", "GET / HTTP/1.0\r\n\r\n", 400, NULL, NULL},
	{"a broken query", "GET /?a=%zz HTTP/1.1\r\n" CLOSE "\r\n", 400, NULL, NULL},
	{"a NUL in a query", "GET /?a=%00 HTTP/1.1\r\n" CLOSE "\r\n", 400, NULL, NULL},
	{"a form sent as something else",
		"POST /enquiries HTTP/1.1\r\n" CLOSE SIGNED_IN "Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b", 415,
		NULL, NULL},
	{"JSON cut short in itself",
		"POST /api/v1/enquiries HTTP/1.1\r\n" CLOSE SIGNED_IN JSON "Content-Length: 3\r\n\r\n{\"a", 400, NULL, NULL},
};

static void each_kind_of_answer_has_its_status_and_header(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		REPLY_SCOPE answer;

		client_ask(port, &answer, "%s", answers[i].request);
		if (answer.status != answers[i].status) fail_msg("%s: %d", answers[i].name, answer.status);
		if (answers[i].header) assert_text(reply_header(&answer, answers[i].header), answers[i].value);
	}
}

static void head_is_a_get_without_its_body(void **state)
{
	REPLY_SCOPE get;
	REPLY_SCOPE head;

	(void)state;
	client_ask(port, &get, "GET / HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	client_ask(port, &head, "HEAD / HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	assert_int_equal(head.status, 200);
	assert_true(text_equal(reply_header(&head, "Content-Length"), reply_header(&get, "Content-Length")));
	assert_int_equal(head.body.len, 0);
	assert_true(get.body.len > 0);
}

static void a_connection_is_kept_for_the_next_request(void **state)
{
	int fd = client_open(port);

	(void)state;
	for (int i = 0; i < 3; i++) {
		REPLY_SCOPE answer;

		client_send(fd, TEXT("GET / HTTP/1.1\r\nHost: hub\r\n" SIGNED_IN "\r\n"));
		client_read(fd, &answer);
		assert_int_equal(answer.status, 200);
		assert_text(answer.body, "<p>signed in " STUB_CSRF "</p>");
	}
	close(fd);
}

/* Sessions and forged forms */

static void a_page_before_sign_in_has_a_form_token_of_its_own(void **state)
{
	REPLY_SCOPE first;
	REPLY_SCOPE second;

	(void)state;
	client_ask(port, &first, "GET / HTTP/1.1\r\n" CLOSE "\r\n");
	assert_text(first.body, "<p>nobody " STUB_FORM "</p>");
	assert_text(reply_header(&first, "Set-Cookie"), "fanlight_form=" STUB_FORM "; Path=/; HttpOnly; SameSite=Lax");
	client_ask(port, &second, "GET / HTTP/1.1\r\n" CLOSE "Cookie: fanlight_form=" STUB_FORM "\r\n\r\n");
	assert_text(second.body, "<p>nobody " STUB_FORM "</p>");
	assert_text(reply_header(&second, "Set-Cookie"), NULL);
}

static const struct {
	const char *name, *headers, *body;
	int status;
} forged[] = {
	{"the session's token", SIGNED_IN FORM, "summary=x&csrf=" STUB_CSRF, 303},
	{"the session's token in the header", SIGNED_IN FORM "X-CSRF-Token: " STUB_CSRF "\r\n", "summary=x", 303},
	{"no token", SIGNED_IN FORM, "summary=x", 403},
	{"an empty token", SIGNED_IN FORM, "summary=x&csrf=", 403},
	{"another person's token", SIGNED_IN FORM, "summary=x&csrf=" STUB_FORM, 403},
	{"the right token from another site", SIGNED_IN FORM "Origin: https://evil.example\r\n",
		"summary=x&csrf=" STUB_CSRF, 403},
	{"the right token across sites", SIGNED_IN FORM "Sec-Fetch-Site: cross-site\r\n", "summary=x&csrf=" STUB_CSRF, 403},
	{"the right token from here", SIGNED_IN FORM "Origin: http://hub\r\n", "summary=x&csrf=" STUB_CSRF, 303},
};

static void a_form_is_taken_only_with_its_own_sessions_token(void **state)
{
	int taken = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(forged); i++) {
		REPLY_SCOPE answer;

		post(&answer, "/enquiries", forged[i].headers, forged[i].body);
		if (answer.status != forged[i].status) fail_msg("%s: %d", forged[i].name, answer.status);
		taken += forged[i].status == 303;
		assert_int_equal(recorded, taken);
	}
}

static void what_was_typed_stays_where_only_the_token_was_old(void **state)
{
	REPLY_SCOPE ours;
	REPLY_SCOPE unknown;

	(void)state;
	post(&ours, "/enquiries", SIGNED_IN FORM "Origin: http://hub\r\n", "summary=long+story&csrf=old");
	assert_int_equal(ours.status, 403);
	assert_non_null(memmem(ours.body.ptr, ours.body.len, ": long story: csrf " STUB_CSRF, 83));
	post(&unknown, "/enquiries", SIGNED_IN FORM, "summary=long+story&csrf=old");
	assert_int_equal(unknown.status, 403);
	assert_null(memmem(unknown.body.ptr, unknown.body.len, "long story", 10));
}

static void a_password_is_checked_in_its_own_lane_and_a_wrong_one_is_kept_count_of(void **state)
{
	REPLY_SCOPE right;
	REPLY_SCOPE wrong;
	const char *cookie = "Cookie: fanlight_form=" STUB_FORM "\r\n" FORM;

	(void)state;
	post(&right, "/sign-in", cookie, "password=right&next=%2Fhub&csrf=" STUB_FORM);
	assert_int_equal(right.status, 303);
	assert_text(reply_header(&right, "Location"), "/hub");
	assert_text(reply_header(&right, "Set-Cookie"), "fanlight_session=" STUB_TOKEN "; Path=/; HttpOnly; SameSite=Lax");
	post(&wrong, "/sign-in", cookie, "password=wrong&csrf=" STUB_FORM);
	assert_int_equal(wrong.status, 422);
	assert_text(wrong.body, "sign in: Not this one");
	assert_int_equal(stub.kept, 2);
}

/* Reading and writing */

static void assert_not_shown(const struct reply *reply, const char *why)
{
	assert_int_equal(reply->status, 503);
	assert_text(reply_header(reply, "Retry-After"), "2");
	assert_null(memmem(reply->body.ptr, reply->body.len, "<h1>X</h1>", 10));
	assert_non_null(memmem(reply->body.ptr, reply->body.len, why, strlen(why)));
}

static void what_is_shown_is_logged_before_it_is_shown(void **state)
{
	REPLY_SCOPE shown;
	REPLY_SCOPE lost;

	(void)state;
	client_ask(port, &shown, "GET /enquiries/X HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	assert_text(shown.body, "<h1>X</h1>");
	assert_int_equal(stub.views, 1);
	stub.outcome = DB_NOT_SAVED;
	client_ask(port, &lost, "GET /enquiries/X HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	assert_not_shown(&lost, "could not be written down");
}

static void nor_is_it_shown_where_nobody_can_tell_or_its_entry_is_refused(void **state)
{
	REPLY_SCOPE unknown;
	REPLY_SCOPE refused;
	REPLY_SCOPE full;

	(void)state;
	stub.outcome = DB_UNKNOWN;
	client_ask(port, &unknown, "GET /enquiries/X HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	assert_not_shown(&unknown, "cannot tell yet");
	stub.outcome = DB_DURABLE;
	stub.no_views = 1;
	client_ask(port, &refused, "GET /enquiries/X HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	assert_not_shown(&refused, "could not be written down");
	stub.no_views = 0;
	stub.full = 1;
	client_ask(port, &full, "GET /api/v1/enquiries/X HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	assert_not_shown(&full, "very busy");
}

static void a_session_in_use_is_kept_alive(void **state)
{
	REPLY_SCOPE answer;

	(void)state;
	stub.wants_touch = 1;
	client_ask(port, &answer, "GET / HTTP/1.1\r\n" CLOSE SIGNED_IN "\r\n");
	assert_int_equal(answer.status, 200);
	assert_int_equal(stub.touched, 1);
}

static void a_refusal_shows_the_form_again_and_is_logged(void **state)
{
	REPLY_SCOPE page;
	REPLY_SCOPE api;

	(void)state;
	post(&page, "/enquiries", SIGNED_IN FORM, "summary=refuse&csrf=" STUB_CSRF);
	assert_int_equal(page.status, 409);
	assert_text(page.body, "again: 25 of 25: refuse: csrf " STUB_CSRF);
	assert_int_equal(stub.refused, 1);
	post(&api, "/api/v1/enquiries", SIGNED_IN JSON "X-CSRF-Token: " STUB_CSRF "\r\n", "{\"summary\":\"refuse\"}");
	assert_int_equal(api.status, 409);
	assert_text(reply_header(&api, "Content-Type"), "application/problem+json");
	assert_int_equal(stub.refused, 2);
	assert_int_equal(recorded, 0);
}

static void nobody_is_told_it_was_saved_when_it_was_not(void **state)
{
	REPLY_SCOPE lost;
	REPLY_SCOPE unknown;
	REPLY_SCOPE full;

	(void)state;
	stub.outcome = DB_NOT_SAVED;
	post(&lost, "/enquiries", SIGNED_IN FORM, "summary=x&csrf=" STUB_CSRF);
	assert_int_equal(lost.status, 503);
	assert_text(lost.body, "again: this was not saved: x: csrf " STUB_CSRF);
	assert_text(reply_header(&lost, "Retry-After"), "2");
	stub.outcome = DB_UNKNOWN;
	post(&unknown, "/enquiries", SIGNED_IN FORM, "summary=x&csrf=" STUB_CSRF);
	assert_int_equal(unknown.status, 500);
	assert_non_null(memmem(unknown.body.ptr, unknown.body.len, "cannot tell yet", 15));
	stub.outcome = DB_DURABLE;
	stub.full = 1;
	post(&full, "/enquiries", SIGNED_IN FORM, "summary=x&csrf=" STUB_CSRF);
	assert_int_equal(full.status, 503);
	assert_text(reply_header(&full, "Retry-After"), "2");
}

static void a_job_that_runs_twice_answers_once(void **state)
{
	REPLY_SCOPE answer;

	(void)state;
	stub.runs_twice = 1;
	post(&answer, "/api/v1/enquiries", SIGNED_IN JSON "X-CSRF-Token: " STUB_CSRF "\r\n", "{\"summary\":\"x\"}");
	assert_int_equal(answer.status, 201);
	assert_text(answer.body, "{\"number\":2}");
}

static void the_same_key_and_body_get_the_first_answer_again(void **state)
{
	const char *headers = SIGNED_IN JSON "X-CSRF-Token: " STUB_CSRF "\r\nIdempotency-Key: key-1\r\n";
	REPLY_SCOPE first;
	REPLY_SCOPE again;
	REPLY_SCOPE other;
	REPLY_SCOPE unfit;

	(void)state;
	post(&first, "/api/v1/enquiries", headers, "{\"summary\":\"x\"}");
	assert_int_equal(first.status, 201);
	post(&again, "/api/v1/enquiries", headers, "{\"summary\":\"x\"}");
	assert_int_equal(again.status, 201);
	assert_text(again.body, "{\"number\":1}");
	assert_text(reply_header(&again, "Location"), "/api/v1/enquiries/1");
	post(&other, "/api/v1/enquiries", headers, "{\"summary\":\"y\"}");
	assert_int_equal(other.status, 422);
	assert_int_equal(recorded, 1);
	post(&unfit, "/api/v1/enquiries", SIGNED_IN JSON "X-CSRF-Token: " STUB_CSRF "\r\nIdempotency-Key: \r\n",
		"{\"summary\":\"y\"}");
	assert_int_equal(unfit.status, 400);
}

/* Bounds */

static void post_large(struct reply *answer, const char *path, const char *headers, size_t length)
{
	BUFFER_SCOPE body;
	int fd = client_open(port);

	buffer_init(&body, length + 1000);
	buffer_printf(&body, "POST %s HTTP/1.1\r\n" CLOSE "%sContent-Length: %zu\r\n\r\nsummary=", path, headers, length);
	for (size_t i = 8; i < length; i++) buffer_char(&body, 'x');
	client_send(fd, buffer_text(&body));
	client_read(fd, answer);
	close(fd);
}

static const struct {
	const char *path, *headers;
	size_t length;
	int status;
} sizes[] = {
	{"/enquiries", SIGNED_IN FORM "X-CSRF-Token: " STUB_CSRF "\r\n", 64 << 10, 303},
	{"/enquiries", SIGNED_IN FORM "X-CSRF-Token: " STUB_CSRF "\r\n", 512 << 10, 303},
	{"/enquiries", SIGNED_IN FORM, (512 << 10) + 1, 413},
	{"/enquiries", SIGNED_IN FORM, 10 << 20, 413},
	{"/api/v1/enquiries", SIGNED_IN JSON, (1 << 20) + 1, 413},
	{"/api/v1/enquiries", SIGNED_IN JSON, 1 << 20, 400},
};

static void a_body_too_large_is_answered_and_a_large_one_taken_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		REPLY_SCOPE answer;

		post_large(&answer, sizes[i].path, sizes[i].headers, sizes[i].length);
		if (answer.status != sizes[i].status)
			fail_msg("%s with %zu: %d", sizes[i].path, sizes[i].length, answer.status);
		assert_non_null(reply_header(&answer, "Content-Security-Policy").ptr);
	}
}

static void who_asks_first_is_refused_before_sending(void **state)
{
	REPLY_SCOPE answer;

	(void)state;
	client_ask(port, &answer,
		"POST /enquiries HTTP/1.1\r\nHost: hub\r\n" FORM "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
	assert_int_equal(answer.status, 413);
}

static void headers_too_large_are_refused(void **state)
{
	BUFFER_SCOPE line;
	REPLY_SCOPE answer;

	(void)state;
	buffer_init(&line, 100 << 10);
	for (int i = 0; i < 20000; i++) buffer_char(&line, 'x');
	client_ask(port, &answer, "GET / HTTP/1.1\r\n" CLOSE "X-Long: %s\r\n\r\n", line.bytes);
	assert_int_equal(answer.status, 431);
}

static void a_body_cut_off_half_way_does_nothing(void **state)
{
	REPLY_SCOPE after;
	int fd = client_open(port);

	(void)state;
	client_send(fd, TEXT("POST /enquiries HTTP/1.1\r\nHost: hub\r\n" SIGNED_IN FORM "X-CSRF-Token: " STUB_CSRF
						 "\r\nContent-Length: 100\r\n\r\nsummary=half"));
	usleep(50000);
	close(fd);
	client_ask(port, &after, "GET / HTTP/1.1\r\n" CLOSE "\r\n");
	assert_int_equal(after.status, 200);
	assert_int_equal(recorded, 0);
}

static void a_body_in_chunks_is_taken(void **state)
{
	REPLY_SCOPE answer;

	(void)state;
	client_ask(port, &answer,
		"POST /enquiries HTTP/1.1\r\n" CLOSE SIGNED_IN FORM "X-CSRF-Token: " STUB_CSRF
		"\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsumm\r\n7\r\nary=abc\r\n0\r\n\r\n");
	assert_int_equal(answer.status, 303);
}

static void past_the_queue_the_answer_is_503_with_retry_after(void **state)
{
	int waiting[2 + 8];
	REPLY_SCOPE turned_away;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(waiting); i++) {
		waiting[i] = client_open(port);
		client_send(waiting[i], TEXT("GET /slow HTTP/1.1\r\n" CLOSE "\r\n"));
		if (i < 2) sem_wait(&slow_has_begun);
	}
	usleep(100000);
	client_ask(port, &turned_away, "GET / HTTP/1.1\r\n" CLOSE "\r\n");
	assert_int_equal(turned_away.status, 503);
	assert_text(reply_header(&turned_away, "Retry-After"), "2");
	for (size_t i = 0; i < COUNT_OF(waiting); i++) sem_post(&slow_may_go);
	for (size_t i = 0; i < COUNT_OF(waiting); i++) {
		REPLY_SCOPE answer;

		client_read(waiting[i], &answer);
		assert_text(answer.body, "slow");
		close(waiting[i]);
	}
}

static void a_silent_client_is_let_go(void **state)
{
	int fd;

	(void)state;
	server_stop(server);
	start(8, 1);
	fd = client_open(port);
	client_send(fd, TEXT("GET / HTTP/1.1\r\nHost:"));
	assert_true(client_closed(fd, 5));
	close(fd);
}

static void *stop_thread(void *arg)
{
	(void)arg;
	server_stop(server);
	return NULL;
}

static void a_stop_finishes_what_was_accepted_and_takes_no_more(void **state)
{
	REPLY_SCOPE answer;
	pthread_t stopping;
	int fd = client_open(port);

	(void)state;
	client_send(fd, TEXT("GET /slow HTTP/1.1\r\nHost: hub\r\n\r\n"));
	sem_wait(&slow_has_begun);
	assert_int_equal(pthread_create(&stopping, NULL, stop_thread, NULL), 0);
	usleep(100000);
	sem_post(&slow_may_go);
	client_read(fd, &answer);
	assert_text(answer.body, "slow");
	assert_text(reply_header(&answer, "Connection"), "close");
	pthread_join(stopping, NULL);
	close(fd);
	start(8, 5);
}

static void the_figures_are_on_a_listener_of_their_own(void **state)
{
	REPLY_SCOPE page;
	REPLY_SCOPE figures;
	REPLY_SCOPE nothing;
	int main_port = port;

	(void)state;
	post(&page, "/enquiries", SIGNED_IN FORM, "summary=x&csrf=" STUB_CSRF);
	port = server_metrics_port(server);
	client_ask(port, &figures, "GET /metrics HTTP/1.1\r\n" CLOSE "\r\n");
	assert_int_equal(figures.status, 200);
	assert_non_null(memmem(figures.body.ptr, figures.body.len, "fanlight_answers_total{status=\"3xx\"} 1\n", 39));
	assert_non_null(memmem(figures.body.ptr, figures.body.len, "fanlight_writer_groups_total 1\n", 31));
	client_ask(port, &nothing, "GET / HTTP/1.1\r\n" CLOSE "\r\n");
	assert_int_equal(nothing.status, 404);
	port = main_port;
}

static void a_taken_port_is_told_with_the_way_out(void **state)
{
	ARENA_SCOPE arena;
	struct server_options options = {.workers = 1, .queue_limit = 1, .clock = &machine, .routes = routes, .db = db};
	struct server *second;
	struct error err;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	error_clear(&err);
	options.listen = arena_printf(&arena, "127.0.0.1:%d", port);
	assert_false(server_start(&options, &second, &err));
	assert_error(&err, ERROR_FAILED, "cannot listen on 127.0.0.1");
	options.listen = TEXT("nonsense");
	assert_false(server_start(&options, &second, &err));
	assert_error(&err, ERROR_INVALID, "address and port");
}

#define with_server(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_server(every_answer_carries_the_security_headers),
		with_server(each_kind_of_answer_has_its_status_and_header),
		with_server(head_is_a_get_without_its_body),
		with_server(a_connection_is_kept_for_the_next_request),
		with_server(a_page_before_sign_in_has_a_form_token_of_its_own),
		with_server(a_form_is_taken_only_with_its_own_sessions_token),
		with_server(what_was_typed_stays_where_only_the_token_was_old),
		with_server(a_password_is_checked_in_its_own_lane_and_a_wrong_one_is_kept_count_of),
		with_server(what_is_shown_is_logged_before_it_is_shown),
		with_server(nor_is_it_shown_where_nobody_can_tell_or_its_entry_is_refused),
		with_server(a_session_in_use_is_kept_alive),
		with_server(a_refusal_shows_the_form_again_and_is_logged),
		with_server(nobody_is_told_it_was_saved_when_it_was_not),
		with_server(a_job_that_runs_twice_answers_once),
		with_server(the_same_key_and_body_get_the_first_answer_again),
		with_server(a_body_too_large_is_answered_and_a_large_one_taken_whole),
		with_server(who_asks_first_is_refused_before_sending),
		with_server(headers_too_large_are_refused),
		with_server(a_body_cut_off_half_way_does_nothing),
		with_server(a_body_in_chunks_is_taken),
		with_server(past_the_queue_the_answer_is_503_with_retry_after),
		with_server(a_silent_client_is_let_go),
		with_server(a_stop_finishes_what_was_accepted_and_takes_no_more),
		with_server(the_figures_are_on_a_listener_of_their_own),
		with_server(a_taken_port_is_told_with_the_way_out),
	};

	return cmocka_run_group_tests_name("http/server", tests, NULL, NULL);
}
