/*
 * Balance: what came into a window, what left it, and what is left.
 *
 * opening + received + reopened + moved_in + corrections + added - completed - withdrawn - moved_out - removed = closing;
 * added and removed are children's only. opening(D) = closing(D-1); over the hub moved_in = moved_out. A return that
 * does not balance can't be collated.
 *
 * Source: domain.md, "Daily return". Pure.
 */
#ifndef MEASURE_BALANCE_H
#define MEASURE_BALANCE_H

#include "base/error.h"

struct balance {
	int64_t opening;
	int64_t received;
	int64_t reopened;
	int64_t moved_in;
	int64_t corrections; /* signed */
	int64_t added;
	int64_t removed;
	int64_t completed;
	int64_t withdrawn;
	int64_t moved_out;
	int64_t closing;
};

/* What closing should be. */
int64_t balance_expected(const struct balance *);

/* closing less what it should be; nought balances. */
int64_t balance_difference(const struct balance *);

/* Sums the second into the first, workstream by workstream. */
void balance_add(struct balance *, const struct balance *);

/* Refuses with the sum written out where it doesn't balance; unit is "enquiries" or "children". */
NODISCARD bool balance_check(const struct balance *, const char *unit, struct error *);

/* Refuses where the day doesn't open with what the day before closed with. */
NODISCARD bool balance_follows(const struct balance *, int64_t closing_before, const char *unit, struct error *);

/* Refuses where, over the whole hub, what moved in isn't what moved out. */
NODISCARD bool balance_moves_check(const struct balance *hub, const char *unit, struct error *);

#endif
