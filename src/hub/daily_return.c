#include "hub/daily_return.h"

#include "base/london.h"
#include "hub/daily_return_part.h"

#define YEAR_MS (365 * DAY_MS)

day daily_return_today(const struct hub *hub)
{
	return london_day(hub->now);
}

static bool fill_beside(struct returning *r, struct error *err)
{
	struct return_beside_in in = {
		.window_start = r->window.start, .window_end = r->window.end, .known_since = r->window.start - YEAR_MS};
	struct return_beside_row row;

	if (!return_beside(r->hub->tx, &in, &row, err)) return false;
	r->view->repeat_enquiries = row.repeat_enquiries;
	r->view->advice_given = row.advice_given;
	r->view->allegations_received = row.allegations;
	r->view->lado_waiting = row.lado_waiting;
	r->view->hand_overs_waiting = row.hand_overs_waiting;
	r->view->edt = (struct return_edt){.to = row.to_edt, .from = row.from_edt};
	return true;
}

static void since_total(struct return_since *since, const struct return_workstream *workstreams, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		balance_add(&since->enquiries.balance, &workstreams[i].enquiries.balance);
		balance_add(&since->children.balance, &workstreams[i].children.balance);
		since->enquiries.screened_out += workstreams[i].enquiries.screened_out;
		since->children.screened_out += workstreams[i].children.screened_out;
	}
}

/* Where days that nobody collated stand between: everything since the last collated return. */
static bool fill_since(struct returning *r, struct error *err)
{
	struct return_since *since = &r->view->since_last_collated;
	struct window window = {.end = r->window.end};
	struct return_workstream *workstreams;
	struct return_collated_before_row last;
	size_t count;
	bool found;

	since->start = INSTANT_NONE;
	if (!return_collated_before(r->hub->tx, &(struct return_collated_before_in){r->day}, &last, &found, err))
		return false;
	if (!found || last.window_end >= r->window.start) return true;
	since->start = window.start = last.window_end;
	if (!return_workstreams_begin(r->hub, &workstreams, &count, err)) return false;
	if (!return_balances(r->hub, window, workstreams, count, err)) return false;
	since_total(since, workstreams, count);
	if (!return_in_time(r->hub, window, &since->in_time, err)) return false;
	return return_same_day(r->hub, window, &since->same_day_risk, err);
}

static bool fill(struct returning *r, struct error *err)
{
	struct daily_return_view *view = r->view;
	struct return_open_rows open;

	if (!return_workstreams_begin(r->hub, &view->workstreams, &view->workstream_count, err)) return false;
	if (!return_balances(r->hub, r->window, view->workstreams, view->workstream_count, err)) return false;
	if (!return_fill_groups(r, &open, err)) return false;
	return_total(view);
	if (!return_in_time(r->hub, r->window, &view->in_time, err)) return false;
	if (!return_same_day(r->hub, r->window, &view->same_day_risk, err)) return false;
	if (!return_fill_reds(r, err) || !return_fill_outcomes(r, err)) return false;
	if (!fill_beside(r, err) || !fill_since(r, err)) return false;
	return return_fill_workers(r, &open, err);
}

bool return_compute(struct hub *hub, day date, struct daily_return_view *ret, struct error *err)
{
	struct returning r = {.hub = hub, .day = date, .view = ret};

	if (!return_window(hub, date, &r.window, err)) return false;
	*ret = (struct daily_return_view){
		.date = date, .window_start = r.window.start, .window_end = r.window.end, .collated_at = INSTANT_NONE};
	return fill(&r, err);
}

static bool only_collated(const struct hub *hub)
{
	return hub->actor.role == ROLE_SERVICE_MANAGER || hub->actor.role == ROLE_DIRECTOR;
}

/* What leaves the hub shows how the work is spread and not who did how much. */
static void share(struct hub *hub, struct daily_return_view *view)
{
	view->shared_form = !hub_can(hub, ACTION_VIEW_WORKERS);
	if (view->shared_form) view->worker_count = 0;
}

static bool frozen_or_computed(struct hub *hub, day date, struct daily_return_view *ret, struct error *err)
{
	struct return_frozen_row frozen;
	bool found;

	if (!return_frozen(hub->tx, &(struct return_frozen_in){date}, &frozen, &found, err)) return false;
	if (found) return daily_return_read(hub->arena, frozen.content, ret, err);
	return return_compute(hub, date, ret, err);
}

bool daily_return_compute(struct hub *hub, day date, struct daily_return_view *ret, struct error *err)
{
	struct text what = arena_printf(hub->arena, "daily_return %.*s", TEXT_ARG(day_iso(hub->arena, date)));

	if (!hub_may(hub, ACTION_VIEW_RETURN, err)) return false;
	if (!frozen_or_computed(hub, date, ret, err)) return false;
	if (only_collated(hub) && ret->collated_at == INSTANT_NONE)
		return error_not_found(err, "the return of %.*s has not been collated", TEXT_ARG(day_words(hub->arena, date)));
	share(hub, ret);
	return hub_viewed(hub, ACTION_VIEW_RETURN, (struct enquiry_id){0}, what, err);
}
