#include "web/lists.h"

#include "base/london.h"
#include "rules/lifecycle.h"
#include "views/lists.h"
#include "web/accumulation.h"
#include "web/duty.h"
#include "web/handlers.h"
#include "web/room.h"
#include "web/signing.h"
#include "web/steps.h"

struct text list_title(enum hub_list list)
{
	static const char *const titles[HUB_LIST_COUNT] = {
		[HUB_LIST_UNSCREENED] = "Not yet screened",
		[HUB_LIST_AWAITING] = "Waiting for authorisation",
		[HUB_LIST_NOBODY] = "Nobody is working on these",
		[HUB_LIST_UNALLOCATED] = "Not allocated",
		[HUB_LIST_HELD] = "No room",
		[HUB_LIST_LATE] = "Late",
		[HUB_LIST_FURTHER] = "Further information to look at",
	};

	return text_of(titles[list]);
}

#define HUB_PAGE_ROWS 8

struct hub_list_view list_first(const struct hub_list_view *list)
{
	struct hub_list_view first = *list;

	if (first.count > HUB_PAGE_ROWS) first.count = HUB_PAGE_ROWS;
	return first;
}

struct text list_count(struct arena *arena, int64_t count, const char *one)
{
	return arena_printf(arena, "%lld %s%s", (long long)count, one, count == 1 ? "" : "s");
}

struct text list_possible(struct arena *arena, int64_t count)
{
	return arena_printf(
		arena, "%lld %s may be somebody with an open case", (long long)count, count == 1 ? "child" : "children");
}

/* The step that a row of this list waits for; ACTION_VIEW_ENQUIRY where it waits for none. */
static enum action waited_for(enum hub_list list, struct text pending)
{
	if (list == HUB_LIST_UNSCREENED) return ACTION_SCREEN;
	if (list == HUB_LIST_UNALLOCATED) return ACTION_ALLOCATE;
	if (list == HUB_LIST_NOBODY) return ACTION_REALLOCATE;
	if (list != HUB_LIST_AWAITING) return ACTION_VIEW_ENQUIRY;
	if (text_is(pending, "outcome")) return ACTION_AUTHORISE;
	if (text_is(pending, "screen_out")) return ACTION_AUTHORISE_SCREEN_OUT;
	if (text_is(pending, "withdrawal")) return ACTION_AUTHORISE_WITHDRAWAL;
	return text_is(pending, "lowering") ? ACTION_AUTHORISE_LOWERING : ACTION_VIEW_ENQUIRY;
}

struct text list_href(const struct hub *hub, enum hub_list list, const struct hub_now_row *row)
{
	const struct step_page *step = step_by_action(waited_for(list, row->pending));

	if (!step || !hub_can(hub, step->action))
		return arena_printf(hub->arena, "/enquiries/%.*s", TEXT_ARG(row->reference));
	return arena_printf(hub->arena, "/enquiries/%.*s/%s", TEXT_ARG(row->reference), step->slug);
}

struct text list_caseload_title(struct arena *arena, const struct caseload_view *view)
{
	return view->own ? TEXT("My caseload") : arena_printf(arena, "Caseload of %.*s", TEXT_ARG(view->name));
}

struct text list_unscreened_words(struct arena *arena, const struct hub_now_view *view)
{
	if (!view->unscreened) return TEXT("");
	return arena_printf(arena, ", longest unseen %.*s", TEXT_ARG(clock_length_words(arena, view->unscreened_minutes)));
}

struct text list_awaiting_words(struct arena *arena, const struct hub_now_view *view)
{
	instant due = view->awaiting_first_due;

	if (!view->awaiting || due == INSTANT_NONE) return TEXT("");
	if (due < view->now)
		return arena_printf(
			arena, ", first LATE by %.*s", TEXT_ARG(clock_length_words(arena, (view->now - due) / MINUTE_MS)));
	return arena_printf(
		arena, ", first due in %.*s", TEXT_ARG(clock_length_words(arena, (due - view->now) / MINUTE_MS)));
}

