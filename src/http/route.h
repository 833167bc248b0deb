/*
 * Route: which handler answers which method and path, on which thread, and what it takes and gives.
 *
 * One entry serves a page and its JSON twin (`pattern` and `api`; either may be NULL). The OpenAPI document is made
 * from this same table. Patterns are segments, literal or {name}; a literal wins over a name, whatever the order
 * in the table. A path that no pattern has is 404, one that has it for other methods 405 with Allow; a trailing
 * slash is another path (404). GET answers HEAD too.
 *
 * Kinds:
 *   ROUTE_READ      `handle` runs on a worker, in a read transaction. What it showed (hub->views) is written to the
 *                   access log before the answer is let out. May be a POST (find).
 *   ROUTE_WRITE     `handle` runs on the writer, in the group's transaction; the answer is let out after the sync.
 *                   Quick: no waiting, no hashing. May be run again from the start.
 *   ROUTE_PASSWORD  a lane of its own: `prepare` in a read transaction, `compute` (hashing) in none, then `handle`
 *                   on the writer.
 *   ROUTE_PLAIN     `handle` runs on a worker with hub NULL: no transaction, no session.
 * A handler that returns false has done nothing (its savepoint is undone); then `on_error`, if there is one, makes the
 * page (the form again with what was typed), in a read transaction on a worker. Without one, where it writes nothing, and
 * for NOT_FOUND, DENIED and FAILED, the error page is shown. The JSON twin always gets a problem document. The server
 * adds routes of its own: GET /healthz, and GET /changes (changes_route.h).
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/response.h"
#include "rules/input.h"

enum route_kind { ROUTE_READ, ROUTE_WRITE, ROUTE_PASSWORD, ROUTE_PLAIN };

enum route_flag {
	ROUTE_PUBLIC = 1,       /* answers whoever asks; else 401, or the way to sign in */
	ROUTE_CREATES = 2,      /* honours Idempotency-Key (or the form field idempotency_key) */
	ROUTE_NO_CSRF = 4,      /* takes no token: nothing of a person's hangs on it */
	ROUTE_LOGS_REFUSAL = 8, /* DENIED and REFUSED are entries on the access log, as `action` */
	ROUTE_LARGE_BODY = 16,  /* a form may be as large as JSON */
	ROUTE_HIDDEN = 32,      /* not in the OpenAPI document */
	ROUTE_NO_SESSION = 64,  /* with ROUTE_PUBLIC: doesn't even look who asks */
	ROUTE_BY_ITSELF = 128,  /* a page asks it without its reader: keeps no session from ending */
};

typedef bool route_handler(struct request *, struct hub *, struct response *, struct error *);

/* What a JSON answer holds, for OpenAPI: rows' members in the object itself, or a list of rows; others may stand beside. */
struct answer_part {
	const char *list; /* NULL: the object's own members */
	const struct record_type *record;
};

struct answer_type {
	const char *name; /* "enquiry": the schema's name */
	const struct answer_part *parts;
	size_t part_count;
};

struct route {
	enum http_method method;
	const char *pattern; /* "/enquiries/{reference}/screen" */
	const char *api;     /* "/api/v1/enquiries/{reference}/screen" */
	enum route_kind kind;
	unsigned flags; /* of enum route_flag */
	enum action action;
	/* ROUTE_WRITE: before the writer, what needs no database: leaves in `prepared` what `handle` goes on with. */
	void (*decode)(struct request *);
	route_handler *handle;
	/* After a refusal; writes the page, keeping the status unless it must say otherwise. */
	void (*on_error)(struct request *, struct hub *, const struct error *, struct response *);
	bool (*prepare)(struct request *, struct hub *, struct error *); /* ROUTE_PASSWORD */
	bool (*compute)(struct request *, struct error *);               /* ROUTE_PASSWORD */

	const char *id;                   /* "enquiry_screen": operationId, and the name in the log and figures */
	const char *summary;              /* "Rate an enquiry" */
	int status;                       /* of success on the API; 0: 200 */
	const char *query;                /* names it takes behind the question mark, with spaces between; NULL: none */
	const struct input_type *body;    /* NULL: none */
	const struct answer_type *answer; /* NULL: an object that the summary tells */
};

/* A table made ready: one for the life of a server; keeps pointers into `routes`. */
struct route_table;
struct route_table *route_table_make(struct arena *, const struct route *routes, size_t count);

const struct route *route_table_at(
	const struct route_table *, size_t index); /* in the order given; NULL past the end */

/*
 * Fills req->route, params and api from req->method and req->path. False: 404 or 405 in err and req->fault, and
 * then *ret_allow is "GET, HEAD, POST" or no value; a broken path is 400.
 */
NODISCARD bool route_find(const struct route_table *, struct request *, struct text *ret_allow, struct error *);

/* True where a GET of this path is a page. */
bool route_has_page(const struct route_table *, struct text path);

#endif
