/*
 * The rota of a demonstration: who is on duty all summer and beyond, one of its social workers ill and one a deputy on the
 * day it stands at.
 */
#ifndef CLI_DEMO_ROTA_H
#define CLI_DEMO_ROTA_H

#include "cli/demo_staff.h"

/* A duty manager and a screener for each day the hub is open, EDT and somebody on call for each time it is closed. */
NODISCARD bool demo_rota_make(const struct demo_staff *, struct hub *, instant from, instant to, struct error *);

/* What the hub was told on the morning it stands at. */
NODISCARD bool demo_rota_today(const struct demo_staff *, struct hub *, instant until, struct error *);

#endif
