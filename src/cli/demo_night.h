/*
 * The demonstration's nights: what passes to EDT at close and comes back at opening, each accepted a few minutes later.
 */
#ifndef CLI_DEMO_NIGHT_H
#define CLI_DEMO_NIGHT_H

#include "cli/demo_staff.h"
#include "hub/hub.h"

/* A few minutes after the hub closes EDT's manager accepts what passed; after it opens a practice manager what came back. */
NODISCARD bool demo_night(struct hub *, const struct demo_staff *, bool closes, struct error *);

/* At the moment the demonstration stands at: alarms and hand-overs that are over by then. */
NODISCARD bool demo_night_ends(struct hub *, struct error *);

#endif
