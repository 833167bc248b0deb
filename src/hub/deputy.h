/*
 * Deputies: a social worker or EDT worker who does and signs what a practice manager may, between two dates.
 *
 * A manager names them; a deputy doesn't name another. They are cancelled, never deleted.
 *
 * Source: domain.md, "People in the system": "deputies are named with dates".
 */
#ifndef HUB_DEPUTY_H
#define HUB_DEPUTY_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/deputy.h"

#define DEPUTY_DAYS_MOST 366

struct deputy_add {
	struct account_id account;
	day first_day;
	day last_day; /* they sign on this day too */
};

extern const struct input_type deputy_add_input;

NODISCARD bool deputy_add(struct hub *, const struct deputy_add *, struct deputy_row *ret, struct error *);

/* At once, where they deputise already. */
NODISCARD bool deputy_end(struct hub *, struct deputy_id, struct deputy_row *ret, struct error *);

NODISCARD bool deputy_show(struct hub *, struct deputy_id, struct deputy_row *ret, struct error *);

/* Now and to come. */
NODISCARD bool deputy_list(struct hub *, struct deputy_rows *ret, struct error *);

/* May the actor name deputies: a manager by role. */
bool deputy_may_name(const struct hub *);

#endif
