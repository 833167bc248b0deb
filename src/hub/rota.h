/*
 * Rota: naming people for duties and shifts beforehand, and what a week looks like.
 *
 * A shift is one duty of one person between two instants. It is cancelled, never deleted; one that is cancelled while it
 * runs ends then. The gaps of the next week are told before they come, where a rota is in use at all.
 *
 * Source: domain.md, "People in the system"; rules/rota.h.
 */
#ifndef HUB_ROTA_H
#define HUB_ROTA_H

#include "hub/duty.h"
#include "rules/input.h"
#include "rules/rota.h"
#include "sql/rota.h"

struct shift_add {
	struct account_id account;
	struct text duty;
	instant from;
	instant to;
};

extern const struct input_type shift_add_input;

/* Refused, by field: an unknown person, a role that doesn't suit, one who is away or named already, no or too long a time. */
NODISCARD bool shift_add(struct hub *, const struct shift_add *, struct shift_row *ret, struct error *);

NODISCARD bool shift_cancel(struct hub *, struct duty_id, struct shift_row *ret, struct error *);
NODISCARD bool shift_get(struct hub *, struct duty_id, struct shift_row *ret, struct error *);

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
