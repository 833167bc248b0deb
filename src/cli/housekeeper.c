#include "cli/housekeeper.h"

#include "base/log.h"
#include "hub/housekeeping.h"

#define EVERY_SECONDS 3600

struct keeping {
	struct db_job job; /* first: the writer knows only this */
	struct housekeeper *keeper;
	struct error err;
};

static bool run(struct db_job *job, struct tx *tx)
{
	struct keeping *keeping = (struct keeping *)job;
	struct hub_edge edge = {.tx = tx, .now = clock_source_now(keeping->keeper->clock)};
	struct hub hub;

	error_clear(&keeping->err);
	return hub_begin(&edge, &hub, &keeping->err) && housekeeping_run(&hub, &keeping->err);
}

static void keep_house(struct housekeeper *keeper)
{
	ARENA_SCOPE arena;
	struct keeping keeping = {.job.run = run, .keeper = keeper};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	keeping.job.arena = &arena;
	if (!db_outcome_error(db_run(keeper->db, &keeping.job), &keeping.err) || keeping.err.kind)
		log_event(LOG_WARNING, "housekeeping_failed", LOG_TEXT("kind", error_kind_name(keeping.err.kind)));
}

static void *loop(void *given)
{
	struct housekeeper *keeper = given;

	pthread_mutex_lock(&keeper->lock);
	while (!keeper->stopping) {
		struct timespec until;

		pthread_mutex_unlock(&keeper->lock);
		keep_house(keeper);
		pthread_mutex_lock(&keeper->lock);
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += EVERY_SECONDS;
		while (!keeper->stopping && pthread_cond_timedwait(&keeper->wake, &keeper->lock, &until) == 0) continue;
	}
	pthread_mutex_unlock(&keeper->lock);
	return NULL;
}

bool housekeeper_start(struct housekeeper *keeper, struct db *db, const struct clock_source *clock, struct error *err)
{
	pthread_condattr_t monotonic;

	*keeper = (struct housekeeper){.db = db, .clock = clock};
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
}
