/*
 * Request: what was asked, decoded strictly before any handler sees it, and who asks.
 *
 * Everything lives in `arena` (the JSON apart, which the server frees) until the answer is sent. A handler reads
 * forms and JSON bodies through the same functions, so a page and its JSON twin are one handler:
 *
 *     name in a form                    in JSON                        read by
 *     referrer_name=...                 {"referrer_name": "..."}       request_value(req, "referrer_name")
 *     concern=a&concern=b               {"concern": ["a", "b"]}        request_values(req, "concern")
 *     children-0-given_name=...         {"children": [{"given_name"}]} request_list_value(req, "children", 0,
 *                                                                          "given_name")
 *
 * JSON's true and false read as "yes" and "no", numbers as written, null as no value. A request belongs to one
 * thread at a time; the server hands it over.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <jansson.h>

#include "http/form.h"
#include "hub/draft.h"
#include "hub/session.h"

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OTHER, HTTP_METHOD_COUNT };

#define REQUEST_PARAMS_MOST 6
#define REQUEST_LIST_MOST   500

/* Why the protocol, not the hub, refuses; decides the status where it is not FAULT_NONE. */
enum fault {
	FAULT_NONE,
	FAULT_MALFORMED,         /* 400 */
	FAULT_UNAUTHENTICATED,   /* 401; a page is sent to sign in */
	FAULT_FORGED,            /* 403: the CSRF token is missing, old or another person's */
	FAULT_NO_PAGE,           /* 404 */
	FAULT_METHOD,            /* 405 */
	FAULT_MEDIA_TYPE,        /* 415 */
	FAULT_KEY_REUSED,        /* 422: Idempotency-Key with another body */
	FAULT_VERSION_NEEDED,    /* 428 */
	FAULT_VERSION_OLD,       /* 412 */
	FAULT_HEADERS_TOO_LARGE, /* 431 */
	FAULT_COUNT,
};

/* The headers that mean something; no value where one was not sent. */
struct request_headers {
	struct text host;
	struct text cookie;
	struct text content_type;
	struct text accept;
	struct text accept_encoding;
	struct text if_match;
	struct text if_none_match;
	struct text idempotency_key;
	struct text csrf_token;
	struct text origin;
	struct text fetch_site;
	struct text user_agent;
	struct text refresh; /* Fanlight-Refresh: the page asks for itself again, without its reader */
};

struct route;

struct request_param {
	struct text name;
	struct text value;
};

/* What the page's forms keep their words by: those that are opened, or the one that was sent. */
struct request_draft {
	struct text key; /* no value: nothing is kept */
	struct text writer;
	int64_t version;
	struct text address; /* of the form that was sent, or whose draft is filled in */
	struct text title;
	struct text page;     /* this page's own address */
	struct draft_id open; /* the draft that is filled in; 0: none */
	instant saved_at;
	instant now;
	bool anothers; /* what was sent is from a page of another person than is signed in now */
	bool kept;     /* what was sent is kept as a draft */
	bool beside;   /* and beside another, from another page */
	struct draft_standing_rows standing;
};

struct request {
	struct arena *arena;
	struct text id; /* ours, for the log and the error page */
	enum http_method method;
	bool head; /* a GET that wants no body */
	bool api;  /* answered with JSON: the path begins with /api/ */
	bool tls;
	struct text path; /* as sent, without the query */
	const struct route *route;
	struct request_param params[REQUEST_PARAMS_MOST];
	size_t param_count;
	struct form query;
	struct form form;
	json_t *json; /* NULL: no JSON body; else an object */
	struct text body;
	struct request_headers headers;

	struct text token;      /* the session cookie's */
	struct session session; /* account 0: nobody is signed in */
	struct text csrf;       /* for every form of the page: the session's, or the one before sign-in */

	struct request_draft draft;

	enum fault fault;        /* set by what refuses for a reason of the protocol's */
	struct enquiry_id about; /* a handler says here which record it is about, for the log of a refusal */
	bool unseen;             /* and that it is there, though not for who asks: then NOT_FOUND is logged as a refusal */
	void *prepared; /* what `decode` left for `handle`; ROUTE_PASSWORD: `prepare` for `compute`, that for `handle` */
};

/* From the route's pattern; must be in it. */
struct text request_param(const struct request *, const char *name);

/* From behind the question mark; no value where it isn't there. */
struct text request_query(const struct request *, const char *name);

/* From the body, form or JSON; no value where it isn't there, is null, or is not a scalar. */
struct text request_value(const struct request *, const char *name);

struct texts {
	struct text *rows;
	size_t count;
};

/* All values of this name; a JSON scalar is a list of one. Empty values are left out. */
struct texts request_values(const struct request *, const char *name);

/* How many the list holds: one more than the highest index. Over REQUEST_LIST_MOST means too many: refuse it. */
size_t request_list_count(const struct request *, const char *list);
struct text request_list_value(const struct request *, const char *list, size_t index, const char *name);

/* A JSON body's member that is not among these, or no value; and the same within one of a list. */
struct text request_unknown(const struct request *, const char *const *names, size_t count);
struct text request_list_unknown(
	const struct request *, const char *list, size_t index, const char *const *names, size_t count);

/* The version the person saw: If-Match or the form's hidden `version`. Missing is 428, malformed 400. */
NODISCARD bool request_version(struct request *, int64_t *ret_version, struct error *);

/* Where to go after signing in: the query's or form's `next` if it is a local path, else "/". */
struct text request_next(const struct request *);

bool request_signed_in(const struct request *);

/* True where an open page asks for itself again: what its reader was shown before is no second look, and no sign of life. */
bool request_refreshes(const struct request *);

int fault_status(enum fault);
const char *fault_kind(enum fault); /* "UNAUTHENTICATED" ... */

#endif
