#include "hub/clock_list.h"

#include "hub/enquiry_list.h"

/* A cursor is the key of the last row shown: "due.kind.number". */
static bool read_cursor(struct text cursor, struct clock_page_in *in, struct error *err)
{
	int64_t parts[3];
	struct text part;

	if (text_none(cursor)) return true;
	for (size_t i = 0; i < 3; i++)
		if (!text_split(&cursor, '.', &part) || !text_int(part, &parts[i]))
			return error_field(err, "cursor", "Start from the first page of the list");
	if (!text_none(cursor) || parts[1] < 0 || parts[1] >= CLOCK_KIND_COUNT)
		return error_field(err, "cursor", "Start from the first page of the list");
	in->after_due = parts[0];
	in->after_kind = clock_kind_text((enum clock_kind)parts[1]);
	in->after_id = parts[2];
	return true;
}

static struct text cursor_after(struct arena *arena, const struct clock_row *row)
{
	return arena_printf(
		arena, "%lld.%d.%lld", (long long)row->due_at, (int)clock_kind_of(row->clock_kind), (long long)row->number);
}

bool clock_list(struct hub *hub, const struct clock_list_ask *ask, struct clock_list *ret, struct error *err)
{
	struct clock_page_in in = {.viewer = hub->actor.account,
		.now = hub->now,
		.only = ask->kind,
		.after_due = INT64_MIN + 1,
		.after_kind = TEXT(""),
		.limit = LIST_PAGE_ROWS + 1};
	struct clock_rows rows;

	*ret = (struct clock_list){.only = clock_kind_of(ask->kind), .now = hub->now};
	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (!text_none(ask->kind) && ret->only == CLOCK_KIND_NONE)
		return error_field(err, "clock_kind", "There is no such kind of clock");
	if (!read_cursor(ask->cursor, &in, err)) return false;
	if (!clock_page(hub->tx, &in, &rows, err)) return false;
	if (!clock_list_counts(hub, &ret->counts, err)) return false;
	ret->rows = rows.rows;
	ret->count = rows.count;
	if (rows.count > LIST_PAGE_ROWS) {
		ret->count = LIST_PAGE_ROWS;
		ret->next = cursor_after(hub->arena, &rows.rows[LIST_PAGE_ROWS - 1]);
	}
	record_hide_all(&clock_record, ret->rows, ret->count, hub->actor.role, hub_relation(hub));
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("list=clocks"), err);
}

void clock_list_json(struct json *json, const struct clock_list *list)
{
	record_list_json(json, "clocks", &clock_record, list->rows, list->count);
	record_list_json(json, "counts", &clock_counts_record, list->counts.rows, list->counts.count);
	json_member_text(json, "next", list->next);
}

bool clock_list_counts(struct hub *hub, struct clock_counts_rows *ret, struct error *err)
{
	return clock_counts(hub->tx, ret, err);
}
