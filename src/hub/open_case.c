#include "hub/open_case.h"

#include "base/london.h"
#include "hub/child.h"
#include "hub/lock.h"
#include "hub/person_link.h"
#include "sql/enquiry.h"
#include "sql/outcome.h"

static const struct input_member row_members[] = {
	{FIELD_nhs_number, COLUMN_TEXT, offsetof(struct open_case_row, nhs_number), false},
	{FIELD_given_name, COLUMN_TEXT, offsetof(struct open_case_row, given_name), false},
	{FIELD_family_name, COLUMN_TEXT, offsetof(struct open_case_row, family_name), false},
	{FIELD_date_of_birth, COLUMN_DAY, offsetof(struct open_case_row, date_of_birth), false},
	{FIELD_case_status, COLUMN_TEXT, offsetof(struct open_case_row, case_status), true},
	{FIELD_case_worker, COLUMN_TEXT, offsetof(struct open_case_row, case_worker), true},
	{FIELD_case_manager, COLUMN_TEXT, offsetof(struct open_case_row, case_manager), false},
	{FIELD_case_team, COLUMN_TEXT, offsetof(struct open_case_row, case_team), false},
	{FIELD_case_from, COLUMN_DAY, offsetof(struct open_case_row, case_from), true},
	{FIELD_case_to, COLUMN_DAY, offsetof(struct open_case_row, case_to), false},
};

const struct input_type open_case_row_input = {
	.name = "open_case_row",
	.size = sizeof(struct open_case_row),
	INPUT_MEMBERS(row_members),
};

static void check_days(struct decoder *decoder, day from, day to)
{
	if (to != DAY_NONE && from != DAY_NONE && to < from)
		decode_problem(decoder, FIELD_case_to, "It can't have ended before it began");
}

static bool check_row(const struct hub *hub, const struct open_case_row *row, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	bool named = !text_blank(row->given_name) && !text_blank(row->family_name) && row->date_of_birth != DAY_NONE;

	decode_required(&decoder, FIELD_case_status, open_case_status_of(row->case_status) != OPEN_CASE_STATUS_NONE);
	decode_required(&decoder, FIELD_case_worker, !text_blank(row->case_worker));
	decode_required(&decoder, FIELD_case_from, row->case_from != DAY_NONE);
	if (text_blank(row->nhs_number) && !named)
		decode_problem(&decoder, FIELD_nhs_number, "Give the NHS number, or both names and the date of birth");
	if (row->date_of_birth != DAY_NONE && row->date_of_birth > london_day(hub->now))
		decode_problem(&decoder, FIELD_date_of_birth, "The date of birth can't be in the future");
	check_days(&decoder, row->case_from, row->case_to);
	return decode_ok(&decoder);
}

