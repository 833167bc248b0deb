#include "web/alarms.h"

#include "base/london.h"
#include "rules/clock.h"
#include "views/alarms.h"
#include "web/handlers.h"

static void banner(struct html *h, const void *what)
{
	view_alarm_banner(h, what);
}

void alarms_begin(struct page_frame *frame, const struct request *req, struct hub *hub)
{
	struct alarms_view *view = arena_new(hub->arena, struct alarms_view);
	struct error *err = arena_new(hub->arena, struct error);

	if (!alarms_have(hub)) return;
	*view = (struct alarms_view){
		.arena = hub->arena, .csrf = req->csrf, .next = req->method == HTTP_GET ? req->path : TEXT("/alarms")};
	view->unknown = !alarm_banner(hub, &view->list, err);
	frame->alarms = banner;
	frame->alarms_of = view;
}

struct text alarms_title(const struct alarms_view *view)
{
	return arena_printf(
		view->arena, "%lld alarm%s", (long long)view->list.standing, view->list.standing == 1 ? "" : "s");
}

struct text alarms_more(const struct alarms_view *view)
{
	int64_t more = view->list.standing - (int64_t)view->list.count;

	return more > 0 ? arena_printf(view->arena, "and %lld more", (long long)more) : TEXT_NONE;
}

struct text alarm_since(const struct alarms_view *view, const struct alarm_line *row)
{
	struct text length = clock_length_words(view->arena, (view->list.now - row->due_at) / MINUTE_MS);
	bool today = london_day(row->due_at) == london_day(view->list.now);
	struct text when = today ? london_clock(view->arena, row->due_at) : london_short(view->arena, row->due_at);

	return arena_printf(view->arena, "since %.*s, %.*s", TEXT_ARG(when), TEXT_ARG(length));
}

struct text alarm_href(const struct alarms_view *view, const struct alarm_line *row)
{
	if (row->reference.len) return arena_printf(view->arena, "/enquiries/%.*s", TEXT_ARG(row->reference));
	switch (alarm_kind_of(row->alarm_kind)) {
	case ALARM_AT_CLOSE:
	case ALARM_AT_OPENING: return TEXT("/edt");
	default: return TEXT("/hub");
	}
}

struct text alarm_link(const struct alarm_line *row)
{
	return row->reference.len ? row->reference : TEXT("See them");
}

struct text alarm_action(const struct alarms_view *view, const struct alarm_line *row)
{
	return arena_printf(view->arena, "/alarms/%lld/acknowledge", (long long)row->id.n);
}

static void list_json(struct json *json, const void *what)
{
	const struct alarm_list *list = what;

	json_member_int(json, "standing", list->standing);
	json_member_int(json, "unacknowledged", list->unacknowledged);
	record_list_json(json, "alarms", &alarm_line_record, list->rows, list->count);
	json_member_id(json, "next", list->next.n);
}

/* A number in the address; a malformed one is another page. */
static bool read_id(struct text text, int64_t *ret, struct error *err)
{
	*ret = 0;
	if (text_none(text) || (text_int(text, ret) && *ret >= 0)) return true;
	return error_not_found(err, "there is no such page");
}

bool alarms_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct alarms_view view = {.arena = hub->arena, .csrf = req->csrf, .next = TEXT("/alarms")};
	struct alarm_id after;
	struct page page;

	if (!read_id(request_query(req, "cursor"), &after.n, err) || !alarm_list(hub, after, &view.list, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view.list);
		return true;
	}
	page_begin(
		&page, req, hub, res, &(struct page_ask){.title = TEXT("Alarms"), .reload_seconds = 60, .section = "/alarms"});
	view_alarms(&page.html, &view);
	page_end(&page);
	return true;
}

struct news {
	struct alarm_list list;
	struct alarm_news_rows rows;
};

static void news_json(struct json *json, const void *what)
{
	const struct news *news = what;

	json_member_int(json, "standing", news->list.standing);
	json_member_int(json, "unacknowledged", news->list.unacknowledged);
	json_member_int(json, "latest", news->list.latest.n);
	json_member_bool(json, "sound", news->list.sound);
	record_list_json(json, "alarms", &alarm_news_record, news->rows.rows, news->rows.count);
}

bool alarms_standing(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct news news;
	struct alarm_id since;

	if (!read_id(request_query(req, "since"), &since.n, err)) return false;
	if (!alarm_news_since(hub, since, &news.list, &news.rows, err)) return false;
	api_answer(res, 200, news_json, &news);
	return true;
}

static void one_json(struct json *json, const void *what)
{
	record_json(json, &alarm_one_record, what);
}

bool alarm_answer(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct alarm_one one;
	struct alarm_id id;

	if (!text_int(request_param(req, "alarm"), &id.n)) return error_not_found(err, "there is no such alarm");
	if (!alarm_acknowledge(hub, id, &one, err)) return false;
	if (req->api)
		api_answer(res, 200, one_json, &one);
	else
		response_redirect(res, request_next(req));
	return true;
}

static void sound_json(struct json *json, const void *what)
{
	json_member_text(json, "alarm_sound", ((const struct alarm_sound *)what)->alarm_sound);
}

bool alarm_sound_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct alarm_sound in;

	if (!input_decode(&source, &alarm_sound_input, hub->arena, &in, err)) return false;
	if (!alarm_sound_choose(hub, &in, err)) return false;
	if (req->api)
		api_answer(res, 200, sound_json, &in);
	else
		response_redirect(res, TEXT("/account"));
	return true;
}
