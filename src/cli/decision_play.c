#include "cli/decision_play.h"

#include "hub/allocation.h"
#include "hub/decision.h"
#include "hub/recommendation.h"
#include "hub/restriction.h"
#include "hub/screening.h"
#include "hub/strategy.h"
#include "sql/import.h"

void decision_play_init(struct decision_play *play, struct decision_file *file, struct arena *arena)
{
	*play = (struct decision_play){.file = file, .people.arena = arena, .recorded_at = INSTANT_NONE};
	play->played = arena_new_array(arena, file->count, struct played);
}

/* Looking up */

static void reject(struct decision_play *play, size_t decision, size_t row, const char *column, const char *reason)
{
	decision_reject(play->file, &play->file->decisions[decision], row, column, reason);
	play->played[decision].failed = true;
}

static void check_rows(struct decision_play *play, size_t at, const struct import_enquiry_row *enquiry)
{
	const struct decision *decision = &play->file->decisions[at];

	for (size_t i = 0; i < decision->count; i++)
		if (decision->rows[i].child > enquiry->child_count)
			reject(play, at, i, "child", "the enquiry has no such child");
	if (decision->at[STEP_SCREENED] < enquiry->received_at)
		reject(play, at, 0, "screened_at", "it is before the enquiry was received");
	for (int step = 0; step < STEP_COUNT; step++)
		if (play->recorded_at != INSTANT_NONE && decision->at[step] > play->recorded_at)
			reject(play, at, 0, decision_step_column((enum decision_step)step), "it is in the future");
}

static bool step_matches(const struct import_steps_row *row, enum decision_step step)
{
	switch (transition_of(row->transition)) {
	case TRANSITION_SCREENED: return step == STEP_SCREENED;
	case TRANSITION_ALLOCATED: return step == STEP_ALLOCATED;
	case TRANSITION_RECOMMENDED:
	case TRANSITION_SCREEN_OUT_PROPOSED: return step == STEP_RECOMMENDED;
	case TRANSITION_DECIDED:
	case TRANSITION_SCREENED_OUT: return step == STEP_AUTHORISED;
	default: return false;
	}
}

static void mark_done(struct played *played, const struct decision *decision, const struct import_steps_rows *steps,
	const struct import_strategy_requests_rows *requests)
{
	for (int step = 0; step < STEP_COUNT; step++)
		for (size_t i = 0; i < steps->count; i++)
			if (step_matches(&steps->rows[i], (enum decision_step)step) && steps->rows[i].at == decision->at[step])
				played->done |= 1u << step;
	for (size_t i = 0; i < requests->count; i++)
		if (requests->rows[i].at == decision->at[STEP_STRATEGY_REQUESTED])
			played->done |= 1u << STEP_STRATEGY_REQUESTED;
}

/* Where it was decided before, the outcomes have to be the file's. */
static bool compare_outcomes(
	struct decision_play *play, struct hub *hub, size_t at, struct enquiry_id enquiry, struct error *err)
{
	const struct decision *decision = &play->file->decisions[at];
	struct import_outcomes_rows outcomes;

	if (!(play->played[at].done & (1u << STEP_AUTHORISED))) return true;
	if (!import_outcomes(hub->tx, &(struct import_outcomes_in){play->viewer, enquiry}, &outcomes, err)) return false;
	for (size_t i = 0; i < decision->count; i++)
		for (size_t j = 0; j < outcomes.count; j++)
			if (outcomes.rows[j].position == decision->rows[i].child &&
				!text_equal(outcomes.rows[j].outcome, decision->rows[i].outcome))
				reject(play, at, i, "outcome", "the child has another outcome already");
	return true;
}

static bool find_done(
	struct decision_play *play, struct hub *hub, size_t at, struct enquiry_id enquiry, struct error *err)
{
	struct import_strategy_requests_rows requests;
	struct import_steps_rows steps;

	if (!import_steps(hub->tx, &(struct import_steps_in){play->viewer, enquiry}, &steps, err)) return false;
	if (!import_strategy_requests(
			hub->tx, &(struct import_strategy_requests_in){play->viewer, enquiry}, &requests, err))
		return false;
	mark_done(&play->played[at], &play->file->decisions[at], &steps, &requests);
	return compare_outcomes(play, hub, at, enquiry, err);
}

struct named {
	const char *column;
	struct text name;
	enum role role;
	struct account_id *into;
};

