/*
 * Proposals: every step that needs two people. One unanswered at a time on an episode, whose `pending` is its kind.
 *
 * Who may answer is rules/signing.h's to say: never the one who proposed. A step that makes an unanswered proposal
 * pointless (a higher rating, a recommendation) answers it `overtaken`. Both functions change the struct episode and
 * leave saving it to the action.
 */
#ifndef HUB_PROPOSAL_H
#define HUB_PROPOSAL_H

#include "hub/on_enquiry.h"
#include "sql/proposal.h"

struct proposed {
	enum proposal_kind kind;
	struct text analysis;
	struct text reason;
	struct text content; /* screen-out: the coded reason; lowering: the rating asked for */
};

/* Puts a proposal by the actor at hub->now; what gives way to it (a lowering, a withdrawal) is overtaken. */
NODISCARD bool proposal_put(
	struct hub *, struct episode *, const struct proposed *, struct proposal_id *ret, struct error *);

/* Whatever is unanswered, or *ret_found false. */
NODISCARD bool proposal_find(
	struct hub *, const struct episode *, struct proposal_row *ret, bool *ret_found, struct error *);

/* The unanswered proposal of this kind, or REFUSED: nothing of the sort is waiting. */
NODISCARD bool proposal_waiting(
	struct hub *, const struct episode *, enum proposal_kind, struct proposal_row *ret, struct error *);

/* May the actor sign this proposal? Refused with who may. */
NODISCARD bool proposal_may_sign(const struct hub *, const struct proposal_row *, struct error *);

struct reply {
	enum answer answer;
	struct text reason;
};

/* Answers it by the actor at hub->now; nothing is pending any more. */
NODISCARD bool proposal_answer(
	struct hub *, struct episode *, struct proposal_id, const struct reply *, struct error *);

/* Answers whatever is unanswered `overtaken`, if anything is. */
NODISCARD bool proposal_overtake(struct hub *, struct episode *, struct error *);

/* Asks somebody by account to sign what is unanswered, who may then see the record (a service manager). */
struct proposal_ask {
	struct on_enquiry on;
	struct account_id account;
};

extern const struct input_type proposal_ask_input;
NODISCARD bool enquiry_ask_signature(struct hub *, const struct proposal_ask *, struct error *);

#endif
