#include "hub/enquiry_view.h"

#include "rules/clock.h"

/* Every list query of a view takes the viewer and the enquiry, and hides what the role may not see. */
#define LOAD(query, member, record)                                                                                    \
	(query(hub->tx, &(struct query##_in){.viewer = hub->actor.account, .enquiry = view->head.id}, &view->member, err)  \
			? (record_hide_all(&record, view->member.rows, view->member.count, hub->actor.role, hub_relation(hub)),    \
				  true)                                                                                                \
			: false)

static bool load_head(struct hub *hub, struct text reference, struct enquiry_view *view, struct error *err)
{
	struct enquiry_head_in in = {.viewer = hub->actor.account};
	bool found;

	if (!episode_lock(hub, reference, VERSION_ANY, &view->episode, err)) return false;
	in.id = view->episode.enquiry;
	if (!enquiry_head(hub->tx, &in, &view->head, &found, err)) return false;
	if (!found) return error_failed(err, "the enquiry has no current episode");
	record_hide(&enquiry_head_record, &view->head, hub->actor.role, hub_relation(hub));
	return true;
}

static bool load_children(struct hub *hub, struct enquiry_view *view, struct error *err)
{
	struct enquiry_children_in in = {
		.viewer = hub->actor.account, .enquiry = view->head.id, .episode = view->episode.id};

	if (!enquiry_children(hub->tx, &in, &view->children, err)) return false;
	record_hide_all(
		&enquiry_child_record, view->children.rows, view->children.count, hub->actor.role, hub_relation(hub));
	return true;
}

static bool load_earlier(struct hub *hub, struct enquiry_view *view, struct error *err)
{
	struct enquiry_earlier_in in = {.viewer = hub->actor.account, .enquiry = view->head.id, .limit = EARLIER_MOST};

	return enquiry_earlier(hub->tx, &in, &view->earlier, err);
}

static bool load_steps(struct hub *hub, struct enquiry_view *view, struct error *err)
{
	return LOAD(enquiry_history, history, enquiry_step_record) && LOAD(enquiry_ratings, ratings, enquiry_rating_record);
}

static bool load_additions(struct hub *hub, struct enquiry_view *view, struct error *err)
{
	return LOAD(enquiry_proposals, proposals, enquiry_proposal_record) &&
		   LOAD(enquiry_recommendations, recommendations, enquiry_recommendation_record) &&
		   LOAD(enquiry_hand_overs, hand_overs, enquiry_hand_over_record) &&
		   LOAD(duty_hand_over_of, duty_hand_overs, duty_hand_over_line_record) &&
		   LOAD(enquiry_strategy_discussions, strategy_discussions, enquiry_strategy_discussion_record) &&
		   LOAD(enquiry_further_information, further_information, enquiry_addition_record) &&
		   LOAD(enquiry_advice, advice, enquiry_advice_given_record) &&
		   LOAD(second_looks_of, second_looks, second_look_shown_record) &&
		   LOAD(holding_notes, holding, holding_note_record) &&
		   enquiry_changes_load(hub, view->head.id, &view->changes, err);
}

/* Whatever the rule makes of due: the rating's time from when it was given. */
static instant act_by(const struct hub *hub, const struct enquiry_view *view)
{
	const struct enquiry_rating *last;

	if (!view->ratings.count || view->head.ended_at != INSTANT_NONE) return INSTANT_NONE;
	last = &view->ratings.rows[view->ratings.count - 1];
	return clock_act_by(hub->policy, rag_of(last->rag), last->at);
}

static bool show(struct hub *hub, struct text reference, bool additions, struct enquiry_view *ret, struct error *err)
{
	struct enquiry_view view = {.now = hub->now, .act_by = INSTANT_NONE};

	if (!hub_may(hub, ACTION_VIEW_ENQUIRY, err)) return false;
	if (!load_head(hub, reference, &view, err)) return false;
	if (!load_children(hub, &view, err)) return false;
	if (!load_steps(hub, &view, err)) return false;
	if (additions && !load_additions(hub, &view, err)) return false;
	if (!load_earlier(hub, &view, err)) return false;
	if (!(additions ? enquiry_records : enquiry_records_new)(
			hub, view.head.id, view.head.restricted, &view.records, err))
		return false;
	if (!(additions ? care_load : care_load_new)(hub, view.head.id, &view.care, err)) return false;
	if (!enquiry_actions(hub, &view.episode, &view.next_steps, err)) return false;
	view.sees_access_log = hub_can(hub, ACTION_VIEW_ACCESS_LOG);
	view.sees_case = access_sees(hub->actor.role, SEE_CASE, hub_relation(hub));
	view.act_by = act_by(hub, &view);
	if (!hub_viewed(hub, ACTION_VIEW_ENQUIRY, view.head.id,
			view.records.restriction.under_glass ? TEXT("glass") : TEXT_NONE, err))
		return false;
	*ret = view;
	return true;
}

bool enquiry_view(struct hub *hub, struct text reference, struct enquiry_view *ret, struct error *err)
{
	return show(hub, reference, true, ret, err);
}

bool enquiry_view_new(struct hub *hub, struct text reference, struct enquiry_view *ret, struct error *err)
{
	return show(hub, reference, false, ret, err);
}

const struct enquiry_proposal *enquiry_view_pending(const struct enquiry_view *view)
{
	for (size_t i = view->proposals.count; i > 0; i--)
		if (view->proposals.rows[i - 1].answered_at == INSTANT_NONE) return &view->proposals.rows[i - 1];
	return NULL;
}

struct text child_name(struct arena *arena, const struct enquiry_child *child)
{
	bool given = !text_none(child->given_name), family = !text_none(child->family_name);

	if (given && family)
		return arena_printf(arena, "%.*s %.*s", TEXT_ARG(child->given_name), TEXT_ARG(child->family_name));
	if (given || family) return given ? child->given_name : child->family_name;
	if (child->expected_date != DAY_NONE && !text_none(child->parent_name))
		return arena_printf(arena, "Unborn child of %.*s", TEXT_ARG(child->parent_name));
	return child->expected_date != DAY_NONE ? TEXT("Unborn child") : TEXT("Name not known");
}
