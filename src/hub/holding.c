#include "hub/holding.h"

#include "base/london.h"
#include "hub/allocation.h"
#include "hub/duty.h"
#include "hub/lock.h"
#include "hub/proposal.h"
#include "rules/clock.h"

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

/* What somebody is at just now is left to them, and to the next time. */
static bool hold(struct hub *hub, const struct duty_person *holder, const struct holding_looking_row *row,
	bool *ret_held, struct error *err)
{
	struct step step = {
		.action = ACTION_HOLD, .transition = TRANSITION_HELD, .about = holder->account, .detail = TEXT("no_room")};
	struct episode episode;
	bool found;

	*ret_held = false;
	if (!hub_lock_enquiry_free(hub, row->enquiry, &found, err)) return false;
	if (!found) return true;
	if (!holding_episode(hub->tx, &(struct holding_episode_in){row->id}, &episode, &found, err)) return false;
	if (!found) return error_failed(err, "the episode to be held is gone");
	*ret_held = state_of(episode.state) == STATE_SCREENED;
	if (!*ret_held) return true;
	if (!episode_step(hub, &episode, &step, err)) return false;
	episode.held_by = holder->account;
	episode.held_at = hub->now;
	return episode_save(hub, &episode, err);
}

/* How many have to be held beyond the room there is. */
static bool count_to_hold(struct hub *hub, const struct holding_room_row *at, int64_t *ret, struct error *err)
{
	struct holding_looking_rows seekers;

	*ret = -at->room;
	if (!holding_looking(hub->tx, &(struct holding_looking_in){at->workstream}, &seekers, err)) return false;
	for (size_t i = 0; i < seekers.count; i++) *ret += has_to_be_held(hub, &seekers.rows[i]);
	return true;
}

static bool any_to_hold(struct hub *hub, const struct holding_room_rows *rooms, bool *ret, struct error *err)
{
	int64_t over;

	*ret = false;
	for (size_t i = 0; i < rooms->count && !*ret; i++) {
		if (rooms->rows[i].looking <= rooms->rows[i].room) continue;
		if (!count_to_hold(hub, &rooms->rows[i], &over, err)) return false;
		*ret = over > 0;
	}
	return true;
}

bool holding_chore_due(struct hub *hub, bool *ret, struct error *err)
{
	struct holding_room_rows rooms;

	if (!holding_room(hub->tx, &(struct holding_room_in){.at = hub->now}, &rooms, err)) return false;
	return any_to_hold(hub, &rooms, ret, err);
}

bool holding_chore(struct hub *hub, struct error *err)
{
	return holding_settle(hub, (struct workstream_id){0}, err);
}

/* In one transaction: thousands that find no room at once are held over some seconds, the most urgent first. */
#define HOLD_AT_ONCE 300

/* The most urgent find the room there is; the others need somebody's name. */
static bool settle(struct hub *hub, const struct holding_room_row *at, struct error *err)
{
	struct holding_looking_rows seekers;
	struct duty_person holder;
	int64_t room = at->room, held = 0;
	bool found, was_held;

	if (at->looking <= room) return true;
	if (!holding_looking(hub->tx, &(struct holding_looking_in){at->workstream}, &seekers, err)) return false;
	if (!duty_holder(hub, &holder, &found, err)) return false;
	for (size_t i = 0; found && held < HOLD_AT_ONCE && i < seekers.count; i++) {
		if (!has_to_be_held(hub, &seekers.rows[i]) || room-- > 0) continue;
		if (!hold(hub, &holder, &seekers.rows[i], &was_held, err)) return false;
		held += was_held;
	}
	return true;
}

static bool settle_all(struct hub *hub, const struct holding_room_rows *rooms, struct error *err)
{
	for (size_t i = 0; i < rooms->count; i++)
		if (!settle(hub, &rooms->rows[i], err)) return false;
	return true;
}

/* One node after the other says what is held, and counts again behind whoever was before it. */
bool holding_settle(struct hub *hub, struct workstream_id workstream, struct error *err)
{
	struct holding_room_in in = {.at = hub->now, .workstream = workstream};
	struct holding_room_rows rooms;
	bool any;

	if (hub->from_file) return true;
	if (!holding_room(hub->tx, &in, &rooms, err)) return false;
	if (!hub_locks(hub)) return settle_all(hub, &rooms, err);
	if (!any_to_hold(hub, &rooms, &any, err) || !any) return !err->kind;
	if (!hub_lock_step(hub, err) || !hub_lock(hub, LOCK_HOLDING, err)) return false;
	return holding_room(hub->tx, &in, &rooms, err) && settle_all(hub, &rooms, err);
}
bool holding_room_of(struct hub *hub, struct workstream_id workstream, int64_t *ret_room, struct error *err)
{
	struct holding_room_in in = {.at = hub->now, .workstream = workstream};
	struct holding_room_rows rooms;

	*ret_room = 0;
	if (!holding_room(hub->tx, &in, &rooms, err)) return false;
	for (size_t i = 0; i < rooms.count; i++)
		if (rooms.rows[i].workstream.n == workstream.n) *ret_room = rooms.rows[i].room;
	return true;
}

