#include "base/london.h"
#include "html/inputs.h"
#include "web/page.h"

static void box(struct html *h, const struct form_when *when, const char *part, struct text initial)
{
	struct text name = arena_printf(when->arena, "%s-%s", field_name(when->field), part);
	struct text label = arena_printf(when->arena, "%c%s", part[0] - 32, part + 1);

	html_input(h, &(struct input){.name = name,
					  .id = name,
					  .value = form_typed(when->form, name.ptr, initial),
					  .label = {.text = label},
					  .classes = "govuk-input--width-4",
					  .inputmode = strcmp(part, "time") == 0 ? NULL : "numeric"});
}

static struct text number(const struct form_when *when, int n)
{
	return when->initial == INSTANT_NONE ? TEXT("") : arena_printf(when->arena, "%d", n);
}

void form_when(struct html *h, const struct form_when *when)
{
	const char *name = field_name(when->field);
	const struct error_field *problem = when->form->err ? error_find(when->form->err, name) : NULL;
	struct civil_date date = civil_of_day(when->initial == INSTANT_NONE ? 0 : london_day(when->initial));

	html_fieldset_begin(
		h, &(struct fieldset){.legend = {.text = text_of(when->label ? when->label : field_label(when->field)),
								  .classes = "govuk-fieldset__legend--s"}});
	if (when->hint) html_hint(h, &(struct hint){.text = text_of(when->hint)});
	if (problem) html_error_message(h, &(struct error_message){.text = text_of(problem->message), .id = text_of(name)});
	html_markup(h, "<div class=\"fanlight-when\">");
	box(h, when, "day", number(when, date.mday));
	box(h, when, "month", number(when, date.month));
	box(h, when, "year", number(when, date.year));
	box(h, when, "time",
		when->initial == INSTANT_NONE || when->date_only ? TEXT("") : london_clock(when->arena, when->initial));
	html_markup(h, "</div>");
	html_fieldset_end(h);
}
