#include "hub/rating.h"

#include "base/london.h"
#include "hub/holding.h"
#include "hub/proposal.h"
#include "rules/clock.h"
#include "rules/signing.h"
#include "sql/enquiry.h"

instant rating_due(const struct hub *hub, const struct episode *episode, const struct rating *rating)
{
	struct rerating rerating = {
		.kind = rating->kind,
		.rag = rating->rag,
		.received_at = episode->started_at,
		.due_at = episode->due_at,
		.information_at = rating->information_at == INSTANT_NONE ? hub->now : rating->information_at,
		.at = hub->now,
	};

	if (rating->kind == RERATE_MISRATED || rating->kind == RERATE_NEW_INFORMATION)
		return clock_rerated_due(hub->policy, &rerating);
	if (rag_of(episode->rag) == rating->rag) return episode->due_at;
	return clock_decision_due(hub->policy, rating->rag, episode->started_at);
}

bool rating_set(struct hub *hub, struct episode *episode, const struct rating *rating, struct error *err)
{
	struct rag_history_insert_in in = {
		.episode = episode->id,
		.rag = rag_text(rating->rag),
		.kind = rerate_kind_text(rating->kind),
		.reason = rating->reason,
		.information_at = rating->information_at,
		.due_at = rating_due(hub, episode, rating),
		.rated_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	episode->rag = in.rag;
	episode->rag_order = rating->rag;
	episode->due_at = in.due_at;
	if (text_none(episode->first_rag)) episode->first_rag = in.rag;
	return rag_history_insert(hub->tx, &in, NULL, err);
}

/* "green;new_information;2015-06-01T09:00:00Z": the rating asked for, why, and when the information arrived. */
static struct text content_of(const struct hub *hub, const struct rating *rating)
{
	struct text rag = rag_text(rating->rag), kind = rerate_kind_text(rating->kind);
	struct text at = TEXT("");

	if (rating->information_at != INSTANT_NONE) at = instant_iso_utc(hub->arena, rating->information_at);
	return arena_printf(hub->arena, "%.*s;%.*s;%.*s", TEXT_ARG(rag), TEXT_ARG(kind), TEXT_ARG(at));
}

static bool content_read(const struct proposal_row *proposal, struct rating *ret, struct error *err)
{
	struct text rest = proposal->content, rag = TEXT_NONE, kind = TEXT_NONE;

	text_split(&rest, ';', &rag);
	text_split(&rest, ';', &kind);
	*ret = (struct rating){.kind = rerate_kind_of(kind), .rag = rag_of(rag), .reason = proposal->reason};
	if (text_blank(rest) || !instant_parse(rest, &ret->information_at)) ret->information_at = INSTANT_NONE;
	if (ret->rag == RAG_NONE || ret->kind == RERATE_NONE) return error_failed(err, "the proposal has no rating");
	return true;
}

bool rating_propose(struct hub *hub, struct episode *episode, const struct rating *rating, struct error *err)
{
	struct proposed proposed = {
		.kind = PROPOSAL_LOWERING, .reason = rating->reason, .content = content_of(hub, rating)};
	struct step step = {
		.action = ACTION_RERATE, .transition = TRANSITION_LOWERING_PROPOSED, .detail = rag_text(rating->rag)};
	struct proposal_id id;

	if (text_none(episode->first_rag)) episode->first_rag = episode->rag;
	if (!episode_step(hub, episode, &step, err)) return false;
	return proposal_put(hub, episode, &proposed, &id, err);
}

static const struct input_member rerate_members[] = {
	{FIELD_rag_kind, COLUMN_TEXT, offsetof(struct enquiry_rerate, rag_kind), true},
	{FIELD_rag, COLUMN_TEXT, offsetof(struct enquiry_rerate, rag), true},
	{FIELD_rag_reason, COLUMN_TEXT, offsetof(struct enquiry_rerate, rag_reason), true},
	{FIELD_information_at, COLUMN_INSTANT, offsetof(struct enquiry_rerate, information_at), false},
};

const struct input_type enquiry_rerate_input = {
	.name = "enquiry_rerate",
	.size = sizeof(struct enquiry_rerate),
	INPUT_MEMBERS(rerate_members),
};

static bool read_rating(struct hub *hub, const struct episode *episode, const struct enquiry_rerate *in,
	struct rating *ret, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	*ret = (struct rating){.kind = rerate_kind_of(in->rag_kind),
		.rag = rag_of(in->rag),
		.reason = in->rag_reason,
		.information_at = in->information_at};
	decode_required(&decoder, FIELD_rag_kind, ret->kind == RERATE_MISRATED || ret->kind == RERATE_NEW_INFORMATION);
	decode_required(&decoder, FIELD_rag, ret->rag != RAG_NONE);
	decode_required(&decoder, FIELD_rag_reason, !text_blank(ret->reason));
	if (ret->kind == RERATE_NEW_INFORMATION && ret->information_at == INSTANT_NONE) ret->information_at = hub->now;
	if (ret->kind == RERATE_MISRATED) ret->information_at = INSTANT_NONE;
	if (ret->information_at > hub->now)
		decode_problem(&decoder, FIELD_information_at, "The information can't have arrived in the future");
	if (ret->information_at != INSTANT_NONE && ret->information_at < episode->started_at)
		decode_problem(&decoder, FIELD_information_at, "The information can't have arrived before %s, %s",
			episode->n == 1 ? "the enquiry was received" : "it was re-opened",
			london_short(hub->arena, episode->started_at).ptr);
	return decode_ok(&decoder);
}

/* Raised (or the same, for new information): one person is enough, and what waited to lower it is overtaken. */
static bool rate(struct hub *hub, struct episode *episode, const struct rating *rating, struct error *err)
{
	struct step step = {.action = ACTION_RERATE, .transition = TRANSITION_RERATED, .detail = rag_text(rating->rag)};

	if (!episode_step(hub, episode, &step, err)) return false;
	if (proposal_kind_of(episode->pending) != PROPOSAL_OUTCOME && !proposal_overtake(hub, episode, err)) return false;
	if (rating->kind == RERATE_NEW_INFORMATION) episode->rescreen_asked_at = INSTANT_NONE;
	return rating_set(hub, episode, rating, err);
}

bool enquiry_rerate(struct hub *hub, const struct enquiry_rerate *in, struct error *err)
{
	struct episode episode;
	struct rating rating;
	enum rag now;

	if (!hub_may(hub, ACTION_RERATE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_RERATED, err)) return false;
	if (!read_rating(hub, &episode, in, &rating, err)) return false;
	now = rag_of(episode.rag);
	if (now == rating.rag && rating.kind == RERATE_MISRATED)
		return error_refused(err, "it is rated %.*s already", TEXT_ARG(in->rag));
	if (!(signing_lowers(now, rating.rag) ? rating_propose : rate)(hub, &episode, &rating, err)) return false;
	if (!episode_save(hub, &episode, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}

static bool lower(struct hub *hub, struct episode *episode, const struct proposal_row *proposal, struct error *err)
{
	struct step step = {.action = ACTION_AUTHORISE_LOWERING, .transition = TRANSITION_RERATED};
	struct rating rating;

	if (!content_read(proposal, &rating, err)) return false;
	step.detail = rag_text(rating.rag);
	if (!episode_step(hub, episode, &step, err)) return false;
	if (rating.kind == RERATE_NEW_INFORMATION) episode->rescreen_asked_at = INSTANT_NONE;
	return rating_set(hub, episode, &rating, err);
}

bool enquiry_answer_lowering(struct hub *hub, const struct proposal_reply *in, struct error *err)
{
	struct step refused = {
		.action = ACTION_AUTHORISE_LOWERING, .transition = TRANSITION_REFUSED, .detail = TEXT("lowering")};
	struct reply reply;
	struct episode episode;
	struct proposal_row proposal;

	if (!hub_may(hub, ACTION_AUTHORISE_LOWERING, err)) return false;
	if (!proposal_reply_read(hub, in, &reply, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!proposal_waiting(hub, &episode, PROPOSAL_LOWERING, &proposal, err)) return false;
	if (!proposal_may_sign(hub, &proposal, err)) return false;
	if (reply.answer == ANSWER_AGREED && !lower(hub, &episode, &proposal, err)) return false;
	if (reply.answer == ANSWER_REFUSED && !episode_step(hub, &episode, &refused, err)) return false;
	if (!proposal_answer(hub, &episode, proposal.id, &reply, err)) return false;
	if (!episode_save(hub, &episode, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}
