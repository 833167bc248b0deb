#include "hub/moving.h"

#include "sql/enquiry.h"
#include "sql/moving.h"

static const struct input_member move_members[] = {
	{FIELD_workstream, COLUMN_TEXT, offsetof(struct enquiry_move, workstream), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_move, reason), true},
};

const struct input_type enquiry_move_input = {
	.name = "enquiry_move",
	.size = sizeof(struct enquiry_move),
	INPUT_MEMBERS(move_members),
};

static bool with_nobody(const struct episode *episode, struct error *err)
{
	enum state state = state_of(episode->state);

	if (state != STATE_ALLOCATED && state != STATE_HELD && state != STATE_RECOMMENDED) return true;
	error_refused(err, "somebody of its workstream's team has it");
	return error_hint(err, state == STATE_RECOMMENDED
							   ? "Authorise the recommendation, or return it and put it back to unallocated first."
							   : "Put it back to unallocated first.");
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

bool enquiry_move(struct hub *hub, const struct enquiry_move *in, struct error *err)
{
	struct step step = {.action = ACTION_MOVE, .transition = TRANSITION_MOVED};
	struct episode episode;
	struct workstream_by_key_row to;

	if (!hub_may(hub, ACTION_MOVE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!with_nobody(&episode, err) || !episode_takes(&episode, TRANSITION_MOVED, err)) return false;
	if (!find_workstream(hub, in, &to, err)) return false;
	if (to.id.n == episode.workstream.n)
		return error_field(err, "workstream", "It is in this workstream already: choose another");
	if (text_blank(in->reason)) return error_field(err, "reason", "Enter why it is moved");
	step.detail = to.key;
	if (!episode_step(hub, &episode, &step, err)) return false;
	if (!change_over(hub, &episode, &to, err)) return false;
	return episode_save(hub, &episode, err);
}
