#include "hub/generate_part.h"
#include "rules/clock.h"
#include "sql/allocation.h"
#include "sql/enquiry.h"
#include "sql/episode.h"
#include "sql/generate.h"
#include "sql/hub.h"

#define ASSESSMENT_TEAM TEXT("Assessment team")

bool generate_log_write(struct generation *g, struct hub *hub, const struct generate_entry *entry,
	struct access_log_id *ret, struct error *err)
{
	struct generate_log_in in = {
		.id = {++g->ids.log},
		.record = entry->life->enquiry,
		.n = ++entry->life->entries,
		.account = entry->account,
		.action = action_text(entry->action),
		.detail = entry->detail,
		.at = hub->now,
		.recorded_at = hub->now,
	};

	if (ret) *ret = in.id;
	return generate_log(hub->tx, &in, NULL, err);
}

bool generate_history(struct generation *g, struct hub *hub, const struct generate_move *move, struct error *err)
{
	struct history_insert_in in = {
		.enquiry = {move->entry.life->enquiry},
		.episode = {move->entry.life->enquiry},
		.transition = transition_text(move->transition),
		.from_state = text_of(move->from),
		.to_state = text_of(move->to),
		.actor = move->entry.account,
		.about = move->about,
		.detail = move->entry.detail,
		.at = hub->now,
		.recorded_at = hub->now,
	};

	if (!generate_log_write(g, hub, &move->entry, &in.entry, err)) return false;
	return history_insert(hub->tx, &in, NULL, err);
}

bool generate_balance(struct hub *hub, const struct life *life, const char *kind, struct error *err)
{
	struct balance_event_insert_in in = {
		.kind = text_of(kind),
		.unit = TEXT("child"),
		.workstream = {1},
		.enquiry = {life->enquiry},
		.episode = {life->enquiry},
		.screened_out = life->course.screened_out && text_is(text_of(kind), "completed"),
		.at = hub->now,
		.counts_at = hub->now,
		.recorded_at = hub->now,
	};

	for (size_t i = 0; i < life->children; i++) {
		in.child.n = life->first_child + (int64_t)i;
		if (!balance_event_insert(hub->tx, &in, NULL, err)) return false;
	}
	in.unit = TEXT("enquiry");
	in.child.n = 0;
	return balance_event_insert(hub->tx, &in, NULL, err);
}

static bool look(struct generation *g, struct hub *hub, struct life *life, struct account_id who, struct error *err)
{
	struct generate_entry entry = {.life = life, .action = ACTION_VIEW_ENQUIRY, .account = who};

	return generate_log_write(g, hub, &entry, NULL, err);
}

/* Where one stands that is open at the hub's present; one that is over was written as it ended. */
static bool stand_at(struct hub *hub, const struct life *life, enum course_stage stage, struct error *err)
{
	static const char *const states[] = {"received", "screened", "allocated", "held", "recommended"};
	const struct course *c = &life->course;
	bool held = stage == COURSE_HELD, given = stage >= COURSE_ALLOCATED && !held, said = stage >= COURSE_RECOMMENDED;
	struct generate_episode_now_in in = {
		.id = {life->enquiry},
		.state = text_of(states[stage]),
		.pending = said ? TEXT("outcome") : TEXT_NONE,
		.rag = rag_text(c->rag),
		.rag_order = c->rag,
		.first_rag = rag_text(c->rag),
		.screened_at = c->screened,
		.screened_by = life->screener,
		.due_at = c->due,
		.worker = given ? life->worker_account : (struct account_id){0},
		.allocated_at = given ? c->allocated : INSTANT_NONE,
		.held_by = held ? life->manager : (struct account_id){0},
		.held_at = held ? hub->now : INSTANT_NONE,
		.recommended_by = said ? life->worker_account : (struct account_id){0},
		.recommended_at = said ? c->recommended : INSTANT_NONE,
	};

	if (c->stage >= COURSE_DECIDED) return true;
	return generate_episode_now(hub->tx, &in, NULL, err);
}

