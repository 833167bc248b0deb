/*
 * Words of the list pages.
 */
#ifndef WEB_LISTS_H
#define WEB_LISTS_H

#include "hub/caseload.h"
#include "hub/enquiry_list.h"
#include "hub/hub_now.h"
#include "rules/clock.h"

struct text list_title(enum hub_list);

/* The rows of a list that the hub page shows: the rest stands on the list's own page. */
struct hub_list_view list_first(const struct hub_list_view *);

/* "1 hand-over", "5 hand-overs" */
struct text list_count(struct arena *, int64_t count, const char *one);

/* "1 child may be somebody with an open case" */
struct text list_possible(struct arena *, int64_t count);

/* Where a row of the list leads: to the step that is waited for where that is this person's work, else to the enquiry. */
struct text list_href(const struct hub *, enum hub_list, const struct hub_now_row *);

/* "My caseload", or "Caseload of Asha Rahman". */
struct text list_caseload_title(struct arena *, const struct caseload_view *);

/* ", longest unseen 2 h 10 min, close in 6 h 18 min" */
struct text list_unscreened_words(struct arena *, const struct hub_now_view *);
struct text list_awaiting_words(struct arena *, const struct hub_now_view *);

/* "away until Thu 2 July: 1 red, 2 amber nobody is working on" */
struct text list_away(struct arena *, const struct hub_worker_row *);
struct text list_accumulation(struct arena *, const struct hub_now_view *);

bool list_open(const struct enquiry_row *);

struct list_workers {
	const struct hub_worker_row *rows;
	size_t count;
};
struct list_workers list_workers(struct arena *, const struct hub_now_view *);

#endif
