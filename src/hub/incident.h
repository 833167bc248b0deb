/*
 * Incident: two enquiries about the same one, linked and unlinked. Both pages show it, and who holds one of them is
 * recommended for the other where there is room.
 */
#ifndef HUB_INCIDENT_H
#define HUB_INCIDENT_H

#include "hub/on_enquiry.h"

struct incident_link {
	struct on_enquiry on;
	struct text linked_to; /* the other's reference */
	struct text reason;
};

extern const struct input_type incident_link_input;

/* Refused: itself, one already linked, one withdrawn; one that isn't there and one not to be seen in the same words. */
NODISCARD bool incident_link(struct hub *, const struct incident_link *, struct error *);
NODISCARD bool incident_unlink(struct hub *, const struct incident_link *, struct error *);

#endif
