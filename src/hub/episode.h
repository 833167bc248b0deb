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

struct step {
	enum action action;
	enum transition transition;
	struct account_id about; /* the worker it is about, else 0 */
	struct text detail;      /* codes, ids and field names only */
};

/* Takes the step, or REFUSED with why not: sets episode->state, writes the access log and history at hub->now. */
NODISCARD bool episode_step(struct hub *, struct episode *, const struct step *, struct error *);

/* Writes the episode's own columns and raises its version; the schema's own refusals (a full caseload) come as REFUSED. */
NODISCARD bool episode_save(struct hub *, struct episode *, struct error *);

/* Notes a change of the balance for the enquiry and each of its children (or for one child). */
struct balance_change {
	const char *kind;      /* "received" ... as in the table */
	struct child_id child; /* 0: the enquiry and, with children, each child that has not left the balance */
	bool enquiry_too;
	bool screened_out;
};
NODISCARD bool balance_write(struct hub *, const struct episode *, const struct balance_change *, struct error *);

#endif
