#include "hub/day_total.h"

#include "base/london.h"
#include "sql/daily_return.h"
#include "sql/duty_hand_over.h"

#define JOB     "day_totals"
#define AT_ONCE 400

bool day_totals_due(struct hub *hub, bool *ret, struct error *err)
{
	struct job_run_find_in in = {.name = TEXT(JOB), .slot = day_iso(hub->arena, london_day(hub->now))};
	struct job_run_find_row row;
	bool found;

	if (!job_run_find(hub->tx, &in, &row, &found, err)) return false;
	*ret = !found;
	return true;
}

/* With more to keep than at once it stays due. */
bool day_totals_keep_all(struct hub *hub, struct error *err)
{
	struct day_totals_keep_in in = {.recorded_at = hub->now};
	struct job_run_insert_in run = {
		.name = TEXT(JOB), .slot = day_iso(hub->arena, london_day(hub->now)), .at = hub->now};
	int64_t kept;

	if (!day_totals_keep(hub->tx, &in, &kept, err)) return false;
	return kept == AT_ONCE || job_run_insert(hub->tx, &run, NULL, err);
}
