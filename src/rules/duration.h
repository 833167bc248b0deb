/*
 * Durations: the three ways the policy says how long something may take.
 *
 *   elapsed_hours(4)                     hours as they pass, day and night
 *   working_hours(3)                     hours in which the hub is open
 *   working_days(1, same_time)           working days on, at the same local time, never later than that day's close
 *   working_days(45, close_of_business)  working days on, at that day's close
 */
#ifndef RULES_DURATION_H
#define RULES_DURATION_H

#include "base/arena.h"
#include "base/error.h"

enum duration_kind { DURATION_ELAPSED_HOURS, DURATION_WORKING_HOURS, DURATION_WORKING_DAYS };
enum duration_end { END_SAME_TIME, END_CLOSE_OF_BUSINESS };

#define DURATION_HOURS_MOST 10000
#define DURATION_DAYS_MOST  400

struct duration {
	enum duration_kind kind;
	int n;                 /* hours or days, 1 or more */
	enum duration_end end; /* working days only */
};

/* As written above; spaces don't matter. False: what is wrong is in the error. */
NODISCARD bool duration_parse(struct text, struct duration *ret, struct error *);

struct text duration_text(struct arena *, struct duration);  /* "working_days(1, same_time)" */
struct text duration_words(struct arena *, struct duration); /* "1 working day, at the same time" */

#endif
