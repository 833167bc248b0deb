#include "hub/duty_hand_over.h"

#include "base/london.h"
#include "hub/lock.h"
#include "hub/restriction.h"

/* As many as are accepted in one sending; who has more sends again. */
#define ACCEPT_MOST 1000

static const struct input_member give_members[] = {
	{FIELD_hand_over_words, COLUMN_TEXT, offsetof(struct duty_give, hand_over_words), true},
};
const struct input_type duty_give_input = {
	.name = "duty_give",
	.size = sizeof(struct duty_give),
	INPUT_MEMBERS(give_members),
};

const struct input_type duty_accept_input = {.name = "duty_accept", .size = sizeof(struct duty_accept)};

static const struct input_member accept_all_members[] = {
	{FIELD_direction, COLUMN_TEXT, offsetof(struct duty_accept_all, direction), true},
};
const struct input_type duty_accept_all_input = {
	.name = "duty_accept_all",
	.size = sizeof(struct duty_accept_all),
	INPUT_MEMBERS(accept_all_members),
};

static bool is_edt(enum role role)
{
	return role == ROLE_EDT_WORKER || role == ROLE_EDT_MANAGER;
}

enum direction duty_gives(const struct hub *hub)
{
	return is_edt(hub->actor.role) ? DIRECTION_FROM_EDT : DIRECTION_TO_EDT;
}

/* A manager may take on what EDT hasn't: who is on call is alarmed for it. */
bool duty_accepts(const struct hub *hub, enum direction direction, struct error *err)
{
	enum role role = hub->actor.role;

	if (!hub_may(hub, ACTION_ACCEPT_DUTY_HAND_OVER, err)) return false;
	if (direction == DIRECTION_FROM_EDT && is_edt(role))
		return error_denied(err, "the day team accepts what EDT hands over");
	if (direction == DIRECTION_TO_EDT && role == ROLE_SOCIAL_WORKER && !hub->actor.deputy)
		return error_denied(err, "EDT, or a manager, accepts what is handed over to EDT");
	return true;
}

static bool find_last(struct hub *hub, const struct episode *episode, struct duty_hand_over_last_row *ret,
	bool *ret_waits, struct error *err)
{
	struct duty_hand_over_last_in in = {.viewer = hub->actor.account, .episode = episode->id};
	bool found;

	*ret = (struct duty_hand_over_last_row){0};
	if (!duty_hand_over_last(hub->tx, &in, ret, &found, err)) return false;
	*ret_waits = found && ret->accepted_at == INSTANT_NONE && ret->overtaken_at == INSTANT_NONE;
	return true;
}

static bool note_step(struct hub *hub, struct episode *episode, enum action action, struct text detail,
	struct account_id about, struct error *err)
{
	struct step step = {.action = action, .transition = TRANSITION_HANDED_OVER, .about = about, .detail = detail};

	return episode_step(hub, episode, &step, err);
}

static bool write_given(
	struct hub *hub, struct episode *episode, const struct duty_hand_over_insert_in *given, struct error *err)
{
	struct duty_hand_over_insert_row made;

	if (text_is(given->direction, "to_edt") && !restriction_admit_edt(hub, episode->enquiry, err)) return false;
	if (text_is(given->direction, "from_edt") && !restriction_admit_duty(hub, episode->enquiry, err)) return false;
	return duty_hand_over_insert(hub->tx, given, &made, err) &&
		   note_step(hub, episode, ACTION_GIVE_DUTY_HAND_OVER, given->direction, (struct account_id){0}, err);
}

/* What EDT has decided may leave the day team something to do. */
static bool check_open(const struct episode *episode, enum direction direction, struct error *err)
{
	enum state standing = state_of(episode->state);
	struct text state = state_words(standing);

	if (state_open(standing) || (standing == STATE_DECIDED && direction == DIRECTION_FROM_EDT)) return true;
	error_refused(err, "there is nothing to hand over: %.*s", TEXT_ARG(state));
	return error_hint(err, "Re-open it if something has changed.");
}

