#include "hub/looked.h"

#include "hub/episode.h"

static bool read_cursor(struct text cursor, int64_t *ret, struct error *err)
{
	*ret = INT64_MAX;
	if (text_none(cursor) || (text_int(cursor, ret) && *ret > 0)) return true;
	return error_field(err, "cursor", "Start from the first page of the list");
}

bool looked_list(struct hub *hub, struct text reference, struct text cursor, struct looked_list *ret, struct error *err)
{
	struct looked_page_in in = {.viewer = hub->actor.account, .limit = LOOKED_PAGE_ROWS + 1};
	struct looked_rows rows;
	struct episode episode;

	if (!hub_may(hub, ACTION_VIEW_ACCESS_LOG, err)) return false;
	if (!episode_lock(hub, reference, VERSION_ANY, &episode, err)) return false;
	if (!read_cursor(cursor, &in.before_n, err)) return false;
	in.enquiry = episode.enquiry;
	if (!looked_page(hub->tx, &in, &rows, err)) return false;
	*ret = (struct looked_list){.reference = episode.reference, .rows = rows.rows, .count = rows.count};
	if (rows.count > LOOKED_PAGE_ROWS) {
		ret->count = LOOKED_PAGE_ROWS;
		ret->next = arena_printf(hub->arena, "%lld", (long long)rows.rows[LOOKED_PAGE_ROWS - 1].n);
	}
	return hub_viewed(hub, ACTION_VIEW_ACCESS_LOG, episode.enquiry, TEXT_NONE, err);
}

void looked_list_json(struct json *json, const struct looked_list *list)
{
	json_member_text(json, "reference", list->reference);
	record_list_json(json, "entries", &looked_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}

bool looked_news(struct hub *hub, struct enquiry_id enquiry, struct looked_news *ret, struct error *err)
{
	struct looked_last_in last_in = {.enquiry = enquiry.n, .account = hub->actor.account};
	struct looked_since_in since_in = {.enquiry = enquiry.n, .account = hub->actor.account};
	struct looked_last_row last;
	struct looked_since_rows rows;
	bool found;

	*ret = (struct looked_news){.since = INSTANT_NONE};
	if (!looked_last(hub->tx, &last_in, &last, &found, err)) return false;
	if (!found) return true;
	since_in.n = last.n;
	if (!looked_since(hub->tx, &since_in, &rows, err)) return false;
	*ret = (struct looked_news){.since = last.at, .rows = rows.rows, .count = rows.count};
	return true;
}
