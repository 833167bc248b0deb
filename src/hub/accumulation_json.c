#include <math.h>

#include "hub/accumulation.h"

static void ages_json(struct json *json, const struct accumulation_view *view)
{
	static const char *const keys[AGE_BANDS] = {"days_0_2", "days_3_5", "days_6_10", "days_11_20", "days_21"};

	json_key(json, "ages");
	json_open_list(json);
	for (int r = 0; r < AGE_ROWS; r++) {
		const struct age_row *row = &view->ages[r];

		json_open(json);
		json_member_text(json, "rag", row->rag == RAG_NONE ? TEXT("unrated") : rag_text(row->rag));
		for (int b = 0; b < AGE_BANDS; b++) json_member_int(json, keys[b], row->bands[b]);
		json_member_int(json, "total", row->total);
		json_member_int(json, "late", row->late);
		json_close(json);
	}
	json_close_list(json);
}

static void burn_json(struct json *json, const struct accumulation_view *view)
{
	json_key(json, "burn_down");
	json_open_list(json);
	for (size_t i = 0; i < view->burn.count; i++) {
		const struct burn_day *on = &view->burn.days[i];

		json_open(json);
		json_member_day(json, "day", on->day);
		json_member_int(json, "open", on->open);
		json_member_int(json, "completed", on->completed);
		if (!isnan(on->needed)) json_member_real(json, "needed", on->needed);
		json_close(json);
	}
	json_close_list(json);
}

void accumulation_json(struct json *json, const struct accumulation_view *view)
{
	json_member_text(json, "workstream", view->workstream);
	json_member_bool(json, "taken_over", view->taken);
	json_member_instant(json, "taken_at", view->taken ? view->taken_at : INSTANT_NONE);
	json_member_text(json, "taken_by", view->taken ? view->taken_by : TEXT_NONE);
	json_member_instant(json, "rescreening_due_at", view->taken ? view->due_at : INSTANT_NONE);
	json_member_int(json, "all", view->all);
	json_member_int(json, "left", view->left);
	json_member_int(json, "unscreened", view->unscreened);
	json_member_int(json, "week_ago", view->week_ago);
	json_member_day(json, "target", view->target);
	json_member_real(json, "needed_a_day", view->needed_a_day);
	json_member_real(json, "cleared_a_day", view->cleared_a_day);
	json_member_day(json, "clear_by", view->clear.middle);
	json_member_day(json, "clear_soonest", view->clear.soonest);
	json_member_day(json, "clear_latest", view->clear.latest);
	ages_json(json, view);
	burn_json(json, view);
	record_list_json(json, "workers", &accumulation_worker_record, view->workers.rows, view->workers.count);
}
