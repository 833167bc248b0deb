#include "hub/holding.h"

#include "hub/duty.h"
#include "hub/proposal.h"
#include "rules/clock.h"
#include "sql/allocation.h"
#include "sql/holding.h"

static bool past_half(const struct hub *hub, const struct holding_looking_row *row, instant when)
{
	return clock_past_half(hub->policy, rag_of(row->rag), row->started_at, row->due_at, when);
}

/* An accumulation's clocks ran out before anybody here could act: see the header. */
static bool has_to_be_held(const struct hub *hub, const struct holding_looking_row *row)
{
	bool taken_over = text_is(row->workstream_key, "accumulation");

	if (taken_over && row->taken_over_at != INSTANT_NONE && row->screened_at < row->taken_over_at) return false;
	if (rag_of(row->rag) == RAG_RED) return true;
	if (!past_half(hub, row, hub->now)) return false;
	return !taken_over || !past_half(hub, row, row->screened_at);
}

static bool hold(
	struct hub *hub, const struct duty_person *holder, const struct holding_looking_row *row, struct error *err)
{
	struct step step = {
		.action = ACTION_HOLD, .transition = TRANSITION_HELD, .about = holder->account, .detail = TEXT("no_room")};
	struct episode episode;
	bool found;

	if (!holding_episode(hub->tx, &(struct holding_episode_in){row->id}, &episode, &found, err)) return false;
	if (!found) return error_failed(err, "the episode to be held is gone");
	if (!episode_step(hub, &episode, &step, err)) return false;
	episode.held_by = holder->account;
	episode.held_at = hub->now;
	return episode_save(hub, &episode, err);
}

/* The most urgent find the room there is; the others need somebody's name. */
static bool settle(struct hub *hub, const struct holding_room_row *at, struct error *err)
{
	struct holding_looking_rows seekers;
	struct duty_person holder;
	int64_t room = at->room;
	bool found;

	if (at->looking <= room) return true;
	if (!holding_looking(hub->tx, &(struct holding_looking_in){at->workstream}, &seekers, err)) return false;
	if (!duty_holder(hub, &holder, &found, err)) return false;
	for (size_t i = 0; found && i < seekers.count; i++) {
		if (!has_to_be_held(hub, &seekers.rows[i]) || room-- > 0) continue;
		if (!hold(hub, &holder, &seekers.rows[i], err)) return false;
	}
	return true;
}

bool holding_settle(struct hub *hub, struct workstream_id workstream, struct error *err)
{
	struct holding_room_in in = {.at = hub->now, .workstream = workstream};
	struct holding_room_rows rooms;

	if (hub->from_file) return true;
	if (!holding_room(hub->tx, &in, &rooms, err)) return false;
	for (size_t i = 0; i < rooms.count; i++)
		if (!settle(hub, &rooms.rows[i], err)) return false;
	return true;
}

static const struct input_member unallocate_members[] = {
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_unallocate, reason), true},
};

const struct input_type enquiry_unallocate_input = {
	.name = "enquiry_unallocate",
	.size = sizeof(struct enquiry_unallocate),
	INPUT_MEMBERS(unallocate_members),
};

bool holding_put_back(struct hub *hub, struct episode *episode, enum action action, struct error *err)
{
	struct account_id was = episode->worker.n ? episode->worker : episode->held_by;
	struct step step = {.action = action, .transition = TRANSITION_UNALLOCATED, .about = was};
	struct allocation_end_in end = {.episode = episode->id, .ended_at = hub->now};

	if (!episode_step(hub, episode, &step, err)) return false;
	if (!allocation_end(hub->tx, &end, NULL, err)) return false;
	episode->worker = (struct account_id){0};
	episode->allocated_at = INSTANT_NONE;
	episode->held_by = (struct account_id){0};
	episode->held_at = INSTANT_NONE;
	return episode_save(hub, episode, err);
}

bool enquiry_unallocate(struct hub *hub, const struct enquiry_unallocate *in, struct error *err)
{
	struct episode episode;

	if (!hub_may(hub, ACTION_UNALLOCATE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_UNALLOCATED, err)) return false;
	if (text_blank(in->reason)) return error_field(err, "reason", "Say why it goes back");
	if (!holding_put_back(hub, &episode, ACTION_UNALLOCATE, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}
