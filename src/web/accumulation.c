#include "web/accumulation.h"

#include <math.h>

#include "rules/decode.h"
#include "views/accumulation.h"
#include "web/handlers.h"

struct text accumulation_words(struct arena *arena, const struct accumulation_view *view)
{
	int64_t fewer = view->week_ago - view->left;

	if (!view->taken) return arena_printf(arena, "%lld open", (long long)view->left);
	if (!fewer) return arena_printf(arena, "%lld left of %lld", (long long)view->left, (long long)view->all);
	return arena_printf(arena, "%lld left of %lld, %lld %s than a week ago", (long long)view->left,
		(long long)view->all, (long long)(fewer < 0 ? -fewer : fewer), fewer < 0 ? "more" : "fewer");
}

static struct text day_month(struct arena *arena, day on)
{
	struct civil_date civil = civil_of_day(on);

	return arena_printf(arena, "%d %.3s", civil.mday, month_name(civil.month));
}

struct text clear_by_words(struct arena *arena, const struct clear_by *clear)
{
	struct text middle, soonest, latest;

	if (clear->middle == DAY_NONE) return TEXT_NONE;
	middle = day_month(arena, clear->middle);
	soonest = day_month(arena, clear->soonest);
	if (clear->latest == DAY_NONE)
		return arena_printf(arena, "clear by %.*s (%.*s at the soonest)", TEXT_ARG(middle), TEXT_ARG(soonest));
	latest = day_month(arena, clear->latest);
	if (clear->latest == clear->soonest) return arena_printf(arena, "clear by %.*s", TEXT_ARG(middle));
	return arena_printf(arena, "clear by %.*s (%.*s to %.*s)", TEXT_ARG(middle), TEXT_ARG(soonest), TEXT_ARG(latest));
}

struct text a_day_words(struct arena *arena, double n)
{
	return isnan(n) ? TEXT_NONE : arena_printf(arena, "%.1f", n);
}

struct text target_iso(struct arena *arena, const struct accumulation_view *view)
{
	return view->target == DAY_NONE ? TEXT("") : day_iso(arena, view->target);
}

static struct age_table_row age_row(struct arena *arena, const struct age_row *row)
{
	struct age_table_row ret = {
		.rag = row->rag, .unrated = row->rag == RAG_NONE, .total = row->total, .late = row->late};

	ret.cells = (struct age_cells){arena_new_array(arena, AGE_BANDS, struct age_cell), AGE_BANDS};
	for (int b = 0; b < AGE_BANDS; b++) ret.cells.rows[b] = (struct age_cell){age_band_words(b), row->bands[b]};
	return ret;
}

struct age_table age_table(struct arena *arena, const struct accumulation_view *view)
{
	struct age_table table = {arena_new_array(arena, AGE_ROWS, struct age_table_row), AGE_ROWS};

	for (int r = 0; r < AGE_ROWS; r++) table.rows[r] = age_row(arena, &view->ages[r]);
	return table;
}

void burn_chart(struct html *h, struct arena *arena, const struct accumulation_view *view)
{
	const struct burn *burn = &view->burn;
	struct text points[BURN_DAYS_MOST];
	double open[BURN_DAYS_MOST], needed[BURN_DAYS_MOST];
	const struct chart_series series[] = {{TEXT("Open"), open}, {TEXT("Needed"), needed}};

	if (burn->count < 2) return;
	for (size_t i = 0; i < burn->count; i++) {
		points[i] = day_month(arena, burn->days[i].day);
		open[i] = (double)burn->days[i].open;
		needed[i] = burn->days[i].needed;
	}
	html_chart(h, &(struct chart){.kind = CHART_LINE,
					  .id = TEXT("burn-down"),
					  .title = arena_printf(arena, "Open at the end of each day, %.*s to %.*s", TEXT_ARG(points[0]),
						  TEXT_ARG(points[burn->count - 1])),
					  .point_heading = TEXT("Day"),
					  .points = points,
					  .point_count = burn->count,
					  .series = series,
					  .series_count = view->target == DAY_NONE ? 1 : 2});
}

static void view_json(struct json *json, const void *what)
{
	accumulation_json(json, what);
}

/* The date asked about, as ISO or as the form's three boxes; none is no target. */
static bool read_target(const struct request *req, struct arena *arena, day *ret, struct error *err)
{
	struct decoder decoder = {.arena = arena, .err = err};
	struct text iso = request_query(req, "target_date");

	*ret = DAY_NONE;
	if (!text_blank(iso))
		*ret = decode_day(&decoder, FIELD_target_date, iso);
	else
		*ret = decode_day_parts(&decoder, FIELD_target_date, request_query(req, "target_date-day"),
			request_query(req, "target_date-month"), request_query(req, "target_date-year"));
	return decode_ok(&decoder);
}

static bool show(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct form_state form = form_state(req, problem, 0);
	struct error wrong = {0};
	struct accumulation_view view;
	struct page page;
	day target;

	if (!read_target(req, hub->arena, &target, &wrong)) {
		if (req->api) return *err = wrong, false;
		form.err = &wrong;
	}
	if (!accumulation_show(hub, form.err == &wrong ? DAY_NONE : target, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, view_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Accumulation"),
			.section = "/hub",
			.err = form.err,
			.back_href = TEXT("/hub"),
			.back_text = TEXT("The hub now")});
	view_accumulation(&page.html, hub, &form, &view);
	page_end(&page);
	return true;
}

bool accumulation_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show(req, hub, res, NULL, err);
}

bool accumulation_take_over(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct accumulation_take_over in;

	if (!hub_may(hub, ACTION_TAKE_OVER, err)) return false;
	if (!request_fits(req, &accumulation_take_over_input, err)) return false;
	if (!input_decode(&source, &accumulation_take_over_input, hub->arena, &in, err)) return false;
	if (!accumulation_take(hub, &in, err)) return false;
	if (req->api) return show(req, hub, res, NULL, err);
	response_redirect(res, TEXT("/accumulation?done=taken_over"));
	return true;
}

void accumulation_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err = {0};

	if (problem->kind == ERROR_DENIED || !show(req, hub, res, problem, &err)) response_reset(res);
}
