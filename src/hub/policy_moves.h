/*
 * Moves: which open deadlines stand elsewhere on another calendar, found first and then put into effect.
 *
 * A deadline is reckoned by the rules that were in force when it was rated (or received, for screening) on the hours,
 * closures and bank holidays of the new policy: another time allowed for a rating counts from the next rating on.
 * What has ended or passed never moves, and nothing is moved to a time that has passed: it stays, and is counted.
 *
 * Source: domain.md, "The clock": open deadlines are recomputed, ended ones never.
 */
#ifndef HUB_POLICY_MOVES_H
#define HUB_POLICY_MOVES_H

#include "hub/hub.h"
#include "sql/policy.h"

struct policy_move {
	struct episode_id episode;
	struct enquiry_id enquiry;
	struct text reference;
	struct text state;
	struct text rag;
	instant screening_due_was, screening_due_at; /* the same: it doesn't move */
	instant due_was, due_at;
};

/* A discussion to be held, a conference, an assessment that was handed over. */
struct policy_other_move {
	enum other_clock clock;
	int64_t number; /* of its own row */
	struct enquiry_id enquiry;
	instant due_at;
};

struct policy_moves {
	struct policy_move *rows; /* those due soonest first */
	size_t count;
	struct policy_other_move *others;
	size_t other_count;
	size_t stay; /* would have passed already, and stay as they are */
};

struct policy_calendars {
	const struct policy *before;
	const struct policy *after;
	instant at; /* when the new one begins */
};

NODISCARD bool policy_moves_find(
	struct hub *, const struct policy_calendars *, struct policy_moves *ret, struct error *);

/* Writes them at hub->now, each with its history and its entry on the access log. */
NODISCARD bool policy_moves_make(struct hub *, const struct policy_moves *, struct policy_id, struct error *);

#endif
