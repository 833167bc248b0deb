#include "web/duty.h"

#include "base/london.h"
#include "views/duty.h"
#include "web/handlers.h"

static const struct duty_form shift_input_form = {
	.title = "Name somebody for a duty",
	.intro =
		"One duty of one person, from when until when: 7 days at most. It can repeat, at the same hours. Somebody who "
		"is away can't be named; where one of several can't be made, none is.",
	.button = "Name them",
	.input = &shift_add_input,
	.action = ACTION_MANAGE_DUTY,
	.sent_to = "/duty",
	.stands_at = "/duty/new",
	.back_href = "/duty",
	.back_text = "Duty rota",
};

static const struct duty_form deputy_input_form = {
	.title = "Name a deputy",
	.intro = "A social worker or EDT worker who does and signs what a practice manager may, on these days.",
	.button = "Name them",
	.input = &deputy_add_input,
	.action = ACTION_MANAGE_DUTY,
	.sent_to = "/deputies",
	.stands_at = "/deputies/new",
	.back_href = "/duty",
	.back_text = "Duty rota",
};

struct duty_days duty_days(const struct duty_page_view *view)
{
	const struct rota_view *rota = &view->rota;
	struct duty_day *days = arena_new_array(view->hub->arena, WEEKDAY_COUNT, struct duty_day);
	size_t next = 0;

	for (day on = rota->first; on < rota->first + WEEKDAY_COUNT; on++) {
		struct duty_day *one = &days[on - rota->first];

		one->title = day_words_short(view->hub->arena, on);
		one->rows = rota->shifts + next;
		for (; next < rota->shift_count && london_day(rota->shifts[next].starts_at) <= on; next++) one->count++;
	}
	return (struct duty_days){days, WEEKDAY_COUNT};
}

static struct text people_words(struct arena *arena, const struct duty_people *people)
{
	struct text words = TEXT("");

	for (size_t i = 0; i < people->count; i++)
		words = arena_printf(arena, "%.*s%s%.*s%s%.*s", TEXT_ARG(words), i ? "; " : "", TEXT_ARG(people->rows[i].name),
			text_none(people->rows[i].telephone) ? "" : ", ", TEXT_ARG(people->rows[i].telephone));
	return words;
}

struct duty_facts duty_facts(const struct duty_page_view *view)
{
	struct duty_fact *facts = arena_new_array(view->hub->arena, DUTY_COUNT, struct duty_fact);

	for (enum duty duty = 0; duty < DUTY_COUNT; duty++)
		facts[duty] = (struct duty_fact){
			duty_words(duty), people_words(view->hub->arena, &view->rota.on[duty]), view->rota.on[duty].count == 0};
	return (struct duty_facts){facts, DUTY_COUNT};
}

struct text shift_until(struct arena *arena, const struct shift_row *row)
{
	bool same_day = london_day(row->starts_at) == london_day(row->ends_at);
	struct text until = same_day ? london_clock(arena, row->ends_at) : london_short(arena, row->ends_at);

	return row->cancelled_at == INSTANT_NONE ? until : arena_printf(arena, "%.*s, ended early", TEXT_ARG(until));
}

bool shift_running(const struct duty_page_view *view, const struct shift_row *row)
{
	return row->starts_at <= view->rota.now && row->ends_at > view->rota.now;
}

bool shift_cancellable(const struct duty_page_view *view, const struct shift_row *row)
{
	return view->manages && row->cancelled_at == INSTANT_NONE && row->ends_at > view->rota.now;
}

/* "2015-07-04T18:00": as a form's boxes take it. */
static struct text local_minute(struct arena *arena, instant at)
{
	return text_slice(london_iso(arena, at), 0, 16);
}

struct text gap_href(struct arena *arena, const struct rota_gap *gap)
{
	static const enum duty fills[ROTA_NEED_COUNT] = {
		[ROTA_NEEDS_EDT] = DUTY_EDT_WORKER,
		[ROTA_NEEDS_ON_CALL] = DUTY_ON_CALL,
		[ROTA_NEEDS_DUTY_MANAGER] = DUTY_MANAGER,
		[ROTA_NEEDS_SCREENER] = DUTY_SCREENER,
	};

	return arena_printf(arena, "/duty/new?duty=%.*s&from=%.*s&to=%.*s", TEXT_ARG(duty_text(fills[gap->need])),
		TEXT_ARG(local_minute(arena, gap->from)), TEXT_ARG(local_minute(arena, gap->to)));
}

