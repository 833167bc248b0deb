/*
 * Rota: what a week looks like, with who is on duty now.
 *
 * The gaps of the next week are told before they come, where a rota is in use at all.
 *
 * Source: domain.md, "People in the system"; rules/rota.h.
 */
#ifndef HUB_ROTA_H
#define HUB_ROTA_H

#include "hub/duty.h"
#include "rules/rota.h"
#include "sql/rota.h"

/* What is amiss in the week ahead. */
struct rota_ahead {
	bool used; /* somebody has been named for something, ever: else no gaps are told */
	struct rota_gaps gaps;
};

NODISCARD bool rota_ahead(struct hub *, struct rota_ahead *ret, struct error *);

/* "rota_used" and "gaps", as members of an object that is open. */
void rota_ahead_json(struct json *, const struct rota_ahead *);

struct rota_view {
	instant now;
	struct duty_people on[DUTY_COUNT]; /* now */
	struct rota_ahead ahead;
	day first; /* the Monday of the week shown */
	struct shift_row *shifts;
	size_t shift_count;
};

/* The week that this day is in; DAY_NONE: today's. */
NODISCARD bool rota_show(struct hub *, day, struct rota_view *ret, struct error *);

/* Whom a shift, a deputy or an absence can be of: everybody whose role has a place on the rota. */
NODISCARD bool rota_people_now(struct hub *, struct rota_person_rows *ret, struct error *);

#endif
