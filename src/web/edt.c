#include "web/edt.h"

#include "base/london.h"
#include "hub/duty_hand_over.h"
#include "rules/clock.h"
#include "rules/risk.h"
#include "views/edt.h"
#include "web/handlers.h"

#define PART_ROWS 10

struct text edt_title(enum edt_part part)
{
	static const char *const titles[EDT_PART_COUNT] = {
		[EDT_RED] = "Red",
		[EDT_UNSCREENED] = "Not yet screened",
		[EDT_HANDED_OVER] = "Handed over to EDT",
		[EDT_GIVEN_BACK] = "Given back, waiting for the day team",
	};

	return text_of(titles[part]);
}

struct text edt_empty(enum edt_part part)
{
	static const char *const words[EDT_PART_COUNT] = {
		[EDT_RED] = "Nothing is red.",
		[EDT_UNSCREENED] = "Everything is screened.",
		[EDT_HANDED_OVER] = "Nothing is handed over to EDT.",
		[EDT_GIVEN_BACK] = "Nothing waits for the day team.",
	};

	return text_of(words[part]);
}

struct edt_list edt_first(const struct edt_list *list)
{
	struct edt_list first = *list;

	if (first.count > PART_ROWS) first.count = PART_ROWS;
	return first;
}

struct text edt_standing(struct arena *arena, const struct edt_view *view)
{
	if (view->is_open)
		return arena_printf(arena, "The hub is open until %.*s. What is unscreened or red then passes to EDT.",
			TEXT_ARG(london_clock(arena, view->closes_at)));
	return arena_printf(arena, "The hub is closed until %.*s. What is still open then goes back to the day team.",
		TEXT_ARG(london_short(arena, view->opens_at)));
}

struct text edt_risk(const struct edt_row *row)
{
	return row->risk_order >= 0 && row->risk_order < RISK_COUNT ? risk_words((enum risk_rank)row->risk_order)
																: TEXT_NONE;
}

struct given {
	struct text direction;
	struct text by;
	instant at;
	struct text accepted_by;
	instant accepted_at;
	instant overtaken_at;
};

static struct text ledger_words(struct arena *arena, const struct given *given)
{
	bool to_edt = text_is(given->direction, "to_edt");
	struct text at = london_short(arena, given->at);
	struct text by = given->by.len ? given->by : to_edt ? TEXT("the hub at close") : TEXT("the hub at opening");
	struct text words = arena_printf(
		arena, "%s by %.*s, %.*s", to_edt ? "To EDT" : "From EDT to the day team", TEXT_ARG(by), TEXT_ARG(at));

	if (given->accepted_at != INSTANT_NONE)
		return arena_printf(arena, "%.*s. Accepted by %.*s, %.*s", TEXT_ARG(words), TEXT_ARG(given->accepted_by),
			TEXT_ARG(london_short(arena, given->accepted_at)));
	if (given->overtaken_at != INSTANT_NONE)
		return arena_printf(arena, "%.*s. Not accepted: it went another way, %.*s", TEXT_ARG(words),
			TEXT_ARG(london_short(arena, given->overtaken_at)));
	return arena_printf(arena, "%.*s. Not yet accepted", TEXT_ARG(words));
}

struct text edt_ledger(struct arena *arena, const struct edt_row *row)
{
	if (!row->direction.len) return TEXT_NONE;
	return ledger_words(arena, &(struct given){row->direction, row->given_by, row->given_at, row->accepted_by,
								   row->accepted_at, INSTANT_NONE});
}

struct text edt_ledger_line(struct arena *arena, const struct duty_hand_over_line *row)
{
	return ledger_words(arena, &(struct given){row->direction, row->given_by, row->given_at, row->accepted_by,
								   row->accepted_at, row->overtaken_at});
}

struct text edt_href(const struct hub *hub, const struct edt_row *row)
{
	bool screens = text_is(row->state, "received") && hub_can(hub, ACTION_SCREEN);

	return arena_printf(hub->arena, "/enquiries/%.*s%s", TEXT_ARG(row->reference), screens ? "/screen" : "");
}

static void view_json(struct json *json, const void *what)
{
	edt_json(json, what);
}

bool edt_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct edt_view view;
	struct page page;

	if (!edt_show(hub, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, view_json, &view);
		return true;
	}
	page_begin(
		&page, req, hub, res, &(struct page_ask){.title = TEXT("EDT's list"), .section = "/edt", .reload_seconds = 60});
	view_edt(&page.html, hub, &view, req->csrf);
	page_end(&page);
	return true;
}

static void list_json(struct json *json, const void *what)
{
	const struct edt_list *list = what;

	json_member_int(json, "total", list->total);
	record_list_json(json, "enquiries", &edt_record, list->rows, list->count);
	json_member_id(json, "next", list->next.n);
}

static bool read_after(struct request *req, struct episode_id *ret, struct error *err)
{
	struct text cursor = request_query(req, "cursor");

	ret->n = 0;
	if (text_none(cursor) || (text_int(cursor, &ret->n) && ret->n > 0)) return true;
	return error_not_found(err, "there is no such page");
}

bool edt_list_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	enum edt_part part = edt_part_of(request_param(req, "list"));
	struct episode_id after;
	struct edt_list list;
	struct page page;

	if (!read_after(req, &after, err) || !edt_list(hub, part, after, &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &list);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = edt_title(part),
			.section = "/edt",
			.reload_seconds = 60,
			.back_href = TEXT("/edt"),
			.back_text = TEXT("EDT's list")});
	view_edt_part(&page.html, hub, &list);
	page_end(&page);
	return true;
}

static void accepted_json(struct json *json, const void *what)
{
	json_member_int(json, "accepted", *(const int64_t *)what);
}

bool edt_accept(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct duty_accept_all in;
	int64_t accepted;

	if (!input_decode(&source, &duty_accept_all_input, hub->arena, &in, err)) return false;
	if (!duty_hand_over_accept_all(hub, &in, &accepted, err)) return false;
	if (req->api)
		api_answer(res, 200, accepted_json, &accepted);
	else
		response_redirect(res, TEXT("/edt?done=duty_accepted"));
	return true;
}