struct text list_away(struct arena *arena, const struct hub_worker_row *row)
{
	struct text until = row->away_until == INSTANT_NONE ? TEXT_NONE
						: london_midnight(london_day(row->away_until)) == row->away_until
							? day_words_short(arena, london_day(row->away_until))
							: london_short(arena, row->away_until);

	return arena_printf(arena, "away%s%.*s: %lld red, %lld amber nobody is working on",
		text_none(until) ? "" : " until ", TEXT_ARG(until), (long long)row->red, (long long)row->amber);
}

struct text list_accumulation(struct arena *arena, const struct hub_now_view *view)
{
	int64_t fewer = view->accumulation_week_ago - view->accumulation_left;
	struct text words = TEXT(""), clear = clear_by_words(arena, &view->accumulation_clear);

	if (fewer)
		words = arena_printf(
			arena, ", %lld %s than a week ago", (long long)(fewer < 0 ? -fewer : fewer), fewer < 0 ? "more" : "fewer");
	if (text_none(clear)) return words;
	return arena_printf(arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(clear));
}

bool list_open(const struct enquiry_row *row)
{
	return state_open(state_of(row->state));
}

struct list_workers list_workers(struct arena *arena, const struct hub_now_view *view)
{
	(void)arena;
	return (struct list_workers){view->workers, view->worker_count};
}

/* The page of the same list that comes after, or no value. */
static struct text next_href(const struct request *req, struct text cursor)
{
	if (text_none(cursor)) return TEXT_NONE;
	return arena_printf(req->arena, "%.*s?%scursor=%.*s", TEXT_ARG(req->path),
		text_is(request_query(req, "all"), "yes") ? "all=yes&" : "", TEXT_ARG(cursor));
}

static struct text id_cursor(const struct request *req, struct episode_id id)
{
	return id.n ? arena_printf(req->arena, "%lld", (long long)id.n) : TEXT_NONE;
}

/* A number in the address, 0 where there is none; a malformed one is another page. */
static bool read_number(struct text text, int64_t *ret, struct error *err)
{
	*ret = 0;
	if (text_none(text) || (text_int(text, ret) && *ret > 0)) return true;
	return error_not_found(err, "there is no such page");
}

static void caseload_json(struct json *json, const void *what)
{
	const struct caseload_view *view = what;

	json_member_text(json, "name", view->name);
	json_member_int(json, "open", view->caseload.open);
	json_member_int(json, "cap", caseload_limit(&view->caseload));
	json_member_int(json, "progressed", view->progressed);
	json_member_int(json, "target", view->target);
	json_member_int(json, "completed", view->completed);
	json_member_int(json, "due_next_hour", view->due_next_hour);
	json_member_int(json, "late", view->late);
	record_list_json(json, "enquiries", &caseload_record, view->rows, view->count);
	json_member_id(json, "next", view->next.n);
}

bool my_caseload(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct caseload_ask ask = {.limit_rows = CASELOAD_PAGE_ROWS};
	struct text of = req->param_count ? request_param(req, "worker") : TEXT_NONE;
	struct happened_view happened;
	struct caseload_view view;
	struct page page;

	if (!read_number(of, &ask.worker.n, err)) return false;
	if (!read_number(request_query(req, "cursor"), &ask.after.n, err)) return false;
	if (!caseload_show(hub, &ask, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, caseload_json, &view);
		return true;
	}
	if (!live_load(req, hub, view.worker, &happened, err)) return false;
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = list_caseload_title(hub->arena, &view),
			.section = "/caseload",
			.live = &(struct live_ask){.happened = &happened}});
	view_caseload(&page.html, hub->arena, &view, next_href(req, id_cursor(req, view.next)));
	page_end(&page);
	return true;
}

struct hub_answer {
	struct hub_now_view view;
	struct waiting_view waiting;
};

