#include "base/london.h"
#include "hub/daily_return_part.h"
#include "hub/lock.h"

#define CONTENT_BYTES ((size_t)1 << 20)
#define DAYS_AT_ONCE  400 /* a hub that never collated does it a year at a time */
#define UNIT_ENQUIRY  "enquiry"
#define UNIT_CHILD    "child"

static struct text content_of(struct arena *arena, const struct daily_return_view *view, struct error *err)
{
	BUFFER_SCOPE buffer;
	struct json json;

	buffer_init(&buffer, CONTENT_BYTES);
	json_init(&json, &buffer);
	daily_return_json(&json, view);
	if (buffer.overflowed) {
		error_failed(err, "the return is too long to be kept");
		return TEXT_NONE;
	}
	return arena_text(arena, buffer_text(&buffer));
}

static bool freeze_balance(struct hub *hub, struct daily_return_id frozen, struct text key, const char *unit,
	const struct return_balance *from, struct error *err)
{
	const struct balance *b = &from->balance;
	struct return_freeze_balance_in in = {
		.daily_return = frozen,
		.workstream_key = key,
		.unit = text_of(unit),
		.opening = b->opening,
		.received = b->received,
		.reopened = b->reopened,
		.moved_in = b->moved_in,
		.corrections = b->corrections,
		.added = b->added,
		.removed = b->removed,
		.completed = b->completed,
		.screened_out = from->screened_out,
		.withdrawn = b->withdrawn,
		.moved_out = b->moved_out,
		.closing = b->closing,
	};

	return return_freeze_balance(hub->tx, &in, NULL, err);
}

static bool freeze(struct hub *hub, struct daily_return_view *view, struct error *err)
{
	struct return_freeze_in in = {
		.day = view->date,
		.window_start = view->window_start,
		.window_end = view->window_end,
		.frozen_at = hub->now,
		.collated_at = view->collated_at,
		.collated_by = view->collated_at == INSTANT_NONE ? (struct account_id){0} : hub->actor.account,
	};
	struct return_freeze_row frozen;

	view->frozen = true;
	in.content = content_of(hub->arena, view, err);
	if (text_none(in.content) || !return_freeze(hub->tx, &in, &frozen, err)) return false;
	for (size_t i = 0; i < view->workstream_count; i++) {
		const struct return_workstream *w = &view->workstreams[i];

		if (!freeze_balance(hub, frozen.id, w->key, UNIT_ENQUIRY, &w->enquiries, err)) return false;
		if (!freeze_balance(hub, frozen.id, w->key, UNIT_CHILD, &w->children, err)) return false;
	}
	return true;
}

/* Computes a day, refuses it where it doesn't balance, and keeps it; only the last is collated by name. */
static bool freeze_day(struct hub *hub, day date, bool collated, struct daily_return_view *ret, struct error *err)
{
	if (!return_compute(hub, date, ret, err)) return false;
	if (!return_balance_check(ret, err))
		return error_hint(err, "The return of %.*s doesn't balance, so it can't be collated. Please report this.",
			TEXT_ARG(day_words(hub->arena, date)));
	if (collated) {
		ret->collated_at = hub->now;
		ret->collated_by = hub->actor.name;
	}
	return freeze(hub, ret, err);
}

/* The first day that isn't frozen: after the last frozen one, else the hub's first event's, else the day itself. */
static bool first_unfrozen(struct hub *hub, day until, day *ret, struct error *err)
{
	struct return_frozen_before_row before;
	struct return_first_event_row event;
	bool found;

	*ret = until;
	if (!return_frozen_before(hub->tx, &(struct return_frozen_before_in){until}, &before, &found, err)) return false;
	if (found) {
		*ret = before.day + 1;
		return true;
	}
	if (!return_first_event(hub->tx, &event, err)) return false;
	if (event.at != INSTANT_NONE && london_day(event.at) < until) *ret = london_day(event.at);
	return true;
}

static bool may_collate(struct hub *hub, day date, struct error *err)
{
	struct return_frozen_row frozen;
	struct return_frozen_after_row after;
	bool found;

	if (!hub_may(hub, ACTION_COLLATE, err)) return false;
	if (!return_frozen(hub->tx, &(struct return_frozen_in){date}, &frozen, &found, err)) return false;
	if (found && frozen.collated_at != INSTANT_NONE)
		return error_refused(err, "this return was collated by %.*s on %.*s", TEXT_ARG(frozen.collated_by),
			TEXT_ARG(london_words(hub->arena, frozen.collated_at)));
	if (!found && !return_frozen_after(hub->tx, &(struct return_frozen_after_in){date}, &after, &found, err))
		return false;
	if (found) return error_refused(err, "a later return has been collated: returns are collated in order");
	return true;
}

bool daily_return_collate(struct hub *hub, day date, struct daily_return_view *ret, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_COLLATE};
	day first;

	if (!hub_lock_day(hub, date, err)) return false;
	if (!may_collate(hub, date, err) || !first_unfrozen(hub, date, &first, err)) return false;
	if (date - first > DAYS_AT_ONCE) {
		error_refused(err, "%d days have not been collated yet", (int)(date - first));
		return error_hint(err, "Collate an earlier day first.");
	}
	for (day d = first; d <= date; d++)
		if (!freeze_day(hub, d, d == date, ret, err)) return false;
	entry.detail = day_iso(hub->arena, date);
	return audit_write(hub, &entry, NULL, err);
}
