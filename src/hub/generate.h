/*
 * Generate: a hub of a given size, invented, and quickly.
 *
 * Enquiries arrive over so many years, by families that come again, and each is taken through its course in the order
 * in which it would have been lived: what is written is what the actions write (history with its access-log entry, balance events, ratings,
 * proposals, outcomes, hand-overs), every working day's return is collated by the action itself, and the few hundred that stand open
 * at the end are put there through the schema's guards. The same size, years and seed give the same hub, whatever the engine.
 *
 * It is done in batches, each a transaction of its own: an interrupted one leaves a hub that is good for nothing.
 */
#ifndef HUB_GENERATE_H
#define HUB_GENERATE_H

#include "hub/hub.h"

#define GENERATE_ENQUIRIES_MOST 30000000
#define GENERATE_YEARS_MOST     25

struct generate {
	int64_t enquiries;
	int years;
	uint64_t seed;
	instant until; /* the hub's present: a moment of a working day */
};

#define GENERATE_WORKERS_MOST  40
#define GENERATE_MANAGERS_MOST 4

/* Who does it all; every place is filled. */
struct generate_staff {
	struct account_id administrator;
	struct account_id edt_worker;
	struct account_id edt_manager;
	struct account_id managers[GENERATE_MANAGERS_MOST];
	size_t manager_count;
	struct account_id workers[GENERATE_WORKERS_MOST];
	size_t worker_count;
};

struct generation;

/* When the first enquiry may arrive. */
instant generate_begins(const struct generate *);

/* REFUSED in a hub that holds an enquiry. It is simulated from now on, for ever; until all is written, episodes may end as they begin. */
NODISCARD bool generate_mark(struct hub *, struct error *);

/* Keeps its state in the arena, which outlives it. */
struct generation *generation_new(
	struct arena *, const struct generate *, const struct generate_staff *, const struct policy *);

/* The next days, in one transaction, which is not run twice. *ret_done once the hub's present is reached. */
NODISCARD bool generation_go_on(struct generation *, struct hub *, bool *ret_done, struct error *);

/* The batch is on disk: the next may be written. */
void generation_written(struct generation *);

/* How many enquiries and children there are by now. */
int64_t generation_enquiries(const struct generation *);
int64_t generation_children(const struct generation *);

#endif
