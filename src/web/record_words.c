#include "base/london.h"
#include "hub/enquiry_view.h"
#include "rules/child.h"
#include "web/record.h"

struct text record_child_anchor(struct arena *arena, const struct record_child *child)
{
	return arena_printf(arena, "child-%zu", child->number);
}

struct text record_child_removal(struct arena *arena, const struct record_child *child)
{
	return arena_printf(arena, "remove-child-%zu", child->index);
}

struct text record_child_heading(struct arena *arena, const struct record_view *view, const struct record_child *child)
{
	if (view->children.count == 1) return TEXT("The child");
	return arena_printf(arena, "Child %zu of %zu", child->number, view->children.count);
}

struct text record_received_words(const struct record_check_view *view)
{
	if (view->in->received_at == INSTANT_NONE) return TEXT("Now, when you record it");
	return london_words(view->arena, view->in->received_at);
}

struct text record_referrer_words(const struct record_check_view *view)
{
	const struct text parts[] = {view->in->referrer_name, view->in->referrer_role, view->in->referrer_organisation};
	struct text words = TEXT_NONE;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (text_none(parts[i])) continue;
		words =
			text_none(words) ? parts[i] : arena_printf(view->arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(parts[i]));
	}
	if (!text_none(words)) return words;
	return draft_anonymous(view->record->form.request) ? TEXT("Stays anonymous") : TEXT("Not given");
}

const struct child_receive *record_child_given(const struct record_check_view *view, size_t index)
{
	return (const struct child_receive *)view->in->children.rows + index;
}

static struct text named(const struct record_check_view *view, const struct enquiry_child *child, struct text age)
{
	return arena_printf(view->arena, "%.*s, %.*s", TEXT_ARG(child_name(view->arena, child)), TEXT_ARG(age));
}

struct text record_child_words(const struct record_check_view *view, size_t index)
{
	const struct child_receive *given = record_child_given(view, index);
	struct enquiry_child child = {.given_name = given->given_name,
		.family_name = given->family_name,
		.parent_name = given->parent_name,
		.expected_date = given->expected_date};

	return named(
		view, &child, child_age_words(view->arena, given->date_of_birth, given->expected_date, london_day(view->now)));
}

struct text record_found_words(const struct record_check_view *view, const struct enquiry_found *found)
{
	struct enquiry_child child = {
		.given_name = found->given_name, .family_name = found->family_name, .expected_date = found->expected_date};
	struct text born = day_words(view->arena, found->date_of_birth);

	if (text_none(born))
		return named(view, &child,
			child_age_words(view->arena, found->date_of_birth, found->expected_date, london_day(view->now)));
	return named(view, &child, arena_printf(view->arena, "born %.*s", TEXT_ARG(born)));
}
