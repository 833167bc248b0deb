/*
 * Day totals: the figures of each frozen day, kept beside it for pages that show many days.
 *
 * A job keeps them once a day from what was frozen, never an action: a total is what the rows of its day sum up to, for good.
 */
#ifndef HUB_DAY_TOTAL_H
#define HUB_DAY_TOTAL_H

#include "hub/hub.h"

/* The chore: were they kept today, and keeping those of every frozen day that has none. */
NODISCARD bool day_totals_due(struct hub *, bool *ret, struct error *);
NODISCARD bool day_totals_keep_all(struct hub *, struct error *);

#endif
