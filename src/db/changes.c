#include "db/changes_part.h"

#include "base/clock_source.h"
#include "db/database.h"

/* Numbers for each millisecond, so that no restart begins below what an earlier run came to. */
#define NUMBERS_A_MS 1024

void changes_init(struct changes *changes)
{
	struct clock_source machine = clock_source_machine();

	atomic_init(&changes->number, clock_source_now(&machine) * NUMBERS_A_MS);
	atomic_init(&changes->teller, NULL);
}

void changes_count(struct changes *changes)
{
	atomic_fetch_add(&changes->number, 1);
}

void changes_hear(struct changes *changes, int64_t number)
{
	int64_t known = atomic_load(&changes->number), next;

	do next = number > known ? number : known + 1;
	while (!atomic_compare_exchange_weak(&changes->number, &known, next));
}

void changes_committed(struct changes *changes)
{
	struct changes_teller *teller = atomic_load(&changes->teller);

	if (teller)
		changes_tell(teller);
	else
		changes_count(changes);
}

int64_t changes_number(const struct changes *changes)
{
	return atomic_load(&changes->number);
}

void tx_changed(struct tx *tx)
{
	tx->changed = true;
}

int64_t tx_change_number(const struct tx *tx)
{
	return tx->change_number;
}

int64_t db_change_number(struct db *db)
{
	return changes_number(&db->changes);
}
