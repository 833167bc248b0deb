/*
 * Re-opening: a new episode with its own clock from now, to unallocated; the first keeps its timeliness.
 */
#ifndef HUB_REOPENING_H
#define HUB_REOPENING_H

#include "hub/on_enquiry.h"

struct enquiry_reopen {
	struct on_enquiry on;
	struct text rag;
	struct text reason;
};

extern const struct input_type enquiry_reopen_input;

/* From decided, screened out or closed. */
NODISCARD bool enquiry_reopen(struct hub *, const struct enquiry_reopen *, struct error *);

#endif
