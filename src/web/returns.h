/*
 * The daily return as a page: five figures that can be read on a telephone, then everything behind them.
 *
 * A day's full count is "n of N", never a percentage with an interval. A figure that an old kept return doesn't have
 * is "not kept". Source: pages.md, "The daily return"; domain.md, "Daily return".
 */
#ifndef WEB_RETURNS_H
#define WEB_RETURNS_H

#include "html/chart.h"
#include "hub/daily_return.h"
#include "web/page.h"

struct return_fact {
	const char *label;
	struct text value;
	struct text beside; /* no value: nothing */
};

struct return_facts {
	struct return_fact *rows;
	size_t count;
};

/* A line of the balance, of both units. */
struct return_line {
	const char *label;
	struct text enquiries;
	struct text children;
	const char *class;
};

struct return_lines {
	struct return_line *rows;
	size_t count;
};

struct return_workstreams {
	const struct return_workstream *rows;
	size_t count;
};

struct return_outcomes {
	const struct return_outcome *rows;
	size_t count;
};

struct return_workers {
	const struct return_worker *rows;
	size_t count;
};

struct return_page_view {
	const struct daily_return_view *day;
	struct return_facts figures; /* the five */
	struct return_lines balance;
	struct return_facts also;
	struct return_facts since; /* since the last collated one; empty where that was the day before */
	struct return_workstreams workstreams;
	struct return_outcomes outcomes;
	struct return_workers workers;
	struct daily_return_list days; /* up to this one, for the chart */
	struct form_state form;
	struct text authority;
	bool may_collate;
	day before; /* a day one can go on to, or DAY_NONE */
	day after;
	struct arena *arena;
};

/* return_figures.c: what the page says, from the figures. */
struct text return_share_words(struct arena *, const struct return_share *);
struct return_facts return_figures(struct arena *, const struct daily_return_view *);
struct return_lines return_balance_lines(struct arena *, const struct daily_return_view *);
struct return_facts return_also(struct arena *, const struct daily_return_view *);
struct return_facts return_since_facts(struct arena *, const struct daily_return_view *);

/* "Collated 17:42 by Priya Nair"; "As at 10:42, not yet collated". */
struct text return_status(struct arena *, const struct daily_return_view *);
struct text return_heading(struct arena *, day); /* "Tuesday 30 June 2015" */
struct text return_workstream_words(struct text key);
struct text return_number(struct arena *, int64_t);
struct text return_median(struct arena *, double);
struct text return_line_status(struct arena *, const struct daily_return_line *);

struct text return_group_words(enum code_list, struct text key);

/* "/returns/2015-06-30" and "30 June 2015", or no value. */
struct text return_href(struct arena *, day);
struct text return_label(struct arena *, day);

/* Open at close of day, the oldest first, with its two workstreams. */
void return_chart(struct html *, struct arena *, const struct daily_return_list *);

#endif
