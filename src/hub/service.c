#include "hub/service.h"

#include "rules/policy_lists.h"

static const struct service_all_row *find(const struct service_all_rows *all, struct text name)
{
	for (size_t i = 0; i < all->count; i++)
		if (text_equal_nocase(all->rows[i].name, name)) return &all->rows[i];
	return NULL;
}

static bool offer(struct tx *tx, const struct service_all_row *known, struct text name, struct error *err)
{
	if (!known) return service_insert(tx, &(struct service_insert_in){name}, NULL, err);
	if (known->ended_at == INSTANT_NONE && text_equal(known->name, name)) return true;
	return service_offer(tx, &(struct service_offer_in){.name = name, .id = known->id}, NULL, err);
}

bool services_settle(struct tx *tx, struct service_names names, instant now, struct error *err)
{
	struct service_all_rows all;

	if (!service_all(tx, &all, err)) return false;
	for (size_t i = 0; i < all.count; i++) {
		const struct service_all_row *row = &all.rows[i];

		if (row->ended_at != INSTANT_NONE || service_named(names, row->name)) continue;
		if (!service_retire(tx, &(struct service_retire_in){.at = now, .id = row->id}, NULL, err)) return false;
	}
	for (size_t i = 0; i < names.count; i++)
		if (!offer(tx, find(&all, names.rows[i]), names.rows[i], err)) return false;
	return true;
}

bool services_in_use(struct hub *hub, struct service_rows *ret, struct error *err)
{
	return service_list(hub->tx, ret, err);
}
