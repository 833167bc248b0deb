#include "hub/hub_now.h"

#include "base/london.h"
#include "hub/holding.h"
#include "hub/person_link.h"
#include "hub/restriction.h"
#include "rules/clock.h"
#include "sql/hub_now.h"

static const char *const keys[HUB_LIST_COUNT] = {
	[HUB_LIST_UNSCREENED] = "unscreened",
	[HUB_LIST_AWAITING] = "awaiting",
	[HUB_LIST_NOBODY] = "nobody",
	[HUB_LIST_UNALLOCATED] = "unallocated",
	[HUB_LIST_HELD] = "held",
	[HUB_LIST_LATE] = "late",
	[HUB_LIST_FURTHER] = "further",
};

enum hub_list hub_list_of(struct text key)
{
	enum hub_list list = HUB_LIST_UNSCREENED;

	while (list < HUB_LIST_COUNT && !text_is(key, keys[list])) list++;
	return list;
}

const char *hub_list_key(enum hub_list list)
{
	return keys[list];
}

/* Where a list starts, as every list's query takes it. */
struct asked {
	struct account_id viewer;
	instant now;
	instant last_close;
	struct episode_id after;
	int64_t limit;
};

static bool nobody_rows(struct tx *tx, const struct asked *asked, struct hub_now_rows *ret, struct error *err)
{
	struct hub_now_nobody_in in = {.viewer = asked->viewer,
		.now = asked->now,
		.last_close = asked->last_close,
		.after = asked->after,
		.limit = asked->limit};

	return hub_now_nobody(tx, &in, ret, err);
}

static bool list_rows(
	struct tx *tx, enum hub_list list, const struct asked *asked, struct hub_now_rows *ret, struct error *err)
{
#define ASKED(query)                                                                                                   \
	query(tx,                                                                                                          \
		&(struct query##_in){                                                                                          \
			.viewer = asked->viewer, .now = asked->now, .after = asked->after, .limit = asked->limit},                 \
		ret, err)

	switch (list) {
	case HUB_LIST_UNSCREENED: return ASKED(hub_now_unscreened);
	case HUB_LIST_AWAITING: return ASKED(hub_now_awaiting);
	case HUB_LIST_NOBODY: return nobody_rows(tx, asked, ret, err);
	case HUB_LIST_UNALLOCATED: return ASKED(hub_now_unallocated);
	case HUB_LIST_HELD: return ASKED(hub_now_held);
	case HUB_LIST_LATE: return ASKED(hub_now_late);
	case HUB_LIST_FURTHER: return ASKED(hub_now_further);
	case HUB_LIST_COUNT: break;
	}
	return error_not_found(err, "there is no such list");
#undef ASKED
}

static bool list_fill(struct hub *hub, struct episode_id after, struct hub_list_view *list, struct error *err)
{
	struct asked asked = {.viewer = hub->actor.account,
		.now = hub->now,
		.last_close = clock_last_close(hub->policy, hub->now),
		.after = after,
		.limit = HUB_LIST_ROWS + 1};
	struct hub_now_rows rows;

	if (!list_rows(hub->tx, list->list, &asked, &rows, err)) return false;
	list->rows = rows.rows;
	list->count = rows.count;
	if (rows.count <= HUB_LIST_ROWS) return true;
	list->count = HUB_LIST_ROWS;
	list->next = rows.rows[HUB_LIST_ROWS - 1].id;
	return true;
}

static void state_count(struct hub_now_view *view, const struct hub_now_states_row *row)
{
	int64_t *by_rag[] = {&view->red, &view->amber, &view->green, &view->unrated};

	if (row->rag_order >= 0 && row->rag_order <= RAG_COUNT) *by_rag[row->rag_order] += row->count;
	if (text_is(row->state, "received")) view->unscreened += row->count;
	if (text_is(row->state, "screened")) view->unallocated += row->count;
	if (text_is(row->state, "held")) view->held += row->count;
}

static bool fill_states(
	struct hub *hub, struct workstream_id accumulation, struct hub_now_view *view, struct error *err)
{
	struct hub_now_states_rows rows;

