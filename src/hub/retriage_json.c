#include "hub/retriage.h"

static const char *const whats[RETRIAGE_WHAT_COUNT] = {"screened", "raised", "proposed", "unchanged", "refused"};
static const char *const undos[RETRIAGE_UNDO_COUNT] = {"undone", "proposed", "left"};

static void change_json(struct json *json, const struct retriage_change *change)
{
	json_open(json);
	json_member_text(json, "reference", change->reference);
	json_member_cstr(json, "what", whats[change->what]);
	json_member_text(json, "rag_was", change->rag_was);
	json_member_text(json, "rag", change->row->rag);
	json_member_instant(json, "due_was", change->due_was);
	json_member_instant(json, "due_at", change->due_at);
	json_member_text(json, "why", change->why);
	json_close(json);
}

void retriage_result_json(struct json *json, const struct retriage_result *result)
{
	json_member_id(json, "retriage", result->id.n);
	for (int i = 0; i < RETRIAGE_WHAT_COUNT; i++) json_member_int(json, whats[i], (int64_t)result->counts[i]);
	json_key(json, "rows");
	json_open_list(json);
	for (size_t i = 0; i < result->count; i++) change_json(json, &result->rows[i]);
	json_close_list(json);
}

void retriage_undone_json(struct json *json, const struct retriage_undone_list *list)
{
	for (int i = 0; i < RETRIAGE_UNDO_COUNT; i++) json_member_int(json, undos[i], (int64_t)list->counts[i]);
	json_key(json, "rows");
	json_open_list(json);
	for (size_t i = 0; i < list->count; i++) {
		json_open(json);
		json_member_text(json, "reference", list->rows[i].reference);
		json_member_cstr(json, "what", undos[list->rows[i].what]);
		json_member_text(json, "why", list->rows[i].why);
		json_close(json);
	}
	json_close_list(json);
}
