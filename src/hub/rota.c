#include "hub/rota.h"

#include "base/london.h"
#include "sql/deputy.h"

static const struct input_member shift_members[] = {
	{FIELD_account, COLUMN_ID, offsetof(struct shift_add, account), true},
	{FIELD_duty, COLUMN_TEXT, offsetof(struct shift_add, duty), true},
	{FIELD_from, COLUMN_INSTANT, offsetof(struct shift_add, from), true},
	{FIELD_to, COLUMN_INSTANT, offsetof(struct shift_add, to), true},
};

const struct input_type shift_add_input = {
	.name = "shift_add",
	.size = sizeof(struct shift_add),
	INPUT_MEMBERS(shift_members),
};

static bool times_make_sense(const struct hub *hub, const struct shift_add *in, struct error *err)
{
	if (in->to <= in->from) return error_field(err, "to", "The shift must end after it starts");
	if (in->to <= hub->now) return error_field(err, "to", "This shift is over already: a rota names people beforehand");
	if (in->to - in->from > SHIFT_DAYS_MOST * DAY_MS)
		return error_field(err, "to", "A shift is %d days at most: enter what comes after as another", SHIFT_DAYS_MOST);
	return true;
}

static bool person_suits(struct hub *hub, const struct shift_add *in, struct rota_person_row *ret, struct error *err)
{
	struct deputy_throughout_in deputy = {.account = in->account, .from = in->from, .to = in->to};
	struct deputy_throughout_row row;
	bool found, deputises;

	if (!rota_person(hub->tx, &(struct rota_person_in){.account = in->account, .at = in->to - 1}, ret, &found, err))
		return false;
	if (!found) return error_field(err, "account", "Choose somebody who works here");
	if (!ret->usable)
		return error_field(err, "account", "The account of %.*s ends before this shift does", TEXT_ARG(ret->name));
	if (!deputy_throughout(hub->tx, &deputy, &row, &deputises, err)) return false;
	if (duty_suits(duty_of(in->duty), role_of(ret->role), deputises)) return true;
	return error_field(err, "account", "%.*s can't be named for this. It takes %s",
		TEXT_ARG(text_slice(ret->name, 0, 60)), duty_suits_words(duty_of(in->duty)));
}

static bool named_once(struct hub *hub, const struct shift_add *in, struct error *err)
{
	struct rota_overlapping_in of = {.account = in->account, .kind = in->duty, .from = in->from, .to = in->to};
	struct shift_row row;
	bool found;

	if (!rota_overlapping(hub->tx, &of, &row, &found, err)) return false;
	if (!found) return true;
	return error_field(err, "from", "%.*s is named for this already from %.*s to %.*s",
		TEXT_ARG(text_slice(row.name, 0, 60)), TEXT_ARG(london_short(hub->arena, row.starts_at)),
		TEXT_ARG(london_short(hub->arena, row.ends_at)));
}

/* Somebody who is known to be away for any of it is not named; an absence recorded later leaves a gap that is told. */
static bool is_here(struct hub *hub, const struct shift_add *in, struct text name, struct error *err)
{
	struct rota_away_rows away;

	if (!rota_away(hub->tx, &(struct rota_away_in){.from = in->from, .to = in->to}, &away, err)) return false;
	for (size_t i = 0; i < away.count; i++) {
		struct text until = london_short(hub->arena, away.rows[i].ends_at);

		if (away.rows[i].account.n != in->account.n) continue;
		return error_field(err, "account", "%.*s is away from %.*s%s%.*s", TEXT_ARG(text_slice(name, 0, 60)),
			TEXT_ARG(london_short(hub->arena, away.rows[i].starts_at)), text_none(until) ? "" : " to ",
			TEXT_ARG(until));
	}
	return true;
}

static bool note(struct hub *hub, struct account_id about, struct text detail, struct error *err)
{
	return audit_write(
		hub, &(struct audit_entry){.action = ACTION_MANAGE_DUTY, .about = about, .detail = detail}, NULL, err);
}

bool shift_get(struct hub *hub, struct duty_id shift, struct shift_row *ret, struct error *err)
{
	bool found;

	if (!hub_may(hub, ACTION_VIEW_DUTY, err)) return false;
	if (!rota_shift(hub->tx, &(struct rota_shift_in){shift}, ret, &found, err)) return false;
	return found || error_not_found(err, "there is no such shift");
}

bool shift_add(struct hub *hub, const struct shift_add *in, struct shift_row *ret, struct error *err)
{
	struct rota_insert_in row = {.account = in->account,
		.kind = in->duty,
		.starts_at = in->from,
		.ends_at = in->to,
		.named_by = hub->actor.account,
		.recorded_at = hub->recorded_at};
	struct rota_insert_row made;
	struct rota_person_row person;

	if (!hub_may(hub, ACTION_MANAGE_DUTY, err)) return false;
	if (!times_make_sense(hub, in, err)) return false;
	if (!person_suits(hub, in, &person, err)) return false;
	if (!named_once(hub, in, err) || !is_here(hub, in, person.name, err)) return false;
	if (!rota_insert(hub->tx, &row, &made, err)) return false;
	if (!note(hub, in->account, arena_printf(hub->arena, "named duty %lld", (long long)made.id.n), err)) return false;
	return shift_get(hub, made.id, ret, err);
}

