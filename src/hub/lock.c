#include "hub/lock.h"

#include <stdlib.h>

#include "hub/policy.h"
#include "sql/lock.h"

/* What the action has locked last: enough for what a step asks for twice. */
#define REMEMBERED 16

enum held_kind { HELD_NONE, HELD_ENQUIRY, HELD_WORKER, HELD_ACCOUNT, HELD_KEY };

struct held {
	enum held_kind kind;
	int64_t n;
};

struct hub_locks {
	bool step;
	bool alone;
	struct held held[REMEMBERED];
	unsigned next;
};

static bool one_writer(const struct hub *hub)
{
	return tx_engine(hub->tx) == DB_SQLITE;
}

/* On SQLite there is nothing to lock, and who only reads has nothing to lock for. */
static bool nothing_to_lock(const struct hub *hub)
{
	return one_writer(hub) || !tx_writes(hub->tx);
}

bool hub_locks(const struct hub *hub)
{
	return !nothing_to_lock(hub);
}

static struct hub_locks *locks_of(struct hub *hub)
{
	if (!hub->locks) hub->locks = arena_new(hub->arena, struct hub_locks);
	return hub->locks;
}

static bool holds(struct hub *hub, enum held_kind kind, int64_t n)
{
	const struct hub_locks *locks = locks_of(hub);

	for (size_t i = 0; i < REMEMBERED; i++)
		if (locks->held[i].kind == kind && locks->held[i].n == n) return true;
	return false;
}

static bool now_holds(struct hub *hub, enum held_kind kind, int64_t n)
{
	struct hub_locks *locks = locks_of(hub);

	locks->held[locks->next++ % REMEMBERED] = (struct held){kind, n};
	return true;
}

static uint64_t mixed(uint64_t h, uint64_t byte)
{
	return (h ^ byte) * 1099511628211U;
}

/* Kind and name in one number: FNV-1a. Two names that meet in one number only wait for each other. */
static int64_t number_of(enum hub_lock lock, int64_t of, struct text key)
{
	uint64_t h = mixed(14695981039346656037U, (uint64_t)lock);

	for (size_t i = 0; i < sizeof of; i++) h = mixed(h, (uint64_t)of >> (8 * i) & 0xff);
	for (size_t i = 0; i < key.len; i++) h = mixed(h, (unsigned char)key.ptr[i]);
	return (int64_t)h;
}

static int64_t name_of(enum hub_lock lock)
{
	return number_of(lock, 0, TEXT(""));
}

static bool key_lock(struct hub *hub, int64_t key, struct error *err)
{
	struct lock_key_row row;

	if (holds(hub, HELD_KEY, key)) return true;
	if (!lock_key(hub->tx, &(struct lock_key_in){key}, &row, err)) return false;
	return now_holds(hub, HELD_KEY, key);
}

/* The row, and with it what is written about the enquiry. */
static bool enquiry_row(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	struct lock_enquiry_row row;
	bool found;

	if (holds(hub, HELD_ENQUIRY, enquiry.n)) return true;
	if (!lock_enquiry(hub->tx, &(struct lock_enquiry_in){enquiry}, &row, &found, err)) return false;
	return now_holds(hub, HELD_ENQUIRY, enquiry.n);
}

static bool account_row(struct hub *hub, struct account_id account, struct error *err)
{
	struct lock_account_row row;
	bool found;

	if (holds(hub, HELD_ACCOUNT, account.n)) return true;
	if (!lock_account(hub->tx, &(struct lock_account_in){account}, &row, &found, err)) return false;
	return now_holds(hub, HELD_ACCOUNT, account.n);
}

/*
 * A policy begins while everything stands still: who waited for that was begun under the one before, under which nothing may be
 * decided any more, since open deadlines have moved.
 */
static bool under_one_policy(struct hub *hub, struct error *err)
{
	const struct policy *policy;
	struct policy_id version;

	if (!policy_in_force(hub->tx, hub->begun, &policy, &version, err)) return false;
	return version.n == hub->policy_version.n || tx_again(hub->tx, err);
}

/* Both in one statement: what is frozen is locked before the row. */
static bool step_of(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	struct lock_step_of_in in = {.enquiry = enquiry, .key = name_of(LOCK_STEPS)};
	struct lock_step_of_row row;
	bool found;

	if (!lock_step_of(hub->tx, &in, &row, &found, err)) return false;
	locks_of(hub)->step = true;
	return now_holds(hub, HELD_ENQUIRY, enquiry.n) && under_one_policy(hub, err);
}

static bool stands_still(struct hub *hub)
{
	return locks_of(hub)->step || locks_of(hub)->alone;
}

