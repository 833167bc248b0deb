/* What is taken in on the epoll thread: target, headers, body, and their decoding. */
#include "http/changes_route.h"
#include "http/exchange.h"
#include "http/header.h"
#include "http/intake.h"

static bool malformed(struct exchange *x, const char *why)
{
	if (x->request.fault != FAULT_NONE) return false;
	x->request.fault = FAULT_MALFORMED;
	return error_invalid(&x->err, "%s", why);
}

static bool visible_ascii(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (t.ptr[i] <= ' ' || t.ptr[i] >= 0x7F) return false;
	return true;
}

void exchange_target(struct exchange *x, struct text uri)
{
	struct request *req = &x->request;
	struct text copy = arena_text(&x->arena, uri);
	size_t at = text_index(copy, '?');

	req->path = text_slice(copy, 0, at);
	x->raw_query = text_slice(copy, at + 1, copy.len);
	req->api = text_starts(req->path, TEXT("/api/"));
	if (!visible_ascii(copy) || req->path.len == 0 || req->path.ptr[0] != '/') {
		req->path = TEXT("/");
		malformed(x, "the address is malformed");
	}
}

void exchange_method(struct exchange *x, const char *method)
{
	static const char *const names[HTTP_OTHER] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
	struct request *req = &x->request;

	req->head = strcmp(method, "HEAD") == 0;
	for (req->method = HTTP_GET; req->method < HTTP_OTHER; req->method++)
		if (strcmp(method, names[req->method]) == 0) return;
	if (req->head) req->method = HTTP_GET;
}

static const struct {
	const char *name;
	size_t offset;
} known_headers[] = {
#define HEADER(name, member)                                                                                           \
	{                                                                                                                  \
		name, offsetof(struct request_headers, member)                                                                 \
	}
	HEADER("Host", host),
	HEADER("Cookie", cookie),
	HEADER("Content-Type", content_type),
	HEADER("Accept", accept),
	HEADER("Accept-Encoding", accept_encoding),
	HEADER("If-Match", if_match),
	HEADER("If-None-Match", if_none_match),
	HEADER("Idempotency-Key", idempotency_key),
	HEADER("X-CSRF-Token", csrf_token),
	HEADER("Origin", origin),
	HEADER("Sec-Fetch-Site", fetch_site),
	HEADER("User-Agent", user_agent),
	HEADER("Fanlight-Refresh", refresh),
#undef HEADER
};

static struct text *header_place(struct exchange *x, struct text name)
{
	for (size_t i = 0; i < sizeof known_headers / sizeof known_headers[0]; i++)
		if (text_equal_nocase(name, text_of(known_headers[i].name)))
			return (struct text *)(void *)((char *)&x->request.headers + known_headers[i].offset);
	return NULL;
}

/* What decides where a body ends must be said once and one way. Source: RFC 9112, 6.3. */
static void check_framing(struct exchange *x, struct text name, struct text value)
{
	if (text_equal_nocase(name, TEXT("Transfer-Encoding"))) {
		if (x->has_chunks || !text_equal_nocase(value, TEXT("chunked")))
			malformed(x, "Transfer-Encoding is not just chunked");
		x->has_chunks = true;
	}
	if (text_equal_nocase(name, TEXT("Content-Length"))) {
		int64_t length;

		if (x->has_length || !text_int(value, &length) || length < 0 || value.ptr[0] == '+')
			malformed(x, "Content-Length is not one whole number");
		else
			x->length = (uint64_t)length;
		x->has_length = true;
	}
	if (text_equal_nocase(name, TEXT("Expect"))) x->has_expect = true;
	if (x->has_chunks && x->has_length) malformed(x, "both Content-Length and Transfer-Encoding are given");
}

void exchange_header(struct exchange *x, struct text name, struct text value)
{
	struct text *place = header_place(x, name);

	x->header_bytes += name.len + value.len + 4;
	check_framing(x, name, value);
	if (!place) return;
	if (!text_none(*place)) {
		malformed(x, "a header that can be given once is given twice");
		return;
	}
	if (!text_utf8(value)) {
		malformed(x, "a header is not well-formed UTF-8");
		return;
	}
	*place = arena_text(&x->arena, value);
}

static size_t body_limit(const struct request *req)
{
	bool form = media_type_is(req->headers.content_type, "application/x-www-form-urlencoded");

	return form && !(req->route && req->route->flags & ROUTE_LARGE_BODY) ? FORM_BYTES_MOST : JSON_BYTES_MOST;
}

void exchange_route(struct exchange *x)
{
	struct request *req = &x->request;

	if (x->header_bytes > HEADER_BYTES_MOST && req->fault == FAULT_NONE) {
		req->fault = FAULT_HEADERS_TOO_LARGE;
		error_too_large(&x->err, "the headers are over %zu bytes", HEADER_BYTES_MOST);
	}
	if (text_none(req->headers.host)) malformed(x, "the Host header is missing");
	if (req->fault != FAULT_NONE || text_starts(req->path, TEXT("/assets/"))) return;
	if (!route_find(x->server->table, req, &x->allow, &x->err)) return;
	x->body_limit = body_limit(req);
	if (form_decode(x->raw_query, &x->arena, &req->query, &x->err)) return;
	req->fault = FAULT_MALFORMED;
}

bool exchange_body(struct exchange *x, const char *bytes, size_t len)
{
	x->body_seen += len;
	if (x->body_seen > DISCARD_BYTES_MOST) return false;
	if (monotonic_us() - x->started_us > (int64_t)BODY_SECONDS_MOST * 1000000) return false;
	if (x->body_seen > x->body_limit) {
		x->too_large = true;
		buffer_release(&x->body);
	}
	if (!x->too_large && x->request.fault == FAULT_NONE) buffer_bytes(&x->body, bytes, len);
	return true;
}

static bool decode_json(struct exchange *x)
{
	if (json_intake(x->request.body, &x->request.json, &x->err)) return true;
	x->request.fault = FAULT_MALFORMED;
	return false;
}

static bool decode_form(struct exchange *x)
{
	if (form_decode(x->request.body, &x->arena, &x->request.form, &x->err)) return true;
	x->request.fault = FAULT_MALFORMED;
	return false;
}

bool exchange_decode(struct exchange *x)
{
	struct request *req = &x->request;
	struct text type = req->headers.content_type;

	req->body = buffer_text(&x->body);
	if (req->body.len == 0) return true;
	if (req->api && media_type_is(type, "application/json")) return decode_json(x);
	if (!req->api && media_type_is(type, "application/x-www-form-urlencoded")) return decode_form(x);
	req->fault = FAULT_MEDIA_TYPE;
	return error_invalid(&x->err, "the body must be %s", req->api ? "application/json" : "a form");
}

bool exchange_refused_early(const struct exchange *x)
{
	bool too_large = x->length > x->body_limit;

	return too_large && (x->has_expect || x->length > DISCARD_BYTES_MOST);
}

bool exchange_at_once(struct exchange *x)
{
	if (x->request.fault == FAULT_NONE && (x->too_large || x->length > x->body_limit))
		error_too_large(&x->err, "what was sent is over %zu KB", x->body_limit >> 10);
	if (x->err.kind != ERROR_NONE)
		exchange_fail(x);
	else if (!asset_answer(x) && !changes_at_once(x) && !health_at_once(x))
		return false;
	exchange_settle(x);
	return true;
}
