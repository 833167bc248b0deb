#include "hub/alarm.h"

#include "sql/alarm.h"
#include "sql/enquiry.h"

static struct text stable_id_of(struct hub *hub, const struct alarm_raise *in)
{
	return arena_printf(hub->arena, "%.*s:%lld:%d:%lld", TEXT_ARG(alarm_kind_text(in->kind)), (long long)in->subject,
		in->level, (long long)(in->due_at / SECOND_MS));
}

static bool tell(struct hub *hub, struct alarm_id alarm, const struct duty_people *whom, struct error *err)
{
	for (size_t i = 0; whom && i < whom->count; i++)
		if (!alarm_for_insert(hub->tx, &(struct alarm_for_insert_in){alarm, whom->rows[i].account}, NULL, err))
			return false;
	return true;
}

static bool note(struct hub *hub, struct enquiry_id enquiry, struct text detail, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_RAISE_ALARM, .enquiry = enquiry, .detail = detail};

	return audit_write(hub, &entry, NULL, err);
}

static bool send(struct hub *hub, const struct alarm_raise *in, struct text stable_id, struct error *err)
{
	struct outbox_insert_in out = {
		.stable_id = stable_id,
		.kind = arena_printf(hub->arena, "alarm_%.*s", TEXT_ARG(alarm_kind_text(in->kind))),
		.enquiry = in->enquiry,
		.content = in->words,
		.at = hub->now,
		.due_at = in->due_at + MINUTE_MS,
		.recorded_at = hub->recorded_at,
	};

	return outbox_insert(hub->tx, &out, NULL, err);
}

static bool rise(struct hub *hub, const struct alarm_raise *in, struct error *err)
{
	struct alarm_insert_in row = {
		.stable_id = stable_id_of(hub, in),
		.kind = alarm_kind_text(in->kind),
		.level = in->level,
		.enquiry = in->enquiry,
		.subject = in->subject,
		.words = in->words,
		.due_at = in->due_at,
		.raised_at = hub->now,
		.recorded_at = hub->recorded_at,
	};
	struct alarm_insert_row made;
	bool is_new;

	if (!alarm_insert(hub->tx, &row, &made, &is_new, err)) return false;
	if (!is_new) return true;
	return tell(hub, made.id, in->whom, err) && send(hub, in, row.stable_id, err) &&
		   note(hub, in->enquiry, row.stable_id, err);
}

bool alarm_raise(struct hub *hub, const struct alarm_raise *in, struct error *err)
{
	struct alarm_standing_one_in same = {.kind = alarm_kind_text(in->kind), .subject = in->subject, .level = in->level};
	struct alarm_standing_one_row standing;
	bool stands;

	if (!alarm_standing_one(hub->tx, &same, &standing, &stands, err)) return false;
	return stands ? tell(hub, standing.id, in->whom, err) : rise(hub, in, err);
}

bool alarm_end_one(struct hub *hub, const struct alarm_to_end *row, struct error *err)
{
	struct alarm_ended_in in = {.id = row->id, .ended_at = hub->now, .ended_why = row->ended_why};

	if (!alarm_ended(hub->tx, &in, NULL, err)) return false;
	if (!outbox_forget(hub->tx, &(struct outbox_forget_in){row->stable_id}, NULL, err)) return false;
	return note(hub, row->enquiry, arena_printf(hub->arena, "%.*s ended", TEXT_ARG(row->stable_id)), err);
}

bool alarm_end(struct hub *hub, enum alarm_kind kind, int64_t subject, const char *why, struct error *err)
{
	struct alarm_standing_of_in of = {.kind = alarm_kind_text(kind), .subject = subject, .ended_why = text_of(why)};
	struct alarm_to_end_rows rows;

	if (!alarm_standing_of(hub->tx, &of, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (!alarm_end_one(hub, &rows.rows[i], err)) return false;
	return true;
}

bool alarm_tell_next(
	struct hub *hub, const struct alarm_not_told_row *row, struct account_id account, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_RAISE_ALARM, .enquiry = row->enquiry, .about = account};
	struct outbox_insert_in out = {
		.stable_id = arena_printf(hub->arena, "%.*s:to:%lld", TEXT_ARG(row->stable_id), (long long)account.n),
		.kind = arena_printf(hub->arena, "alarm_%.*s", TEXT_ARG(row->kind)),
		.enquiry = row->enquiry,
		.content = row->words,
		.at = hub->now,
		.due_at = hub->recorded_at + MINUTE_MS,
		.recorded_at = hub->recorded_at,
	};

	entry.detail = arena_printf(hub->arena, "%.*s to %lld", TEXT_ARG(row->stable_id), (long long)account.n);
	if (!alarm_for_insert(hub->tx, &(struct alarm_for_insert_in){row->id, account}, NULL, err)) return false;
	return outbox_insert(hub->tx, &out, NULL, err) && audit_write(hub, &entry, NULL, err);
}
