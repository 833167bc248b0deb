#include "base/london.h"
#include "web/steps.h"

const struct choice *step_service_choices(const struct step_view *view)
{
	struct choice *choices = arena_new_array(view->arena, view->services.count, struct choice);

	for (size_t i = 0; i < view->services.count; i++)
		choices[i] = (struct choice){.value = view->services.rows[i].name, .text = view->services.rows[i].name};
	return choices;
}

const struct choice *step_level_choices(const struct step_view *view)
{
	struct choice *choices = arena_new_array(view->arena, THRESHOLD_LEVEL_COUNT, struct choice);

	for (int i = 0; i < THRESHOLD_LEVEL_COUNT; i++)
		choices[i] =
			(struct choice){.value = code_text(CODES_threshold_level, i), .text = code_words(CODES_threshold_level, i)};
	return choices;
}

static bool may_take(const struct step_view *view, const struct candidate *row)
{
	return row->room > 0 && row->worker.n != view->enquiry.episode.worker.n;
}

size_t step_worker_count(const struct step_view *view)
{
	size_t count = 0;

	for (size_t i = 0; i < view->candidates.count; i++) count += may_take(view, &view->candidates.rows[i]);
	return count;
}

static struct text worker_hint(const struct step_view *view, const struct candidate *row)
{
	struct text words =
		arena_printf(view->arena, "Room for %lld, %lld due today", (long long)row->room, (long long)row->due_today);

	if (row->same_family) words = arena_printf(view->arena, "%.*s, has this family", TEXT_ARG(words));
	if (row->same_incident) words = arena_printf(view->arena, "%.*s, has a linked enquiry", TEXT_ARG(words));
	if (row->worker.n != view->candidates.recommended.n) return words;
	return arena_printf(view->arena, "Recommended. %.*s", TEXT_ARG(words));
}

const struct choice *step_worker_choices(const struct step_view *view)
{
	struct choice *choices = arena_new_array(view->arena, view->candidates.count, struct choice);
	size_t count = 0;

	for (size_t i = 0; i < view->candidates.count; i++) {
		const struct candidate *row = &view->candidates.rows[i];

		if (!may_take(view, row)) continue;
		choices[count++] = (struct choice){
			.value = arena_printf(view->arena, "%lld", (long long)row->worker.n),
			.text = arena_printf(view->arena, "%.*s, from %lld of %lld to %lld of %lld", TEXT_ARG(row->name),
				(long long)row->open, (long long)row->limit, (long long)row->open + 1, (long long)row->limit),
			.hint = {.text = worker_hint(view, row)},
		};
	}
	return choices;
}

size_t step_child_index(const struct step_view *view, const struct enquiry_child *child)
{
	size_t index = 0;

	for (const struct enquiry_child *row = view->enquiry.children.rows; row < child; row++)
		index += row->removed_at == INSTANT_NONE && !row->outcome.len;
	return index;
}

struct text step_child_legend(struct arena *arena, const struct enquiry_child *child)
{
	return arena_printf(arena, "%lld. %.*s", (long long)child->position, TEXT_ARG(child_name(arena, child)));
}

const char *step_child_name(struct arena *arena, size_t index)
{
	return arena_printf(arena, "children-%zu-child", index).ptr;
}

void step_child_field(struct html *h, const struct step_view *view, size_t index, const struct field_view *look)
{
	struct field_view one = *look;
	one.list = "children";
	one.index = index;
	one.value = form_typed_in(&view->form, "children", 0, field_name(look->field));
	one.err = view->form.err;
	if (view->same_for_all)
		html_field(h, &one);
	else
		form_field(h, &view->form, &one);
}

static void box(struct html *h, const struct step_view *view, const char *field, const char *part, struct text initial)
{
	struct text name = arena_printf(view->arena, "%s-%s", field, part);
	struct text label = arena_printf(view->arena, "%c%s", part[0] - 32, part + 1);

	html_input(h, &(struct input){.name = name,
					  .id = name,
					  .value = form_typed(&view->form, name.ptr, initial),
					  .label = {.text = label},
					  .classes = "govuk-input--width-4",
					  .inputmode = strcmp(part, "time") == 0 ? NULL : "numeric"});
}

void step_when(struct html *h, const struct step_view *view, enum field field)
{
	const char *name = field_name(field);
	const struct error_field *problem = view->form.err ? error_find(view->form.err, name) : NULL;
	struct civil_date today = civil_of_day(london_day(view->enquiry.now));

	if (problem) html_error_message(h, &(struct error_message){.text = text_of(problem->message), .id = text_of(name)});
	html_markup(h, "<div class=\"fanlight-when\">");
	box(h, view, name, "day", arena_printf(view->arena, "%d", today.mday));
	box(h, view, name, "month", arena_printf(view->arena, "%d", today.month));
	box(h, view, name, "year", arena_printf(view->arena, "%d", today.year));
	box(h, view, name, "time", TEXT_NONE);
	html_markup(h, "</div>");
}
