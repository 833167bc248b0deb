/*
 * Accumulation: the backlog taken over at the start of a piece of work, kept apart from what is new.
 *
 * Taking it over is dated; every enquiry of it is screened again by the policy's time for that (the end of the second
 * working day), reds first. What was screened before the take-over is asked to be screened again; what was never
 * screened waits anyway. What waits is in the order of risk, and is worked through one after another.
 *
 * Source: domain.md, "accumulation".
 */
#ifndef HUB_ACCUMULATION_H
#define HUB_ACCUMULATION_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/accumulation.h"

struct accumulation_take_over {
	struct text workstream; /* no value: accumulation */
};

extern const struct input_type accumulation_take_over_input;

/* Takes over what stands open in the workstream at hub->now; refused where that was done already. */
NODISCARD bool accumulation_take(struct hub *, const struct accumulation_take_over *, struct error *);

/* The same for the import into a workstream other than `new`; nothing where a take-over stands. */
NODISCARD bool accumulation_taken_by_import(struct hub *, struct text workstream, struct error *);

/* Ages in working days since receipt, today not counted: 0-2, 3-5, 6-10, 11-20, 21 and more. */
#define AGE_BANDS 5
const char *age_band_words(int band); /* "0 to 2" ... "21 or more" */

/* Against the clock: rated and in time, rated and late, and not rated. */
struct age_row {
	enum rag rag; /* RAG_NONE: not rated */
	int64_t bands[AGE_BANDS];
	int64_t total;
	int64_t late;
};

#define AGE_ROWS (RAG_COUNT + 1)

struct burn_day {
	day day;
	int64_t open;      /* at its end */
	int64_t completed; /* on it */
	double needed;     /* the straight way from the take-over to the target date; NAN without one */
};

struct burn {
	struct burn_day *days; /* from the day of the take-over to today, the last BURN_DAYS_MOST of them */
	size_t count;
};

#define BURN_DAYS_MOST 120

/*
 * Clear by: the days still needed if each working day clears as many as one drawn from the last ten did; the band is
 * that of nine in ten draws. All DAY_NONE while fewer than five working days are known or nothing was cleared in them.
 */
struct clear_by {
	day middle, soonest, latest;
};

struct accumulation_view {
	struct text workstream; /* its name */
	bool taken;
	instant taken_at;
	instant due_at; /* everything screened again by then */
	struct text taken_by;
	int64_t all;        /* taken over, or come since */
	int64_t left;       /* open */
	int64_t unscreened; /* of those: still to be screened again */
	int64_t week_ago;
	day target;           /* DAY_NONE: none was asked about */
	double needed_a_day;  /* to be clear by the target; NAN */
	double cleared_a_day; /* of the last ten working days; NAN before the first */
	struct clear_by clear;
	struct age_row ages[AGE_ROWS];
	struct burn burn;
	struct accumulation_worker_rows workers; /* only for who may see figures by worker */
	instant now;
};

NODISCARD bool accumulation_show(struct hub *, day target, struct accumulation_view *ret, struct error *);

/* The projection alone, for the hub page. */
NODISCARD bool accumulation_clear_by(
	struct hub *, struct workstream_id, int64_t left, struct clear_by *ret, struct error *);

void accumulation_json(struct json *, const struct accumulation_view *);

#endif
