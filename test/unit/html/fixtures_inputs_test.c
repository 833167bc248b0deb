#include "unit.h"

#include "fixture.h"
#include "html/choices.h"

static struct affix affix(const json_t *options, const char *name)
{
	const json_t *o = json_object_get(options, name);

	return (struct affix){.text = option_text(o, "text"),
		.html = option_html(o, "html"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes")};
}

static struct input input_of(const json_t *o)
{
	const json_t *wrapper = json_object_get(o, "inputWrapper");

	return (struct input){.name = option_text(o, "name"),
		.id = option_text(o, "id"),
		.type = option_cstr(o, "type"),
		.value = option_text(o, "value"),
		.label = option_label(o),
		.hint = option_hint(o),
		.error = option_error(o),
		.prefix = affix(o, "prefix"),
		.suffix = affix(o, "suffix"),
		.wrapper_classes = option_cstr(wrapper, "classes"),
		.wrapper_attributes = option_pairs(wrapper, "attributes"),
		.group = option_group(o, "beforeInput", "afterInput"),
		.described_by = option_text(o, "describedBy"),
		.classes = option_cstr(o, "classes"),
		.autocomplete = option_cstr(o, "autocomplete"),
		.autocapitalize = option_cstr(o, "autocapitalize"),
		.inputmode = option_cstr(o, "inputmode"),
		.pattern = option_cstr(o, "pattern"),
		.spellcheck = option_flag(o, "spellcheck"),
		.disabled = option_true(o, "disabled"),
		.attributes = option_pairs(o, "attributes")};
}

static void write_input(struct html *h, const json_t *o)
{
	struct input in = input_of(o);

	html_input(h, &in);
}

static struct textarea textarea_of(const json_t *o)
{
	return (struct textarea){.name = option_text(o, "name"),
		.id = option_text(o, "id"),
		.value = option_text(o, "value"),
		.rows = option_int(o, "rows"),
		.label = option_label(o),
		.hint = option_hint(o),
		.error = option_error(o),
		.group = option_group(o, "beforeInput", "afterInput"),
		.described_by = option_text(o, "describedBy"),
		.classes = option_cstr(o, "classes"),
		.autocomplete = option_cstr(o, "autocomplete"),
		.spellcheck = option_flag(o, "spellcheck"),
		.disabled = option_true(o, "disabled"),
		.attributes = option_pairs(o, "attributes")};
}

static void write_textarea(struct html *h, const json_t *o)
{
	struct textarea t = textarea_of(o);

	html_textarea(h, &t);
}

static void write_character_count(struct html *h, const json_t *o)
{
	html_character_count(h, &(struct character_count){.textarea = textarea_of(o),
								.max_characters = option_int(o, "maxlength"),
								.max_words = option_int(o, "maxwords"),
								.message_classes = option_cstr(json_object_get(o, "countMessage"), "classes")});
}

static void write_select(struct html *h, const json_t *o)
{
	json_t *items = json_object_get(o, "items"), *item;
	struct option *options = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct option);
	size_t i, count = 0;

	json_array_foreach(items, i, item)
	{
		if (!json_is_object(item)) continue;
		options[count++] = (struct option){.value = option_text(item, "value"),
			.text = option_text(item, "text"),
			.selected = option_flag(item, "selected"),
			.disabled = option_true(item, "disabled"),
			.attributes = option_pairs(item, "attributes")};
	}
	html_select(h, &(struct select){.name = option_text(o, "name"),
					   .id = option_text(o, "id"),
					   .items = {options, count},
					   .value = option_text(o, "value"),
					   .label = option_label(o),
					   .hint = option_hint(o),
					   .error = option_error(o),
					   .group = option_group(o, "beforeInput", "afterInput"),
					   .described_by = option_text(o, "describedBy"),
					   .classes = option_cstr(o, "classes"),
					   .disabled = option_true(o, "disabled"),
					   .attributes = option_pairs(o, "attributes")});
}

static struct choice choice_of(const json_t *item)
{
	const json_t *label = json_object_get(item, "label");

