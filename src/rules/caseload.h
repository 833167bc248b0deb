/*
 * Caseload: how many open enquiries a worker may hold, who has room, and what a day's target is.
 *
 * The cap is hard: room is never below nought, and nothing in hub/ takes a worker past it. Lowering a cap never
 * fails; one who is over keeps what they hold and takes no more. Pure: no clock, no database.
 *
 * Source: domain.md, "Caseload, target, allocation"; the cap of 25 is the 2015 project's.
 */
#ifndef RULES_CASELOAD_H
#define RULES_CASELOAD_H

#include "base/arena.h"
#include "base/error.h"

struct caseload {
	int open;          /* enquiries held now */
	int cap;           /* policy, before hours */
	int hours_percent; /* of full time, 0 to 100 */
	bool away;         /* the whole day */
};

/* The most this worker may hold: cap times hours, rounded down; nought when away. */
int caseload_limit(const struct caseload *);

/* How many more they may take; nought for one who is over. */
int caseload_room(const struct caseload *);

/* True where there is room for one more; refuses with the name and the figures: "Asha Rahman holds 25 of 25". */
NODISCARD bool caseload_takes(const struct caseload *, struct text name, struct error *);

/* "17 of 25", "25 of 15, over", "8 open, away". */
struct text caseload_words(struct arena *, const struct caseload *);

/* Progressed in a day: the policy's target times hours, rounded down; nought when away. */
int caseload_target(const struct caseload *, int target);

#endif
