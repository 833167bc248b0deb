#include "hub/enquiry_view.h"

#define ROWS_JSON(json, key, record, list) record_list_json((json), (key), &(record), (list).rows, (list).count)

static void children_json(struct json *json, struct arena *arena, const struct enquiry_view *view)
{
	json_key(json, "children");
	json_open_list(json);
	for (size_t i = 0; i < view->children.count; i++) {
		const struct enquiry_child *child = &view->children.rows[i];

		json_open(json);
		json_member_text(json, "name", view->sees_case ? child_name(arena, child) : TEXT_NONE);
		record_json(json, &enquiry_child_record, child);
		care_possible_json(json, &view->care, child->id);
		json_close(json);
	}
	json_close_list(json);
}

static void next_steps_json(struct json *json, const struct next_steps *steps)
{
	json_key(json, "next_steps");
	json_open_list(json);
	for (size_t i = 0; i < steps->count; i++) json_text(json, action_text(steps->actions[i]));
	for (size_t i = 0; i < steps->more_count; i++) json_text(json, action_text(steps->more[i]));
	json_close_list(json);
}

void enquiry_view_json(struct json *json, struct arena *arena, const struct enquiry_view *view)
{
	json_open(json);
	record_json(json, &enquiry_head_record, &view->head);
	json_member_instant(json, "act_by", view->act_by);
	children_json(json, arena, view);
	ROWS_JSON(json, "history", enquiry_step_record, view->history);
	ROWS_JSON(json, "ratings", enquiry_rating_record, view->ratings);
	ROWS_JSON(json, "proposals", enquiry_proposal_record, view->proposals);
	ROWS_JSON(json, "recommendations", enquiry_recommendation_record, view->recommendations);
	ROWS_JSON(json, "hand_overs", enquiry_hand_over_record, view->hand_overs);
	ROWS_JSON(json, "duty_hand_overs", duty_hand_over_line_record, view->duty_hand_overs);
	ROWS_JSON(json, "strategy_discussions", enquiry_strategy_discussion_record, view->strategy_discussions);
	ROWS_JSON(json, "further_information", enquiry_addition_record, view->further_information);
	ROWS_JSON(json, "advice", enquiry_advice_given_record, view->advice);
	ROWS_JSON(json, "second_looks", second_look_shown_record, view->second_looks);
	ROWS_JSON(json, "holding", holding_note_record, view->holding);
	enquiry_records_json(json, &view->records);
	ROWS_JSON(json, "earlier", enquiry_earlier_one_record, view->earlier);
	enquiry_changes_json(json, arena, &view->changes, &view->children);
	care_json(json, &view->care);
	next_steps_json(json, &view->next_steps);
	json_close(json);
}
