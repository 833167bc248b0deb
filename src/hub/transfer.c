#include "hub/transfer.h"

#include "base/london.h"
#include "rules/clock.h"
#include "sql/transfer.h"

static const struct input_member record_members[] = {
	{FIELD_from_authority, COLUMN_TEXT, offsetof(struct transfer_record, from_authority), true},
	{FIELD_spoken_to, COLUMN_TEXT, offsetof(struct transfer_record, spoken_to), true},
	{FIELD_plan_status, COLUMN_TEXT, offsetof(struct transfer_record, plan_status), true},
	{FIELD_told_at, COLUMN_INSTANT, offsetof(struct transfer_record, told_at), false},
};

const struct input_type transfer_record_input = {
	.name = "transfer_record",
	.size = sizeof(struct transfer_record),
	INPUT_MEMBERS(record_members),
};

static bool check_record(const struct hub *hub, const struct transfer_record *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_from_authority, !text_blank(in->from_authority));
	decode_required(&decoder, FIELD_spoken_to, !text_blank(in->spoken_to));
	decode_required(&decoder, FIELD_plan_status, plan_status_of(in->plan_status) != PLAN_NONE);
	if (in->told_at > hub->now) decode_problem(&decoder, FIELD_told_at, "It can't have been told in the future");
	return decode_ok(&decoder);
}

bool transfer_in_record(struct hub *hub, const struct transfer_record *in, struct error *err)
{
	struct step step = {
		.action = ACTION_TRANSFER_IN, .transition = TRANSITION_TRANSFERRED_IN, .detail = in->plan_status};
	struct episode episode;
	struct transfer_in_insert_row made;
	struct transfer_in_insert_in row = {
		.from_authority = in->from_authority,
		.spoken_to = in->spoken_to,
		.plan_status = in->plan_status,
		.told_at = in->told_at == INSTANT_NONE ? hub->now : in->told_at,
		.conference_due_at = INSTANT_NONE,
		.recorded_by = hub->actor.account,
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_TRANSFER_IN, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_TRANSFERRED_IN, err)) return false;
	if (!check_record(hub, in, err)) return false;
	if (plan_status_of(in->plan_status) != PLAN_NO_PLAN)
		row.conference_due_at = clock_other_due(hub->policy, CLOCK_TRANSFER_IN, row.told_at);
	row.enquiry = episode.enquiry;
	if (!transfer_in_insert(hub->tx, &row, &made, err)) return false;
	return episode_step(hub, &episode, &step, err);
}

static const struct input_member accept_members[] = {
	{FIELD_transfer_in, COLUMN_ID, offsetof(struct transfer_accept, transfer_in), true},
};

const struct input_type transfer_accept_input = {
	.name = "transfer_accept",
	.size = sizeof(struct transfer_accept),
	INPUT_MEMBERS(accept_members),
};

static bool find(struct hub *hub, struct enquiry_id enquiry, struct transfer_in_id id, struct transfer_in_get_row *ret,
	struct error *err)
{
	struct transfer_in_get_in in = {.viewer = hub->actor.account, .enquiry = enquiry, .transfer_in = id};
	bool found;

	if (!transfer_in_get(hub->tx, &in, ret, &found, err)) return false;
	return found || error_not_found(err, "this enquiry has no such transfer on record");
}

bool transfer_accept(struct hub *hub, const struct transfer_accept *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_TRANSFER_IN, .detail = TEXT("accepted")};
	struct transfer_in_accept_in accept = {
		.transfer_in = in->transfer_in, .accepted_by = hub->actor.account, .accepted_at = hub->now};
	struct transfer_in_get_row row;

	if (!hub_may(hub, ACTION_TRANSFER_IN, err)) return false;
	if (!enquiry_find(hub, in->on.reference, &entry.enquiry, err)) return false;
	if (!find(hub, entry.enquiry, in->transfer_in, &row, err)) return false;
	if (row.accepted_at != INSTANT_NONE) return error_refused(err, "this transfer has been accepted already");
	return transfer_in_accept(hub->tx, &accept, NULL, err) && audit_write(hub, &entry, NULL, err);
}

static const struct input_member conference_members[] = {
	{FIELD_transfer_in, COLUMN_ID, offsetof(struct transfer_conference, transfer_in), true},
	{FIELD_conference_held_at, COLUMN_INSTANT, offsetof(struct transfer_conference, conference_held_at), true},
};

const struct input_type transfer_conference_input = {
	.name = "transfer_conference",
	.size = sizeof(struct transfer_conference),
	INPUT_MEMBERS(conference_members),
};

static bool check_conference(const struct hub *hub, const struct transfer_in_get_row *row,
	const struct transfer_conference *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_conference_held_at, in->conference_held_at != INSTANT_NONE);
	if (in->conference_held_at > hub->now)
		decode_problem(&decoder, FIELD_conference_held_at, "It can't have been held in the future");
	if (in->conference_held_at != INSTANT_NONE && in->conference_held_at < row->told_at)
		decode_problem(&decoder, FIELD_conference_held_at, "It can't have been held before the transfer was told, %s",
			london_short(hub->arena, row->told_at).ptr);
	return decode_ok(&decoder);
}

bool transfer_conference(struct hub *hub, const struct transfer_conference *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_TRANSFER_IN, .detail = TEXT("conference")};
	struct transfer_in_conference_held_in held = {
		.transfer_in = in->transfer_in, .conference_held_at = in->conference_held_at};
	struct transfer_in_get_row row;

	if (!hub_may(hub, ACTION_TRANSFER_IN, err)) return false;
	if (!enquiry_find(hub, in->on.reference, &entry.enquiry, err)) return false;
	if (!find(hub, entry.enquiry, in->transfer_in, &row, err)) return false;
	if (row.conference_due_at == INSTANT_NONE || row.conference_held_at != INSTANT_NONE)
		return error_refused(err, "no conference of this transfer is waited for");
	if (!check_conference(hub, &row, in, err)) return false;
	return transfer_in_conference_held(hub->tx, &held, NULL, err) && audit_write(hub, &entry, NULL, err);
}
