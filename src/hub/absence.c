#include "hub/absence.h"

#include "base/london.h"
#include "hub/holding.h"
#include "hub/lock.h"
#include "rules/clock.h"
#include "rules/decode.h"
#include "sql/rota.h"

static const struct input_member add_members[] = {
	{FIELD_account, COLUMN_ID, offsetof(struct absence_add, account), true},
	{FIELD_absence_kind, COLUMN_TEXT, offsetof(struct absence_add, absence_kind), true},
	{FIELD_first_day, COLUMN_DAY, offsetof(struct absence_add, first_day), true},
	{FIELD_from_time, COLUMN_TEXT, offsetof(struct absence_add, from_time), false},
	{FIELD_last_day, COLUMN_DAY, offsetof(struct absence_add, last_day), false},
	{FIELD_to_time, COLUMN_TEXT, offsetof(struct absence_add, to_time), false},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct absence_add, reason), false},
};

const struct input_type absence_add_input = {
	.name = "absence_add",
	.size = sizeof(struct absence_add),
	INPUT_MEMBERS(add_members),
};

static const struct input_member end_members[] = {
	{FIELD_last_day, COLUMN_DAY, offsetof(struct absence_end, last_day), false},
	{FIELD_to_time, COLUMN_TEXT, offsetof(struct absence_end, to_time), false},
};

const struct input_type absence_end_input = {
	.name = "absence_end",
	.size = sizeof(struct absence_end),
	INPUT_MEMBERS(end_members),
};

/* The beginning of a day, or a time in it. */
static instant starts(struct decoder *d, day on, struct text time)
{
	return text_blank(time) ? london_midnight(on) : decode_local(d, FIELD_from_time, on, time);
}

/* The end of a day, or a time in it. */
static instant ends(struct decoder *d, day on, struct text time)
{
	return text_blank(time) ? london_midnight(on + 1) : decode_local(d, FIELD_to_time, on, time);
}

struct span {
	instant starts_at;
	instant ends_at;
};

static bool span_of(struct hub *hub, const struct absence_add *in, struct span *ret, struct error *err)
{
	struct decoder d = {.arena = hub->arena, .err = err};

	if (in->last_day == DAY_NONE && !text_blank(in->to_time))
		error_field(err, "last_day", "Enter the last day too, or leave the time out");
	if (in->last_day != DAY_NONE && in->last_day < in->first_day)
		error_field(err, "last_day", "The last day must not be before the first");
	ret->starts_at = starts(&d, in->first_day, in->from_time);
	ret->ends_at = in->last_day == DAY_NONE ? INSTANT_NONE : ends(&d, in->last_day, in->to_time);
	if (!decode_ok(&d)) return false;
	if (ret->ends_at == INSTANT_NONE || ret->ends_at > ret->starts_at) return true;
	return error_field(err, "to_time", "The end must be after the beginning");
}

static bool person_works_here(struct hub *hub, struct account_id account, struct error *err)
{
	struct rota_person_row person;
	bool found;

	if (!rota_person(hub->tx, &(struct rota_person_in){.account = account, .at = hub->now}, &person, &found, err))
		return false;
	if (found && person.usable && role_of(person.role) != ROLE_OPERATOR) return true;
	return error_field(err, "account", "Choose somebody who works here");
}

struct text absence_when(struct arena *arena, instant starts_at, instant ends_at)
{
	day first = london_day(starts_at), last = ends_at == INSTANT_NONE ? DAY_NONE : london_day(ends_at - 1);
	bool whole_first = london_midnight(first) == starts_at;
	bool whole_last = last == DAY_NONE || london_midnight(last + 1) == ends_at;
	struct text from = whole_first ? day_words_short(arena, first) : london_short(arena, starts_at);

	if (last == DAY_NONE) return arena_printf(arena, "from %.*s", TEXT_ARG(from));
	if (first == last && whole_first && whole_last) return arena_printf(arena, "on %.*s", TEXT_ARG(from));
	return arena_printf(arena, "from %.*s to %.*s", TEXT_ARG(from),
		TEXT_ARG(whole_last ? day_words_short(arena, last) : london_short(arena, ends_at)));
}

static bool away_once(struct hub *hub, struct account_id account, const struct span *span, struct error *err)
{
	struct absence_overlapping_in in = {.account = account, .from = span->starts_at, .to = span->ends_at};
	struct absence_overlapping_row row;
	bool found;

	if (!absence_overlapping(hub->tx, &in, &row, &found, err)) return false;
	if (!found) return true;
	return error_field(err, "first_day", "They are away already %.*s (%.*s): end or withdraw that first",
		TEXT_ARG(absence_when(hub->arena, row.starts_at, row.ends_at)),
		TEXT_ARG(code_words_of(CODES_absence_kind, row.absence_kind)));
}

static bool note(
	struct hub *hub, struct account_id about, const char *what, struct absence_id absence, struct error *err)
{
	struct text detail = arena_printf(hub->arena, "%s absence %lld", what, (long long)absence.n);

	return audit_write(
		hub, &(struct audit_entry){.action = ACTION_MANAGE_ABSENCE, .about = about, .detail = detail}, NULL, err);
}

static bool fetch(struct hub *hub, struct absence_id absence, struct absence_row *ret, struct error *err)
{
	bool found;

	if (!absence_get(hub->tx, &(struct absence_get_in){absence}, ret, &found, err)) return false;
	return found || error_not_found(err, "there is no such absence");
}

