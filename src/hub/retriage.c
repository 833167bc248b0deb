#include "hub/retriage.h"

#include "hub/holding.h"
#include "hub/proposal.h"
#include "rules/signing.h"

static const struct input_member row_members[] = {
	{FIELD_reference, COLUMN_TEXT, offsetof(struct retriage_row, reference), false},
	{FIELD_rag, COLUMN_TEXT, offsetof(struct retriage_row, rag), false},
	{FIELD_rag_reason, COLUMN_TEXT, offsetof(struct retriage_row, rag_reason), false},
	{FIELD_version, COLUMN_INT, offsetof(struct retriage_row, version), false},
};

static const struct input_type row_input = {
	.name = "retriage_row",
	.size = sizeof(struct retriage_row),
	INPUT_MEMBERS(row_members),
};

const struct input_type retriage_input = {
	.name = "retriage",
	.size = sizeof(struct retriage_ask),
	.list = "rows",
	.list_type = &row_input,
	.list_offset = offsetof(struct retriage_ask, rows),
	.list_least = 1,
	.list_most = RETRIAGE_ROWS_MOST,
};

const char *retriage_what_words(enum retriage_what what)
{
	static const char *const words[RETRIAGE_WHAT_COUNT] = {
		[RETRIAGE_SCREENED] = "Screened",
		[RETRIAGE_RAISED] = "Rated higher",
		[RETRIAGE_PROPOSED] = "Lower rating proposed: a second person has to agree",
		[RETRIAGE_UNCHANGED] = "Stays as it is",
		[RETRIAGE_REFUSED] = "Can't be done",
	};

	return words[what];
}

/* A row with what it is about, decided and not yet done. */
struct planned {
	struct episode episode;
	struct rating rating;
	bool screens;
	bool lowers;
};

static bool row_says(const struct retriage_row *row, struct error *err)
{
	if (text_blank(row->reference)) return error_refused(err, "say which enquiry");
	if (rag_of(row->rag) == RAG_NONE) return error_refused(err, "choose red, amber or green");
	return !text_blank(row->rag_reason) || error_refused(err, "say why it is rated so");
}

static bool stands_twice(
	const struct retriage_result *result, const struct planned *planned, const struct episode *episode)
{
	for (size_t i = 0; i < result->count; i++)
		if (planned[i].episode.id.n == episode->id.n) return true;
	return false;
}

static bool waits_for_other(const struct episode *episode, struct error *err)
{
	enum proposal_kind pending = proposal_kind_of(episode->pending);
	struct text words = proposal_kind_words(pending);

	if (text_none(episode->pending) || pending == PROPOSAL_LOWERING) return true;
	return error_refused(err, "it waits for a second person: %.*s", TEXT_ARG(words));
}

/* Screening, or screening again, or rating again: as the actions of their own have it. */
static bool decide(struct hub *hub, const struct retriage_row *row, struct planned *planned, struct error *err)
{
	const struct episode *episode = &planned->episode;
	enum rag rag = rag_of(row->rag);
	bool first = episode->screened_at == INSTANT_NONE, again = !first && episode->rescreen_asked_at != INSTANT_NONE;

	planned->screens = first || again;
	planned->lowers = signing_lowers(rag_of(episode->rag), rag);
	planned->rating =
		(struct rating){.kind = RERATE_MISRATED, .rag = rag, .reason = row->rag_reason, .information_at = INSTANT_NONE};
	if (first && (text_none(episode->rag) || text_equal(episode->rag, row->rag))) planned->rating.kind = RERATE_FIRST;
	if (again)
		planned->rating.kind = RERATE_NEW_INFORMATION, planned->rating.information_at = episode->rescreen_asked_at;
	if (!episode_takes(episode, planned->screens ? TRANSITION_SCREENED : TRANSITION_RERATED, err)) return false;
	if (planned->screens && !hub_may(hub, ACTION_SCREEN, err)) return false;
	if (!planned->screens && !hub_may(hub, ACTION_RERATE, err)) return false;
	return waits_for_other(episode, err);
}

