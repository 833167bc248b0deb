#include "hub/rota.h"

#include "base/london.h"

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
