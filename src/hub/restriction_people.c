#include "hub/restriction.h"

#include "sql/glass.h"

static const struct input_member person_members[] = {
	{FIELD_account, COLUMN_ID, offsetof(struct restriction_person_in, account), true},
};

const struct input_type restriction_person_input = {
	.name = "restriction_person",
	.size = sizeof(struct restriction_person_in),
	INPUT_MEMBERS(person_members),
};

static bool note(
	struct hub *hub, enum action action, struct enquiry_id enquiry, struct account_id account, struct error *err)
{
	struct audit_entry entry = {
		.action = action, .enquiry = enquiry, .detail = arena_printf(hub->arena, "account=%lld", (long long)account.n)};

	return audit_write(hub, &entry, NULL, err);
}

/* Hub staff whose account is in use and who are not named yet. */
static bool can_be_named(struct hub *hub, struct enquiry_id enquiry, struct account_id account, struct error *err)
{
	struct restriction_staff_in in = {.at = hub->now, .enquiry = enquiry};
	struct restriction_staff_rows rows;

	if (!restriction_staff(hub->tx, &in, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (rows.rows[i].id.n == account.n) return true;
	return error_field(err, "account", "Choose somebody of the hub who is not named yet");
}

bool restriction_name(struct hub *hub, const struct restriction_person_in *in, struct error *err)
{
	struct restriction_locked on;

	if (!restriction_locked(hub, ACTION_NAME_PERSON, in->on.reference, &on, err)) return false;
	if (!can_be_named(hub, on.episode.enquiry, in->account, err)) return false;
	if (!restriction_admit(hub, on.episode.enquiry, in->account, err)) return false;
	return note(hub, ACTION_NAME_PERSON, on.episode.enquiry, in->account, err);
}

/* Whose work it is stays named: somebody else takes the work first. */
static bool can_go(
	const struct hub *hub, const struct restriction_locked *on, struct account_id account, struct error *err)
{
	if (account.n == on->row.owner.n) {
		error_refused(err, "they own this restriction");
		return error_hint(err, "Review it and give it to another owner first.");
	}
	if (account.n && (account.n == on->episode.worker.n || account.n == on->episode.held_by.n)) {
		error_refused(err, "they hold this enquiry");
		return error_hint(err, "Give it to somebody else first.");
	}
	if (account.n == hub->actor.account.n) {
		error_refused(err, "you can't take yourself off");
		return error_hint(err, "Ask another manager who is named.");
	}
	return true;
}

bool restriction_remove(struct hub *hub, const struct restriction_person_in *in, struct error *err)
{
	struct restriction_locked on;
	int64_t changed;

	if (!restriction_locked(hub, ACTION_REMOVE_PERSON, in->on.reference, &on, err)) return false;
	if (!can_go(hub, &on, in->account, err)) return false;
	if (!restriction_person_remove(
			hub->tx, &(struct restriction_person_remove_in){on.episode.enquiry, in->account}, &changed, err))
		return false;
	if (!changed) return error_field(err, "account", "Choose somebody who is named");
	return note(hub, ACTION_REMOVE_PERSON, on.episode.enquiry, in->account, err);
}

/* Looking */

static bool load_people(struct hub *hub, struct enquiry_id enquiry, struct restriction_view *view, struct error *err)
{
	struct restriction_people_in people_in = {hub->actor.account, enquiry};
	struct restriction_glass_in glass_in = {hub->actor.account, enquiry};
	struct restriction_person_rows people;
	struct restriction_glass_rows glass;

	if (!restriction_people(hub->tx, &people_in, &people, err)) return false;
	if (!restriction_glass(hub->tx, &glass_in, &glass, err)) return false;
	view->people = people.rows;
	view->people_count = people.count;
	view->glass = glass.rows;
	view->glass_count = glass.count;
	return true;
}

bool restriction_view(struct hub *hub, struct enquiry_id enquiry, struct restriction_view *ret, struct error *err)
{
	struct restriction_get_in in = {.viewer = hub->actor.account, .enquiry = enquiry};
	struct glass_standing_in own = {.enquiry = enquiry, .account = hub->actor.account};
	struct restriction_view view = {0};
	struct glass_standing_row glass;

	if (!restriction_get(hub->tx, &in, &view.row, &view.stands, err)) return false;
	*ret = view;
	if (!view.stands) return true;
	if (!load_people(hub, enquiry, &view, err)) return false;
	if (!glass_standing(hub->tx, &own, &glass, &view.under_glass, err)) return false;
	if (view.under_glass && glass.expires_at <= hub->now)
		return error_not_found(err, "the time for which you had opened this record is over");
	*ret = view;
	return true;
}

static bool read_cursor(struct text cursor, struct restriction_page_in *in, struct error *err)
{
	struct text part;

	if (text_none(cursor)) return true;
	if (text_split(&cursor, '.', &part) && text_int(part, &in->after_due) && text_int(cursor, &in->after_id.n))
		return true;
	return error_field(err, "cursor", "Start from the first page of the list");
}

bool restriction_list(struct hub *hub, struct text cursor, struct restriction_list *ret, struct error *err)
{
	struct restriction_page_in in = {
		.viewer = hub->actor.account, .after_due = INT64_MIN + 1, .limit = RESTRICTION_PAGE_ROWS + 1};
	struct restriction_line_rows rows;

	if (!hub_may(hub, ACTION_REVIEW_RESTRICTION, err)) return false;
	if (!read_cursor(cursor, &in, err)) return false;
	if (!restriction_page(hub->tx, &in, &rows, err)) return false;
	*ret = (struct restriction_list){.rows = rows.rows, .count = rows.count};
	if (rows.count > RESTRICTION_PAGE_ROWS) {
		const struct restriction_line *last = &rows.rows[RESTRICTION_PAGE_ROWS - 1];

		ret->count = RESTRICTION_PAGE_ROWS;
		ret->next = arena_printf(hub->arena, "%lld.%lld", (long long)last->review_due_at, (long long)last->id.n);
	}
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("list=restricted"), err);
}

bool restriction_reviews_due(struct hub *hub, int64_t *ret, struct error *err)
{
	struct restriction_reviews_in in = {.viewer = hub->actor.account, .now = hub->now};
	struct restriction_reviews_row row;

	*ret = 0;
	if (!hub_can(hub, ACTION_REVIEW_RESTRICTION)) return true;
	if (!restriction_reviews(hub->tx, &in, &row, err)) return false;
	*ret = row.due;
	return true;
}
