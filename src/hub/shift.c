#include "hub/shift.h"

#include "base/london.h"
#include "hub/lock.h"
#include "rules/rota.h"
#include "rules/shift_repeat.h"
#include "sql/deputy.h"

static const struct input_member add_members[] = {
	{FIELD_account, COLUMN_ID, offsetof(struct shift_add, account), true},
	{FIELD_duty, COLUMN_TEXT, offsetof(struct shift_add, duty), true},
	{FIELD_from, COLUMN_INSTANT, offsetof(struct shift_add, from), true},
	{FIELD_to, COLUMN_INSTANT, offsetof(struct shift_add, to), true},
	{FIELD_repeats, COLUMN_TEXT, offsetof(struct shift_add, repeats), false},
	{FIELD_until, COLUMN_DAY, offsetof(struct shift_add, until), false},
};

const struct input_type shift_add_input = {
	.name = "shift_add",
	.size = sizeof(struct shift_add),
	INPUT_MEMBERS(add_members),
};

static const struct input_member cancel_members[] = {
	{FIELD_later_too, COLUMN_BOOL, offsetof(struct shift_cancel, later_too), false},
};

const struct input_type shift_cancel_input = {
	.name = "shift_cancel",
	.size = sizeof(struct shift_cancel),
	INPUT_MEMBERS(cancel_members),
};

/* One of those that are to be made. */
struct naming {
	const struct shift_add *in;
	struct shift_time at;
	bool later; /* not the first: problems name its day, and the way out */
};

/* "Mon 8 June: ", or nothing for the first. */
static struct text day_of(struct hub *hub, const struct naming *one)
{
	if (!one->later) return TEXT("");
	return arena_printf(hub->arena, "%.*s: ", TEXT_ARG(day_words_short(hub->arena, london_day(one->at.from))));
}

static const char *way_out(const struct naming *one, const char *words)
{
	return one->later ? words : "";
}

static bool times_make_sense(const struct hub *hub, const struct shift_add *in, struct error *err)
{
	if (in->to <= in->from) return error_field(err, "to", "The shift must end after it starts");
	if (in->to <= hub->now) return error_field(err, "to", "This shift is over already: a rota names people beforehand");
	if (in->to - in->from > SHIFT_DAYS_MOST * DAY_MS)
		return error_field(err, "to", "A shift is %d days at most: enter what comes after as another", SHIFT_DAYS_MOST);
	return true;
}

static bool until_makes_sense(struct hub *hub, const struct shift_add *in, enum repeats repeats, struct error *err)
{
	day first = london_day(in->from), latest = shift_repeat_latest(in->from);

	if (in->until == DAY_NONE) return error_field(err, "until", "Enter the last day it begins on");
	if (in->until < first) return error_field(err, "until", "The last day must not be before the first shift");
	if (in->until > latest)
		return error_field(err, "until", "A shift repeats for %d weeks at most: until %.*s", REPEAT_WEEKS_MOST,
			TEXT_ARG(day_words(hub->arena, latest)));
	if (repeats == REPEATS_EVERY_WEEKDAY && day_weekday(first) >= SATURDAY)
		return error_field(err, "from", "%.*s is no weekday: start on a Monday, or repeat every day or every week",
			TEXT_ARG(day_words_short(hub->arena, first)));
	return true;
}

/* Each of them has some time, and is over before the next begins. */
static bool one_after_the_other(struct hub *hub, const struct shift_times *times, struct error *err)
{
	for (size_t i = 1; i < times->count; i++) {
		struct shift_time one = times->rows[i];

		if (one.from < times->rows[i - 1].to)
			return error_field(err, "to", "It is longer than the time until it repeats: end it before the next begins");
		if (one.to <= one.from)
			return error_field(err, "until", "%.*s has no such time: the clocks go forward. End the repeat before it",
				TEXT_ARG(day_words_short(hub->arena, london_day(one.from))));
	}
	return true;
}

static bool times_of(struct hub *hub, const struct shift_add *in, struct shift_times *ret, struct error *err)
{
	enum repeats repeats = text_none(in->repeats) ? REPEATS_ONCE : repeats_of(in->repeats);
	struct shift_time first = {in->from, in->to};
	day until = repeats == REPEATS_ONCE ? london_day(in->from) : in->until;

	if (!times_make_sense(hub, in, err)) return false;
	if (repeats == REPEATS_ONCE && in->until != DAY_NONE)
		return error_field(err, "repeats", "Choose how often until that day, or leave the day out");
	if (repeats != REPEATS_ONCE && !until_makes_sense(hub, in, repeats, err)) return false;
	shift_repeat(hub->arena, repeats, &first, until, ret);
	return one_after_the_other(hub, ret, err);
}

