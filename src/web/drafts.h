/*
 * Drafts on pages: the notice above a form that is filled with one, the list of one's own, and saving while typing.
 *
 * What a form keeps its words by is made in one place, form_begin: every form of the hub gets it.
 */
#ifndef WEB_DRAFTS_H
#define WEB_DRAFTS_H

#include "hub/draft.h"
#include "web/page.h"

struct draft_notice {
	const struct request *req;
	struct text csrf;
	struct text when;                  /* "at 10:42", "on Mon 6 July, 10:42" */
	bool filled;                       /* else: what was sent is kept */
	bool changed;                      /* the record was changed since it was written */
	struct draft_standing_rows others; /* drafts of the same form */
	instant now;
};

struct drafts_view {
	struct draft_standing_rows standing;
	struct draft_standing_rows thrown;
	struct text csrf;
	struct arena *arena;
	instant now;
};

struct draft_shown {
	struct text label;
	struct text value;
};

struct draft_shown_rows {
	struct draft_shown *rows;
	size_t count;
};

struct draft_view {
	struct draft_row draft;
	struct draft_shown_rows fields;
	struct text csrf;
	struct arena *arena;
	instant now;
};

/* "at 10:42" today, else "on Mon 6 July, 10:42". */
struct text draft_when(struct arena *, instant at, instant now);

/* The page it is gone on with, this draft chosen. */
struct text draft_href(struct arena *, const struct draft_standing_row *);

#endif
