#include "base/london.h"
#include "hub/daily_return_part.h"

bool return_window(struct hub *hub, day date, struct window *ret, struct error *err)
{
	struct return_frozen_before_row before;
	instant midnight = london_midnight(date + 1);
	bool found;

	if (!return_frozen_before(hub->tx, &(struct return_frozen_before_in){date}, &before, &found, err)) return false;
	ret->start = found && before.day == date - 1 ? before.window_end : london_midnight(date);
	ret->end = hub->now < midnight ? hub->now : midnight;
	if (london_day(hub->now) < date || ret->end <= ret->start)
		return error_refused(err, "%.*s has not begun", TEXT_ARG(day_words(hub->arena, date)));
	return true;
}

bool return_workstreams_begin(struct hub *hub, struct return_workstream **ret, size_t *ret_count, struct error *err)
{
	struct return_workstreams_rows rows;

	if (!return_workstreams(hub->tx, &rows, err)) return false;
	*ret = arena_new_array(hub->arena, rows.count, struct return_workstream);
	*ret_count = rows.count;
	for (size_t i = 0; i < rows.count; i++)
		(*ret)[i] = (struct return_workstream){.key = rows.rows[i].workstream_key, .oldest_received_at = INSTANT_NONE};
	return true;
}

struct return_workstream *return_workstream_find(struct return_workstream *workstreams, size_t count, struct text key)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(workstreams[i].key, key)) return &workstreams[i];
	return NULL;
}

static struct return_balance *unit_of(struct return_workstream *workstream, struct text unit)
{
	return text_is(unit, "child") ? &workstream->children : &workstream->enquiries;
}

static void open_with(
	struct return_workstream *workstreams, size_t count, struct text key, struct text unit, int64_t total)
{
	struct return_workstream *workstream = return_workstream_find(workstreams, count, key);

	if (workstream) unit_of(workstream, unit)->balance.opening += total;
}

/* What the last frozen day closed with, and what has come and gone from there to the window's start. */
static bool openings(
	struct hub *hub, instant start, struct return_workstream *workstreams, size_t count, struct error *err)
{
	struct return_frozen_until_row frozen;
	struct return_closings_rows closings = {0};
	struct return_sums_in since = {.window_start = 0, .window_end = start};
	struct return_sums_rows sums;
	bool found;

	if (!return_frozen_until(hub->tx, &(struct return_frozen_until_in){start}, &frozen, &found, err)) return false;
	if (found) since.window_start = frozen.window_end;
	if (found && !return_closings(hub->tx, &(struct return_closings_in){frozen.id}, &closings, err)) return false;
	if (!return_sums(hub->tx, &since, &sums, err)) return false;
	for (size_t i = 0; i < closings.count; i++)
		open_with(workstreams, count, closings.rows[i].workstream_key, closings.rows[i].unit, closings.rows[i].total);
	for (size_t i = 0; i < sums.count; i++)
		open_with(workstreams, count, sums.rows[i].workstream_key, sums.rows[i].unit, sums.rows[i].total);
	return true;
}

static const struct {
	const char *kind;
	size_t offset;
	int sign;
} terms[] = {
	{"received", offsetof(struct balance, received), 1},
	{"reopened", offsetof(struct balance, reopened), 1},
	{"moved_in", offsetof(struct balance, moved_in), 1},
	{"added", offsetof(struct balance, added), 1},
	{"completed", offsetof(struct balance, completed), -1},
	{"withdrawn", offsetof(struct balance, withdrawn), -1},
	{"moved_out", offsetof(struct balance, moved_out), -1},
	{"removed", offsetof(struct balance, removed), -1},
};

static void flow(struct return_balance *into, const struct return_flows_row *row)
{
	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		if (!text_is(row->kind, terms[i].kind)) continue;
		if (row->correction)
			into->balance.corrections += terms[i].sign * row->count;
		else
			*(int64_t *)((char *)&into->balance + terms[i].offset) += row->count;
	}
	if (row->screened_out && !row->correction && text_is(row->kind, "completed")) into->screened_out += row->count;
}

bool return_balances(
	struct hub *hub, struct window window, struct return_workstream *workstreams, size_t count, struct error *err)
{
	struct return_flows_in in = {.window_start = window.start, .window_end = window.end};
	struct return_flows_rows rows;

	if (!openings(hub, window.start, workstreams, count, err)) return false;
	if (!return_flows(hub->tx, &in, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct return_workstream *workstream = return_workstream_find(workstreams, count, rows.rows[i].workstream_key);

		if (workstream) flow(unit_of(workstream, rows.rows[i].unit), &rows.rows[i]);
	}
	for (size_t i = 0; i < count; i++) {
		workstreams[i].enquiries.balance.closing = balance_expected(&workstreams[i].enquiries.balance);
		workstreams[i].children.balance.closing = balance_expected(&workstreams[i].children.balance);
	}
	return true;
}

static void unit_add(struct return_balance *into, const struct return_balance *more)
{
	balance_add(&into->balance, &more->balance);
	into->screened_out += more->screened_out;
}

void return_total(struct daily_return_view *view)
{
	struct error unsaid;

	for (size_t i = 0; i < view->workstream_count; i++) {
		unit_add(&view->enquiries, &view->workstreams[i].enquiries);
		unit_add(&view->children, &view->workstreams[i].children);
	}
	error_clear(&unsaid);
	view->balances = return_balance_check(view, &unsaid);
}

bool return_balance_check(const struct daily_return_view *view, struct error *err)
{
	for (size_t i = 0; i < view->workstream_count; i++) {
		if (!balance_check(&view->workstreams[i].enquiries.balance, "enquiries", err)) return false;
		if (!balance_check(&view->workstreams[i].children.balance, "children", err)) return false;
	}
	return balance_moves_check(&view->enquiries.balance, "enquiries", err) &&
		   balance_moves_check(&view->children.balance, "children", err);
}