static enum retriage_what what_of(const struct retriage_row *row, const struct planned *planned)
{
	if (planned->lowers) return RETRIAGE_PROPOSED;
	if (planned->screens) return RETRIAGE_SCREENED;
	return text_equal(planned->episode.rag, row->rag) ? RETRIAGE_UNCHANGED : RETRIAGE_RAISED;
}

/* False only for what ends the whole; a refused row is marked so. */
static bool plan_one(struct hub *hub, const struct retriage_row *row, const struct retriage_result *result,
	struct planned *planned, struct retriage_change *change, struct error *err)
{
	struct planned *mine = &planned[result->count];
	int64_t version = row->version == INT_NONE ? VERSION_ANY : row->version;
	struct error own = {0};
	bool fits;

	*mine = (struct planned){0};
	*change = (struct retriage_change){.row = row,
		.what = RETRIAGE_REFUSED,
		.reference = row->reference,
		.due_was = INSTANT_NONE,
		.due_at = INSTANT_NONE};
	fits = row_says(row, &own) && episode_lock(hub, row->reference, version, &mine->episode, &own);
	if (fits && stands_twice(result, planned, &mine->episode)) fits = error_refused(&own, "it stands here twice");
	fits = fits && decide(hub, row, mine, &own);
	if (own.kind == ERROR_FAILED || own.kind == ERROR_BUSY) return *err = own, false;
	if (mine->episode.id.n) {
		change->reference = mine->episode.reference;
		change->rag_was = mine->episode.rag;
		change->due_was = mine->episode.due_at;
		change->due_at = mine->episode.due_at;
	}
	change->why = fits ? TEXT_NONE : arena_text(hub->arena, text_of(own.message));
	if (!fits) return true;
	change->what = what_of(row, mine);
	if (change->what == RETRIAGE_SCREENED || change->what == RETRIAGE_RAISED)
		change->due_at = rating_due(hub, &mine->episode, &mine->rating);
	return true;
}

static bool plan(struct hub *hub, const struct retriage_ask *ask, struct planned **ret_planned,
	struct retriage_result *ret, struct error *err)
{
	const struct retriage_row *rows = ask->rows.rows;

	if (!hub_may(hub, ACTION_RETRIAGE, err)) return false;
	if (ask->rows.count > RETRIAGE_ROWS_MOST)
		return error_field(err, "rows", "Rate at most %d at once", RETRIAGE_ROWS_MOST);
	*ret = (struct retriage_result){.rows = arena_new_array(hub->arena, ask->rows.count + 1, struct retriage_change)};
	*ret_planned = arena_new_array(hub->arena, ask->rows.count + 1, struct planned);
	for (size_t i = 0; i < ask->rows.count; i++) {
		struct retriage_change *change = &ret->rows[ret->count];

		if (text_blank(rows[i].rag) && text_blank(rows[i].rag_reason)) continue;
		if (!plan_one(hub, &rows[i], ret, *ret_planned, change, err)) return false;
		change->index = i;
		ret->counts[change->what]++;
		ret->count++;
	}
	if (ret->count) return true;
	return error_field(err, "rows", "Choose a rating for one enquiry at least");
}

bool retriage_try(struct hub *hub, const struct retriage_ask *ask, struct retriage_result *ret, struct error *err)
{
	struct planned *planned;

	if (!plan(hub, ask, &planned, ret, err)) return false;
	return hub_viewed(hub, ACTION_RETRIAGE, (struct enquiry_id){0}, TEXT("retriage dry run"), err);
}

static bool all_fit(const struct retriage_result *result, struct error *err)
{
	if (!result->counts[RETRIAGE_REFUSED]) return true;
	for (size_t i = 0; i < result->count; i++)
		if (result->rows[i].what == RETRIAGE_REFUSED)
			error_field_at(err, "rows", result->rows[i].index, "reference", "%.*s: %.*s",
				TEXT_ARG(result->rows[i].reference), TEXT_ARG(result->rows[i].why));
	return error_invalid(
		err, "%zu of %zu can't be done, so nothing was changed", result->counts[RETRIAGE_REFUSED], result->count);
}

