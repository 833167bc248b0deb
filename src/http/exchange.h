/*
 * Exchange: one request on its way to its answer, and the server it belongs to. Internal to this room.
 *
 * The protocol's side (server_mhd.c) makes one, feeds it headers and body on the epoll thread, and calls
 * exchange_at_once, else suspends it and calls perform_start. From then until `answered` it belongs to one thread at a time: a worker, the writer, or the hashing
 * lane; the last of them calls finish, which wakes the connection. Then the epoll thread sends x->response and
 * frees it. Exchanges and their arenas are pooled.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <pthread.h>
#include <stdatomic.h>

#include "hub/submission.h"

#include "http/header.h"
#include "http/lane.h"
#include "http/metrics.h"
#include "http/server.h"
#include "http/watch.h"

#define HEADER_BYTES_MOST    ((size_t)16 << 10)
#define FORM_BYTES_MOST      ((size_t)512 << 10)
#define JSON_BYTES_MOST      ((size_t)1 << 20)
#define DISCARD_BYTES_MOST   ((size_t)32 << 20) /* a body too large is read and dropped this far, to answer cleanly */
#define BODY_SECONDS_MOST    60
#define EXCHANGES_KEPT       32
#define DECODE_AT_ONCE_BYTES ((size_t)16 << 10) /* a larger body is decoded by a worker */

struct listener;

struct server {
	struct server_options options;
	struct arena arena;
	struct route_table *table;
	struct lane *workers;
	struct lane *hashing;
	struct metrics metrics;
	struct watch watch;
	struct listener *listener;
	struct listener *metrics_listener;
	atomic_bool leaving;   /* whoever stands in front is told to send elsewhere */
	_Atomic int suspended; /* connections that wait for a worker, the writer or the hashing lane */
	pthread_mutex_t pool_lock;
	struct exchange *pool;
	int pool_count;
};

struct exchange {
	struct server *server;
	struct arena arena;
	struct request request;
	struct response response;
	struct error err;
	struct text allow; /* for a 405 */
	struct text raw_query;
	size_t header_bytes;
	size_t body_limit;
	size_t body_seen;
	struct buffer body;
	bool head_taken;
	bool too_large;
	bool has_length, has_chunks, has_expect;
	uint64_t length; /* as promised by Content-Length */
	int64_t started_us;

	struct lane_item item;
	void (*after_keep)(struct exchange *); /* once what was typed is kept as a draft */
	void (*step)(struct exchange *);       /* what a lane's thread does next */
	struct db_job job;
	struct random_source random;
	struct viewed *views; /* to be logged before the answer is let out */
	bool touch;           /* the session is to be kept alive */
	bool refused;         /* the refusal is to be logged */
	uint64_t watch_begun; /* see watch.h */
	bool replayed;        /* the answer is an earlier one, again */
	struct text body_hash;

	atomic_bool answered;
	void *connection;
	void (*wake)(struct exchange *);
	struct exchange *next; /* the pool's */
};

/* Life */
struct exchange *exchange_new(struct server *);
void exchange_free(struct exchange *);
void exchange_pool_release(struct server *);
int64_t monotonic_us(void);

/* Intake, on the epoll thread. */
void exchange_target(struct exchange *, struct text uri); /* "/path?query", as sent */
void exchange_method(struct exchange *, const char *method);
void exchange_header(struct exchange *, struct text name, struct text value);
void exchange_route(struct exchange *);                      /* the headers are complete */
bool exchange_body(struct exchange *, const char *, size_t); /* false: close the connection */

/* True where the answer need not wait for the body: it is far too large, or waits for our word to be sent. */
bool exchange_refused_early(const struct exchange *);

/* The request is whole. True where the answer needs no thread (an error, an asset): it stands in x->response. */
bool exchange_at_once(struct exchange *);

/* Decodes the body as its media type says; false: err and fault say why. */
bool exchange_decode(struct exchange *);

/* Makes the answer of x->err (problem, page, or the way to sign in) without a transaction. */
void exchange_fail(struct exchange *);
void exchange_say_when(struct exchange *); /* a 503: when to try again */

/* The answer stands in x->response: it is counted and, with finish, the connection is woken. */
void exchange_settle(struct exchange *);
void exchange_finish(struct exchange *);

/* health.c: the route; its answer while the server leaves; and which node it is. */
extern const struct route health_route;
bool health_at_once(struct exchange *);
void health_tell(struct exchange *);

/* perform.c: goes the way of the route's kind. The connection is suspended; may wake it before it returns. */
void perform_start(struct exchange *);

/* gate.c: in a transaction, before the handler: who asks, and whether they may come in. */
NODISCARD bool gate_hub(struct exchange *, struct tx *, struct hub *ret, struct error *);
NODISCARD bool gate_session(struct exchange *, struct hub *, struct error *);
NODISCARD bool gate_enter(struct exchange *, struct hub *, struct error *);
struct origin gate_origin(const struct request *);

/* replay.c: x->replayed where the key's first answer stands in the response again. */
NODISCARD bool replay_find(struct exchange *, struct hub *, struct error *);
NODISCARD bool replay_save(struct exchange *, struct hub *, struct error *);

/* drafts.c: what is typed into forms is not lost (http/drafts.h). */
NODISCARD bool drafts_open(struct exchange *, struct hub *, struct error *); /* of the page about to be shown */
/* What can't be kept doesn't stand in the way of the answer; the log has it, without its words. */
void drafts_keep_quietly(struct exchange *, struct tx *);
/* x->replayed where just this was sent before: it was done once, and leads where it led. */
NODISCARD bool drafts_find_sent(struct exchange *, struct hub *, struct error *);
NODISCARD bool drafts_settle(struct exchange *, struct hub *, struct error *); /* it was taken: its draft goes */

/* asset.c: true if the path was an asset's, and answered. */
bool asset_answer(struct exchange *);

/* secure.c: the headers of every answer. */
#define SECURE_HEADERS_MOST 12
struct secure_header {
	const char *name;
	const char *value;
};
size_t secure_headers(const struct exchange *, struct secure_header into[SECURE_HEADERS_MOST]);

#endif
