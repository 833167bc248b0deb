/*
 * What happened: the steps others took since an instant, for a page that says what changed since it was made. Case content
 * is none of it: references, steps and names of colleagues, of what the actor may see.
 */
#ifndef HUB_HAPPENED_H
#define HUB_HAPPENED_H

#include "hub/hub.h"
#include "sql/happened.h"

#define HAPPENED_MOST 100

struct happened_view {
	instant since;           /* INSTANT_NONE: nobody asked */
	int64_t received;        /* new enquiries */
	int64_t given_to_actor;  /* allocated to whoever asks, or held by them */
	struct happened *others; /* every other step, the latest first */
	size_t count;
	bool more; /* there were more than HAPPENED_MOST */
};

/* `worker` 0: in the whole hub; else what concerns that person's work. */
NODISCARD bool happened_load(
	struct hub *, instant since, struct account_id worker, struct happened_view *ret, struct error *);

#endif
