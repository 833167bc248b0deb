/*
 * Server: listens, answers through the route table, stops gracefully.
 *
 * Threads: one epoll thread reads and writes sockets; `workers` threads run reading handlers; the database's writer
 * runs writing ones; two threads hash passwords. No thread waits for a client or for the disk on another's behalf.
 * Bounds: connections, headers (16 KB), bodies (form 512 KB, JSON and ROUTE_LARGE_BODY 1 MB), the queue (past it: 503
 * with Retry-After), time for a client to send, and to take, its bytes.
 *
 * libmicrohttpd is known to server_mhd.c only. What the protocol library itself refuses (a line that is no HTTP)
 * it answers with its own bare 400.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/route.h"

struct asset {
	const char *file; /* "app-1f3a9c.css": the name holds the hash */
	const char *content_type;
	struct text bytes;
	struct text gzip; /* no value: isn't worth it */
};

struct error_page {
	int status;
	const char *kind;
	const struct error *err;
	struct text request_id;
};

struct server_options {
	struct text listen;         /* "127.0.0.1:8080"; port 0: any, see server_port */
	struct text metrics_listen; /* empty: none */
	struct text tls_cert;       /* PEM, the text itself; empty: plain */
	struct text tls_key;
	struct text node;  /* told at /healthz; empty: not */
	bool tls_in_front; /* a proxy speaks TLS for us: cookies are Secure all the same */
	int workers;
	int queue_limit;
	int idle_seconds; /* a silent connection is closed after it; 0: 30 */
	int stop_seconds; /* how long a stop waits for what was accepted; 0: 10 */
	struct db *db;
	const struct clock_source *clock;
	const struct route *routes;
	size_t route_count;
	const struct asset *assets; /* served at /assets/FILE */
	size_t asset_count;
	/* Writes the designed page of an error. No transaction is open and the request may be half read; NULL: a plain one. */
	void (*error_page)(const struct request *, const struct error_page *, struct response *);
};

struct server;

/* Binds, starts the threads and answers from then on. */
NODISCARD bool server_start(const struct server_options *, struct server **ret, struct error *);

int server_port(const struct server *);
int server_metrics_port(const struct server *); /* 0: there is no such listener */

/* Blocks until SIGTERM or SIGINT. Call server_block_signals before any thread is started. */
void server_block_signals(void);
void server_wait(void);

/*
 * /healthz says 503 from now on, and everything else goes on being answered, so that whoever stands in front sends
 * elsewhere before the listener closes. Comes back after so many seconds, or at another signal.
 */
void server_leave(struct server *, int seconds);

/* Takes no more, finishes what it accepted (for a bounded time), joins its threads. The caller closes the database. */
void server_stop(struct server *);

#endif
