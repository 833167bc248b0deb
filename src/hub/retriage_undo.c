#include "base/london.h"
#include "hub/holding.h"
#include "hub/lock.h"
#include "hub/proposal.h"
#include "hub/retriage.h"

static bool find(struct hub *hub, struct retriage_id id, struct retriage_find_row *ret, struct error *err)
{
	bool found;

	if (!retriage_find(hub->tx, &(struct retriage_find_in){id}, ret, &found, err)) return false;
	return found || error_not_found(err, "there is no re-triage %lld", (long long)id.n);
}

static bool may_undo(const struct hub *hub, const struct retriage_find_row *head)
{
	return head->undone_at == INSTANT_NONE &&
		   (head->made_by.n == hub->actor.account.n || hub_can(hub, ACTION_AUTHORISE_LOWERING));
}

bool retriage_show(struct hub *hub, struct retriage_id id, struct retriage_view *ret, struct error *err)
{
	struct retriage_items_in in = {.viewer = hub->actor.account, .retriage = id};
	struct retriage_item_rows rows;

	if (!hub_may(hub, ACTION_RETRIAGE, err) || !find(hub, id, &ret->head, err)) return false;
	if (!retriage_items(hub->tx, &in, &rows, err)) return false;
	ret->rows = rows.rows;
	ret->count = rows.count;
	ret->may_undo = may_undo(hub, &ret->head);
	return hub_viewed(
		hub, ACTION_RETRIAGE, (struct enquiry_id){0}, arena_printf(hub->arena, "retriage %lld", (long long)id.n), err);
}

/* Nothing else has happened to it, and its time hasn't run out. */
static bool as_it_was_left(
	struct hub *hub, const struct retriage_item_row *item, const struct episode *episode, struct error *err)
{
	if (episode->id.n != item->episode.n || episode->version != item->version_after)
		return error_refused(err, "something else has happened to it since");
	if (episode->due_at != INSTANT_NONE && episode->due_at < hub->now)
		return error_refused(err, "it has become late since, and that isn't undone");
	return true;
}

/* Higher than it was: putting that back is lowering it, which needs a second person. */
static bool was_raised(const struct retriage_item_row *item)
{
	return item->rating.n && !text_none(item->rag_was) && rag_of(item->rag) < rag_of(item->rag_was);
}

static bool propose(struct hub *hub, const struct retriage_find_row *head, const struct retriage_item_row *item,
	struct episode *episode, struct error *err)
{
	struct rating rating = {.kind = RERATE_MISRATED, .rag = rag_of(item->rag_was), .information_at = INSTANT_NONE};

	rating.reason = arena_printf(hub->arena, "Undoes the re-triage of %.*s by %.*s",
		TEXT_ARG(london_words(hub->arena, head->at)), TEXT_ARG(head->made_name));
	return rating_propose(hub, episode, &rating, err) && episode_save(hub, episode, err);
}

/* Everything as it stood, and what was proposed is not asked for any more. */
static bool restore(struct hub *hub, const struct retriage_item_row *item, struct episode *episode, struct error *err)
{
	bool unscreened = text_is(item->state_was, "received");
	struct step step = {.action = ACTION_RETRIAGE,
		.transition = unscreened ? TRANSITION_UNSCREENED : TRANSITION_RETRIAGE_UNDONE,
		.detail = TEXT("rag due_at")};
	struct retriage_item_undone_in undone = {.id = item->id, .undone_at = hub->now};

	if (!episode_step(hub, episode, &step, err) || !proposal_overtake(hub, episode, err)) return false;
	episode->rag = item->rag_was;
	episode->first_rag = item->first_rag_was;
	episode->due_at = item->due_was;
	episode->screened_at = item->screened_was;
	episode->screened_by = item->screened_by_was;
	episode->rescreen_asked_at = item->rescreen_asked_was;
	return episode_save(hub, episode, err) && retriage_item_undone(hub->tx, &undone, NULL, err);
}

static bool undo_one(struct hub *hub, const struct retriage_find_row *head, const struct retriage_item_row *item,
	struct retriage_undone_row *row, struct error *err)
{
	struct episode episode;
	struct error own = {0};

	*row = (struct retriage_undone_row){.reference = item->reference, .what = RETRIAGE_NOT_UNDONE};
	if (!episode_lock(hub, item->reference, VERSION_ANY, &episode, err)) return false;
	if (!as_it_was_left(hub, item, &episode, &own)) {
		row->why = arena_text(hub->arena, text_of(own.message));
		return true;
	}
	row->what = was_raised(item) ? RETRIAGE_UNDO_PROPOSED : RETRIAGE_UNDONE;
	if (was_raised(item)) return propose(hub, head, item, &episode, err);
	return restore(hub, item, &episode, err);
}

bool retriage_undo(struct hub *hub, struct retriage_id id, struct retriage_undone_list *ret, struct error *err)
{
	struct retriage_undone_in undone = {.id = id, .undone_by = hub->actor.account, .undone_at = hub->now};
	struct retriage_view view;
	struct text *references;

	if (!hub_lock_key(hub, LOCK_RETRIAGE, id.n, TEXT(""), err) || !retriage_show(hub, id, &view, err)) return false;
	if (view.head.undone_at != INSTANT_NONE)
		return error_refused(err, "%.*s undid this %.*s", TEXT_ARG(view.head.undone_name),
			TEXT_ARG(london_short(hub->arena, view.head.undone_at)));
	if (!view.may_undo)
		return error_denied(err, "%.*s made this: they or a manager undo it", TEXT_ARG(view.head.made_name));
	references = arena_new_array(hub->arena, view.count + 1, struct text);
	for (size_t i = 0; i < view.count; i++) references[i] = view.rows[i].reference;
	if (!enquiries_lock(hub, references, view.count, err)) return false;
	*ret =
		(struct retriage_undone_list){.rows = arena_new_array(hub->arena, view.count + 1, struct retriage_undone_row)};
	for (size_t i = 0; i < view.count; i++) {
		struct retriage_undone_row *row = &ret->rows[ret->count++];

		if (!undo_one(hub, &view.head, &view.rows[i], row, err)) return false;
		ret->counts[row->what]++;
	}
	return retriage_undone(hub->tx, &undone, NULL, err) && holding_settle(hub, (struct workstream_id){0}, err);
}
