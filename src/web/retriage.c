#include "web/retriage.h"

#include "base/london.h"
#include "views/retriage.h"
#include "web/handlers.h"

#define GIST_BYTES 280

void retriage_field(struct html *h, const struct retriage_form *view, size_t index, enum field field)
{
	form_field(h, &view->form,
		&(struct field_view){.field = field,
			.list = "rows",
			.index = index,
			.rows = 2,
			.optional = true,
			.hint = "",
			.inline_choices = true});
}

void retriage_hidden(struct html *h, struct arena *arena, size_t index, const char *name, struct text value)
{
	html_hidden(h, arena_printf(arena, "rows-%zu-%s", index, name).ptr, value);
}

size_t retriage_index(const struct retriage_form *view, const struct retriage_list_row *row)
{
	size_t position = (size_t)(row - view->list->rows);
	size_t typed = form_is_typed(&view->form) ? request_list_count(view->form.request, "rows") : 0;

	for (size_t i = 0; i < typed; i++)
		if (text_equal(request_list_value(view->form.request, "rows", i, "reference"), row->reference)) return i;
	return typed + position;
}

struct text retriage_standing(struct arena *arena, struct text rag, instant due)
{
	struct text words = rag_words(rag_of(rag)), when = london_short(arena, due);

	if (text_none(rag)) return TEXT("Not yet rated");
	return arena_printf(arena, "%.*s, due %.*s", TEXT_ARG(words), TEXT_ARG(when));
}

struct text retriage_gist(struct text summary)
{
	size_t end = GIST_BYTES;

	if (summary.len <= GIST_BYTES) return summary;
	while (end > 0 && summary.ptr[end] != ' ') end--;
	return text_slice(summary, 0, end ? end : GIST_BYTES);
}

struct text retriage_words(struct arena *arena, const struct retriage_result *result)
{
	static const char *const words[RETRIAGE_WHAT_COUNT] = {
		"screened", "rated higher", "proposed for a lower rating", "left as they are", "that can't be done"};
	struct text all = TEXT_NONE;

	for (int i = 0; i < RETRIAGE_WHAT_COUNT; i++) {
		if (!result->counts[i]) continue;
		all = text_none(all) ? arena_printf(arena, "%zu %s", result->counts[i], words[i])
							 : arena_printf(arena, "%.*s, %zu %s", TEXT_ARG(all), result->counts[i], words[i]);
	}
	return text_none(all) ? TEXT("Nothing") : all;
}

struct text retriage_undo_words(enum retriage_undo what)
{
	static const char *const words[RETRIAGE_UNDO_COUNT] = {
		"As it was before", "Proposed for a lower rating: a second person has to agree", "Not undone"};

	return text_of(words[what]);
}

static struct text workstream_of(const struct request *req)
{
	struct text asked = request_query(req, "workstream");

	if (text_blank(asked)) asked = request_value(req, "workstream");
	return text_blank(asked) ? TEXT("accumulation") : asked;
}

/* The page it is typed on, which a form says itself. */
static struct text retriage_at(const struct request *req)
{
	struct text workstream = request_query(req, "workstream"), said = request_value(req, "draft_at");

	if (req->method != HTTP_GET && !text_blank(said)) return said;
	if (text_blank(workstream)) return TEXT("/accumulation/retriage");
	return arena_printf(req->arena, "/accumulation/retriage?workstream=%.*s", TEXT_ARG(workstream));
}

static bool show_form(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct retriage_form view = {.workstream = workstream_of(req), .arena = hub->arena, .now = hub->now};
	struct retriage_list_in in = {
		.viewer = hub->actor.account, .workstream_key = view.workstream, .limit = RETRIAGE_FORM_ROWS};
	struct retriage_list_rows rows;
	struct page page;

	if (!hub_may(hub, ACTION_RETRIAGE, err) || !retriage_list(hub->tx, &in, &rows, err)) return false;
	if (!hub_viewed(hub, ACTION_RETRIAGE, (struct enquiry_id){0}, TEXT("retriage"), err)) return false;
	view.list = &rows;
	view.form = form_state(req, problem, 0);
	view.form.action = TEXT("/accumulation/retriage/preview");
	view.form.draft_at = retriage_at(req);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Rate many at once"),
			.err = problem,
			.section = "/hub",
			.back_href = TEXT("/accumulation"),
			.back_text = TEXT("Accumulation")});
	view_retriage_form(&page.html, &view);
	page_end(&page);
	return true;
}

bool retriage_form_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show_form(req, hub, res, NULL, err);
}

