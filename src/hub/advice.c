#include "hub/advice.h"

static const struct input_member advice_members[] = {
	{FIELD_advice_to, COLUMN_TEXT, offsetof(struct advice_give, advice_to), true},
	{FIELD_asked_by, COLUMN_TEXT, offsetof(struct advice_give, asked_by), false},
	{FIELD_advice, COLUMN_TEXT, offsetof(struct advice_give, advice), true},
};

const struct input_type advice_give_input = {
	.name = "advice_give",
	.size = sizeof(struct advice_give),
	INPUT_MEMBERS(advice_members),
};

static bool check(const struct hub *hub, const struct advice_give *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_advice_to, advice_to_of(in->advice_to) != ADVICE_TO_NONE);
	if (text_blank(in->on.reference) && text_blank(in->asked_by))
		decode_problem(&decoder, FIELD_asked_by, "Say who asked: their name, or their work");
	decode_required(&decoder, FIELD_advice, !text_blank(in->advice));
	return decode_ok(&decoder);
}

bool advice_give(struct hub *hub, const struct advice_give *in, struct advice_id *ret, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_ADVISE};
	struct advice_insert_row row;
	struct advice_insert_in insert = {
		.to_whom = in->advice_to,
		.asked_by = text_blank(in->asked_by) ? TEXT_NONE : in->asked_by,
		.advice = in->advice,
		.given_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_ADVISE, err)) return false;
	if (!text_blank(in->on.reference) && !enquiry_find(hub, in->on.reference, &insert.enquiry, err)) return false;
	if (!check(hub, in, err)) return false;
	entry.enquiry = insert.enquiry;
	if (!advice_insert(hub->tx, &insert, &row, err)) return false;
	if (!audit_write(hub, &entry, NULL, err)) return false;
	*ret = row.id;
	return true;
}

static bool read_cursor(struct text cursor, struct advice_page_in *in, struct error *err)
{
	struct text part;

	if (text_none(cursor)) return true;
	if (text_split(&cursor, '.', &part) && text_int(part, &in->before_at) && text_int(cursor, &in->before_id.n))
		return true;
	return error_field(err, "cursor", "Start from the first page of the list");
}

bool advice_list(struct hub *hub, struct text cursor, struct advice_list *ret, struct error *err)
{
	struct advice_page_in in = {
		.viewer = hub->actor.account, .before_at = INT64_MAX, .before_id = {INT64_MAX}, .limit = ADVICE_PAGE_ROWS + 1};
	struct advice_rows rows;

	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (!read_cursor(cursor, &in, err)) return false;
	if (!advice_page(hub->tx, &in, &rows, err)) return false;
	*ret = (struct advice_list){.rows = rows.rows, .count = rows.count};
	if (rows.count > ADVICE_PAGE_ROWS) {
		const struct advice_row *last = &rows.rows[ADVICE_PAGE_ROWS - 1];

		ret->count = ADVICE_PAGE_ROWS;
		ret->next = arena_printf(hub->arena, "%lld.%lld", (long long)last->at, (long long)last->id.n);
	}
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("list=advice"), err);
}

/* A list shows the beginning of each: a page of long ones would pass the most a page may hold. */
#define EXCERPT 400

void advice_list_json(struct json *json, const struct advice_list *list)
{
	for (size_t i = 0; i < list->count; i++) list->rows[i].advice = text_start(list->rows[i].advice, EXCERPT);
	record_list_json(json, "advice", &advice_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}

static bool find(struct hub *hub, struct advice_id id, struct advice_row *ret, struct error *err)
{
	bool found;

	if (!advice_get(hub->tx, &(struct advice_get_in){hub->actor.account, id}, ret, &found, err)) return false;
	return found || error_not_found(err, "there is no such advice");
}

bool advice_show(struct hub *hub, struct advice_id id, struct advice_row *ret, struct error *err)
{
	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (!find(hub, id, ret, err)) return false;
	return hub_viewed(
		hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, arena_printf(hub->arena, "advice=%lld", (long long)id.n), err);
}

bool advice_escalate(struct hub *hub, struct advice_id id, struct text reference, struct error *err)
{
	struct audit_entry entry = {
		.action = ACTION_ADVISE, .detail = arena_printf(hub->arena, "advice=%lld", (long long)id.n)};
	struct advice_name_in in = {.escalated_at = hub->now, .advice = id};
	struct advice_row row;
	int64_t changed;

	if (!hub_can(hub, ACTION_RECEIVE) && !hub_may(hub, ACTION_ADVISE, err)) return false;
	if (!find(hub, id, &row, err)) return false;
	if (!text_none(row.reference)) return error_refused(err, "it belongs to %.*s already", TEXT_ARG(row.reference));
	if (!enquiry_find(hub, reference, &in.enquiry, err)) return false;
	if (!advice_name(hub->tx, &in, &changed, err)) return false;
	if (!changed) return error_refused(err, "it belongs to another enquiry already");
	entry.enquiry = in.enquiry;
	return audit_write(hub, &entry, NULL, err);
}
