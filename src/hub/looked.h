/*
 * Who looked: an enquiry's access log as a manager reads it, and what is new since a person last opened it.
 */
#ifndef HUB_LOOKED_H
#define HUB_LOOKED_H

#include "hub/hub.h"
#include "sql/looked.h"

#define LOOKED_PAGE_ROWS 50

struct looked_list {
	struct text reference;
	struct looked_row *rows;
	size_t count;
	struct text next;
};

NODISCARD bool looked_list(
	struct hub *, struct text reference, struct text cursor, struct looked_list *ret, struct error *);
void looked_list_json(struct json *, const struct looked_list *);

/* What others did to it since this person last opened it; at INSTANT_NONE: never opened by them. */
struct looked_news {
	instant since;
	struct looked_since_row *rows; /* action, count */
	size_t count;
};
NODISCARD bool looked_news(struct hub *, struct enquiry_id, struct looked_news *ret, struct error *);

#endif
