#include "cli/demo_night.h"

#include "hub/alarm_watch.h"
#include "hub/duty_hand_over.h"

static struct account_id first_of(const struct demo_staff *staff, enum role role)
{
	for (size_t i = 0; i < staff->count; i++)
		if (staff->people[i]->role == role) return staff->accounts[i];
	return OPERATOR_ACCOUNT;
}

/* All of it at once: the hub's own chore does some and is called again. */
static bool pass(struct hub *hub, struct error *err)
{
	bool due = true;

	while (due)
		if (!duty_hand_overs_pass(hub, err) || !duty_hand_overs_pass_due(hub, &due, err)) return false;
	return true;
}

bool demo_night(struct hub *hub, const struct demo_staff *staff, bool closes, struct error *err)
{
	struct duty_accept_all in = {.direction = direction_text(closes ? DIRECTION_TO_EDT : DIRECTION_FROM_EDT)};
	struct account_id who = first_of(staff, closes ? ROLE_EDT_MANAGER : ROLE_PRACTICE_MANAGER);
	int64_t accepted;

	if (!hub_act_as(hub, OPERATOR_ACCOUNT, err)) return false;
	if (!alarms_over(hub, err) || !duty_hand_overs_overtake(hub, err) || !pass(hub, err)) return false;
	return hub_act_as(hub, who, err) && duty_hand_over_accept_all(hub, &in, &accepted, err);
}

bool demo_night_ends(struct hub *hub, struct error *err)
{
	return hub_act_as(hub, OPERATOR_ACCOUNT, err) && alarms_over(hub, err) && duty_hand_overs_overtake(hub, err);
}
