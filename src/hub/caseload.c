#include "hub/caseload.h"

#include "base/london.h"

static bool may_see(struct hub *hub, struct account_id worker, struct error *err)
{
	if (worker.n == hub->actor.account.n) return hub_may(hub, ACTION_VIEW_LIST, err);
	return hub_may(hub, ACTION_VIEW_WORKERS, err);
}

static bool figures(struct hub *hub, struct caseload_view *view, struct error *err)
{
	struct caseload_figures_in in = {.worker = view->worker,
		.now = hub->now,
		.hour_on = hub->now + HOUR_MS,
		.today_from = london_midnight(london_day(hub->now))};
	struct caseload_figures_row row;

	if (!caseload_figures(hub->tx, &in, &row, &view->holds, err)) return false;
	if (!view->holds) return true;
	view->name = row.name;
	view->caseload = (struct caseload){
		.open = (int)row.open, .cap = (int)row.cap, .hours_percent = (int)row.hours_percent, .away = row.away};
	view->progressed = row.progressed;
	view->target = caseload_target(&view->caseload, hub->policy->target);
	view->completed = row.completed;
	view->due_next_hour = row.due_next_hour;
	view->late = row.late;
	return true;
}

static bool rows(struct hub *hub, const struct caseload_ask *ask, struct caseload_view *view, struct error *err)
{
	int64_t most = ask->limit_rows ? ask->limit_rows : CASELOAD_PAGE_ROWS;
	struct caseload_page_in in = {
		.viewer = hub->actor.account, .worker = view->worker, .now = hub->now, .after = ask->after, .limit = most + 1};
	struct caseload_rows found;

	if (!caseload_page(hub->tx, &in, &found, err)) return false;
	view->rows = found.rows;
	view->count = found.count;
	if (found.count <= (size_t)most) return true;
	view->count = (size_t)most;
	view->next = found.rows[most - 1].id;
	return true;
}

bool caseload_show(struct hub *hub, const struct caseload_ask *ask, struct caseload_view *ret, struct error *err)
{
	struct text what;

	*ret = (struct caseload_view){.worker = ask->worker.n ? ask->worker : hub->actor.account, .now = hub->now};
	ret->own = ret->worker.n == hub->actor.account.n;
	if (!may_see(hub, ret->worker, err)) return false;
	if (!figures(hub, ret, err)) return false;
	if (!ret->own && !ret->holds) return error_not_found(err, "nobody of this number holds enquiries");
	if (!rows(hub, ask, ret, err)) return false;
	what = arena_printf(hub->arena, "caseload %lld", (long long)ret->worker.n);
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, what, err);
}
