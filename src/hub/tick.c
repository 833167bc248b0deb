#include "hub/tick.h"

#include "hub/alarm_watch.h"
#include "hub/continuity.h"
#include "hub/day_total.h"
#include "hub/duty_hand_over.h"
#include "hub/glass.h"
#include "hub/holding.h"
#include "hub/housekeeping.h"
#include "hub/lock.h"
#include "hub/policy.h"
#include "hub/restriction.h"

static const struct chore chores[] = {
	{.name = "alarms_over", .every_seconds = 1, .run = alarms_over, .due = alarms_over_due},
	{.name = "hand_overs_overtaken",
		.every_seconds = 5,
		.run = duty_hand_overs_overtake,
		.due = duty_hand_overs_overtake_due},
	{.name = "hand_overs_passed", .every_seconds = 1, .run = duty_hand_overs_pass, .due = duty_hand_overs_pass_due},
	{.name = "alarms_rise", .every_seconds = 1, .run = alarms_rise, .due = alarms_rise_due},
	{.name = "alarms_pass_on", .every_seconds = 5, .run = alarms_pass_on, .due = alarms_pass_on_due},
	{.name = "policy_begins", .every_seconds = 1, .run = policy_begin, .due = policy_begin_due},
	{.name = "glass_ends", .every_seconds = 5, .run = glass_expire, .due = glass_due},
	{.name = "restricted_seen_on_duty", .every_seconds = 60, .run = restriction_cover, .due = restriction_cover_due},
	{.name = "held", .every_seconds = 5, .run = holding_chore, .due = holding_chore_due},
	{.name = "continuity", .every_seconds = 30, .run = continuity_write, .due = continuity_due},
	{.name = "day_totals", .every_seconds = 60, .run = day_totals_keep_all, .due = day_totals_due},
	{.name = "housekeeping", .every_seconds = 3600, .run = housekeeping_run},
};

const struct chore *tick_chores(size_t *ret_count)
{
	*ret_count = sizeof chores / sizeof *chores;
	return chores;
}

bool chore_due(struct hub *hub, const struct chore *chore, bool *ret, struct error *err)
{
	*ret = true;
	return !chore->due || chore->due(hub, ret, err);
}

/* Another node may have done it while this one waited for its turn: it is asked again. */
static bool run_if_due(struct hub *hub, const struct chore *chore, struct error *err)
{
	bool due;

	return chore_due(hub, chore, &due, err) && (!due || chore->run(hub, err));
}

bool chore_run(struct hub *hub, const struct chore *chore, struct error *err)
{
	struct actor before = hub->actor;
	bool done =
		hub_lock(hub, LOCK_CHORES, err) && hub_act_as(hub, OPERATOR_ACCOUNT, err) && run_if_due(hub, chore, err);

	hub->actor = before;
	return done;
}

bool tick_run(struct hub *hub, struct error *err)
{
	size_t count;
	const struct chore *all = tick_chores(&count);

	for (size_t i = 0; i < count; i++) {
		bool due;

		if (!chore_due(hub, &all[i], &due, err)) return false;
		if (due && !chore_run(hub, &all[i], err)) return false;
	}
	return true;
}
