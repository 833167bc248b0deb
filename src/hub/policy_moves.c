#include "hub/policy_moves.h"

#include "hub/episode.h"
#include "hub/policy.h"
#include "rules/clock.h"

/* The rules of one policy on the calendar and hours of another. */
static struct policy on_calendar(const struct policy *rules, const struct policy *calendar)
{
	struct policy both = *rules;

	memcpy(both.week, calendar->week, sizeof both.week);
	both.overrides = calendar->overrides;
	both.override_count = calendar->override_count;
	both.closures = calendar->closures;
	both.bank_holidays = calendar->bank_holidays;
	return both;
}

/* Every version there is, on the calendar before and the one after. */
struct ruled {
	instant valid_from;
	struct policy before, after;
};

struct reckoning {
	struct hub *hub;
	instant at;
	struct ruled *versions; /* as they began */
	size_t version_count;
	struct policy_ratings_rows ratings;
	size_t rating; /* the first of the episode's */
};

static bool versions_read(struct reckoning *r, const struct policy_calendars *calendars, struct error *err)
{
	struct policy_all_rows all;

	if (!policy_all(r->hub->tx, &all, err)) return false;
	r->versions = arena_new_array(r->hub->arena, all.count, struct ruled);
	r->version_count = all.count;
	for (size_t i = 0; i < all.count; i++) {
		const struct policy *rules;

		if (!policy_parse(r->hub->arena, all.rows[i].content, &rules, err)) return false;
		r->versions[i] = (struct ruled){.valid_from = all.rows[i].valid_from,
			.before = on_calendar(rules, calendars->before),
			.after = on_calendar(rules, calendars->after)};
	}
	return true;
}

/* What was in force when this was written down. */
static const struct ruled *ruled_at(const struct reckoning *r, instant recorded_at)
{
	const struct ruled *found = &r->versions[0];

	for (size_t i = 0; i < r->version_count && r->versions[i].valid_from <= recorded_at; i++) found = &r->versions[i];
	return found;
}

static instant due_next(
	const struct policy *policy, instant started_at, const struct policy_ratings_row *rating, instant due)
{
	struct rerating again = {.kind = rerate_kind_of(rating->kind),
		.rag = rag_of(rating->rag),
		.received_at = started_at,
		.due_at = due,
		.information_at = rating->information_at == INSTANT_NONE ? rating->at : rating->information_at,
		.at = rating->at};
	bool anew = again.kind != RERATE_MISRATED && again.kind != RERATE_NEW_INFORMATION;

	if (anew || due == INSTANT_NONE) return clock_decision_due(policy, again.rag, started_at);
	return clock_rerated_due(policy, &again);
}

/* The decision's due time as its ratings make it, on the calendar before and the one after. */
static void reckon_decision(
	struct reckoning *r, const struct policy_open_episodes_row *episode, struct policy_move *move)
{
	instant before = INSTANT_NONE, after = INSTANT_NONE;

	while (r->rating < r->ratings.count && r->ratings.rows[r->rating].episode.n < episode->id.n) r->rating++;
	for (; r->rating < r->ratings.count && r->ratings.rows[r->rating].episode.n == episode->id.n; r->rating++) {
		const struct policy_ratings_row *rating = &r->ratings.rows[r->rating];
		const struct ruled *ruled = ruled_at(r, rating->recorded_at);

		before = due_next(&ruled->before, episode->started_at, rating, before);
		after = due_next(&ruled->after, episode->started_at, rating, after);
	}
	if (episode->due_at > r->at && before != after) move->due_at = after;
}

static void reckon_screening(
	struct reckoning *r, const struct policy_open_episodes_row *episode, struct policy_move *move)
{
	const struct ruled *ruled = ruled_at(r, episode->recorded_at);
	instant after = clock_screening_due(&ruled->after, episode->started_at);

	if (episode->screened_at != INSTANT_NONE || episode->screening_due_at <= r->at) return;
	if (clock_screening_due(&ruled->before, episode->started_at) != after) move->screening_due_at = after;
}

/* What would have passed already stays where it was. True where something is left that moves. */
static bool stays(const struct reckoning *r, struct policy_move *move, size_t *stay)
{
	bool passed = false;

	if (move->due_at != move->due_was && move->due_at <= r->at) passed = true, move->due_at = move->due_was;
	if (move->screening_due_at != move->screening_due_was && move->screening_due_at <= r->at)
		passed = true, move->screening_due_at = move->screening_due_was;
	*stay += passed;
	return move->due_at == move->due_was && move->screening_due_at == move->screening_due_was;
}

static instant first_due(const struct policy_move *move)
{
	return move->due_at == move->due_was ? move->screening_due_at : move->due_at;
}

static int compare(const void *left, const void *right)
{
	instant a = first_due(left), b = first_due(right);

	return (a > b) - (a < b);
}

static enum other_clock clock_of(struct text kind)
{
	if (text_is(kind, "strategy_held")) return CLOCK_STRATEGY_HELD;
	if (text_is(kind, "conference")) return CLOCK_CONFERENCE;
	return text_is(kind, "transfer_in") ? CLOCK_TRANSFER_IN : CLOCK_ASSESSMENT;
}

