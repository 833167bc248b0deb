#include "web/room.h"

#include "base/london.h"
#include "hub/holding.h"
#include "rules/caseload.h"
#include "rules/clock.h"
#include "web/steps.h"

bool room_load(struct hub *hub, struct step_view *view, struct error *err)
{
	struct room_view *room = &view->room;
	struct workstream_id workstream = view->enquiry.episode.workstream;

	switch (view->step->action) {
	case ACTION_HOLD: return holding_people(hub, &room->managers, err);
	case ACTION_SWAP:
		if (!swap_offers_of(hub, workstream, ROOM_OFFERS_MOST, &room->offers, err)) return false;
		break;
	case ACTION_LEND:
		if (!loan_candidates(hub, workstream, &room->lendable, err)) return false;
		break;
	case ACTION_UNALLOCATE: break;
	default: return true;
	}
	return holding_room_of(hub, workstream, &room->room, err);
}

struct text room_words(struct arena *arena, const struct step_view *view)
{
	if (!view->room.room) return TEXT("Nobody in this team has room.");
	return arena_printf(arena, "This team has room for %lld.", (long long)view->room.room);
}

static struct text number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

const struct choice *room_manager_choices(const struct step_view *view)
{
	const struct holding_manager_rows *managers = &view->room.managers;
	struct choice *choices = arena_new_array(view->arena, managers->count, struct choice);

	for (size_t i = 0; i < managers->count; i++) {
		const struct holding_manager *row = &managers->rows[i];

		choices[i] = (struct choice){.value = number(view->arena, row->account.n),
			.text = row->name,
			.hint = {.text = row->held ? arena_printf(view->arena, "%.*s, holds %lld now",
											 TEXT_ARG(role_words(role_of(row->role))), (long long)row->held)
									   : role_words(role_of(row->role))}};
	}
	return choices;
}

/* "25 of 25 throughout": one leaves as the other comes. */
static struct text offer_hint(struct arena *arena, const struct swap_offer *row, instant now)
{
	struct caseload caseload = {(int)row->open, (int)row->cap, (int)row->hours_percent, false};
	struct text left =
		clock_length_words(arena, (row->due_at > now ? row->due_at - now : now - row->due_at) / MINUTE_MS);

	return arena_printf(arena, "%.*s %s. %.*s holds %.*s before and after", TEXT_ARG(left),
		row->due_at > now ? "left" : "LATE", TEXT_ARG(row->worker_name), TEXT_ARG(caseload_words(arena, &caseload)));
}

const struct choice *room_offer_choices(const struct step_view *view)
{
	const struct swap_offer_rows *offers = &view->room.offers;
	struct choice *choices = arena_new_array(view->arena, offers->count, struct choice);

	for (size_t i = 0; i < offers->count; i++) {
		const struct swap_offer *row = &offers->rows[i];

		choices[i] = (struct choice){
			.value = arena_printf(view->arena, "%.*s@%lld", TEXT_ARG(row->reference), (long long)row->version),
			.text = arena_printf(view->arena, "%.*s, %.*s, %.*s, with %.*s", TEXT_ARG(row->reference),
				TEXT_ARG(code_words_of(CODES_rag, row->rag)), TEXT_ARG(code_words_of(CODES_concern, row->main_concern)),
				TEXT_ARG(row->worker_name)),
			.hint = {.text = offer_hint(view->arena, row, view->enquiry.now)},
		};
	}
	return choices;
}

const struct choice *room_lendable_choices(const struct step_view *view)
{
	const struct loan_worker_rows *lendable = &view->room.lendable;
	struct choice *choices = arena_new_array(view->arena, lendable->count, struct choice);

	for (size_t i = 0; i < lendable->count; i++) {
		const struct loan_worker *row = &lendable->rows[i];
		struct caseload caseload = {(int)row->open, (int)row->cap, (int)row->hours_percent, false};
		int room = caseload_room(&caseload);

		choices[i] = (struct choice){.value = number(view->arena, row->account.n),
			.text = arena_printf(
				view->arena, "%.*s, %.*s", TEXT_ARG(row->name), TEXT_ARG(caseload_words(view->arena, &caseload))),
			.hint = {.text = arena_printf(
						 view->arena, "%.*s%sroom for %d", TEXT_ARG(row->team), row->team.len ? ", " : "", room)},
			.disabled = !room};
	}
	return choices;
}

