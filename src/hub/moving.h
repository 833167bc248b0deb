/*
 * Moving: from one workstream to another, with all its children. Its clock runs on, and its
 * timeliness stays with the workstream it began in: moving improves nobody's figures.
 */
#ifndef HUB_MOVING_H
#define HUB_MOVING_H

#include "hub/on_enquiry.h"
#include "sql/moving.h"

struct enquiry_move {
	struct on_enquiry on;
	struct text workstream; /* its key */
	struct text reason;
};

extern const struct input_type enquiry_move_input;

/* With a worker or a holder it is put back first: they are of the old workstream's team. A recommendation is answered first. */
NODISCARD bool enquiry_move(struct hub *, const struct enquiry_move *, struct error *);

/* Every workstream there is, for the form. */
NODISCARD bool moving_workstreams(struct hub *, struct moving_choices_rows *ret, struct error *);

#endif
