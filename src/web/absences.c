#include "base/london.h"
#include "views/duty.h"
#include "web/duty.h"
#include "web/handlers.h"

static const struct duty_form absence_input_form = {
	.title = "Record an absence",
	.intro =
		"Days are whole unless you give a time. From its start nobody new is given to them, and what they hold that "
		"presses stands on the hub page until somebody takes it. It may be recorded after it began.",
	.button = "Record this absence",
	.input = &absence_add_input,
	.action = ACTION_MANAGE_ABSENCE,
	.sent_to = "/absences",
	.stands_at = "/absences/new",
	.back_href = "/absences",
	.back_text = "Absences",
};

struct text absence_state(const struct absence_row *row, instant now)
{
	if (row->cancelled_at != INSTANT_NONE) return TEXT("withdrawn");
	if (row->starts_at > now) return TEXT("to come");
	return row->ends_at != INSTANT_NONE && row->ends_at <= now ? TEXT("over") : TEXT("away now");
}

struct text absence_left(struct arena *arena, const struct absence_row *row, instant now)
{
	if (!text_is(absence_state(row, now), "away now") || row->red + row->amber + row->green == 0) return TEXT_NONE;
	return arena_printf(arena, "holds %lld red, %lld amber, %lld green", (long long)row->red, (long long)row->amber,
		(long long)row->green);
}

static void absence_json(struct json *json, const void *what)
{
	record_json(json, &absence_record, what);
}

static void list_json(struct json *json, const void *what)
{
	const struct absence_view *view = what;

	record_list_json(json, "absences", &absence_record, view->rows, view->count);
	json_member_id(json, "next", view->next.n);
}

bool absences_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct absence_ask ask = {.all = text_is(request_query(req, "all"), "yes"), .limit_rows = ABSENCE_PAGE_ROWS};
	struct text cursor = request_query(req, "cursor");
	struct absence_view view;
	struct page page;

	if (!text_blank(cursor) && (!text_int(cursor, &ask.after.n) || ask.after.n < 1))
		return error_not_found(err, "there is no such place in the list");
	if (!absence_list(hub, &ask, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = view.own ? TEXT("Your absences") : TEXT("Absences"),
			.section = "/duty",
			.back_href = TEXT("/duty"),
			.back_text = TEXT("Duty rota")});
	view_absences(&page.html, hub, &view, ask.all);
	page_end(&page);
	return true;
}

bool absence_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return duty_form_show(req, hub, res, &absence_input_form, NULL, err);
}

void absence_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	duty_form_again(req, hub, res, &absence_input_form, problem);
}

static void lead_to(struct response *res, const struct absence_row *absence, const char *done)
{
	response_redirect_to(res, "/absences/%lld?done=%s", (long long)absence->id.n, done);
}

bool absence_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct absence_row absence;
	struct absence_add in;

	if (!hub_may(hub, ACTION_MANAGE_ABSENCE, err)) return false;
	if (!duty_form_read(req, hub, &absence_add_input, &in, err) || !absence_add(hub, &in, &absence, err)) return false;
	if (req->api)
		api_answer(res, 201, absence_json, &absence);
	else
		lead_to(res, &absence, "absence_added");
	return true;
}

static bool show(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct form_state form = form_state(req, problem, 0);
	struct absence_row absence;
	struct absence_id id;
	struct page page;

	if (!duty_number(req, "id", &id.n, err) || !absence_show(hub, id, &absence, err)) return false;
	form.no_draft = true;
	form.action = arena_printf(hub->arena, "/absences/%lld/end", (long long)id.n);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = arena_printf(hub->arena, "Absence of %.*s", TEXT_ARG(absence.name)),
			.err = problem,
			.section = "/duty",
			.back_href = TEXT("/absences"),
			.back_text = TEXT("Absences")});
	view_absence(&page.html, hub, &form, &absence);
	page_end(&page);
	return true;
}

bool absence_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct absence_row absence;
	struct absence_id id;

	if (!req->api) return show(req, hub, res, NULL, err);
	if (!duty_number(req, "id", &id.n, err) || !absence_show(hub, id, &absence, err)) return false;
	api_answer(res, 200, absence_json, &absence);
	return true;
}

void absence_page_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show(req, hub, res, problem, &err)) response_reset(res);
}

bool absence_end_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct absence_row absence;
	struct absence_end in;
	struct absence_id id;

	if (!hub_may(hub, ACTION_MANAGE_ABSENCE, err) || !duty_number(req, "id", &id.n, err)) return false;
	if (!duty_form_read(req, hub, &absence_end_input, &in, err)) return false;
	in.absence = id;
	if (!absence_end(hub, &in, &absence, err)) return false;
	if (req->api)
		api_answer(res, 200, absence_json, &absence);
	else
		lead_to(res, &absence, "absence_ended");
	return true;
}

bool absence_withdraw_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct absence_row absence;
	struct absence_id id;

	if (!duty_number(req, "id", &id.n, err) || !absence_withdraw(hub, id, &absence, err)) return false;
	if (req->api)
		api_answer(res, 200, absence_json, &absence);
	else
		lead_to(res, &absence, "absence_withdrawn");
	return true;
}
