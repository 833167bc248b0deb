/*
 * Duty hand-over: the ledger of what passes to and from the emergency duty team, with giver, accepter and times.
 *
 * At close the unscreened and the open reds pass to EDT, at opening what is still open comes back; both are given by the
 * hub itself, one entry an enquiry, and wait to be accepted. By hand whoever practises gives any open enquiry, with
 * words. An entry is over when it is accepted, or when the enquiry went another way meanwhile. It changes nothing of the
 * enquiry itself: who is writing on it is not told that it changed.
 *
 * Source: domain.md, "The clock".
 */
#ifndef HUB_DUTY_HAND_OVER_H
#define HUB_DUTY_HAND_OVER_H

#include "hub/on_enquiry.h"
#include "sql/duty_hand_over.h"

struct duty_give {
	struct on_enquiry on;
	struct text hand_over_words; /* what they need to know */
};

struct duty_accept {
	struct on_enquiry on;
};

struct duty_accept_all {
	struct text direction;
};

extern const struct input_type duty_give_input;
extern const struct input_type duty_accept_input;
extern const struct input_type duty_accept_all_input;

/* From EDT where EDT gives, else to EDT. REFUSED where one waits already, or the enquiry is not open. */
NODISCARD bool duty_hand_over_give(struct hub *, const struct duty_give *, struct error *);

/* By somebody of whom it is given to, and not the giver. REFUSED with who accepted it where somebody did. */
NODISCARD bool duty_hand_over_accept(struct hub *, const struct duty_accept *, struct error *);

/* Everything that waits for this person in this direction, each with its own entry. */
NODISCARD bool duty_hand_over_accept_all(
	struct hub *, const struct duty_accept_all *, int64_t *ret_accepted, struct error *);

/* EDT gives to the day team, everybody else to EDT. */
enum direction duty_gives(const struct hub *);

/* May the actor accept what goes in this direction? DENIED with whose it is. */
NODISCARD bool duty_accepts(const struct hub *, enum direction, struct error *);

/* Chores for hub/tick.c: what passes at close and comes back at opening, and what was overtaken. */
NODISCARD bool duty_hand_overs_pass(struct hub *, struct error *);
NODISCARD bool duty_hand_overs_pass_due(struct hub *, bool *ret, struct error *);
NODISCARD bool duty_hand_overs_overtake(struct hub *, struct error *);
NODISCARD bool duty_hand_overs_overtake_due(struct hub *, bool *ret, struct error *);

#endif
