#include "hub/policy.h"

#include <pthread.h>

#include "base/london.h"
#include "hub/lock.h"
#include "hub/service.h"
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

bool policy_parse(struct arena *arena, struct text content, const struct policy **ret, struct error *err)
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
	return policy_parse(tx_arena(tx), row.content, ret, err);
}

/* In force just before this version began. */
static bool policy_before(struct hub *hub, struct policy_id version, const struct policy **ret, struct error *err)
{
	struct policy_all_rows all;
	size_t i = 0;

	if (!policy_all(hub->tx, &all, err)) return false;
	while (i < all.count && all.rows[i].id.n != version.n) i++;
	return policy_parse(hub->arena, all.rows[i > 0 ? i - 1 : 0].content, ret, err);
}

struct beginning {
	const struct policy *before;
	const struct policy *after;
	struct policy_id id;
};

/* Deadlines, caps and services as the new version has them. */
static bool take_effect(struct hub *hub, const struct beginning *b, struct policy_loaded *ret, struct error *err)
{
	struct policy_calendars calendars = {b->before, b->after, hub->now};
	struct policy_caps_in caps = {.cap = b->after->cap, .cap_was = b->before->cap};
	struct policy_moves moves;

	if (!policy_moves_find(hub, &calendars, &moves, err)) return false;
	if (!policy_moves_make(hub, &moves, b->id, err)) return false;
	if (!services_settle(hub->tx, b->after->services, hub->now, err)) return false;
	ret->recomputed = (int64_t)moves.count;
	ret->stay = (int64_t)moves.stay;
	return caps.cap == caps.cap_was || policy_caps(hub->tx, &caps, NULL, err);
}

static bool version_insert(struct hub *hub, const struct policy *policy, const struct policy_load *in,
	struct policy_id *ret_id, struct policy_loaded *ret, struct error *err)
{
	struct policy_insert_in row = {
		.valid_from = in->valid_from == INSTANT_NONE ? hub->now : in->valid_from,
		.content = policy_write(hub->arena, policy),
		.note = text_none(in->note) ? TEXT("") : in->note,
		.loaded_by = hub->actor.account,
		.recorded_at = hub->now,
	};
	struct audit_entry entry = {.action = ACTION_LOAD_POLICY};
	struct policy_insert_row made;

	if (!policy_insert(hub->tx, &row, &made, err)) return false;
	*ret_id = made.id;
	*ret = (struct policy_loaded){.version = made.version, .valid_from = row.valid_from};
	entry.detail = arena_printf(hub->arena, "version %lld", (long long)made.version);
	return audit_write(hub, &entry, NULL, err);
}

/* Nobody has loaded another since the person looked. */
static bool seen_stands(struct hub *hub, int64_t seen, struct policy_latest_row *ret, struct error *err)
{
	if (!policy_latest(hub->tx, ret, err)) return false;
	if (seen == INT_NONE || seen == ret->version) return true;
	error_stale(err, ret->version, "%.*s loaded version %lld of the policy %.*s, while you had version %lld before you",
		TEXT_ARG(ret->loaded_by), (long long)ret->version, TEXT_ARG(london_short(hub->arena, ret->recorded_at)),
		(long long)seen);
	return error_hint(err, "Look at what changed, and put your change on top of it.");
}

static bool dated(struct hub *hub, instant valid_from, struct error *err)
{
	if (valid_from == INSTANT_NONE || valid_from >= hub->now) return true;
	return error_field(
		err, "valid_from", "A policy is in force from now or from a later time, never from one that has passed");
}

static bool read_load(struct hub *hub, const struct policy_load *in, struct policy *ret, struct error *err)
{
	struct policy_latest_row latest;

	if (!hub_may(hub, ACTION_LOAD_POLICY, err)) return false;
	if (!dated(hub, in->valid_from, err)) return error_invalid(err, "this can't be the date");
	return policy_read(hub->arena, in->source, ret, err) && seen_stands(hub, in->seen, &latest, err);
}

