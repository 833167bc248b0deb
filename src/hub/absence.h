/*
 * Absence: who is away, from when until when, and why.
 *
 * Somebody who is away has no room and is never recommended. An absence may be open (nobody knows when they come back),
 * be ended early, be entered after it began, and be cancelled where it was recorded wrongly. Entering one late changes
 * nothing that happened: it tells what was given to and held by that person meanwhile.
 *
 * Why somebody is away is seen by those who record absences, and by the person.
 *
 * Source: domain.md, "Caseload, target, allocation".
 */
#ifndef HUB_ABSENCE_H
#define HUB_ABSENCE_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/absence.h"

#define ABSENCE_PAGE_ROWS 25

/* Days are whole unless a time says otherwise. */
struct absence_add {
	struct account_id account;
	struct text absence_kind;
	day first_day;
	struct text from_time; /* "13:00" of the first day; no value: from its beginning */
	day last_day;          /* DAY_NONE: nobody knows yet */
	struct text to_time;   /* of the last day; no value: to its end */
	struct text reason;
};

extern const struct input_type absence_add_input;

NODISCARD bool absence_add(struct hub *, const struct absence_add *, struct absence_row *ret, struct error *);

/* Earlier than was said, or for the first time; nothing given: now. */
struct absence_end {
	struct absence_id absence; /* set by the edge, from the address */
	day last_day;
	struct text to_time;
};

extern const struct input_type absence_end_input;

NODISCARD bool absence_end(struct hub *, const struct absence_end *, struct absence_row *ret, struct error *);

/* It was recorded wrongly: from now on it counts for nothing. */
NODISCARD bool absence_withdraw(struct hub *, struct absence_id, struct absence_row *ret, struct error *);

NODISCARD bool absence_show(struct hub *, struct absence_id, struct absence_row *ret, struct error *);

struct absence_ask {
	bool all;             /* those that are over or cancelled too */
	struct account_id of; /* 0: everybody; who doesn't record absences sees their own only */
	struct absence_id after;
	int64_t limit_rows; /* 0: all */
};

struct absence_view {
	struct absence_row *rows; /* the latest first */
	size_t count;
	struct absence_id next; /* 0: this is the last page */
	bool own;               /* one's own only */
};

NODISCARD bool absence_list(struct hub *, const struct absence_ask *, struct absence_view *ret, struct error *);

/* "from Wed 1 July", "from Wed 1 July, 13:00 to Thu 2 July", "on Wed 1 July": days where they are whole. */
struct text absence_when(struct arena *, instant starts_at, instant ends_at);

/* What an absence entered after it began says; no value for one that was known before. */
struct text absence_note(struct arena *, const struct absence_row *);

#endif
