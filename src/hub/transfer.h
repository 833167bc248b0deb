/*
 * A family that comes from another authority: who told, what plan it comes with, whether it was accepted, and the
 * conference that is due where it comes with a plan. (To another authority is an outcome: domain.md, other_authority.)
 *
 * Source: domain.md, "Other clocks". It adds to the record and doesn't raise the version.
 */
#ifndef HUB_TRANSFER_H
#define HUB_TRANSFER_H

#include "hub/on_enquiry.h"

struct transfer_record {
	struct on_enquiry on;
	struct text from_authority;
	struct text spoken_to;
	struct text plan_status;
	instant told_at; /* no value: now */
};

extern const struct input_type transfer_record_input;
NODISCARD bool transfer_in_record(struct hub *, const struct transfer_record *, struct error *);

struct transfer_accept {
	struct on_enquiry on;
	struct transfer_in_id transfer_in;
};

extern const struct input_type transfer_accept_input;
NODISCARD bool transfer_accept(struct hub *, const struct transfer_accept *, struct error *);

struct transfer_conference {
	struct on_enquiry on;
	struct transfer_in_id transfer_in;
	instant conference_held_at;
};

extern const struct input_type transfer_conference_input;
NODISCARD bool transfer_conference(struct hub *, const struct transfer_conference *, struct error *);

#endif