static bool screen(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	static const char *const reasons[RAG_COUNT] = {"A child may be in danger now.",
		"Harm is described; somebody has to be seen soon.", "Need is described; nothing points to danger now."};
	struct text rag = rag_text(life->course.rag);
	struct generate_move move = {
		.entry = {.life = life, .action = ACTION_SCREEN, .account = life->screener, .detail = rag},
		.transition = TRANSITION_SCREENED,
		.from = "received",
		.to = "screened"};
	struct rag_history_insert_in rating = {
		.episode = {life->enquiry},
		.rag = rag,
		.kind = TEXT("first"),
		.reason = text_of(reasons[life->course.rag]),
		.information_at = INSTANT_NONE,
		.due_at = life->course.due,
		.rated_by = life->screener,
		.at = hub->now,
		.recorded_at = hub->now,
	};

	if (!look(g, hub, life, life->screener, err) || !generate_history(g, hub, &move, err)) return false;
	return rag_history_insert(hub->tx, &rating, NULL, err) && stand_at(hub, life, COURSE_SCREENED, err);
}

static bool allocate(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	struct generate_move move = {.entry = {.life = life, .action = ACTION_ALLOCATE, .account = life->manager},
		.transition = TRANSITION_ALLOCATED,
		.from = "screened",
		.to = "allocated",
		.about = life->worker_account};
	struct generate_allocation_in in = {
		.episode = {life->enquiry},
		.worker = life->worker_account,
		.recommended = life->worker_account,
		.allocated_by = life->manager,
		.at = hub->now,
		.recorded_at = hub->now,
		.ended_at = life->course.stage >= COURSE_DECIDED ? life->course.ended : INSTANT_NONE,
	};

	if (life->worker < g->staff.worker_count) g->given[life->worker] = hub->now;
	if (!generate_history(g, hub, &move, err) || !generate_allocation(hub->tx, &in, NULL, err)) return false;
	return stand_at(hub, life, COURSE_ALLOCATED, err);
}

static bool hold(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	struct generate_move move = {.entry = {.life = life, .action = ACTION_HOLD, .account = life->manager},
		.transition = TRANSITION_HELD,
		.from = "screened",
		.to = "held",
		.about = life->manager};
	struct generate_holding_in in = {.episode = {life->enquiry},
		.about = life->manager,
		.done_by = life->manager,
		.at = hub->now,
		.recorded_at = hub->now};

	if (!generate_history(g, hub, &move, err) || !generate_holding(hub->tx, &in, NULL, err)) return false;
	return stand_at(hub, life, COURSE_HELD, err);
}

static struct text words_for(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_SECTION_47: return TEXT("Injury or threat not explained; strategy discussion needed today.");
	case OUTCOME_ASSESSMENT: return TEXT("Needs that a single service can't meet; the family has to be seen at home.");
	case OUTCOME_UNIVERSAL_SERVICES: return TEXT("Needs can be met by early help, which the parent has agreed to.");
	default: return TEXT("Below threshold; the referrer will go on supporting and come back if things change.");
	}
}

static int64_t level_of(enum outcome outcome)
{
	return outcome == OUTCOME_SECTION_47           ? 4
		   : outcome == OUTCOME_ASSESSMENT         ? 3
		   : outcome == OUTCOME_UNIVERSAL_SERVICES ? 2
												   : 1;
}

/* The hub began with the policy's services, in their order. */
static size_t service_of(const struct generation *g, const struct life *life, size_t child)
{
	return ((size_t)life->enquiry + child) % g->policy->services.count;
}

