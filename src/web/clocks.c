#include "hub/clock_list.h"

#include "html/time_left.h"
#include "views/clocks.h"
#include "web/care.h"
#include "web/handlers.h"

static const struct clock_counts_row *counted(const struct clock_list *list, enum clock_kind kind)
{
	for (size_t i = 0; i < list->counts.count; i++)
		if (clock_kind_of(list->counts.rows[i].clock_kind) == kind) return &list->counts.rows[i];
	return NULL;
}

static struct text kind_words(struct arena *arena, enum clock_kind kind, const struct clock_counts_row *count)
{
	struct text words = clock_kind_words(kind);

	return count ? arena_printf(arena, "%.*s (%lld)", TEXT_ARG(words), (long long)count->count) : words;
}

struct clocks_kinds clocks_kinds(struct arena *arena, const struct clock_list *list)
{
	struct clocks_kinds kinds = {.count = 0};

	for (enum clock_kind kind = 0; kind < CLOCK_KIND_COUNT; kind++) {
		const struct clock_counts_row *count = counted(list, kind);

		if (!count && kind != CLOCK_KIND_ASSESSMENT && kind != list->only) continue;
		kinds.rows[kinds.count++] =
			(struct clocks_kind){clock_kind_text(kind), kind_words(arena, kind, count), list->only == kind};
	}
	return kinds;
}

struct text clocks_words(struct arena *arena, const struct clock_counts_row *row)
{
	struct text words = code_words_of(CODES_clock_kind, row->clock_kind);

	if (row->count == 1) return words;
	return arena_printf(arena, "%.*s: %lld, the first", TEXT_ARG(words), (long long)row->count);
}

struct text clocks_first(struct arena *arena, const struct clock_counts_row *row, instant now)
{
	char length[TIME_LEFT_BYTES];
	struct text words = time_length_words(length, row->first_due_at - now);

	return arena_printf(arena, now > row->first_due_at ? "LATE by %.*s" : "in %.*s", TEXT_ARG(words));
}

static struct text next_of(const struct request *req, const struct clock_list *list)
{
	struct text kind = clock_kind_text(list->only);

	if (text_none(list->next)) return TEXT_NONE;
	if (text_none(kind)) return arena_printf(req->arena, "/clocks?cursor=%.*s", TEXT_ARG(list->next));
	return arena_printf(req->arena, "/clocks?clock_kind=%.*s&cursor=%.*s", TEXT_ARG(kind), TEXT_ARG(list->next));
}

static void clocks_json(struct json *json, const void *what)
{
	clock_list_json(json, what);
}

bool clocks_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct clock_list_ask ask = {.kind = request_query(req, "clock_kind"), .cursor = request_query(req, "cursor")};
	struct clock_list list;
	struct page page;

	if (!clock_list(hub, &ask, &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, clocks_json, &list);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Clocks"),
			.section = "/clocks",
			.back_href = TEXT("/hub"),
			.back_text = TEXT("The hub now")});
	view_clocks(&page.html, hub->arena, &list, next_of(req, &list));
	page_end(&page);
	return true;
}

static void possible_json(struct json *json, const void *what)
{
	possible_list_json(json, what);
}

bool possible_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct possible_list list;
	struct text next = TEXT_NONE;
	struct page page;

	if (!person_link_list(hub, request_query(req, "cursor"), &list, err)) return false;
	if (req->api) {
		api_answer(res, 200, possible_json, &list);
		return true;
	}
	if (!text_none(list.next)) next = arena_printf(req->arena, "/possible?cursor=%.*s", TEXT_ARG(list.next));
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Who the children are"),
			.section = "/hub",
			.back_href = TEXT("/hub"),
			.back_text = TEXT("The hub now")});
	view_possible(&page.html, hub->arena, &list, next);
	page_end(&page);
	return true;
}
