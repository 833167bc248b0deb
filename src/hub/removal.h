/*
 * Removal: what becomes of the work of somebody whose account ends.
 *
 * What they hold goes back to unallocated, all of it or none, and what presses is held at once by whoever is on duty. What
 * they recommended waits for a manager as before.
 */
#ifndef HUB_REMOVAL_H
#define HUB_REMOVAL_H

#include "hub/hub.h"
#include "sql/removal.h"

/* `open`, `held`, `recommended` (of those open), and how many `duties` they are still named for. */
NODISCARD bool removal_leaves(struct hub *, struct account_id, struct removal_counts_row *ret, struct error *);

/* Refuses, with the figures and the way out, where they still hold anything. */
NODISCARD bool removal_check(struct hub *, struct account_id, struct text name, bool unallocate, struct error *);

/* Puts it all back. To be called once the account is disabled, so that none of it finds room with them again. */
NODISCARD bool removal_put_back(struct hub *, struct account_id, struct error *);

#endif
