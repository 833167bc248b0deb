#include "hub/policy.h"

#include <pthread.h>

#include "rules/clock.h"

#define CACHE_VERSIONS    16
#define CACHE_ARENA_BYTES ((size_t)1 << 20)

/* Versions never change, so what was parsed is shared for ever; past this many they are parsed each time. */
struct cached_policy {
	struct arena arena;
	struct text content;
	struct policy policy;
};

static struct {
	pthread_mutex_t lock;
	size_t count;
	struct cached_policy versions[CACHE_VERSIONS];
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const struct policy *cache_find(struct text content)
{
	for (size_t i = 0; i < cache.count; i++)
		if (text_equal(cache.versions[i].content, content)) return &cache.versions[i].policy;
	return NULL;
}

static const struct policy *cache_add(struct text content, struct error *err)
{
	struct cached_policy *slot = &cache.versions[cache.count];

	arena_init(&slot->arena, CACHE_ARENA_BYTES);
	slot->content = arena_text(&slot->arena, content);
	if (!policy_read(&slot->arena, slot->content, &slot->policy, err)) {
		arena_release(&slot->arena);
		return NULL;
	}
	cache.count++;
	return &slot->policy;
}

static bool policy_parsed(struct arena *arena, struct text content, const struct policy **ret, struct error *err)
{
	const struct policy *found;
	struct policy *own;

	pthread_mutex_lock(&cache.lock);
	found = cache_find(content);
	if (!found && cache.count < CACHE_VERSIONS) found = cache_add(content, err);
	pthread_mutex_unlock(&cache.lock);
	*ret = found;
	if (found) return true;
	if (err->kind) return false;
	own = arena_new(arena, struct policy);
	*ret = own;
	return policy_read(arena, content, own, err);
}

bool policy_in_force(
	struct tx *tx, instant at, const struct policy **ret, struct policy_id *ret_version, struct error *err)
{
	struct policy_at_row row;
	bool found;

	if (!policy_at(tx, &(struct policy_at_in){at}, &row, &found, err)) return false;
	if (!found) return error_failed(err, "the hub has no policy");
	*ret_version = row.id;
	return policy_parsed(tx_arena(tx), row.content, ret, err);
}

/* The rules of the old policy on the calendar and hours of the new: what moves a deadline that stands. */
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

/* The decision's due time as its ratings make it under this policy. */
static instant due_by_ratings(
	const struct policy *policy, instant started_at, const struct policy_ratings_rows *ratings)
{
	instant due = INSTANT_NONE;

	for (size_t i = 0; i < ratings->count; i++) {
		const struct policy_ratings_row *rating = &ratings->rows[i];
		struct rerating again = {.kind = rerate_kind_of(rating->kind),
			.rag = rag_of(rating->rag),
			.received_at = started_at,
			.due_at = due,
			.information_at = rating->information_at,
			.at = rating->at};
		bool anew = again.kind != RERATE_MISRATED && again.kind != RERATE_NEW_INFORMATION;

		due = anew || due == INSTANT_NONE ? clock_decision_due(policy, again.rag, started_at)
										  : clock_rerated_due(policy, &again);
	}
	return due;
}

struct calendars {
	const struct policy *before;
	const struct policy *after;
};

static bool decision_moves(struct hub *hub, const struct calendars *calendars,
	const struct policy_open_episodes_row *episode, instant *due_at, struct error *err)
{
	struct policy_ratings_rows ratings;
	instant due;

	if (episode->due_at == INSTANT_NONE || episode->due_at <= hub->now) return true;
	if (!policy_ratings(hub->tx, &(struct policy_ratings_in){episode->id}, &ratings, err)) return false;
	due = due_by_ratings(calendars->after, episode->started_at, &ratings);
	if (due != due_by_ratings(calendars->before, episode->started_at, &ratings)) *due_at = due;
	return true;
}

static void screening_moves(struct hub *hub, const struct calendars *calendars,
	const struct policy_open_episodes_row *episode, instant *screening_due_at)
{
	instant due = clock_screening_due(calendars->after, episode->started_at);

	if (episode->screened_at != INSTANT_NONE || episode->screening_due_at <= hub->now) return;
	if (due != clock_screening_due(calendars->before, episode->started_at)) *screening_due_at = due;
}

/* Deadlines that have passed stay passed; so do those of episodes that have ended. */
static bool deadlines_recompute(
	struct hub *hub, const struct calendars *calendars, int64_t *ret_recomputed, struct error *err)
{
	struct policy_open_episodes_rows open;

	*ret_recomputed = 0;
	if (!policy_open_episodes(hub->tx, &open, err)) return false;
	for (size_t i = 0; i < open.count; i++) {
		const struct policy_open_episodes_row *episode = &open.rows[i];
		struct policy_episode_due_in in = {
			.id = episode->id, .screening_due_at = episode->screening_due_at, .due_at = episode->due_at};

		if (!decision_moves(hub, calendars, episode, &in.due_at, err)) return false;
		screening_moves(hub, calendars, episode, &in.screening_due_at);
		if (in.due_at == episode->due_at && in.screening_due_at == episode->screening_due_at) continue;
		if (!policy_episode_due(hub->tx, &in, NULL, err)) return false;
		++*ret_recomputed;
	}
	return true;
}

static bool version_insert(
	struct hub *hub, const struct policy *policy, struct text note, struct policy_loaded *ret, struct error *err)
{
	struct policy_insert_in in = {
		.valid_from = hub->now,
		.content = policy_write(hub->arena, policy),
		.note = text_none(note) ? TEXT("") : note,
		.loaded_by = hub->actor.account,
		.recorded_at = hub->recorded_at,
	};
	struct policy_insert_row row;

	if (!policy_insert(hub->tx, &in, &row, err)) return false;
	ret->version = row.version;
	return true;
}

bool policy_load(struct hub *hub, const struct policy_load *in, struct policy_loaded *ret, struct error *err)
{
	struct policy policy, moved;
	struct audit_entry entry = {.action = ACTION_LOAD_POLICY, .detail = TEXT_NONE};

	if (!hub_may(hub, ACTION_LOAD_POLICY, err)) return false;
	if (!policy_read(hub->arena, in->source, &policy, err)) return false;
	if (!version_insert(hub, &policy, in->note, ret, err)) return false;
	moved = on_calendar(hub->policy, &policy);
	if (!deadlines_recompute(hub, &(struct calendars){hub->policy, &moved}, &ret->recomputed, err)) return false;
	if (!policy_caps(hub->tx, &(struct policy_caps_in){policy.cap}, NULL, err)) return false;
	entry.detail = arena_printf(hub->arena, "version %lld", (long long)ret->version);
	return audit_write(hub, &entry, NULL, err);
}

bool policy_show(struct hub *hub, struct policy_view *ret, struct error *err)
{
	struct policy_version_rows versions;

	if (!hub_may(hub, ACTION_VIEW_POLICY, err)) return false;
	if (!policy_versions(hub->tx, &versions, err)) return false;
	*ret = (struct policy_view){.text = policy_write(hub->arena, hub->policy), .versions = versions};
	for (size_t i = 0; i < versions.count; i++) {
		if (versions.rows[i].id.n != hub->policy_version.n) continue;
		ret->version = versions.rows[i].version;
		ret->valid_from = versions.rows[i].valid_from;
		ret->loaded_by = versions.rows[i].loaded_by;
		ret->note = versions.rows[i].note;
	}
	return true;
}