static void hub_json(struct json *json, const void *what)
{
	const struct hub_answer *answer = what;
	const struct hub_now_view *view = &answer->view;

	json_member_int(json, "red", view->red);
	json_member_int(json, "amber", view->amber);
	json_member_int(json, "green", view->green);
	json_member_int(json, "unrated", view->unrated);
	json_member_int(json, "late", view->late);
	json_member_bool(json, "open", view->is_open);
	json_member_instant(json, "closes_at", view->closes_at);
	json_member_bool(json, "passes_to_edt_soon", view->passes_soon);
	json_member_int(json, "unscreened", view->unscreened);
	json_member_int(json, "unscreened_minutes", view->unscreened_minutes);
	json_member_int(json, "awaiting_manager", view->awaiting);
	json_member_int(json, "nobody", view->nobody);
	json_member_int(json, "unallocated", view->unallocated);
	json_member_int(json, "held", view->held);
	room_json(json, view);
	waiting_json(json, &answer->waiting);
	json_member_int(json, "hand_overs_waiting", view->hand_overs_waiting);
	json_member_int(json, "further", view->further);
	json_member_int(json, "restricted_reviews_due", view->reviews_due);
	json_member_int(json, "accumulation_left", view->accumulation_left);
	json_member_int(json, "possible", view->possible);
	record_list_json(json, "clocks", &clock_counts_record, view->clocks.rows, view->clocks.count);
	rota_ahead_json(json, &view->ahead);
	json_key(json, "lists");
	json_open(json);
	for (enum hub_list list = 0; list < HUB_LIST_COUNT; list++)
		record_list_json(json, hub_list_key(list), &hub_now_record, view->lists[list].rows, view->lists[list].count);
	json_close(json);
	record_list_json(json, "workers", &hub_worker_record, view->workers, view->worker_count);
}

bool hub_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct happened_view happened;
	struct hub_answer answer;
	struct page page;

	if (!hub_now_show(hub, &answer.view, err) || !waiting_load(hub, &answer.waiting, err)) return false;
	if (req->api) {
		api_answer(res, 200, hub_json, &answer);
		return true;
	}
	if (!live_load(req, hub, (struct account_id){0}, &happened, err)) return false;
	page_begin(&page, req, hub, res,
		&(struct page_ask){
			.title = TEXT("The hub now"), .section = "/hub", .live = &(struct live_ask){.happened = &happened}});
	view_hub_now(&page.html, hub, &answer.view, &answer.waiting);
	page_end(&page);
	return true;
}

static void hub_list_json(struct json *json, const void *what)
{
	const struct hub_list_view *view = what;

	json_member_int(json, "total", view->total);
	record_list_json(json, "enquiries", &hub_now_record, view->rows, view->count);
	json_member_id(json, "next", view->next.n);
}

bool hub_list_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	enum hub_list list = hub_list_of(request_param(req, "list"));
	struct episode_id after;
	struct hub_list_view view;
	struct page page;

	if (list == HUB_LIST_COUNT) return error_not_found(err, "there is no such list");
	if (!read_number(request_query(req, "cursor"), &after.n, err)) return false;
	if (!hub_now_list(hub, list, after, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, hub_list_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){
			.title = list_title(list), .section = "/hub", .back_href = TEXT("/hub"), .back_text = TEXT("The hub now")});
	view_hub_list(&page.html, hub, &view, next_href(req, id_cursor(req, view.next)));
	page_end(&page);
	return true;
}

static void enquiries_json(struct json *json, const void *what)
{
	enquiry_list_json(json, what);
}

bool enquiries_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct enquiry_list_ask ask = {.cursor = request_query(req, "cursor")};
	struct enquiry_list list;
	struct page page;

	ask.all = text_is(request_query(req, "all"), "yes");
	if (!enquiry_list(hub, &ask, &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, enquiries_json, &list);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = ask.all ? TEXT("All enquiries") : TEXT("Open enquiries"), .section = "/enquiries"});
	view_enquiries(&page.html, hub->arena, &list, ask.all, hub->now, next_href(req, list.next));
	page_end(&page);
	return true;
}

static void hand_overs_json(struct json *json, const void *what)
{
	hand_over_list_json(json, what);
}

bool hand_overs_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct hand_over_list list;
	struct page page;

	if (!hand_over_list(hub, request_query(req, "cursor"), &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, hand_overs_json, &list);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Hand-overs not yet accepted"),
			.section = "/hub",
			.back_href = TEXT("/hub"),
			.back_text = TEXT("The hub now")});
	view_hand_overs(&page.html, hub->arena, &list, hub->now, next_href(req, list.next));
	page_end(&page);
	return true;
}
