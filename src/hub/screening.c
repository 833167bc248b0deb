#include "hub/screening.h"

#include "hub/closing.h"
#include "hub/holding.h"
#include "hub/proposal.h"
#include "hub/rating.h"
#include "rules/policy_lists.h"
#include "rules/signing.h"
#include "rules/threshold.h"

static const struct input_member screen_members[] = {
	{FIELD_rag, COLUMN_TEXT, offsetof(struct enquiry_screen, rag), true},
	{FIELD_rag_reason, COLUMN_TEXT, offsetof(struct enquiry_screen, rag_reason), true},
};

const struct input_type enquiry_screen_input = {
	.name = "enquiry_screen",
	.size = sizeof(struct enquiry_screen),
	INPUT_MEMBERS(screen_members),
};

static bool read_rating(struct hub *hub, const struct enquiry_screen *in, struct rating *ret, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	*ret = (struct rating){
		.kind = RERATE_FIRST, .rag = rag_of(in->rag), .reason = in->rag_reason, .information_at = INSTANT_NONE};
	decode_required(&decoder, FIELD_rag, ret->rag != RAG_NONE);
	decode_required(&decoder, FIELD_rag_reason, !text_blank(ret->reason));
	return decode_ok(&decoder);
}

/* Screened before: only further information asks for it again, and then the rating changes as new information does. */
static bool screened_again(const struct episode *episode, struct rating *rating, struct error *err)
{
	if (episode->screened_at == INSTANT_NONE) {
		if (!text_none(episode->rag)) rating->kind = RERATE_MISRATED; /* red from receipt */
		if (text_equal(episode->rag, rag_text(rating->rag))) rating->kind = RERATE_FIRST;
		return true;
	}
	if (episode->rescreen_asked_at == INSTANT_NONE) {
		error_refused(err, "this enquiry has been screened");
		return error_hint(err, "To change its rating, rate it again.");
	}
	rating->kind = RERATE_NEW_INFORMATION;
	rating->information_at = episode->rescreen_asked_at;
	return true;
}

static void screened(const struct hub *hub, struct episode *episode)
{
	episode->rescreen_asked_at = INSTANT_NONE;
	if (episode->screened_at != INSTANT_NONE) return;
	episode->screened_at = hub->now;
	episode->screened_by = hub->actor.account;
}

bool enquiry_screen(struct hub *hub, const struct enquiry_screen *in, struct error *err)
{
	struct step step = {.action = ACTION_SCREEN, .transition = TRANSITION_SCREENED, .detail = in->rag};
	struct episode episode;
	struct rating rating;
	bool lowers;

	if (!hub_may(hub, ACTION_SCREEN, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_SCREENED, err)) return false;
	if (!read_rating(hub, in, &rating, err)) return false;
	if (!screened_again(&episode, &rating, err)) return false;
	lowers = signing_lowers(rag_of(episode.rag), rating.rag);
	if (!episode_step(hub, &episode, &step, err)) return false;
	screened(hub, &episode);
	if (!(lowers ? rating_propose : rating_set)(hub, &episode, &rating, err)) return false;
	if (!episode_save(hub, &episode, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}

static const struct input_member screen_out_members[] = {
	{FIELD_screen_out_reason, COLUMN_TEXT, offsetof(struct enquiry_screen_out, screen_out_reason), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_screen_out, reason), false},
};

const struct input_type enquiry_screen_out_input = {
	.name = "enquiry_screen_out",
	.size = sizeof(struct enquiry_screen_out),
	INPUT_MEMBERS(screen_out_members),
	.list = "children",
	.list_type = &child_outcome_input,
	.list_offset = offsetof(struct enquiry_screen_out, children),
	.list_most = 50,
};

/* Every child, and none whose outcome is a referral: that is not stopping at the door. */
static bool check_children(
	struct hub *hub, const struct enquiry_screen_out *in, const struct child_outcomes *outcomes, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_screen_out_reason, screen_out_reason_of(in->screen_out_reason) != SCREEN_OUT_NONE);
	if (!hub->from_file)
		decode_offered(&decoder, &hub->policy->retired, FIELD_screen_out_reason, in->screen_out_reason);
	if (outcomes->count < outcomes->without)
		decode_problem(&decoder, FIELD_children, "Give an outcome and a reason for every child");
	for (size_t i = 0; i < outcomes->count; i++)
		if (outcome_is_referral(outcome_of(outcomes->rows[i].outcome)))
			decode_problem(
				&decoder, FIELD_children, "A child who needs an assessment or section 47 is not screened out");
	return decode_ok(&decoder);
}

