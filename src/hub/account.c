#include "hub/account.h"

#include <ctype.h>

#include "base/london.h"
#include "hub/lock.h"
#include "hub/removal.h"
#include "hub/session.h"
#include "sql/hub.h"
#include "sql/session.h"

static const struct input_member account_add_members[] = {
	{FIELD_email, COLUMN_TEXT, offsetof(struct account_add, email), true},
	{FIELD_name, COLUMN_TEXT, offsetof(struct account_add, name), true},
	{FIELD_role, COLUMN_TEXT, offsetof(struct account_add, role), true},
	{FIELD_agency, COLUMN_TEXT, offsetof(struct account_add, agency), false},
	{FIELD_team, COLUMN_TEXT, offsetof(struct account_add, team), false},
	{FIELD_password, COLUMN_TEXT, offsetof(struct account_add, password), false},
	{FIELD_hours_percent, COLUMN_INT, offsetof(struct account_add, hours_percent), false},
	{FIELD_ends_on, COLUMN_DAY, offsetof(struct account_add, ends_on), false},
	{FIELD_telephone, COLUMN_TEXT, offsetof(struct account_add, telephone), false},
};

const struct input_type account_add_input = {
	.name = "account_add",
	.size = sizeof(struct account_add),
	INPUT_MEMBERS(account_add_members),
};

bool role_holds(enum role role)
{
	return role == ROLE_SOCIAL_WORKER || role == ROLE_EDT_WORKER;
}

struct text account_email(struct arena *arena, struct text mixed)
{
	char *lower = arena_cstr(arena, mixed);

	for (size_t i = 0; i < mixed.len; i++) lower[i] = (char)tolower((unsigned char)lower[i]);
	return (struct text){lower, mixed.len};
}

/* Fills the row to insert as far as the input says it; collects what is wrong. */
static bool account_check(
	struct hub *hub, const struct account_add *in, struct account_insert_in *row, struct error *err)
{
	struct account_id_by_email_row taken;
	struct team_by_name_row team;
	bool found;

	*row = (struct account_insert_in){.email = account_email(hub->arena, in->email),
		.name = in->name,
		.role = in->role,
		.agency = in->agency,
		.telephone = in->telephone,
		.ends_at = in->ends_on == DAY_NONE ? INSTANT_NONE : london_midnight(in->ends_on + 1),
		.created_at = hub->now};
	if (!account_id_by_email(hub->tx, &(struct account_id_by_email_in){row->email}, &taken, &found, err)) return false;
	if (found) error_field(err, "email", "There is an account with this address already");
	if (text_is(in->role, "operator") || role_of(in->role) == ROLE_NONE)
		error_field(err, "role", "Choose one of the roles");
	if (role_of(in->role) == ROLE_PARTNER && text_blank(in->agency))
		error_field(err, "agency", "Enter the partner's agency");
	if (!text_none(in->password) && text_characters(in->password) < PASSWORD_CHARACTERS_LEAST)
		error_field(err, "password", "Use %d characters or more", PASSWORD_CHARACTERS_LEAST);
	if (!text_none(in->team)) {
		if (!team_by_name(hub->tx, &(struct team_by_name_in){in->team}, &team, &found, err)) return false;
		if (!found) error_field(err, "team", "There is no team of this name");
		if (found) row->team = team.id;
	}
	return err->kind == ERROR_NONE;
}

static bool worker_add(struct hub *hub, const struct account_add *in, struct account_id account, struct error *err)
{
	struct worker_insert_in row = {
		.account = account,
		.staff_number = arena_printf(hub->arena, "W%04lld", (long long)account.n),
		.cap = hub->policy->cap,
		.hours_percent = in->hours_percent == INT_NONE ? 100 : in->hours_percent,
	};

	if (!role_holds(role_of(in->role))) return true;
	return worker_insert(hub->tx, &row, NULL, err);
}

static bool account_shown(struct hub *hub, struct account_id account, struct account_row *ret, struct error *err)
{
	return account_get(hub->tx, &(struct account_get_in){account}, ret, err);
}