static bool outcome_row(struct generation *g, struct hub *hub, const struct life *life, size_t child, struct error *err)
{
	const struct course *c = &life->course;
	enum outcome outcome = c->outcomes[child];
	bool over = c->stage >= COURSE_DECIDED, service = outcome == OUTCOME_UNIVERSAL_SERVICES;
	struct generate_outcome_in in = {
		.episode = {life->enquiry},
		.child = {life->first_child + (int64_t)child},
		.proposal = {life->proposal},
		.outcome = outcome_text(outcome),
		.threshold_level = level_of(outcome),
		.reason = words_for(outcome),
		.service = {service ? (int64_t)service_of(g, life, child) + 1 : 0},
		.agreement_by = service ? text_of(life->parent) : TEXT_NONE,
		.agreement_at = service ? hub->now : INSTANT_NONE,
		.authorised_by = over ? life->manager : (struct account_id){0},
		.authorised_at = over ? c->ended : INSTANT_NONE,
		.recorded_at = hub->now,
	};

	return generate_outcome(hub->tx, &in, NULL, err);
}

static bool strategy_row(struct generation *g, struct hub *hub, const struct life *life, struct error *err)
{
	const struct course *c = &life->course;
	bool held = c->stage == COURSE_CLOSED;
	instant conference_due = clock_other_due(g->policy, CLOCK_CONFERENCE, c->ended);
	instant conference = c->closed + 12 * DAY_MS < g->in.until ? c->closed + 12 * DAY_MS : g->in.until - HOUR_MS;
	struct generate_strategy_in in = {
		.episode = {life->enquiry},
		.requested_at = hub->now,
		.requested_by = life->worker_account,
		.reason = words_for(OUTCOME_SECTION_47),
		.held_at = held ? c->ended : INSTANT_NONE,
		.agencies = held ? TEXT("social_care;police;health") : TEXT_NONE,
		.took_part = held ? TEXT("Social care, the police and the named nurse.") : TEXT_NONE,
		.decision = held ? TEXT("joint_section_47") : TEXT_NONE,
		.recorded_at = hub->now,
		.due_at = clock_other_due(g->policy, CLOCK_STRATEGY_HELD, hub->now),
		.conference_due_at = held ? conference_due : INSTANT_NONE,
		.conference_held_at = held ? conference : INSTANT_NONE,
	};

	return generate_strategy(hub->tx, &in, NULL, err);
}

static bool proposal_row(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	const struct course *c = &life->course;
	bool over = c->stage >= COURSE_DECIDED;
	struct generate_proposal_in in = {
		.id = {life->proposal = ++g->ids.proposal},
		.episode = {life->enquiry},
		.kind = c->screened_out ? TEXT("screen_out") : TEXT("outcome"),
		.proposed_by = c->screened_out ? life->screener : life->worker_account,
		.proposed_at = hub->now,
		.recorded_at = hub->now,
		.analysis = c->screened_out ? TEXT_NONE : words_for(c->outcomes[0]),
		.reason = c->screened_out ? TEXT("below_threshold") : TEXT_NONE,
		.answered_by = over ? life->manager : (struct account_id){0},
		.answered_at = over ? c->ended : INSTANT_NONE,
		.answer = over ? TEXT("agreed") : TEXT_NONE,
		.policy = hub->policy_version,
	};

	return generate_proposal(hub->tx, &in, NULL, err);
}

static bool propose_screen_out(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	struct generate_move move = {.entry = {.life = life,
									 .action = ACTION_PROPOSE_SCREEN_OUT,
									 .account = life->screener,
									 .detail = TEXT("below_threshold")},
		.transition = TRANSITION_SCREEN_OUT_PROPOSED,
		.from = "screened",
		.to = "screened"};

	return generate_history(g, hub, &move, err) && proposal_row(g, hub, life, err);
}

static bool recommend(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	struct generate_move move = {.entry = {.life = life, .action = ACTION_RECOMMEND, .account = life->worker_account},
		.transition = TRANSITION_RECOMMENDED,
		.from = "allocated",
		.to = "recommended"};
	bool section_47 = false;

	if (life->course.screened_out) return propose_screen_out(g, hub, life, err);
	if (!look(g, hub, life, life->worker_account, err)) return false;
	if (!generate_history(g, hub, &move, err) || !proposal_row(g, hub, life, err)) return false;
	for (size_t i = 0; i < life->children; i++) {
		if (life->course.outcomes[i] == OUTCOME_SECTION_47) section_47 = true;
		if (!outcome_row(g, hub, life, i, err)) return false;
	}
	if (section_47 && !strategy_row(g, hub, life, err)) return false;
	return stand_at(hub, life, COURSE_RECOMMENDED, err);
}

