#include "hub/hub.h"

#include "hub/policy.h"
#include "rules/clock.h"
#include "sql/hub.h"

bool hub_begin(const struct hub_edge *edge, struct hub *ret, struct error *err)
{
	struct installation_get_row installation;
	bool found;

	*ret = (struct hub){
		.tx = edge->tx,
		.arena = tx_arena(edge->tx),
		.now = instant_whole_second(edge->now),
		.recorded_at = instant_whole_second(edge->now),
		.begun = instant_whole_second(edge->now),
		.random = edge->random,
		.actor.role = ROLE_NONE,
		.request_id = edge->request_id,
	};
	if (!installation_get(edge->tx, &installation, &found, err)) return false;
	if (!found) {
		error_failed(err, "the database holds no hub");
		return error_hint(err, "Make one with: fanlight init");
	}
	ret->authority = installation.authority;
	ret->simulated = installation.simulated;
	return policy_in_force(edge->tx, ret->begun, &ret->policy, &ret->policy_version, err);
}

static bool actor_usable(const struct hub *hub, const struct actor_get_row *row, struct error *err)
{
	if (row->disabled_at != INSTANT_NONE && row->disabled_at <= hub->now)
		return error_denied(err, "the account of %.*s is disabled", TEXT_ARG(row->name));
	if (row->ends_at != INSTANT_NONE && row->ends_at <= hub->now)
		return error_denied(err, "the account of %.*s has ended", TEXT_ARG(row->name));
	return true;
}

bool hub_act_as_row(struct hub *hub, const struct actor_get_row *row, struct error *err)
{
	if (!actor_usable(hub, row, err)) return false;
	hub->actor = (struct actor){
		.account = row->id,
		.role = role_of(row->role),
		.deputy = row->deputy,
		.on_shift = row->on_shift || (!row->shift_named && !clock_is_open(hub->policy, hub->now)),
		.name = row->name,
		.email = row->email,
		.team = row->team,
		.is_operator = row->id.n == OPERATOR_ACCOUNT.n,
	};
	return true;
}

bool hub_act_as(struct hub *hub, struct account_id account, struct error *err)
{
	struct actor_get_row row;
	bool found;

	if (!actor_get(hub->tx, &(struct actor_get_in){.id = account, .at = hub->now}, &row, &found, err)) return false;
	if (!found) return error_denied(err, "there is no such account");
	return hub_act_as_row(hub, &row, err);
}

bool hub_act_as_email(struct hub *hub, struct text email, struct error *err)
{
	struct account_id_by_email_row row;
	bool found;

	if (!account_id_by_email(hub->tx, &(struct account_id_by_email_in){email}, &row, &found, err)) return false;
	if (!found) {
		error_denied(err, "there is no account %.*s", TEXT_ARG(email));
		return error_hint(err, "fanlight user list shows the accounts there are");
	}
	return hub_act_as(hub, row.id, err);
}

static struct access_actor access_actor(const struct hub *hub)
{
	return (struct access_actor){.role = hub->actor.role, .deputy = hub->actor.deputy};
}

bool hub_may(const struct hub *hub, enum action action, struct error *err)
{
	if (!hub->actor.account.n) return error_denied(err, "nobody is signed in");
	return access_check(access_actor(hub), action, err);
}

bool hub_can(const struct hub *hub, enum action action)
{
	return hub->actor.account.n && access_may(access_actor(hub), action);
}

enum relation hub_relation(const struct hub *hub)
{
	return hub->actor.role == ROLE_SERVICE_MANAGER ? RELATION_ASKED : RELATION_ORDINARY;
}

/* A list that is read in several pages is seen once. */
static bool just_seen(const struct viewed *last, const struct viewed *view)
{
	return last && last->action == view->action && last->enquiry.n == view->enquiry.n &&
		   text_equal(last->what, view->what);
}

bool hub_viewed(struct hub *hub, enum action action, struct enquiry_id enquiry, struct text what, struct error *err)
{
	struct viewed view = {.action = action, .enquiry = enquiry, .what = what};

	if (tx_writes(hub->tx)) return hub_write_views(hub, &view, err);
	if (just_seen(hub->views, &view)) return true;
	view.next = hub->views;
	hub->views = arena_new(hub->arena, struct viewed);
	*hub->views = view;
	return true;
}

bool hub_write_views(struct hub *hub, const struct viewed *views, struct error *err)
{
	for (const struct viewed *view = views; view; view = view->next) {
		struct audit_entry entry = {
			.action = view->action, .enquiry = view->enquiry, .look = true, .detail = view->what};

		if (!audit_write(hub, &entry, NULL, err)) return false;
	}
	return true;
}

bool hub_latest(struct hub *hub, instant *ret, struct error *err)
{
	struct hub_latest_instant_row row;

	if (!hub_latest_instant(hub->tx, &row, err)) return false;
	*ret = row.at;
	return true;
}
