#include "hub/hand_over.h"

#include "base/london.h"
#include "hub/closing.h"
#include "rules/clock.h"
#include "sql/information.h"
#include "sql/open_case.h"

struct passing {
	enum hand_over_kind kind;
	struct text to_whom;
	struct text telephoned;
	instant due_at;
};

/* "Jane Ward and their manager Sam Holt, Family team 2": whom the council's case system has for the child now. */
static bool find_allocated(struct hub *hub, struct child_id child, struct text *ret, struct error *err)
{
	struct open_case_of_child_in in = {.viewer = hub->actor.account, .child = child, .today = london_day(hub->now)};
	struct open_case_of_child_row row;
	struct text words;
	bool found;

	*ret = TEXT_NONE;
	if (!open_case_of_child(hub->tx, &in, &row, &found, err)) return false;
	if (!found || !row.open) return true;
	words = row.case_worker;
	if (row.case_manager.len)
		words = arena_printf(hub->arena, "%.*s and their manager %.*s", TEXT_ARG(words), TEXT_ARG(row.case_manager));
	else
		words = arena_printf(hub->arena, "%.*s and their manager", TEXT_ARG(words));
	if (row.case_team.len) words = arena_printf(hub->arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(row.case_team));
	*ret = words;
	return true;
}

/* What an outcome hands over, and to whom; false where it hands over nothing. */
static bool passing_of(
	const struct hub *hub, const struct episode *episode, const struct outcome_proposed_row *row, struct passing *ret)
{
	*ret = (struct passing){.due_at = INSTANT_NONE, .to_whom = row->to_whom, .telephoned = TEXT_NONE};
	switch (outcome_of(row->outcome)) {
	case OUTCOME_SECTION_47:
	case OUTCOME_ASSESSMENT:
		ret->kind = HAND_OVER_ASSESSMENT_TEAM;
		ret->to_whom = TEXT("Assessment team");
		if (!hub->policy->assessment_from_acceptance)
			ret->due_at = clock_other_due(hub->policy, CLOCK_ASSESSMENT, episode->received_at);
		return true;
	case OUTCOME_UNIVERSAL_SERVICES:
		ret->kind = HAND_OVER_SERVICE;
		ret->to_whom = row->outcome_service;
		return !text_none(row->agreement_by);
	case OUTCOME_OPEN_CASE:
		ret->kind = HAND_OVER_OPEN_CASE;
		ret->telephoned = row->to_whom;
		ret->due_at = episode->due_at;
		return true;
	case OUTCOME_OTHER_AUTHORITY:
		ret->kind = HAND_OVER_OTHER_AUTHORITY;
		ret->telephoned = row->to_whom;
		return true;
	default: return false;
	}
}

bool hand_over_follow(
	struct hub *hub, const struct episode *episode, const struct outcome_proposed_row *row, struct error *err)
{
	struct passing passing;
	struct hand_over_insert_row made;
	struct hand_over_insert_in in = {
		.episode = episode->id,
		.child = row->child,
		.made_by = hub->actor.account,
		.made_at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!passing_of(hub, episode, row, &passing)) return true;
	if (passing.kind == HAND_OVER_OPEN_CASE && !hub->from_file &&
		!find_allocated(hub, row->child, &passing.to_whom, err))
		return false;
	in.kind = hand_over_kind_text(passing.kind);
	in.to_whom = text_none(passing.to_whom) ? hand_over_kind_words(passing.kind) : passing.to_whom;
	in.telephoned = passing.telephoned;
	in.due_at = passing.due_at;
	return hand_over_insert(hub->tx, &in, &made, err);
}

bool feedback_owe(struct hub *hub, const struct episode *episode, struct error *err)
{
	enum source source = source_of(episode->source_code);
	struct referrer_owe_in in = {
		.stable_id =
			arena_printf(hub->arena, "feedback:%.*s:%lld", TEXT_ARG(episode->reference), (long long)episode->n),
		.kind = TEXT("feedback"),
		.enquiry = episode->enquiry,
		.content = episode->reference,
		.at = hub->now,
		.due_at = hub->recorded_at,
		.owed_by = clock_other_due(hub->policy, CLOCK_ACKNOWLEDGEMENT, hub->now),
		.recorded_at = hub->recorded_at,
	};

	if (hub->from_file || source == SOURCE_9 || source == SOURCE_10) return true;
	return referrer_owe(hub->tx, &in, NULL, err);
}

static const struct input_member told_members[] = {
	{FIELD_referrer_told_at, COLUMN_INSTANT, offsetof(struct referrer_told, referrer_told_at), false},
};

const struct input_type referrer_told_input = {
	.name = "referrer_told",
	.size = sizeof(struct referrer_told),
	INPUT_MEMBERS(told_members),
};

