#include "hub/enquiry_list.h"

#include "rules/clock.h"

#define LIST_MOST 1000

/* A cursor is the key of the last row shown: "order.due.id" or "received.id". */
struct cursor {
	int64_t parts[3];
};

static bool read_cursor(struct text text, size_t parts, struct cursor *ret, struct error *err)
{
	struct text part;

	for (size_t i = 0; i < parts; i++)
		if (!text_split(&text, '.', &part) || !text_int(part, &ret->parts[i]))
			return error_field(err, "cursor", "Start from the first page of the list");
	return text_none(text) ? true : error_field(err, "cursor", "Start from the first page of the list");
}

static bool list_open(struct hub *hub, const struct enquiry_list_ask *ask, struct enquiry_rows *ret, struct error *err)
{
	struct cursor after = {{-1, INT64_MIN, 0}};

	if (!text_none(ask->cursor) && !read_cursor(ask->cursor, 3, &after, err)) return false;
	return enquiry_list_open(hub->tx,
		&(struct enquiry_list_open_in){.viewer = hub->actor.account,
			.after_order = after.parts[0],
			.after_due = after.parts[1] == INT64_MIN ? INT64_MIN + 1 : after.parts[1],
			.after_id = {after.parts[2]},
			.limit = ask->limit + 1},
		ret, err);
}

static bool list_all(struct hub *hub, const struct enquiry_list_ask *ask, struct enquiry_rows *ret, struct error *err)
{
	struct cursor before = {{INT64_MAX, INT64_MAX, 0}};

	if (!text_none(ask->cursor) && !read_cursor(ask->cursor, 2, &before, err)) return false;
	return enquiry_list_all(hub->tx,
		&(struct enquiry_list_all_in){.viewer = hub->actor.account,
			.before_received = before.parts[0],
			.before_id = {before.parts[1]},
			.limit = ask->limit + 1},
		ret, err);
}

static struct text cursor_after(struct arena *arena, bool all, const struct enquiry_row *row)
{
	if (all) return arena_printf(arena, "%lld.%lld", (long long)row->received_at, (long long)row->id.n);
	return arena_printf(
		arena, "%lld.%lld.%lld", (long long)row->rag_order, (long long)row->due_key, (long long)row->id.n);
}

bool enquiry_list(struct hub *hub, const struct enquiry_list_ask *given, struct enquiry_list *ret, struct error *err)
{
	struct enquiry_list_ask ask = *given;
	struct enquiry_rows rows;

	if (ask.limit <= 0) ask.limit = LIST_PAGE_ROWS;
	if (ask.limit > LIST_MOST) ask.limit = LIST_MOST;
	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (!(ask.all ? list_all(hub, &ask, &rows, err) : list_open(hub, &ask, &rows, err))) return false;
	*ret = (struct enquiry_list){.rows = rows.rows, .count = rows.count};
	if (rows.count > (size_t)ask.limit) {
		ret->count = (size_t)ask.limit;
		ret->next = cursor_after(hub->arena, ask.all, &rows.rows[ret->count - 1]);
	}
	record_hide_all(&enquiry_record, ret->rows, ret->count, hub->actor.role, hub_relation(hub));
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0},
		ask.all ? TEXT("list=enquiries all=yes") : TEXT("list=enquiries"), err);
}

bool hand_over_list(struct hub *hub, struct text cursor, struct hand_over_list *ret, struct error *err)
{
	struct cursor after = {{INT64_MIN + 1, 0, 0}};
	struct hand_over_line_rows rows;

	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (!text_none(cursor) && !read_cursor(cursor, 2, &after, err)) return false;
	if (!hand_over_page(hub->tx,
			&(struct hand_over_page_in){.viewer = hub->actor.account,
				.after_at = after.parts[0],
				.after_id = {after.parts[1]},
				.limit = LIST_PAGE_ROWS + 1},
			&rows, err))
		return false;
	*ret = (struct hand_over_list){.rows = rows.rows, .count = rows.count};
	if (rows.count > LIST_PAGE_ROWS) {
		const struct hand_over_line *last = &rows.rows[LIST_PAGE_ROWS - 1];

		ret->count = LIST_PAGE_ROWS;
		ret->next = arena_printf(hub->arena, "%lld.%lld", (long long)last->handed_over_at, (long long)last->id.n);
	}
	record_hide_all(&hand_over_line_record, ret->rows, ret->count, hub->actor.role, hub_relation(hub));
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("list=hand-overs"), err);
}

void enquiry_list_json_begin(struct json *json)
{
	json_key(json, "enquiries");
	json_open_list(json);
}

void enquiry_list_json_rows(struct json *json, const struct enquiry_list *list)
{
	record_rows_json(json, &enquiry_record, list->rows, list->count);
}

void enquiry_list_json_end(struct json *json, struct text next)
{
	json_close_list(json);
	json_member_text(json, "next", next);
}

void enquiry_list_json(struct json *json, const struct enquiry_list *list)
{
	enquiry_list_json_begin(json);
	enquiry_list_json_rows(json, list);
	enquiry_list_json_end(json, list->next);
}

void hand_over_list_json(struct json *json, const struct hand_over_list *list)
{
	record_list_json(json, "hand_overs", &hand_over_line_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}