bool holding_note(struct hub *hub, const struct episode *episode, const struct holding_said *said, struct error *err)
{
	struct holding_insert_in in = {
		.episode = episode->id,
		.kind = text_of(said->kind),
		.about = said->about,
		.other = said->other,
		.reason = text_blank(said->reason) ? TEXT_NONE : said->reason,
		.done_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	return holding_insert(hub->tx, &in, NULL, err);
}

static const struct input_member hold_members[] = {
	{FIELD_held_by, COLUMN_ID, offsetof(struct enquiry_hold, held_by), false},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_hold, reason), false},
};

const struct input_type enquiry_hold_input = {
	.name = "enquiry_hold",
	.size = sizeof(struct enquiry_hold),
	INPUT_MEMBERS(hold_members),
};

bool holding_people(struct hub *hub, struct holding_manager_rows *ret, struct error *err)
{
	return holding_managers(hub->tx, &(struct holding_managers_in){.at = hub->now}, ret, err);
}

static bool find_holder(struct hub *hub, struct account_id asked, struct holding_manager *ret, struct error *err)
{
	struct account_id wanted = asked.n > 0 ? asked : hub->actor.account;
	struct holding_manager_rows people;

	if (!holding_people(hub, &people, err)) return false;
	for (size_t i = 0; i < people.count; i++) {
		if (people.rows[i].account.n != wanted.n) continue;
		*ret = people.rows[i];
		return true;
	}
	return error_field(err, "held_by", "Choose a manager or a deputy who is here");
}

/* Of two who hold the same one, the second is told who did and when. */
static bool not_already(
	struct hub *hub, const struct episode *episode, const struct holding_manager *holder, struct error *err)
{
	struct text since;

	if (episode->held_by.n != holder->account.n || state_of(episode->state) != STATE_HELD) return true;
	since = london_short(hub->arena, episode->held_at);
	return error_refused(
		err, "%.*s holds it already, since %.*s", TEXT_ARG(text_slice(holder->name, 0, 80)), TEXT_ARG(since));
}

static bool reason_to_take(const struct episode *episode, struct text reason, struct error *err)
{
	if (!episode->worker.n || !text_blank(reason)) return true;
	return error_field(err, "reason", "Say why it is taken from its worker");
}

static bool take_into_hold(
	struct hub *hub, struct episode *episode, const struct holding_manager *holder, struct error *err)
{
	struct step step = {.action = ACTION_HOLD, .transition = TRANSITION_HELD, .about = holder->account};
	struct allocation_end_in end = {.episode = episode->id, .ended_at = hub->now};
	bool outcome_waits = proposal_kind_of(episode->pending) == PROPOSAL_OUTCOME;

	if (outcome_waits && !proposal_overtake(hub, episode, err)) return false;
	if (!episode_step(hub, episode, &step, err)) return false;
	if (!allocation_end(hub->tx, &end, NULL, err)) return false;
	episode->worker = (struct account_id){0};
	episode->allocated_at = INSTANT_NONE;
	episode->recommended_by = (struct account_id){0};
	episode->recommended_at = INSTANT_NONE;
	episode->held_by = holder->account;
	episode->held_at = hub->now;
	return episode_save(hub, episode, err);
}

bool enquiry_hold(struct hub *hub, const struct enquiry_hold *in, struct error *err)
{
	struct holding_manager holder = {0};
	struct holding_said said = {.kind = "held", .reason = in->reason};
	struct episode episode;

	if (!hub_may(hub, ACTION_HOLD, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!allocation_not_screened_out(&episode, TRANSITION_HELD, err)) return false;
	if (!find_holder(hub, in->held_by, &holder, err)) return false;
	if (!not_already(hub, &episode, &holder, err)) return false;
	if (!reason_to_take(&episode, in->reason, err)) return false;
	if (!take_into_hold(hub, &episode, &holder, err)) return false;
	said.about = holder.account;
	if (!holding_note(hub, &episode, &said, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}

static const struct input_member unallocate_members[] = {
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_unallocate, reason), true},
};

const struct input_type enquiry_unallocate_input = {
	.name = "enquiry_unallocate",
	.size = sizeof(struct enquiry_unallocate),
	INPUT_MEMBERS(unallocate_members),
};

bool holding_put_back(struct hub *hub, struct episode *episode, const struct step *step, struct error *err)
{
	struct allocation_end_in end = {.episode = episode->id, .ended_at = hub->now};

	if (!episode_step(hub, episode, step, err)) return false;
	if (!allocation_end(hub->tx, &end, NULL, err)) return false;
	episode->worker = (struct account_id){0};
	episode->allocated_at = INSTANT_NONE;
	episode->held_by = (struct account_id){0};
	episode->held_at = INSTANT_NONE;
	return episode_save(hub, episode, err);
}

bool enquiry_unallocate(struct hub *hub, const struct enquiry_unallocate *in, struct error *err)
{
	struct step step = {.action = ACTION_UNALLOCATE, .transition = TRANSITION_UNALLOCATED};
	struct holding_said said = {.kind = "put_back", .reason = in->reason};
	struct episode episode;

	if (!hub_may(hub, ACTION_UNALLOCATE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_UNALLOCATED, err)) return false;
	if (text_blank(in->reason)) return error_field(err, "reason", "Say why it goes back");
	said.about = step.about = episode.worker.n ? episode.worker : episode.held_by;
	if (!holding_put_back(hub, &episode, &step, err)) return false;
	if (!holding_note(hub, &episode, &said, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}
