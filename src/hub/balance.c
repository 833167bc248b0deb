#include "hub/episode.h"

/* Where an event counts: its own instant, or, when that window is frozen, the next one's start. */
struct counted {
	bool correction;
	instant at;
};

static bool counts_at(struct hub *hub, struct counted *ret, struct error *err)
{
	struct balance_frozen_until_row frozen;

	if (!balance_frozen_until(hub->tx, &frozen, err)) return false;
	*ret = (struct counted){.correction = frozen.window_end != INSTANT_NONE && hub->now < frozen.window_end};
	ret->at = ret->correction ? frozen.window_end : hub->now;
	return true;
}

static bool write_read_children(struct hub *hub, const struct episode *episode, const struct balance_change *change,
	const struct counted *counted, struct error *err)
{
	struct balance_children_insert_in in = {
		.kind = text_of(change->kind),
		.workstream = episode->workstream,
		.enquiry = episode->enquiry,
		.episode = episode->id,
		.screened_out = change->screened_out,
		.correction = counted->correction,
		.at = hub->now,
		.counts_at = counted->at,
		.recorded_at = hub->recorded_at,
	};

	return balance_children_insert(hub->tx, &in, NULL, err);
}

static bool write_one(struct hub *hub, const struct episode *episode, const struct balance_change *change,
	const struct counted *counted, struct error *err)
{
	struct balance_event_insert_in in = {
		.kind = text_of(change->kind),
		.unit = change->child.n ? TEXT("child") : TEXT("enquiry"),
		.workstream = episode->workstream,
		.enquiry = episode->enquiry,
		.episode = episode->id,
		.child = change->child,
		.screened_out = change->screened_out,
		.correction = counted->correction,
		.at = hub->now,
		.counts_at = counted->at,
		.recorded_at = hub->recorded_at,
	};

	return balance_event_insert(hub->tx, &in, NULL, err);
}

static bool write_children(struct hub *hub, const struct episode *episode, const struct balance_change *change,
	const struct counted *counted, struct error *err)
{
	struct balance_change one = *change;

	if (!change->children) return write_read_children(hub, episode, change, counted, err);
	for (size_t i = 0; i < change->child_count; i++) {
		one.child = change->children[i];
		if (!write_one(hub, episode, &one, counted, err)) return false;
	}
	return true;
}

bool balance_write(
	struct hub *hub, const struct episode *episode, const struct balance_change *change, struct error *err)
{
	struct counted counted;

	if (!counts_at(hub, &counted, err)) return false;
	if (change->unit == BALANCE_WITH_CHILDREN && !write_children(hub, episode, change, &counted, err)) return false;
	return write_one(hub, episode, change, &counted, err);
}
