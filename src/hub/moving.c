#include "hub/moving.h"

#include "hub/holding.h"
#include "sql/enquiry.h"

static const struct input_member move_members[] = {
	{FIELD_workstream, COLUMN_TEXT, offsetof(struct enquiry_move, workstream), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_move, reason), true},
};

const struct input_type enquiry_move_input = {
	.name = "enquiry_move",
	.size = sizeof(struct enquiry_move),
	INPUT_MEMBERS(move_members),
};

/* Whoever has it is of the team of the old workstream, so it is put back first. */
static bool put_back(struct hub *hub, struct episode *episode, struct error *err)
{
	struct step step = {.action = ACTION_MOVE, .transition = TRANSITION_UNALLOCATED};
	enum state state = state_of(episode->state);

	if (state != STATE_ALLOCATED && state != STATE_HELD) return true;
	step.about = episode->worker.n ? episode->worker : episode->held_by;
	return holding_put_back(hub, episode, &step, err);
}

static bool nothing_recommended(const struct episode *episode, struct error *err)
{
	if (state_of(episode->state) != STATE_RECOMMENDED) return true;
	error_refused(err, "an outcome is recommended and waits for a second person");
	return error_hint(err, "Authorise it or return it to the worker first.");
}

static bool find_workstream(
	struct hub *hub, const struct enquiry_move *in, struct workstream_by_key_row *ret, struct error *err)
{
	bool found;

	if (!workstream_by_key(hub->tx, &(struct workstream_by_key_in){in->workstream}, ret, &found, err)) return false;
	if (found) return true;
	return error_field(err, "workstream", "There is no workstream %.*s", TEXT_ARG(text_slice(in->workstream, 0, 60)));
}

/* Out of the one and into the other at the same instant, with every child still open. */
static bool change_over(
	struct hub *hub, struct episode *episode, const struct workstream_by_key_row *to, struct error *err)
{
	struct balance_change out = {.kind = "moved_out", .unit = BALANCE_WITH_CHILDREN};
	struct balance_change into = {.kind = "moved_in", .unit = BALANCE_WITH_CHILDREN};

	if (!moving_began(hub->tx, &(struct moving_began_in){episode->id}, NULL, err)) return false;
	if (!balance_write(hub, episode, &out, err)) return false;
	episode->workstream = to->id;
	return balance_write(hub, episode, &into, err);
}

static bool note(struct hub *hub, const struct episode *episode, const struct workstream_by_key_row *to,
	struct text reason, struct error *err)
{
	struct moving_insert_in in = {
		.episode = episode->id,
		.from_workstream = episode->workstream,
		.to_workstream = to->id,
		.reason = reason,
		.moved_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	return moving_insert(hub->tx, &in, NULL, err);
}

/* From where it stands, or from where it stands once it is put back. */
static bool may_move(const struct episode *episode, struct error *err)
{
	return lifecycle_may(state_of(episode->state), TRANSITION_UNALLOCATED) ||
		   episode_takes(episode, TRANSITION_MOVED, err);
}

bool enquiry_move(struct hub *hub, const struct enquiry_move *in, struct error *err)
{
	struct step step = {.action = ACTION_MOVE, .transition = TRANSITION_MOVED};
	struct episode episode;
	struct workstream_by_key_row to;

	if (!hub_may(hub, ACTION_MOVE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!nothing_recommended(&episode, err) || !may_move(&episode, err)) return false;
	if (!find_workstream(hub, in, &to, err)) return false;
	if (to.id.n == episode.workstream.n)
		return error_field(err, "workstream", "It is in this workstream already: choose another");
	if (text_blank(in->reason)) return error_field(err, "reason", "Enter why it is moved");
	step.detail = to.key;
	if (!put_back(hub, &episode, err) || !episode_step(hub, &episode, &step, err)) return false;
	if (!note(hub, &episode, &to, in->reason, err)) return false;
	if (!change_over(hub, &episode, &to, err) || !episode_save(hub, &episode, err)) return false;
	return holding_settle(hub, to.id, err);
}

bool moving_workstreams(struct hub *hub, struct moving_choices_rows *ret, struct error *err)
{
	return moving_choices(hub->tx, ret, err);
}
