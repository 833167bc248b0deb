/*
 * Lock: what an action decides on stays as it was read until the action is done, wherever else the hub is served.
 *
 * SQLite has one writer, so there nothing is locked and nothing is asked. PostgreSQL runs actions side by side at READ
 * COMMITTED: every action first locks what it decides on, then reads it (in a statement of its own: each sees what was
 * committed before it began), applies the rule and writes. What is locked stays so until the transaction ends, and what
 * an action has it may ask for again. A reading transaction locks nothing.
 *
 * Always in this order, so that no two wait for each other:
 *   1. keys of one account: LOCK_KEY, LOCK_DRAFT, LOCK_SIGN_IN
 *   2. the named ones, in the order of enum hub_lock
 *   3. the steps: shared by each, alone by what needs all of them to stand still
 *   4. keys of what arrives: LOCK_SENDER, LOCK_CHILD
 *   5. enquiries, by id
 *   6. workers, by account
 *   7. LOCK_HOLDING, and behind it only what nobody else has
 *   8. accounts, for the numbering of their own access logs
 * Where that can't be kept (an enquiry that turns up late), PostgreSQL undoes one of the two and it is run again.
 */
#ifndef HUB_LOCK_H
#define HUB_LOCK_H

#include "hub/hub.h"

enum hub_lock {
	LOCK_STEPS = 1, /* hub_lock_alone's */
	LOCK_KEY,       /* an account's idempotency key */
	LOCK_DRAFT,     /* an account's drafts */
	LOCK_SIGN_IN,   /* an address that somebody signs in with */
	LOCK_ALARM,     /* one alarm */
	LOCK_RETRIAGE,  /* one that is undone */
	LOCK_CHORES,
	LOCK_STAFF,  /* accounts, hours, caps */
	LOCK_ROTA,   /* shifts, absences, deputies, loans */
	LOCK_SENDER, /* a sender's own reference of an enquiry */
	LOCK_CHILD,  /* who a child is: an NHS number, a person */
	LOCK_HOLDING,
};

/* Is there anything to lock? For what has to be looked up only to be locked. */
bool hub_locks(const struct hub *);

/*
 * A step of the enquiry's life: nobody else writes to it until this is done, nor is a return frozen meanwhile. Also the
 * numbering of its access log.
 */
NODISCARD bool hub_lock_enquiry(struct hub *, struct enquiry_id, struct error *);

/* Several of them, in the right order. Sorts `ids`. */
NODISCARD bool hub_lock_enquiries(struct hub *, struct enquiry_id *ids, size_t count, struct error *);

/* Only where nobody else has it: what somebody is at is left to them. True in *ret_mine on SQLite. */
NODISCARD bool hub_lock_enquiry_free(struct hub *, struct enquiry_id, bool *ret_mine, struct error *);

/* This action has just made it: nobody else knows of it yet. */
void hub_locked_new(struct hub *, struct enquiry_id);

/*
 * Whoever had to wait while another policy began is run again from the start (db.h, tx_again): a step is decided wholly under the
 * policy that is in force when it is locked.
 */

/* A step that has no enquiry yet: before anything is read that a return freezes. */
NODISCARD bool hub_lock_step(struct hub *, struct error *);

/* Waits for every step that was begun, and they wait for it: a return is frozen, a policy begins, a file is read in. */
NODISCARD bool hub_lock_alone(struct hub *, struct error *);
NODISCARD bool hub_lock_day(struct hub *, day, struct error *);

/* How many a worker holds and may hold. Two in the right order; 0 is nobody. */
NODISCARD bool hub_lock_worker(struct hub *, struct account_id, struct error *);
NODISCARD bool hub_lock_two_workers(struct hub *, struct account_id, struct account_id, struct error *);

NODISCARD bool hub_lock(struct hub *, enum hub_lock, struct error *);

/* One of many of a kind. `of` is an id that it belongs to, else 0; `key` may be TEXT(""). */
NODISCARD bool hub_lock_key(struct hub *, enum hub_lock, int64_t of, struct text key, struct error *);

/* The same for several keys, in one order whoever asks. At most HUB_KEYS_MOST; TEXT_NONE is passed over. */
#define HUB_KEYS_MOST 64
NODISCARD bool hub_lock_keys(struct hub *, enum hub_lock, const struct text *keys, size_t count, struct error *);

/* The numbering of a record's access log, by audit_write: the enquiry's, or where that is 0 the account's. */
NODISCARD bool hub_lock_log(struct hub *, struct enquiry_id, struct account_id, struct error *);

#endif
