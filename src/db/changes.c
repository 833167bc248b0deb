#include "db/changes_part.h"

#include "base/clock_source.h"
#include "db/database.h"

/* Numbers for each millisecond, so that no restart begins below what an earlier run came to. */
#define NUMBERS_A_MS 1024

/* As one number, from which both engines' nodes come to the same slot. */
static int64_t one_of(enum change_kind kind, int64_t id)
{
	return id * CHANGE_KINDS + (int64_t)kind;
}

static uint16_t slot_of(int64_t one)
{
	return (uint16_t)((uint64_t)one % CHANGE_SLOTS);
}

void change_list_add_all(struct change_list *list)
{
	list->any = list->all = true;
}

void change_list_add(struct change_list *list, int64_t one)
{
	list->any = true;
	for (int i = 0; i < list->count; i++)
		if (list->each[i] == one) return;
	if (list->count == CHANGE_LIST_MOST)
		list->all = true;
	else
		list->each[list->count++] = one;
}

void change_list_join(struct change_list *list, const struct change_list *more)
{
	list->any |= more->any;
	list->all |= more->all;
	for (int i = 0; i < more->count; i++) change_list_add(list, more->each[i]);
}

void changes_init(struct changes *changes)
{
	struct clock_source machine = clock_source_machine();
	int64_t number = clock_source_now(&machine) * NUMBERS_A_MS;

	atomic_init(&changes->number, number);
	atomic_init(&changes->everything, number);
	atomic_init(&changes->teller, NULL);
}

void changes_start_at(struct changes *changes, int64_t number)
{
	atomic_store(&changes->number, number);
	atomic_store(&changes->everything, number);
}

static void raise_to(_Atomic int64_t *at, int64_t number)
{
	int64_t known = atomic_load(at);

	while (known < number && !atomic_compare_exchange_weak(at, &known, number)) continue;
}

/* The number first: who is told of a change asks again with a number that is not less than the change's. */
void changes_hear(struct changes *changes, int64_t number, const struct change_list *list)
{
	int64_t known = atomic_load(&changes->number), next;

	do next = number > known ? number : known + 1;
	while (!atomic_compare_exchange_weak(&changes->number, &known, next));
	if (list->all) raise_to(&changes->everything, next);
	for (int i = 0; i < list->count; i++) raise_to(&changes->slots[slot_of(list->each[i])], next);
}

void changes_hear_all(struct changes *changes, int64_t number)
{
	changes_hear(changes, number, &(struct change_list){.any = true, .all = true});
}

void changes_count(struct changes *changes)
{
	changes_hear_all(changes, 0);
}

void changes_committed(struct changes *changes, const struct change_list *list)
{
	struct changes_teller *teller = atomic_load(&changes->teller);

	if (!list->any) return;
	if (teller)
		changes_tell(teller, list);
	else
		changes_hear(changes, 0, list);
}

int64_t changes_number(const struct changes *changes)
{
	return atomic_load(&changes->number);
}

int64_t changes_number_of(const struct changes *changes, const struct followed *followed)
{
	int64_t latest = atomic_load(&changes->everything);

	if (followed->count <= 0) return changes_number(changes);
	for (int i = 0; i < followed->count; i++) {
		int64_t number = atomic_load(&changes->slots[followed->slots[i]]);

		if (number > latest) latest = number;
	}
	return latest;
}

void followed_add(struct followed *followed, enum change_kind kind, int64_t id)
{
	uint16_t slot = slot_of(one_of(kind, id));

	if (followed->count < 0) return;
	if (followed->count == FOLLOWED_MOST)
		followed->count = -1;
	else
		followed->slots[followed->count++] = slot;
}

void tx_changed(struct tx *tx)
{
	change_list_add_all(&tx->changed);
}

void tx_changed_of(struct tx *tx, enum change_kind kind, int64_t id)
{
	change_list_add(&tx->changed, one_of(kind, id));
}

int64_t tx_change_number(const struct tx *tx)
{
	return tx->change_number;
}

int64_t tx_change_number_of(const struct tx *tx, const struct followed *followed)
{
	struct db *db = tx->owner;

	return db_change_number_of(db, followed);
}

int64_t db_change_number(struct db *db)
{
	return changes_number(&db->changes);
}

int64_t db_change_number_of(struct db *db, const struct followed *followed)
{
	return changes_number_of(&db->changes, followed);
}
