#include "hub/removal.h"

#include "hub/holding.h"
#include "sql/holding.h"

bool removal_leaves(struct hub *hub, struct account_id account, struct removal_counts_row *ret, struct error *err)
{
	struct removal_counts_in in = {.account = account, .now = hub->now};

	return removal_counts(hub->tx, &in, ret, err);
}

bool removal_check(struct hub *hub, struct account_id account, struct text name, bool unallocate, struct error *err)
{
	struct removal_counts_row leaves;

	if (unallocate) return true;
	if (!removal_leaves(hub, account, &leaves, err)) return false;
	if (leaves.open + leaves.held == 0) return true;
	error_refused(err, "%.*s holds %lld open", TEXT_ARG(name), (long long)(leaves.open + leaves.held));
	return error_hint(err, "Reallocate them first, or disable with --unallocate (on the page: tick the box): all go "
						   "back to unallocated, and "
						   "what finds no room is held by whoever is on duty.");
}

static bool put_one_back(struct hub *hub, struct account_id account, struct episode_id id, struct error *err)
{
	struct step step = {.action = ACTION_UNALLOCATE,
		.transition = TRANSITION_UNALLOCATED,
		.about = account,
		.detail = TEXT("account_disabled")};
	struct episode episode;
	bool found;

	if (!holding_episode(hub->tx, &(struct holding_episode_in){id}, &episode, &found, err)) return false;
	if (!found) return error_failed(err, "an episode to be put back is gone");
	return holding_put_back(hub, &episode, &step, err);
}

bool removal_put_back(struct hub *hub, struct account_id account, struct error *err)
{
	struct removal_holds_rows held;

	if (!removal_holds(hub->tx, &(struct removal_holds_in){account}, &held, err)) return false;
	for (size_t i = 0; i < held.count; i++)
		if (!put_one_back(hub, account, held.rows[i].id, err)) return false;
	return holding_settle(hub, (struct workstream_id){0}, err);
}