static bool person_suits(struct hub *hub, const struct naming *one, struct rota_person_row *ret, struct error *err)
{
	struct account_id account = one->in->account;
	enum duty duty = duty_of(one->in->duty);
	struct deputy_throughout_in deputy = {.account = account, .from = one->at.from, .to = one->at.to};
	struct deputy_throughout_row row;
	bool found, deputises;

	if (!rota_person(hub->tx, &(struct rota_person_in){.account = account, .at = one->at.to - 1}, ret, &found, err))
		return false;
	if (!found) return error_field(err, "account", "Choose somebody who works here");
	if (!ret->usable)
		return error_field(err, "account", "%.*sThe account of %.*s ends before this shift does%s",
			TEXT_ARG(day_of(hub, one)), TEXT_ARG(text_slice(ret->name, 0, 60)),
			way_out(one, ": end the repeat before it"));
	if (!deputy_throughout(hub->tx, &deputy, &row, &deputises, err)) return false;
	if (duty_suits(duty, role_of(ret->role), deputises)) return true;
	return error_field(err, "account", "%.*s%.*s can't be named for this. It takes %s", TEXT_ARG(day_of(hub, one)),
		TEXT_ARG(text_slice(ret->name, 0, 60)), duty_suits_words(duty));
}

static bool named_once(struct hub *hub, const struct naming *one, struct error *err)
{
	struct rota_overlapping_in of = {
		.account = one->in->account, .kind = one->in->duty, .from = one->at.from, .to = one->at.to};
	struct shift_row row;
	bool found;

	if (!rota_overlapping(hub->tx, &of, &row, &found, err)) return false;
	if (!found) return true;
	return error_field(err, "from", "%.*s%.*s is named for this already from %.*s to %.*s%s",
		TEXT_ARG(day_of(hub, one)), TEXT_ARG(text_slice(row.name, 0, 60)),
		TEXT_ARG(london_short(hub->arena, row.starts_at)), TEXT_ARG(london_short(hub->arena, row.ends_at)),
		way_out(one, ": cancel that, or end the repeat before it"));
}

/* Somebody who is known to be away for any of it is not named; an absence recorded later leaves a gap that is told. */
static bool is_here(struct hub *hub, const struct naming *one, struct text name, struct error *err)
{
	struct rota_away_rows away;

	if (!rota_away(hub->tx, &(struct rota_away_in){.from = one->at.from, .to = one->at.to}, &away, err)) return false;
	for (size_t i = 0; i < away.count; i++) {
		struct text until = london_short(hub->arena, away.rows[i].ends_at);

		if (away.rows[i].account.n != one->in->account.n) continue;
		return error_field(err, "account", "%.*s%.*s is away from %.*s%s%.*s%s", TEXT_ARG(day_of(hub, one)),
			TEXT_ARG(text_slice(name, 0, 60)), TEXT_ARG(london_short(hub->arena, away.rows[i].starts_at)),
			text_none(until) ? "" : " to ", TEXT_ARG(until), way_out(one, ": end the repeat before it"));
	}
	return true;
}

static bool may_be_named(struct hub *hub, const struct naming *one, struct error *err)
{
	struct rota_person_row person;

	return person_suits(hub, one, &person, err) && named_once(hub, one, err) && is_here(hub, one, person.name, err);
}

static bool note(struct hub *hub, struct account_id about, const char *what, struct duty_id shift, struct error *err)
{
	struct text detail = arena_printf(hub->arena, "%s duty %lld", what, (long long)shift.n);

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

static bool make(struct hub *hub, const struct naming *one, struct shift_row *ret, struct error *err)
{
	struct rota_insert_in row = {.account = one->in->account,
		.kind = one->in->duty,
		.starts_at = one->at.from,
		.ends_at = one->at.to,
		.named_by = hub->actor.account,
		.recorded_at = hub->recorded_at};
	struct rota_insert_row made;

	return rota_insert(hub->tx, &row, &made, err) && note(hub, one->in->account, "named", made.id, err) &&
		   shift_get(hub, made.id, ret, err);
}

/* With the bank holidays among them, which are worked like any day. */
static struct shifts told(struct hub *hub, const struct shift_rows *rows)
{
	struct named_day *days = arena_new_array(hub->arena, rows->count, struct named_day);
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct named_day *found =
			named_days_find(hub->policy->bank_holidays, london_day(rows->rows[i].starts_at));

		if (found) days[count++] = (struct named_day){found->day, arena_text(hub->arena, found->name)};
	}
	return (struct shifts){rows->rows, rows->count, {days, count}};
}

bool shift_add(struct hub *hub, const struct shift_add *in, struct shifts *ret, struct error *err)
{
	struct naming one = {.in = in};
	struct shift_times times;
	struct shift_rows made;

	if (!hub_may(hub, ACTION_MANAGE_DUTY, err) || !times_of(hub, in, &times, err)) return false;
	if (!hub_lock(hub, LOCK_ROTA, err)) return false;
	for (size_t i = 0; i < times.count; i++) {
		one.at = times.rows[i];
		one.later = i > 0;
		if (!may_be_named(hub, &one, err)) return false;
	}
	made = (struct shift_rows){arena_new_array(hub->arena, times.count, struct shift_row), times.count};
	for (size_t i = 0; i < times.count; i++) {
		one.at = times.rows[i];
		if (!make(hub, &one, &made.rows[i], err)) return false;
	}
	*ret = told(hub, &made);
	return true;
}

