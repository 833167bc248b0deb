#include "measure/balance.h"

int64_t balance_expected(const struct balance *b)
{
	return b->opening + b->received + b->reopened + b->moved_in + b->corrections + b->added - b->completed -
		   b->withdrawn - b->moved_out - b->removed;
}

int64_t balance_difference(const struct balance *b)
{
	return b->closing - balance_expected(b);
}

void balance_add(struct balance *sum, const struct balance *b)
{
	sum->opening += b->opening;
	sum->received += b->received;
	sum->reopened += b->reopened;
	sum->moved_in += b->moved_in;
	sum->corrections += b->corrections;
	sum->added += b->added;
	sum->removed += b->removed;
	sum->completed += b->completed;
	sum->withdrawn += b->withdrawn;
	sum->moved_out += b->moved_out;
	sum->closing += b->closing;
}

bool balance_check(const struct balance *b, const char *unit, struct error *err)
{
	int64_t difference = balance_difference(b);

	if (difference == 0) return true;
	error_refused(err, "the %s don't balance: closing is %lld, and should be %lld", unit, (long long)b->closing,
		(long long)balance_expected(b));
	return error_hint(err,
		"Opening %lld, received %lld, re-opened %lld, moved in %lld, corrections %lld, added %lld, less completed "
		"%lld, "
		"withdrawn %lld, moved out %lld, removed %lld.",
		(long long)b->opening, (long long)b->received, (long long)b->reopened, (long long)b->moved_in,
		(long long)b->corrections, (long long)b->added, (long long)b->completed, (long long)b->withdrawn,
		(long long)b->moved_out, (long long)b->removed);
}

bool balance_follows(const struct balance *b, int64_t closing_before, const char *unit, struct error *err)
{
	if (b->opening == closing_before) return true;
	return error_refused(err, "the day opens with %lld %s, and the day before closed with %lld", (long long)b->opening,
		unit, (long long)closing_before);
}

bool balance_moves_check(const struct balance *hub, const char *unit, struct error *err)
{
	if (hub->moved_in == hub->moved_out) return true;
	return error_refused(err, "%lld %s moved into a workstream, and %lld moved out of one", (long long)hub->moved_in,
		unit, (long long)hub->moved_out);
}
