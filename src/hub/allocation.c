#include "hub/allocation.h"

#include <stdlib.h>

#include "base/london.h"
#include "hub/holding.h"
#include "hub/lock.h"
#include "hub/proposal.h"
#include "rules/allocation.h"

static const struct input_member allocate_members[] = {
	{FIELD_worker, COLUMN_ID, offsetof(struct enquiry_allocate, worker), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_allocate, reason), false},
};

const struct input_type enquiry_allocate_input = {
	.name = "enquiry_allocate",
	.size = sizeof(struct enquiry_allocate),
	INPUT_MEMBERS(allocate_members),
};

static bool holds_family(const struct allocation_family_rows *family, struct account_id worker, bool linked)
{
	for (size_t i = 0; i < family->count; i++)
		if (family->rows[i].worker.n == worker.n && family->rows[i].linked == linked) return true;
	return false;
}

static struct allocation_worker worker_of(
	const struct allocation_team_row *row, const struct allocation_family_rows *family, struct account_id holder)
{
	return (struct allocation_worker){
		.id = row->account.n,
		.name = row->name,
		.staff_number = row->staff_number,
		.caseload = {(int)row->open, (int)row->cap, (int)row->hours_percent, row->away},
		.due_today = (int)row->due_today,
		.last_given_at = row->last_given_at,
		.same_family = holds_family(family, row->account, false),
		.same_incident = holds_family(family, row->account, true),
		.excluded = row->account.n == holder.n,
	};
}

static int by_preference(const void *a, const void *b)
{
	return allocation_compare_workers(a, b);
}

struct team {
	struct allocation_worker *workers; /* the preferred first */
	size_t count;
};

static bool load_team(struct hub *hub, const struct episode *episode, struct team *ret, struct error *err)
{
	struct allocation_team_in in = {
		.at = hub->now, .day_end = london_midnight(london_day(hub->now) + 1), .workstream = episode->workstream};
	struct allocation_family_in of = {.viewer = hub->actor.account, .enquiry = episode->enquiry};
	struct allocation_team_rows team;
	struct allocation_family_rows family;

	if (!allocation_team(hub->tx, &in, &team, err)) return false;
	if (!allocation_family(hub->tx, &of, &family, err)) return false;
	*ret = (struct team){arena_new_array(hub->arena, team.count, struct allocation_worker), team.count};
	for (size_t i = 0; i < team.count; i++) ret->workers[i] = worker_of(&team.rows[i], &family, episode->worker);
	qsort(ret->workers, ret->count, sizeof *ret->workers, by_preference);
	return true;
}

static struct candidate candidate_of(struct arena *arena, const struct allocation_worker *worker)
{
	return (struct candidate){
		.worker = {worker->id},
		.name = worker->name,
		.staff_number = worker->staff_number,
		.open = worker->caseload.open,
		.limit = caseload_limit(&worker->caseload),
		.room = caseload_room(&worker->caseload),
		.due_today = worker->due_today,
		.away = worker->caseload.away,
		.same_family = worker->same_family,
		.same_incident = worker->same_incident,
		.caseload = caseload_words(arena, &worker->caseload),
	};
}

static void recommend(struct hub *hub, const struct team *team, struct candidates *candidates)
{
	struct allocation best;

	candidates->why = TEXT_NONE;
	if (!allocation_recommend(hub->arena, team->workers, team->count, &best)) return;
	candidates->recommended = (struct account_id){team->workers[best.worker].id};
	candidates->recommended_name = team->workers[best.worker].name;
	candidates->why = best.why;
}

bool enquiry_candidates(struct hub *hub, const struct episode *episode, struct candidates *ret, struct error *err)
{
	struct candidates candidates = {0};
	struct team team;

	if (!load_team(hub, episode, &team, err)) return false;
	recommend(hub, &team, &candidates);
	candidates.rows = arena_new_array(hub->arena, team.count, struct candidate);
	for (size_t i = 0; i < team.count; i++) {
		if (team.workers[i].excluded) continue;
		candidates.rows[candidates.count++] = candidate_of(hub->arena, &team.workers[i]);
	}
	*ret = candidates;
	return true;
}

/* Somebody of this team with room who is here: or why not. */
static bool worker_takes(struct hub *hub, const struct episode *episode, struct account_id worker,
	struct allocation_worker_row *ret, struct error *err)
{
	struct allocation_worker_in in = {.at = hub->now, .worker = worker, .workstream = episode->workstream};
	struct caseload caseload;
	bool found;

	if (!allocation_worker(hub->tx, &in, ret, &found, err)) return false;
	if (!found) return error_field(err, "worker", "Choose a worker who may hold enquiries");
	if (!ret->of_team)
		return error_refused(err, "%.*s is not of the team of this enquiry's workstream", TEXT_ARG(ret->name));
	caseload = (struct caseload){(int)ret->open, (int)ret->cap, (int)ret->hours_percent, ret->away};
	return caseload_takes(&caseload, ret->name, err);
}