static bool cancel_one(struct hub *hub, const struct shift_row *row, struct error *err)
{
	struct rota_cancel_in in = {.shift = row->id, .cancelled_at = hub->now, .cancelled_by = hub->actor.account};

	return rota_cancel(hub->tx, &in, NULL, err) && note(hub, row->account, "cancelled", row->id, err);
}

bool shift_later(struct hub *hub, struct duty_id shift, struct shift_rows *ret, struct error *err)
{
	return hub_may(hub, ACTION_VIEW_DUTY, err) &&
		   rota_later(hub->tx, &(struct rota_later_in){.shift = shift}, ret, err);
}

/* This one, and where they are asked for the later ones. */
static bool to_cancel(struct hub *hub, const struct shift_cancel *in, struct shift_rows *ret, struct error *err)
{
	struct shift_rows later = {0};
	struct shift_row row;

	if (!shift_get(hub, in->shift, &row, err)) return false;
	if (row.cancelled_at != INSTANT_NONE) return error_refused(err, "this shift is cancelled already");
	if (row.ends_at <= hub->now) return error_refused(err, "this shift is over: what was stays on record");
	if (in->later_too && !shift_later(hub, in->shift, &later, err)) return false;
	*ret = (struct shift_rows){arena_new_array(hub->arena, later.count + 1, struct shift_row), later.count + 1};
	ret->rows[0] = row;
	for (size_t i = 0; i < later.count; i++) ret->rows[i + 1] = later.rows[i];
	return true;
}

bool shift_cancel(struct hub *hub, const struct shift_cancel *in, struct shifts *ret, struct error *err)
{
	struct shift_rows rows;

	if (!hub_may(hub, ACTION_MANAGE_DUTY, err) || !hub_lock(hub, LOCK_ROTA, err)) return false;
	if (!to_cancel(hub, in, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (!cancel_one(hub, &rows.rows[i], err) || !shift_get(hub, rows.rows[i].id, &rows.rows[i], err)) return false;
	*ret = told(hub, &rows);
	return true;
}

bool shift_made_with(struct hub *hub, struct duty_id shift, struct shifts *ret, struct error *err)
{
	struct shift_rows rows;

	if (!hub_may(hub, ACTION_VIEW_DUTY, err)) return false;
	if (!rota_together(hub->tx, &(struct rota_together_in){.shift = shift}, &rows, err)) return false;
	*ret = told(hub, &rows);
	return true;
}

bool shift_cancelled_with(struct hub *hub, struct duty_id shift, struct shifts *ret, struct error *err)
{
	struct shift_rows rows;

	if (!hub_may(hub, ACTION_VIEW_DUTY, err)) return false;
	if (!rota_cancelled_together(hub->tx, &(struct rota_cancelled_together_in){.shift = shift}, &rows, err))
		return false;
	*ret = told(hub, &rows);
	return true;
}

static struct text holidays_words(struct arena *arena, struct named_days holidays)
{
	struct text words = TEXT("");

	for (size_t i = 0; i < holidays.count; i++)
		words = arena_printf(arena, "%.*s%s%.*s (%.*s)", TEXT_ARG(words),
			i ? ", " : " Bank holidays among them: ", TEXT_ARG(day_words_short(arena, holidays.days[i].day)),
			TEXT_ARG(holidays.days[i].name));
	return holidays.count ? arena_printf(arena, "%.*s.", TEXT_ARG(words)) : words;
}

struct text shifts_words(struct arena *arena, const struct shifts *shifts)
{
	const struct shift_row *first = shifts->rows, *last = shifts->rows + shifts->count - 1;

	return arena_printf(arena, "%zu shift%s: %.*s, %.*s, from %.*s to %.*s.%.*s", shifts->count,
		shifts->count == 1 ? "" : "s", TEXT_ARG(first->name), TEXT_ARG(code_words_of(CODES_duty, first->duty)),
		TEXT_ARG(day_words_short(arena, london_day(first->starts_at))),
		TEXT_ARG(day_words_short(arena, london_day(last->starts_at))),
		TEXT_ARG(holidays_words(arena, shifts->holidays)));
}

void shifts_json(struct json *json, const struct shifts *shifts)
{
	record_json(json, &shift_record, &shifts->rows[0]);
	json_member_int(json, "count", (int64_t)shifts->count);
	record_list_json(json, "shifts", &shift_record, shifts->rows, shifts->count);
	json_key(json, "bank_holidays");
	json_open_list(json);
	for (size_t i = 0; i < shifts->holidays.count; i++) {
		json_open(json);
		json_member_day(json, "day", shifts->holidays.days[i].day);
		json_member_text(json, "name", shifts->holidays.days[i].name);
		json_close(json);
	}
	json_close_list(json);
}
