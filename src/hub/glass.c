#include "hub/glass.h"

#include "base/london.h"
#include "hub/alarm.h"
#include "hub/lock.h"
#include "hub/restriction.h"
#include "rules/decode.h"
#include "rules/identifiers.h"

static const struct input_member break_members[] = {
	{FIELD_restriction, COLUMN_ID, offsetof(struct glass_break, restriction), false},
	{FIELD_reference, COLUMN_TEXT, offsetof(struct glass_break, reference), false},
	{FIELD_glass_reason, COLUMN_TEXT, offsetof(struct glass_break, glass_reason), true},
};

const struct input_type glass_break_input = {
	.name = "glass_break",
	.size = sizeof(struct glass_break),
	INPUT_MEMBERS(break_members),
};

static bool among(const struct duty_people *people, struct account_id account)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->rows[i].account.n == account.n) return true;
	return false;
}

/* By their role, where the rota names nobody. */
static bool by_role(enum role role)
{
	return role == ROLE_PRACTICE_MANAGER || role == ROLE_EDT_WORKER || role == ROLE_EDT_MANAGER;
}

bool glass_may(struct hub *hub, struct error *err)
{
	static const enum duty duties[] = {DUTY_MANAGER, DUTY_EDT_WORKER, DUTY_EDT_MANAGER};
	struct duty_people people;
	bool named = false;

	if (!hub_may(hub, ACTION_BREAK_GLASS, err)) return false;
	for (size_t i = 0; i < sizeof duties / sizeof *duties; i++) {
		if (!duty_now(hub, duties[i], &people, err)) return false;
		if (among(&people, hub->actor.account)) return true;
		named |= people.count > 0;
	}
	if (hub->actor.is_operator || (!named && by_role(hub->actor.role))) return true;
	error_denied(err, "only the duty manager and EDT on duty may open a restricted record");
	return error_hint(err, "Speak to the owner of the record, or to whoever is on duty.");
}

bool glass_record_of(struct hub *hub, const struct glass_break *asked, struct glass_record_row *ret, struct error *err)
{
	struct glass_record_in in = {.reference = TEXT_NONE};
	bool found, met = asked->restriction.n > 0;

	if (met) in.restriction = asked->restriction;
	if (!met && !reference_parse(hub->arena, asked->reference, &in.reference))
		return error_field(err, "reference", "Enter the whole reference, for example OX-15-00417-H");
	if (!glass_record(hub->tx, &in, ret, &found, err)) return false;
	if (found) return true;
	if (met) return error_not_found(err, "there is no such restricted record");
	return error_field(err, "reference", "There is no restricted record of this reference");
}

/* Its owner, and where the hub itself owns it whoever would hold it now. */
static bool tell_owner(
	struct hub *hub, const struct glass_record_row *record, struct broken_glass_id glass, struct error *err)
{
	struct duty_person holder = {.account = record->owner, .name = record->owner_name};
	struct duty_people whom = {&holder, 1};
	struct alarm_raise alarm = {.kind = ALARM_GLASS,
		.level = ALARM_ON_DUTY,
		.enquiry = record->enquiry,
		.subject = glass.n,
		.words = TEXT("A restricted record that is yours was opened by somebody who is not named on it"),
		.due_at = hub->now,
		.whom = &whom};
	bool found = true;

	if (record->owner.n == OPERATOR_ACCOUNT.n && !duty_holder(hub, &holder, &found, err)) return false;
	whom.count = found ? 1 : 0;
	return alarm_raise(hub, &alarm, err);
}

static bool write_glass(
	struct hub *hub, const struct glass_break *in, const struct glass_record_row *record, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_BREAK_GLASS, .enquiry = record->enquiry};
	struct glass_insert_in row = {
		.enquiry = record->enquiry,
		.account = hub->actor.account,
		.reason = in->glass_reason,
		.at = hub->now,
		.expires_at = hub->now + hub->policy->glass_hours * HOUR_MS,
		.recorded_at = hub->recorded_at,
	};
	struct glass_insert_row made;

	if (!glass_insert(hub->tx, &row, &made, err)) return false;
	entry.detail = arena_printf(hub->arena, "until=%.*s", TEXT_ARG(london_iso(hub->arena, row.expires_at)));
	return audit_write(hub, &entry, NULL, err) && tell_owner(hub, record, made.id, err);
}

bool glass_break(struct hub *hub, const struct glass_break *in, struct text *ret_reference, struct error *err)
{
	struct glass_record_row record;
	struct glass_sees_row sees;

	if (!glass_may(hub, err) || !glass_record_of(hub, in, &record, err)) return false;
	if (!hub_lock_enquiry(hub, record.enquiry, err)) return false;
	if (!glass_sees(hub->tx, &(struct glass_sees_in){hub->actor.account, record.enquiry}, &sees, err)) return false;
	if (sees.found) {
		error_refused(err, "you may see this record already");
		return error_hint(err, "Open it by its reference, %.*s.", TEXT_ARG(record.reference));
	}
	if (text_blank(in->glass_reason)) return error_field(err, "glass_reason", "Say why you have to see it");
	if (!write_glass(hub, in, &record, err)) return false;
	*ret_reference = record.reference;
	return true;
}

bool glass_over(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	return glass_end(hub->tx, &(struct glass_end_in){.ended_at = hub->now, .enquiry = enquiry}, NULL, err);
}

bool glass_due(struct hub *hub, bool *ret, struct error *err)
{
	struct glass_waiting_row row;

	if (!glass_waiting(hub->tx, &(struct glass_waiting_in){.now = hub->now}, &row, err)) return false;
	*ret = row.found;
	return true;
}

bool glass_expire(struct hub *hub, struct error *err)
{
	struct glass_answered_rows told;

	if (!glass_expired(hub->tx, &(struct glass_expired_in){.now = hub->now}, NULL, err)) return false;
	if (!glass_answered(hub->tx, &told, err)) return false;
	for (size_t i = 0; i < told.count; i++)
		if (!alarm_end(hub, ALARM_GLASS, told.rows[i].id.n, "its owner knows, and it is shut again", err)) return false;
	return true;
}
