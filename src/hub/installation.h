/*
 * Installation: making the hub that a database then is.
 *
 * One row of `installation` says whose hub this is. Making one gives it the operator's account, a team for each
 * workstream, the first version of the policy (in force from the beginning of time, so that what came before the hub
 * was made has a clock too) and the six services of interfaces.md.
 */
#ifndef HUB_INSTALLATION_H
#define HUB_INSTALLATION_H

#include "hub/hub.h"

struct hub_init {
	struct text authority;        /* no value: "Fanlight" */
	struct text reference_prefix; /* 1 to 6 capitals and digits; no value: the policy's, else by the authority's name */
	struct text policy;           /* text as policy_read takes it; no value: the policy that ships */
	bool simulated;               /* for ever: every page says so */
};

/* Makes the hub, or REFUSED where the database holds one. Begins it: *ret acts as the operator. */
NODISCARD bool hub_init(const struct hub_edge *, const struct hub_init *, struct hub *ret, struct error *);

/* "FL" for Fanlight, "OX" for Oxfordshire, "NYM" for North Yorkshire Moors: into the arena. */
struct text reference_prefix_for(struct arena *, struct text authority);

#endif
