#include "web/advice.h"

#include "views/advice.h"
#include "web/handlers.h"

static const struct input_member put_members[] = {{FIELD_reference, COLUMN_TEXT, 0, true}};

const struct input_type advice_put_input = {
	.name = "advice_put",
	.size = sizeof(struct text),
	INPUT_MEMBERS(put_members),
};

struct text advice_asker(struct arena *arena, const struct advice_row *row)
{
	struct text to = code_words_of(CODES_advice_to, row->advice_to);

	if (text_none(row->asked_by)) return to;
	return arena_printf(arena, "%.*s: %.*s", TEXT_ARG(to), TEXT_ARG(row->asked_by));
}

struct text advice_since(struct arena *arena, const struct advice_row *row)
{
	if (row->escalated_at == INSTANT_NONE) return TEXT("");
	return arena_printf(arena, ", since %.*s", TEXT_ARG(london_short(arena, row->escalated_at)));
}

#define EXCERPT_CHARACTERS 160

struct text advice_excerpt(struct arena *arena, const struct advice_row *row)
{
	struct text first = text_start(row->advice, EXCERPT_CHARACTERS);

	return first.len == row->advice.len ? first : arena_printf(arena, "%.*s ...", TEXT_ARG(first));
}

static void list_json(struct json *json, const void *what)
{
	advice_list_json(json, what);
}

static bool show_list(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct advice_view view = {
		.form = form_state(req, problem, 0), .may_give = hub_can(hub, ACTION_ADVISE), .arena = hub->arena};
	struct page page;

	if (!advice_list(hub, req->method == HTTP_GET ? request_query(req, "cursor") : TEXT_NONE, &view.list, err))
		return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view.list);
		return true;
	}
	view.form.action = TEXT("/advice");
	view.form.idempotency = form_key(req, hub);
	if (!text_none(view.list.next))
		view.next = arena_printf(hub->arena, "/advice?cursor=%.*s", TEXT_ARG(view.list.next));
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Advice"), .err = problem, .section = "/advice"});
	view_advice(&page.html, &view);
	page_end(&page);
	return true;
}

bool advice_page_show(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show_list(req, hub, res, NULL, err);
}

void advice_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show_list(req, hub, res, problem, &err)) response_reset(res);
}

static void one_json(struct json *json, const void *what)
{
	record_json(json, &advice_record, what);
}

bool advice_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct advice_give in = {0};
	struct advice_id made;
	struct advice_row row;

	if (!hub_may(hub, ACTION_ADVISE, err)) return false;
	if (!request_fits(req, &advice_give_input, err)) return false;
	if (!input_decode(&source, &advice_give_input, hub->arena, &in, err)) return false;
	in.on = (struct on_enquiry){.reference = TEXT_NONE, .version = VERSION_ANY};
	if (!advice_give(hub, &in, &made, err)) return false;
	if (!req->api) {
		response_redirect_to(res, "/advice/%lld?done=advice", (long long)made.n);
		return true;
	}
	if (!advice_show(hub, made, &row, err)) return false;
	api_answer(res, 201, one_json, &row);
	response_header(res, "Location", arena_printf(hub->arena, "/api/v1/advice/%lld", (long long)made.n));
	return true;
}

static bool id_of(const struct request *req, struct advice_id *ret, struct error *err)
{
	if (text_int(request_param(req, "id"), &ret->n) && ret->n > 0) return true;
	return error_not_found(err, "there is no such advice");
}

static bool show_one(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct advice_one_view view = {
		.form = form_state(req, problem, 0), .may_escalate = hub_can(hub, ACTION_RECEIVE), .arena = hub->arena};
	const struct error_field *wrong = problem ? error_find(problem, "reference") : NULL;
	struct advice_id id;
	struct page page;

	if (!id_of(req, &id, err) || !advice_show(hub, id, &view.row, err)) return false;
	if (req->api) {
		api_answer(res, 200, one_json, &view.row);
		return true;
	}
	view.form.action = arena_printf(hub->arena, "/advice/%lld/put", (long long)id.n);
	view.problem = wrong ? text_of(wrong->message) : TEXT_NONE;
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Advice"),
			.err = problem,
			.section = "/advice",
			.back_text = TEXT("Advice"),
			.back_href = TEXT("/advice")});
	view_advice_one(&page.html, &view);
	page_end(&page);
	return true;
}

bool advice_one(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show_one(req, hub, res, NULL, err);
}

void advice_put_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show_one(req, hub, res, problem, &err)) response_reset(res);
}

/* An enquiry that isn't there, or isn't to be seen, is a problem of what was typed. */
bool advice_put(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct text reference = request_value(req, "reference");
	struct enquiry_id enquiry;
	struct advice_row row;
	struct advice_id id;

	if (!hub_may(hub, ACTION_ADVISE, err) || !id_of(req, &id, err)) return false;
	if (!advice_show(hub, id, &row, err)) return false;
	if (text_blank(reference)) return error_field(err, "reference", "Enter the reference of an enquiry");
	if (!enquiry_find(hub, reference, &enquiry, err)) {
		if (err->kind != ERROR_NOT_FOUND) return false;
		error_clear(err);
		return error_field(err, "reference", "There is no enquiry of this reference that you may see");
	}
	if (!advice_escalate(hub, id, reference, err)) return false;
	if (req->api) {
		if (!advice_show(hub, id, &row, err)) return false;
		api_answer(res, 200, one_json, &row);
	} else {
		response_redirect_to(res, "/advice/%lld?done=advice_put", (long long)id.n);
	}
	return true;
}
