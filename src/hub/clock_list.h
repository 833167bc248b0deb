/*
 * The list of clocks: everything with an end that isn't the decision, soonest first.
 *
 * Strategy discussions not held, police protection and emergency orders, conferences, hand-overs on a clock, answers
 * owed to referrers: each until it is done. Assessments handed over are a list of their own, each until its day: they end
 * in the council's case system. Counts are of the whole hub; the list holds what the viewer may see.
 */
#ifndef HUB_CLOCK_LIST_H
#define HUB_CLOCK_LIST_H

#include "hub/hub.h"
#include "sql/clock_list.h"

struct clock_list {
	enum clock_kind only; /* CLOCK_KIND_NONE: of every kind */
	struct clock_row *rows;
	size_t count;
	struct text next;
	struct clock_counts_rows counts; /* of each kind that stands, the first due first */
	instant now;
};

struct clock_list_ask {
	struct text kind; /* no value: every kind but assessments; an unknown one is refused */
	struct text cursor;
};

NODISCARD bool clock_list(struct hub *, const struct clock_list_ask *, struct clock_list *ret, struct error *);
void clock_list_json(struct json *, const struct clock_list *);

/* How many of each kind, the kind that is first due first; none without any. Not the assessments. */
NODISCARD bool clock_list_counts(struct hub *, struct clock_counts_rows *ret, struct error *);

#endif
