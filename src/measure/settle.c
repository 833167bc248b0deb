#include "measure/settle.h"

static bool happened(instant at, instant before)
{
	return at != INSTANT_NONE && at < before;
}

/* In time needs no due: what ended before it was rated was never late. */
static bool done_in_time(const struct clocked *c)
{
	return c->done_at != INSTANT_NONE && (c->due_at == INSTANT_NONE || c->done_at <= c->due_at);
}

static bool withdrawn_in_time(const struct clocked *c)
{
	return c->withdrawn_at != INSTANT_NONE && (c->due_at == INSTANT_NONE || c->withdrawn_at <= c->due_at);
}

instant settle_instant(const struct clocked *c)
{
	if (done_in_time(c)) return c->done_at;
	return withdrawn_in_time(c) ? INSTANT_NONE : c->due_at;
}

bool settle_in_time(const struct clocked *c)
{
	return done_in_time(c);
}

bool settle_in_window(const struct clocked *c, struct window w)
{
	instant at = settle_instant(c);

	if (at == INSTANT_NONE) return false;
	if (at < c->counts_at) at = c->counts_at;
	return at >= w.start && at < w.end;
}

enum settled settle_status(const struct clocked *c, instant before)
{
	if (done_in_time(c) && happened(c->done_at, before)) return SETTLED_IN_TIME;
	if (withdrawn_in_time(c) && happened(c->withdrawn_at, before)) return SETTLED_WITHDRAWN;
	if (!happened(c->due_at, before)) return SETTLED_NOT_YET_DUE;
	if (happened(c->done_at, before) || happened(c->withdrawn_at, before)) return SETTLED_LATE_DONE;
	return SETTLED_LATE_OPEN;
}

void settle_count(struct settle_tally *tally, const struct clocked *c, instant before)
{
	tally->received++;
	tally->count[settle_status(c, before)]++;
}

bool settle_identity_holds(const struct settle_tally *tally)
{
	int64_t sum = 0;

	for (int i = 0; i < SETTLED_COUNT; i++) sum += tally->count[i];
	return sum == tally->received;
}