bool hub_lock_enquiry(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	if (nothing_to_lock(hub)) return true;
	return (stands_still(hub) ? enquiry_row : step_of)(hub, enquiry, err);
}

static int by_id(const void *a, const void *b)
{
	const struct enquiry_id *one = a, *other = b;

	return (one->n > other->n) - (one->n < other->n);
}

bool hub_lock_enquiries(struct hub *hub, struct enquiry_id *ids, size_t count, struct error *err)
{
	if (nothing_to_lock(hub)) return true;
	qsort(ids, count, sizeof *ids, by_id);
	for (size_t i = 0; i < count; i++)
		if (!hub_lock_enquiry(hub, ids[i], err)) return false;
	return true;
}

bool hub_lock_enquiry_free(struct hub *hub, struct enquiry_id enquiry, bool *ret_mine, struct error *err)
{
	struct lock_enquiry_free_row row;

	*ret_mine = true;
	if (nothing_to_lock(hub) || holds(hub, HELD_ENQUIRY, enquiry.n)) return true;
	if (!lock_enquiry_free(hub->tx, &(struct lock_enquiry_free_in){enquiry}, &row, ret_mine, err)) return false;
	return !*ret_mine || now_holds(hub, HELD_ENQUIRY, enquiry.n);
}

void hub_locked_new(struct hub *hub, struct enquiry_id enquiry)
{
	if (!nothing_to_lock(hub)) now_holds(hub, HELD_ENQUIRY, enquiry.n);
}

bool hub_lock_step(struct hub *hub, struct error *err)
{
	struct lock_key_shared_row row;

	if (nothing_to_lock(hub) || stands_still(hub)) return true;
	if (!lock_key_shared(hub->tx, &(struct lock_key_shared_in){name_of(LOCK_STEPS)}, &row, err)) return false;
	locks_of(hub)->step = true;
	return under_one_policy(hub, err);
}

bool hub_lock_alone(struct hub *hub, struct error *err)
{
	if (nothing_to_lock(hub) || locks_of(hub)->alone) return true;
	if (!key_lock(hub, name_of(LOCK_STEPS), err)) return false;
	locks_of(hub)->alone = true;
	return under_one_policy(hub, err);
}

bool hub_lock_day(struct hub *hub, day date, struct error *err)
{
	(void)date; /* each begins where the one before it ended: they are frozen one after the other */
	return hub_lock_alone(hub, err);
}

bool hub_lock_worker(struct hub *hub, struct account_id worker, struct error *err)
{
	struct lock_worker_row row;
	bool found;

	if (nothing_to_lock(hub) || !worker.n || holds(hub, HELD_WORKER, worker.n)) return true;
	if (!lock_worker(hub->tx, &(struct lock_worker_in){worker}, &row, &found, err)) return false;
	return now_holds(hub, HELD_WORKER, worker.n);
}

bool hub_lock_two_workers(struct hub *hub, struct account_id one, struct account_id other, struct error *err)
{
	bool in_order = one.n < other.n;

	return hub_lock_worker(hub, in_order ? one : other, err) && hub_lock_worker(hub, in_order ? other : one, err);
}

bool hub_lock(struct hub *hub, enum hub_lock lock, struct error *err)
{
	return nothing_to_lock(hub) || key_lock(hub, name_of(lock), err);
}

bool hub_lock_key(struct hub *hub, enum hub_lock lock, int64_t of, struct text key, struct error *err)
{
	return nothing_to_lock(hub) || key_lock(hub, number_of(lock, of, key), err);
}

static int by_number(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/* While nothing else arrives, nothing that arrives has to be locked: thousands in one file would be too many. */
bool hub_lock_keys(struct hub *hub, enum hub_lock lock, const struct text *keys, size_t count, struct error *err)
{
	int64_t numbers[HUB_KEYS_MOST];
	size_t n = 0;

	if (nothing_to_lock(hub) || locks_of(hub)->alone) return true;
	for (size_t i = 0; i < count && n < HUB_KEYS_MOST; i++)
		if (!text_none(keys[i])) numbers[n++] = number_of(lock, 0, keys[i]);
	qsort(numbers, n, sizeof *numbers, by_number);
	for (size_t i = 0; i < n; i++)
		if (!key_lock(hub, numbers[i], err)) return false;
	return true;
}

bool hub_lock_log(struct hub *hub, struct enquiry_id enquiry, struct account_id account, struct error *err)
{
	if (nothing_to_lock(hub)) return true;
	return enquiry.n ? enquiry_row(hub, enquiry, err) : account_row(hub, account, err);
}
