#include "rules/rota.h"

#include <stdlib.h>

#include "base/london.h"

bool duty_suits(enum duty duty, enum role role, bool deputy)
{
	switch (duty) {
	case DUTY_MANAGER:
	case DUTY_ON_CALL: return role == ROLE_PRACTICE_MANAGER || deputy;
	case DUTY_SCREENER: return role == ROLE_SOCIAL_WORKER || role == ROLE_EDT_WORKER || role == ROLE_EDT_MANAGER;
	case DUTY_EDT_WORKER: return role == ROLE_EDT_WORKER || role == ROLE_EDT_MANAGER;
	case DUTY_EDT_MANAGER: return role == ROLE_EDT_MANAGER || (role == ROLE_EDT_WORKER && deputy);
	default: return false;
	}
}

const char *duty_suits_words(enum duty duty)
{
	switch (duty) {
	case DUTY_MANAGER:
	case DUTY_ON_CALL: return "a practice manager, or somebody who deputises for one all of that time";
	case DUTY_SCREENER: return "a social worker or somebody of the emergency duty team";
	case DUTY_EDT_WORKER: return "an EDT worker or EDT manager";
	case DUTY_EDT_MANAGER: return "an EDT manager, or an EDT worker who deputises for one all of that time";
	default: return "nobody";
	}
}

static bool covers_need(enum rota_need need, enum duty duty)
{
	switch (need) {
	case ROTA_NEEDS_EDT: return duty == DUTY_EDT_WORKER || duty == DUTY_EDT_MANAGER;
	case ROTA_NEEDS_ON_CALL: return duty == DUTY_ON_CALL;
	case ROTA_NEEDS_DUTY_MANAGER: return duty == DUTY_MANAGER;
	case ROTA_NEEDS_SCREENER: return duty == DUTY_SCREENER;
	case ROTA_NEED_COUNT: break;
	}
	return false;
}

static bool needed_open(enum rota_need need)
{
	return need == ROTA_NEEDS_DUTY_MANAGER || need == ROTA_NEEDS_SCREENER;
}

/* Until when this person is away from `at` on, or `at` itself where they are here. */
static instant away_until(const struct rota *rota, int64_t account, instant at)
{
	instant until = at;

	for (size_t i = 0; i < rota->absence_count; i++) {
		const struct rota_span *away = &rota->absences[i];

		if (away->account != account || away->starts_at > at) continue;
		if (away->ends_at == INSTANT_NONE) return INT64_MAX;
		if (away->ends_at > until) until = away->ends_at;
	}
	return until;
}

/* When this person next goes away after `at`. */
static instant leaves_at(const struct rota *rota, int64_t account, instant at)
{
	instant leaves = INT64_MAX;

	for (size_t i = 0; i < rota->absence_count; i++) {
		const struct rota_span *away = &rota->absences[i];

		if (away->account == account && away->starts_at > at && away->starts_at < leaves) leaves = away->starts_at;
	}
	return leaves;
}

static instant earlier(instant a, instant b)
{
	return a < b ? a : b;
}

/* How one shift stands to an instant: here until `covered`, or not and here again at `next`. */
struct standing {
	instant covered; /* `at` where it doesn't cover it */
	instant next;    /* INT64_MAX: never again */
};

static struct standing shift_at(const struct rota *rota, const struct rota_span *shift, instant at)
{
	instant from = at > shift->starts_at ? at : shift->starts_at;
	instant back = away_until(rota, shift->account, from);

	if (back >= shift->ends_at) return (struct standing){at, INT64_MAX};
	/* Back from one absence and into the next at once. */
	for (instant again = away_until(rota, shift->account, back); again > back; again = back) {
		back = again;
		if (back >= shift->ends_at) return (struct standing){at, INT64_MAX};
	}
	if (back > at) return (struct standing){at, back};
	return (struct standing){earlier(shift->ends_at, leaves_at(rota, shift->account, at)), INT64_MAX};
}