static bool find_person(struct decision_play *play, struct hub *hub, size_t at, const struct named *named,
	struct text team, struct error *err)
{
	struct person_wanted wanted = {.name = named->name, .role = named->role, .team = team};

	if (text_none(named->name)) return true;
	if (!people_find(&play->people, hub, &wanted, named->into, err)) {
		if (err->kind == ERROR_FAILED || err->kind == ERROR_BUSY) return false;
		reject(play, at, 0, named->column, err->field_count ? err->fields[0].message : err->message);
		error_clear(err);
	} else if (!named->into->n) {
		reject(play, at, 0, named->column, "there is no account of this name; --create-people makes one");
	}
	return true;
}

/* Who does each step. The strategy discussion is the holder's to ask for, or, before there is one, the screener's. */
static bool find_people(struct decision_play *play, struct hub *hub, size_t at, struct text team, struct error *err)
{
	const struct decision *decision = &play->file->decisions[at];
	const struct decision_row *row = decision->rows;
	struct played *played = &play->played[at];
	const struct named names[] = {
		{"screened_by", row->screened_by, ROLE_SOCIAL_WORKER, &played->by[STEP_SCREENED]},
		{"allocated_to", row->allocated_to, ROLE_SOCIAL_WORKER, &played->holder},
		{"recommended_by", row->recommended_by, ROLE_SOCIAL_WORKER, &played->by[STEP_RECOMMENDED]},
		{"authorised_by", row->authorised_by, ROLE_PRACTICE_MANAGER, &played->by[STEP_AUTHORISED]},
	};
	bool held;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!find_person(play, hub, at, &names[i], team, err)) return false;
	held = played->holder.n && decision->at[STEP_ALLOCATED] <= decision->at[STEP_STRATEGY_REQUESTED];
	played->by[STEP_STRATEGY_REQUESTED] = held ? played->holder : played->by[STEP_SCREENED];
	played->by[STEP_ALLOCATED] = played->by[STEP_AUTHORISED];
	return true;
}

bool decision_play_prepare(struct decision_play *play, struct hub *hub, size_t at, struct error *err)
{
	const struct decision *decision = &play->file->decisions[at];
	struct import_enquiry_in in = {play->viewer, decision->group->rows->key};
	struct import_enquiry_row enquiry;
	bool found;

	if (!import_enquiry(hub->tx, &in, &enquiry, &found, err)) return false;
	if (!found) {
		for (size_t i = 0; i < decision->count; i++) reject(play, at, i, "external_ref", "there is no such enquiry");
		return true;
	}
	play->played[at].enquiry = enquiry.enquiry;
	play->played[at].reference = arena_text(play->people.arena, enquiry.reference);
	check_rows(play, at, &enquiry);
	return find_done(play, hub, at, enquiry.enquiry, err) && find_people(play, hub, at, enquiry.team, err);
}

/* Playing */

static struct input_list children_of(struct hub *hub, const struct decision *decision)
{
	struct child_outcome *children = arena_new_array(hub->arena, decision->count, struct child_outcome);

	for (size_t i = 0; i < decision->count; i++) {
		const struct decision_row *row = &decision->rows[i];

		children[i] = (struct child_outcome){
			.child = row->child,
			.outcome = row->outcome,
			.threshold_level = row->threshold_level,
			.reason = row->reason,
			.service = row->service,
			.agreement_by = row->agreement_by,
			.agreement_at = text_none(row->agreement_by) ? INSTANT_NONE : row->recommended_at,
		};
	}
	return (struct input_list){children, decision->count};
}

static bool play_screened(struct hub *hub, struct on_enquiry on, const struct decision *decision, struct error *err)
{
	static const struct {
		const char *rag;
		const char *reason;
	} reasons[] = {
		{"red", "A child may be in danger now."},
		{"amber", "Harm is likely without a decision by tomorrow."},
		{"green", "Need is described; nothing points to danger now."},
	};
	struct enquiry_screen in = {.on = on, .rag = decision->rows->rag};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (text_is(in.rag, reasons[i].rag)) in.rag_reason = text_of(reasons[i].reason);
	return enquiry_screen(hub, &in, err);
}

static bool play_strategy(struct hub *hub, struct on_enquiry on, const struct decision *decision, struct error *err)
{
	struct strategy_request in = {.on = on, .reason = decision->rows->reason};

	return strategy_request(hub, &in, err);
}