static void now_json(struct json *json, const struct rota_view *rota)
{
	json_key(json, "now");
	json_open_list(json);
	for (enum duty duty = 0; duty < DUTY_COUNT; duty++)
		for (size_t i = 0; i < rota->on[duty].count; i++) {
			json_open(json);
			json_member_text(json, "duty", duty_text(duty));
			json_member_id(json, "account", rota->on[duty].rows[i].account.n);
			json_member_text(json, "name", rota->on[duty].rows[i].name);
			json_member_text(json, "telephone", rota->on[duty].rows[i].telephone);
			json_close(json);
		}
	json_close_list(json);
}

static void duty_json(struct json *json, const void *what)
{
	const struct duty_page_view *view = what;

	now_json(json, &view->rota);
	rota_ahead_json(json, &view->rota.ahead);
	json_member_day(json, "week", view->rota.first);
	record_list_json(json, "shifts", &shift_record, view->rota.shifts, view->rota.shift_count);
	record_list_json(json, "deputies", &deputy_record, view->deputies.rows, view->deputies.count);
}

static bool week_asked(const struct request *req, day *ret, struct error *err)
{
	struct text week = request_query(req, "week");

	*ret = DAY_NONE;
	return text_blank(week) || day_parse(week, ret) || error_not_found(err, "there is no such week");
}

/* What a redirect says was just made or cancelled in one go, as it stands in the rota. */
static bool told_of(struct request *req, struct hub *hub, struct text *ret, struct error *err)
{
	struct shifts made = {0}, cancelled = {0};
	struct duty_id shift;

	*ret = TEXT_NONE;
	if (text_int(request_query(req, "made"), &shift.n) && !shift_made_with(hub, shift, &made, err)) return false;
	if (text_int(request_query(req, "cancelled"), &shift.n) && !shift_cancelled_with(hub, shift, &cancelled, err))
		return false;
	if (made.count) *ret = arena_printf(hub->arena, "Made %.*s", TEXT_ARG(shifts_words(hub->arena, &made)));
	if (cancelled.count)
		*ret = arena_printf(hub->arena, "Cancelled %.*s", TEXT_ARG(shifts_words(hub->arena, &cancelled)));
	return true;
}

bool duty_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct absence_ask ask = {.limit_rows = ABSENCE_PAGE_ROWS};
	struct duty_page_view view = {
		.hub = hub, .manages = hub_can(hub, ACTION_MANAGE_DUTY), .names = deputy_may_name(hub)};
	struct page page;
	struct text done;
	day week;

	if (!told_of(req, hub, &done, err) || !week_asked(req, &week, err) || !rota_show(hub, week, &view.rota, err))
		return false;
	if (!deputy_list(hub, &view.deputies, err) || !absence_list(hub, &ask, &view.away, err)) return false;
	if (req->api) {
		api_answer(res, 200, duty_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Duty rota"), .section = "/duty", .done = done});
	view_duty(&page.html, &view);
	page_end(&page);
	return true;
}

static void made_json(struct json *json, const void *what)
{
	shifts_json(json, what);
}

bool shift_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return duty_form_show(req, hub, res, &shift_input_form, NULL, err);
}

void shift_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	duty_form_again(req, hub, res, &shift_input_form, problem);
}

bool shift_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct shifts shifts;
	struct shift_add in;
	struct text week;

	if (!hub_may(hub, ACTION_MANAGE_DUTY, err)) return false;
	if (!duty_form_read(req, hub, &shift_add_input, &in, err) || !shift_add(hub, &in, &shifts, err)) return false;
	week = day_iso(hub->arena, london_day(shifts.rows[0].starts_at));
	if (req->api)
		api_answer(res, 201, made_json, &shifts);
	else if (shifts.count == 1)
		response_redirect_to(res, "/duty?week=%.*s&done=shift_added", TEXT_ARG(week));
	else
		response_redirect_to(res, "/duty?week=%.*s&made=%lld", TEXT_ARG(week), (long long)shifts.rows[0].id.n);
	return true;
}

static bool shift_asked(struct request *req, struct hub *hub, struct shift_row *ret, struct error *err)
{
	struct duty_id shift;

	return hub_may(hub, ACTION_MANAGE_DUTY, err) && duty_number(req, "id", &shift.n, err) &&
		   shift_get(hub, shift, ret, err);
}