bool referrer_answered(struct hub *hub, const struct referrer_told *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_ANSWER_REFERRER};
	struct referrer_owed_in owed_in = {.viewer = hub->actor.account};
	struct referrer_mark_told_in told = {
		.delivered_at = in->referrer_told_at == INSTANT_NONE ? hub->now : in->referrer_told_at};
	struct referrer_owed_row owed;
	bool found;

	if (!hub_may(hub, ACTION_ANSWER_REFERRER, err)) return false;
	if (!enquiry_find(hub, in->on.reference, &entry.enquiry, err)) return false;
	owed_in.enquiry = entry.enquiry;
	if (!referrer_owed(hub->tx, &owed_in, &owed, &found, err)) return false;
	if (!found) return error_refused(err, "the referrer is owed no answer");
	if (told.delivered_at > hub->now)
		return error_field(err, "referrer_told_at", "The referrer can't have been answered in the future");
	told.outbox = owed.id;
	if (!referrer_mark_told(hub->tx, &told, NULL, err)) return false;
	return audit_write(hub, &entry, NULL, err);
}

static const struct input_member answer_members[] = {
	{FIELD_hand_over, COLUMN_ID, offsetof(struct hand_over_reply, hand_over), true},
	{FIELD_hand_over_answer, COLUMN_TEXT, offsetof(struct hand_over_reply, hand_over_answer), true},
	{FIELD_accepted_by, COLUMN_TEXT, offsetof(struct hand_over_reply, accepted_by), true},
	{FIELD_declined_reason, COLUMN_TEXT, offsetof(struct hand_over_reply, declined_reason), false},
};

const struct input_type hand_over_reply_input = {
	.name = "hand_over_reply",
	.size = sizeof(struct hand_over_reply),
	INPUT_MEMBERS(answer_members),
};

static bool check_answer(
	const struct hub *hub, const struct hand_over_reply *in, enum hand_over_answer answer, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_hand_over_answer, answer != HAND_OVER_ANSWER_NONE);
	decode_required(&decoder, FIELD_accepted_by, !text_blank(in->accepted_by));
	if (answer == HAND_OVER_ANSWER_DECLINED)
		decode_required(&decoder, FIELD_declined_reason, !text_blank(in->declined_reason));
	return decode_ok(&decoder);
}

static bool find_waiting(struct hub *hub, const struct episode *episode, struct hand_over_id id,
	struct hand_over_get_row *ret, struct error *err)
{
	struct hand_over_get_in by_id = {.viewer = hub->actor.account, .enquiry = episode->enquiry, .hand_over = id};
	bool found;

	if (!hand_over_get(hub->tx, &by_id, ret, &found, err)) return false;
	if (!found) return error_not_found(err, "this enquiry has no such hand-over");
	if (hand_over_answer_of(ret->answer) == HAND_OVER_ANSWER_ACCEPTED)
		return error_refused(err, "this hand-over has been accepted already");
	return true;
}

/* Where the policy counts an assessment from its acceptance, it is due from now. */
static instant due_from_acceptance(
	const struct hub *hub, const struct hand_over_get_row *hand_over, enum hand_over_answer answer)
{
	bool assessment = hand_over_kind_of(hand_over->kind) == HAND_OVER_ASSESSMENT_TEAM;

	if (!assessment || answer != HAND_OVER_ANSWER_ACCEPTED || !hub->policy->assessment_from_acceptance)
		return INSTANT_NONE;
	return clock_other_due(hub->policy, CLOCK_ASSESSMENT, hub->now);
}

static bool write_answer(struct hub *hub, const struct hand_over_reply *in, const struct hand_over_get_row *hand_over,
	enum hand_over_answer answer, struct error *err)
{
	struct hand_over_answered_in row = {
		.hand_over = in->hand_over,
		.answered_by = in->accepted_by,
		.answered_at = hub->now,
		.answer = hand_over_answer_text(answer),
		.answer_reason = answer == HAND_OVER_ANSWER_DECLINED ? in->declined_reason : TEXT_NONE,
		.due_at = due_from_acceptance(hub, hand_over, answer),
	};

	return hand_over_answered(hub->tx, &row, NULL, err);
}

/* Of the episode that stands: a step of its life, and perhaps its last. Of an earlier one: an entry. */
static bool note_answer(struct hub *hub, struct episode *episode, const struct hand_over_get_row *hand_over,
	enum hand_over_answer answer, struct error *err)
{
	struct step step = {.action = ACTION_ANSWER_HAND_OVER,
		.transition = TRANSITION_HANDED_OVER,
		.detail = hand_over_answer_text(answer)};
	struct audit_entry entry = {.action = step.action, .enquiry = episode->enquiry, .detail = step.detail};

	if (hand_over->episode.n != episode->id.n || answer == HAND_OVER_ANSWER_DECLINED)
		return audit_write(hub, &entry, NULL, err);
	if (!episode_step(hub, episode, &step, err)) return false;
	return closing_follow(hub, episode, err);
}

bool hand_over_reply(struct hub *hub, const struct hand_over_reply *in, struct error *err)
{
	enum hand_over_answer answer = hand_over_answer_of(in->hand_over_answer);
	struct episode episode;
	struct hand_over_get_row hand_over;

	if (!hub_may(hub, ACTION_ANSWER_HAND_OVER, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!find_waiting(hub, &episode, in->hand_over, &hand_over, err)) return false;
	if (!check_answer(hub, in, answer, err)) return false;
	if (!write_answer(hub, in, &hand_over, answer, err)) return false;
	return note_answer(hub, &episode, &hand_over, answer, err);
}
