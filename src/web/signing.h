/*
 * Signing: what the forms to ask for a signature, decide alone and look again show, and the lists of what waits.
 */
#ifndef WEB_SIGNING_H
#define WEB_SIGNING_H

#include "hub/second_look.h"

struct step_view;
struct enquiry_view;

/* What waits for this person, on their first page. */
struct waiting_view {
	struct signature_rows signatures;
	struct second_look_waiting_rows looks; /* for those who may take one */
	instant now;
};

NODISCARD bool waiting_load(struct hub *, struct waiting_view *ret, struct error *);
void waiting_json(struct json *, const struct waiting_view *);

NODISCARD bool signing_load(struct hub *, struct step_view *, struct error *);
const struct choice *signing_people_choices(const struct step_view *);
size_t signing_people_count(const struct step_view *);

/* The second look that waits in this view, or NULL. */
const struct second_look_shown *signing_look(const struct enquiry_view *);

#endif
