#include "http/response.h"

#include <assert.h>

#include "http/header.h"

#define ESCAPED_MOST 6 /* bytes of one byte: a quotation mark in a page, a control character in JSON */

void response_init(struct response *res, struct arena *arena)
{
	*res = (struct response){.arena = arena, .status = 200};
	buffer_init(&res->body, RESPONSE_BYTES);
}

void response_reset(struct response *res)
{
	struct buffer body = res->body;

	buffer_clear(&body);
	body.limit = RESPONSE_BYTES;
	*res = (struct response){.arena = res->arena, .status = 200, .body = body};
}

void response_room(struct response *res, size_t typed_bytes)
{
	res->body.limit = RESPONSE_BYTES + ESCAPED_MOST * typed_bytes;
}

void response_release(struct response *res)
{
	buffer_release(&res->body);
}

struct buffer *response_body(struct response *res, int status, const char *content_type)
{
	res->status = status;
	res->content_type = text_of(content_type);
	buffer_clear(&res->body);
	return &res->body;
}

struct buffer *response_page(struct response *res, int status)
{
	return response_body(res, status, "text/html; charset=utf-8");
}

struct json *response_json(struct response *res, int status)
{
	json_init(&res->json, response_body(res, status, "application/json"));
	return &res->json;
}

static bool printable(struct text value)
{
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.ptr[i] < ' ' || value.ptr[i] == 0x7F) return false;
	return true;
}

void response_header(struct response *res, const char *name, struct text value)
{
	assert(res->header_count < RESPONSE_HEADERS_MOST);
	assert(printable(value));
	res->headers[res->header_count++] = (struct response_header){name, arena_text(res->arena, value)};
}

void response_redirect(struct response *res, struct text location)
{
	response_body(res, 303, "text/plain; charset=utf-8");
	response_header(res, "Location", location);
}

void response_redirect_to(struct response *res, const char *format, ...)
{
	va_list args;
	struct text location;

	va_start(args, format);
	location = arena_vprintf(res->arena, format, args);
	va_end(args);
	response_redirect(res, location);
}

void response_version(struct response *res, int64_t version)
{
	response_header(res, "ETag", arena_printf(res->arena, "\"%lld\"", (long long)version));
}

bool response_not_modified(struct response *res, const struct request *req, struct text tag)
{
	bool known = !text_none(req->headers.if_none_match) && tag_list_has(req->headers.if_none_match, tag);

	if (known) response_body(res, 304, NULL);
	response_header(res, "ETag", arena_printf(res->arena, "\"%.*s\"", TEXT_ARG(tag)));
	return known;
}

void response_session(struct response *res, const struct request *req, struct text token)
{
	const char *secure = req->tls ? "; Secure" : "";

	response_header(res, "Set-Cookie",
		arena_printf(res->arena, SESSION_COOKIE "=%.*s; Path=/; HttpOnly; SameSite=Lax%s", TEXT_ARG(token), secure));
}

void response_session_end(struct response *res, const struct request *req)
{
	const char *secure = req->tls ? "; Secure" : "";

	res->session_ended = true;
	response_header(res, "Set-Cookie",
		arena_printf(res->arena, SESSION_COOKIE "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0%s", secure));
}

void response_refuse(struct response *res, const struct error *err)
{
	struct error *kept = arena_new(res->arena, struct error);

	*kept = *err;
	res->refusal = kept;
}

struct text response_location(const struct response *res)
{
	for (size_t i = 0; i < res->header_count; i++)
		if (strcmp(res->headers[i].name, "Location") == 0) return res->headers[i].value;
	return TEXT_NONE;
}
