#include "look.h"

static int64_t number(struct fixture *f, const char *sql, struct account_id worker)
{
	int64_t value;

	assert_true(text_int(fixture_sql(f, sql, (long long)worker.n), &value));
	return value;
}

void look_at_worker(struct fixture *f, int round, struct account_id worker, int64_t *held)
{
	int64_t open = number(f, "select open from worker where account = %lld", worker);
	int64_t cap = number(f, "select cap from worker where account = %lld", worker);
	int64_t counted = number(f, "select count(*) from episode where ended_at is null and worker = %lld", worker);

	if (open != counted)
		fail_msg("round %d: said to hold %lld, holds %lld", round, (long long)open, (long long)counted);
	if (open > cap && open > *held)
		fail_msg("round %d: %lld of %lld, and %lld before", round, (long long)open, (long long)cap, (long long)*held);
	*held = open;
}
