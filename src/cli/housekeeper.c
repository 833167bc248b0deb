#include "cli/housekeeper.h"

#include <assert.h>

#include "base/log.h"
#include "hub/tick.h"

#define TICK_SECONDS 1
#define LED_TICK_NS  3000000L
#define SECOND_NS    1000000000L
#define EARLY_MS     100 /* a chore of every second isn't missed by a tick that comes a little early */

/* One chore, in a writing transaction of its own. */
struct keeping {
	struct db_job job; /* first: the writer knows only this */
	const struct chore *chore;
	instant now;
	struct error err;
};

static bool run(struct db_job *job, struct tx *tx)
{
	struct keeping *keeping = (struct keeping *)job;
	struct hub_edge edge = {.tx = tx, .now = keeping->now};
	struct hub hub;

	error_clear(&keeping->err);
	return hub_begin(&edge, &hub, &keeping->err) && chore_run(&hub, keeping->chore, &keeping->err);
}

static void log_failure(const struct chore *chore, const struct error *err)
{
	log_event(
		LOG_WARNING, "chore_failed", LOG_TEXT("chore", chore->name), LOG_TEXT("kind", error_kind_name(err->kind)));
}

static void do_chore(struct housekeeper *keeper, const struct chore *chore, struct arena *arena)
{
	struct keeping keeping = {
		.job.run = run, .job.arena = arena, .chore = chore, .now = clock_source_now(keeper->clock)};

	if (!db_outcome_error(db_run(keeper->db, &keeping.job), &keeping.err) || keeping.err.kind)
		log_failure(chore, &keeping.err);
}

/* Has it something to do? Asked in a reading transaction, so that nothing is written, nor waits, where nothing is due. */
static bool ask(struct housekeeper *keeper, const struct chore *chore, bool *ret, struct error *err)
{
	struct hub_edge edge = {.now = clock_source_now(keeper->clock)};
	struct hub hub;
	bool asked;

	if (!tx_read_begin(keeper->db, &keeper->arena, &edge.tx, err)) return false;
	asked = hub_begin(&edge, &hub, err) && chore_due(&hub, chore, ret, err);
	tx_read_end(edge.tx);
	return asked;
}

/* Has its time come round? */
static bool comes_round(struct housekeeper *keeper, size_t i, const struct chore *chore)
{
	int64_t now = keeper->clock->kind == CLOCK_LED ? clock_source_now(keeper->clock) : clock_source_monotonic_ms();

	if (now < keeper->next_ms[i]) return false;
	keeper->next_ms[i] = now + (int64_t)chore->every_seconds * SECOND_MS - EARLY_MS;
	return true;
}

/* One after the other: what one writes, the next finds. */
static void tick(struct housekeeper *keeper)
{
	size_t count;
	const struct chore *chores = tick_chores(&count);

	for (size_t i = 0; i < count; i++) {
		struct error err = {0};
		bool due = false;

		if (!comes_round(keeper, i, &chores[i])) continue;
		arena_clear(&keeper->arena);
		if (!ask(keeper, &chores[i], &due, &err)) log_failure(&chores[i], &err);
		arena_clear(&keeper->arena);
		if (due) do_chore(keeper, &chores[i], &keeper->arena);
	}
}

/* A clock that is led says by itself that time has passed, and waits until what is due then is done. */
static void tick_led(struct housekeeper *keeper)
{
	struct clock_led *led = keeper->clock->led;
	int64_t now = led->now;

	if (led->done != now) tick(keeper);
	led->done = now;
}

static void set_next(const struct housekeeper *keeper, struct timespec *ret)
{
	clock_gettime(CLOCK_MONOTONIC, ret);
	if (keeper->clock->kind != CLOCK_LED) {
		ret->tv_sec += TICK_SECONDS;
		return;
	}
	ret->tv_nsec += LED_TICK_NS;
	ret->tv_sec += ret->tv_nsec / SECOND_NS;
	ret->tv_nsec %= SECOND_NS;
}

static void *loop(void *given)
{
	struct housekeeper *keeper = given;

	pthread_mutex_lock(&keeper->lock);
	while (!keeper->stopping) {
		struct timespec until;

		pthread_mutex_unlock(&keeper->lock);
		(keeper->clock->kind == CLOCK_LED ? tick_led : tick)(keeper);
		pthread_mutex_lock(&keeper->lock);
		set_next(keeper, &until);
		while (!keeper->stopping && pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until) == 0) continue;
	}
	pthread_mutex_unlock(&keeper->lock);
	return NULL;
}

bool housekeeper_start(struct housekeeper *keeper, struct db *db, const struct clock_source *clock, struct error *err)
{
	pthread_condattr_t monotonic;
	size_t chores;

	tick_chores(&chores);
	assert(chores <= CHORES_MOST);
	*keeper = (struct housekeeper){.db = db, .clock = clock};
	arena_init(&keeper->arena, ARENA_REQUEST_BYTES);
	pthread_mutex_init(&keeper->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&keeper->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&keeper->thread, NULL, loop, keeper) == 0) return true;
	return error_failed(err, "could not start the housekeeping");
}

void housekeeper_stop(struct housekeeper *keeper)
{
	pthread_mutex_lock(&keeper->lock);
	keeper->stopping = true;
	pthread_cond_signal(&keeper->wake);
	pthread_mutex_unlock(&keeper->lock);
	pthread_join(keeper->thread, NULL);
	pthread_cond_destroy(&keeper->wake);
	pthread_mutex_destroy(&keeper->lock);
	arena_release(&keeper->arena);
}
