/*
 * My caseload: what one worker holds, the most urgent first, and how their day stands.
 *
 * A worker sees their own; who may see figures by worker (practice manager, project manager ...) anybody's. Rows are
 * by rating, then time left. Reading it is one entry on the access log.
 */
#ifndef HUB_CASELOAD_H
#define HUB_CASELOAD_H

#include "hub/hub.h"
#include "rules/caseload.h"
#include "sql/caseload.h"

#define CASELOAD_PAGE_ROWS 25

struct caseload_ask {
	struct account_id worker; /* 0: the actor's own */
	struct episode_id after;  /* 0: from the first */
	int64_t limit_rows;       /* 0: CASELOAD_PAGE_ROWS */
};

struct caseload_view {
	struct account_id worker;
	struct text name;
	bool own;                 /* the actor's */
	bool holds;               /* may hold enquiries at all; else all of this is nought */
	struct caseload caseload; /* open, cap, hours, away: caseload_words, caseload_limit, caseload_room */
	int64_t progressed;       /* today, distinct enquiries */
	int64_t target;
	int64_t completed; /* today */
	int64_t due_next_hour;
	int64_t late;
	instant now;
	struct caseload_row *rows; /* late, waiting_for ("you", "manager") and what the row of a list shows */
	size_t count;
	struct episode_id next; /* the cursor of the page after; 0: this is the last */
};

NODISCARD bool caseload_show(struct hub *, const struct caseload_ask *, struct caseload_view *ret, struct error *);

#endif
