/*
 * Rating again: raising needs one person, lowering two. Lateness is never undone; every rating is kept.
 *
 * Source: domain.md, "Re-rating".
 */
#ifndef HUB_RATING_H
#define HUB_RATING_H

#include "hub/screening.h"

struct enquiry_rerate {
	struct on_enquiry on;
	struct text rag_kind; /* misrated or new_information */
	struct text rag;
	struct text rag_reason;
	instant information_at; /* new_information: when it arrived; no value: now */
};

extern const struct input_type enquiry_rerate_input;

/* Raised at once; lowered becomes a proposal. The same rating is taken only for new information. */
NODISCARD bool enquiry_rerate(struct hub *, const struct enquiry_rerate *, struct error *);

/* A second person's answer to a lower rating. */
NODISCARD bool enquiry_answer_lowering(struct hub *, const struct proposal_reply *, struct error *);

/* One change of rating, for screening's use too: writes the history of ratings, changes rag and due. */
struct rating {
	enum rerate_kind kind;
	enum rag rag;
	struct text reason;
	instant information_at;
};
NODISCARD bool rating_set(struct hub *, struct episode *, const struct rating *, struct error *);

/* When it would be due, rated so. */
instant rating_due(const struct hub *, const struct episode *, const struct rating *);

/* Proposes it instead, for a second person to answer. */
NODISCARD bool rating_propose(struct hub *, struct episode *, const struct rating *, struct error *);

#endif
