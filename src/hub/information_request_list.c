#include "hub/information_request.h"

static bool read_cursor(struct text cursor, int64_t *ret_at, int64_t *ret_id, struct error *err)
{
	struct text part;

	if (text_none(cursor)) return true;
	if (text_split(&cursor, '.', &part) && text_int(part, ret_at) && text_int(cursor, ret_id)) return true;
	return error_field(err, "cursor", "Start from the first page of the list");
}

static bool load_open(
	struct hub *hub, const struct information_request_ask *ask, struct asked_rows *ret, struct error *err)
{
	struct request_page_open_in in = {
		.viewer = hub->actor.account, .after_due = INT64_MIN + 1, .limit = ask->limit + 1};

	if (!read_cursor(ask->cursor, &in.after_due, &in.after_id.n, err)) return false;
	return request_page_open(hub->tx, &in, ret, err);
}

static bool load_answered(
	struct hub *hub, const struct information_request_ask *ask, struct asked_rows *ret, struct error *err)
{
	struct request_page_answered_in in = {
		.viewer = hub->actor.account, .before_at = INT64_MAX, .before_id = {INT64_MAX}, .limit = ask->limit + 1};

	if (!read_cursor(ask->cursor, &in.before_at, &in.before_id.n, err)) return false;
	return request_page_answered(hub->tx, &in, ret, err);
}

static struct text cursor_after(struct arena *arena, bool answered, const struct asked_row *last)
{
	instant at = answered ? last->received_at : last->due_at;

	return arena_printf(arena, "%lld.%lld", (long long)at, (long long)last->id.n);
}

bool information_request_list(struct hub *hub, const struct information_request_ask *given,
	struct information_request_list *ret, struct error *err)
{
	struct request_counts_in counts_in = {.viewer = hub->actor.account, .now = hub->now};
	struct information_request_ask ask = *given;
	struct request_counts_row counts;
	struct asked_rows rows;

	if (ask.limit <= 0) ask.limit = REQUEST_PAGE_ROWS;
	if (!hub_may(hub, ACTION_INFORMATION_REQUEST, err)) return false;
	if (!(ask.answered ? load_answered : load_open)(hub, &ask, &rows, err)) return false;
	if (!request_counts(hub->tx, &counts_in, &counts, err)) return false;
	*ret = (struct information_request_list){
		.rows = rows.rows, .count = rows.count, .open = counts.open, .late = counts.late};
	if (rows.count > (size_t)ask.limit) {
		ret->count = (size_t)ask.limit;
		ret->next = cursor_after(hub->arena, ask.answered, &rows.rows[ret->count - 1]);
	}
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0},
		ask.answered ? TEXT("list=requests answered=yes") : TEXT("list=requests"), err);
}

void information_request_list_json(struct json *json, const struct information_request_list *list)
{
	json_member_int(json, "open", list->open);
	json_member_int(json, "late", list->late);
	record_list_json(json, "requests", &asked_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}
