#include "hub/second_look.h"

#include "base/london.h"
#include "hub/decision.h"
#include "hub/duty.h"
#include "hub/proposal.h"
#include "rules/clock.h"
#include "rules/signing.h"
#include "sql/information.h"
#include "sql/outcome.h"

/* By the rota, or as whoever the roles name where it names nobody. */
static bool on_duty(struct hub *hub, bool *ret, struct error *err)
{
	struct duty_person holder;
	bool found;

	if (!duty_is_on(hub, hub->actor.account, ret, err) || *ret) return !err->kind;
	if (!duty_holder(hub, &holder, &found, err)) return false;
	*ret = found && holder.account.n == hub->actor.account.n;
	return true;
}

/* Every child it speaks of: what protects less can wait for a second person. */
static bool only_section_47(struct hub *hub, struct proposal_id proposal, bool *ret, struct error *err)
{
	struct outcome_proposed_in in = {.viewer = hub->actor.account, .proposal = proposal};
	struct outcome_proposed_rows rows;

	if (!outcome_proposed(hub->tx, &in, &rows, err)) return false;
	*ret = rows.count > 0;
	for (size_t i = 0; i < rows.count; i++)
		if (outcome_of(rows.rows[i].outcome) != OUTCOME_SECTION_47) *ret = false;
	return true;
}

static bool refuse_not_yet(struct hub *hub, const struct episode *episode, struct error *err)
{
	if (rag_of(episode->rag) != RAG_RED) {
		error_refused(err, "only a red is decided alone");
		return error_hint(err, "A second person signs this one: ask somebody.");
	}
	error_refused(err, "its clock runs until %.*s: until then a second person signs",
		TEXT_ARG(london_short(hub->arena, episode->due_at)));
	return error_hint(err, "Ask a practice manager, a deputy, the EDT manager on shift or a service manager.");
}

static bool check_alone(
	struct hub *hub, const struct episode *episode, const struct proposal_row *proposal, struct error *err)
{
	bool only, duty;

	if (!only_section_47(hub, proposal->id, &only, err)) return false;
	if (!only) {
		error_refused(err, "only section 47 is decided alone, for every child the recommendation speaks of");
		return error_hint(err, "Recommend section 47 apart from the other outcomes, which wait for a second person.");
	}
	if (!signing_alone(OUTCOME_SECTION_47, rag_of(episode->rag), episode->due_at, hub->now))
		return refuse_not_yet(hub, episode, err);
	if (!on_duty(hub, &duty, err)) return false;
	if (duty) return true;
	error_denied(err, "only the person on duty decides alone");
	return error_hint(err, "The rota says who that is.");
}

static bool look_again_by(
	struct hub *hub, const struct episode *episode, struct proposal_id proposal, struct error *err)
{
	struct duration next_day = {.kind = DURATION_WORKING_DAYS, .n = 1, .end = END_CLOSE_OF_BUSINESS};
	struct second_look_insert_in in = {
		.episode = episode->id,
		.proposal = proposal,
		.decided_by = hub->actor.account,
		.due_at = clock_add(hub->policy, next_day, hub->now),
		.recorded_at = hub->recorded_at,
	};

	return second_look_insert(hub->tx, &in, NULL, err);
}

static bool answer_alone(struct hub *hub, struct episode *episode, struct proposal_id proposal, struct error *err)
{
	struct proposal_alone_in in = {.proposal = proposal, .alone_by = hub->actor.account, .answered_at = hub->now};
	int64_t changed;

	if (!proposal_alone(hub->tx, &in, &changed, err)) return false;
	if (changed != 1) return error_refused(err, "this was answered already");
	episode->pending = TEXT_NONE;
	return true;
}

bool enquiry_decide_alone(struct hub *hub, const struct enquiry_decide_alone *in, struct error *err)
{
	struct decided decided = {.action = ACTION_DECIDE_ALONE,
		.necessary = TEXT("yes"),
		.necessary_reason = necessary_reason_text(NECESSARY_AT_OR_ABOVE_THRESHOLD)};
	struct episode episode;
	struct proposal_row proposal;

	if (!hub_may(hub, ACTION_DECIDE_ALONE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_DECIDED, err)) return false;
	if (!proposal_waiting(hub, &episode, PROPOSAL_OUTCOME, &proposal, err)) return false;
	if (!check_alone(hub, &episode, &proposal, err)) return false;
	if (!answer_alone(hub, &episode, proposal.id, err)) return false;
	if (!look_again_by(hub, &episode, proposal.id, err)) return false;
	decided.proposal = proposal.id;
	return decision_take(hub, &episode, &decided, err);
}

