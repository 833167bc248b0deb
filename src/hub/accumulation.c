#include "hub/accumulation.h"

#include <math.h>

#include "base/london.h"
#include "hub/accumulation_part.h"
#include "hub/episode.h"
#include "hub/lock.h"
#include "rules/clock.h"
#include "sql/enquiry.h"

#define DEFAULT_WORKSTREAM TEXT("accumulation")

static const struct input_member take_over_members[] = {
	{FIELD_workstream, COLUMN_TEXT, offsetof(struct accumulation_take_over, workstream), false},
};

const struct input_type accumulation_take_over_input = {
	.name = "accumulation_take_over",
	.size = sizeof(struct accumulation_take_over),
	INPUT_MEMBERS(take_over_members),
};

/* What was screened before is asked to be screened again, each with its entry. */
static bool ask_again(struct hub *hub, struct workstream_id workstream, struct error *err)
{
	struct take_over_screened_rows rows;

	if (!take_over_screened(hub->tx, &(struct take_over_screened_in){workstream}, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct audit_entry entry = {
			.action = ACTION_TAKE_OVER, .enquiry = rows.rows[i].enquiry, .detail = TEXT("rescreen_asked_at")};
		struct take_over_asks_in asks = {.id = rows.rows[i].id, .rescreen_asked_at = hub->now};

		if (!audit_write(hub, &entry, NULL, err) || !take_over_asks(hub->tx, &asks, NULL, err)) return false;
	}
	return true;
}

static bool take(struct hub *hub, struct workstream_id workstream, struct error *err)
{
	struct take_over_insert_in in = {
		.workstream = workstream,
		.at = hub->now,
		.due_at = clock_other_due(hub->policy, CLOCK_RESCREENING, hub->now),
		.taken_by = hub->actor.account,
		.recorded_at = hub->recorded_at,
	};
	struct audit_entry entry = {.action = ACTION_TAKE_OVER};

	if (!take_over_insert(hub->tx, &in, NULL, err) || !audit_write(hub, &entry, NULL, err)) return false;
	return ask_again(hub, workstream, err);
}

static bool find(struct hub *hub, struct text key, struct workstream_id *ret, struct take_over_last_row *taken,
	bool *ret_taken, struct error *err)
{
	struct workstream_by_key_row row;
	bool found;

	if (!workstream_by_key(hub->tx, &(struct workstream_by_key_in){key}, &row, &found, err)) return false;
	if (!found) return error_not_found(err, "there is no workstream \"%.*s\"", TEXT_ARG(text_slice(key, 0, 40)));
	*ret = row.id;
	return take_over_last(hub->tx, &(struct take_over_last_in){key}, taken, ret_taken, err);
}

bool accumulation_take(struct hub *hub, const struct accumulation_take_over *in, struct error *err)
{
	struct text key = text_blank(in->workstream) ? DEFAULT_WORKSTREAM : in->workstream;
	struct take_over_last_row taken;
	struct workstream_id workstream;
	bool stands;

	if (!hub_may(hub, ACTION_TAKE_OVER, err) || !hub_lock_alone(hub, err)) return false;
	if (text_is(key, "new")) return error_refused(err, "what is new is not an accumulation, so it can't be taken over");
	if (!find(hub, key, &workstream, &taken, &stands, err)) return false;
	if (!stands) return take(hub, workstream, err);
	error_refused(
		err, "%.*s took it over %.*s", TEXT_ARG(taken.taken_by), TEXT_ARG(london_short(hub->arena, taken.taken_at)));
	return error_hint(err, "What has come since is screened with the rest.");
}

bool accumulation_taken_by_import(struct hub *hub, struct text key, struct error *err)
{
	struct take_over_last_row taken;
	struct workstream_id workstream;
	bool stands;

	if (text_none(key) || text_is(key, "new")) return true;
	if (!find(hub, key, &workstream, &taken, &stands, err)) return false;
	return stands || take(hub, workstream, err);
}

static bool fill_workers(
	struct hub *hub, struct workstream_id workstream, struct accumulation_view *view, struct error *err)
{
	struct accumulation_workers_in in = {.workstream = workstream, .taken_at = view->taken_at};

	if (!view->taken || !hub_can(hub, ACTION_VIEW_WORKERS)) return true;
	return accumulation_workers(hub->tx, &in, &view->workers, err);
}

static bool fill_counts(
	struct hub *hub, struct workstream_id workstream, struct accumulation_view *view, struct error *err)
{
	struct accumulation_counts_in in = {.workstream = workstream, .taken_at = view->taken ? view->taken_at : hub->now};
	struct accumulation_counts_row row;

	if (!accumulation_counts(hub->tx, &in, &row, err)) return false;
	view->all = row.total;
	view->left = row.open;
	view->unscreened = row.unscreened;
	return true;
}

static void fill_taken(const struct take_over_last_row *taken, struct accumulation_view *view)
{
	view->taken_at = taken->taken_at;
	view->due_at = taken->due_at;
	view->taken_by = taken->taken_by;
}

bool accumulation_show(struct hub *hub, day target, struct accumulation_view *ret, struct error *err)
{
	struct take_over_last_row taken;
	struct workstream_id workstream;

	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	*ret = (struct accumulation_view){.workstream = DEFAULT_WORKSTREAM,
		.target = target,
		.needed_a_day = NAN,
		.cleared_a_day = NAN,
		.clear = {DAY_NONE, DAY_NONE, DAY_NONE},
		.now = hub->now};
	if (!find(hub, DEFAULT_WORKSTREAM, &workstream, &taken, &ret->taken, err)) return false;
	if (ret->taken) fill_taken(&taken, ret);
	if (!fill_counts(hub, workstream, ret, err) || !accumulation_fill_ages(hub, workstream, ret, err)) return false;
	if (!accumulation_fill_burn(hub, workstream, ret, err) || !fill_workers(hub, workstream, ret, err)) return false;
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("accumulation"), err);
}