static bool read_ask(struct request *req, struct hub *hub, struct retriage_ask *ret, struct error *err)
{
	struct input_source source = request_source(req);

	if (!hub_may(hub, ACTION_RETRIAGE, err)) return false;
	if (!request_fits(req, &retriage_input, err)) return false;
	return input_decode(&source, &retriage_input, hub->arena, ret, err);
}

static void result_json(struct json *json, const void *what)
{
	retriage_result_json(json, what);
}

static void show_preview(struct request *req, struct hub *hub, struct response *res, const struct error *problem,
	const struct retriage_result *result)
{
	struct retriage_preview view = {.result = result, .changes = *result, .arena = hub->arena};
	struct page page;

	view.form = form_state(req, problem, 0);
	view.form.action = TEXT("/accumulation/retriage");
	view.form.idempotency = form_key(req, hub);
	view.form.draft_at = retriage_at(req);
	view.workstream = workstream_of(req);
	view.doable = result->counts[RETRIAGE_REFUSED] ? 0 : result->count - result->counts[RETRIAGE_UNCHANGED];
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("What this would change"),
			.err = problem,
			.section = "/hub",
			.back_href = TEXT("/accumulation/retriage"),
			.back_text = TEXT("Rate many at once")});
	view_retriage_preview(&page.html, &view);
	page_end(&page);
}

bool retriage_preview(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct retriage_result result;
	struct retriage_ask ask;

	if (text_is(request_value(req, "do"), "change")) return show_form(req, hub, res, NULL, err);
	if (!read_ask(req, hub, &ask, err) || !retriage_try(hub, &ask, &result, err)) return false;
	if (req->api)
		api_answer(res, 200, result_json, &result);
	else
		show_preview(req, hub, res, NULL, &result);
	return true;
}

void retriage_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err = {0};

	if (problem->kind == ERROR_DENIED || !show_form(req, hub, res, problem, &err)) response_reset(res);
}

bool retriage_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct retriage_result result;
	struct retriage_ask ask;

	if (!read_ask(req, hub, &ask, err) || !retriage_make(hub, &ask, &result, err)) return false;
	if (req->api)
		api_answer(res, 201, result_json, &result);
	else
		response_redirect_to(res, "/retriage/%lld?done=retriaged", (long long)result.id.n);
	return true;
}

/* Somebody was faster with one of them: what it would be now, and why it can't. */
void retriage_refused(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct retriage_result result;
	struct retriage_ask ask;
	struct error err = {0};

	if (problem->kind == ERROR_DENIED || !read_ask(req, hub, &ask, &err) || !retriage_try(hub, &ask, &result, &err))
		response_reset(res);
	else
		show_preview(req, hub, res, problem, &result);
}

static bool read_id(const struct request *req, struct retriage_id *ret, struct error *err)
{
	if (text_int(request_param(req, "id"), &ret->n) && ret->n > 0) return true;
	return error_not_found(err, "there is no such re-triage");
}

static void view_json(struct json *json, const void *what)
{
	const struct retriage_view *view = what;

	json_member_id(json, "retriage", view->head.id.n);
	json_member_text(json, "made_by", view->head.made_name);
	json_member_instant(json, "at", view->head.at);
	json_member_text(json, "undone_by", view->head.undone_name);
	json_member_instant(json, "undone_at", view->head.undone_at);
	record_list_json(json, "rows", &retriage_item_record, view->rows, view->count);
}

static bool show_made(struct request *req, struct hub *hub, struct response *res,
	const struct retriage_undone_list *undone, struct error *err)
{
	struct retriage_view view;
	struct retriage_page shown = {.view = &view, .undone = undone, .arena = hub->arena};
	struct retriage_id id;
	struct page page;

	if (!read_id(req, &id, err) || !retriage_show(hub, id, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, view_json, &view);
		return true;
	}
	shown.form = form_state(req, NULL, 0);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Rated at once"),
			.section = "/hub",
			.back_href = TEXT("/accumulation"),
			.back_text = TEXT("Accumulation")});
	view_retriage_made(&page.html, &shown);
	page_end(&page);
	return true;
}

bool retriage_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show_made(req, hub, res, NULL, err);
}

static void undone_json(struct json *json, const void *what)
{
	retriage_undone_json(json, what);
}

bool retriage_undo_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct retriage_undone_list undone;
	struct retriage_id id;

	if (!read_id(req, &id, err) || !retriage_undo(hub, id, &undone, err)) return false;
	if (req->api) {
		api_answer(res, 200, undone_json, &undone);
		return true;
	}
	return show_made(req, hub, res, &undone, err);
}
