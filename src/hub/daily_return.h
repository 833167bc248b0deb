/*
 * The daily return: what came in on a day, what went out, what is left and how quickly it was done.
 *
 * Window: day D runs from the end of D-1's window to the earlier of its collation and London's midnight; a day nobody
 * collated runs midnight to midnight. A window includes its start and not its end. Collating D freezes D and every
 * earlier day that isn't frozen yet: its figures are kept as they were shown and never change; what is recorded later
 * of that time is a correction in the next return. A return that doesn't balance can't be collated.
 *
 * Everything is as at the window's end (today's: as at now). Whole hub where it doesn't say "new": those are the
 * workstream `new`, into which the accumulation is never mixed.
 *
 * Who: an administrator collates; service manager and director see collated ones only, with the workers' spread in
 * place of their names. Source: domain.md, "Daily return"; keys: interfaces.md, `report daily --json`.
 */
#ifndef HUB_DAILY_RETURN_H
#define HUB_DAILY_RETURN_H

#include "base/json.h"
#include "hub/hub.h"
#include "measure/balance.h"

/* One unit's balance: enquiries or children. screened_out is part of completed, not a term of its own. */
struct return_balance {
	struct balance balance;
	int64_t screened_out;
};

struct return_workstream {
	struct text key;
	struct return_balance enquiries;
	struct return_balance children;
	int64_t overdue; /* these: enquiries, as at the window's end */
	int64_t unallocated;
	int64_t held;
	int64_t awaiting_manager;
	instant oldest_received_at;
};

struct return_counts {
	int64_t received;
	int64_t completed;
	int64_t closing;
};

/* By source, by main concern or by rating at the window's end ("unrated"); the codes that occur, in the list's order. */
struct return_group {
	struct text key;
	struct return_counts enquiries;
	struct return_counts children;
};

struct return_groups {
	struct return_group *rows;
	size_t count;
};

struct return_share {
	int64_t n;
	int64_t of;
	double low; /* Wilson, 95%; NaN of nought */
	double high;
};

struct return_outcome {
	struct text key; /* outcome code */
	int64_t count;   /* children in enquiries */
};

struct return_worker {
	struct text name;
	int64_t open;
	int64_t cap; /* with hours */
	int64_t progressed;
};

struct return_spread {
	int64_t workers;
	int64_t lowest; /* progressed */
	double median;
	int64_t highest;
	int64_t most_open;
};

/* Since the last collated return, where days nobody collated stand between (Monday's): start INSTANT_NONE else. */
struct return_since {
	instant start;
	struct return_balance enquiries;
	struct return_balance children;
	struct return_share in_time;
	struct return_share same_day_risk;
};

struct daily_return_view {
	day date;
	instant window_start;
	instant window_end; /* as at which everything is; before midnight for today's */
	bool frozen;
	instant collated_at;     /* INSTANT_NONE: not collated */
	struct text collated_by; /* a name */

	struct return_balance enquiries;
	struct return_balance children;
	bool balances;
	struct return_workstream *workstreams;
	size_t workstream_count;
	struct return_groups by_source;
	struct return_groups by_concern;
	struct return_groups by_rag;

	struct return_share in_time;       /* new */
	struct return_share same_day_risk; /* new */
	double red_minutes_median;         /* new: from receipt to the first red, of reds made in the window */
	int64_t red_minutes_longest;
	int64_t reds_after_screening;

	int64_t domestic_abuse_received; /* new */
	int64_t domestic_abuse_not_necessary;
	int64_t domestic_abuse_screened_out;
	int64_t necessary_yes; /* new, by completion in the window */
	int64_t necessary_no;
	struct return_outcome *outcomes; /* new; every outcome of the list, nought too */
	size_t outcome_count;

	int64_t overdue;
	int64_t overdue_hours; /* the longest */
	int64_t due_today;     /* of what is open at the window's end, on its own day and the next */
	int64_t due_tomorrow;
	int64_t unallocated;
	int64_t held;
	int64_t awaiting_manager;
	instant oldest_received_at;
	int64_t repeat_enquiries; /* received in the window, a child of it known from one in the 12 months before */
	int64_t advice_given;
	int64_t allegations_received; /* against professionals, in whatever place among the concerns */
	int64_t lado_waiting;         /* handed to the designated officer and not accepted at the window's end */
	int64_t hand_overs_waiting;
	struct return_edt {
		int64_t to, from; /* handed over in the window */
	} edt;

	int64_t progressed; /* distinct enquiries by worker, summed */
	int64_t target;
	bool shared_form; /* true: no names, the spread only */
	struct return_worker *workers;
	size_t worker_count;
	struct return_spread spread;

	struct return_since since_last_collated;
};

/* A frozen day as it was shown, any other as it is computed now. REFUSED for a day that has not begun. */
NODISCARD bool daily_return_compute(struct hub *, day, struct daily_return_view *ret, struct error *);

/* Freezes this day and every earlier one; REFUSED where it is frozen, has not begun, or does not balance. */
NODISCARD bool daily_return_collate(struct hub *, day, struct daily_return_view *ret, struct error *);

/* The day a return is about when nobody says which: today. */
day daily_return_today(const struct hub *);

/* The keys of interfaces.md, as an object. */
void daily_return_json(struct json *, const struct daily_return_view *);

/* A line of the list and a point of the chart. */
struct daily_return_line {
	day date;
	bool frozen;
	instant collated_at;
	struct text collated_by;
	int64_t received; /* enquiries, whole hub */
	int64_t completed;
	int64_t closing;
	int64_t closing_new;
	int64_t closing_accumulation;
};

struct daily_return_list {
	struct daily_return_line *rows; /* the newest first */
	size_t count;
	day next; /* the cursor of the page after; DAY_NONE: this is the last */
};

#define DAILY_RETURN_LIST_ROWS 30

/* The days up to this one (DAY_NONE: today), at most DAILY_RETURN_LIST_ROWS, back to the hub's first event. */
NODISCARD bool daily_return_list(struct hub *, day last, struct daily_return_list *ret, struct error *);

#endif
