/*
 * Listener: a socket and the one thread that serves it. Internal to this room; server_mhd.c implements it.
 */
#ifndef HTTP_LISTENER_H
#define HTTP_LISTENER_H

#include "base/error.h"

struct server;
struct listener;

enum listener_kind { LISTENER_MAIN, LISTENER_METRICS };

NODISCARD bool listener_start(
	struct server *, struct text address, enum listener_kind, struct listener **ret, struct error *);
int listener_port(const struct listener *);

/* Accepts nobody more. */
void listener_quiesce(struct listener *);

/* Closes what is open; nothing may be suspended. */
void listener_stop(struct listener *);

#endif
