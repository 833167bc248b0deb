#include "hub/staff.h"

#include "hub/holding.h"
#include "hub/lock.h"
#include "rules/caseload.h"

#define CAP_MOST 999

static const struct input_member change_members[] = {
	{FIELD_telephone, COLUMN_TEXT, offsetof(struct staff_change, telephone), false},
	{FIELD_cap, COLUMN_INT, offsetof(struct staff_change, cap), false},
	{FIELD_hours_percent, COLUMN_INT, offsetof(struct staff_change, hours_percent), false},
	{FIELD_newly_qualified, COLUMN_TEXT, offsetof(struct staff_change, newly_qualified), false},
	{FIELD_seen, COLUMN_TEXT, offsetof(struct staff_change, seen), false},
};

const struct input_type staff_change_input = {
	.name = "staff_change",
	.size = sizeof(struct staff_change),
	INPUT_MEMBERS(change_members),
};

static bool fetch(struct hub *hub, struct account_id account, struct staff_row *ret, struct error *err)
{
	bool found;

	if (!staff_get(hub->tx, &(struct staff_get_in){.id = account, .now = hub->now}, ret, &found, err)) return false;
	return found || error_not_found(err, "there is no such person");
}

bool staff_show(struct hub *hub, struct account_id account, struct staff_row *ret, struct error *err)
{
	return hub_may(hub, ACTION_CHANGE_STAFF, err) && fetch(hub, account, ret, err);
}

bool staff_list(struct hub *hub, struct account_id after, int64_t limit_rows, struct staff_view *ret, struct error *err)
{
	struct staff_page_in in = {.now = hub->now, .after = after, .limit = limit_rows ? limit_rows + 1 : INT64_MAX};
	struct staff_rows rows;

	if (!hub_may(hub, ACTION_CHANGE_STAFF, err)) return false;
	if (!staff_page(hub->tx, &in, &rows, err)) return false;
	*ret = (struct staff_view){.rows = rows.rows, .count = rows.count};
	if (!limit_rows || ret->count <= (size_t)limit_rows) return true;
	ret->count = (size_t)limit_rows;
	ret->next = ret->rows[ret->count - 1].account;
	return true;
}

/* The row to write: what was given over what was there. */
static bool worker_after(struct hub *hub, const struct staff_change *in, const struct staff_row *was,
	struct staff_worker_in *ret, struct error *err)
{
	*ret = (struct staff_worker_in){
		.account = in->account,
		.cap = in->cap == INT_NONE ? was->cap : in->cap,
		.hours_percent = in->hours_percent == INT_NONE ? was->hours_percent : in->hours_percent,
		.newly_qualified = text_none(in->newly_qualified) ? was->newly_qualified : text_is(in->newly_qualified, "yes"),
	};
	if (!was->holds && (in->cap != INT_NONE || in->hours_percent != INT_NONE || !text_none(in->newly_qualified)))
		return error_field(err, "cap", "%.*s holds no enquiries: there is no cap to change", TEXT_ARG(was->name));
	if (!was->holds) return true;
	if (ret->cap > CAP_MOST) error_field(err, "cap", "The cap is a whole number up to %d", CAP_MOST);
	if (ret->cap > hub->policy->cap)
		error_field(err, "cap", "The policy's cap is %d: nobody's is higher", hub->policy->cap);
	if (ret->newly_qualified && ret->cap >= hub->policy->cap)
		error_field(err, "cap", "Somebody newly qualified holds fewer than %d: enter their cap", hub->policy->cap);
	return err->kind == ERROR_NONE;
}

static bool write_worker(struct hub *hub, const struct staff_worker_in *worker, struct error *err)
{
	if (!staff_worker(hub->tx, worker, NULL, err)) return false;
	return holding_settle(hub, (struct workstream_id){0}, err);
}

struct text staff_seen(struct arena *arena, const struct staff_row *row)
{
	struct text call = text_none(row->telephone) ? TEXT("no telephone")
												 : arena_printf(arena, "telephone %.*s", TEXT_ARG(row->telephone));

	if (!row->holds) return call;
	return arena_printf(arena, "cap %lld, %lld%% of hours, %snewly qualified, %.*s", (long long)row->cap,
		(long long)row->hours_percent, row->newly_qualified ? "" : "not ", TEXT_ARG(call));
}

static bool is_as_seen(struct hub *hub, const struct staff_change *in, const struct staff_row *was, struct error *err)
{
	struct text stands = staff_seen(hub->arena, was);

	if (text_none(in->seen) || text_equal(in->seen, stands)) return true;
	error_refused(err, "%.*s was changed meanwhile, and stands at: %.*s", TEXT_ARG(text_slice(was->name, 0, 60)),
		TEXT_ARG(stands));
	return error_hint(err, "Nothing of yours is saved. Look at it again and save what is still right.");
}

bool staff_change(struct hub *hub, const struct staff_change *in, struct staff_row *ret, struct error *err)
{
	struct staff_telephone_in call = {
		.account = in->account, .telephone = text_blank(in->telephone) ? TEXT_NONE : in->telephone};
	struct audit_entry entry = {.action = ACTION_CHANGE_STAFF, .about = in->account, .detail = TEXT("hours, cap")};
	struct staff_worker_in worker;

	if (!hub_lock(hub, LOCK_STAFF, err) || !hub_lock_worker(hub, in->account, err)) return false;
	if (!staff_show(hub, in->account, ret, err) || !is_as_seen(hub, in, ret, err)) return false;
	if (!worker_after(hub, in, ret, &worker, err)) return false;
	if (!text_none(in->telephone) && !staff_telephone(hub->tx, &call, NULL, err)) return false;
	if (!audit_write(hub, &entry, NULL, err)) return false;
	if (ret->holds && !write_worker(hub, &worker, err)) return false;
	return fetch(hub, in->account, ret, err);
}

struct text staff_caseload(struct arena *arena, const struct staff_row *row)
{
	struct caseload caseload = {(int)row->open, (int)row->cap, (int)row->hours_percent, row->away};

	return row->holds ? caseload_words(arena, &caseload) : TEXT_NONE;
}
