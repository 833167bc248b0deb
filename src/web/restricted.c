#include "web/restricted.h"

#include "views/restricted.h"
#include "web/handlers.h"

static void list_json(struct json *json, const void *what)
{
	const struct restriction_list *list = what;

	record_list_json(json, "restricted", &restriction_line_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}

bool restricted_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct restricted_view view = {
		.arena = hub->arena, .now = hub->now, .review_days = hub->policy->restriction_review_days};
	struct page page;

	if (!restriction_list(hub, request_query(req, "cursor"), &view.list, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view.list);
		return true;
	}
	if (!text_none(view.list.next))
		view.next = arena_printf(hub->arena, "/restricted?cursor=%.*s", TEXT_ARG(view.list.next));
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Restricted records"), .section = "/hub"});
	view_restricted(&page.html, &view);
	page_end(&page);
	return true;
}

/* Which record: by its restriction's number where a search led here. */
static bool load_record(struct request *req, struct hub *hub, struct glass_view *view, struct error *err)
{
	struct text number = request_query(req, "restriction");
	struct glass_break asked = {0};

	if (text_none(number)) number = request_value(req, "restriction");
	if (text_blank(number)) return true;
	if (!text_int(number, &asked.restriction.n)) return error_not_found(err, "there is no such record");
	view->known = true;
	return glass_record_of(hub, &asked, &view->record, err);
}

static bool show(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct glass_view view = {.form = form_state(req, problem, 0), .hours = hub->policy->glass_hours};
	struct page page;

	if (!glass_may(hub, err) || !load_record(req, hub, &view, err)) return false;
	view.form.action = TEXT("/glass");
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Open a restricted record"),
			.err = problem,
			.section = "/find",
			.back_text = TEXT("Find"),
			.back_href = TEXT("/find")});
	view_glass(&page.html, &view);
	page_end(&page);
	return true;
}

bool glass_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show(req, hub, res, NULL, err);
}

void glass_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (problem->kind == ERROR_DENIED || !show(req, hub, res, problem, &err)) response_reset(res);
}

struct opened {
	struct text reference;
	instant expires_at;
};

static void opened_json(struct json *json, const void *what)
{
	const struct opened *opened = what;

	json_member_text(json, "reference", opened->reference);
	json_member_instant(json, "expires_at", opened->expires_at);
}

bool glass_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct opened opened = {.expires_at = hub->now + hub->policy->glass_hours * HOUR_MS};
	struct glass_break in;

	if (!glass_may(hub, err)) return false;
	if (!request_fits(req, &glass_break_input, err)) return false;
	if (!input_decode(&source, &glass_break_input, hub->arena, &in, err)) return false;
	if (!glass_break(hub, &in, &opened.reference, err)) return false;
	if (req->api)
		api_answer(res, 201, opened_json, &opened);
	else
		response_redirect_to(res, "/enquiries/%.*s?done=glass", TEXT_ARG(opened.reference));
	return true;
}