static bool hand_over_row(
	struct generation *g, struct hub *hub, const struct life *life, size_t child, struct error *err)
{
	const struct course *c = &life->course;
	bool service = c->outcomes[child] == OUTCOME_UNIVERSAL_SERVICES, done = c->stage == COURSE_CLOSED;
	struct generate_hand_over_in in = {
		.episode = {life->enquiry},
		.child = {life->first_child + (int64_t)child},
		.kind = service ? TEXT("service") : TEXT("assessment_team"),
		.to_whom = service ? g->policy->services.rows[service_of(g, life, child)] : ASSESSMENT_TEAM,
		.made_by = life->manager,
		.made_at = hub->now,
		.due_at = service ? INSTANT_NONE : clock_other_due(g->policy, CLOCK_ASSESSMENT, c->received),
		.answered_by = done ? TEXT("Marta Lind") : TEXT_NONE,
		.answered_at = done ? c->closed : INSTANT_NONE,
		.answer = done ? TEXT("accepted") : TEXT_NONE,
		.recorded_at = hub->now,
	};

	if (c->outcomes[child] == OUTCOME_NO_FURTHER_ACTION) return true;
	return generate_hand_over(hub->tx, &in, NULL, err);
}

static bool close_it(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	struct generate_move move = {.entry = {.life = life, .action = ACTION_CLOSE, .account = life->manager},
		.transition = TRANSITION_CLOSED,
		.from = life->course.screened_out ? "screened_out" : "decided",
		.to = "closed"};

	return generate_history(g, hub, &move, err);
}

static bool end(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	bool out = life->course.screened_out;
	struct generate_move move = {.entry = {.life = life,
									 .action = out ? ACTION_AUTHORISE_SCREEN_OUT : ACTION_AUTHORISE,
									 .account = life->manager,
									 .detail = out ? TEXT("below_threshold") : TEXT_NONE},
		.transition = out ? TRANSITION_SCREENED_OUT : TRANSITION_DECIDED,
		.from = out ? "screened" : "recommended",
		.to = out ? "screened_out" : "decided",
		.about = out ? (struct account_id){0} : life->worker_account};

	if (life->worker < g->staff.worker_count && !out) g->holds[life->worker]--;
	if (!look(g, hub, life, life->manager, err) || !generate_history(g, hub, &move, err)) return false;
	if (!generate_balance(hub, life, "completed", err)) return false;
	for (size_t i = 0; i < life->children && !out; i++)
		if (!hand_over_row(g, hub, life, i, err)) return false;
	return life->course.hands_over || close_it(g, hub, life, err);
}

static bool accept(struct generation *g, struct hub *hub, struct life *life, struct error *err)
{
	struct generate_move move = {.entry = {.life = life,
									 .action = ACTION_ANSWER_HAND_OVER,
									 .account = life->manager,
									 .detail = TEXT("accepted")},
		.transition = TRANSITION_HANDED_OVER,
		.from = "decided",
		.to = "decided"};

	return generate_history(g, hub, &move, err) && close_it(g, hub, life, err);
}

bool generate_step(struct generation *g, struct hub *hub, struct life *life, enum course_stage stage, struct error *err)
{
	switch (stage) {
	case COURSE_RECEIVED: return true;
	case COURSE_SCREENED: return screen(g, hub, life, err);
	case COURSE_ALLOCATED: return allocate(g, hub, life, err);
	case COURSE_HELD: return hold(g, hub, life, err);
	case COURSE_RECOMMENDED: return recommend(g, hub, life, err);
	case COURSE_DECIDED: return end(g, hub, life, err);
	case COURSE_CLOSED: return accept(g, hub, life, err);
	}
	return true;
}
