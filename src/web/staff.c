#include "base/london.h"
#include "views/duty.h"
#include "web/duty.h"
#include "web/handlers.h"

struct member {
	const struct staff_row *row;
	struct text seen;
};

static void staff_json(struct json *json, const void *what)
{
	const struct member *member = what;

	record_json(json, &staff_record, member->row);
	json_member_text(json, "seen", member->seen);
}

static void answer_member(struct hub *hub, struct response *res, const struct staff_row *row)
{
	api_answer(res, 200, staff_json, &(struct member){row, staff_seen(hub->arena, row)});
}

static void list_json(struct json *json, const void *what)
{
	const struct staff_view *view = what;

	record_list_json(json, "staff", &staff_record, view->rows, view->count);
	json_member_id(json, "next", view->next.n);
}

bool staff_page_show(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct text cursor = request_query(req, "cursor");
	struct account_id after = {0};
	struct staff_view view;
	struct page page;

	if (!text_blank(cursor) && (!text_int(cursor, &after.n) || after.n < 1))
		return error_not_found(err, "there is no such place in the list");
	if (!staff_list(hub, after, STAFF_PAGE_ROWS, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Hours and caps"), .section = "/duty"});
	view_staff(&page.html, hub, &view);
	page_end(&page);
	return true;
}

static bool show(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct form_state form = form_state(req, problem, 0);
	struct staff_row person;
	struct account_id id;
	struct page page;

	if (!duty_number(req, "id", &id.n, err) || !staff_show(hub, id, &person, err)) return false;
	form.no_draft = true; /* what was typed days ago would go over what stands now */
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = person.name,
			.err = problem,
			.section = "/duty",
			.back_href = TEXT("/staff"),
			.back_text = TEXT("Hours and caps")});
	view_staff_form(&page.html, hub, &form, &person);
	page_end(&page);
	return true;
}

bool staff_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct staff_row person;
	struct account_id id;

	if (!req->api) return show(req, hub, res, NULL, err);
	if (!duty_number(req, "id", &id.n, err) || !staff_show(hub, id, &person, err)) return false;
	answer_member(hub, res, &person);
	return true;
}

void staff_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show(req, hub, res, problem, &err)) response_reset(res);
}

bool staff_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct text telephone = request_value(req, "telephone");
	struct staff_row person;
	struct staff_change in;
	struct account_id id;

	if (!hub_may(hub, ACTION_CHANGE_STAFF, err) || !duty_number(req, "id", &id.n, err)) return false;
	if (!duty_form_read(req, hub, &staff_change_input, &in, err)) return false;
	in.account = id;
	if (!text_none(telephone) && text_blank(telephone)) in.telephone = TEXT(""); /* taken away */
	if (!staff_change(hub, &in, &person, err)) return false;
	if (req->api)
		answer_member(hub, res, &person);
	else
		response_redirect(res, TEXT("/staff?done=staff_changed"));
	return true;
}