	return (struct choice){.divider = option_text(item, "divider"),
		.value = option_text(item, "value"),
		.text = option_text(item, "text"),
		.html = option_html(item, "html"),
		.id = option_text(item, "id"),
		.name = option_text(item, "name"),
		.hint = option_hint(item),
		.checked = option_flag(item, "checked"),
		.disabled = option_true(item, "disabled"),
		.exclusive = option_text(item, "behaviour").len > 0,
		.conditional = option_html(json_object_get(item, "conditional"), "html"),
		.label_classes = option_cstr(label, "classes"),
		.label_attributes = option_pairs(label, "attributes"),
		.attributes = option_pairs(item, "attributes")};
}

static struct choices choices_of(const json_t *o)
{
	json_t *items = json_object_get(o, "items"), *item;
	struct choice *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct choice);
	size_t i, count = 0;

	json_array_foreach(items, i, item) if (json_is_object(item)) rows[count++] = choice_of(item);
	return (struct choices){rows, count};
}

static struct values values_of(const json_t *o)
{
	json_t *values = json_object_get(o, "values"), *value;
	struct text *rows = arena_new_array(&fixture_arena, json_array_size(values) + 1, struct text);
	size_t i;

	json_array_foreach(values, i, value) rows[i] = text_of(json_string_value(value));
	return (struct values){rows, json_array_size(values)};
}

static struct radios radios_of(const json_t *o)
{
	return (struct radios){.name = option_text(o, "name"),
		.id_prefix = option_text(o, "idPrefix"),
		.items = choices_of(o),
		.value = option_text(o, "value"),
		.values = values_of(o),
		.fieldset = option_fieldset(o),
		.described_by = option_text(o, "describedBy"),
		.hint = option_hint(o),
		.error = option_error(o),
		.group = option_group(o, "beforeInputs", "afterInputs"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes")};
}

static void write_radios(struct html *h, const json_t *o)
{
	struct radios list = radios_of(o);

	html_radios(h, &list);
}

static void write_checkboxes(struct html *h, const json_t *o)
{
	struct radios list = radios_of(o);

	html_checkboxes(h, &list);
}

/* One part; the macro's day, month and year options are parts with that name unless they have their own. */
static struct date_part part_of(const json_t *o, const json_t *item, const char *usual)
{
	struct text name = option_text(item, "name"), prefix = option_text(o, "namePrefix"),
				value = option_text(item, "value");
	const char *classes = option_cstr(item, "classes");

	if (usual && strcmp(usual, "year") == 0 && name.len && !classes) classes = "govuk-input--width-4";
	if (text_none(name)) name = text_of(usual);
	if (text_none(value)) {
		struct text key =
			arena_printf(&fixture_arena, "%.*s%s%.*s", TEXT_ARG(prefix), prefix.len ? "-" : "", TEXT_ARG(name));

		value = option_text(json_object_get(o, "values"), key.ptr);
	}
	return (struct date_part){.name = name,
		.label = option_text(item, "label"),
		.value = value,
		.id = option_text(item, "id"),
		.error = option_flag(item, "error"),
		.classes = classes,
		.autocomplete = option_cstr(item, "autocomplete"),
		.inputmode = option_cstr(item, "inputmode"),
		.pattern = option_cstr(item, "pattern"),
		.attributes = option_pairs(item, "attributes")};
}

static struct date_parts parts_of(const json_t *o)
{
	static const char *const usual[] = {"day", "month", "year"};
	json_t *items = json_object_get(o, "items"), *item;
	struct date_part *rows = arena_new_array(&fixture_arena, json_array_size(items) + 3, struct date_part);
	size_t i, count = 0;

	json_array_foreach(items, i, item) if (json_is_object(item)) rows[count++] = part_of(o, item, NULL);
	for (i = 0; i < 3 && !json_array_size(items); i++) {
		item = json_object_get(o, usual[i]);
		if (!item || json_is_object(item)) rows[count++] = part_of(o, item, usual[i]);
	}
	return (struct date_parts){rows, count};
}

static void write_date_input(struct html *h, const json_t *o)
{
	html_date_input(h, &(struct date_input){.id = option_text(o, "id"),
						   .name_prefix = option_text(o, "namePrefix"),
						   .items = parts_of(o),
						   .fieldset = option_fieldset(o),
						   .hint = option_hint(o),
						   .error = option_error(o),
						   .group = option_group(o, "beforeInputs", "afterInputs"),
						   .classes = option_cstr(o, "classes"),
						   .attributes = option_pairs(o, "attributes")});
}

static void inputs_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	fixture_check("input", write_input, NULL);
}

static void textareas_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	fixture_check("textarea", write_textarea, NULL);
}