bool alone_may(struct hub *hub, const struct episode *episode, bool *ret, struct error *err)
{
	struct proposal_row proposal;
	struct error why = {0};
	bool found;

	*ret = false;
	if (!hub_can(hub, ACTION_DECIDE_ALONE) || proposal_kind_of(episode->pending) != PROPOSAL_OUTCOME) return true;
	if (!signing_alone(OUTCOME_SECTION_47, rag_of(episode->rag), episode->due_at, hub->now)) return true;
	if (!proposal_find(hub, episode, &proposal, &found, err)) return false;
	*ret = found && check_alone(hub, episode, &proposal, &why);
	return true;
}

static const struct input_member look_members[] = {
	{FIELD_second_look, COLUMN_TEXT, offsetof(struct second_look_take, second_look), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct second_look_take, reason), false},
};

const struct input_type second_look_take_input = {
	.name = "second_look_take",
	.size = sizeof(struct second_look_take),
	INPUT_MEMBERS(look_members),
};

static bool check_look(const struct hub *hub, const struct second_look_take *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	enum second_look found = second_look_of(in->second_look);

	decode_required(&decoder, FIELD_second_look, found != SECOND_LOOK_NONE);
	if (found == SECOND_LOOK_DISAGREED && text_blank(in->reason))
		decode_problem(&decoder, FIELD_reason, "Say what you disagree with");
	return decode_ok(&decoder);
}

static bool is_somebody_else(const struct hub *hub, const struct second_look_row *look)
{
	int64_t actor = hub->actor.account.n;

	return look->decided_by.n != actor && look->proposed_by.n != actor;
}

/* What stands, or refused: there is none, or it was this person's own. */
static bool find_look(struct hub *hub, const struct episode *episode, struct second_look_row *ret, struct error *err)
{
	struct second_look_standing_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry};
	bool found;

	if (!second_look_standing(hub->tx, &in, ret, &found, err)) return false;
	if (!found) return error_refused(err, "no second look waits here: it may have been taken already");
	if (is_somebody_else(hub, ret)) return true;
	error_refused(err, "a second look is somebody else's: you recommended or decided this");
	return error_hint(err, "Ask another practice manager, a deputy, the EDT manager or a service manager.");
}

/* What is disagreed with asks for a review by a manager, who may re-open it. */
static bool ask_for_review(struct hub *hub, const struct episode *episode, struct error *err)
{
	struct episode_flag_in flag = {
		.enquiry = episode->enquiry, .rescreen_asked_at = INSTANT_NONE, .review_asked_at = INSTANT_NONE};

	if (episode->ended_at != INSTANT_NONE)
		flag.review_asked_at = hub->now;
	else
		flag.rescreen_asked_at = hub->now;
	return episode_flag(hub->tx, &flag, NULL, err);
}

bool second_look_take(struct hub *hub, const struct second_look_take *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_LOOK_AGAIN, .detail = in->second_look};
	struct episode episode;
	struct second_look_row look;
	struct second_look_taken_in taken = {
		.looked_by = hub->actor.account, .looked_at = hub->now, .second_look = in->second_look};
	int64_t changed;

	if (!hub_may(hub, ACTION_LOOK_AGAIN, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!find_look(hub, &episode, &look, err)) return false;
	if (!check_look(hub, in, err)) return false;
	taken.id = look.id;
	taken.reason = text_blank(in->reason) ? TEXT_NONE : in->reason;
	if (!second_look_taken(hub->tx, &taken, &changed, err)) return false;
	if (changed != 1) return error_refused(err, "this second look was taken already");
	entry.enquiry = episode.enquiry;
	if (!audit_write(hub, &entry, NULL, err)) return false;
	return second_look_of(in->second_look) == SECOND_LOOK_AGREED || ask_for_review(hub, &episode, err);
}

bool second_look_may(struct hub *hub, const struct episode *episode, bool *ret, struct error *err)
{
	struct second_look_standing_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry};
	struct second_look_row look;
	bool found = false;

	*ret = false;
	if (!hub_can(hub, ACTION_LOOK_AGAIN) || state_open(state_of(episode->state))) return true;
	if (!second_look_standing(hub->tx, &in, &look, &found, err)) return false;
	*ret = found && is_somebody_else(hub, &look);
	return true;
}

bool second_look_list(struct hub *hub, struct second_look_waiting_rows *ret, struct error *err)
{
	struct second_looks_waiting_in in = {.viewer = hub->actor.account, .limit = WAITING_ROWS_MOST};

	return second_looks_waiting(hub->tx, &in, ret, err);
}

bool signature_list(struct hub *hub, struct signature_rows *ret, struct error *err)
{
	struct signatures_waiting_in in = {.viewer = hub->actor.account, .limit = WAITING_ROWS_MOST};

	return signatures_waiting(hub->tx, &in, ret, err);
}

bool signature_candidates(struct hub *hub, struct signature_person_rows *ret, struct error *err)
{
	return signature_people(hub->tx, &(struct signature_people_in){.at = hub->now}, ret, err);
}
