#include "base/london.h"
#include "rules/child.h"
#include "rules/clock.h"
#include "rules/identifiers.h"
#include "web/children.h"
#include "web/steps.h"

struct text step_who(struct arena *arena, const struct enquiry_view *view)
{
	struct text words = TEXT_NONE;

	if (!view->sees_case) return arena_printf(arena, "%lld children", (long long)view->head.child_count);
	for (size_t i = 0; i < view->children.count; i++) {
		const struct enquiry_child *child = &view->children.rows[i];
		struct text name = child_name(arena, child);
		struct text age = child_age_words(arena, child->date_of_birth, child->expected_date, london_day(view->now));

		if (child->removed_at != INSTANT_NONE) continue;
		words = text_none(words)
					? arena_printf(arena, "%.*s (%.*s)", TEXT_ARG(name), TEXT_ARG(age))
					: arena_printf(arena, "%.*s, %.*s (%.*s)", TEXT_ARG(words), TEXT_ARG(name), TEXT_ARG(age));
	}
	return words;
}

struct text step_address(struct arena *arena, const struct enquiry_child *child)
{
	if (text_none(child->address) || text_none(child->postcode))
		return text_none(child->address) ? child->postcode : child->address;
	return arena_printf(arena, "%.*s, %.*s", TEXT_ARG(child->address), TEXT_ARG(child->postcode));
}

struct text step_nhs_number(struct arena *arena, struct text stored)
{
	return text_none(stored) ? stored : nhs_number_shown(arena, stored);
}

static struct text words_of(struct arena *arena, enum code_list list, struct text codes)
{
	struct text words = TEXT_NONE, code;

	while (text_split(&codes, ';', &code)) {
		struct text one = code_words_of(list, code);

		words = text_none(words) ? one : arena_printf(arena, "%.*s; %.*s", TEXT_ARG(words), TEXT_ARG(one));
	}
	return words;
}

struct text step_concerns(struct arena *arena, struct text codes)
{
	return words_of(arena, CODES_concern, codes);
}

struct text step_agencies(struct arena *arena, struct text codes)
{
	return words_of(arena, CODES_agency, codes);
}

bool step_handed_over(const struct step_view *view, struct hand_over_id id)
{
	int64_t asked;

	return text_int(view->hand_over, &asked) && asked == id.n;
}

struct text step_referrer(struct arena *arena, const struct enquiry_view *view)
{
	const struct text parts[] = {view->head.referrer_name, view->head.referrer_role, view->head.referrer_organisation};
	struct text words = TEXT_NONE;

	for (size_t i = 0; i < 3; i++) {
		if (!parts[i].len) continue;
		words = text_none(words) ? parts[i] : arena_printf(arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(parts[i]));
	}
	if (text_none(words) && text_is(view->head.source_code, "9")) return TEXT("Anonymous");
	return words;
}

struct text step_level(struct arena *arena, int64_t level)
{
	struct text text;

	if (level == INT_NONE) return TEXT_NONE;
	text = arena_printf(arena, "%lld", (long long)level);
	return code_words_of(CODES_threshold_level, text);
}

static struct text margin(struct arena *arena, instant at, instant due)
{
	struct text length = clock_length_words(arena, (at > due ? at - due : due - at) / MINUTE_MS);

	return arena_printf(arena, "%.*s %s due", TEXT_ARG(length), at > due ? "after" : "before");
}

struct text step_margin(struct arena *arena, const struct enquiry_view *view)
{
	if (view->head.due_at == INSTANT_NONE) return TEXT("now");
	return margin(arena, view->now, view->head.due_at);
}

struct text step_lateness(struct arena *arena, const struct enquiry_view *view)
{
	struct text words;

	if (view->head.due_at == INSTANT_NONE || text_is(view->head.state, "withdrawn")) return TEXT("");
	words = margin(arena, view->head.ended_at, view->head.due_at);
	if (view->head.ended_at <= view->head.due_at) return arena_printf(arena, ", in time: %.*s", TEXT_ARG(words));
	return arena_printf(arena, ", LATE: %.*s", TEXT_ARG(words));
}

bool step_recommended(const struct enquiry_view *view, struct proposal_id proposal)
{
	for (size_t i = 0; i < view->recommendations.count; i++)
		if (view->recommendations.rows[i].proposal.n == proposal.n) return true;
	return false;
}

struct text step_standing(struct arena *arena, const struct enquiry_view *view)
{
	const struct enquiry_head *head = &view->head;
	struct text words = code_words_of(CODES_state, head->state);
	struct text kind = code_words_of(CODES_proposal_kind, head->pending);
	struct text came = london_short(arena, head->received_at), channel = code_words_of(CODES_channel, head->channel);

