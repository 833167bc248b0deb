#include "views/beside.h"
#include "web/beside.h"
#include "web/handlers.h"

static struct text next_of(const struct request *req, struct text cursor)
{
	if (text_none(cursor)) return TEXT_NONE;
	return arena_printf(req->arena, "%.*s?cursor=%.*s", TEXT_ARG(req->path), TEXT_ARG(cursor));
}

static void begin(struct page *page, struct request *req, struct hub *hub, struct response *res, const char *title,
	struct text reference)
{
	page_begin(page, req, hub, res,
		&(struct page_ask){.title = text_of(title),
			.section = "/enquiries",
			.back_text = reference,
			.back_href = arena_printf(hub->arena, "/enquiries/%.*s", TEXT_ARG(reference))});
}

/* The enquiry a list is of: seen, and noted as looked at, as its own page would be. */
static bool find(struct request *req, struct hub *hub, struct episode *ret, struct error *err)
{
	struct restriction_view restriction;

	if (!hub_may(hub, ACTION_VIEW_ENQUIRY, err)) return false;
	if (!episode_lock(hub, request_param(req, "reference"), VERSION_ANY, ret, err)) return false;
	if (!restriction_view(hub, ret->enquiry, &restriction, err)) return false;
	return hub_viewed(hub, ACTION_VIEW_ENQUIRY, ret->enquiry, restriction.under_glass ? TEXT("glass") : TEXT_NONE, err);
}

static void contacts_json(struct json *json, const void *what)
{
	const struct contact_list *list = what;

	json_member_int(json, "total", list->total);
	record_list_json(json, "contacts", &contact_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}

bool contacts_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct beside_page view = {.arena = hub->arena, .now = hub->now};
	struct contact_list list;
	struct episode episode;
	struct page page;

	if (!find(req, hub, &episode, err)) return false;
	if (!contact_list(hub, episode.enquiry, request_query(req, "cursor"), CONTACT_PAGE_ROWS, &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, contacts_json, &list);
		return true;
	}
	view.reference = episode.reference;
	view.next = next_of(req, list.next);
	view.may_add = hub_can(hub, ACTION_LOG_CONTACT);
	begin(&page, req, hub, res, "Contact log", view.reference);
	view_contacts(&page.html, &view, &list);
	page_end(&page);
	return true;
}

static void oversight_json(struct json *json, const void *what)
{
	const struct oversight_list *list = what;

	json_member_int(json, "total", list->total);
	record_list_json(json, "oversight", &oversight_record, list->rows, list->count);
	json_member_text(json, "next", list->next);
}

bool oversight_page_show(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct beside_page view = {.arena = hub->arena, .now = hub->now};
	struct text cursor = request_query(req, "cursor");
	struct oversight_list list;
	struct episode episode;
	struct page page;

	if (!find(req, hub, &episode, err)) return false;
	if (!oversight_list(hub, episode.enquiry, cursor, OVERSIGHT_PAGE_ROWS, &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, oversight_json, &list);
		return true;
	}
	view.reference = episode.reference;
	view.next = next_of(req, list.next);
	begin(&page, req, hub, res, "Oversight notes", view.reference);
	view_oversight_notes(&page.html, &view, &list);
	page_end(&page);
	return true;
}

static void looked_json(struct json *json, const void *what)
{
	looked_list_json(json, what);
}

bool looked_page_show(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct beside_page view = {.arena = hub->arena, .now = hub->now};
	struct looked_list list;
	struct page page;

	if (!looked_list(hub, request_param(req, "reference"), request_query(req, "cursor"), &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, looked_json, &list);
		return true;
	}
	view.reference = list.reference;
	view.next = next_of(req, list.next);
	begin(&page, req, hub, res, "Who looked", view.reference);
	view_looked(&page.html, &view, &list);
	page_end(&page);
	return true;
}