struct text room_held_words(struct arena *arena, const struct hub_now_view *view)
{
	const struct hub_list_view *held = &view->lists[HUB_LIST_HELD];
	struct text length = clock_length_words(arena, (view->now - view->held_since) / MINUTE_MS);
	struct text who = held->count ? held->rows[0].held_by : TEXT_NONE;

	for (size_t i = 1; i < held->count; i++)
		if (!text_equal(who, held->rows[i].held_by)) who = TEXT_NONE;
	if (!who.len || (int64_t)held->count < view->held)
		return arena_printf(arena, " (held by their managers, the longest for %.*s)", TEXT_ARG(length));
	return arena_printf(arena, " (held by %.*s for %.*s)", TEXT_ARG(who), TEXT_ARG(length));
}

static struct text held_event(struct arena *arena, const struct enquiry_step *row)
{
	struct text holder = row->worker_name;

	if (text_is(row->detail, "no_room")) return arena_printf(arena, "Held by %.*s: it found no room", TEXT_ARG(holder));
	if (text_equal(holder, row->actor)) return arena_printf(arena, "Held by %.*s", TEXT_ARG(holder));
	return arena_printf(arena, "Held by %.*s, given by %.*s", TEXT_ARG(holder), TEXT_ARG(row->actor));
}

struct text room_event(struct arena *arena, const struct enquiry_step *row)
{
	struct text who = row->worker_name;

	if (!who.len) return TEXT_NONE;
	if (text_is(row->transition, "held")) return held_event(arena, row);
	if (text_is(row->transition, "unallocated") && row->detail.len)
		return arena_printf(arena, "Put back from %.*s by %.*s, who swapped it for %.*s", TEXT_ARG(who),
			TEXT_ARG(row->actor), TEXT_ARG(row->detail));
	if (text_is(row->transition, "unallocated"))
		return arena_printf(arena, "Put back from %.*s by %.*s", TEXT_ARG(who), TEXT_ARG(row->actor));
	if (text_is(row->transition, "allocated") && row->detail.len)
		return arena_printf(arena, "Allocated to %.*s by %.*s, in the place of %.*s", TEXT_ARG(who),
			TEXT_ARG(row->actor), TEXT_ARG(row->detail));
	return TEXT_NONE;
}

void room_json(struct json *json, const struct hub_now_view *view)
{
	json_member_instant(json, "held_since", view->held_since);
	json_key(json, "rooms");
	json_open_list(json);
	for (size_t i = 0; i < view->rooms.count; i++) {
		const struct hub_room *row = &view->rooms.rows[i];

		json_open(json);
		json_member_text(json, "workstream", row->workstream);
		json_member_int(json, "room", row->room);
		record_list_json(json, "swaps", &swap_offer_record, row->swaps.rows, row->swaps.count);
		json_close(json);
	}
	json_close_list(json);
}

const struct hub_room *room_of_row(const struct hub_now_view *view, const struct hub_now_row *row)
{
	for (size_t i = 0; i < view->rooms.count; i++)
		if (text_equal(view->rooms.rows[i].workstream, row->workstream_key)) return &view->rooms.rows[i];
	return NULL;
}

bool room_is_there(const struct hub_room *room)
{
	return room && room->room > 0;
}

struct text room_swap_words(struct arena *arena, const struct swap_offer_rows *offers)
{
	struct text words = TEXT_NONE;

	for (size_t i = 0; i < offers->count; i++) {
		const struct swap_offer *row = &offers->rows[i];
		struct text one = arena_printf(arena, "%.*s (%.*s, %.*s)", TEXT_ARG(row->reference),
			TEXT_ARG(code_words_of(CODES_rag, row->rag)), TEXT_ARG(row->worker_name));

		words = i ? arena_printf(arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(one)) : one;
	}
	return words;
}

static struct text note_words(struct arena *arena, const struct holding_note *row)
{
	if (text_is(row->kind, "held")) return arena_printf(arena, "Held by %.*s, said", TEXT_ARG(row->holder));
	if (text_is(row->kind, "put_back")) return arena_printf(arena, "Put back from %.*s by", TEXT_ARG(row->holder));
	if (!row->reference.len) return TEXT("Swapped by");
	return arena_printf(arena, "Swapped with %.*s by", TEXT_ARG(row->reference));
}

struct text room_note(struct arena *arena, const struct holding_note *row)
{
	struct text because = step_because(arena, row->actor, row->at, row->reason);

	return arena_printf(arena, "%.*s %.*s", TEXT_ARG(note_words(arena, row)), TEXT_ARG(because));
}