static bool refuse_waiting(struct hub *hub, const struct duty_hand_over_last_row *last, struct error *err)
{
	bool to_edt = text_is(last->direction, "to_edt");

	error_refused(err, "it is handed over %s already, since %.*s, and waits to be accepted",
		to_edt ? "to EDT" : "to the day team", TEXT_ARG(london_short(hub->arena, last->given_at)));
	return error_hint(err, "Accept it first, or ask them to.");
}

bool duty_hand_over_give(struct hub *hub, const struct duty_give *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	struct duty_hand_over_insert_in given = {
		.direction = direction_text(duty_gives(hub)),
		.given_by = hub->actor.account,
		.given_at = hub->now,
		.words = in->hand_over_words,
		.recorded_at = hub->recorded_at,
	};
	struct duty_hand_over_last_row last;
	struct episode episode;
	bool waits;

	if (!hub_may(hub, ACTION_GIVE_DUTY_HAND_OVER, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!check_open(&episode, duty_gives(hub), err) || !find_last(hub, &episode, &last, &waits, err)) return false;
	if (waits) return refuse_waiting(hub, &last, err);
	decode_required(&decoder, FIELD_hand_over_words, !text_blank(in->hand_over_words));
	if (!decode_ok(&decoder)) return false;
	given.episode = episode.id;
	return write_given(hub, &episode, &given, err);
}

/* Nothing waits: says what became of the last one. */
static bool refuse_none(struct hub *hub, const struct duty_hand_over_last_row *last, struct error *err)
{
	if (last->accepted_at != INSTANT_NONE)
		return error_refused(err, "%.*s accepted this hand-over already, %.*s", TEXT_ARG(last->accepter),
			TEXT_ARG(london_short(hub->arena, last->accepted_at)));
	if (last->id.n && last->overtaken_at != INSTANT_NONE)
		return error_refused(err, "there is nothing to accept any more: the enquiry went another way, %.*s",
			TEXT_ARG(london_short(hub->arena, last->overtaken_at)));
	return error_refused(err, "this enquiry isn't handed over to or from EDT");
}

static bool write_accepted(
	struct hub *hub, struct episode *episode, struct duty_hand_over_id id, struct text direction, struct error *err)
{
	struct duty_hand_over_accepted_in in = {.id = id, .accepted_by = hub->actor.account, .accepted_at = hub->now};
	struct text detail = arena_printf(hub->arena, "%.*s accepted", TEXT_ARG(direction));

	return duty_hand_over_accepted(hub->tx, &in, NULL, err) &&
		   note_step(hub, episode, ACTION_ACCEPT_DUTY_HAND_OVER, detail, (struct account_id){0}, err);
}

bool duty_hand_over_accept(struct hub *hub, const struct duty_accept *in, struct error *err)
{
	struct duty_hand_over_last_row last;
	struct episode episode;
	bool waits;

	if (!hub_may(hub, ACTION_ACCEPT_DUTY_HAND_OVER, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!find_last(hub, &episode, &last, &waits, err)) return false;
	if (!waits) return refuse_none(hub, &last, err);
	if (!duty_accepts(hub, direction_of(last.direction), err) ||
		!check_open(&episode, direction_of(last.direction), err))
		return false;
	if (last.given_by.n == hub->actor.account.n)
		return error_refused(err, "you handed it over: somebody else accepts it");
	return write_accepted(hub, &episode, last.id, last.direction, err);
}

bool duty_hand_over_accept_all(
	struct hub *hub, const struct duty_accept_all *in, int64_t *ret_accepted, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	enum direction direction = direction_of(in->direction);
	struct duty_hand_over_waiting_for_in waiting = {
		.viewer = hub->actor.account, .direction = in->direction, .limit = ACCEPT_MOST};
	struct duty_hand_over_waiting_for_rows rows;

	decode_required(&decoder, FIELD_direction, direction != DIRECTION_NONE);
	if (!decode_ok(&decoder) || !duty_accepts(hub, direction, err) || !hub_lock_alone(hub, err)) return false;
	if (!duty_hand_over_waiting_for(hub->tx, &waiting, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		const struct duty_hand_over_waiting_for_row *row = &rows.rows[i];
		struct episode episode = {.id = row->episode, .enquiry = row->enquiry, .state = row->state};

		if (!write_accepted(hub, &episode, row->id, row->direction, err)) return false;
	}
	*ret_accepted = (int64_t)rows.count;
	return true;
}
