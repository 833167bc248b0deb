#include "hub/screening.h"
#include "views/accumulation.h"
#include "web/accumulation.h"
#include "web/handlers.h"

/* Where the list is worked through, by the address it is asked for at. */
static const char *path_of(const struct request *req)
{
	const char *pattern = req->route->pattern ? req->route->pattern : req->route->api;

	return strstr(pattern, "accumulation") ? "/accumulation/screen" : "/screen";
}

static struct text workstream_of(const struct request *req)
{
	return strstr(path_of(req), "accumulation") ? TEXT("accumulation") : TEXT("new");
}

static void list_json(struct json *json, const struct screening_list *list, struct arena *arena)
{
	json_open(json);
	json_member_bool(json, "found", list->found);
	json_member_int(json, "waiting", list->waiting);
	if (list->found) {
		json_member_int(json, "position", list->position);
		json_member_int(json, "of", list->of);
		json_member_text(json, "place", screen_place_text(arena, &list->place));
		json_key(json, "enquiry");
		enquiry_view_json(json, arena, &list->enquiry);
	}
	json_close(json);
}

static void show(struct request *req, struct hub *hub, struct response *res, const struct screening_list *list,
	const struct error *problem)
{
	const char *path = path_of(req);
	struct screening_page view = {.list = list, .path = path, .arena = hub->arena};
	struct page page;

	view.form = form_state(req, problem, list->found ? list->enquiry.head.version : 0);
	view.form.action = text_of(path);
	if (list->found) /* what is typed is about this one, whichever stands at this place later */
		view.form.draft_at = arena_printf(hub->arena, "/enquiries/%.*s/screen", TEXT_ARG(list->enquiry.head.reference));
	view.place = screen_place_text(hub->arena, &list->place);
	view.skip = arena_printf(hub->arena, "%s?after=%.*s", path, TEXT_ARG(view.place));
	view.back = strstr(path, "accumulation") ? TEXT("/accumulation") : TEXT("/hub");
	view.moved = problem && (problem->kind == ERROR_STALE || problem->kind == ERROR_REFUSED);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = list->found ? arena_printf(hub->arena, "Screen %lld of %lld",
													  (long long)list->position, (long long)list->of)
												: TEXT("Nothing left to screen here"),
			.err = problem,
			.section = "/hub",
			.back_href = view.back,
			.back_text = strstr(path, "accumulation") ? TEXT("Accumulation") : TEXT("The hub now")});
	view_screen_one(&page.html, &view);
	page_end(&page);
}

bool screen_next_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct screen_place after = screen_place_read(request_query(req, "after"));
	struct screening_list list;

	if (!screen_next_after(hub, workstream_of(req), &after, &list, err)) return false;
	if (req->api)
		list_json(response_json(res, 200), &list, hub->arena);
	else
		show(req, hub, res, &list, NULL);
	return true;
}

static bool answer(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct enquiry_view view;

	if (!enquiry_view(hub, request_value(req, "reference"), &view, err)) return false;
	enquiry_view_json(response_json(res, 200), hub->arena, &view);
	response_version(res, view.head.version);
	return true;
}

bool screen_next_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct text place = request_value(req, "place");
	struct enquiry_screen in;
	struct on_enquiry on = {.reference = request_value(req, "reference")};

	if (!hub_may(hub, ACTION_SCREEN, err)) return false;
	if (text_blank(on.reference)) return error_not_found(err, "say which enquiry is screened, by its reference");
	if (!enquiry_find(hub, on.reference, &req->about, err)) return false;
	if (!request_version(req, &on.version, err)) return false;
	if (!input_decode(&source, &enquiry_screen_input, hub->arena, &in, err)) return false;
	in.on = on;
	if (!enquiry_screen(hub, &in, err)) return false;
	if (req->api) return answer(req, hub, res, err);
	response_redirect_to(res, "%s?done=screened&after=%.*s", path_of(req), TEXT_ARG(place));
	return true;
}

void screen_next_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct screening_list at = {.workstream = workstream_of(req)}, list;
	struct error err = {0};

	at.place = screen_place_read(request_value(req, "place"));
	if (problem->kind == ERROR_NOT_FOUND || problem->kind == ERROR_DENIED ||
		!screen_next_this(hub, &at, request_value(req, "reference"), &list, &err)) {
		response_reset(res);
		return;
	}
	show(req, hub, res, &list, problem);
}
