#include "base/london.h"
#include "hub/daily_return_part.h"

static struct daily_return_line *line_add(struct daily_return_list *list)
{
	return &list->rows[list->count++];
}

static int64_t closing_of(struct return_workstream *workstreams, size_t count, const char *key)
{
	const struct return_workstream *found = return_workstream_find(workstreams, count, text_of(key));

	return found ? found->enquiries.balance.closing : 0;
}

static bool line_compute(struct hub *hub, day date, struct daily_return_line *ret, struct error *err)
{
	struct return_workstream *workstreams;
	struct window window;
	size_t count;

	if (!return_window(hub, date, &window, err)) return false;
	if (!return_workstreams_begin(hub, &workstreams, &count, err)) return false;
	if (!return_balances(hub, window, workstreams, count, err)) return false;
	*ret = (struct daily_return_line){.date = date,
		.collated_at = INSTANT_NONE,
		.closing_new = closing_of(workstreams, count, WORKSTREAM_NEW),
		.closing_accumulation = closing_of(workstreams, count, "accumulation")};
	for (size_t i = 0; i < count; i++) {
		ret->received += workstreams[i].enquiries.balance.received;
		ret->completed += workstreams[i].enquiries.balance.completed;
		ret->closing += workstreams[i].enquiries.balance.closing;
	}
	return true;
}

static void frozen_lines(const struct return_lines_rows *rows, struct daily_return_list *list)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct return_lines_row *row = &rows->rows[i];

		*line_add(list) = (struct daily_return_line){.date = row->day,
			.frozen = true,
			.collated_at = row->collated_at,
			.collated_by = row->collated_by,
			.received = row->received,
			.completed = row->completed,
			.closing = row->closing,
			.closing_new = row->closing_new,
			.closing_accumulation = row->closing_accumulation};
	}
}

/* Where the list ends: the day of the hub's first event, or today's where nothing has happened. */
static bool first_day(struct hub *hub, day *ret, struct error *err)
{
	struct return_first_event_row event;

	if (!return_first_event(hub->tx, &event, err)) return false;
	*ret = event.at == INSTANT_NONE ? daily_return_today(hub) : london_day(event.at);
	return true;
}

/* Days after the last frozen one, from the newest; then frozen ones, one more than fits to know whether there are. */
static bool lines(struct hub *hub, day last, day first, struct daily_return_list *list, struct error *err)
{
	bool collated_only = hub->actor.role == ROLE_SERVICE_MANAGER || hub->actor.role == ROLE_DIRECTOR;
	struct return_lines_in in = {.collated_only = collated_only};
	struct return_frozen_before_row frozen;
	struct return_lines_rows rows;
	bool found;

	if (!return_frozen_before(hub->tx, &(struct return_frozen_before_in){last + 1}, &frozen, &found, err)) return false;
	if (found && frozen.day >= first) first = frozen.day + 1;
	for (day d = last; !collated_only && d >= first && list->count <= DAILY_RETURN_LIST_ROWS; d--)
		if (!line_compute(hub, d, line_add(list), err)) return false;
	if (!found) return true;
	in.day = last < frozen.day ? last : frozen.day;
	in.limit = DAILY_RETURN_LIST_ROWS + 1 - (int64_t)list->count;
	if (!return_lines(hub->tx, &in, &rows, err)) return false;
	frozen_lines(&rows, list);
	return true;
}

bool daily_return_list(struct hub *hub, day last, struct daily_return_list *ret, struct error *err)
{
	day today = daily_return_today(hub), first;

	if (!hub_may(hub, ACTION_VIEW_RETURN, err) || !first_day(hub, &first, err)) return false;
	if (last == DAY_NONE || last > today) last = today;
	if (hub->now <= london_midnight(last)) last--; /* it begins this very moment: there is nothing of it yet */
	*ret = (struct daily_return_list){
		.rows = arena_new_array(hub->arena, DAILY_RETURN_LIST_ROWS + 1, struct daily_return_line), .next = DAY_NONE};
	if (!lines(hub, last, first, ret, err)) return false;
	if (ret->count > DAILY_RETURN_LIST_ROWS) {
		ret->count = DAILY_RETURN_LIST_ROWS;
		ret->next = ret->rows[ret->count - 1].date - 1;
	}
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("daily_returns"), err);
}