/* No step is under way meanwhile: every clock and cap moves with a version. */
bool policy_load(struct hub *hub, const struct policy_load *in, struct policy_loaded *ret, struct error *err)
{
	struct policy policy;
	struct beginning begins = {.after = &policy};

	if (!hub_lock_alone(hub, err) || !read_load(hub, in, &policy, err) || !policy_begin(hub, err)) return false;
	begins.before = hub->policy;
	if (!version_insert(hub, &policy, in, &begins.id, ret, err)) return false;
	return ret->valid_from > hub->now || take_effect(hub, &begins, ret, err);
}

bool policy_begin(struct hub *hub, struct error *err)
{
	struct policy_waiting_rows waiting;

	if (!hub_lock_alone(hub, err)) return false;
	if (!policy_waiting(hub->tx, &(struct policy_waiting_in){hub->now}, &waiting, err)) return false;
	for (size_t i = 0; i < waiting.count; i++) {
		struct policy_by_version_row row;
		struct policy_begun_in begun = {.version = waiting.rows[i].version, .at = hub->now};
		struct beginning begins = {.id = waiting.rows[i].id};
		struct policy_loaded loaded;
		bool found;

		if (!policy_by_version(hub->tx, &(struct policy_by_version_in){begun.version}, &row, &found, err)) return false;
		if (!policy_parse(hub->arena, row.content, &begins.after, err)) return false;
		if (!policy_before(hub, begins.id, &begins.before, err)) return false;
		if (!take_effect(hub, &begins, &loaded, err)) return false;
		if (!policy_begun(hub->tx, &begun, NULL, err)) return false;
	}
	return true;
}

bool policy_begin_due(struct hub *hub, bool *ret, struct error *err)
{
	struct policy_waiting_rows waiting;

	if (!policy_waiting(hub->tx, &(struct policy_waiting_in){hub->now}, &waiting, err)) return false;
	*ret = waiting.count > 0;
	return true;
}

/* The first version that begins after this one does: what is changed now isn't in it. */
static bool later_version(struct hub *hub, struct policy_preview *preview, struct error *err)
{
	struct policy_all_rows all;

	if (!policy_all(hub->tx, &all, err)) return false;
	for (size_t i = 0; i < all.count; i++) {
		if (all.rows[i].valid_from <= preview->valid_from) continue;
		preview->next_version = all.rows[i].version;
		preview->next_from = all.rows[i].valid_from;
		break;
	}
	return true;
}

bool policy_try(struct hub *hub, const struct policy_load *in, struct policy_preview *ret, struct error *err)
{
	struct policy *policy = arena_new(hub->arena, struct policy);
	struct policy_latest_row latest;
	struct policy_calendars calendars;
	struct policy_id id;

	if (!read_load(hub, in, policy, err) || !policy_latest(hub->tx, &latest, err)) return false;
	*ret = (struct policy_preview){.after = policy,
		.text = policy_write(hub->arena, policy),
		.valid_from = in->valid_from == INSTANT_NONE ? hub->now : in->valid_from,
		.later = in->valid_from > hub->now && in->valid_from != INSTANT_NONE,
		.seen = latest.version};
	if (!policy_in_force(hub->tx, ret->valid_from, &ret->before, &id, err)) return false;
	calendars = (struct policy_calendars){ret->before, ret->after, ret->valid_from};
	return policy_moves_find(hub, &calendars, &ret->moves, err) && later_version(hub, ret, err);
}

