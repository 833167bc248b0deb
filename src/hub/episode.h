/*
 * Episode: what every step of the life cycle decides on, locked, stepped and saved.
 *
 * An action reads as: hub_may, episode_lock, its rule, change the struct, episode_step (which checks the life cycle
 * and writes history and access log), episode_save. `struct episode` is the row of queries/episode.sql: identity and
 * the enquiry's receipt, which never change, and the episode's own columns, all of which episode_save writes.
 */
#ifndef HUB_EPISODE_H
#define HUB_EPISODE_H

#include "hub/hub.h"
#include "sql/episode.h"

#define VERSION_ANY ((int64_t)-1) /* files and the command line: whatever stands now */

/*
 * The current episode of the enquiry with this reference (or external_ref, where no reference is so), locked until
 * the transaction ends. NOT_FOUND also for one the actor may not see; STALE with who changed it, how and when.
 */
NODISCARD bool episode_lock(struct hub *, struct text reference, int64_t version, struct episode *ret, struct error *);

/* The same of several at once, in one order: each is loaded after this by its own episode_lock. */
NODISCARD bool enquiries_lock(struct hub *, const struct text *references, size_t count, struct error *);

/* The enquiry of this reference (or external_ref) that the actor may see, locked too, else NOT_FOUND. */
NODISCARD bool enquiry_find(struct hub *, struct text reference, struct enquiry_id *ret, struct error *);

struct step {
	enum action action;
	enum transition transition;
	struct account_id about; /* the worker it is about, else 0 */
	struct text detail;      /* codes, ids and field names only */
};

/* Takes the step, or REFUSED with why not: sets episode->state, writes the access log and history at hub->now. */
NODISCARD bool episode_step(struct hub *, struct episode *, const struct step *, struct error *);

/* The first step of a new episode, out of nothing: `episode` was just inserted. */
NODISCARD bool episode_begun(struct hub *, const struct episode *, const struct step *, struct error *);

/* Writes the episode's own columns and raises its version; the schema's own refusals (a full caseload) come as REFUSED. */
NODISCARD bool episode_save(struct hub *, struct episode *, struct error *);

/*
 * Notes a change of the daily return's balance at hub->now. Enquiries and children are balanced apart: a child
 * completes at its own outcome, an enquiry at its last child's. An instant whose window is frozen becomes a correction.
 */
enum balance_unit {
	BALANCE_ENQUIRY,       /* the enquiry alone */
	BALANCE_WITH_CHILDREN, /* the enquiry and every child of it still in the balance */
	BALANCE_CHILD,         /* one child alone */
};

struct balance_change {
	const char *kind; /* received reopened moved_in completed withdrawn moved_out added removed */
	enum balance_unit unit;
	struct child_id child; /* BALANCE_CHILD */
	/* BALANCE_WITH_CHILDREN, where who asks knows that these are all of them; NULL: they are looked up. */
	const struct child_id *children;
	size_t child_count;
	bool screened_out;
};

NODISCARD bool balance_write(struct hub *, const struct episode *, const struct balance_change *, struct error *);

#endif
