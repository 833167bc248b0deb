/*
 * Live: what a page carries so that it follows what others do, and the words for what they did.
 *
 * The script asks /changes (http/changes_route.h) whether anything is newer than the page, and then asks for the page itself, under
 * a header that says so; where nobody looks again, nothing is logged again. Without a script a link asks for the page with
 * `since`, and the answer says what changed since then. A form is never replaced: what changed is said above it.
 */
#ifndef WEB_LIVE_H
#define WEB_LIVE_H

#include "html/layout.h"
#include "http/request.h"
#include "hub/happened.h"
#include "hub/looked.h"

struct live_ask {
	bool form;                            /* somebody types here: only what changed is said */
	const struct happened_view *happened; /* of a list */
	const struct looked_news *news;       /* of an enquiry, and then its reference */
	struct text reference;
};

struct live_view {
	const struct happened_view *happened;
	const struct looked_news *news;
	struct text reference;
	bool form;
	instant since; /* that was asked about; INSTANT_NONE: nothing was */
	instant now;
	struct arena *arena;
};

/* What `since` asks: when the page that asks was made. No value where it isn't asked, or isn't said as we do. */
instant live_since(const struct request *);

/* What others did since then, where that is asked. */
NODISCARD bool live_load(
	const struct request *, struct hub *, struct account_id worker, struct happened_view *ret, struct error *);

void live_begin(struct page_frame *, const struct request *, struct hub *, const struct live_ask *);

/* "Since 10:42: 2 new, 1 given to you." */
struct text live_words(const struct live_view *);

/* The latest few; and "7 more steps" for those left out, or no value. */
struct live_rows {
	const struct happened *rows;
	size_t count;
};
struct live_rows live_lines(const struct live_view *);
struct text live_left(const struct live_view *);

struct text live_event(const struct live_view *, const struct happened *);
struct text live_news(const struct live_view *);

/* "10:42", with its day where that isn't today. */
struct text live_when(const struct live_view *, instant);

#endif