/* The other clocks: one that stands as the calendar before makes it moves to where the one after does. */
static bool find_others(struct reckoning *r, struct policy_moves *ret, struct error *err)
{
	struct policy_others_rows rows;

	if (!policy_others(r->hub->tx, &(struct policy_others_in){r->at}, &rows, err)) return false;
	ret->others = arena_new_array(r->hub->arena, rows.count + 1, struct policy_other_move);
	for (size_t i = 0; i < rows.count; i++) {
		const struct policy_others_row *row = &rows.rows[i];
		const struct ruled *ruled = ruled_at(r, row->recorded_at);
		struct policy_other_move move = {clock_of(row->kind), row->number, row->enquiry, INSTANT_NONE};

		move.due_at = clock_other_due(&ruled->after, move.clock, row->started_at);
		if (clock_other_due(&ruled->before, move.clock, row->started_at) != row->due_at) continue;
		if (move.due_at != row->due_at && move.due_at > r->at) ret->others[ret->other_count++] = move;
	}
	return true;
}

bool policy_moves_find(
	struct hub *hub, const struct policy_calendars *calendars, struct policy_moves *ret, struct error *err)
{
	struct reckoning r = {.hub = hub, .at = calendars->at};
	struct policy_open_episodes_rows open;

	if (!versions_read(&r, calendars, err)) return false;
	if (!policy_open_episodes(hub->tx, &open, err) || !policy_ratings(hub->tx, &r.ratings, err)) return false;
	*ret = (struct policy_moves){.rows = arena_new_array(hub->arena, open.count, struct policy_move)};
	for (size_t i = 0; i < open.count; i++) {
		const struct policy_open_episodes_row *row = &open.rows[i];
		struct policy_move move = {.episode = row->id,
			.enquiry = row->enquiry,
			.reference = row->reference,
			.state = row->state,
			.rag = row->rag,
			.screening_due_was = row->screening_due_at,
			.screening_due_at = row->screening_due_at,
			.due_was = row->due_at,
			.due_at = row->due_at};

		reckon_decision(&r, row, &move);
		reckon_screening(&r, row, &move);
		if (!stays(&r, &move, &ret->stay)) ret->rows[ret->count++] = move;
	}
	qsort(ret->rows, ret->count, sizeof *ret->rows, compare);
	return find_others(&r, ret, err);
}

static bool make_one(struct hub *hub, const struct policy_move *move, struct policy_id policy, struct error *err)
{
	bool decision = move->due_at != move->due_was, screening = move->screening_due_at != move->screening_due_was;
	struct episode episode = {.id = move->episode, .enquiry = move->enquiry, .state = move->state};
	struct step step = {.action = ACTION_LOAD_POLICY,
		.transition = TRANSITION_DUE_MOVED,
		.detail = decision ? screening ? TEXT("due_at screening_due_at") : TEXT("due_at") : TEXT("screening_due_at")};
	struct policy_episode_due_in due = {
		.id = move->episode, .screening_due_at = move->screening_due_at, .due_at = move->due_at};
	struct policy_due_change_in change = {
		.episode = move->episode,
		.policy = policy,
		.screening_due_was = screening ? move->screening_due_was : INSTANT_NONE,
		.screening_due_at = screening ? move->screening_due_at : INSTANT_NONE,
		.due_was = decision ? move->due_was : INSTANT_NONE,
		.due_at = decision ? move->due_at : INSTANT_NONE,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!episode_step(hub, &episode, &step, err)) return false;
	return policy_episode_due(hub->tx, &due, NULL, err) && policy_due_change(hub->tx, &change, NULL, err);
}

static bool set_other(struct hub *hub, const struct policy_other_move *move, struct error *err)
{
	struct strategy_discussion_id discussion = {move->number};

	switch (move->clock) {
	case CLOCK_STRATEGY_HELD:
		return policy_strategy_due(
			hub->tx, &(struct policy_strategy_due_in){.id = discussion, .due_at = move->due_at}, NULL, err);
	case CLOCK_CONFERENCE:
		return policy_conference_due(hub->tx,
			&(struct policy_conference_due_in){.id = discussion, .conference_due_at = move->due_at}, NULL, err);
	case CLOCK_TRANSFER_IN:
		return policy_transfer_due(hub->tx,
			&(struct policy_transfer_due_in){.id = {move->number}, .conference_due_at = move->due_at}, NULL, err);
	default:
		return policy_hand_over_due(
			hub->tx, &(struct policy_hand_over_due_in){.id = {move->number}, .due_at = move->due_at}, NULL, err);
	}
}

static bool make_other(struct hub *hub, const struct policy_other_move *move, struct error *err)
{
	static const char *const details[OTHER_CLOCK_COUNT] = {[CLOCK_STRATEGY_HELD] = "strategy_discussion due_at",
		[CLOCK_CONFERENCE] = "conference_due_at",
		[CLOCK_TRANSFER_IN] = "transfer_in conference_due_at",
		[CLOCK_ASSESSMENT] = "hand_over due_at"};
	struct audit_entry entry = {
		.action = ACTION_LOAD_POLICY, .enquiry = move->enquiry, .detail = text_of(details[move->clock])};

	return audit_write(hub, &entry, NULL, err) && set_other(hub, move, err);
}

bool policy_moves_make(struct hub *hub, const struct policy_moves *moves, struct policy_id policy, struct error *err)
{
	for (size_t i = 0; i < moves->count; i++)
		if (!make_one(hub, &moves->rows[i], policy, err)) return false;
	for (size_t i = 0; i < moves->other_count; i++)
		if (!make_other(hub, &moves->others[i], err)) return false;
	return true;
}