	if (!hub_now_states(hub->tx, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		state_count(view, &rows.rows[i]);
		if (rows.rows[i].workstream.n == accumulation.n) view->accumulation_left += rows.rows[i].count;
	}
	return true;
}

/* How long the hub is still open today, and since when the longest unseen has waited. */
static void fill_clock(struct hub *hub, struct hub_now_view *view)
{
	view->is_open = clock_is_open(hub->policy, hub->now);
	view->closes_at = clock_next_close(hub->policy, hub->now);
	if (view->is_open) view->minutes_to_close = (view->closes_at - hub->now) / MINUTE_MS;
	view->passes_soon =
		view->is_open && view->closes_at - hub->now <= HOUR_MS && (view->unscreened > 0 || view->red > 0);
	if (view->unscreened_oldest != INSTANT_NONE)
		view->unscreened_minutes = (hub->now - view->unscreened_oldest) / MINUTE_MS;
}

static bool fill_figures(struct hub *hub, struct hub_now_view *view, struct error *err)
{
	struct hub_now_figures_in in = {
		.now = hub->now, .week_ago = hub->now - 7 * DAY_MS, .last_close = clock_last_close(hub->policy, hub->now)};
	struct hub_now_figures_row row;

	if (!hub_now_figures(hub->tx, &in, &row, err)) return false;
	view->late = row.late;
	view->unscreened_oldest = row.unscreened_oldest_at;
	view->awaiting = row.awaiting;
	view->awaiting_first_due = row.awaiting_first_due_at;
	view->held_since = row.held_since;
	view->hand_overs_waiting = row.hand_overs_waiting;
	view->hand_overs_oldest = row.hand_overs_oldest_at;
	view->further = row.further;
	view->nobody = row.nobody;
	if (!fill_states(hub, row.accumulation, view, err)) return false;
	view->unallocated -= row.screened; /* those wait for a signature */
	view->accumulation_week_ago = view->accumulation_left - row.accumulation_change;
	if (!accumulation_clear_by(hub, row.accumulation, view->accumulation_left, &view->accumulation_clear, err))
		return false;
	fill_clock(hub, view);
	return true;
}

static bool fill_workers(struct hub *hub, struct hub_now_view *view, struct error *err)
{
	day today = london_day(hub->now);
	struct hub_now_workers_in in = {.now = hub->now,
		.today_from = london_midnight(today),
		.today_to = london_midnight(today + 1),
		.target = hub->policy->target};
	struct hub_worker_rows rows;

	if (!hub_can(hub, ACTION_VIEW_WORKERS)) return true;
	if (!hub_now_workers(hub->tx, &in, &rows, err)) return false;
	view->workers = rows.rows;
	view->worker_count = rows.count;
	return true;
}

static bool holds_of(const struct hub_list_view *held, struct text workstream)
{
	for (size_t i = 0; i < held->count; i++)
		if (text_equal(held->rows[i].workstream_key, workstream)) return true;
	return false;
}

/* What there is to be done about the held: room, or what could make way. */
static bool fill_rooms(struct hub *hub, struct hub_now_view *view, struct error *err)
{
	struct holding_room_rows rooms;

	if (!view->held) return true;
	if (!holding_room(hub->tx, &(struct holding_room_in){.at = hub->now}, &rooms, err)) return false;
	view->rooms.rows = arena_new_array(hub->arena, rooms.count, struct hub_room);
	for (size_t i = 0; i < rooms.count; i++) {
		struct hub_room *row = &view->rooms.rows[view->rooms.count];

		if (!holds_of(&view->lists[HUB_LIST_HELD], rooms.rows[i].workstream_key)) continue;
		*row = (struct hub_room){.workstream = rooms.rows[i].workstream_key, .room = rooms.rows[i].room};
		if (!row->room && !swap_offers_of(hub, rooms.rows[i].workstream, HUB_SWAPS_SHOWN, &row->swaps, err))
			return false;
		view->rooms.count++;
	}
	return true;
}

static int64_t list_total(const struct hub_now_view *view, enum hub_list list)
{
	switch (list) {
	case HUB_LIST_UNSCREENED: return view->unscreened;
	case HUB_LIST_AWAITING: return view->awaiting;
	case HUB_LIST_NOBODY: return view->nobody;
	case HUB_LIST_UNALLOCATED: return view->unallocated;
	case HUB_LIST_HELD: return view->held;
	case HUB_LIST_LATE: return view->late;
	case HUB_LIST_FURTHER: return view->further;
	case HUB_LIST_COUNT: break;
	}
	return 0;
}

bool hub_now_show(struct hub *hub, struct hub_now_view *ret, struct error *err)
{
	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	*ret = (struct hub_now_view){.now = hub->now};
	if (!fill_figures(hub, ret, err) || !fill_workers(hub, ret, err) || !rota_ahead(hub, &ret->ahead, err))
		return false;
	if (!clock_list_counts(hub, &ret->clocks, err)) return false;
	if (!person_link_count(hub, &ret->possible, err)) return false;
	if (!restriction_reviews_due(hub, &ret->reviews_due, err)) return false;
	for (enum hub_list list = HUB_LIST_UNSCREENED; list < HUB_LIST_COUNT; list++) {
		ret->lists[list] = (struct hub_list_view){.list = list, .total = list_total(ret, list)};
		if (ret->lists[list].total && !list_fill(hub, (struct episode_id){0}, &ret->lists[list], err)) return false;
	}
	if (!fill_rooms(hub, ret, err)) return false;
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("hub_now"), err);
}

bool hub_now_list(
	struct hub *hub, enum hub_list list, struct episode_id after, struct hub_list_view *ret, struct error *err)
{
	struct hub_now_view counts = {.now = hub->now};
	struct text what;

	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (list >= HUB_LIST_COUNT) return error_not_found(err, "there is no such list");
	if (!fill_figures(hub, &counts, err)) return false;
	*ret = (struct hub_list_view){.list = list, .total = list_total(&counts, list)};
	if (!list_fill(hub, after, ret, err)) return false;
	what = arena_printf(hub->arena, "hub_now %s", keys[list]);
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, what, err);
}
