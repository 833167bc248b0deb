/* An enquiry that was taken in just now, shown from what was written: what reading it back would give, to the byte. */
#include "hub/enquiry_view.h"

#include "base/london.h"

static struct enquiry_head head_of(const struct enquiry_made *made, instant recorded_at)
{
	const struct enquiry_receive *in = made->in;
	const struct episode *e = &made->episode;

	return (struct enquiry_head){
		.id = e->enquiry,
		.reference = e->reference,
		.external_ref = in->external_ref,
		.received_at = e->received_at,
		.recorded_at = recorded_at,
		.channel = in->channel,
		.source_code = in->source_code,
		.referrer_name = in->referrer_name,
		.referrer_role = in->referrer_role,
		.referrer_organisation = in->referrer_organisation,
		.referrer_email = in->referrer_email,
		.referrer_phone = in->referrer_phone,
		.main_concern = e->concern,
		.concern = e->concerns,
		.domestic_abuse_notification = in->domestic_abuse_notification,
		.immediate_danger = in->immediate_danger,
		.consent = in->consent,
		.summary = in->summary,
		.child_count = e->child_count,
		.episode = e->id,
		.n = e->n,
		.workstream = made->workstream,
		.title = made->title,
		.state = e->state,
		.started_at = e->started_at,
		.screening_due_at = e->screening_due_at,
		.screened_at = e->screened_at,
		.due_at = e->due_at,
		.allocated_at = e->allocated_at,
		.held_at = e->held_at,
		.ended_at = e->ended_at,
		.closed_at = e->closed_at,
		.rescreen_asked_at = e->rescreen_asked_at,
		.review_asked_at = e->review_asked_at,
		.version = e->version,
	};
}

static struct enquiry_child child_of(
	const struct hub *hub, const struct child_written *written, const struct child_receive *in, int64_t position)
{
	return (struct enquiry_child){
		.id = written->id,
		.position = position,
		.given_name = in->given_name,
		.family_name = in->family_name,
		.date_of_birth = in->date_of_birth,
		.expected_date = in->expected_date,
		.sex = in->sex,
		.ethnicity = in->ethnicity,
		.nhs_number = in->nhs_number,
		.address = in->address,
		.postcode = in->postcode,
		.parent_name = in->parent_name,
		.person = written->person,
		.recorded_at = hub->recorded_at,
		.added_by = hub->actor.name,
		.removed_at = INSTANT_NONE,
		.put_back_as = INT_NONE,
		.threshold_level = INT_NONE,
		.agreement_at = INSTANT_NONE,
		.authorised_at = INSTANT_NONE,
	};
}

static struct enquiry_child_rows children_of(const struct hub *hub, const struct enquiry_made *made)
{
	const struct child_receive *in = made->in->children.rows;
	struct enquiry_child_rows children = {NULL, made->in->children.count};

	children.rows = arena_new_array(hub->arena, children.count, struct enquiry_child);
	for (size_t i = 0; i < children.count; i++)
		children.rows[i] = child_of(hub, &made->children[i], &in[i], (int64_t)i + 1);
	return children;
}

static struct enquiry_step_rows history_of(const struct hub *hub, const struct enquiry_made *made)
{
	struct enquiry_step_rows history = {arena_new(hub->arena, struct enquiry_step), 1};

	history.rows[0] = (struct enquiry_step){
		.at = made->episode.received_at,
		.recorded_at = hub->recorded_at,
		.actor = hub->actor.name,
		.transition = transition_text(TRANSITION_RECEIVED),
		.from_state = TEXT("none"),
		.to_state = made->episode.state,
	};
	return history;
}

static void hide(const struct hub *hub, struct enquiry_view *view)
{
	enum role role = hub->actor.role;

	record_hide(&enquiry_head_record, &view->head, role, hub_relation(hub));
	record_hide_all(&enquiry_child_record, view->children.rows, view->children.count, role, hub_relation(hub));
	record_hide_all(&enquiry_step_record, view->history.rows, view->history.count, role, hub_relation(hub));
}

bool enquiry_view_made(struct hub *hub, const struct received *received, struct enquiry_view *ret, struct error *err)
{
	const struct enquiry_made *made = received->made;

	if (!made || !access_reads(hub->actor.role, RELATION_ORDINARY))
		return enquiry_view_new(hub, received->reference, ret, err);
	if (!hub_may(hub, ACTION_VIEW_ENQUIRY, err)) return false;
	*ret = (struct enquiry_view){
		.head = head_of(made, hub->recorded_at),
		.children = children_of(hub, made),
		.history = history_of(hub, made),
		.records = {.news = {.since = INSTANT_NONE}},
		.care = {.today = london_day(hub->now)},
		.episode = made->episode,
		.sees_access_log = hub_can(hub, ACTION_VIEW_ACCESS_LOG),
		.sees_case = access_sees(hub->actor.role, SEE_CASE, hub_relation(hub)),
		.act_by = INSTANT_NONE,
		.now = hub->now,
	};
	hide(hub, ret);
	enquiry_actions_new(hub, &ret->episode, &ret->next_steps);
	return hub_viewed(hub, ACTION_VIEW_ENQUIRY, ret->head.id, TEXT_NONE, err);
}
