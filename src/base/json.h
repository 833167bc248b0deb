/*
 * JSON writer: one pass, no tree, into a buffer with its maximum.
 *
 * Commas and quotes are the writer's; nesting is checked (assert). Text is escaped as RFC 8259 needs and is
 * expected to be UTF-8. "No value" of any type is written as null. (Names keep clear of jansson's: json_null and
 * json_real are taken.)
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"
#include "base/instant.h"

#define JSON_DEPTH_MOST 32

struct json {
	struct buffer *out;
	int depth;
	bool has_member[JSON_DEPTH_MOST];
	bool in_list[JSON_DEPTH_MOST];
	bool after_key;
};

void json_init(struct json *, struct buffer *out);
void json_open(struct json *);       /* { */
void json_close(struct json *);      /* } */
void json_open_list(struct json *);  /* [ */
void json_close_list(struct json *); /* ] */
void json_key(struct json *, const char *key);

void json_text(struct json *, struct text);
void json_cstr(struct json *, const char *);
void json_int(struct json *, int64_t);
void json_id(struct json *, int64_t id); /* as a string; 0 is null */
void json_number(struct json *, double); /* NaN is null; shortest that reads back the same */
void json_bool(struct json *, bool);
void json_none(struct json *);             /* null; not json_null, nor json_real above: those are jansson's */
void json_instant(struct json *, instant); /* ISO 8601 with London's offset */
void json_day(struct json *, day);

/* key and value in one */
void json_member_text(struct json *, const char *key, struct text);
void json_member_cstr(struct json *, const char *key, const char *);
void json_member_int(struct json *, const char *key, int64_t);
void json_member_id(struct json *, const char *key, int64_t id);
void json_member_real(struct json *, const char *key, double);
void json_member_bool(struct json *, const char *key, bool);
void json_member_instant(struct json *, const char *key, instant);
void json_member_day(struct json *, const char *key, day);

#endif
