#include "hub/lock.h"

#include <stdlib.h>

#include "sql/lock.h"

/* What the action has locked last: enough for what a step asks for twice. */
#define REMEMBERED 16

enum held_kind { HELD_NONE, HELD_STEP, HELD_RECORD, HELD_WORKER, HELD_ACCOUNT, HELD_KEY, HELD_KEY_SHARED };

struct held {
	enum held_kind kind;
	int64_t n;
};

struct hub_locks {
	struct held held[REMEMBERED];
	unsigned next;
};

static bool one_writer(const struct hub *hub)
{
	(void)hub;
	return true;
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

/* Kind and name into one number: FNV-1a. Two names that meet in one number only wait for each other. */
static int64_t number_of(enum hub_lock lock, int64_t of, struct text key)
{
	uint64_t h = 14695981039346656037U;

	h = (h ^ (uint64_t)lock) * 1099511628211U;
	for (size_t i = 0; i < sizeof of; i++) h = (h ^ ((uint64_t)of >> (8 * i) & 0xff)) * 1099511628211U;
	for (size_t i = 0; i < key.len; i++) h = (h ^ (unsigned char)key.ptr[i]) * 1099511628211U;
	return (int64_t)h;
}

static int64_t name_of(enum hub_lock lock)
{
	return number_of(lock, 0, TEXT(""));
}

static bool record(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	struct lock_record_row row;
	bool found;

	if (holds(hub, HELD_RECORD, enquiry.n) || holds(hub, HELD_STEP, enquiry.n)) return true;
	if (!lock_record(hub->tx, &(struct lock_record_in){enquiry}, &row, &found, err)) return false;
	return now_holds(hub, HELD_RECORD, enquiry.n);
}

bool hub_lock_enquiry(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	struct lock_step_in in = {.enquiry = enquiry, .key = name_of(LOCK_RETURN)};
	struct lock_step_row row;
	bool found;

	if (one_writer(hub) || holds(hub, HELD_STEP, enquiry.n)) return true;
	if (holds(hub, HELD_KEY_SHARED, in.key)) return record(hub, enquiry, err);
	if (!lock_step(hub->tx, &in, &row, &found, err)) return false;
	return now_holds(hub, HELD_KEY_SHARED, in.key) && now_holds(hub, HELD_STEP, enquiry.n);
}

static int by_id(const void *a, const void *b)
{
	const struct enquiry_id *one = a, *other = b;

	return (one->n > other->n) - (one->n < other->n);
}

bool hub_lock_enquiries(struct hub *hub, struct enquiry_id *ids, size_t count, struct error *err)
{
	if (one_writer(hub)) return true;
	qsort(ids, count, sizeof *ids, by_id);
	for (size_t i = 0; i < count; i++)
		if (!hub_lock_enquiry(hub, ids[i], err)) return false;
	return true;
}

bool hub_lock_enquiry_free(struct hub *hub, struct enquiry_id enquiry, bool *ret_mine, struct error *err)
{
	struct lock_record_free_row row;

	*ret_mine = true;
	if (one_writer(hub) || holds(hub, HELD_STEP, enquiry.n) || holds(hub, HELD_RECORD, enquiry.n)) return true;
	if (!lock_record_free(hub->tx, &(struct lock_record_free_in){enquiry}, &row, ret_mine, err)) return false;
	return !*ret_mine || now_holds(hub, HELD_RECORD, enquiry.n);
}

void hub_locked_new(struct hub *hub, struct enquiry_id enquiry)
{
	if (!one_writer(hub)) now_holds(hub, HELD_RECORD, enquiry.n);
}

bool hub_lock_worker(struct hub *hub, struct account_id worker, struct error *err)
{
	struct lock_worker_row_row row;
	bool found;

	if (one_writer(hub) || !worker.n || holds(hub, HELD_WORKER, worker.n)) return true;
	if (!lock_worker_row(hub->tx, &(struct lock_worker_row_in){worker}, &row, &found, err)) return false;
	return now_holds(hub, HELD_WORKER, worker.n);
}

bool hub_lock_two_workers(struct hub *hub, struct account_id one, struct account_id other, struct error *err)
{
	bool in_order = one.n < other.n;

	return hub_lock_worker(hub, in_order ? one : other, err) && hub_lock_worker(hub, in_order ? other : one, err);
}

bool hub_lock_workers(struct hub *hub, struct error *err)
{
	struct lock_workers_rows rows;

	return one_writer(hub) || lock_workers(hub->tx, &rows, err);
}

static bool key_lock(struct hub *hub, int64_t key, struct error *err)
{
	struct lock_key_row row;

	if (holds(hub, HELD_KEY, key)) return true;
	if (!lock_key(hub->tx, &(struct lock_key_in){key}, &row, err)) return false;
	return now_holds(hub, HELD_KEY, key);
}

bool hub_lock_day(struct hub *hub, day date, struct error *err)
{
	(void)date; /* a return counts from where the one before it ended: they are frozen one after the other */
	return hub_lock(hub, LOCK_RETURN, err);
}

bool hub_lock_counted(struct hub *hub, struct error *err)
{
	struct lock_key_shared_in in = {.key = name_of(LOCK_RETURN)};
	struct lock_key_shared_row row;

	if (one_writer(hub) || holds(hub, HELD_KEY_SHARED, in.key) || holds(hub, HELD_KEY, in.key)) return true;
	if (!lock_key_shared(hub->tx, &in, &row, err)) return false;
	return now_holds(hub, HELD_KEY_SHARED, in.key);
}

bool hub_lock(struct hub *hub, enum hub_lock lock, struct error *err)
{
	return one_writer(hub) || key_lock(hub, name_of(lock), err);
}

bool hub_lock_key(struct hub *hub, enum hub_lock lock, int64_t of, struct text key, struct error *err)
{
	return one_writer(hub) || key_lock(hub, number_of(lock, of, key), err);
}

static bool account(struct hub *hub, struct account_id account, struct error *err)
{
	struct lock_account_row row;
	bool found;

	if (holds(hub, HELD_ACCOUNT, account.n)) return true;
	if (!lock_account(hub->tx, &(struct lock_account_in){account}, &row, &found, err)) return false;
	return now_holds(hub, HELD_ACCOUNT, account.n);
}

bool hub_lock_log(struct hub *hub, struct enquiry_id enquiry, struct account_id about, struct error *err)
{
	if (one_writer(hub)) return true;
	return enquiry.n ? record(hub, enquiry, err) : account(hub, about, err);
}