static void character_counts_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	/* They set up its script, which we don't have: ours says how much may be entered and counts nothing. */
	static const char *const but[] = {"with count type 'length'", "with count type 'characters'",
		"with count type 'characters' and value", "with count type 'characters' and error message",
		"with count type 'characters' and threshold", "with count type 'words'", "with count type 'words' and value",
		"with count type 'words' and error message", "with count type 'words' and threshold", "with threshold",
		"with custom textarea description", "with neither maxlength nor maxwords set", "with translations", NULL};

	fixture_check("character-count", write_character_count, but);
}

static void selects_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	static const char *const but[] = {"with falsy values", NULL}; /* JavaScript's nothings, which C has not */

	fixture_check("select", write_select, but);
}

static void radios_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	static const char *const but[] = {"with falsy items", NULL}; /* JavaScript's nothings, which C has not */

	fixture_check("radios", write_radios, but);
}

static void checkboxes_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	static const char *const but[] = {"with falsy values", NULL}; /* JavaScript's nothings, which C has not */

	fixture_check("checkboxes", write_checkboxes, but);
}

static void dates_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	static const char *const but[] = {"with field value and items", NULL}; /* two ways of giving one value */

	fixture_check("date-input", write_date_input, but);
}

static void write_label(struct html *h, const json_t *o)
{
	struct label label = {.text = option_text(o, "text"),
		.html = option_html(o, "html"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes"),
		.for_id = option_text(o, "for"),
		.is_page_heading = option_true(o, "isPageHeading")};

	html_label(h, &label);
}

static void write_hint(struct html *h, const json_t *o)
{
	struct hint hint = {.text = option_text(o, "text"),
		.html = option_html(o, "html"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes"),
		.id = option_text(o, "id")};

	html_hint(h, &hint);
}

static void write_error_message(struct html *h, const json_t *o)
{
	const json_t *hidden = json_object_get(o, "visuallyHiddenText");
	struct error_message message = {.text = option_text(o, "text"),
		.html = option_html(o, "html"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes"),
		.id = option_text(o, "id"),
		.hidden_text = json_is_false(hidden) ? TEXT("") : option_text(o, "visuallyHiddenText")};

	html_error_message(h, &message);
}

static void write_fieldset(struct html *h, const json_t *o)
{
	json_t *wrapped = json_pack("{s:O}", "fieldset", o);

	html_fieldset_begin(h, option_fieldset(wrapped));
	html_content(h, TEXT_NONE, option_html(o, "html"));
	html_fieldset_end(h);
	json_decref(wrapped);
}

static void what_stands_around_a_control_is_as_the_design_system_writes_it(void **state)
{
	(void)state;
	fixture_check("label", write_label, NULL);
	fixture_check("hint", write_hint, NULL);
	fixture_check("error-message", write_error_message, NULL);
	fixture_check("fieldset", write_fieldset, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_around_a_control_is_as_the_design_system_writes_it),
		cmocka_unit_test(inputs_are_as_the_design_system_writes_them),
		cmocka_unit_test(textareas_are_as_the_design_system_writes_them),
		cmocka_unit_test(character_counts_are_as_the_design_system_writes_them),
		cmocka_unit_test(selects_are_as_the_design_system_writes_them),
		cmocka_unit_test(radios_are_as_the_design_system_writes_them),
		cmocka_unit_test(checkboxes_are_as_the_design_system_writes_them),
		cmocka_unit_test(dates_are_as_the_design_system_writes_them),
	};

	return cmocka_run_group_tests_name("components a person fills in", tests, NULL, NULL);
}
