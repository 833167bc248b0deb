#include "hub/decision.h"

#include "hub/closing.h"
#include "hub/proposal.h"
#include "rules/threshold.h"

static const struct input_member authorise_members[] = {
	{FIELD_necessary, COLUMN_TEXT, offsetof(struct enquiry_authorise, necessary), true},
	{FIELD_necessary_reason, COLUMN_TEXT, offsetof(struct enquiry_authorise, necessary_reason), true},
};

const struct input_type enquiry_authorise_input = {
	.name = "enquiry_authorise",
	.size = sizeof(struct enquiry_authorise),
	INPUT_MEMBERS(authorise_members),
};

bool finding_check(const struct hub *hub, struct text answer, struct text why, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	enum yes_no necessary = yes_no_of(answer);
	enum necessary_reason reason = necessary_reason_of(why);

	decode_required(&decoder, FIELD_necessary, necessary != ANSWERED_NONE);
	decode_required(&decoder, FIELD_necessary_reason, reason != NECESSARY_NONE);
	if (necessary != ANSWERED_NONE && reason != NECESSARY_NONE &&
		!necessary_fits(necessary == ANSWERED_YES, reason, false))
		decode_problem(
			&decoder, FIELD_necessary_reason, "This reason doesn't go with the answer %.*s", TEXT_ARG(answer));
	return decode_ok(&decoder);
}

/* Some of the children have their outcome: back to the worker for the others, the clock running on. */
static bool decide_in_part(struct hub *hub, struct episode *episode, enum action action, struct error *err)
{
	struct step step = {.action = action, .transition = TRANSITION_DECIDED_IN_PART};

	if (!episode->worker.n) step.transition = TRANSITION_HELD_FOR_OTHERS;
	if (!episode_step(hub, episode, &step, err)) return false;
	episode->recommended_by = (struct account_id){0};
	episode->recommended_at = INSTANT_NONE;
	return episode_save(hub, episode, err);
}

bool decision_take(struct hub *hub, struct episode *episode, const struct decided *decided, struct error *err)
{
	struct authorise authorise = {.proposal = decided->proposal};
	struct ending ending = {
		.step = {.action = decided->action, .transition = TRANSITION_DECIDED, .about = episode->worker},
		.ended = "decision",
		.necessary = decided->necessary,
		.necessary_reason = decided->necessary_reason,
	};
	struct authorised authorised;

	if (!child_outcomes_authorise(hub, episode, &authorise, &authorised, err)) return false;
	if (authorised.left) return decide_in_part(hub, episode, decided->action, err);
	if (authorised.only_open_case) ending.ended = "open_case";
	return episode_end(hub, episode, &ending, err);
}

bool enquiry_authorise(struct hub *hub, const struct enquiry_authorise *in, struct error *err)
{
	struct decided decided = {
		.action = ACTION_AUTHORISE, .necessary = in->necessary, .necessary_reason = in->necessary_reason};
	struct reply agreed = {.answer = ANSWER_AGREED};
	struct episode episode;
	struct proposal_row proposal;

	if (!hub_may(hub, ACTION_AUTHORISE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_DECIDED, err)) return false;
	if (!finding_check(hub, in->necessary, in->necessary_reason, err)) return false;
	if (!proposal_waiting(hub, &episode, PROPOSAL_OUTCOME, &proposal, err)) return false;
	if (!proposal_may_sign(hub, &proposal, err)) return false;
	if (!proposal_answer(hub, &episode, proposal.id, &agreed, err)) return false;
	decided.proposal = proposal.id;
	return decision_take(hub, &episode, &decided, err);
}

static const struct input_member return_members[] = {
	{FIELD_returned_reason, COLUMN_TEXT, offsetof(struct enquiry_return, returned_reason), true},
};

const struct input_type enquiry_return_input = {
	.name = "enquiry_return",
	.size = sizeof(struct enquiry_return),
	INPUT_MEMBERS(return_members),
};

bool enquiry_return(struct hub *hub, const struct enquiry_return *in, struct error *err)
{
	struct step step = {.action = ACTION_RETURN, .transition = TRANSITION_RETURNED};
	struct reply returned = {.answer = ANSWER_RETURNED, .reason = in->returned_reason};
	struct episode episode;
	struct proposal_row proposal;

	if (!hub_may(hub, ACTION_RETURN, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_RETURNED, err)) return false;
	if (text_blank(in->returned_reason)) return error_field(err, "returned_reason", "Enter why it goes back");
	if (!proposal_waiting(hub, &episode, PROPOSAL_OUTCOME, &proposal, err)) return false;
	if (!proposal_answer(hub, &episode, proposal.id, &returned, err)) return false;
	step.about = episode.worker;
	if (!episode.worker.n) step.transition = TRANSITION_RETURNED_TO_HOLDER;
	if (!episode_step(hub, &episode, &step, err)) return false;
	episode.recommended_by = (struct account_id){0};
	episode.recommended_at = INSTANT_NONE;
	return episode_save(hub, &episode, err);
}
