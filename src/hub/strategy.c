#include "hub/strategy.h"

#include "hub/closing.h"

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

/* One at a time: a second that nobody holds would stand open for ever. */
static bool none_waits(struct hub *hub, const struct episode *episode, struct error *err)
{
	struct strategy_last_row last;
	bool found;

	if (!find_last(hub, episode, &last, &found, err)) return false;
	if (!found || last.strategy_held_at != INSTANT_NONE) return true;
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
	if (!quorate(in->agencies))
		decode_problem(&decoder, FIELD_agencies, "Social care, police and health at least take part");
	return decode_ok(&decoder);
}

static bool complete(
	struct hub *hub, const struct strategy_record *in, const struct strategy_last_row *requested, struct error *err)
{
	struct strategy_complete_in row = {
		.strategy_discussion = requested->id,
		.held_at = in->strategy_held_at,
		.agencies = in->agencies,
		.took_part = in->took_part,
		.decision = in->strategy_decision,
		.police_protection_at = in->police_protection_at,
	};

	return strategy_complete(hub->tx, &row, NULL, err);
}

bool strategy_record(struct hub *hub, const struct strategy_record *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_RECORD_STRATEGY, .detail = in->strategy_decision};
	struct episode episode;
	struct strategy_last_row last;
	bool found;

	if (!hub_may(hub, ACTION_RECORD_STRATEGY, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!find_last(hub, &episode, &last, &found, err)) return false;
	if (!found || last.strategy_held_at != INSTANT_NONE)
		return error_refused(err, "no strategy discussion has been requested that was not yet held");
	if (!check_record(hub, &episode, in, err)) return false;
	if (!complete(hub, in, &last, err)) return false;
	entry.enquiry = episode.enquiry;
	if (!audit_write(hub, &entry, NULL, err)) return false;
	return closing_follow(hub, &episode, err);
}
