#include "base/json.h"

#include <assert.h>
#include <math.h>

#include "base/london.h"

void json_init(struct json *json, struct buffer *out)
{
	*json = (struct json){.out = out};
}

/* What stands between the last value and this one. */
static void before_value(struct json *json)
{
	assert(json->depth == 0 || json->in_list[json->depth] || json->after_key);
	if (json->in_list[json->depth] && json->has_member[json->depth]) buffer_char(json->out, ',');
	json->has_member[json->depth] = true;
	json->after_key = false;
}

static void open_level(struct json *json, char bracket, bool list)
{
	before_value(json);
	assert(json->depth + 1 < JSON_DEPTH_MOST);
	json->depth++;
	json->in_list[json->depth] = list;
	json->has_member[json->depth] = false;
	buffer_char(json->out, bracket);
}

static void close_level(struct json *json, char bracket, bool list)
{
	assert(json->depth > 0 && json->in_list[json->depth] == list && !json->after_key);
	json->depth--;
	buffer_char(json->out, bracket);
}

void json_open(struct json *json)
{
	open_level(json, '{', false);
}

void json_close(struct json *json)
{
	close_level(json, '}', false);
}

void json_open_list(struct json *json)
{
	open_level(json, '[', true);
}

void json_close_list(struct json *json)
{
	close_level(json, ']', true);
}

static void write_escape(struct buffer *out, unsigned char c)
{
	static const char *const short_forms[] = {['\b'] = "\\b",
		['\t'] = "\\t",
		['\n'] = "\\n",
		['\f'] = "\\f",
		['\r'] = "\\r",
		['"'] = "\\\"",
		['\\'] = "\\\\"};

	if (short_forms[c])
		buffer_append(out, text_of(short_forms[c]));
	else
		buffer_printf(out, "\\u%04x", c);
}

static void write_string(struct buffer *out, struct text t)
{
	size_t from = 0;

	buffer_char(out, '"');
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.ptr[i];

		if (c >= ' ' && c != '"' && c != '\\') continue;
		buffer_append(out, text_slice(t, from, i - from));
		write_escape(out, c);
		from = i + 1;
	}
	buffer_append(out, text_slice(t, from, t.len - from));
	buffer_char(out, '"');
}

void json_key(struct json *json, const char *key)
{
	assert(json->depth > 0 && !json->in_list[json->depth] && !json->after_key);
	if (json->has_member[json->depth]) buffer_char(json->out, ',');
	write_string(json->out, text_of(key));
	buffer_char(json->out, ':');
	json->after_key = true;
}

void json_none(struct json *json)
{
	before_value(json);
	buffer_literal(json->out, "null");
}

void json_text(struct json *json, struct text t)
{
	if (text_none(t)) {
		json_none(json);
		return;
	}
	before_value(json);
	write_string(json->out, t);
}

void json_cstr(struct json *json, const char *cstr)
{
	json_text(json, text_of(cstr));
}

void json_int(struct json *json, int64_t value)
{
	if (value == INT64_MIN) {
		json_none(json);
		return;
	}
	before_value(json);
	buffer_int(json->out, value);
}

void json_id(struct json *json, int64_t id)
{
	if (id == 0) {
		json_none(json);
		return;
	}
	before_value(json);
	buffer_char(json->out, '"');
	buffer_int(json->out, id);
	buffer_char(json->out, '"');
}

void json_number(struct json *json, double value)
{
	char digits[40];

	if (!isfinite(value)) {
		json_none(json);
		return;
	}
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(digits, sizeof digits, "%.*g", precision, value);
		if (strtod(digits, NULL) == value) break;
	}
	before_value(json);
	buffer_append(json->out, text_of(digits));
}

void json_bool(struct json *json, bool value)
{
	before_value(json);
	buffer_append(json->out, value ? TEXT("true") : TEXT("false"));
}

void json_instant(struct json *json, instant at)
{
	char iso[LONDON_ISO_BYTES];

	if (at == INSTANT_NONE) {
		json_none(json);
		return;
	}
	london_iso_write(at, iso);
	json_cstr(json, iso);
}

void json_day(struct json *json, day d)
{
	struct civil_date date;

	if (d == DAY_NONE) {
		json_none(json);
		return;
	}
	date = civil_of_day(d);
	before_value(json);
	buffer_printf(json->out, "\"%04d-%02d-%02d\"", date.year, date.month, date.mday);
}

void json_member_text(struct json *json, const char *key, struct text value)
{
	json_key(json, key);
	json_text(json, value);
}

void json_member_cstr(struct json *json, const char *key, const char *value)
{
	json_key(json, key);
	json_cstr(json, value);
}

void json_member_int(struct json *json, const char *key, int64_t value)
{
	json_key(json, key);
	json_int(json, value);
}

void json_member_id(struct json *json, const char *key, int64_t id)
{
	json_key(json, key);
	json_id(json, id);
}

void json_member_real(struct json *json, const char *key, double value)
{
	json_key(json, key);
	json_number(json, value);
}

void json_member_bool(struct json *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}

void json_member_instant(struct json *json, const char *key, instant at)
{
	json_key(json, key);
	json_instant(json, at);
}

void json_member_day(struct json *json, const char *key, day d)
{
	json_key(json, key);
	json_day(json, d);
}
