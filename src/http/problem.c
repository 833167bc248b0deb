#include "http/response.h"

/* What a problem document calls each kind of error; the words are for developers. */
static const char *const titles[ERROR_KIND_COUNT] = {
	[ERROR_NONE] = "Refused",
	[ERROR_INVALID] = "What was sent is not right",
	[ERROR_NOT_FOUND] = "Not found",
	[ERROR_DENIED] = "Not allowed",
	[ERROR_STALE] = "Changed by somebody else meanwhile",
	[ERROR_REFUSED] = "Refused by a rule",
	[ERROR_TOO_LARGE] = "Too large",
	[ERROR_BUSY] = "Busy: try again shortly",
	[ERROR_FAILED] = "Something went wrong on the server",
};

static const char *const fault_titles[FAULT_COUNT] = {
	[FAULT_MALFORMED] = "The request cannot be read",
	[FAULT_UNAUTHENTICATED] = "Sign in first",
	[FAULT_FORGED] = "The form's token is missing or old",
	[FAULT_NO_PAGE] = "Not found",
	[FAULT_METHOD] = "Method not allowed",
	[FAULT_MEDIA_TYPE] = "Unsupported media type",
	[FAULT_KEY_REUSED] = "The idempotency key was used for another body",
	[FAULT_VERSION_NEEDED] = "A version is needed",
	[FAULT_VERSION_OLD] = "Changed by somebody else meanwhile",
	[FAULT_HEADERS_TOO_LARGE] = "The headers are too large",
};

int response_error_status(const struct request *req, const struct error *err)
{
	if (req->fault != FAULT_NONE) return fault_status(req->fault);
	if (err->kind == ERROR_STALE && !text_none(req->headers.if_match)) return fault_status(FAULT_VERSION_OLD);
	return error_http_status(err->kind);
}

const char *response_error_kind(const struct request *req, const struct error *err)
{
	return req->fault != FAULT_NONE ? fault_kind(req->fault) : error_kind_name(err->kind);
}

/* JSON's path to "children/2/date_of_birth". Source: RFC 6901, 6; RFC 9457, 3. */
static void write_field(struct json *j, struct arena *arena, const struct error_field *field)
{
	json_open(j);
	json_member_cstr(j, "field", field->field);
	json_member_text(j, "pointer", arena_printf(arena, "#/%s", field->field));
	json_member_cstr(j, "detail", field->message);
	json_close(j);
}

static void write_fields(struct json *j, struct arena *arena, const struct error *err)
{
	if (!err->field_count) return;
	json_key(j, "errors");
	json_open_list(j);
	for (size_t i = 0; i < err->field_count; i++) write_field(j, arena, &err->fields[i]);
	json_close_list(j);
	if (err->fields_untold) json_member_int(j, "errors_untold", (int64_t)err->fields_untold);
}

void response_problem(struct response *res, const struct request *req, const struct error *err)
{
	int status = response_error_status(req, err);
	struct json *j = response_json(res, status);

	res->content_type = TEXT("application/problem+json");
	json_open(j);
	json_member_text(j, "type", arena_printf(req->arena, "urn:fanlight:problem:%s", response_error_kind(req, err)));
	json_member_cstr(j, "title", req->fault ? fault_titles[req->fault] : titles[err->kind]);
	json_member_int(j, "status", status);
	json_member_cstr(j, "detail", err->message);
	json_member_cstr(j, "kind", response_error_kind(req, err));
	if (err->hint[0]) json_member_cstr(j, "hint", err->hint);
	if (err->kind == ERROR_STALE) json_member_int(j, "version", err->version);
	if (err->kind == ERROR_STALE && err->version_seen) json_member_int(j, "your_version", err->version_seen);
	write_fields(j, req->arena, err);
	json_member_text(j, "request_id", req->id);
	json_close(j);
}