/* Until when somebody is there without a break from `at` on; else *ret_next says when the next comes. */
static instant covered_until(const struct rota *rota, enum rota_need need, instant at, instant *ret_next)
{
	instant covered = at;

	*ret_next = INT64_MAX;
	for (size_t i = 0; i < rota->shift_count; i++) {
		struct standing standing;

		if (!covers_need(need, rota->shifts[i].duty) || rota->shifts[i].ends_at <= at) continue;
		standing = shift_at(rota, &rota->shifts[i], at);
		if (standing.covered > covered) covered = standing.covered;
		*ret_next = earlier(*ret_next, standing.next);
	}
	return covered;
}

struct search {
	struct arena *arena;
	const struct rota *rota;
	struct rota_gaps gaps;
	size_t room;
};

static struct rota_gap *last_of(struct search *s, enum rota_need need)
{
	for (size_t i = s->gaps.count; i > 0; i--)
		if (s->gaps.rows[i - 1].need == need) return &s->gaps.rows[i - 1];
	return NULL;
}

static void add_gap(struct search *s, struct rota_gap gap)
{
	struct rota_gap *wider;

	if (s->gaps.count == s->room) {
		s->room = s->room ? 2 * s->room : 16;
		wider = arena_new_array(s->arena, s->room, struct rota_gap);
		for (size_t i = 0; i < s->gaps.count; i++) wider[i] = s->gaps.rows[i];
		s->gaps.rows = wider;
	}
	s->gaps.rows[s->gaps.count++] = gap;
}

/* One time that needs somebody; `before` is the end of the one before it. */
static void look_through(struct search *s, enum rota_need need, instant from, instant to, instant before)
{
	for (instant at = from, next; at < to; at = next) {
		instant covered = covered_until(s->rota, need, at, &next);
		struct rota_gap *last = last_of(s, need);

		if (covered > at) {
			next = covered;
			continue;
		}
		next = earlier(next, to);
		if (at == from && last && last->to == before)
			last->to = next;
		else
			add_gap(s, (struct rota_gap){need, at, next});
	}
}

static int by_beginning(const void *a, const void *b)
{
	const struct rota_gap *x = a, *y = b;

	if (x->from != y->from) return x->from < y->from ? -1 : 1;
	return (int)x->need - (int)y->need;
}

void rota_gaps(struct arena *arena, const struct policy *policy, const struct rota *rota, instant from, instant to,
	struct rota_gaps *ret)
{
	struct search search = {.arena = arena, .rota = rota};
	instant ended[2] = {INSTANT_NONE, INSTANT_NONE}; /* the last time it was closed, and open */

	for (instant at = from, next; at < to; at = next) {
		bool open = clock_is_open(policy, at);

		next = earlier(open ? clock_next_close(policy, at) : clock_effective(policy, at), to);
		for (enum rota_need need = 0; need < ROTA_NEED_COUNT; need++)
			if (needed_open(need) == open) look_through(&search, need, at, next, ended[open]);
		ended[open] = next;
	}
	if (search.gaps.count) qsort(search.gaps.rows, search.gaps.count, sizeof *search.gaps.rows, by_beginning);
	*ret = search.gaps;
}

const char *rota_need_code(enum rota_need need)
{
	static const char *const codes[ROTA_NEED_COUNT] = {"edt", "on_call", "duty_manager", "screener"};

	return codes[need];
}

struct text rota_gap_words(struct arena *arena, const struct rota_gap *gap, instant now)
{
	static const char *const words[ROTA_NEED_COUNT] = {
		"nobody is on EDT", "nobody is on call", "there is no duty manager", "nobody is named to screen"};
	struct text to = london_short(arena, gap->to);

	if (gap->from <= now) return arena_printf(arena, "Until %.*s %s", TEXT_ARG(to), words[gap->need]);
	return arena_printf(
		arena, "From %.*s to %.*s %s", TEXT_ARG(london_short(arena, gap->from)), TEXT_ARG(to), words[gap->need]);
}
