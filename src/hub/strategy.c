#include "hub/strategy.h"

#include "base/london.h"
#include "hub/closing.h"
#include "hub/protection.h"
#include "rules/clock.h"

static const struct input_member request_members[] = {
	{FIELD_reason, COLUMN_TEXT, offsetof(struct strategy_request, reason), false},
};

const struct input_type strategy_request_input = {
	.name = "strategy_request",
	.size = sizeof(struct strategy_request),
	INPUT_MEMBERS(request_members),
};

static bool find_last(
	struct hub *hub, const struct episode *episode, struct strategy_last_row *ret, bool *ret_found, struct error *err)
{
	struct strategy_last_in in = {.viewer = hub->actor.account, .episode = episode->id};

	return strategy_last(hub->tx, &in, ret, ret_found, err);
}

bool strategy_requested(struct hub *hub, const struct episode *episode, instant *ret, struct error *err)
{
	struct strategy_last_row last;
	bool found;

	if (!find_last(hub, episode, &last, &found, err)) return false;
	*ret = found ? last.strategy_requested_at : INSTANT_NONE;
	return true;
}

static bool among(struct text agencies, enum agency agency)
{
	struct text part;

	while (text_split(&agencies, ';', &part))
		if (agency_of(text_trim(part)) == agency) return true;
	return false;
}

static bool quorate(struct text agencies)
{
	return among(agencies, AGENCY_SOCIAL_CARE) && among(agencies, AGENCY_POLICE) && among(agencies, AGENCY_HEALTH);
}

bool strategy_was_held(struct hub *hub, const struct episode *episode, bool *ret, struct error *err)
{
	struct strategy_last_row last;
	bool found;

	if (!find_last(hub, episode, &last, &found, err)) return false;
	*ret = found && last.strategy_held_at != INSTANT_NONE && quorate(last.agencies);
	return true;
}

/* From screening on, for as long as it is open. */
static bool may_request(const struct episode *episode, struct error *err)
{
	enum state state = state_of(episode->state);

	if (state == STATE_RECEIVED) {
		error_refused(err, "this enquiry has not been screened");
		return error_hint(err, "Screen it first: a rating of red is enough.");
	}
	if (!state_open(state)) return error_refused(err, "this enquiry has ended; re-open it first");
	return true;
}

static bool find_waiting(struct hub *hub, const struct episode *episode, struct strategy_waiting_row *ret,
	bool *ret_found, struct error *err)
{
	struct strategy_waiting_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry};

	return strategy_waiting(hub->tx, &in, ret, ret_found, err);
}

/* One at a time: a second that nobody holds would stand open for ever. */
static bool none_waits(struct hub *hub, const struct episode *episode, struct error *err)
{
	struct strategy_waiting_row waiting;
	bool found;

	if (!find_waiting(hub, episode, &waiting, &found, err)) return false;
	if (!found) return true;
	error_refused(err, "a strategy discussion has been requested and not yet held");
	return error_hint(err, "Record that it was held before another is requested.");
}

bool strategy_request(struct hub *hub, const struct strategy_request *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_REQUEST_STRATEGY};
	struct episode episode;
	struct strategy_insert_row row;
	struct strategy_insert_in insert = {
		.requested_at = hub->now,
		.requested_by = hub->actor.account,
		.reason = text_blank(in->reason) ? TEXT_NONE : in->reason,
		.due_at = clock_other_due(hub->policy, CLOCK_STRATEGY_HELD, hub->now),
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_REQUEST_STRATEGY, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!may_request(&episode, err)) return false;
	if (!none_waits(hub, &episode, err)) return false;
	insert.episode = episode.id;
	entry.enquiry = episode.enquiry;
	if (!strategy_insert(hub->tx, &insert, &row, err)) return false;
	return audit_write(hub, &entry, NULL, err);
}

static const struct input_member record_members[] = {
	{FIELD_strategy_held_at, COLUMN_INSTANT, offsetof(struct strategy_record, strategy_held_at), true},
	{FIELD_agencies, COLUMN_TEXT, offsetof(struct strategy_record, agencies), true},
	{FIELD_took_part, COLUMN_TEXT, offsetof(struct strategy_record, took_part), false},
	{FIELD_strategy_decision, COLUMN_TEXT, offsetof(struct strategy_record, strategy_decision), true},
	{FIELD_police_protection_at, COLUMN_INSTANT, offsetof(struct strategy_record, police_protection_at), false},
};

const struct input_type strategy_record_input = {
	.name = "strategy_record",
	.size = sizeof(struct strategy_record),
	INPUT_MEMBERS(record_members),
};

