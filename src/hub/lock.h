/*
 * Lock: what an action decides on stays as it was read until the action is done, wherever else the hub is served.
 *
 * SQLite has one writer, so there nothing is locked and nothing is asked. PostgreSQL runs actions side by side at READ
 * COMMITTED: every action first locks what it decides on, then reads it (in a statement of its own: each sees what was
 * committed before it began), applies the rule and writes. What is locked stays so until the transaction ends, and an
 * action asks again for what it has without a word to the database.
 *
 * Always in this order, so that no two wait for each other:
 *   1. what a return freezes (shared by the steps; alone by whoever freezes one)
 *   2. keys: of a submission, of a sender's reference, of a child, in the order of enum hub_lock
 *   3. enquiries, by id
 *   4. workers, by account
 *   5. the named ones, in the order of enum hub_lock
 *   6. accounts, for the numbering of their own access logs
 * Where that can't be kept (an enquiry that turns up late), PostgreSQL undoes one of the two and it is run again.
 */
#ifndef HUB_LOCK_H
#define HUB_LOCK_H

#include "hub/hub.h"

/* What has a name and no row of its own. */
enum hub_lock {
	LOCK_RETURN = 1, /* what a frozen return has counted */
	LOCK_KEY,        /* of an account: an idempotency key, its one draft of a form */
	LOCK_SENDER,     /* a sender's own reference of an enquiry */
	LOCK_CHILD,      /* who a child is: an NHS number, a family name */
	LOCK_POLICY,
	LOCK_STAFF,   /* accounts, teams, services */
	LOCK_ROTA,    /* duties, absences, deputies, loans */
	LOCK_HOLDING, /* which enquiries find no room */
	LOCK_CHORES,
	LOCK_IMPORT, /* files that are read whole */
};

/*
 * A step of the enquiry's life, or whatever else a return may count: nobody else writes to it until this is done. Also
 * the numbering of its access log.
 */
NODISCARD bool hub_lock_enquiry(struct hub *, struct enquiry_id, struct error *);

/* Two or more of them, in the right order. Sorts `ids`. */
NODISCARD bool hub_lock_enquiries(struct hub *, struct enquiry_id *ids, size_t count, struct error *);

/* Only where nobody else has it: what somebody is at is left to them. True in *ret_mine on SQLite. */
NODISCARD bool hub_lock_enquiry_free(struct hub *, struct enquiry_id, bool *ret_mine, struct error *);

/* This action has just made it: nobody else knows of it yet. */
void hub_locked_new(struct hub *, struct enquiry_id);

/* How many a worker holds and may hold. Two in the right order; 0 is nobody. */
NODISCARD bool hub_lock_worker(struct hub *, struct account_id, struct error *);
NODISCARD bool hub_lock_two_workers(struct hub *, struct account_id, struct account_id, struct error *);

/* Every worker: a policy changes what all of them may hold. */
NODISCARD bool hub_lock_workers(struct hub *, struct error *);

/* Freezes a return of this day: waits for every step that was begun, and they wait for it. */
NODISCARD bool hub_lock_day(struct hub *, day, struct error *);

/* Writes what a return may count without a step: before anything is read of what is frozen. */
NODISCARD bool hub_lock_counted(struct hub *, struct error *);

NODISCARD bool hub_lock(struct hub *, enum hub_lock, struct error *);

/* One of many of a kind: LOCK_KEY, LOCK_SENDER, LOCK_CHILD. `of` is an id that it belongs to, else 0. */
NODISCARD bool hub_lock_key(struct hub *, enum hub_lock, int64_t of, struct text key, struct error *);

/* The numbering of a record's access log, by audit_write. */
NODISCARD bool hub_lock_log(struct hub *, struct enquiry_id, struct account_id, struct error *);

#endif
