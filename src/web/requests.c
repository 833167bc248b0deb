#include "web/requests.h"

#include "views/requests.h"
#include "web/handlers.h"

struct text request_margin(const struct asked_row *row)
{
	return row->answered_at != INSTANT_NONE && row->answered_at > row->due_at ? TEXT(", LATE") : TEXT("");
}

static void list_json(struct json *json, const void *what)
{
	information_request_list_json(json, what);
}

bool requests_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct requests_view view = {.arena = hub->arena, .now = hub->now};
	struct information_request_ask ask = {.cursor = request_query(req, "cursor")};
	struct page page;

	ask.answered = view.answered = text_is(request_query(req, "answered"), "yes");
	if (!information_request_list(hub, &ask, &view.list, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view.list);
		return true;
	}
	if (!text_none(view.list.next))
		view.next = arena_printf(
			hub->arena, "/requests?%scursor=%.*s", view.answered ? "answered=yes&" : "", TEXT_ARG(view.list.next));
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Information requests"), .section = "/requests"});
	view_requests(&page.html, &view);
	page_end(&page);
	return true;
}

static void show_form(struct request *req, struct hub *hub, struct response *res, const struct error *problem)
{
	struct request_form_view view = {.form = form_state(req, problem, 0), .arena = hub->arena, .now = hub->now};
	struct page page;

	view.form.action = TEXT("/requests");
	view.form.idempotency = form_key(req, hub);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Record an information request"),
			.err = problem,
			.section = "/requests",
			.back_text = TEXT("Information requests"),
			.back_href = TEXT("/requests")});
	view_request_form(&page.html, &view);
	page_end(&page);
}

bool request_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	if (!hub_may(hub, ACTION_INFORMATION_REQUEST, err)) return false;
	show_form(req, hub, res, NULL);
	return true;
}

void request_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	show_form(req, hub, res, problem);
}

static void one_json(struct json *json, const void *what)
{
	record_json(json, &asked_record, what);
}

/* The answer of an API, or the way to the page of one. */
static bool answer(struct request *req, struct hub *hub, struct response *res, struct text reference, struct error *err)
{
	struct asked_row row;

	if (!information_request_show(hub, reference, &row, err)) return false;
	api_answer(res, req->route->status ? req->route->status : 200, one_json, &row);
	response_version(res, row.version);
	return true;
}

bool request_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct information_request_take in;
	struct text reference;

	if (!hub_may(hub, ACTION_INFORMATION_REQUEST, err)) return false;
	if (!request_fits(req, &information_request_take_input, err)) return false;
	if (!input_decode(&source, &information_request_take_input, hub->arena, &in, err)) return false;
	if (!information_request_take(hub, &in, &reference, err)) return false;
	if (!req->api) {
		response_redirect_to(res, "/requests/%.*s?done=request", TEXT_ARG(reference));
		return true;
	}
	response_header(res, "Location", arena_printf(hub->arena, "/api/v1/requests/%.*s", TEXT_ARG(reference)));
	return answer(req, hub, res, reference, err);
}

static bool show_one(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct request_one_view view = {.arena = hub->arena, .now = hub->now};
	struct text reference = request_param(req, "reference");
	struct page page;

	if (!information_request_show(hub, reference, &view.row, err)) return false;
	view.correcting = problem && text_ends(req->path, TEXT("/due"));
	view.form = form_state(req, problem, view.row.version);
	view.due_form = view.form;
	view.form.action = arena_printf(hub->arena, "/requests/%.*s/answer", TEXT_ARG(view.row.reference));
	view.due_form.action = arena_printf(hub->arena, "/requests/%.*s/due", TEXT_ARG(view.row.reference));
	view.due_form.no_draft = true;
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = view.row.reference,
			.err = problem,
			.section = "/requests",
			.back_text = TEXT("Information requests"),
			.back_href = TEXT("/requests")});
	view_request_one(&page.html, &view);
	page_end(&page);
	return true;
}

bool request_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	if (req->api) return answer(req, hub, res, request_param(req, "reference"), err);
	return show_one(req, hub, res, NULL, err);
}

void request_one_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (problem->kind == ERROR_NOT_FOUND || problem->kind == ERROR_DENIED || !show_one(req, hub, res, problem, &err))
		response_reset(res);
}

/* Answers, or corrects when it is due: the address says which. */
bool request_change(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	bool due = text_ends(req->path, TEXT("/due"));
	const struct input_type *type = due ? &information_request_correct_input : &information_request_answer_input;
	struct information_request_correct correct = {0};
	struct information_request_answer reply = {0};
	struct on_request on = {.reference = request_param(req, "reference")};

	if (!hub_may(hub, ACTION_INFORMATION_REQUEST, err)) return false;
	if (!request_version(req, &on.version, err)) return false;
	if (!request_fits(req, type, err)) return false;
	if (!input_decode(&source, type, hub->arena, due ? (void *)&correct : (void *)&reply, err)) return false;
	correct.on = reply.on = on;
	if (!(due ? information_request_correct(hub, &correct, err) : information_request_answer(hub, &reply, err)))
		return false;
	if (req->api) return answer(req, hub, res, on.reference, err);
	response_redirect_to(res, "/requests/%.*s?done=%s", TEXT_ARG(on.reference), due ? "request_due" : "request_answer");
	return true;
}