static bool same_name(struct text a, struct text b)
{
	return a.len == b.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

/* What one side doesn't say disagrees with nothing. */
static bool agrees(const struct person_by_nhs_number_row *person, const struct open_case_row *row)
{
	bool born = person->date_of_birth == row->date_of_birth || person->date_of_birth == DAY_NONE ||
				row->date_of_birth == DAY_NONE;
	bool called =
		text_none(person->given_name) || text_none(row->given_name) || same_name(person->given_name, row->given_name);

	return born && called;
}

/*
 * The one person of this number who agrees. Where several do (twins under one number), the one the list told of
 * before; else nobody, and a person is asked.
 */
static bool find_by_number(struct hub *hub, const struct open_case_row *row, struct person_id *ret, struct error *err)
{
	struct person_by_nhs_number_rows rows;
	size_t agreeing = 0;
	struct person_id told = {0};

	if (!person_by_nhs_number(hub->tx, &(struct person_by_nhs_number_in){row->nhs_number}, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		if (!agrees(&rows.rows[i], row)) continue;
		*ret = rows.rows[i].id;
		agreeing++;
		if (rows.rows[i].open_work && rows.rows[i].date_of_birth == row->date_of_birth) told = rows.rows[i].id;
	}
	if (agreeing > 1) *ret = told;
	return true;
}

static bool find_by_names(struct hub *hub, const struct open_case_row *row, struct person_id *ret, struct error *err)
{
	struct person_of_open_case_in in = {
		.date_of_birth = row->date_of_birth, .family_name = row->family_name, .given_name = row->given_name};
	struct person_of_open_case_row known;
	bool found;

	if (!person_of_open_case(hub->tx, &in, &known, &found, err)) return false;
	if (found) *ret = known.id;
	return true;
}

static bool make_person(struct hub *hub, const struct open_case_row *row, struct person_id *ret, struct error *err)
{
	struct child_receive as = {
		.given_name = row->given_name,
		.family_name = row->family_name,
		.date_of_birth = row->date_of_birth,
		.expected_date = DAY_NONE,
		.nhs_number = row->nhs_number,
	};

	return child_person_new(hub, &as, ret, err);
}

static bool person_of(struct hub *hub, const struct open_case_row *row, struct person_id *ret, struct error *err)
{
	*ret = (struct person_id){0};
	if (!(text_none(row->nhs_number) ? find_by_names : find_by_number)(hub, row, ret, err)) return false;
	return ret->n || make_person(hub, row, ret, err);
}

static bool insert(struct hub *hub, struct person_id person, const struct open_case_row *row, struct open_case_id *ret,
	struct error *err)
{
	struct open_case_insert_row made;
	struct open_case_insert_in in = {
		.person = person,
		.case_status = row->case_status,
		.worker_name = row->case_worker,
		.manager_name = row->case_manager,
		.team_name = row->case_team,
		.starts_on = row->case_from,
		.ends_on = row->case_to,
		.recorded_by = hub->actor.account,
		.recorded_at = hub->recorded_at,
	};

	if (!open_case_insert(hub->tx, &in, &made, err)) return false;
	*ret = made.id;
	return true;
}

static bool change(struct hub *hub, struct open_case_id id, const struct open_case_row *row, struct error *err)
{
	struct open_case_change_in in = {
		.open_case = id,
		.worker_name = row->case_worker,
		.manager_name = row->case_manager,
		.team_name = row->case_team,
		.ends_on = row->case_to,
		.changed_at = hub->now,
	};

	return open_case_change(hub->tx, &in, NULL, err);
}

static bool says_the_same(const struct open_case_same_row *known, const struct open_case_row *row)
{
	return known->case_to == row->case_to && text_equal(known->case_worker, row->case_worker) &&
		   text_equal(known->case_manager, row->case_manager) && text_equal(known->case_team, row->case_team);
}

/* One status of a person from one day: new, changed, or told before. */
static bool put(struct hub *hub, struct person_id person, const struct open_case_row *row, struct open_case_taken *ret,
	struct error *err)
{
	struct open_case_same_in in = {.person = person, .case_status = row->case_status, .starts_on = row->case_from};
	struct open_case_same_row known;
	bool found;

	if (!hub_lock_key(hub, LOCK_CHILD, person.n, TEXT("open case"), err)) return false;
	if (!open_case_same(hub->tx, &in, &known, &found, err)) return false;
	ret->receipt = OPEN_CASE_NEW;
	if (!found) return insert(hub, person, row, &ret->open_case, err);
	ret->open_case = known.id;
	ret->receipt = says_the_same(&known, row) ? OPEN_CASE_PRESENT : OPEN_CASE_CHANGED;
	return ret->receipt == OPEN_CASE_PRESENT || change(hub, known.id, row, err);
}

bool open_case_take(struct hub *hub, const struct open_case_row *row, struct open_case_taken *ret, struct error *err)
{
	struct person_id person;

	*ret = (struct open_case_taken){0};
	if (!hub_may(hub, ACTION_IMPORT, err)) return false;
	if (!check_row(hub, row, err)) return false;
	if (!person_of(hub, row, &person, err)) return false;
	if (!put(hub, person, row, ret, err)) return false;
	return person_link_seek_for(hub, person, &ret->possible, err);
}

static const struct input_member mark_members[] = {
	{FIELD_child, COLUMN_INT, offsetof(struct open_case_mark, child), true},
	{FIELD_case_status, COLUMN_TEXT, offsetof(struct open_case_mark, case_status), true},
	{FIELD_case_worker, COLUMN_TEXT, offsetof(struct open_case_mark, case_worker), true},
	{FIELD_case_manager, COLUMN_TEXT, offsetof(struct open_case_mark, case_manager), false},
	{FIELD_case_team, COLUMN_TEXT, offsetof(struct open_case_mark, case_team), false},
	{FIELD_case_from, COLUMN_DAY, offsetof(struct open_case_mark, case_from), false},
	{FIELD_case_to, COLUMN_DAY, offsetof(struct open_case_mark, case_to), false},
};

const struct input_type open_case_mark_input = {
	.name = "open_case_mark",
	.size = sizeof(struct open_case_mark),
	INPUT_MEMBERS(mark_members),
};

static bool check_mark(const struct hub *hub, const struct open_case_mark *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_child, in->child != INT_NONE);
	decode_required(&decoder, FIELD_case_status, open_case_status_of(in->case_status) != OPEN_CASE_STATUS_NONE);
	decode_required(&decoder, FIELD_case_worker, !text_blank(in->case_worker));
	check_days(&decoder, in->case_from, in->case_to);
	return decode_ok(&decoder);
}

/* Whose person the child at this place is linked to. */
static bool find_person(
	struct hub *hub, const struct episode *episode, int64_t position, struct person_id *ret, struct error *err)
{
	struct outcome_places_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry, .episode = episode->id};
	struct outcome_places_rows places;

	if (!outcome_places(hub->tx, &in, &places, err)) return false;
	for (size_t i = 0; i < places.count; i++)
		if (places.rows[i].position == position) return person_link_person(hub, places.rows[i].id, ret, err);
	return error_field(err, "child", "The enquiry has no such child");
}

