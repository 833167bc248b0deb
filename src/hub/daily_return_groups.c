#include "base/london.h"
#include "hub/daily_return_part.h"

#define CODES_MOST 64
#define UNRATED    RAG_COUNT

/* Counts by the place of a code in its list, until they are put in the list's order. */
struct tally {
	enum code_list list;
	struct return_group groups[CODES_MOST];
};

struct tallies {
	struct tally source;
	struct tally concern;
	struct tally rag;
};

static struct return_group *group_of(struct tally *tally, struct text code)
{
	int place = code_find(tally->list, code);

	if (tally->list == CODES_rag && place < 0) place = UNRATED;
	return place >= 0 && place < CODES_MOST ? &tally->groups[place] : NULL;
}

static struct return_counts *counts_of(struct tally *tally, struct text code, bool children)
{
	struct return_group *group = group_of(tally, code);

	if (!group) return NULL;
	return children ? &group->children : &group->enquiries;
}

static void arrive(struct tally *tally, struct text code, const struct return_arrivals_row *row)
{
	struct return_counts *counts = counts_of(tally, code, text_is(row->unit, "child"));

	if (!counts) return;
	if (text_is(row->kind, "received"))
		counts->received++;
	else
		counts->completed++;
}

static void stand(struct tally *tally, struct text code, int64_t children)
{
	struct return_group *group = group_of(tally, code);

	if (!group) return;
	group->enquiries.closing++;
	group->children.closing += children;
}

static bool group_occurs(const struct return_group *group)
{
	const struct return_counts *e = &group->enquiries, *c = &group->children;

	return e->received || e->completed || e->closing || c->received || c->completed || c->closing;
}

static struct return_groups groups_of(struct arena *arena, const struct tally *tally)
{
	struct return_groups groups = {.rows = arena_new_array(arena, CODES_MOST, struct return_group)};

	for (int place = 0; place < CODES_MOST; place++) {
		if (!group_occurs(&tally->groups[place])) continue;
		groups.rows[groups.count] = tally->groups[place];
		groups.rows[groups.count].key =
			tally->list == CODES_rag && place == UNRATED ? TEXT("unrated") : code_text(tally->list, place);
		groups.count++;
	}
	return groups;
}

/* Findings of the workstream `new`: what a notification turned out to be. */
static void find(struct daily_return_view *view, const struct return_arrivals_row *row)
{
	bool completed = text_is(row->kind, "completed"), no = text_is(row->necessary, "no");

	if (!text_is(row->workstream_key, WORKSTREAM_NEW) || !text_is(row->unit, "enquiry")) return;
	view->necessary_yes += completed && text_is(row->necessary, "yes");
	view->necessary_no += completed && no;
	if (!row->domestic_abuse_notification) return;
	view->domestic_abuse_received += !completed;
	view->domestic_abuse_not_necessary += completed && no;
	view->domestic_abuse_screened_out += completed && row->screened_out;
}

static bool arrivals(struct returning *r, struct tallies *tallies, struct error *err)
{
	struct return_arrivals_in in = {.window_start = r->window.start, .window_end = r->window.end};
	struct return_arrivals_rows rows;

	if (!return_arrivals(r->hub->tx, &in, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		const struct return_arrivals_row *row = &rows.rows[i];

		find(r->view, row);
		arrive(&tallies->source, row->source_code, row);
		arrive(&tallies->concern, row->concern, row);
		arrive(&tallies->rag, row->rag, row);
	}
	return true;
}

static void oldest(instant *oldest_at, instant at)
{
	if (*oldest_at == INSTANT_NONE || at < *oldest_at) *oldest_at = at;
}

static void due(struct returning *r, struct return_workstream *workstream, instant due_at)
{
	int64_t hours;

	if (due_at == INSTANT_NONE) return;
	r->view->due_today += london_day(due_at) == r->day;
	r->view->due_tomorrow += london_day(due_at) == r->day + 1;
	if (due_at >= r->window.end) return;
	r->view->overdue++;
	workstream->overdue++;
	hours = (r->window.end - due_at) / HOUR_MS;
	if (hours > r->view->overdue_hours) r->view->overdue_hours = hours;
}

/* One that stands open at the window's end. */
static void standing(struct returning *r, struct return_workstream *workstream, const struct return_open_row *row)
{
	bool held = text_is(row->state, "held"), unallocated = text_is(row->state, "screened") && !row->awaiting_manager;

	workstream->enquiries.balance.closing++;
	workstream->children.balance.closing += row->children;
	workstream->held += held;
	workstream->unallocated += unallocated;
	workstream->awaiting_manager += row->awaiting_manager;
	oldest(&workstream->oldest_received_at, row->received_at);
	r->view->held += held;
	r->view->unallocated += unallocated;
	r->view->awaiting_manager += row->awaiting_manager;
	oldest(&r->view->oldest_received_at, row->received_at);
	due(r, workstream, row->due_at);
}

/* What stands open is counted from the records, whatever the flows say: so a balance is a check and not a sum. */
static bool open_ones(struct returning *r, struct tallies *tallies, struct return_open_rows *rows, struct error *err)
{
	struct daily_return_view *view = r->view;

	if (!return_open(r->hub->tx, &(struct return_open_in){.window_end = r->window.end}, rows, err)) return false;
	for (size_t i = 0; i < view->workstream_count; i++)
		view->workstreams[i].enquiries.balance.closing = view->workstreams[i].children.balance.closing = 0;
	for (size_t i = 0; i < rows->count; i++) {
		const struct return_open_row *row = &rows->rows[i];
		struct return_workstream *workstream =
			return_workstream_find(view->workstreams, view->workstream_count, row->workstream_key);

		if (!workstream) continue;
		standing(r, workstream, row);
		stand(&tallies->source, row->source_code, row->children);
		stand(&tallies->concern, row->concern, row->children);
		stand(&tallies->rag, row->rag, row->children);
	}
	return true;
}

bool return_fill_groups(struct returning *r, struct return_open_rows *ret_open, struct error *err)
{
	struct tallies *tallies = arena_new(r->hub->arena, struct tallies);

	tallies->source.list = CODES_source;
	tallies->concern.list = CODES_concern;
	tallies->rag.list = CODES_rag;
	r->view->oldest_received_at = INSTANT_NONE;
	if (!arrivals(r, tallies, err) || !open_ones(r, tallies, ret_open, err)) return false;
	r->view->by_source = groups_of(r->hub->arena, &tallies->source);
	r->view->by_concern = groups_of(r->hub->arena, &tallies->concern);
	r->view->by_rag = groups_of(r->hub->arena, &tallies->rag);
	return true;
}
