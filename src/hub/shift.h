/*
 * Shifts: naming somebody for a duty beforehand, once or repeating, and cancelling that.
 *
 * A shift is one duty of one person between two instants. It is cancelled, never deleted; one that is cancelled while it
 * runs ends then. Those that repeat are shifts like any other once they are made, each of its own: all of them are made
 * or none, and the first day that stands in the way is named.
 *
 * Source: domain.md, "People in the system"; rules/rota.h, rules/shift_repeat.h.
 */
#ifndef HUB_SHIFT_H
#define HUB_SHIFT_H

#include "hub/hub.h"
#include "rules/input.h"
#include "rules/policy.h"
#include "sql/rota.h"

struct shift_add {
	struct account_id account;
	struct text duty;
	instant from;
	instant to;
	struct text repeats; /* no value: once */
	day until;           /* the last day one begins on; DAY_NONE: once */
};

extern const struct input_type shift_add_input;

/* Made, or cancelled, in one go: by their beginning. */
struct shifts {
	struct shift_row *rows;
	size_t count;
	struct named_days holidays; /* the bank holidays on which one of them begins */
};

/*
 * What was made, by its beginning. Refused, by field: an unknown person, a role that doesn't suit, one who is away or
 * named already, no or too long a time, a repeat without an end or past REPEAT_WEEKS_MOST.
 */
NODISCARD bool shift_add(struct hub *, const struct shift_add *, struct shifts *ret, struct error *);

struct shift_cancel {
	struct duty_id shift; /* set by the edge, from the address */
	bool later_too;       /* all of the same person and duty that begin after it, whoever named them */
};

extern const struct input_type shift_cancel_input;

/* What was cancelled, by its beginning: at least the one asked for. */
NODISCARD bool shift_cancel(struct hub *, const struct shift_cancel *, struct shifts *ret, struct error *);

NODISCARD bool shift_get(struct hub *, struct duty_id, struct shift_row *ret, struct error *);

/* What later_too would cancel beside it. */
NODISCARD bool shift_later(struct hub *, struct duty_id, struct shift_rows *ret, struct error *);

/* What was made, or cancelled, in one go with this one. */
NODISCARD bool shift_made_with(struct hub *, struct duty_id, struct shifts *ret, struct error *);
NODISCARD bool shift_cancelled_with(struct hub *, struct duty_id, struct shifts *ret, struct error *);

/* "3 shifts: Priya Nair, Screener, from Fri 22 May to Tue 26 May. Bank holidays among them: Mon 25 May (Spring ...)." */
struct text shifts_words(struct arena *, const struct shifts *);

/* The first as members of an object that is open, then how many, all of them, and the bank holidays among them. */
void shifts_json(struct json *, const struct shifts *);

#endif