/* The box for the later ones, where there are any. */
static const struct field_view *tick_later(struct arena *arena, const struct shift_rows *later)
{
	struct field_view *tick = arena_new(arena, struct field_view);

	if (!later->count) return NULL;
	tick->field = FIELD_later_too;
	tick->checkbox = true;
	tick->hint = arena_cstr(arena,
		arena_printf(arena, "There %s %zu, the last on %.*s, whoever named them.", later->count == 1 ? "is" : "are",
			later->count, TEXT_ARG(day_words_short(arena, london_day(later->rows[later->count - 1].starts_at)))));
	return tick;
}

static bool ask_cancel(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct shift_rows later;
	struct shift_row shift;

	if (!shift_asked(req, hub, &shift, err) || !shift_later(hub, shift.id, &later, err)) return false;
	duty_question_show(req, hub, res,
		&(struct duty_question){.title = arena_printf(hub->arena, "Cancel this shift of %.*s?", TEXT_ARG(shift.name)),
			.words = arena_printf(hub->arena, "%.*s, from %.*s to %.*s. What nobody else covers then is told as a gap.",
				TEXT_ARG(code_words_of(CODES_duty, shift.duty)), TEXT_ARG(london_short(hub->arena, shift.starts_at)),
				TEXT_ARG(london_short(hub->arena, shift.ends_at))),
			.tick = tick_later(hub->arena, &later),
			.button = "Cancel this shift",
			.back_href = "/duty",
			.back_text = "Duty rota"},
		problem);
	return true;
}

bool shift_cancel_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return ask_cancel(req, hub, res, NULL, err);
}

void shift_cancel_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!ask_cancel(req, hub, res, problem, &err)) response_reset(res);
}

bool shift_cancel_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct shifts shifts;
	struct shift_cancel in;
	struct duty_id shift;

	if (!hub_may(hub, ACTION_MANAGE_DUTY, err) || !duty_number(req, "id", &shift.n, err)) return false;
	if (!duty_form_read(req, hub, &shift_cancel_input, &in, err)) return false;
	in.shift = shift;
	if (!shift_cancel(hub, &in, &shifts, err)) return false;
	if (req->api)
		api_answer(res, 200, made_json, &shifts);
	else if (shifts.count == 1)
		response_redirect(res, TEXT("/duty?done=shift_cancelled"));
	else
		response_redirect_to(res, "/duty?cancelled=%lld", (long long)shift.n);
	return true;
}

/* Deputies */

static void deputy_json(struct json *json, const void *what)
{
	record_json(json, &deputy_record, what);
}

bool deputy_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return duty_form_show(req, hub, res, &deputy_input_form, NULL, err);
}

void deputy_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	duty_form_again(req, hub, res, &deputy_input_form, problem);
}

bool deputy_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct deputy_row deputy;
	struct deputy_add in;

	if (!hub_may(hub, ACTION_MANAGE_DUTY, err)) return false;
	if (!duty_form_read(req, hub, &deputy_add_input, &in, err) || !deputy_add(hub, &in, &deputy, err)) return false;
	if (req->api)
		api_answer(res, 201, deputy_json, &deputy);
	else
		response_redirect(res, TEXT("/duty?done=deputy_added"));
	return true;
}

static bool ask_end(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct deputy_row deputy;
	struct deputy_id id;

	if (!duty_number(req, "id", &id.n, err) || !deputy_show(hub, id, &deputy, err)) return false;
	duty_question_show(req, hub, res,
		&(struct duty_question){
			.title = arena_printf(hub->arena, "Shall %.*s deputise no more?", TEXT_ARG(deputy.name)),
			.words = arena_printf(hub->arena, "Named %.*s by %.*s. What they signed stays signed.",
				TEXT_ARG(absence_when(hub->arena, deputy.starts_at, deputy.ends_at)), TEXT_ARG(deputy.named_by_name)),
			.button = "End this deputy",
			.back_href = "/duty",
			.back_text = "Duty rota"},
		problem);
	return true;
}

bool deputy_end_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return ask_end(req, hub, res, NULL, err);
}

void deputy_end_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!ask_end(req, hub, res, problem, &err)) response_reset(res);
}

bool deputy_end_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct deputy_row row;
	struct deputy_id deputy;

	if (!duty_number(req, "id", &deputy.n, err) || !deputy_end(hub, deputy, &row, err)) return false;
	if (req->api)
		api_answer(res, 200, deputy_json, &row);
	else
		response_redirect(res, TEXT("/duty?done=deputy_ended"));
	return true;
}
