#include "web/live.h"

#include "base/london.h"
#include "views/live.h"
#include "web/beside.h"

#define LINES_MOST 5

instant live_since(const struct request *req)
{
	instant since;

	return req->method == HTTP_GET && instant_parse(request_query(req, "since"), &since) ? since : INSTANT_NONE;
}

bool live_load(
	const struct request *req, struct hub *hub, struct account_id worker, struct happened_view *ret, struct error *err)
{
	instant since = live_since(req);

	*ret = (struct happened_view){.since = INSTANT_NONE};
	return since == INSTANT_NONE || happened_load(hub, since, worker, ret, err);
}

struct text live_when(const struct live_view *view, instant at)
{
	return london_day(at) == london_day(view->now) ? london_clock(view->arena, at) : london_short(view->arena, at);
}

struct text live_words(const struct live_view *view)
{
	const struct happened_view *happened = view->happened;
	struct text when = live_when(view, happened->since);
	long long received = (long long)happened->received, given = (long long)happened->given_to_actor;

	if (received && given)
		return arena_printf(view->arena, "Since %.*s: %lld new, %lld given to you.", TEXT_ARG(when), received, given);
	if (received) return arena_printf(view->arena, "Since %.*s: %lld new.", TEXT_ARG(when), received);
	if (given) return arena_printf(view->arena, "Since %.*s: %lld given to you.", TEXT_ARG(when), given);
	if (happened->count) return arena_printf(view->arena, "Since %.*s:", TEXT_ARG(when));
	return arena_printf(view->arena, "Since %.*s nothing was changed by others.", TEXT_ARG(when));
}

struct live_rows live_lines(const struct live_view *view)
{
	size_t count = view->happened->count;

	return (struct live_rows){view->happened->others, count < LINES_MOST ? count : LINES_MOST};
}

struct text live_left(const struct live_view *view)
{
	size_t left = view->happened->count > LINES_MOST ? view->happened->count - LINES_MOST : 0;

	if (!left && !view->happened->more) return TEXT_NONE;
	return arena_printf(view->arena, view->happened->more ? "more than %zu other steps" : "%zu more", left);
}

struct text live_event(const struct live_view *view, const struct happened *row)
{
	struct enquiry_step step = {
		.at = row->at,
		.recorded_at = row->recorded_at,
		.actor = row->actor,
		.transition = row->transition,
		.from_state = row->from_state,
		.to_state = row->to_state,
		.worker_name = row->worker_name,
		.detail = row->detail,
	};

	return step_event(view->arena, &step);
}

struct text live_news(const struct live_view *view)
{
	return beside_news(view->arena, view->news);
}

static void news(struct html *h, const void *what)
{
	const struct live_view *view = what;

	if (view->news)
		view_live_enquiry(h, view);
	else if (view->happened && view->happened->since != INSTANT_NONE)
		view_live_happened(h, view);
}

/* The page's own address, asking what changed since now; what was just done is not said again. */
static struct text again(const struct request *req, struct text made)
{
	struct text href = arena_printf(req->arena, "%.*s?since=%.*s", TEXT_ARG(req->path), TEXT_ARG(made));

	for (size_t i = 0; i < req->query.count; i++) {
		const struct form_field *field = &req->query.rows[i];

		if (text_is(field->name, "since") || text_is(field->name, "done") || text_is(field->name, "again")) continue;
		href = arena_printf(req->arena, "%.*s&%.*s=%.*s", TEXT_ARG(href),
			TEXT_ARG(form_encode(req->arena, field->name)), TEXT_ARG(form_encode(req->arena, field->value)));
	}
	return href;
}

/* Of an enquiry, and of a form on one, only what that page follows. */
static struct text asks(const struct hub *hub, const struct live_ask *ask)
{
	long long number = tx_change_number(hub->tx);

	if (!ask->reference.len) return arena_printf(hub->arena, "/changes?since=%lld", number);
	return arena_printf(hub->arena, "/changes?since=%lld&enquiry=%.*s", number, TEXT_ARG(ask->reference));
}

void live_begin(struct page_frame *frame, const struct request *req, struct hub *hub, const struct live_ask *ask)
{
	struct live_view *view = arena_new(hub->arena, struct live_view);
	struct text made = instant_iso_utc(hub->arena, hub->now);

	*view = (struct live_view){.happened = ask->happened,
		.news = ask->news,
		.reference = ask->reference,
		.form = ask->form,
		.since = live_since(req),
		.now = hub->now,
		.arena = hub->arena};
	frame->live = (struct page_live){
		.changes = asks(hub, ask),
		.made = made,
		.clock = london_clock(hub->arena, hub->now),
		.again = ask->form ? TEXT_NONE : again(req, made),
		.news = news,
		.news_of = view,
	};
}