static bool play_allocated(struct hub *hub, struct on_enquiry on, struct account_id worker, struct error *err)
{
	struct enquiry_allocate in = {.on = on, .worker = worker, .reason = TEXT("Chosen by the manager on the day.")};

	return enquiry_allocate(hub, &in, err);
}

static bool play_recommended(struct hub *hub, struct on_enquiry on, const struct decision *decision, struct error *err)
{
	if (decision->at_screening) {
		struct enquiry_screen_out in = {
			.on = on,
			.screen_out_reason = decision->rows->necessary_reason,
			.reason = decision->rows->reason,
			.children = children_of(hub, decision),
		};

		return enquiry_screen_out(hub, &in, err);
	} else {
		struct enquiry_recommend in = {
			.on = on, .analysis = decision->rows->reason, .children = children_of(hub, decision)};

		return enquiry_recommend(hub, &in, err);
	}
}

static bool play_authorised(struct hub *hub, struct on_enquiry on, const struct decision *decision, struct error *err)
{
	if (decision->at_screening) {
		struct proposal_reply in = {.on = on, .answer = TEXT("agreed")};

		return enquiry_answer_screen_out(hub, &in, err);
	} else {
		struct enquiry_authorise in = {
			.on = on,
			.necessary = decision->rows->necessary,
			.necessary_reason = decision->rows->necessary_reason,
		};

		return enquiry_authorise(hub, &in, err);
	}
}

static bool play_step(
	struct decision_play *play, struct hub *hub, const struct decision_event *event, struct error *err)
{
	const struct decision *decision = &play->file->decisions[event->decision];
	const struct played *played = &play->played[event->decision];
	struct on_enquiry on = {.reference = played->reference, .version = VERSION_ANY};

	if (!hub_act_as(hub, played->by[event->step], err)) return false;
	if (!restriction_admit(hub, played->enquiry, hub->actor.account, err)) return false;
	switch (event->step) {
	case STEP_SCREENED: return play_screened(hub, on, decision, err);
	case STEP_STRATEGY_REQUESTED: return play_strategy(hub, on, decision, err);
	case STEP_ALLOCATED: return play_allocated(hub, on, played->holder, err);
	case STEP_RECOMMENDED: return play_recommended(hub, on, decision, err);
	case STEP_AUTHORISED: return play_authorised(hub, on, decision, err);
	default: return true;
	}
}

/* "children/1/outcome" is row 1's outcome; a field that is no column is told at the step's own. */
static void reject_field(
	struct decision_play *play, const struct decision_event *event, const struct error_field *field)
{
	static const char *const columns[] = {"outcome", "threshold_level", "reason", "service", "agreement_by", "child",
		"rag", "necessary", "necessary_reason"};
	const char *column = decision_step_column(event->step), *slash = strrchr(field->field, '/');
	const char *name = slash ? slash + 1 : field->field;
	struct text rest = text_of(field->field), part;
	int64_t row = 0;

	if (slash && text_split(&rest, '/', &part) && text_split(&rest, '/', &part) && !text_int(part, &row)) row = 0;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (strcmp(name, columns[i]) == 0) column = columns[i];
	if ((size_t)row >= play->file->decisions[event->decision].count) row = 0;
	reject(play, event->decision, (size_t)row, column, field->message);
}

/* A full caseload behind another refusal says only that what should have left it did not. */
static void reject_step(struct decision_play *play, const struct decision_event *event, const struct error *err)
{
	play->played[event->decision].failed = true;
	if (event->step == STEP_ALLOCATED && err->kind == ERROR_REFUSED && play->refused) return;
	play->refused = true;
	for (size_t i = 0; i < err->field_count; i++) reject_field(play, event, &err->fields[i]);
	if (!err->field_count) reject(play, event->decision, 0, decision_step_column(event->step), err->message);
}

bool decision_play_event(
	struct decision_play *play, struct hub *hub, const struct decision_event *event, struct error *err)
{
	struct played *played = &play->played[event->decision];

	if (played->failed || (played->done & (1u << event->step))) return true;
	hub->now = event->at;
	hub->recorded_at = play->recorded_at == INSTANT_NONE ? event->at : play->recorded_at;
	hub->from_file = true;
	if (play_step(play, hub, event, err)) {
		if (event->step == STEP_AUTHORISED) played->decided = true;
		return true;
	}
	if (err->kind == ERROR_FAILED || err->kind == ERROR_BUSY) return false;
	reject_step(play, event, err);
	error_clear(err);
	return true;
}