bool absence_show(struct hub *hub, struct absence_id absence, struct absence_row *ret, struct error *err)
{
	return hub_may(hub, ACTION_MANAGE_ABSENCE, err) && fetch(hub, absence, ret, err);
}

bool absence_add(struct hub *hub, const struct absence_add *in, struct absence_row *ret, struct error *err)
{
	struct absence_insert_in row = {.account = in->account,
		.kind = in->absence_kind,
		.reason = text_none(in->reason) ? TEXT("") : in->reason,
		.recorded_by = hub->actor.account,
		.recorded_at = hub->recorded_at};
	struct absence_insert_row made;
	struct span span;

	if (!hub_may(hub, ACTION_MANAGE_ABSENCE, err) || !hub_lock(hub, LOCK_ROTA, err)) return false;
	if (!person_works_here(hub, in->account, err) || !span_of(hub, in, &span, err)) return false;
	if (!away_once(hub, in->account, &span, err)) return false;
	row.starts_at = span.starts_at;
	row.ends_at = span.ends_at;
	if (!absence_insert(hub->tx, &row, &made, err)) return false;
	if (!note(hub, in->account, "recorded", made.id, err)) return false;
	if (!holding_settle(hub, (struct workstream_id){0}, err)) return false;
	return fetch(hub, made.id, ret, err);
}

static bool end_of(struct hub *hub, const struct absence_end *in, instant *ret, struct error *err)
{
	struct decoder d = {.arena = hub->arena, .err = err};

	*ret = hub->now;
	if (in->last_day == DAY_NONE && text_blank(in->to_time)) return true;
	*ret = ends(&d, in->last_day == DAY_NONE ? london_day(hub->now) : in->last_day, in->to_time);
	return decode_ok(&d);
}

static bool can_end(struct hub *hub, const struct absence_row *row, instant end, struct error *err)
{
	bool now_asked = end == hub->now;

	if (row->cancelled_at != INSTANT_NONE) return error_refused(err, "this absence was withdrawn");
	if (end <= row->starts_at) {
		error_field(err, "last_day", "It begins %.*s: the end must be after that",
			TEXT_ARG(london_short(hub->arena, row->starts_at)));
		return error_hint(err, "Withdraw it where they were not away at all.");
	}
	if (row->ends_at != INSTANT_NONE && (end == row->ends_at || (now_asked && row->ends_at <= hub->now)))
		return error_refused(err, "this absence was ended already: %.*s",
			TEXT_ARG(absence_when(hub->arena, row->starts_at, row->ends_at)));
	if (row->ends_at != INSTANT_NONE && end > row->ends_at)
		return error_field(err, "last_day", "It ends before that: record what comes after as another absence");
	return true;
}

bool absence_end(struct hub *hub, const struct absence_end *in, struct absence_row *ret, struct error *err)
{
	instant end;

	if (!hub_lock(hub, LOCK_ROTA, err) || !absence_show(hub, in->absence, ret, err)) return false;
	if (!end_of(hub, in, &end, err) || !can_end(hub, ret, end, err)) return false;
	if (!absence_end_row(hub->tx, &(struct absence_end_row_in){.absence = in->absence, .ends_at = end}, NULL, err))
		return false;
	if (!note(hub, ret->account, "ended", in->absence, err)) return false;
	return fetch(hub, in->absence, ret, err);
}

bool absence_withdraw(struct hub *hub, struct absence_id absence, struct absence_row *ret, struct error *err)
{
	struct absence_cancel_in in = {.absence = absence, .cancelled_at = hub->now, .cancelled_by = hub->actor.account};

	if (!hub_lock(hub, LOCK_ROTA, err) || !absence_show(hub, absence, ret, err)) return false;
	if (ret->cancelled_at != INSTANT_NONE) return error_refused(err, "this absence was withdrawn already");
	if (!absence_cancel(hub->tx, &in, NULL, err)) return false;
	if (!note(hub, ret->account, "withdrew", absence, err)) return false;
	return fetch(hub, absence, ret, err);
}

bool absence_list(struct hub *hub, const struct absence_ask *ask, struct absence_view *ret, struct error *err)
{
	bool manages = hub_can(hub, ACTION_MANAGE_ABSENCE);
	struct absence_rows_page_in in = {.now = hub->now,
		.all = ask->all,
		.of = manages ? ask->of : hub->actor.account,
		.after = ask->after,
		.limit = ask->limit_rows ? ask->limit_rows + 1 : INT64_MAX};
	struct absence_rows rows;

	if (!hub_may(hub, ACTION_VIEW_DUTY, err)) return false;
	if (!absence_rows_page(hub->tx, &in, &rows, err)) return false;
	*ret = (struct absence_view){.rows = rows.rows, .count = rows.count, .own = !manages};
	if (!ask->limit_rows || ret->count <= (size_t)ask->limit_rows) return true;
	ret->count = (size_t)ask->limit_rows;
	ret->next = ret->rows[ret->count - 1].id;
	return true;
}

struct text absence_note(struct arena *arena, const struct absence_row *row)
{
	int64_t late = row->recorded_at - row->starts_at;

	if (late <= 0 || (!row->held_meanwhile && late < DAY_MS)) return TEXT_NONE;
	return arena_printf(arena,
		"Recorded %.*s after it began. Meanwhile they held %lld, %lld of them given to them in that time; nothing of "
		"that is changed.",
		TEXT_ARG(clock_length_words(arena, late / MINUTE_MS)), (long long)row->held_meanwhile,
		(long long)row->given_meanwhile);
}
