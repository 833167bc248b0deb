#include "web/print.h"

#include "rules/input.h"
#include "views/print.h"
#include "web/handlers.h"
#include "web/steps.h"

struct text print_left_out(const struct print_view *view, struct text value)
{
	if (!view->private_people) return TEXT("Left out");
	return value;
}

struct text print_referrer(struct arena *arena, const struct print_view *view)
{
	const struct enquiry_head *head = &view->enquiry.head;

	if (view->referrer_left_out) return TEXT("A private person: left out");
	if (head->referrer_phone.len)
		return arena_printf(
			arena, "%.*s, %.*s", TEXT_ARG(step_referrer(arena, &view->enquiry)), TEXT_ARG(head->referrer_phone));
	return step_referrer(arena, &view->enquiry);
}

/* A record that is there, though not for this person: the log of that record has it. */
static bool missing(struct request *req, struct hub *hub, struct error *err)
{
	struct error ignored = {0};

	if (err->kind != ERROR_NOT_FOUND) return false;
	if (!enquiry_unseen(hub, request_param(req, "reference"), &req->about, &ignored)) return false;
	req->unseen = req->about.n != 0;
	return false;
}

static bool show_form(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct print_form_view form = {.form = form_state(req, problem, 0), .arena = hub->arena};
	struct enquiry_view view;
	struct page page;

	if (!hub_may(hub, ACTION_PRINT, err)) return false;
	if (!enquiry_view(hub, request_param(req, "reference"), &view, err)) return missing(req, hub, err);
	form.form.no_draft = true;
	form.head = view.head;
	form.private_source = source_is_private(view.head.source_code);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Print for a meeting"),
			.err = problem,
			.back_text = view.head.reference,
			.back_href = arena_printf(hub->arena, "/enquiries/%.*s", TEXT_ARG(view.head.reference))});
	view_print_form(&page.html, &form);
	page_end(&page);
	return true;
}

bool print_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show_form(req, hub, res, NULL, err);
}

void print_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show_form(req, hub, res, problem, &err)) response_reset(res);
}

static void paper_json(struct json *json, const void *what)
{
	const struct print_view *view = what;

	json_member_text(json, "reference", view->enquiry.head.reference);
	json_member_text(json, "printed_by", view->printed_by);
	json_member_instant(json, "printed_at", view->printed_at);
	json_member_bool(json, "private_people", view->private_people);
	json_key(json, "parts");
	json_open_list(json);
	for (int i = 0; i < PRINT_PART_COUNT; i++)
		if (view->has[i]) json_text(json, print_part_text((enum print_part)i));
	json_close_list(json);
	if (view->has[PRINT_PART_SAID]) json_member_text(json, "summary", view->enquiry.head.summary);
	if (view->has[PRINT_PART_SAID]) json_member_text(json, "referrer_name", view->enquiry.head.referrer_name);
	if (view->has[PRINT_PART_CHILDREN])
		record_list_json(
			json, "children", &enquiry_child_record, view->enquiry.children.rows, view->enquiry.children.count);
	if (view->has[PRINT_PART_CONTACTS])
		record_list_json(json, "contacts", &contact_record, view->contacts.rows, view->contacts.count);
	if (view->has[PRINT_PART_DECISIONS])
		record_list_json(
			json, "proposals", &enquiry_proposal_record, view->enquiry.proposals.rows, view->enquiry.proposals.count);
}

bool print_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct enquiry_print in;
	struct print_view view;
	struct page page;

	if (!hub_may(hub, ACTION_PRINT, err)) return false;
	if (!request_fits(req, &enquiry_print_input, err)) return false;
	if (!input_decode(&source, &enquiry_print_input, hub->arena, &in, err)) return false;
	if (!enquiry_print(hub, request_param(req, "reference"), &in, &view, err)) return missing(req, hub, err);
	if (req->api) {
		api_answer(res, 200, paper_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = view.enquiry.head.reference,
			.back_text = TEXT("Choose other parts"),
			.back_href = arena_printf(hub->arena, "/enquiries/%.*s/print", TEXT_ARG(view.enquiry.head.reference))});
	view_print_paper(&page.html, hub->arena, &view);
	page_end(&page);
	return true;
}
