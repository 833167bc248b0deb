/* What the clock alone passes to and from EDT: at close and at opening, and what was overtaken meanwhile. */
#include "base/london.h"
#include "hub/duty_hand_over.h"
#include "hub/lock.h"
#include "rules/clock.h"

/* In one transaction; the rest a second later. */
#define AT_ONCE 200

/* The latest close or opening: what passes there, as of when, and under which name it is noted as done. */
struct passing {
	enum direction direction;
	instant at;
	const char *job;
	struct text detail; /* of the step */
	struct text slot;
};

static struct passing passing_now(struct hub *hub)
{
	bool open = clock_is_open(hub->policy, hub->now);
	instant at = open ? clock_last_opening(hub->policy, hub->now) : clock_last_close(hub->policy, hub->now);

	return (struct passing){
		.direction = open ? DIRECTION_FROM_EDT : DIRECTION_TO_EDT,
		.at = at,
		.detail = open ? TEXT("from_edt at opening") : TEXT("to_edt at close"),
		.job = open ? "hand_over_at_opening" : "hand_over_at_close",
		.slot = london_iso(hub->arena, at),
	};
}

static bool find_passing(
	struct hub *hub, const struct passing *passing, struct duty_passing_rows *ret, struct error *err)
{
	const struct policy *policy = hub->policy;
	instant close = clock_last_close(policy, passing->at);
	struct duty_to_edt_at_close_in to_edt = {
		.opening = clock_last_opening(policy, passing->at), .close = passing->at, .limit = AT_ONCE};
	struct duty_from_edt_at_opening_in from_edt = {
		.since = clock_last_opening(policy, close - 1), .close = close, .opening = passing->at, .limit = AT_ONCE};

	if (passing->direction == DIRECTION_TO_EDT) return duty_to_edt_at_close(hub->tx, &to_edt, ret, err);
	return duty_from_edt_at_opening(hub->tx, &from_edt, ret, err);
}

/* On the ledger as of the close or the opening, by nobody; what waited the other way round is overtaken. */
static bool pass_one(struct hub *hub, const struct passing *passing, const struct duty_passing *row, struct error *err)
{
	struct hub then = *hub;
	struct episode episode = {.id = row->id, .enquiry = row->enquiry, .state = row->state};
	struct duty_hand_over_overtake_in overtake = {.overtaken_at = passing->at, .episode = row->id};
	struct duty_hand_over_insert_in given = {
		.episode = row->id,
		.direction = direction_text(passing->direction),
		.given_at = passing->at,
		.words = TEXT_NONE,
		.recorded_at = hub->recorded_at,
	};
	struct step step = {
		.action = ACTION_GIVE_DUTY_HAND_OVER, .transition = TRANSITION_HANDED_OVER, .detail = passing->detail};
	struct duty_hand_over_insert_row made;

	then.now = passing->at;
	if (!duty_hand_over_overtake(hub->tx, &overtake, NULL, err)) return false;
	return duty_hand_over_insert(hub->tx, &given, &made, err) && episode_step(&then, &episode, &step, err);
}

static bool passed(struct hub *hub, const struct passing *passing, bool *ret, struct error *err)
{
	struct job_run_find_in in = {.name = text_of(passing->job), .slot = passing->slot};
	struct job_run_find_row row;

	return job_run_find(hub->tx, &in, &row, ret, err);
}

bool duty_hand_overs_pass_due(struct hub *hub, bool *ret, struct error *err)
{
	struct passing passing = passing_now(hub);

	if (!passed(hub, &passing, ret, err)) return false;
	*ret = !*ret;
	return true;
}

bool duty_hand_overs_pass(struct hub *hub, struct error *err)
{
	struct passing passing = passing_now(hub);
	struct job_run_insert_in done = {.name = text_of(passing.job), .slot = passing.slot, .at = hub->now};
	struct duty_passing_rows rows;
	bool already;

	if (!hub_lock_alone(hub, err)) return false;
	if (!passed(hub, &passing, &already, err) || already) return already;
	if (!find_passing(hub, &passing, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (!pass_one(hub, &passing, &rows.rows[i], err)) return false;
	return rows.count == AT_ONCE || job_run_insert(hub->tx, &done, NULL, err);
}

static bool find_overtaken(struct hub *hub, int64_t limit, struct duty_passing_rows *ret, struct error *err)
{
	return duty_hand_over_overtaken(hub->tx, &(struct duty_hand_over_overtaken_in){.limit = limit}, ret, err);
}

bool duty_hand_overs_overtake(struct hub *hub, struct error *err)
{
	struct duty_passing_rows rows;

	if (!hub_lock_step(hub, err) || !find_overtaken(hub, AT_ONCE, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct duty_hand_over_overtake_in in = {.overtaken_at = hub->now, .episode = rows.rows[i].id};
		struct audit_entry entry = {
			.action = ACTION_GIVE_DUTY_HAND_OVER, .enquiry = rows.rows[i].enquiry, .detail = TEXT("overtaken")};

		if (!duty_hand_over_overtake(hub->tx, &in, NULL, err) || !audit_write(hub, &entry, NULL, err)) return false;
	}
	return true;
}

bool duty_hand_overs_overtake_due(struct hub *hub, bool *ret, struct error *err)
{
	struct duty_passing_rows rows;

	if (!find_overtaken(hub, 1, &rows, err)) return false;
	*ret = rows.count > 0;
	return true;
}
