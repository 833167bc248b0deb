/*
 * Routes: every address there is, page and JSON twin, with the handler that answers it.
 */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include "http/route.h"

/* One table for the life of the program. */
const struct route *web_routes(size_t *ret_count);

/* Whose hub is served: said by the pages of errors too, which know no transaction. Before the server starts. */
void web_serves(struct text authority, bool simulated);

/* The designed page of an error, for the server. */
struct error_page;
void error_page(const struct request *, const struct error_page *, struct response *);

#endif
