/*
 * Screening one after another: what waits in a workstream to be screened, or screened again, in the order of risk.
 *
 * Red from receipt first, then by risk (rules/risk.h), then the oldest. A place in the order is kept in the address, so
 * that a skipped one is passed over and two people can work through one list: whoever saves second is told.
 */
#ifndef HUB_SCREEN_NEXT_H
#define HUB_SCREEN_NEXT_H

#include "hub/enquiry_view.h"
#include "sql/accumulation.h"

struct screen_place {
	int64_t red, risk_order;
	instant started_at;
	struct episode_id id; /* 0: the beginning */
};

/* "1-3-1433149200000-12"; an unreadable one is the beginning. */
struct screen_place screen_place_read(struct text);
struct text screen_place_text(struct arena *, const struct screen_place *);

struct screening_list {
	struct text workstream; /* its key */
	bool found;             /* false: nothing waits after this place */
	struct enquiry_view enquiry;
	struct screen_place place; /* of the one that is shown */
	int64_t waiting;           /* in all, this one with them */
	int64_t position, of;      /* "12 of 160": what is screened already counts from a take-over on */
	int64_t skipped;           /* waiting before this place */
};

/* The next after this place. */
NODISCARD bool screen_next_after(
	struct hub *, struct text workstream, const struct screen_place *, struct screening_list *ret, struct error *);

/* The one with this reference at a place it was shown at, whatever became of it: a form that comes back. */
NODISCARD bool screen_next_this(
	struct hub *, const struct screening_list *at, struct text reference, struct screening_list *ret, struct error *);

#endif