/* A manager may choose somebody other than the rules do, and says why. */
static bool reason_enough(
	const struct hub *hub, const struct enquiry_allocate *in, const struct candidates *candidates, struct error *err)
{
	if (hub->from_file || hub->actor.is_operator || !text_blank(in->reason)) return true;
	if (!candidates->recommended.n || candidates->recommended.n == in->worker.n) return true;
	return error_field(err, "reason", "Say why it goes to somebody other than %.*s, whom the rules recommend",
		TEXT_ARG(text_slice(candidates->recommended_name, 0, 80)));
}

static bool write_allocation(struct hub *hub, const struct episode *episode, const struct enquiry_allocate *in,
	struct account_id recommended, struct error *err)
{
	struct allocation_end_in end = {.episode = episode->id, .ended_at = hub->now};
	struct allocation_given_in given = {.account = in->worker, .last_given_at = hub->now};
	struct allocation_insert_in insert = {
		.episode = episode->id,
		.worker = in->worker,
		.recommended = recommended,
		.reason = text_blank(in->reason) ? TEXT_NONE : in->reason,
		.allocated_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!allocation_end(hub->tx, &end, NULL, err)) return false;
	if (!allocation_insert(hub->tx, &insert, NULL, err)) return false;
	return allocation_given(hub->tx, &given, NULL, err);
}

/* Takes the step and writes it down; `recommended` is whom the rules would have chosen, 0 where nobody asked them. */
static bool place(struct hub *hub, struct episode *episode, const struct step *step, const struct enquiry_allocate *in,
	struct account_id recommended, struct error *err)
{
	struct allocation_worker_row worker;

	if (!worker_takes(hub, episode, in->worker, &worker, err)) return false;
	if (!episode_step(hub, episode, step, err)) return false;
	episode->worker = in->worker;
	episode->allocated_at = hub->now;
	episode->held_by = (struct account_id){0};
	episode->held_at = INSTANT_NONE;
	if (!episode_save(hub, episode, err)) return false;
	return write_allocation(hub, episode, in, recommended, err);
}

bool allocation_give(struct hub *hub, struct episode *episode, const struct step *step,
	const struct enquiry_allocate *in, struct error *err)
{
	return place(hub, episode, step, in, (struct account_id){0}, err);
}

static bool give(struct hub *hub, struct episode *episode, const struct step *step, const struct enquiry_allocate *in,
	struct error *err)
{
	struct allocation_worker_row worker;
	struct candidates candidates;

	if (!hub_lock_two_workers(hub, episode->worker, in->worker, err)) return false;
	if (!worker_takes(hub, episode, in->worker, &worker, err)) return false;
	if (!enquiry_candidates(hub, episode, &candidates, err)) return false;
	if (!reason_enough(hub, in, &candidates, err)) return false;
	if (!place(hub, episode, step, in, candidates.recommended, err)) return false;
	return holding_settle(hub, episode->workstream, err);
}

bool allocation_not_screened_out(const struct episode *episode, enum transition transition, struct error *err)
{
	if (!episode_takes(episode, transition, err)) return false;
	if (proposal_kind_of(episode->pending) != PROPOSAL_SCREEN_OUT) return true;
	error_refused(err, "a screen-out of this enquiry waits for a second person");
	return error_hint(err, "Agree to it or refuse it first.");
}

bool enquiry_allocate(struct hub *hub, const struct enquiry_allocate *in, struct error *err)
{
	struct step step = {.action = ACTION_ALLOCATE, .transition = TRANSITION_ALLOCATED, .about = in->worker};
	struct episode episode;

	if (!hub_may(hub, ACTION_ALLOCATE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!allocation_not_screened_out(&episode, TRANSITION_ALLOCATED, err)) return false;
	return give(hub, &episode, &step, in, err);
}

static bool may_move(
	const struct hub *hub, const struct episode *episode, const struct enquiry_allocate *in, struct error *err)
{
	if (episode->worker.n == in->worker.n) return error_refused(err, "it is allocated to this worker already");
	if (hub->from_file || hub->actor.is_operator || !text_blank(in->reason)) return true;
	return error_field(err, "reason", "Say why it goes to another worker");
}

bool enquiry_reallocate(struct hub *hub, const struct enquiry_allocate *in, struct error *err)
{
	struct step step = {.action = ACTION_REALLOCATE, .transition = TRANSITION_REALLOCATED, .about = in->worker};
	struct episode episode;

	if (!hub_may(hub, ACTION_REALLOCATE, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_REALLOCATED, err)) return false;
	if (!may_move(hub, &episode, in, err)) return false;
	if (!proposal_overtake(hub, &episode, err)) return false;
	episode.recommended_by = (struct account_id){0};
	episode.recommended_at = INSTANT_NONE;
	return give(hub, &episode, &step, in, err);
}
