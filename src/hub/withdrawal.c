#include "hub/withdrawal.h"

#include "sql/allocation.h"
#include "sql/withdrawal.h"

static const struct input_member withdraw_members[] = {
	{FIELD_withdrawn_reason, COLUMN_TEXT, offsetof(struct enquiry_withdraw, withdrawn_reason), true},
	{FIELD_duplicate_of, COLUMN_TEXT, offsetof(struct enquiry_withdraw, duplicate_of), false},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_withdraw, reason), true},
};

const struct input_type enquiry_withdraw_input = {
	.name = "enquiry_withdraw",
	.size = sizeof(struct enquiry_withdraw),
	INPUT_MEMBERS(withdraw_members),
};

static bool is_withdrawn(struct text state)
{
	return state_of(state) == STATE_WITHDRAWN;
}

/* The enquiry it duplicates: there, seen, another one and not withdrawn itself; else the problem with the field. */
static bool find_original(struct hub *hub, const struct episode *episode, const struct enquiry_withdraw *in,
	struct enquiry_id *ret, struct error *err)
{
	struct error why = {0};
	struct episode original;

	*ret = (struct enquiry_id){0};
	if (withdrawn_reason_of(in->withdrawn_reason) != WITHDRAWN_DUPLICATE) return true;
	if (text_blank(in->duplicate_of))
		return error_field(err, "duplicate_of", "Enter the reference of the enquiry it duplicates");
	if (!episode_lock(hub, in->duplicate_of, VERSION_ANY, &original, &why)) {
		if (why.kind == ERROR_NOT_FOUND)
			return error_field(err, "duplicate_of", "%s", "There is no enquiry of this reference");
		*err = why;
		return false;
	}
	if (original.enquiry.n == episode->enquiry.n)
		return error_field(err, "duplicate_of", "An enquiry is no duplicate of itself: give the other's reference");
	if (is_withdrawn(original.state))
		return error_field(err, "duplicate_of", "That one is withdrawn itself: give the one that stays");
	*ret = original.enquiry;
	return true;
}

static bool check(const struct hub *hub, const struct enquiry_withdraw *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	enum withdrawn_reason why = withdrawn_reason_of(in->withdrawn_reason);

	decode_required(&decoder, FIELD_withdrawn_reason, why != WITHDRAWN_NONE);
	decode_required(&decoder, FIELD_reason, !text_blank(in->reason));
	if (why == WITHDRAWN_ERROR && !text_blank(in->duplicate_of))
		decode_problem(&decoder, FIELD_duplicate_of, "Only a duplicate has the reference of another enquiry");
	return decode_ok(&decoder);
}

/* A recommendation is answered first: one person's word doesn't set aside what may protect a child. */
static bool nothing_recommended(const struct episode *episode, struct error *err)
{
	if (proposal_kind_of(episode->pending) != PROPOSAL_OUTCOME) return true;
	error_refused(err, "an outcome is recommended and waits for a second person");
	return error_hint(err, "Authorise it or return it to the worker first.");
}

bool enquiry_withdraw(struct hub *hub, const struct enquiry_withdraw *in, struct error *err)
{
	struct step step = {.action = ACTION_PROPOSE_WITHDRAWAL,
		.transition = TRANSITION_WITHDRAWAL_PROPOSED,
		.detail = in->withdrawn_reason};
	struct proposed proposed = {.kind = PROPOSAL_WITHDRAWAL, .reason = in->reason, .content = in->withdrawn_reason};
	struct withdrawal_of_in of;
	struct episode episode;

	if (!hub_may(hub, ACTION_PROPOSE_WITHDRAWAL, err)) return false;
	if (!enquiries_lock(hub, (const struct text[]){in->on.reference, in->duplicate_of}, 2, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_WITHDRAWAL_PROPOSED, err)) return false;
	if (!check(hub, in, err) || !find_original(hub, &episode, in, &of.duplicate_of, err)) return false;
	if (!nothing_recommended(&episode, err)) return false;
	if (!proposal_put(hub, &episode, &proposed, &of.proposal, err)) return false;
	if (of.duplicate_of.n && !withdrawal_of(hub->tx, &of, NULL, err)) return false;
	if (!episode_step(hub, &episode, &step, err)) return false;
	return episode_save(hub, &episode, err);
}

/* The one it duplicates may have been withdrawn, or the like, since this was proposed. */
static bool original_stays(struct hub *hub, struct proposal_id proposal, struct error *err)
{
	struct withdrawal_proposed_row original;

	if (!withdrawal_proposed(hub->tx, &(struct withdrawal_proposed_in){proposal}, &original, err)) return false;
	if (!is_withdrawn(original.state)) return true;
	error_refused(err, "the enquiry that it duplicates has been withdrawn itself");
	return error_hint(err, "Refuse this, and propose it again with the one that stays.");
}

static bool end_here(struct hub *hub, struct episode *episode, const struct proposal_row *proposal, struct error *err)
{
	struct step step = {.action = ACTION_AUTHORISE_WITHDRAWAL,
		.transition = TRANSITION_WITHDRAWN,
		.about = episode->worker,
		.detail = proposal->content};
	struct balance_change withdrawn = {.kind = "withdrawn", .unit = BALANCE_WITH_CHILDREN};
	struct allocation_end_in leave = {.episode = episode->id, .ended_at = hub->now};

	if (!original_stays(hub, proposal->id, err)) return false;
	if (!balance_write(hub, episode, &withdrawn, err)) return false;
	if (!episode_step(hub, episode, &step, err)) return false;
	episode->ended = ended_text(ENDED_WITHDRAWN);
	episode->ended_at = hub->now;
	if (!episode_save(hub, episode, err)) return false;
	return allocation_end(hub->tx, &leave, NULL, err);
}

static bool stays(struct hub *hub, struct episode *episode, struct error *err)
{
	struct step step = {
		.action = ACTION_AUTHORISE_WITHDRAWAL, .transition = TRANSITION_REFUSED, .detail = TEXT("withdrawal")};

	if (!episode_step(hub, episode, &step, err)) return false;
	return episode_save(hub, episode, err);
}

bool enquiry_answer_withdrawal(struct hub *hub, const struct proposal_reply *in, struct error *err)
{
	struct reply reply;
	struct episode episode;
	struct proposal_row proposal;

	if (!hub_may(hub, ACTION_AUTHORISE_WITHDRAWAL, err)) return false;
	if (!proposal_reply_read(hub, in, &reply, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!proposal_waiting(hub, &episode, PROPOSAL_WITHDRAWAL, &proposal, err)) return false;
	if (!proposal_may_sign(hub, &proposal, err)) return false;
	if (!proposal_answer(hub, &episode, proposal.id, &reply, err)) return false;
	if (reply.answer == ANSWER_AGREED) return end_here(hub, &episode, &proposal, err);
	return stays(hub, &episode, err);
}

#define DUPLICATES_DEEP 20

bool withdrawal_follow(
	struct hub *hub, const struct episode *episode, struct withdrawal_original *ret, struct error *err)
{
	struct withdrawal_agreed_row original;
	bool found = is_withdrawn(episode->state);

	*ret = (struct withdrawal_original){episode->enquiry, state_open(state_of(episode->state))};
	for (int i = 0; found && i < DUPLICATES_DEEP; i++) {
		if (!withdrawal_agreed(hub->tx, &(struct withdrawal_agreed_in){ret->enquiry}, &original, &found, err))
			return false;
		if (!found) return true;
		*ret = (struct withdrawal_original){original.enquiry, state_open(state_of(original.state))};
		found = is_withdrawn(original.state);
	}
	return true;
}
