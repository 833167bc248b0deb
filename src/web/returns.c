#include "web/returns.h"

#include "base/london.h"
#include "views/returns.h"
#include "web/handlers.h"
#include "web/signing.h"

/* Those who see shared returns only have nothing to look at between them. */
static bool sees_every_day(const struct hub *hub)
{
	return hub->actor.role != ROLE_SERVICE_MANAGER && hub->actor.role != ROLE_DIRECTOR;
}

static void lines_json(struct json *json, const void *what)
{
	const struct daily_return_list *list = what;

	json_key(json, "returns");
	json_open_list(json);
	for (size_t i = 0; i < list->count; i++) {
		const struct daily_return_line *line = &list->rows[i];

		json_open(json);
		json_member_day(json, "date", line->date);
		json_member_bool(json, "frozen", line->frozen);
		json_member_instant(json, "collated_at", line->collated_at);
		json_member_text(json, "collated_by", line->collated_by);
		json_member_int(json, "received", line->received);
		json_member_int(json, "completed", line->completed);
		json_member_int(json, "closing", line->closing);
		json_member_int(json, "closing_new", line->closing_new);
		json_member_int(json, "closing_accumulation", line->closing_accumulation);
		json_close(json);
	}
	json_close_list(json);
	json_member_day(json, "next", list->next);
}

bool returns_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct text cursor = request_query(req, "cursor");
	struct daily_return_list list;
	struct waiting_view waiting = {.now = hub->now};
	day last = DAY_NONE;
	struct page page;

	if (!text_blank(cursor) && !day_parse(cursor, &last))
		return error_not_found(err, "there is no such place in the list");
	if (!daily_return_list(hub, last, &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, lines_json, &list);
		return true;
	}
	if (hub_can(hub, ACTION_VIEW_LIST) && !waiting_load(hub, &waiting, err)) return false;
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Returns"), .section = "/returns"});
	view_returns(&page.html, hub->arena, &list, &waiting);
	page_end(&page);
	return true;
}

static bool day_asked(const struct request *req, day *ret, struct error *err)
{
	return day_parse(request_param(req, "day"), ret) || error_not_found(err, "there is no return of that day");
}

/* May it be collated, by this person and at all? The action decides; the button is not shown in vain. */
static bool collatable(const struct hub *hub, const struct daily_return_view *shown)
{
	return hub_can(hub, ACTION_COLLATE) && !shown->frozen && hub->now > shown->window_start;
}

static void view_begin(struct return_page_view *view, struct hub *hub, const struct daily_return_view *shown)
{
	view->day = shown;
	view->figures = return_figures(hub->arena, shown);
	view->balance = return_balance_lines(hub->arena, shown);
	view->also = return_also(hub->arena, shown);
	view->since = return_since_facts(hub->arena, shown);
	view->workstreams = (struct return_workstreams){shown->workstreams, shown->workstream_count};
	view->outcomes = (struct return_outcomes){shown->outcomes, shown->outcome_count};
	view->workers = (struct return_workers){shown->workers, shown->worker_count};
	view->authority = hub->authority;
	view->may_collate = collatable(hub, shown);
	view->before = view->days.count > 1 ? view->days.rows[1].date : DAY_NONE;
	view->after = sees_every_day(hub) && shown->date < daily_return_today(hub) ? shown->date + 1 : DAY_NONE;
	view->arena = hub->arena;
}

static bool show(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct return_page_view view = {0};
	struct daily_return_view day_view;
	struct page page;
	day date;

	if (!day_asked(req, &date, err)) return false;
	if (!daily_return_compute(hub, date, &day_view, err)) return false;
	if (!daily_return_list(hub, date, &view.days, err)) return false;
	view.form = form_state(req, problem, 0);
	view.form.action = arena_printf(hub->arena, "/returns/%.*s/collate", TEXT_ARG(day_iso(hub->arena, date)));
	view_begin(&view, hub, &day_view);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = return_heading(hub->arena, date),
			.err = problem,
			.section = "/returns",
			.back_text = TEXT("Returns"),
			.back_href = TEXT("/returns")});
	view_return_day(&page.html, &view);
	page_end(&page);
	return true;
}

static void day_json(struct response *res, const struct daily_return_view *shown)
{
	daily_return_json(response_json(res, 200), shown);
}

bool return_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct daily_return_view view;
	day date;

	if (!req->api) return show(req, hub, res, NULL, err);
	if (!day_asked(req, &date, err) || !daily_return_compute(hub, date, &view, err)) return false;
	day_json(res, &view);
	return true;
}

bool return_collate(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct daily_return_view view;
	day date;

	if (!hub_may(hub, ACTION_COLLATE, err)) return false;
	if (!day_asked(req, &date, err) || !daily_return_collate(hub, date, &view, err)) return false;
	if (req->api)
		day_json(res, &view);
	else
		response_redirect_to(res, "/returns/%.*s?done=collated", TEXT_ARG(day_iso(hub->arena, date)));
	return true;
}

void return_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show(req, hub, res, problem, &err)) response_reset(res);
}
