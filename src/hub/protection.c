#include "hub/protection.h"

#include "base/london.h"
#include "rules/clock.h"
#include "sql/outcome.h"
#include "sql/protection.h"

static const struct input_member record_members[] = {
	{FIELD_protection_kind, COLUMN_TEXT, offsetof(struct protection_record, protection_kind), true},
	{FIELD_child, COLUMN_INT, offsetof(struct protection_record, child), false},
	{FIELD_protection_from, COLUMN_INSTANT, offsetof(struct protection_record, protection_from), true},
	{FIELD_protection_until, COLUMN_INSTANT, offsetof(struct protection_record, protection_until), false},
	{FIELD_ordered_by, COLUMN_TEXT, offsetof(struct protection_record, ordered_by), false},
};

const struct input_type protection_record_input = {
	.name = "protection_record",
	.size = sizeof(struct protection_record),
	INPUT_MEMBERS(record_members),
};

static instant longest(const struct hub *hub, enum protection_kind kind, instant from)
{
	return clock_other_due(
		hub->policy, kind == PROTECTION_POLICE ? CLOCK_POLICE_PROTECTION : CLOCK_EMERGENCY_ORDER, from);
}

static void check_times(
	const struct hub *hub, struct decoder *decoder, const struct protection_record *in, enum protection_kind kind)
{
	instant most;

	if (in->protection_from > hub->now)
		decode_problem(decoder, FIELD_protection_from, "It can't have begun in the future");
	if (kind == PROTECTION_NONE || in->protection_from == INSTANT_NONE || in->protection_until == INSTANT_NONE) return;
	most = longest(hub, kind, in->protection_from);
	if (in->protection_until <= in->protection_from)
		decode_problem(decoder, FIELD_protection_until, "It ends after it begins");
	if (in->protection_until > most)
		decode_problem(decoder, FIELD_protection_until, "It ends at the latest %s; an extension is an order of its own",
			london_short(hub->arena, most).ptr);
}

/* The child at this place who has not been removed; 0 for all. */
static bool find_child(
	struct hub *hub, const struct episode *episode, int64_t position, struct decoder *decoder, struct child_id *ret)
{
	struct outcome_places_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry, .episode = episode->id};
	struct outcome_places_rows places;

	*ret = (struct child_id){0};
	if (position == INT_NONE) return true;
	if (!outcome_places(hub->tx, &in, &places, decoder->err)) return false;
	for (size_t i = 0; i < places.count; i++)
		if (places.rows[i].position == position) *ret = places.rows[i].id;
	if (!ret->n) decode_problem(decoder, FIELD_child, "The enquiry has no such child");
	return true;
}

/* One of this kind for this child, or for all, at a time. */
static bool none_stands(struct hub *hub, const struct episode *episode, const struct protection_insert_in *row,
	bool *ret_none, struct error *err)
{
	struct protection_standing_in in = {
		.viewer = hub->actor.account, .enquiry = episode->enquiry, .kind = row->kind, .at = row->starts_at};
	struct protection_standing_rows rows;

	*ret_none = true;
	if (!protection_standing(hub->tx, &in, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		if (row->child.n && rows.rows[i].child.n && rows.rows[i].child.n != row->child.n) continue;
		*ret_none = false;
		error_refused(err, "%s stands already, until %s", code_words_of(CODES_protection_kind, row->kind).ptr,
			london_short(hub->arena, rows.rows[i].protection_until).ptr);
		error_hint(err, "Record that it ended first; an extension is then recorded as an order of its own.");
	}
	return true;
}

static bool put(struct hub *hub, const struct episode *episode, struct protection_insert_in *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_RECORD_PROTECTION, .enquiry = episode->enquiry, .detail = in->kind};
	struct protection_insert_row row;

	in->episode = episode->id;
	in->recorded_by = hub->actor.account;
	in->recorded_at = hub->recorded_at;
	if (!protection_insert(hub->tx, in, &row, err)) return false;
	return audit_write(hub, &entry, NULL, err);
}