static bool account_noted(struct hub *hub, struct account_id account, const char *what, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_MANAGE_USERS, .about = account, .detail = text_of(what)};

	return audit_write(hub, &entry, NULL, err);
}

static bool account_hash(struct hub *hub, const struct account_add *in, struct text *ret, struct error *err)
{
	*ret = in->hashed;
	return !text_none(in->hashed) || text_none(in->password) || password_hash(hub->arena, in->password, ret, err);
}

bool account_add(struct hub *hub, const struct account_add *in, struct account_row *ret, struct error *err)
{
	struct account_insert_in row;
	struct account_insert_row made;

	if (!hub_may(hub, ACTION_MANAGE_USERS, err) || !hub_lock(hub, LOCK_STAFF, err)) return false;
	if (!account_check(hub, in, &row, err)) return false;
	if (!account_hash(hub, in, &row.password_hash, err)) return false;
	if (!account_insert(hub->tx, &row, &made, err)) return false;
	if (!worker_add(hub, in, made.id, err)) return false;
	if (!account_noted(hub, made.id, "added", err)) return false;
	return account_shown(hub, made.id, ret, err);
}

/* Once it is disabled, so that nothing that goes back finds room with it again. */
static bool disable(struct hub *hub, struct account_id account, struct error *err)
{
	struct account_disable_row_in in = {.id = account, .disabled_at = hub->now};

	if (!account_disable_row(hub->tx, &in, NULL, err)) return false;
	if (!session_delete_of(hub->tx, &(struct session_delete_of_in){account}, NULL, err)) return false;
	if (!account_noted(hub, account, "disabled", err)) return false;
	return removal_put_back(hub, account, err);
}

bool account_disable(struct hub *hub, const struct account_disable *in, struct account_row *ret, struct error *err)
{
	bool found;

	if (!hub_may(hub, ACTION_MANAGE_USERS, err)) return false;
	if (!hub_lock(hub, LOCK_STAFF, err) || !hub_lock_alone(hub, err)) return false;
	if (!account_find(hub, in->email, ret, &found, err)) return false;
	if (!found) return error_not_found(err, "there is no account %.*s", TEXT_ARG(in->email));
	if (ret->id.n == OPERATOR_ACCOUNT.n || ret->id.n == hub->actor.account.n)
		return error_refused(err, "nobody can disable the operator's account or their own");
	if (!removal_check(hub, ret->id, ret->name, in->unallocate, err)) return false;
	if (!disable(hub, ret->id, err)) return false;
	return account_shown(hub, ret->id, ret, err);
}

bool account_find(struct hub *hub, struct text email, struct account_row *ret, bool *ret_found, struct error *err)
{
	struct account_id_by_email_in in = {account_email(hub->arena, email)};
	struct account_id_by_email_row row;

	if (!account_id_by_email(hub->tx, &in, &row, ret_found, err)) return false;
	return !*ret_found || account_shown(hub, row.id, ret, err);
}

bool account_find_named(struct hub *hub, struct text name, struct account_row *ret, bool *ret_found, struct error *err)
{
	struct account_id_by_name_row row;

	if (!account_id_by_name(hub->tx, &(struct account_id_by_name_in){name}, &row, ret_found, err)) return false;
	return !*ret_found || account_shown(hub, row.id, ret, err);
}

bool account_list(
	struct hub *hub, struct account_id after, int64_t limit_rows, struct account_view *ret, struct error *err)
{
	struct account_page_in in = {.after = after, .limit = limit_rows ? limit_rows + 1 : INT64_MAX};
	struct account_rows rows;
	struct account_total_row total;

	if (!hub_may(hub, ACTION_MANAGE_USERS, err)) return false;
	if (!account_page(hub->tx, &in, &rows, err)) return false;
	if (!account_total(hub->tx, &total, err)) return false;
	*ret = (struct account_view){.rows = rows.rows, .count = rows.count, .total = total.total};
	if (limit_rows && ret->count > (size_t)limit_rows) {
		ret->count = (size_t)limit_rows;
		ret->next = ret->rows[ret->count - 1].id;
	}
	return true;
}
