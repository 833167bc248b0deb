#include "hub/recommendation.h"

#include "hub/proposal.h"

static const struct input_member recommend_members[] = {
	{FIELD_analysis, COLUMN_TEXT, offsetof(struct enquiry_recommend, analysis), true},
};

const struct input_type enquiry_recommend_input = {
	.name = "enquiry_recommend",
	.size = sizeof(struct enquiry_recommend),
	INPUT_MEMBERS(recommend_members),
	.list = "children",
	.list_type = &child_outcome_input,
	.list_offset = offsetof(struct enquiry_recommend, children),
	.list_least = 1,
	.list_most = 50,
};

bool recommendation_holds(const struct hub *hub, const struct episode *episode)
{
	enum role role = hub->actor.role;

	if (episode->worker.n == hub->actor.account.n || hub->actor.is_operator) return true;
	if (role == ROLE_EDT_WORKER && text_is(episode->state, "held")) return true; /* their manager signs */
	return role == ROLE_PRACTICE_MANAGER || role == ROLE_EDT_MANAGER;
}

static bool holds(const struct hub *hub, const struct episode *episode, struct error *err)
{
	if (recommendation_holds(hub, episode)) return true;
	error_denied(err, "this enquiry is allocated to somebody else");
	return error_hint(err, "Whose it is recommends it. A manager can reallocate it.");
}

static bool says_enough(
	struct hub *hub, const struct enquiry_recommend *in, const struct child_outcomes *outcomes, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_analysis, !text_blank(in->analysis));
	if (!outcomes->count) decode_problem(&decoder, FIELD_children, "Give an outcome for at least one child");
	return decode_ok(&decoder);
}

bool enquiry_recommend(struct hub *hub, const struct enquiry_recommend *in, struct error *err)
{
	struct step step = {.action = ACTION_RECOMMEND, .transition = TRANSITION_RECOMMENDED};
	struct proposed proposed = {.kind = PROPOSAL_OUTCOME, .analysis = in->analysis};
	struct episode episode;
	struct child_outcomes outcomes;
	struct proposal_id proposal;

	if (!hub_may(hub, ACTION_RECOMMEND, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_RECOMMENDED, err)) return false;
	if (!holds(hub, &episode, err)) return false;
	if (!child_outcomes_check(hub, &episode, &in->children, &outcomes, err)) return false;
	if (!says_enough(hub, in, &outcomes, err)) return false;
	if (!proposal_put(hub, &episode, &proposed, &proposal, err)) return false;
	if (!child_outcomes_put(hub, &outcomes, proposal, err)) return false;
	if (!episode_step(hub, &episode, &step, err)) return false;
	episode.recommended_by = hub->actor.account;
	episode.recommended_at = hub->now;
	return episode_save(hub, &episode, err);
}
