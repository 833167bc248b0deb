#include "html/inputs.h"
#include "web/page.h"

static struct options options_of(const struct form_people *people)
{
	struct option *rows = arena_new_array(people->arena, people->count + 1, struct option);

	rows[0] = (struct option){.value = TEXT(""), .text = people->optional ? TEXT("As it is") : TEXT("Choose one")};
	for (size_t i = 0; i < people->count; i++) {
		const struct form_person *person = &people->rows[i];
		struct text role = role_words(role_of(person->role));

		rows[i + 1] = (struct option){.value = arena_printf(people->arena, "%lld", (long long)person->id.n),
			.text = arena_printf(people->arena, "%.*s, %.*s", TEXT_ARG(person->name), TEXT_ARG(role))};
	}
	return (struct options){rows, people->count + 1};
}

void form_people(struct html *h, const struct form_people *people)
{
	const char *name = field_name(people->field);
	const struct error_field *wrong = people->form->err ? error_find(people->form->err, name) : NULL;

	html_select(h, &(struct select){.name = text_of(name),
					   .items = options_of(people),
					   .value = form_typed(people->form, name, TEXT("")),
					   .label = {.text = text_of(people->label ? people->label : field_label(people->field)),
						   .classes = "govuk-label--s"},
					   .hint = {.text = people->hint ? text_of(people->hint) : TEXT_NONE},
					   .error = {.text = wrong ? text_of(wrong->message) : TEXT_NONE}});
}
