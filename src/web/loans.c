#include "hub/loan.h"
#include "views/room.h"
#include "web/handlers.h"

static void loans_json(struct json *json, const void *what)
{
	const struct loan_rows *loans = what;

	record_list_json(json, "loans", &loan_record, loans->rows, loans->count);
}

static bool show(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct loan_rows loans;
	struct page page;

	if (!loan_list(hub, &loans, err)) return false;
	if (req->api) {
		api_answer(res, 200, loans_json, &loans);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Lent workers"),
			.section = "/hub",
			.err = problem,
			.back_href = TEXT("/hub"),
			.back_text = TEXT("The hub now")});
	if (problem) html_form_errors(&page.html, problem);
	view_loans(&page.html, hub->arena, &loans, req->csrf);
	page_end(&page);
	return true;
}

bool loans_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return hub_may(hub, ACTION_LEND, err) && show(req, hub, res, NULL, err);
}

bool loan_end_now(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct loan_id loan;

	if (!text_int(request_param(req, "id"), &loan.n)) return error_not_found(err, "there is no such loan");
	if (!loan_end(hub, loan, err)) return false;
	if (req->api) {
		res->status = 204;
		return true;
	}
	response_redirect_to(res, "/loans?done=loan_ended");
	return true;
}

void loans_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (problem->kind == ERROR_DENIED || !show(req, hub, res, problem, &err)) response_reset(res);
}
