#include "base/error.h"

#include <assert.h>
#include <stdarg.h>

static const struct {
	const char *name;
	int http_status;
	int exit_code;
} kinds[ERROR_KIND_COUNT] = {
	[ERROR_NONE] = {"NONE", 200, 0},
	[ERROR_INVALID] = {"INVALID", 422, 1},
	[ERROR_NOT_FOUND] = {"NOT_FOUND", 404, 1},
	[ERROR_DENIED] = {"DENIED", 403, 1},
	[ERROR_STALE] = {"STALE", 409, 1},
	[ERROR_REFUSED] = {"REFUSED", 409, 1},
	[ERROR_TOO_LARGE] = {"TOO_LARGE", 413, 1},
	[ERROR_BUSY] = {"BUSY", 503, 3},
	[ERROR_FAILED] = {"FAILED", 500, 3},
};

void error_clear(struct error *err)
{
	err->kind = ERROR_NONE;
	err->message[0] = err->hint[0] = '\0';
	err->version = 0;
	err->field_count = err->fields_untold = 0;
}

/* Formats into a fixed array; cuts between code points, so that what is told stays UTF-8. */
static void write_words(char *out, size_t size, const char *format, va_list args)
{
	int len = vsnprintf(out, size, format, args);

	if (len < 0 || (size_t)len < size) return;
	for (size_t end = size - 1; end > 0; end--) {
		if (((unsigned char)out[end] & 0xC0) != 0x80 && text_utf8((struct text){out, end})) {
			out[end] = '\0';
			return;
		}
	}
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
	va_list args;

	assert(kind > ERROR_NONE && kind < ERROR_KIND_COUNT);
	err->kind = kind;
	err->hint[0] = '\0';
	va_start(args, format);
	write_words(err->message, sizeof err->message, format, args);
	va_end(args);
	return false;
}

bool error_stale(struct error *err, int64_t version, const char *format, ...)
{
	va_list args;

	err->kind = ERROR_STALE;
	err->version = version;
	err->version_seen = 0;
	err->hint[0] = '\0';
	va_start(args, format);
	write_words(err->message, sizeof err->message, format, args);
	va_end(args);
	return false;
}

bool error_hint(struct error *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_words(err->hint, sizeof err->hint, format, args);
	va_end(args);
	return false;
}

static struct error_field *next_field(struct error *err)
{
	if (err->kind != ERROR_INVALID) error_set(err, ERROR_INVALID, "there is a problem with what was given");
	if (err->field_count < ERROR_FIELDS) return &err->fields[err->field_count++];
	err->fields_untold++;
	return NULL;
}

bool error_field(struct error *err, const char *field, const char *format, ...)
{
	struct error_field *into = next_field(err);
	va_list args;

	if (!into) return false;
	snprintf(into->field, sizeof into->field, "%s", field);
	va_start(args, format);
	write_words(into->message, sizeof into->message, format, args);
	va_end(args);
	return false;
}

bool error_field_at(struct error *err, const char *list, size_t index, const char *field, const char *format, ...)
{
	struct error_field *into = next_field(err);
	va_list args;

	if (!into) return false;
	snprintf(into->field, sizeof into->field, "%s/%zu/%s", list, index, field);
	va_start(args, format);
	write_words(into->message, sizeof into->message, format, args);
	va_end(args);
	return false;
}

const struct error_field *error_find(const struct error *err, const char *field)
{
	for (size_t i = 0; i < err->field_count; i++)
		if (strcmp(err->fields[i].field, field) == 0) return &err->fields[i];
	return NULL;
}

int error_http_status(enum error_kind kind)
{
	return kinds[kind].http_status;
}

int error_exit_code(enum error_kind kind)
{
	return kinds[kind].exit_code;
}

const char *error_kind_name(enum error_kind kind)
{
	return kinds[kind].name;
}