static bool nothing_unread(const struct episode *episode, struct error *err)
{
	if (episode->rescreen_asked_at == INSTANT_NONE) return true;
	error_refused(err, "further information has arrived that nobody has screened");
	return error_hint(err, "Screen it again first.");
}

bool enquiry_screen_out(struct hub *hub, const struct enquiry_screen_out *in, struct error *err)
{
	struct step step = {.action = ACTION_PROPOSE_SCREEN_OUT,
		.transition = TRANSITION_SCREEN_OUT_PROPOSED,
		.detail = in->screen_out_reason};
	struct proposed proposed = {.kind = PROPOSAL_SCREEN_OUT, .reason = in->reason, .content = in->screen_out_reason};
	struct episode episode;
	struct child_outcomes outcomes;
	struct proposal_id proposal;

	if (!hub_may(hub, ACTION_PROPOSE_SCREEN_OUT, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_SCREEN_OUT_PROPOSED, err)) return false;
	if (!nothing_unread(&episode, err)) return false;
	if (!child_outcomes_check(hub, &episode, &in->children, &outcomes, err)) return false;
	if (!check_children(hub, in, &outcomes, err)) return false;
	if (!proposal_put(hub, &episode, &proposed, &proposal, err)) return false;
	if (!child_outcomes_put(hub, &outcomes, proposal, err)) return false;
	if (!episode_step(hub, &episode, &step, err)) return false;
	return episode_save(hub, &episode, err);
}

static const struct input_member reply_members[] = {
	{FIELD_answer, COLUMN_TEXT, offsetof(struct proposal_reply, answer), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct proposal_reply, reason), false},
};

const struct input_type proposal_reply_input = {
	.name = "proposal_reply",
	.size = sizeof(struct proposal_reply),
	INPUT_MEMBERS(reply_members),
};

bool proposal_reply_read(const struct hub *hub, const struct proposal_reply *in, struct reply *ret, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	*ret = (struct reply){.answer = answer_of(in->answer), .reason = in->reason};
	decode_required(&decoder, FIELD_answer, ret->answer == ANSWER_AGREED || ret->answer == ANSWER_REFUSED);
	if (ret->answer == ANSWER_REFUSED) decode_required(&decoder, FIELD_reason, !text_blank(ret->reason));
	return decode_ok(&decoder);
}

/* Agreed: the outcomes stand, and the enquiry ends here, found not necessary. */
static bool end_here(struct hub *hub, struct episode *episode, const struct proposal_row *proposal, struct error *err)
{
	struct authorise authorise = {.proposal = proposal->id, .screened_out = true};
	struct ending ending = {
		.step = {.action = ACTION_AUTHORISE_SCREEN_OUT,
			.transition = TRANSITION_SCREENED_OUT,
			.detail = proposal->content},
		.ended = "screening",
		.necessary = TEXT("no"),
		.necessary_reason = proposal->content,
		.screened_out = true,
	};
	struct authorised authorised;

	if (!nothing_unread(episode, err)) return false;
	if (!child_outcomes_authorise(hub, episode, &authorise, &authorised, err)) return false;
	if (authorised.left) return error_refused(err, "a child was added since; screen it out again with every child");
	return episode_end(hub, episode, &ending, err);
}

static bool stays(struct hub *hub, struct episode *episode, struct error *err)
{
	struct step step = {
		.action = ACTION_AUTHORISE_SCREEN_OUT, .transition = TRANSITION_REFUSED, .detail = TEXT("screen_out")};

	if (!episode_step(hub, episode, &step, err)) return false;
	if (!episode_save(hub, episode, err)) return false;
	return holding_settle(hub, episode->workstream, err);
}

bool enquiry_answer_screen_out(struct hub *hub, const struct proposal_reply *in, struct error *err)
{
	struct reply reply;
	struct episode episode;
	struct proposal_row proposal;

	if (!hub_may(hub, ACTION_AUTHORISE_SCREEN_OUT, err)) return false;
	if (!proposal_reply_read(hub, in, &reply, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!proposal_waiting(hub, &episode, PROPOSAL_SCREEN_OUT, &proposal, err)) return false;
	if (!proposal_may_sign(hub, &proposal, err)) return false;
	if (!proposal_answer(hub, &episode, proposal.id, &reply, err)) return false;
	if (reply.answer == ANSWER_AGREED) return end_here(hub, &episode, &proposal, err);
	return stays(hub, &episode, err);
}
