/*
 * Screening: the risk identified and the rating given; or ended there, with a second person.
 *
 * Source: domain.md, "screened" and "screened out".
 */
#ifndef HUB_SCREENING_H
#define HUB_SCREENING_H

#include "hub/child_outcome.h"
#include "hub/proposal.h"

struct enquiry_screen {
	struct on_enquiry on;
	struct text rag;
	struct text rag_reason;
};

extern const struct input_type enquiry_screen_input;

/*
 * received -> screened; due from received_at. A lower rating than an immediate danger's red becomes a proposal and the
 * red stays until it is answered. Screened again after further information: the flag goes, and the rating changes as
 * new information does.
 */
NODISCARD bool enquiry_screen(struct hub *, const struct enquiry_screen *, struct error *);

struct enquiry_screen_out {
	struct on_enquiry on;
	struct text screen_out_reason;
	struct text reason;
	struct input_list children; /* of struct child_outcome, one for every child */
};

extern const struct input_type enquiry_screen_out_input;

/* Proposes to end it here; it stays screened until a second person answers. */
NODISCARD bool enquiry_screen_out(struct hub *, const struct enquiry_screen_out *, struct error *);

/* What the second person says to a screen-out or a lower rating. */
struct proposal_reply {
	struct on_enquiry on;
	struct text answer; /* agreed or refused */
	struct text reason; /* needed to refuse */
};

extern const struct input_type proposal_reply_input;
NODISCARD bool proposal_reply_read(
	const struct hub *, const struct proposal_reply *, struct reply *ret, struct error *);

/* Agreed: screened out with its outcomes, ended, found not necessary; closed where nothing is to be handed over. */
NODISCARD bool enquiry_answer_screen_out(struct hub *, const struct proposal_reply *, struct error *);

#endif