static bool check_record(
	const struct hub *hub, const struct episode *episode, const struct strategy_record *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_strategy_held_at, in->strategy_held_at != INSTANT_NONE);
	decode_required(&decoder, FIELD_strategy_decision, strategy_decision_of(in->strategy_decision) != STRATEGY_NONE);
	if (in->strategy_held_at > hub->now)
		decode_problem(&decoder, FIELD_strategy_held_at, "It can't have been held in the future");
	if (in->strategy_held_at != INSTANT_NONE && in->strategy_held_at < episode->received_at)
		decode_problem(&decoder, FIELD_strategy_held_at, "It can't have been held before the enquiry was received");
	if (in->police_protection_at > hub->now)
		decode_problem(&decoder, FIELD_police_protection_at, "It can't have begun in the future");
	if (!quorate(in->agencies))
		decode_problem(&decoder, FIELD_agencies, "Social care, police and health at least take part");
	return decode_ok(&decoder);
}

static bool decides_section_47(struct text decision)
{
	enum strategy_decision decided = strategy_decision_of(decision);

	return decided == STRATEGY_JOINT_SECTION_47 || decided == STRATEGY_SINGLE_SECTION_47;
}

static bool complete(
	struct hub *hub, const struct strategy_record *in, struct strategy_discussion_id requested, struct error *err)
{
	struct strategy_complete_in row = {
		.strategy_discussion = requested,
		.held_at = in->strategy_held_at,
		.agencies = in->agencies,
		.took_part = in->took_part,
		.decision = in->strategy_decision,
		.police_protection_at = in->police_protection_at,
		.conference_due_at = INSTANT_NONE,
	};

	if (decides_section_47(in->strategy_decision))
		row.conference_due_at = clock_other_due(hub->policy, CLOCK_CONFERENCE, in->strategy_held_at);
	return strategy_complete(hub->tx, &row, NULL, err);
}

bool strategy_record(struct hub *hub, const struct strategy_record *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_RECORD_STRATEGY, .detail = in->strategy_decision};
	struct episode episode;
	struct strategy_waiting_row waiting;
	bool found;

	if (!hub_may(hub, ACTION_RECORD_STRATEGY, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!find_waiting(hub, &episode, &waiting, &found, err)) return false;
	if (!found) return error_refused(err, "no strategy discussion has been requested that was not yet held");
	if (!check_record(hub, &episode, in, err)) return false;
	if (!complete(hub, in, waiting.id, err)) return false;
	entry.enquiry = episode.enquiry;
	if (!audit_write(hub, &entry, NULL, err)) return false;
	if (in->police_protection_at != INSTANT_NONE &&
		!protection_police_told(hub, &episode, in->police_protection_at, err))
		return false;
	return closing_follow(hub, &episode, err);
}

static const struct input_member conference_members[] = {
	{FIELD_conference_held_at, COLUMN_INSTANT, offsetof(struct conference_record, conference_held_at), true},
};

const struct input_type conference_record_input = {
	.name = "conference_record",
	.size = sizeof(struct conference_record),
	INPUT_MEMBERS(conference_members),
};

static bool find_conference(struct hub *hub, const struct episode *episode, struct strategy_conference_waiting_row *ret,
	bool *ret_found, struct error *err)
{
	struct strategy_conference_waiting_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry};

	return strategy_conference_waiting(hub->tx, &in, ret, ret_found, err);
}

static bool check_conference(const struct hub *hub, const struct strategy_conference_waiting_row *row,
	const struct conference_record *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_conference_held_at, in->conference_held_at != INSTANT_NONE);
	if (in->conference_held_at > hub->now)
		decode_problem(&decoder, FIELD_conference_held_at, "It can't have been held in the future");
	if (in->conference_held_at != INSTANT_NONE && in->conference_held_at < row->strategy_held_at)
		decode_problem(&decoder, FIELD_conference_held_at, "It can't have been held before the strategy discussion, %s",
			london_short(hub->arena, row->strategy_held_at).ptr);
	return decode_ok(&decoder);
}

bool strategy_conference(struct hub *hub, const struct conference_record *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_RECORD_STRATEGY, .detail = TEXT("conference")};
	struct episode episode;
	struct strategy_conference_waiting_row row;
	struct strategy_conference_held_in held = {.conference_held_at = in->conference_held_at};
	bool found;

	if (!hub_may(hub, ACTION_RECORD_STRATEGY, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!find_conference(hub, &episode, &row, &found, err)) return false;
	if (!found) return error_refused(err, "no conference is waited for");
	if (!check_conference(hub, &row, in, err)) return false;
	held.strategy_discussion = row.id;
	entry.enquiry = episode.enquiry;
	if (!strategy_conference_held(hub->tx, &held, NULL, err)) return false;
	return audit_write(hub, &entry, NULL, err);
}

bool strategy_waits(struct hub *hub, const struct episode *episode, struct strategy_waits *ret, struct error *err)
{
	struct strategy_waiting_row waiting;
	struct strategy_conference_waiting_row conference;

	return find_waiting(hub, episode, &waiting, &ret->to_be_held, err) &&
		   find_conference(hub, episode, &conference, &ret->conference, err);
}
