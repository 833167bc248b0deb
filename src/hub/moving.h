/*
 * Moving: from one workstream to another, with all its children, before anybody holds it. Its clock runs on, and its
 * timeliness stays with the workstream it began in: moving improves nobody's figures.
 */
#ifndef HUB_MOVING_H
#define HUB_MOVING_H

#include "hub/on_enquiry.h"

struct enquiry_move {
	struct on_enquiry on;
	struct text workstream; /* its key */
	struct text reason;
};

extern const struct input_type enquiry_move_input;
NODISCARD bool enquiry_move(struct hub *, const struct enquiry_move *, struct error *);

#endif
