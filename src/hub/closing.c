#include "hub/closing.h"

#include "hub/hand_over.h"
#include "hub/strategy.h"
#include "sql/allocation.h"

static bool leave_caseload(struct hub *hub, const struct episode *episode, struct error *err)
{
	struct allocation_end_in in = {.episode = episode->id, .ended_at = hub->now};

	return allocation_end(hub->tx, &in, NULL, err);
}

/* What arrived and nobody has screened asks for a review once it is decided; it is never lost. */
static void ask_for_review(struct episode *episode)
{
	if (episode->rescreen_asked_at != INSTANT_NONE) episode->review_asked_at = episode->rescreen_asked_at;
	episode->rescreen_asked_at = INSTANT_NONE;
}

bool episode_end(struct hub *hub, struct episode *episode, const struct ending *ending, struct error *err)
{
	struct balance_change completed = {
		.kind = "completed", .unit = BALANCE_ENQUIRY, .screened_out = ending->screened_out};

	if (!episode_step(hub, episode, &ending->step, err)) return false;
	episode->ended = text_of(ending->ended);
	episode->ended_at = hub->now;
	episode->necessary = ending->necessary;
	episode->necessary_reason = ending->necessary_reason;
	ask_for_review(episode);
	if (!episode_save(hub, episode, err)) return false;
	if (!leave_caseload(hub, episode, err)) return false;
	if (!balance_write(hub, episode, &completed, err)) return false;
	if (!feedback_owe(hub, episode, err)) return false;
	return closing_follow(hub, episode, err);
}

/* What still has to be done before it can be closed; no value: nothing. */
static bool find_obstacle(struct hub *hub, const struct episode *episode, struct text *ret, struct error *err)
{
	struct hand_over_waiting_in waiting_in = {.viewer = hub->actor.account, .episode = episode->id};
	struct strategy_section_47_in of = {.viewer = hub->actor.account, .episode = episode->id};
	struct hand_over_waiting_row waiting;
	struct strategy_section_47_row section_47;
	bool held;

	if (!hand_over_waiting(hub->tx, &waiting_in, &waiting, err)) return false;
	if (!strategy_section_47(hub->tx, &of, &section_47, err)) return false;
	if (!strategy_was_held(hub, episode, &held, err)) return false;
	*ret = TEXT_NONE;
	if (waiting.count > 0)
		*ret = TEXT("a hand-over has not been accepted yet");
	else if (section_47.count > 0 && !held)
		*ret = TEXT("the strategy discussion with social care, police and health is not recorded as held");
	return true;
}

static bool close_now(struct hub *hub, struct episode *episode, struct error *err)
{
	struct step step = {.action = ACTION_CLOSE, .transition = TRANSITION_CLOSED};

	if (!episode_step(hub, episode, &step, err)) return false;
	episode->closed_at = hub->now;
	return episode_save(hub, episode, err);
}

bool closing_follow(struct hub *hub, struct episode *episode, struct error *err)
{
	struct text obstacle;

	if (!lifecycle_may(state_of(episode->state), TRANSITION_CLOSED)) return true;
	if (!find_obstacle(hub, episode, &obstacle, err)) return false;
	return !text_none(obstacle) || close_now(hub, episode, err);
}

bool enquiry_close(struct hub *hub, const struct enquiry_close *in, struct error *err)
{
	struct episode episode;
	struct text obstacle;

	if (!hub_may(hub, ACTION_CLOSE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_CLOSED, err)) return false;
	if (!find_obstacle(hub, &episode, &obstacle, err)) return false;
	if (!text_none(obstacle)) return error_refused(err, "%.*s", TEXT_ARG(obstacle));
	return close_now(hub, &episode, err);
}
