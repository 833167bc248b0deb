/*
 * Life cycle: the states of an episode and the steps between them.
 *
 * One table says every step there is; the schema's table of allowed transitions is compared with it in a test. A step
 * asked for from another state is refused in words and changes nothing. Steps that change no state (further
 * information, rating again, a proposal, a hand-over) are in the table too. Re-opening gives the state of the new
 * episode. Pure.
 *
 * Source: domain.md, "Life of an enquiry"; architecture.md, "The record".
 */
#ifndef RULES_LIFECYCLE_H
#define RULES_LIFECYCLE_H

#include "base/error.h"
#include "rules/codes.h"

struct lifecycle_rule {
	enum transition transition;
	enum state from; /* STATE_NONE: out of nothing */
	enum state to;
};

const struct lifecycle_rule *lifecycle_rules(size_t *ret_count);

/* Writes the state it leads to, or refuses with what stands in the way and the way out. */
NODISCARD bool lifecycle_step(enum state from, enum transition, enum state *ret_to, struct error *);

bool lifecycle_may(enum state from, enum transition);

/* Open: received, screened, allocated, held, recommended (returned is allocated, re-opened is screened). */
bool state_open(enum state);

/* Completed: decided, screened out, closed. */
bool state_completed(enum state);

#endif
