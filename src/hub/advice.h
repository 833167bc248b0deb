/*
 * Advice to a family or a professional: a record of its own, on an enquiry or on none (a no-names consultation).
 */
#ifndef HUB_ADVICE_H
#define HUB_ADVICE_H

#include "hub/on_enquiry.h"
#include "sql/advice.h"

struct advice_give {
	struct on_enquiry on; /* no reference: on none; the version is not asked */
	struct text advice_to;
	struct text advice;
};

extern const struct input_type advice_give_input;
NODISCARD bool advice_give(struct hub *, const struct advice_give *, struct advice_id *ret, struct error *);

#endif
