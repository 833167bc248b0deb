/*
 * The parts of a daily return: each fills its figures of one view for one window. Private to hub/daily_return*.c.
 */
#ifndef HUB_DAILY_RETURN_PART_H
#define HUB_DAILY_RETURN_PART_H

#include "hub/daily_return.h"
#include "measure/settle.h"
#include "sql/daily_return.h"

#define WORKSTREAM_NEW "new"

/* What stood still while a return is computed. */
struct returning {
	struct hub *hub;
	day day;
	struct window window;
	struct daily_return_view *view;
};

/* The window of a day that isn't frozen; REFUSED for one that has not begun. */
NODISCARD bool return_window(struct hub *, day, struct window *ret, struct error *);

/* The workstreams in their order, every figure nought. */
NODISCARD bool return_workstreams_begin(
	struct hub *, struct return_workstream **ret, size_t *ret_count, struct error *);

/* Opening and flows of each workstream in the window; closing is what they make it. */
NODISCARD bool return_balances(struct hub *, struct window, struct return_workstream *, size_t count, struct error *);

struct return_workstream *return_workstream_find(struct return_workstream *, size_t count, struct text key);

/* By source, concern and rating; findings; what stands open, which gives each closing by counting it anew. */
NODISCARD bool return_fill_groups(struct returning *, struct return_open_rows *ret_open, struct error *);

/* Whole hub from its workstreams, and whether everything balances; the second says in words why it doesn't. */
void return_total(struct daily_return_view *);
NODISCARD bool return_balance_check(const struct daily_return_view *, struct error *);

NODISCARD bool return_in_time(struct hub *, struct window, struct return_share *ret, struct error *);
NODISCARD bool return_same_day(struct hub *, struct window, struct return_share *ret, struct error *);
NODISCARD bool return_fill_reds(struct returning *, struct error *);

NODISCARD bool return_fill_workers(struct returning *, const struct return_open_rows *, struct error *);
NODISCARD bool return_fill_outcomes(struct returning *, struct error *);

/* Everything of a window that isn't frozen. */
NODISCARD bool return_compute(struct hub *, day, struct daily_return_view *ret, struct error *);

/* The content of a frozen day, as it was kept. */
NODISCARD bool daily_return_read(struct arena *, struct text content, struct daily_return_view *ret, struct error *);

#endif