bool shift_cancel(struct hub *hub, struct duty_id shift, struct shift_row *ret, struct error *err)
{
	struct rota_cancel_in in = {.shift = shift, .cancelled_at = hub->now, .cancelled_by = hub->actor.account};

	if (!hub_may(hub, ACTION_MANAGE_DUTY, err)) return false;
	if (!shift_get(hub, shift, ret, err)) return false;
	if (ret->cancelled_at != INSTANT_NONE) return error_refused(err, "this shift is cancelled already");
	if (ret->ends_at <= hub->now) return error_refused(err, "this shift is over: what was stays on record");
	if (!rota_cancel(hub->tx, &in, NULL, err)) return false;
	if (!note(hub, ret->account, arena_printf(hub->arena, "cancelled duty %lld", (long long)shift.n), err))
		return false;
	return shift_get(hub, shift, ret, err);
}

static void fill_spans(
	struct arena *arena, const struct rota_standing_rows *shifts, const struct rota_away_rows *away, struct rota *ret)
{
	struct rota_span *on = arena_new_array(arena, shifts->count, struct rota_span);
	struct rota_span *absent = arena_new_array(arena, away->count, struct rota_span);

	for (size_t i = 0; i < shifts->count; i++)
		on[i] = (struct rota_span){shifts->rows[i].account.n, duty_of(shifts->rows[i].duty), shifts->rows[i].starts_at,
			shifts->rows[i].ends_at};
	for (size_t i = 0; i < away->count; i++)
		absent[i] = (struct rota_span){
			.account = away->rows[i].account.n, .starts_at = away->rows[i].starts_at, .ends_at = away->rows[i].ends_at};
	*ret = (struct rota){on, shifts->count, absent, away->count};
}

bool rota_ahead(struct hub *hub, struct rota_ahead *ret, struct error *err)
{
	instant to = hub->now + ROTA_AHEAD_DAYS * DAY_MS;
	struct rota_standing_rows shifts;
	struct rota_away_rows away;
	struct rota_used_row used;
	struct rota rota;

	*ret = (struct rota_ahead){0};
	if (!rota_used(hub->tx, &used, err)) return false;
	if (!used.found) return true;
	ret->used = true;
	if (!rota_standing(hub->tx, &(struct rota_standing_in){.from = hub->now, .to = to}, &shifts, err)) return false;
	if (!rota_away(hub->tx, &(struct rota_away_in){.from = hub->now, .to = to}, &away, err)) return false;
	fill_spans(hub->arena, &shifts, &away, &rota);
	rota_gaps(hub->arena, hub->policy, &rota, hub->now, to, &ret->gaps);
	return true;
}

void rota_ahead_json(struct json *json, const struct rota_ahead *ahead)
{
	json_member_bool(json, "rota_used", ahead->used);
	json_key(json, "gaps");
	json_open_list(json);
	for (size_t i = 0; i < ahead->gaps.count; i++) {
		json_open(json);
		json_member_cstr(json, "needs", rota_need_code(ahead->gaps.rows[i].need));
		json_member_instant(json, "from", ahead->gaps.rows[i].from);
		json_member_instant(json, "to", ahead->gaps.rows[i].to);
		json_close(json);
	}
	json_close_list(json);
}

bool rota_show(struct hub *hub, day on, struct rota_view *ret, struct error *err)
{
	struct rota_between_in in;
	struct shift_rows rows;

	if (!hub_may(hub, ACTION_VIEW_DUTY, err)) return false;
	if (on == DAY_NONE) on = london_day(hub->now);
	*ret = (struct rota_view){.now = hub->now, .first = on - (day)day_weekday(on)};
	for (enum duty duty = 0; duty < DUTY_COUNT; duty++)
		if (!duty_now(hub, duty, &ret->on[duty], err)) return false;
	if (!rota_ahead(hub, &ret->ahead, err)) return false;
	in = (struct rota_between_in){
		.from = london_midnight(ret->first), .to = london_midnight(ret->first + WEEKDAY_COUNT)};
	if (!rota_between(hub->tx, &in, &rows, err)) return false;
	ret->shifts = rows.rows;
	ret->shift_count = rows.count;
	return true;
}

bool rota_people_now(struct hub *hub, struct rota_person_rows *ret, struct error *err)
{
	return rota_people(hub->tx, &(struct rota_people_in){.at = hub->now}, ret, err);
}
