/*
 * Hand-overs: what is passed to somebody else after a decision, until they accept it by name.
 *
 * Source: domain.md, "closed" and "Outcomes (per child)".
 */
#ifndef HUB_HAND_OVER_H
#define HUB_HAND_OVER_H

#include "hub/on_enquiry.h"
#include "sql/hand_over.h"
#include "sql/outcome.h"

struct hand_over_reply {
	struct on_enquiry on; /* the version is not asked: an answer adds and takes nothing away */
	struct hand_over_id hand_over;
	struct text hand_over_answer; /* accepted or declined */
	struct text accepted_by;      /* who answered, by name; needed for both */
	struct text declined_reason;  /* needed to decline */
};

extern const struct input_type hand_over_reply_input;

/* The last one accepted closes the enquiry. One declined stands on the list until it is handed over anew. */
NODISCARD bool hand_over_reply(struct hub *, const struct hand_over_reply *, struct error *);

/* Makes those that follow from an authorised outcome of one child: none where it hands nothing over. */
NODISCARD bool hand_over_follow(
	struct hub *, const struct episode *, const struct outcome_proposed_row *, struct error *);

/* Owes the referrer an answer, through the outbox; nothing for an anonymous one or from a file. */
NODISCARD bool feedback_owe(struct hub *, const struct episode *, struct error *);

struct referrer_told {
	struct on_enquiry on;
	instant referrer_told_at; /* no value: now */
};

extern const struct input_type referrer_told_input;

/* Somebody told the referrer what came of it: what was owed first is owed no longer. */
NODISCARD bool referrer_answered(struct hub *, const struct referrer_told *, struct error *);

#endif