bool policy_show(struct hub *hub, struct policy_view *ret, struct error *err)
{
	struct policy_version_rows versions;

	if (!hub_may(hub, ACTION_VIEW_POLICY, err)) return false;
	if (!policy_versions(hub->tx, &versions, err)) return false;
	*ret = (struct policy_view){
		.text = policy_write(hub->arena, hub->policy), .policy = hub->policy, .in_force = true, .versions = versions};
	for (size_t i = 0; i < versions.count; i++) {
		if (versions.rows[i].version > ret->latest) ret->latest = versions.rows[i].version;
		if (versions.rows[i].id.n != hub->policy_version.n) continue;
		ret->version = versions.rows[i].version;
		ret->valid_from = versions.rows[i].valid_from;
		ret->recorded_at = versions.rows[i].recorded_at;
		ret->loaded_by = versions.rows[i].loaded_by;
		ret->note = versions.rows[i].note;
	}
	return true;
}

static bool version_find(struct hub *hub, int64_t version, struct policy_by_version_row *ret, struct error *err)
{
	bool found;

	if (!policy_by_version(hub->tx, &(struct policy_by_version_in){version}, ret, &found, err)) return false;
	return found || error_not_found(err, "there is no version %lld of the policy", (long long)version);
}

bool policy_show_version(struct hub *hub, int64_t version, int64_t since, struct policy_view *ret,
	const struct policy **ret_since, int64_t *ret_since_version, struct error *err)
{
	struct policy_by_version_row row, before;

	if (!policy_show(hub, ret, err) || !version_find(hub, version, &row, err)) return false;
	ret->version = row.version;
	ret->valid_from = row.valid_from;
	ret->recorded_at = row.recorded_at;
	ret->loaded_by = row.loaded_by;
	ret->note = row.note;
	ret->in_force = row.id.n == hub->policy_version.n;
	*ret_since = NULL;
	*ret_since_version = since ? since : version - 1;
	if (!policy_parse(hub->arena, row.content, &ret->policy, err)) return false;
	ret->text = policy_write(hub->arena, ret->policy);
	if (!*ret_since_version) return true;
	return version_find(hub, *ret_since_version, &before, err) &&
		   policy_parse(hub->arena, before.content, ret_since, err);
}

/* What stays as it was comes to the policy as it is written, the holidays behind it. */
static bool load_on(struct hub *hub, const struct policy *policy, struct named_days days, const struct policy_load *how,
	struct policy_loaded *ret, struct error *err)
{
	struct policy with = *policy;
	struct policy_load in = *how;

	with.bank_holidays = named_days_merge(hub->arena, policy->bank_holidays, days);
	in.source = policy_write(hub->arena, &with);
	return policy_load(hub, &in, ret, err);
}

static int64_t days_unknown(const struct policy *policy, struct named_days days)
{
	int64_t count = 0;

	for (size_t i = 0; i < days.count; i++) count += !named_days_find(policy->bank_holidays, days.days[i].day);
	return count;
}

bool policy_load_holidays(
	struct hub *hub, const struct policy_holidays *in, struct policy_holidays_loaded *ret, struct error *err)
{
	struct policy_load how = {.note = in->note, .valid_from = INSTANT_NONE, .seen = INT_NONE};
	struct policy_loaded loaded;
	struct policy_all_rows all;
	struct named_days days;

	if (!hub_may(hub, ACTION_LOAD_POLICY, err) || !hub_lock_alone(hub, err)) return false;
	if (!bank_holidays_parse(hub->arena, in->csv, &days, err) || !policy_all(hub->tx, &all, err)) return false;
	*ret = (struct policy_holidays_loaded){.added = days_unknown(hub->policy, days)};
	if (ret->added) {
		if (!load_on(hub, hub->policy, days, &how, &loaded, err)) return false;
		ret->recomputed = loaded.recomputed;
		ret->versions++;
	}
	for (size_t i = 0; i < all.count; i++) {
		const struct policy *later;

		how.valid_from = all.rows[i].valid_from;
		if (how.valid_from <= hub->now) continue;
		if (!policy_parse(hub->arena, all.rows[i].content, &later, err)) return false;
		if (!days_unknown(later, days)) continue;
		if (!load_on(hub, later, days, &how, &loaded, err)) return false;
		ret->versions++;
	}
	return true;
}
