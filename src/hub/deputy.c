#include "hub/deputy.h"

#include "base/london.h"
#include "hub/lock.h"
#include "sql/rota.h"

static const struct input_member deputy_members[] = {
	{FIELD_account, COLUMN_ID, offsetof(struct deputy_add, account), true},
	{FIELD_first_day, COLUMN_DAY, offsetof(struct deputy_add, first_day), true},
	{FIELD_last_day, COLUMN_DAY, offsetof(struct deputy_add, last_day), true},
};

const struct input_type deputy_add_input = {
	.name = "deputy_add",
	.size = sizeof(struct deputy_add),
	INPUT_MEMBERS(deputy_members),
};

bool deputy_may_name(const struct hub *hub)
{
	return hub->actor.is_operator || hub->actor.role == ROLE_PRACTICE_MANAGER || hub->actor.role == ROLE_EDT_MANAGER;
}

static bool may_name(const struct hub *hub, struct error *err)
{
	if (!hub_may(hub, ACTION_MANAGE_DUTY, err)) return false;
	if (deputy_may_name(hub)) return true;
	error_denied(err, "a deputy is named by a manager");
	return error_hint(err, "Ask a practice manager or the EDT manager.");
}

static bool days_make_sense(const struct hub *hub, const struct deputy_add *in, struct error *err)
{
	if (in->last_day < in->first_day) return error_field(err, "last_day", "The last day must not be before the first");
	if (in->last_day < london_day(hub->now)) return error_field(err, "last_day", "The last day is over already");
	if (in->last_day - in->first_day >= DEPUTY_DAYS_MOST)
		return error_field(err, "last_day", "A deputy is named for a year at most");
	return true;
}

static bool person_fits(struct hub *hub, const struct deputy_add *in, struct error *err)
{
	struct rota_person_in of = {.account = in->account, .at = london_midnight(in->last_day + 1) - 1};
	struct rota_person_row person;
	bool found;
	enum role role;

	if (!rota_person(hub->tx, &of, &person, &found, err)) return false;
	if (!found) return error_field(err, "account", "Choose somebody who works here");
	role = role_of(person.role);
	if (role != ROLE_SOCIAL_WORKER && role != ROLE_EDT_WORKER)
		return error_field(err, "account", "Choose a social worker or an EDT worker");
	if (!person.usable)
		return error_field(err, "account", "The account of %.*s ends before that", TEXT_ARG(person.name));
	return true;
}

static bool named_once(struct hub *hub, const struct deputy_insert_in *in, struct error *err)
{
	struct deputy_overlapping_in of = {.account = in->account, .from = in->starts_at, .to = in->ends_at};
	struct deputy_row row;
	bool found;

	if (!deputy_overlapping(hub->tx, &of, &row, &found, err)) return false;
	if (!found) return true;
	return error_field(err, "first_day", "%.*s deputises already from %.*s to %.*s",
		TEXT_ARG(text_slice(row.name, 0, 60)), TEXT_ARG(day_words(hub->arena, london_day(row.starts_at))),
		TEXT_ARG(day_words(hub->arena, london_day(row.ends_at - 1))));
}

static bool note(struct hub *hub, struct account_id about, const char *what, struct deputy_id deputy, struct error *err)
{
	struct text detail = arena_printf(hub->arena, "%s deputy %lld", what, (long long)deputy.n);

	return audit_write(
		hub, &(struct audit_entry){.action = ACTION_MANAGE_DUTY, .about = about, .detail = detail}, NULL, err);
}

static bool fetch(struct hub *hub, struct deputy_id deputy, struct deputy_row *ret, struct error *err)
{
	bool found;

	if (!deputy_get(hub->tx, &(struct deputy_get_in){deputy}, ret, &found, err)) return false;
	return found || error_not_found(err, "there is no such deputy");
}

bool deputy_add(struct hub *hub, const struct deputy_add *in, struct deputy_row *ret, struct error *err)
{
	struct deputy_insert_in row = {.account = in->account,
		.starts_at = london_midnight(in->first_day),
		.ends_at = london_midnight(in->last_day + 1),
		.named_by = hub->actor.account,
		.recorded_at = hub->recorded_at};
	struct deputy_insert_row made;

	if (!may_name(hub, err) || !days_make_sense(hub, in, err) || !person_fits(hub, in, err)) return false;
	if (!hub_lock(hub, LOCK_ROTA, err) || !named_once(hub, &row, err)) return false;
	if (!deputy_insert(hub->tx, &row, &made, err)) return false;
	if (!note(hub, in->account, "named", made.id, err)) return false;
	return fetch(hub, made.id, ret, err);
}

bool deputy_end(struct hub *hub, struct deputy_id deputy, struct deputy_row *ret, struct error *err)
{
	struct deputy_cancel_in in = {.deputy = deputy, .cancelled_at = hub->now, .cancelled_by = hub->actor.account};

	if (!may_name(hub, err) || !hub_lock(hub, LOCK_ROTA, err) || !fetch(hub, deputy, ret, err)) return false;
	if (ret->cancelled_at != INSTANT_NONE) return error_refused(err, "this was ended already");
	if (ret->ends_at <= hub->now) return error_refused(err, "this is over: what was stays on record");
	if (!deputy_cancel(hub->tx, &in, NULL, err)) return false;
	if (!note(hub, ret->account, "ended", deputy, err)) return false;
	return fetch(hub, deputy, ret, err);
}

bool deputy_list(struct hub *hub, struct deputy_rows *ret, struct error *err)
{
	if (!hub_may(hub, ACTION_VIEW_DUTY, err)) return false;
	return deputy_standing(hub->tx, &(struct deputy_standing_in){.now = hub->now}, ret, err);
}

bool deputy_show(struct hub *hub, struct deputy_id deputy, struct deputy_row *ret, struct error *err)
{
	return may_name(hub, err) && fetch(hub, deputy, ret, err);
}
