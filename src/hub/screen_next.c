#include "hub/screen_next.h"

#include "hub/accumulation.h"
#include "sql/enquiry.h"

struct screen_place screen_place_read(struct text text)
{
	int64_t parts[4];
	struct text part;
	size_t count = 0;

	while (count < 4 && text_split(&text, '-', &part))
		if (!text_int(part, &parts[count++])) return (struct screen_place){.red = -1};
	if (count < 4) return (struct screen_place){.red = -1};
	return (struct screen_place){parts[0], parts[1], parts[2], {parts[3]}};
}

struct text screen_place_text(struct arena *arena, const struct screen_place *place)
{
	return arena_printf(arena, "%lld-%lld-%lld-%lld", (long long)place->red, (long long)place->risk_order,
		(long long)place->started_at, (long long)place->id.n);
}

static bool find_workstream(struct hub *hub, struct text key, struct workstream_id *ret, struct error *err)
{
	struct workstream_by_key_row row;
	bool found;

	if (!workstream_by_key(hub->tx, &(struct workstream_by_key_in){key}, &row, &found, err)) return false;
	if (!found) return error_not_found(err, "there is no workstream \"%.*s\"", TEXT_ARG(text_slice(key, 0, 40)));
	*ret = row.id;
	return true;
}

/* Where it stands among those that wait; of a taken-over workstream, among all that were taken over. */
static bool count(struct hub *hub, struct workstream_id workstream, struct screening_list *list, struct error *err)
{
	struct screen_before_in in = {.workstream = workstream,
		.red = list->place.red,
		.risk_order = list->place.risk_order,
		.started_at = list->place.started_at,
		.id = list->place.id};
	struct take_over_last_row taken;
	struct accumulation_counts_row all;
	struct screen_before_row before;
	bool found;

	if (!screen_before(hub->tx, &in, &before, err)) return false;
	list->waiting = before.total;
	list->skipped = before.count;
	list->position = before.count + 1;
	list->of = before.total;
	if (!take_over_last(hub->tx, &(struct take_over_last_in){list->workstream}, &taken, &found, err)) return false;
	if (!found) return true;
	if (!accumulation_counts(
			hub->tx, &(struct accumulation_counts_in){.workstream = workstream, .taken_at = taken.taken_at}, &all, err))
		return false;
	list->position += all.total - before.total;
	list->of = all.total;
	return true;
}

bool screen_next_after(struct hub *hub, struct text workstream, const struct screen_place *after,
	struct screening_list *ret, struct error *err)
{
	struct screen_next_in in = {.viewer = hub->actor.account,
		.red = after->red,
		.risk_order = after->risk_order,
		.started_at = after->started_at,
		.id = after->id};
	struct screen_next_row row;

	*ret = (struct screening_list){.workstream = workstream, .place = *after};
	if (!hub_may(hub, ACTION_SCREEN, err) || !find_workstream(hub, workstream, &in.workstream, err)) return false;
	if (!screen_next(hub->tx, &in, &row, &ret->found, err)) return false;
	if (ret->found) ret->place = (struct screen_place){row.red, row.risk_order, row.started_at, row.id};
	if (!count(hub, in.workstream, ret, err)) return false;
	return !ret->found || enquiry_view(hub, row.reference, &ret->enquiry, err);
}

bool screen_next_this(struct hub *hub, const struct screening_list *at, struct text reference,
	struct screening_list *ret, struct error *err)
{
	struct workstream_id id;

	*ret = (struct screening_list){.workstream = at->workstream, .place = at->place, .found = true};
	if (!hub_may(hub, ACTION_SCREEN, err) || !find_workstream(hub, at->workstream, &id, err)) return false;
	return enquiry_view(hub, reference, &ret->enquiry, err) && count(hub, id, ret, err);
}
