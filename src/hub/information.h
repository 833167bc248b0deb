/*
 * Further information: what is learned after the receipt, added beside it; the state is kept. Nobody has looked at it
 * until the enquiry is screened or rated again, or, after the decision, reviewed or re-opened.
 *
 * Source: domain.md, "received" and "Re-rating".
 */
#ifndef HUB_INFORMATION_H
#define HUB_INFORMATION_H

#include "hub/on_enquiry.h"

/* 16 bytes by which the same words are known again. */
struct text information_hash(struct arena *, struct text content);

struct information {
	struct text from; /* who gave it; no value: not told */
	instant arrived_at;
	struct text summary;
	struct text content; /* as it was sent */
	struct text hash;
};

/* Adds it, and asks for screening, or for a review where the enquiry has ended. */
NODISCARD bool information_put(struct hub *, struct episode *, const struct information *, struct error *);

struct information_add {
	struct on_enquiry on; /* the version is not asked: it adds and takes nothing away */
	struct text information_from;
	instant information_at; /* no value: now */
	struct text further_information;
};

extern const struct input_type information_add_input;

/* By hand. The same words from the same person at the same time again add nothing. */
NODISCARD bool information_add(struct hub *, const struct information_add *, struct error *);

struct enquiry_review {
	struct on_enquiry on;
	struct text review_reason; /* nothing changes, because ... */
};

extern const struct input_type enquiry_review_input;

/* Somebody read what came after the decision, and it changes nothing. Where it does, the enquiry is re-opened. */
NODISCARD bool enquiry_review(struct hub *, const struct enquiry_review *, struct error *);

#endif
