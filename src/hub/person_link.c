#include "hub/person_link.h"

#include "hub/child.h"
#include "hub/enquiry_list.h"

/* Most children are like nobody with open work: that is soon asked, and then there is nothing to write. */
bool person_link_seek(
	struct hub *hub, struct child_id child, const struct child_receive *as, bool *ret_found, struct error *err)
{
	struct person_link_seek_persons_in in = {.child = child, .recorded_at = hub->recorded_at};
	struct person_open_work_alike_in like = {
		.nhs_number = as->nhs_number,
		.date_of_birth = as->date_of_birth,
		.family_name = as->family_name,
		.given_name = as->given_name,
	};
	struct person_open_work_alike_row alike;
	int64_t found = 0;

	if (!person_open_work_alike(hub->tx, &like, &alike, err)) return false;
	if (alike.found && !person_link_seek_persons(hub->tx, &in, &found, err)) return false;
	*ret_found = found > 0;
	return true;
}

bool person_link_seek_for(struct hub *hub, struct person_id person, int64_t *ret_found, struct error *err)
{
	struct person_link_seek_children_in in = {.person = person, .recorded_at = hub->recorded_at};

	return person_link_seek_children(hub->tx, &in, ret_found, err);
}

bool person_link_person(struct hub *hub, struct child_id child, struct person_id *ret, struct error *err)
{
	struct child_person_in in = {.viewer = hub->actor.account, .child = child};
	struct child_person_row row;

	if (!child_person(hub->tx, &in, &row, err)) return false;
	*ret = row.person;
	return true;
}

static const struct input_member answer_members[] = {
	{FIELD_person_link, COLUMN_ID, offsetof(struct person_answer, person_link), true},
	{FIELD_link_state, COLUMN_TEXT, offsetof(struct person_answer, link_state), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct person_answer, reason), true},
};

const struct input_type person_answer_input = {
	.name = "person_answer",
	.size = sizeof(struct person_answer),
	INPUT_MEMBERS(answer_members),
};

static bool check(const struct hub *hub, const struct person_answer *in, enum link_state state, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_link_state, state == LINK_CONFIRMED || state == LINK_REFUSED);
	decode_required(&decoder, FIELD_reason, !text_blank(in->reason));
	return decode_ok(&decoder);
}

/* Two children of one enquiry are never one person. */
static bool nobody_else(
	struct hub *hub, struct enquiry_id enquiry, const struct person_link_get_row *link, struct error *err)
{
	struct child_is_person_in in = {.viewer = hub->actor.account, .enquiry = enquiry, .person = link->person};
	struct child_is_person_row other;
	bool found;

	if (!child_is_person(hub->tx, &in, &other, &found, err)) return false;
	if (!found || other.id.n == link->child.n) return true;
	error_refused(err, "child %lld of this enquiry is that person already", (long long)other.position);
	return error_hint(
		err, "Two children of an enquiry aren't one person: refuse one of the two, or remove a child told twice.");
}

static bool link_child(struct hub *hub, struct child_id child, struct person_id person, struct error *err)
{
	struct child_person_set_in in = {.child = child, .person = person};

	return child_person_set(hub->tx, &in, NULL, err);
}

/* The child is this person, and so none of the others it might have been. */
static bool confirm(
	struct hub *hub, const struct person_link_get_row *link, struct person_link_answer_in *answer, struct error *err)
{
	struct person_link_overtake_in others = {
		.child = link->child, .why = answer->why, .decided_by = answer->decided_by, .decided_at = answer->decided_at};

	if (!person_link_person(hub, link->child, &answer->person_was, err)) return false;
	if (!person_link_answer(hub->tx, answer, NULL, err)) return false;
	if (!link_child(hub, link->child, link->person, err)) return false;
	return person_link_overtake(hub->tx, &others, NULL, err);
}

static bool refuse(
	struct hub *hub, const struct person_link_get_row *link, struct person_link_answer_in *answer, struct error *err)
{
	bool was_confirmed = link_state_of(link->link_state) == LINK_CONFIRMED;

	if (was_confirmed && link->person_was.n && !link_child(hub, link->child, link->person_was, err)) return false;
	return person_link_answer(hub->tx, answer, NULL, err);
}

static bool find(struct hub *hub, const struct person_answer *in, struct enquiry_id enquiry,
	struct person_link_get_row *ret, struct error *err)
{
	struct person_link_get_in by_id = {
		.viewer = hub->actor.account, .enquiry = enquiry, .person_link = in->person_link};
	bool found;

	if (!person_link_get(hub->tx, &by_id, ret, &found, err)) return false;
	return found || error_not_found(err, "no child of this enquiry has such a possible person");
}

bool person_link_decide(struct hub *hub, const struct person_answer *in, struct error *err)
{
	enum link_state state = link_state_of(in->link_state);
	struct audit_entry entry = {.action = ACTION_CONFIRM_PERSON, .detail = in->link_state};
	struct person_link_get_row link;
	struct person_link_answer_in answer = {
		.person_link = in->person_link,
		.state = in->link_state,
		.why = in->reason,
		.decided_by = hub->actor.account,
		.decided_at = hub->now,
	};

	if (!hub_may(hub, ACTION_CONFIRM_PERSON, err)) return false;
	if (!enquiry_find(hub, in->on.reference, &entry.enquiry, err)) return false;
	if (!find(hub, in, entry.enquiry, &link, err)) return false;
	if (!check(hub, in, state, err)) return false;
	if (link_state_of(link.link_state) == state) return error_refused(err, "it has been answered so already");
	if (state == LINK_CONFIRMED && !nobody_else(hub, entry.enquiry, &link, err)) return false;
	if (!(state == LINK_CONFIRMED ? confirm : refuse)(hub, &link, &answer, err)) return false;
	return audit_write(hub, &entry, NULL, err);
}

bool person_link_list(struct hub *hub, struct text cursor, struct possible_list *ret, struct error *err)
{
	struct person_link_page_in in = {.viewer = hub->actor.account, .limit = LIST_PAGE_ROWS + 1};
	struct possible_person_rows rows;

	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (!text_none(cursor) && !text_int(cursor, &in.after.n))
		return error_field(err, "cursor", "Start from the first page of the list");
	if (!person_link_page(hub->tx, &in, &rows, err)) return false;
	*ret = (struct possible_list){.rows = rows.rows, .count = rows.count};
	if (rows.count > LIST_PAGE_ROWS) {
		ret->count = LIST_PAGE_ROWS;
		ret->next = arena_printf(hub->arena, "%lld", (long long)rows.rows[LIST_PAGE_ROWS - 1].id.n);
	}
	record_hide_all(&possible_person_record, ret->rows, ret->count, hub->actor.role, hub_relation(hub));
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("list=possible"), err);
}

void possible_list_json(struct json *json, const struct possible_list *list)
{
	record_list_json(json, "possible", &possible_person_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}

bool person_link_count(struct hub *hub, int64_t *ret, struct error *err)
{
	struct person_link_waiting_row row;

	if (!person_link_waiting(hub->tx, &row, err)) return false;
	*ret = row.count;
	return true;
}