static struct text or_none(struct text given)
{
	return text_blank(given) ? TEXT_NONE : given;
}

bool open_case_mark(struct hub *hub, const struct open_case_mark *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_MARK_OPEN_CASE, .detail = in->case_status};
	struct open_case_row row = {
		.case_status = in->case_status,
		.case_worker = in->case_worker,
		.case_manager = or_none(in->case_manager),
		.case_team = or_none(in->case_team),
		.case_from = in->case_from == DAY_NONE ? london_day(hub->now) : in->case_from,
		.case_to = in->case_to,
	};
	struct episode episode;
	struct person_id person;
	struct open_case_taken taken;

	if (!hub_may(hub, ACTION_MARK_OPEN_CASE, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!check_mark(hub, in, err)) return false;
	if (!find_person(hub, &episode, in->child, &person, err)) return false;
	if (!put(hub, person, &row, &taken, err)) return false;
	entry.enquiry = episode.enquiry;
	return audit_write(hub, &entry, NULL, err);
}

static const struct input_member over_members[] = {
	{FIELD_open_case, COLUMN_ID, offsetof(struct open_case_over, open_case), true},
	{FIELD_case_to, COLUMN_DAY, offsetof(struct open_case_over, case_to), true},
};

const struct input_type open_case_over_input = {
	.name = "open_case_over",
	.size = sizeof(struct open_case_over),
	INPUT_MEMBERS(over_members),
};

bool open_case_over(struct hub *hub, const struct open_case_over *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	struct audit_entry entry = {.action = ACTION_MARK_OPEN_CASE, .detail = TEXT("ended")};
	struct open_case_of_enquiry_in by_id = {.viewer = hub->actor.account, .open_case = in->open_case};
	struct open_case_of_enquiry_row known;
	struct open_case_row row = {.case_to = in->case_to};
	bool found;

	if (!hub_may(hub, ACTION_MARK_OPEN_CASE, err)) return false;
	if (!enquiry_find(hub, in->on.reference, &entry.enquiry, err)) return false;
	by_id.enquiry = entry.enquiry;
	if (!open_case_of_enquiry(hub->tx, &by_id, &known, &found, err)) return false;
	if (!found) return error_not_found(err, "no child of this enquiry has such an open case");
	decode_required(&decoder, FIELD_case_to, in->case_to != DAY_NONE);
	check_days(&decoder, known.case_from, in->case_to);
	if (!decode_ok(&decoder)) return false;
	row.case_worker = known.case_worker;
	row.case_manager = known.case_manager;
	row.case_team = known.case_team;
	return change(hub, known.id, &row, err) && audit_write(hub, &entry, NULL, err);
}

bool open_case_find(
	struct hub *hub, struct child_id child, struct open_case_of_child_row *ret, bool *ret_found, struct error *err)
{
	struct open_case_of_child_in in = {.viewer = hub->actor.account, .child = child, .today = london_day(hub->now)};

	return open_case_of_child(hub->tx, &in, ret, ret_found, err);
}