	if (head->pending.len)
		words = arena_printf(arena, "%.*s, waiting for a second person (%.*s)", TEXT_ARG(words), TEXT_ARG(kind));
	if (head->allocated_to.len)
		words = arena_printf(arena, "%.*s, with %.*s", TEXT_ARG(words), TEXT_ARG(head->allocated_to));
	else if (head->holder.len && head->ended_at == INSTANT_NONE)
		words = arena_printf(arena, "%.*s, by %.*s since %.*s", TEXT_ARG(words), TEXT_ARG(head->holder),
			TEXT_ARG(london_short(arena, head->held_at)));
	return arena_printf(arena, "%.*s. Received %.*s, %.*s. %.*s.", TEXT_ARG(words), TEXT_ARG(came), TEXT_ARG(channel),
		TEXT_ARG(head->title));
}

/* What passed to or from EDT, by the step's detail; no value for another hand-over. */
static struct text duty_event(struct arena *arena, const struct enquiry_step *row)
{
	static const struct {
		const char *detail;
		const char *words;
		bool by_actor;
	} told[] = {
		{"to_edt", "Handed over to EDT by ", true},
		{"to_edt accepted", "Accepted for EDT by ", true},
		{"to_edt at close", "Passed to EDT at close", false},
		{"from_edt", "Handed over by EDT to the day team by ", true},
		{"from_edt accepted", "Accepted from EDT by ", true},
		{"from_edt at opening", "Given back by EDT at opening", false},
	};

	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (text_is(row->detail, told[i].detail))
			return arena_printf(arena, "%s%.*s", told[i].words, TEXT_ARG(told[i].by_actor ? row->actor : TEXT("")));
	return TEXT_NONE;
}

struct text step_event(struct arena *arena, const struct enquiry_step *row)
{
	struct text words = code_words_of(CODES_transition, row->transition);
	struct text room = room_event(arena, row);
	bool gives = text_is(row->transition, "allocated") || text_is(row->transition, "reallocated");

	if (room.len) return room;
	if (text_is(row->transition, "handed_over") && duty_event(arena, row).len) return duty_event(arena, row);
	if (text_starts(row->transition, TEXT("child_"))) return children_event(arena, row);
	if (!gives || !row->worker_name.len)
		return arena_printf(arena, "%.*s by %.*s", TEXT_ARG(words), TEXT_ARG(row->actor));
	return arena_printf(
		arena, "%.*s to %.*s by %.*s", TEXT_ARG(words), TEXT_ARG(row->worker_name), TEXT_ARG(row->actor));
}

struct text step_because(struct arena *arena, struct text who, instant at, struct text reason)
{
	struct text words = arena_printf(arena, "%.*s, %.*s", TEXT_ARG(who), TEXT_ARG(london_short(arena, at)));

	return reason.len ? arena_printf(arena, "%.*s: %.*s", TEXT_ARG(words), TEXT_ARG(reason)) : words;
}

struct text step_rating(struct arena *arena, const struct enquiry_rating *row)
{
	enum rerate_kind kind = rerate_kind_of(row->kind);
	struct text words = rerate_kind_words(kind);

	if (kind == RERATE_NONE || kind == RERATE_FIRST) return TEXT("");
	if (row->information_at == INSTANT_NONE) return arena_printf(arena, "%.*s: ", TEXT_ARG(words));
	return arena_printf(
		arena, "%.*s, arrived %.*s: ", TEXT_ARG(words), TEXT_ARG(london_short(arena, row->information_at)));
}

struct text step_follow(struct arena *arena, const struct enquiry_hand_over *row)
{
	(void)arena;
	return text_is(row->kind, "assessment_team") ? TEXT("Assessment ") : TEXT("Acceptance ");
}

struct text step_unread(const struct enquiry_view *view)
{
	if (text_is(view->head.state, "recommended")) return TEXT("rate it again, or return it to the worker.");
	return TEXT("screen it again.");
}

struct text step_recorded_later(struct arena *arena, const struct enquiry_view *view)
{
	int64_t hours = (view->head.recorded_at - view->head.received_at) / HOUR_MS;

	if (hours < 1) return TEXT_NONE;
	if (hours >= 48)
		return arena_printf(arena, "%.*s, %lld days after it was received",
			TEXT_ARG(london_short(arena, view->head.recorded_at)), (long long)(hours / 24));
	return arena_printf(arena, "%.*s, %lld hour%s after it was received",
		TEXT_ARG(london_short(arena, view->head.recorded_at)), (long long)hours, hours == 1 ? "" : "s");
}