bool protection_record(struct hub *hub, const struct protection_record *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	enum protection_kind kind = protection_kind_of(in->protection_kind);
	struct episode episode;
	bool none;
	struct protection_insert_in row = {
		.kind = in->protection_kind,
		.starts_at = in->protection_from,
		.ends_at = in->protection_until,
		.ordered_by = text_blank(in->ordered_by) ? TEXT_NONE : in->ordered_by,
	};

	if (!hub_may(hub, ACTION_RECORD_PROTECTION, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	decode_required(&decoder, FIELD_protection_kind, kind != PROTECTION_NONE);
	decode_required(&decoder, FIELD_protection_from, in->protection_from != INSTANT_NONE);
	check_times(hub, &decoder, in, kind);
	if (!find_child(hub, &episode, in->child, &decoder, &row.child)) return false;
	if (!decode_ok(&decoder)) return false;
	if (row.ends_at == INSTANT_NONE) row.ends_at = longest(hub, kind, row.starts_at);
	if (!none_stands(hub, &episode, &row, &none, err) || !none) return false;
	return put(hub, &episode, &row, err);
}

bool protection_police_told(struct hub *hub, const struct episode *episode, instant from, struct error *err)
{
	struct protection_insert_in row = {
		.kind = protection_kind_text(PROTECTION_POLICE),
		.starts_at = from,
		.ends_at = longest(hub, PROTECTION_POLICE, from),
		.ordered_by = TEXT_NONE,
	};
	bool none;

	if (!none_stands(hub, episode, &row, &none, err)) return false;
	if (none) return put(hub, episode, &row, err);
	error_clear(err);
	return true;
}

static const struct input_member over_members[] = {
	{FIELD_protection, COLUMN_ID, offsetof(struct protection_over, protection), true},
	{FIELD_protection_ended_at, COLUMN_INSTANT, offsetof(struct protection_over, protection_ended_at), false},
	{FIELD_protection_ended_reason, COLUMN_TEXT, offsetof(struct protection_over, protection_ended_reason), true},
};

const struct input_type protection_over_input = {
	.name = "protection_over",
	.size = sizeof(struct protection_over),
	INPUT_MEMBERS(over_members),
};

static bool check_over(
	const struct hub *hub, const struct protection_get_row *row, const struct protection_over *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	instant ended_at = in->protection_ended_at;

	decode_required(&decoder, FIELD_protection_ended_reason, !text_blank(in->protection_ended_reason));
	if (ended_at > hub->now) decode_problem(&decoder, FIELD_protection_ended_at, "It can't have ended in the future");
	if (ended_at != INSTANT_NONE && ended_at < row->protection_from)
		decode_problem(&decoder, FIELD_protection_ended_at, "It can't have ended before it began");
	return decode_ok(&decoder);
}

/* At the latest at its own end: what is recorded later ran out then. */
static instant ended_at(const struct hub *hub, const struct protection_get_row *row, instant given)
{
	instant at = given == INSTANT_NONE ? hub->now : given;

	return at > row->protection_until ? row->protection_until : at;
}

bool protection_over(struct hub *hub, const struct protection_over *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_RECORD_PROTECTION, .detail = TEXT("ended")};
	struct protection_get_in by_id = {.viewer = hub->actor.account, .protection = in->protection};
	struct protection_end_in end = {.protection = in->protection, .ended_by = hub->actor.account};
	struct episode episode;
	struct protection_get_row row;
	bool found;

	if (!hub_may(hub, ACTION_RECORD_PROTECTION, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	by_id.enquiry = entry.enquiry = episode.enquiry;
	if (!protection_get(hub->tx, &by_id, &row, &found, err)) return false;
	if (!found) return error_not_found(err, "this enquiry has no such protection on record");
	if (row.protection_ended_at != INSTANT_NONE) return error_refused(err, "its end has been recorded already");
	if (!check_over(hub, &row, in, err)) return false;
	end.ended_at = ended_at(hub, &row, in->protection_ended_at);
	end.ended_reason = in->protection_ended_reason;
	if (!protection_end(hub->tx, &end, NULL, err)) return false;
	return audit_write(hub, &entry, NULL, err);
}
