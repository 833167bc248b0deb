/*
 * Swapping: where nobody has room, a named green or amber of a worker goes back to unallocated and this enquiry takes its
 * place with that worker, in one transaction; 25 throughout, all or nothing.
 *
 * Both versions are looked at: what was decided, or moved, a second earlier is not swapped, and who did it is told.
 *
 * Source: domain.md, "held".
 */
#ifndef HUB_SWAP_H
#define HUB_SWAP_H

#include "hub/on_enquiry.h"
#include "sql/holding.h"

struct enquiry_swap {
	struct on_enquiry on;
	struct text swap_with; /* "OX-0012", or with the version that was seen "OX-0012@7" */
	struct text reason;
};

extern const struct input_type enquiry_swap_input;

NODISCARD bool enquiry_swap(struct hub *, const struct enquiry_swap *, struct error *);

/* What could go back for an enquiry of this workstream: greens first, then ambers, each with the most time left first. */
NODISCARD bool swap_offers_of(
	struct hub *, struct workstream_id, int64_t limit_rows, struct swap_offer_rows *ret, struct error *);

#endif
