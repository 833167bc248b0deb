#include "hub/child.h"
#include "hub/closing.h"
#include "hub/decision.h"
#include "hub/proposal.h"

static const struct input_member remove_members[] = {
	{FIELD_child, COLUMN_INT, offsetof(struct child_remove, child), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct child_remove, reason), true},
	{FIELD_necessary, COLUMN_TEXT, offsetof(struct child_remove, necessary), false},
	{FIELD_necessary_reason, COLUMN_TEXT, offsetof(struct child_remove, necessary_reason), false},
};

const struct input_type child_remove_input = {
	.name = "child_remove",
	.size = sizeof(struct child_remove),
	INPUT_MEMBERS(remove_members),
};

static bool load_places(
	struct hub *hub, const struct episode *episode, struct outcome_places_rows *ret, struct error *err)
{
	struct outcome_places_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry, .episode = episode->id};

	return outcome_places(hub->tx, &in, ret, err);
}

/* What stands when this child has gone: how many, how many of them without an outcome, whether all are open cases. */
struct rest {
	size_t children;
	size_t without;
	bool only_open_case;
};

static bool find_rest(
	struct hub *hub, const struct episode *episode, int64_t child, struct rest *ret, struct error *err)
{
	struct outcome_places_rows places;

	if (!load_places(hub, episode, &places, err)) return false;
	*ret = (struct rest){.only_open_case = true};
	for (size_t i = 0; i < places.count; i++) {
		if (places.rows[i].position == child) continue;
		ret->children++;
		ret->without += text_none(places.rows[i].outcome);
		if (outcome_of(places.rows[i].outcome) != OUTCOME_OPEN_CASE) ret->only_open_case = false;
	}
	return true;
}

static bool ends(const struct rest *rest)
{
	return rest->children > 0 && rest->without == 0;
}

bool child_removal_ends(struct hub *hub, const struct episode *episode, int64_t child, bool *ret, struct error *err)
{
	struct rest rest;

	if (!find_rest(hub, episode, child, &rest, err)) return false;
	*ret = ends(&rest);
	return true;
}

static bool removable(const struct child_row *row, const struct rest *rest, struct error *err)
{
	if (row->removed_at != INSTANT_NONE) return error_field(err, "child", "This child was removed already");
	if (!text_none(row->outcome)) {
		error_refused(err, "this child has an authorised outcome, so can't be removed");
		return error_hint(err, "Correct the child where a name or date is wrong. An outcome stands: once the enquiry "
							   "has ended, re-open it and remove the child there.");
	}
	if (rest->children) return true;
	error_refused(err, "this is the only child, so can't be removed");
	return error_hint(err, "Where the enquiry was recorded in error or twice, propose to withdraw it.");
}

/* By this the enquiry would end: so it is a manager's to do, never its worker's, with the finding. */
static bool may_end(struct hub *hub, const struct episode *episode, const struct child_remove *in, struct error *err)
{
	struct proposal_row as_if = {.kind = proposal_kind_text(PROPOSAL_OUTCOME), .proposed_by = episode->worker};

	if (!hub_can(hub, ACTION_AUTHORISE)) {
		error_denied(err, "every other child has its outcome, so removing this one ends the enquiry");
		return error_hint(err, "Ask a practice manager to remove the child, or recommend an outcome for it.");
	}
	return proposal_may_sign(hub, &as_if, err) && finding_check(hub, in->necessary, in->necessary_reason, err);
}

/* Back to whoever recommended: what they said of this child can't be agreed to any more. */
static bool recommend_again(struct hub *hub, struct episode *episode, struct error *err)
{
	struct step step = {.action = ACTION_REMOVE_CHILD, .transition = TRANSITION_OVERTAKEN, .about = episode->worker};

	if (!episode->worker.n) step.transition = TRANSITION_HELD;
	if (!episode_step(hub, episode, &step, err)) return false;
	episode->recommended_by = (struct account_id){0};
	episode->recommended_at = INSTANT_NONE;
	return true;
}

/* What waits for a signature and speaks of this child is overtaken. */
static bool overtake(struct hub *hub, struct episode *episode, struct child_id child, struct error *err)
{
	struct child_proposed_in in = {.episode = episode->id, .child = child};
	struct reply overtaken = {.answer = ANSWER_OVERTAKEN, .reason = TEXT("A child it spoke of was removed.")};
	struct child_proposed_row proposal;
	bool found;

	if (!child_proposed(hub->tx, &in, &proposal, &found, err)) return false;
	if (!found) return true;
	if (!proposal_answer(hub, episode, proposal.id, &overtaken, err)) return false;
	return proposal_kind_of(proposal.kind) != PROPOSAL_OUTCOME || recommend_again(hub, episode, err);
}

static bool take_away(struct hub *hub, struct episode *episode, const struct child_row *row,
	const struct child_remove *in, struct error *err)
{
	struct balance_change removed = {.kind = "removed", .unit = BALANCE_CHILD, .child = row->id};
	struct step step = {.action = ACTION_REMOVE_CHILD, .transition = TRANSITION_CHILD_REMOVED};
	struct child_remove_row_in gone = {
		.id = row->id, .removed_at = hub->now, .removed_by = hub->actor.account, .removed_reason = in->reason};

	step.detail = arena_printf(hub->arena, "%lld", (long long)row->position);
	if (!child_remove_row(hub->tx, &gone, NULL, err)) return false;
	if (!balance_write(hub, episode, &removed, err)) return false;
	if (!episode_step(hub, episode, &step, err)) return false;
	if (!overtake(hub, episode, row->id, err)) return false;
	return child_settle(hub, episode, err);
}

static bool end_here(
	struct hub *hub, struct episode *episode, const struct child_remove *in, const struct rest *rest, struct error *err)
{
	struct ending ending = {
		.step = {.action = ACTION_REMOVE_CHILD, .transition = TRANSITION_REST_DECIDED, .about = episode->worker},
		.ended = rest->only_open_case ? "open_case" : "decision",
		.necessary = in->necessary,
		.necessary_reason = in->necessary_reason,
	};

	if (!proposal_overtake(hub, episode, err)) return false;
	return episode_end(hub, episode, &ending, err);
}

bool child_remove(struct hub *hub, const struct child_remove *in, struct error *err)
{
	struct episode episode;
	struct child_row row;
	struct rest rest;

	if (!hub_may(hub, ACTION_REMOVE_CHILD, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_CHILD_REMOVED, err)) return false;
	if (!child_load(hub, &episode, in->child, &row, err)) return false;
	if (!find_rest(hub, &episode, in->child, &rest, err) || !removable(&row, &rest, err)) return false;
	if (text_blank(in->reason)) return error_field(err, "reason", "Enter why the child is removed");
	if (ends(&rest) && !may_end(hub, &episode, in, err)) return false;
	if (!take_away(hub, &episode, &row, in, err)) return false;
	if (ends(&rest)) return end_here(hub, &episode, in, &rest, err);
	return episode_save(hub, &episode, err);
}
