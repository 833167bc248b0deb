/*
 * Staff: how people of the hub are reached, and how much those may hold who hold enquiries.
 *
 * Less hours, a lower cap or being newly qualified is never refused: who is over keeps what they hold ("25 of 15,
 * over") and takes no more.
 *
 * Source: domain.md, "Caseload, target, allocation".
 */
#ifndef HUB_STAFF_H
#define HUB_STAFF_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/staff.h"

#define STAFF_PAGE_ROWS 25

struct staff_change {
	struct account_id account;   /* set by the edge, from the address */
	struct text telephone;       /* no value: as it was; empty: none */
	int64_t cap;                 /* INT_NONE: as it was */
	int64_t hours_percent;       /* INT_NONE: as it was */
	struct text newly_qualified; /* "yes" or "no"; no value: as it was */
	struct text seen;            /* staff_seen of what the change was made from; no value: it is not looked at */
};

extern const struct input_type staff_change_input;

/* Refused where `seen` is not how they stand: somebody else, or a new policy, changed them meanwhile. */
NODISCARD bool staff_change(struct hub *, const struct staff_change *, struct staff_row *ret, struct error *);
NODISCARD bool staff_show(struct hub *, struct account_id, struct staff_row *ret, struct error *);

struct staff_view {
	struct staff_row *rows;
	size_t count;
	struct account_id next; /* 0: this is the last page */
};

/* Everybody who has a place on the rota, by name; 0 rows: all of them. */
NODISCARD bool staff_list(
	struct hub *, struct account_id after, int64_t limit_rows, struct staff_view *ret, struct error *);

/* What a change changes, as it stands: "cap 25, 100% of hours, not newly qualified, no telephone". */
struct text staff_seen(struct arena *, const struct staff_row *);

/* "17 of 25", "25 of 15, over"; no value for who holds none. */
struct text staff_caseload(struct arena *, const struct staff_row *);

#endif
