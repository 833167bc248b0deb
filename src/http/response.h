/*
 * Response: the answer to one request: a status, a few headers and one bounded body.
 *
 * A page or JSON answer is at most RESPONSE_BYTES, and one that gives back what somebody typed as much longer as that is once
 * it is escaped (response_room); passing it is our mistake and becomes a 500. Security headers
 * and Cache-Control are the server's, on every answer. A handler may run again (group commit): the server resets
 * the response first. Belongs to its request: same arena, same thread.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "base/json.h"
#include "http/request.h"

#define RESPONSE_BYTES        ((size_t)300 << 10)
#define RESPONSE_HEADERS_MOST 12
#define SESSION_COOKIE        "fanlight_session"
#define FORM_COOKIE           "fanlight_form" /* holds the token of forms shown before sign-in */

struct response_header {
	const char *name;
	struct text value;
};

struct response {
	struct arena *arena;
	int status; /* 200 unless said otherwise */
	struct text content_type;
	struct buffer body;
	struct text fixed; /* instead of body: bytes that outlive the response (an asset) */
	struct response_header headers[RESPONSE_HEADERS_MOST];
	size_t header_count;
	bool session_ended;                  /* whoever asked has signed out */
	const struct watch_page *watch_page; /* what a page that asked follows: to be remembered (watch.h) */
	bool immutable;                      /* an asset by hash: may be kept for ever */
	const struct error *refusal;         /* see response_refuse */
	struct json json;
};

void response_init(struct response *, struct arena *);
void response_reset(struct response *); /* empty again, memory kept */
void response_release(struct response *);

/* Room for this much typed text beside what a page may hold. */
void response_room(struct response *, size_t typed_bytes);

/* The body to write a page into, its type set to HTML. */
struct buffer *response_page(struct response *, int status);

/* The same for JSON: open, write members, close. */
struct json *response_json(struct response *, int status);

/* Any other type: "text/csv; charset=utf-8". */
struct buffer *response_body(struct response *, int status, const char *content_type);

/* 303 See Other, to a local path. */
void response_redirect(struct response *, struct text location);
void response_redirect_to(struct response *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Where it redirects to, or no value. */
struct text response_location(const struct response *);

/* A copy of the value is kept. A control character in it is a programmer's error. */
void response_header(struct response *, const char *name, struct text value);

/* ETag "version", for If-Match. */
void response_version(struct response *, int64_t version);

/* 304 without a body, where the request's If-None-Match names the tag; sets ETag either way. */
bool response_not_modified(struct response *, const struct request *, struct text tag);

/* The session cookie: set at sign-in, taken away at sign-out. */
void response_session(struct response *, const struct request *, struct text token);
void response_session_end(struct response *, const struct request *);

/*
 * Keeps what the handler wrote and yet answers as if it had failed with this: for a failed sign-in, which must be
 * counted. Return true after it.
 */
void response_refuse(struct response *, const struct error *);

/* Writes a problem document (RFC 9457) of the error, with the status its kind or the request's fault gives. */
void response_problem(struct response *, const struct request *, const struct error *);

/* The status that goes with it: the fault's, else the kind's; STALE is 412 where If-Match was sent. */
int response_error_status(const struct request *, const struct error *);

/* "INVALID", "UNAUTHENTICATED" ...: the word a problem document gives as `kind`. */
const char *response_error_kind(const struct request *, const struct error *);

#endif
