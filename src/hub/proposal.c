#include "hub/proposal.h"

#include "rules/signing.h"
#include "sql/second_look.h"

bool proposal_find(
	struct hub *hub, const struct episode *episode, struct proposal_row *ret, bool *ret_found, struct error *err)
{
	struct proposal_unanswered_in in = {.viewer = hub->actor.account, .episode = episode->id};

	return proposal_unanswered(hub->tx, &in, ret, ret_found, err);
}

bool proposal_waiting(struct hub *hub, const struct episode *episode, enum proposal_kind kind, struct proposal_row *ret,
	struct error *err)
{
	struct text words = proposal_kind_words(kind);
	bool found;

	if (!proposal_find(hub, episode, ret, &found, err)) return false;
	if (found && proposal_kind_of(ret->kind) == kind) return true;
	error_refused(err, "nothing waits for a signature here: %.*s", TEXT_ARG(words));
	return error_hint(err, "Somebody may have answered it already; the history says who.");
}

bool proposal_may_sign(const struct hub *hub, const struct proposal_row *proposal, struct error *err)
{
	struct signing signing = {
		.kind = proposal_kind_of(proposal->kind),
		.proposed_by = proposal->proposed_by.n,
		.signer = hub->actor.account.n,
		.role = hub->actor.role,
		.deputy = hub->actor.deputy,
		.on_shift = hub->from_file || hub->actor.on_shift,
		/* What bars delegating (a weapon, a plan, an agency's dissent) isn't on record yet, so nothing is delegated. */
		.no_delegation = NO_DELEGATION_EVERYTHING,
	};

	return signing_check(hub->policy, &signing, err);
}

bool proposal_answer(
	struct hub *hub, struct episode *episode, struct proposal_id proposal, const struct reply *reply, struct error *err)
{
	int64_t changed;
	struct proposal_answered_in in = {
		.proposal = proposal,
		.answered_by = hub->actor.account,
		.answered_at = hub->now,
		.answer = answer_text(reply->answer),
		.answer_reason = reply->reason,
	};

	if (!proposal_answered(hub->tx, &in, &changed, err)) return false;
	if (changed != 1) return error_refused(err, "this was answered already");
	episode->pending = TEXT_NONE;
	return true;
}

bool proposal_overtake(struct hub *hub, struct episode *episode, struct error *err)
{
	struct reply overtaken = {.answer = ANSWER_OVERTAKEN};
	struct proposal_row proposal;
	bool found;

	if (text_none(episode->pending)) return true;
	if (!proposal_find(hub, episode, &proposal, &found, err)) return false;
	return !found || proposal_answer(hub, episode, proposal.id, &overtaken, err);
}

/*
 * A lower rating or a withdrawal gives way to what is proposed after it, and a screen-out to a withdrawal; anything else
 * has to be answered first.
 */
static bool gives_way(enum proposal_kind waiting, enum proposal_kind to)
{
	if (waiting == PROPOSAL_SCREEN_OUT) return to == PROPOSAL_WITHDRAWAL;
	return waiting == PROPOSAL_LOWERING || waiting == PROPOSAL_WITHDRAWAL;
}

static bool nothing_in_the_way(const struct episode *episode, enum proposal_kind kind, struct error *err)
{
	struct text waiting = code_words_of(CODES_proposal_kind, episode->pending);

	if (text_none(episode->pending) || gives_way(proposal_kind_of(episode->pending), kind)) return true;
	error_refused(err, "this waits for a second person already: %.*s", TEXT_ARG(waiting));
	return error_hint(err, "It has to be agreed to, refused or returned first.");
}

bool proposal_put(struct hub *hub, struct episode *episode, const struct proposed *proposed, struct proposal_id *ret,
	struct error *err)
{
	struct proposal_insert_row row;
	struct proposal_insert_in in = {
		.episode = episode->id,
		.kind = proposal_kind_text(proposed->kind),
		.proposed_by = hub->actor.account,
		.proposed_at = hub->now,
		.recorded_at = hub->recorded_at,
		.analysis = proposed->analysis,
		.reason = proposed->reason,
		.content = proposed->content,
		.policy = hub->policy_version,
	};

	if (!nothing_in_the_way(episode, proposed->kind, err)) return false;
	if (!proposal_overtake(hub, episode, err)) return false;
	if (!proposal_insert(hub->tx, &in, &row, err)) return false;
	episode->pending = in.kind;
	*ret = row.id;
	return true;
}

static const struct input_member ask_members[] = {
	{FIELD_account, COLUMN_ID, offsetof(struct proposal_ask, account), true},
};

const struct input_type proposal_ask_input = {
	.name = "proposal_ask",
	.size = sizeof(struct proposal_ask),
	INPUT_MEMBERS(ask_members),
};

/* Somebody who may sign and is here, and not whoever proposed it. */
static bool may_be_asked(
	struct hub *hub, const struct proposal_row *proposal, struct account_id asked, struct error *err)
{
	unsigned signers = hub->policy->signers[proposal_kind_of(proposal->kind)];
	char words[SIGNING_WORDS_BYTES];
	struct signature_person_rows people;

	if (asked.n == proposal->proposed_by.n)
		return error_field(err, "account", "Ask somebody other than who proposed it");
	if (!signature_people(hub->tx, &(struct signature_people_in){.at = hub->now}, &people, err)) return false;
	for (size_t i = 0; i < people.count; i++) {
		if (people.rows[i].account.n != asked.n) continue;
		if (signing_names(hub->policy, proposal_kind_of(proposal->kind), role_of(people.rows[i].role))) return true;
		return error_field(
			err, "account", "The policy names others to sign this: ask %s", signing_words(words, signers));
	}
	return error_field(err, "account", "Choose somebody who is here: %s", signing_words(words, signers));
}

bool enquiry_ask_signature(struct hub *hub, const struct proposal_ask *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_ASK_SIGNATURE, .about = in->account, .detail = TEXT("asked")};
	struct episode episode;
	struct proposal_row proposal;
	bool found;

	if (!hub_may(hub, ACTION_ASK_SIGNATURE, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!proposal_find(hub, &episode, &proposal, &found, err)) return false;
	if (!found) return error_refused(err, "nothing waits for a signature here");
	if (!may_be_asked(hub, &proposal, in->account, err)) return false;
	entry.enquiry = episode.enquiry;
	if (!audit_write(hub, &entry, NULL, err)) return false;
	return proposal_asked(
		hub->tx, &(struct proposal_asked_in){.proposal = proposal.id, .asked = in->account}, NULL, err);
}
