#include "hub/daily_return_part.h"
#include "measure/median.h"
#include "rules/caseload.h"
#include "rules/clock.h"

static int64_t held_by(const struct return_open_rows *open, struct account_id worker)
{
	int64_t held = 0;

	for (size_t i = 0; i < open->count; i++) held += open->rows[i].worker.n == worker.n;
	return held;
}

static int64_t progressed_by(const struct return_progressed_rows *progressed, struct account_id worker)
{
	for (size_t i = 0; i < progressed->count; i++)
		if (progressed->rows[i].account.n == worker.n) return progressed->rows[i].progressed;
	return 0;
}

/* What the shared return shows in the place of names. */
static struct return_spread spread_of(struct arena *arena, const struct return_worker *workers, size_t count)
{
	int64_t *progressed = arena_new_array(arena, count + 1, int64_t);
	struct return_spread spread = {.workers = (int64_t)count};

	for (size_t i = 0; i < count; i++) {
		progressed[i] = workers[i].progressed;
		if (workers[i].open > spread.most_open) spread.most_open = workers[i].open;
	}
	spread.median = median(progressed, count); /* sorts them */
	spread.lowest = count ? progressed[0] : INT_NONE;
	spread.highest = count ? progressed[count - 1] : INT_NONE;
	return spread;
}

static struct caseload caseload_of(const struct return_workers_row *row)
{
	return (struct caseload){.cap = (int)row->cap, .hours_percent = (int)row->hours_percent};
}

bool return_fill_workers(struct returning *r, const struct return_open_rows *open, struct error *err)
{
	struct return_workers_in in = {.window_start = r->window.start, .window_end = r->window.end};
	struct return_progressed_in moved = {.window_start = r->window.start, .window_end = r->window.end};
	struct daily_return_view *view = r->view;
	struct return_progressed_rows progressed;
	struct return_workers_rows rows;

	if (!return_workers(r->hub->tx, &in, &rows, err)) return false;
	if (!return_progressed(r->hub->tx, &moved, &progressed, err)) return false;
	view->workers = arena_new_array(r->hub->arena, rows.count, struct return_worker);
	view->worker_count = rows.count;
	for (size_t i = 0; i < rows.count; i++) {
		const struct return_workers_row *row = &rows.rows[i];
		struct caseload caseload = caseload_of(row);

		view->workers[i] = (struct return_worker){.name = row->name,
			.open = held_by(open, row->account),
			.cap = caseload_limit(&caseload),
			.progressed = progressed_by(&progressed, row->account)};
		view->progressed += view->workers[i].progressed;
		caseload.away = row->away;
		if (clock_working_day(r->hub->policy, r->day))
			view->target += caseload_target(&caseload, r->hub->policy->target);
	}
	view->spread = spread_of(r->hub->arena, view->workers, rows.count);
	return true;
}

bool return_fill_outcomes(struct returning *r, struct error *err)
{
	struct return_outcomes_in in = {.window_start = r->window.start, .window_end = r->window.end};
	struct return_outcomes_rows rows;

	if (!return_outcomes(r->hub->tx, &in, &rows, err)) return false;
	r->view->outcomes = arena_new_array(r->hub->arena, OUTCOME_COUNT, struct return_outcome);
	r->view->outcome_count = OUTCOME_COUNT;
	for (int i = 0; i < OUTCOME_COUNT; i++) r->view->outcomes[i].key = outcome_text((enum outcome)i);
	for (size_t i = 0; i < rows.count; i++) {
		enum outcome outcome = outcome_of(rows.rows[i].outcome);

		if (outcome != OUTCOME_NONE) r->view->outcomes[outcome].count = rows.rows[i].count;
	}
	return true;
}
