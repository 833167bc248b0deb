/*
 * Withdrawal: what was recorded in error, or twice. One person proposes, a second agrees or refuses; never delegated.
 *
 * Until it is answered the clock runs, and whoever protects goes first: a higher rating or a recommendation overtakes
 * it, and it can't be proposed over a recommendation that waits. Withdrawn, it stays readable and findable, is nobody's
 * any more, and what arrives for a duplicate asks for its original to be looked at.
 *
 * Source: domain.md, "withdrawn" and "In time".
 */
#ifndef HUB_WITHDRAWAL_H
#define HUB_WITHDRAWAL_H

#include "hub/screening.h"

struct enquiry_withdraw {
	struct on_enquiry on;
	struct text withdrawn_reason;
	struct text duplicate_of; /* a reference, for a duplicate */
	struct text reason;
};

extern const struct input_type enquiry_withdraw_input;
NODISCARD bool enquiry_withdraw(struct hub *, const struct enquiry_withdraw *, struct error *);

NODISCARD bool enquiry_answer_withdrawal(struct hub *, const struct proposal_reply *, struct error *);

/* Where what arrives for an enquiry is looked at: itself, or what it was withdrawn as a duplicate of. */
struct withdrawal_original {
	struct enquiry_id enquiry;
	bool open;
};
NODISCARD bool withdrawal_follow(struct hub *, const struct episode *, struct withdrawal_original *ret, struct error *);

#endif
