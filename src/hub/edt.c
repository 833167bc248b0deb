#include "hub/edt.h"

#include "hub/duty_hand_over.h"
#include "rules/clock.h"

static const char *const keys[EDT_PART_COUNT] = {
	[EDT_RED] = "red",
	[EDT_UNSCREENED] = "unscreened",
	[EDT_HANDED_OVER] = "handed_over",
	[EDT_GIVEN_BACK] = "given_back",
};

enum edt_part edt_part_of(struct text key)
{
	enum edt_part part = EDT_RED;

	while (part < EDT_PART_COUNT && !text_is(key, keys[part])) part++;
	return part;
}

const char *edt_part_key(enum edt_part part)
{
	return keys[part];
}

/* EDT has had since then whatever it has: what was given before the last opening came back at it. */
static instant ledger_since(const struct hub *hub)
{
	instant close = clock_last_close(hub->policy, hub->now);

	return clock_last_opening(hub->policy, close - 1);
}

static bool part_rows(
	struct hub *hub, enum edt_part part, struct episode_id after, struct edt_rows *ret, struct error *err)
{
	struct account_id viewer = hub->actor.account;

#define PART(query, ...)                                                                                               \
	query(hub->tx, &(struct query##_in){.viewer = viewer, .after = after, .limit = EDT_LIST_ROWS + 1, ##__VA_ARGS__},  \
		ret, err)
	switch (part) {
	case EDT_RED: return PART(edt_red);
	case EDT_UNSCREENED: return PART(edt_unscreened);
	case EDT_HANDED_OVER: return PART(edt_handed_over, .since = ledger_since(hub));
	case EDT_GIVEN_BACK: return PART(edt_given_back);
	case EDT_PART_COUNT: break;
	}
	return error_not_found(err, "there is no such list");
#undef PART
}

static bool fill(struct hub *hub, struct episode_id after, struct edt_list *list, struct error *err)
{
	struct edt_rows rows;

	if (!part_rows(hub, list->part, after, &rows, err)) return false;
	record_hide_all(&edt_record, rows.rows, rows.count, hub->actor.role, RELATION_ORDINARY);
	list->rows = rows.rows;
	list->count = rows.count;
	if (rows.count <= EDT_LIST_ROWS) return true;
	list->count = EDT_LIST_ROWS;
	list->next = rows.rows[EDT_LIST_ROWS - 1].id;
	return true;
}

static bool fill_figures(struct hub *hub, struct edt_view *view, struct error *err)
{
	struct edt_figures_in in = {.since = ledger_since(hub)};
	struct edt_figures_row row;

	if (!edt_figures(hub->tx, &in, &row, err)) return false;
	view->parts[EDT_RED].total = row.red;
	view->parts[EDT_UNSCREENED].total = row.unscreened;
	view->parts[EDT_HANDED_OVER].total = row.handed_over;
	view->parts[EDT_GIVEN_BACK].total = row.given_back;
	view->to_accept = row.to_accept;
	view->to_take_back = row.given_back;
	for (enum edt_part part = EDT_RED; part < EDT_PART_COUNT; part++) view->parts[part].part = part;
	return true;
}

bool edt_show(struct hub *hub, struct edt_view *ret, struct error *err)
{
	struct error *why = arena_new(hub->arena, struct error);

	if (!hub_may(hub, ACTION_ACCEPT_DUTY_HAND_OVER, err)) return false;
	*ret = (struct edt_view){
		.now = hub->now,
		.is_open = clock_is_open(hub->policy, hub->now),
		.opens_at = clock_effective(hub->policy, hub->now),
		.closes_at = clock_next_close(hub->policy, hub->now),
		.accepts_to_edt = duty_accepts(hub, DIRECTION_TO_EDT, why),
		.accepts_from_edt = duty_accepts(hub, DIRECTION_FROM_EDT, why),
	};
	if (!fill_figures(hub, ret, err)) return false;
	for (enum edt_part part = EDT_RED; part < EDT_PART_COUNT; part++)
		if (ret->parts[part].total && !fill(hub, (struct episode_id){0}, &ret->parts[part], err)) return false;
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("list=edt"), err);
}

bool edt_list(struct hub *hub, enum edt_part part, struct episode_id after, struct edt_list *ret, struct error *err)
{
	struct edt_view counts = {0};
	struct text what;

	if (!hub_may(hub, ACTION_ACCEPT_DUTY_HAND_OVER, err)) return false;
	if (part >= EDT_PART_COUNT) return error_not_found(err, "there is no such list");
	if (!fill_figures(hub, &counts, err)) return false;
	*ret = counts.parts[part];
	if (!fill(hub, after, ret, err)) return false;
	what = arena_printf(hub->arena, "list=edt %s", keys[part]);
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, what, err);
}

void edt_json(struct json *json, const struct edt_view *view)
{
	json_member_bool(json, "open", view->is_open);
	json_member_instant(json, "opens_at", view->opens_at);
	json_key(json, "counts");
	json_open(json);
	for (enum edt_part part = EDT_RED; part < EDT_PART_COUNT; part++)
		json_member_int(json, keys[part], view->parts[part].total);
	json_member_int(json, "to_accept", view->to_accept);
	json_close(json);
	for (enum edt_part part = EDT_RED; part < EDT_PART_COUNT; part++)
		record_list_json(json, keys[part], &edt_record, view->parts[part].rows, view->parts[part].count);
}
