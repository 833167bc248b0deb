#include "rules/caseload.h"

#include <assert.h>

static int share(int whole, const struct caseload *c)
{
	assert(c->hours_percent >= 0 && c->hours_percent <= 100);
	return c->away ? 0 : whole * c->hours_percent / 100;
}

int caseload_limit(const struct caseload *c)
{
	return share(c->cap, c);
}

int caseload_room(const struct caseload *c)
{
	int room = caseload_limit(c) - c->open;

	return room > 0 ? room : 0;
}

bool caseload_takes(const struct caseload *c, struct text name, struct error *err)
{
	if (c->away) {
		error_refused(err, "%.*s is away", TEXT_ARG(name));
		return error_hint(err, "Choose somebody who is here, or hold it.");
	}
	if (caseload_room(c) > 0) return true;
	error_refused(err, "%.*s holds %d of %d", TEXT_ARG(name), c->open, caseload_limit(c));
	return error_hint(err, "Choose somebody with room, hold it, or swap it for a green or an amber.");
}

struct text caseload_words(struct arena *arena, const struct caseload *c)
{
	int limit = caseload_limit(c);

	if (c->away) return arena_printf(arena, "%d open, away", c->open);
	return arena_printf(arena, "%d of %d%s", c->open, limit, c->open > limit ? ", over" : "");
}

int caseload_target(const struct caseload *c, int target)
{
	return share(target, c);
}
