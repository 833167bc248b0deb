/*
 * Clock: when things are due.
 *
 * Everything is a pure function of the policy and instants. Working days and opening hours are on London's local
 * dates; elapsed hours are hours as they pass. Opening is in hours, closing is not. Equal to due is on time.
 *
 * Source: domain.md, "The clock", with its table of vectors.
 */
#ifndef RULES_CLOCK_H
#define RULES_CLOCK_H

#include "rules/policy.h"

/* Opening hours */

struct opening_hours clock_hours(const struct policy *, day); /* both nought: closed */
bool clock_working_day(const struct policy *, day);
bool clock_is_open(const struct policy *, instant);

/* The instant itself where the hub is open, else the next opening. */
instant clock_effective(const struct policy *, instant);

/* The close of the day the hub is open on at, or next opens on. */
instant clock_next_close(const struct policy *, instant at);

/* The latest close, and the latest opening, at or before this instant. */
instant clock_last_close(const struct policy *, instant at);
instant clock_last_opening(const struct policy *, instant at);

/* The n-th working day after this day (n >= 1), or the day itself for nought. */
day clock_working_days_after(const struct policy *, day, int n);

/* How long the hub was open between two instants, in whole minutes; nought where to is not later. */
int64_t clock_open_minutes(const struct policy *, instant from, instant to);

/* Due times. Elapsed hours run from the instant itself, the others from the effective start. */

instant clock_start(const struct policy *, struct duration, instant received); /* the effective start for this rule */
instant clock_add(const struct policy *, struct duration, instant received);
instant clock_decision_due(const struct policy *, enum rag, instant received);
instant clock_screening_due(const struct policy *, instant received);

/* From receipt, acceptance, request or discussion, as the rule of each says. */
instant clock_other_due(const struct policy *, enum other_clock, instant from);

/* Shown beside due: now plus the rating's time. */
instant clock_act_by(const struct policy *, enum rag, instant now);

struct rerating {
	enum rerate_kind kind; /* misrated or new_information */
	enum rag rag;          /* the new one */
	instant received_at;
	instant due_at;         /* the old due */
	instant information_at; /* new_information: when it arrived */
	instant at;             /* when the rating changes */
};

/* The new due. An enquiry that is late when it is rated again stays late. */
instant clock_rerated_due(const struct policy *, const struct rerating *);

/* True once more than half of the rating's time has passed: open hours, or for elapsed hours hours as they pass. */
bool clock_past_half(const struct policy *, enum rag, instant received, instant due, instant now);

/* How a due time was reached, in words, for `due` and the pages. */

#define CLOCK_STEPS_MOST 12

struct clock_explanation {
	instant received;
	instant effective_start;
	instant due;
	struct duration rule;
	struct text rule_text; /* "working_days(1, same_time)" */
	struct text steps[CLOCK_STEPS_MOST];
	size_t step_count;
};

void clock_explain(struct arena *, const struct policy *, enum rag, instant received, struct clock_explanation *ret);

/* "25 minutes", "2 h 10 min", "3 days 4 h": a length of time for people; never negative. */
struct text clock_length_words(struct arena *, int64_t minutes);

#endif
