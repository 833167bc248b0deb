/*
 * GET /changes?since=N: what every open page asks every second or two. 304 while nothing is newer, else the number to ask
 * with next. With `enquiry=REFERENCE` only what the page of that enquiry follows counts (hub/following.h); of one that whoever
 * asks may not see, or that isn't there, everything does.
 *
 * Answered on the epoll thread, without a transaction, from what this node remembers (watch.h); only where it doesn't is the
 * database asked. Asking is no entry on the access log and keeps no session from ending. Internal to this room.
 */
#ifndef HTTP_CHANGES_ROUTE_H
#define HTTP_CHANGES_ROUTE_H

#include "http/route.h"

extern const struct route changes_route;

struct exchange;

/* True where it is the route's and could be answered without a transaction: the answer stands in x->response. */
bool changes_at_once(struct exchange *);

#endif