static bool write_step(struct hub *hub, struct planned *p, struct error *err)
{
	struct step screened = {
		.action = ACTION_RETRIAGE, .transition = TRANSITION_SCREENED, .detail = rag_text(p->rating.rag)};
	struct step rerated = {
		.action = ACTION_RETRIAGE, .transition = TRANSITION_RERATED, .detail = rag_text(p->rating.rag)};

	if (p->screens && !episode_step(hub, &p->episode, &screened, err)) return false;
	if (p->screens) {
		p->episode.rescreen_asked_at = INSTANT_NONE;
		if (p->episode.screened_at == INSTANT_NONE)
			p->episode.screened_at = hub->now, p->episode.screened_by = hub->actor.account;
	}
	if (p->lowers) return rating_propose(hub, &p->episode, &p->rating, err);
	if (!p->screens && !episode_step(hub, &p->episode, &rerated, err)) return false;
	return proposal_overtake(hub, &p->episode, err) && rating_set(hub, &p->episode, &p->rating, err);
}

static bool make_one(
	struct hub *hub, struct retriage_id retriage, struct planned *p, struct retriage_change *change, struct error *err)
{
	const struct episode before = p->episode;
	struct retriage_item_insert_in item = {
		.retriage = retriage,
		.episode = before.id,
		.reason = p->rating.reason,
		.rag = rag_text(p->rating.rag),
		.rated = !p->lowers,
		.proposed = p->lowers,
		.rag_was = before.rag,
		.first_rag_was = before.first_rag,
		.due_was = before.due_at,
		.screened_was = before.screened_at,
		.screened_by_was = before.screened_by,
		.rescreen_asked_was = before.rescreen_asked_at,
		.state_was = before.state,
	};

	if (change->what == RETRIAGE_UNCHANGED) return true;
	if (!write_step(hub, p, err) || !episode_save(hub, &p->episode, err)) return false;
	change->due_at = p->episode.due_at;
	item.version_after = p->episode.version;
	return retriage_item_insert(hub->tx, &item, NULL, err);
}

/* Once for each workstream that was touched, at the end: what was held of them is of a later version then. */
static bool settle(struct hub *hub, const struct planned *planned, size_t count, struct error *err)
{
	struct workstream_id done[8];
	size_t dones = 0;

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (k < dones && done[k].n != planned[i].episode.workstream.n) k++;
		if (k < dones || dones == sizeof done / sizeof *done) continue;
		done[dones++] = planned[i].episode.workstream;
		if (!holding_settle(hub, planned[i].episode.workstream, err)) return false;
	}
	return true;
}

static bool lock_rows(struct hub *hub, const struct retriage_ask *ask, struct error *err)
{
	const struct retriage_row *rows = ask->rows.rows;
	struct text *references = arena_new_array(hub->arena, ask->rows.count, struct text);
	size_t n = 0;

	for (size_t i = 0; i < ask->rows.count && i < RETRIAGE_ROWS_MOST; i++)
		if (!text_blank(rows[i].rag)) references[n++] = rows[i].reference;
	return enquiries_lock(hub, references, n, err);
}

bool retriage_make(struct hub *hub, const struct retriage_ask *ask, struct retriage_result *ret, struct error *err)
{
	struct retriage_insert_in in = {.at = hub->now, .recorded_at = hub->recorded_at, .made_by = hub->actor.account};
	struct retriage_insert_row made;
	struct planned *planned;

	if (!lock_rows(hub, ask, err) || !plan(hub, ask, &planned, ret, err) || !all_fit(ret, err)) return false;
	if (!retriage_insert(hub->tx, &in, &made, err)) return false;
	for (size_t i = 0; i < ret->count; i++)
		if (!make_one(hub, made.id, &planned[i], &ret->rows[i], err)) return false;
	ret->id = made.id;
	return settle(hub, planned, ret->count, err);
}
