#include "base/london.h"
#include "html/time_left.h"
#include "rules/clock.h"
#include "web/care.h"

struct text care_allocated(struct arena *arena, const struct enquiry_open_case *row)
{
	struct text words = row->case_worker;

	if (row->case_manager.len)
		words = arena_printf(arena, "%.*s (manager %.*s)", TEXT_ARG(words), TEXT_ARG(row->case_manager));
	if (row->case_team.len) words = arena_printf(arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(row->case_team));
	return words;
}

struct text care_days(struct arena *arena, const struct enquiry_open_case *row)
{
	struct text from = day_words(arena, row->case_from);

	if (row->case_to == DAY_NONE) return arena_printf(arena, "since %.*s", TEXT_ARG(from));
	return arena_printf(arena, "%.*s to %.*s", TEXT_ARG(from), TEXT_ARG(day_words(arena, row->case_to)));
}

static struct text full_name(struct arena *arena, struct text given, struct text family)
{
	if (given.len && family.len) return arena_printf(arena, "%.*s %.*s", TEXT_ARG(given), TEXT_ARG(family));
	if (given.len || family.len) return given.len ? given : family;
	return TEXT("name not known");
}

struct text care_child(struct arena *arena, int64_t position, struct text given_name, struct text family_name)
{
	struct text name = full_name(arena, given_name, family_name);

	return arena_printf(arena, "%lld. %.*s", (long long)position, TEXT_ARG(name));
}

struct text care_child_named(struct arena *arena, const struct enquiry_view *view, struct child_id child)
{
	for (size_t i = 0; i < view->children.count; i++)
		if (view->children.rows[i].id.n == child.n) return child_name(arena, &view->children.rows[i]);
	return TEXT("");
}

struct text care_whom(struct arena *arena, int64_t position, struct text given_name, struct text family_name)
{
	if (position == INT_NONE) return TEXT("of all the children");
	return arena_printf(arena, "of %.*s", TEXT_ARG(full_name(arena, given_name, family_name)));
}

struct text care_person(struct arena *arena, const struct enquiry_person *row)
{
	struct text words = full_name(arena, row->given_name, row->family_name);
	const struct text parts[] = {row->case_status, row->case_worker, row->case_team};

	if (row->date_of_birth != DAY_NONE)
		words = arena_printf(arena, "%.*s, born %.*s", TEXT_ARG(words), TEXT_ARG(day_words(arena, row->date_of_birth)));
	if (row->nhs_number.len)
		words = arena_printf(
			arena, "%.*s, NHS number %.*s", TEXT_ARG(words), TEXT_ARG(step_nhs_number(arena, row->nhs_number)));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].len) words = arena_printf(arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(parts[i]));
	return words;
}

bool care_answered(const struct enquiry_view *view)
{
	for (size_t i = 0; i < view->care.links.count; i++)
		if (view->care.links.rows[i].answered_at != INSTANT_NONE) return true;
	return false;
}

struct text care_ends(struct arena *arena, instant until, instant now)
{
	char length[TIME_LEFT_BYTES];
	struct text words = time_length_words(length, until - now);

	if (now <= until) return arena_printf(arena, "ends in %.*s", TEXT_ARG(words));
	return arena_printf(arena, "ended %.*s ago: record what followed", TEXT_ARG(words));
}

struct text care_lateness(struct arena *arena, instant at, instant due)
{
	char length[TIME_LEFT_BYTES];

	if (due == INSTANT_NONE || at <= due) return TEXT(", in time.");
	return arena_printf(arena, ", LATE by %.*s.", TEXT_ARG(time_length_words(length, at - due)));
}

struct text care_by(struct arena *arena, struct text who)
{
	return who.len ? arena_printf(arena, ", %.*s", TEXT_ARG(who)) : TEXT("");
}

struct text care_because(struct arena *arena, struct text reason)
{
	return reason.len ? arena_printf(arena, ": %.*s", TEXT_ARG(reason)) : TEXT("");
}

static struct text due_words(const struct step_view *view, enum rerate_kind kind, enum rag rag)
{
	const struct episode *episode = &view->enquiry.episode;
	struct rerating rerating = {
		.kind = kind,
		.rag = rag,
		.received_at = episode->started_at,
		.due_at = episode->due_at,
		.information_at = view->enquiry.now,
		.at = view->enquiry.now,
	};
	char words[TIME_LEFT_BYTES];

	return arena_text(view->arena, time_left_words(words, clock_rerated_due(view->policy, &rerating), rerating.at));
}

struct care_dues care_dues(const struct step_view *view)
{
	struct care_dues dues = {.count = 0};

	if (view->enquiry.episode.due_at == INSTANT_NONE) return dues;
	for (enum rag rag = 0; rag < RAG_COUNT; rag++)
		dues.rows[dues.count++] = (struct care_due){
			.rag = rag,
			.misrated = due_words(view, RERATE_MISRATED, rag),
			.new_information = due_words(view, RERATE_NEW_INFORMATION, rag),
			.act_by = london_short(view->arena, clock_act_by(view->policy, rag, view->enquiry.now)),
		};
	return dues;
}

static bool is_there(const struct enquiry_child *child)
{
	return child->removed_at == INSTANT_NONE;
}

size_t care_children_count(const struct step_view *view)
{
	size_t count = 0;

	for (size_t i = 0; i < view->enquiry.children.count; i++) count += is_there(&view->enquiry.children.rows[i]);
	return count;
}

const struct choice *care_children(const struct step_view *view)
{
	struct choice *choices = arena_new_array(view->arena, view->enquiry.children.count, struct choice);
	size_t count = 0;

	for (size_t i = 0; i < view->enquiry.children.count; i++) {
		const struct enquiry_child *child = &view->enquiry.children.rows[i];

		if (!is_there(child)) continue;
		choices[count++] = (struct choice){
			.value = arena_printf(view->arena, "%lld", (long long)child->position),
			.text = child_name(view->arena, child),
		};
	}
	return choices;
}

struct text care_today(const struct step_view *view)
{
	return day_iso(view->arena, london_day(view->enquiry.now));
}

struct text step_item(const struct step_view *view, const char *name)
{
	struct text asked = request_query(view->form.request, name);

	if (!text_none(asked)) return asked;
	asked = request_value(view->form.request, name);
	return text_none(asked) ? TEXT("") : asked;
}

bool care_is(const struct step_view *view, const char *name, int64_t id)
{
	int64_t asked;

	return text_int(step_item(view, name), &asked) && asked == id;
}

bool step_strategy_waits(const struct enquiry_view *view)
{
	for (size_t i = 0; i < view->strategy_discussions.count; i++)
		if (view->strategy_discussions.rows[i].strategy_held_at == INSTANT_NONE) return true;
	return false;
}
