#include "hub/happened.h"

static bool gives_to_actor(const struct hub *hub, const struct happened *row)
{
	enum transition transition = transition_of(row->transition);

	if (row->worker.n != hub->actor.account.n) return false;
	return transition == TRANSITION_ALLOCATED || transition == TRANSITION_REALLOCATED || transition == TRANSITION_HELD;
}

static void count(const struct hub *hub, const struct happened *row, struct happened_view *view)
{
	if (transition_of(row->transition) == TRANSITION_RECEIVED)
		view->received++;
	else if (gives_to_actor(hub, row))
		view->given_to_actor++;
	else
		view->others[view->count++] = *row;
}

bool happened_load(
	struct hub *hub, instant since, struct account_id worker, struct happened_view *ret, struct error *err)
{
	struct happened_since_in in = {
		.viewer = hub->actor.account, .since = since, .worker = worker, .limit = HAPPENED_MOST + 1};
	struct happened_rows rows;

	if (!happened_since(hub->tx, &in, &rows, err)) return false;
	*ret = (struct happened_view){.since = since,
		.others = arena_new_array(hub->arena, rows.count, struct happened),
		.more = rows.count > HAPPENED_MOST};
	for (size_t i = 0; i < rows.count && i < HAPPENED_MOST; i++) count(hub, &rows.rows[i], ret);
	return true;
}
