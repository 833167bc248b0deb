#include "unit.h"

#include "html/form.h"

/* What a person typed, as a request would give it. */
static struct text typed_value(const void *context, const char *list, size_t index, const char *name)
{
	const struct {
		const char *list;
		size_t index;
		const char *name, *value;
	} typed[] = {{NULL, 0, "summary", "\nHe said <this>"}, {NULL, 0, "channel", "email"},
		{NULL, 0, "concern", "neglect;missing"}, {"children", 1, "given_name", "Zo\xC3\xAB"},
		{"children", 1, "date_of_birth-day", "31"}, {"children", 1, "date_of_birth-month", "2"},
		{NULL, 0, "password", "secret"}};

	(void)context;
	for (size_t i = 0; i < COUNT_OF(typed); i++) {
		bool same_list = typed[i].list == list || (typed[i].list && list && strcmp(typed[i].list, list) == 0);

		if (same_list && typed[i].index == index && strcmp(typed[i].name, name) == 0) return text_of(typed[i].value);
	}
	return TEXT_NONE;
}

static const struct input_source typed = {.value = typed_value};

static void write_field(struct buffer *out, struct field_view view)
{
	struct html h = {out};

	buffer_init(out, 100000);
	html_field(&h, &view);
}

#define assert_holds(out, words)                                                                                       \
	do {                                                                                                               \
		if (!strstr((out).bytes, (words))) fail_msg("no %s in %s", (words), (out).bytes);                              \
	} while (0)
#define assert_lacks(out, words)                                                                                       \
	do {                                                                                                               \
		if (strstr((out).bytes, (words))) fail_msg("%s in %s", (words), (out).bytes);                                  \
	} while (0)

static void a_line_has_its_label_its_value_and_its_error(void **state)
{
	struct error err;
	BUFFER_SCOPE out;

	(void)state;
	error_clear(&err);
	error_field_at(&err, "children", 1, "given_name", "Enter a name of %d letters", 100);
	write_field(&out,
		(struct field_view){.field = FIELD_given_name, .typed = &typed, .err = &err, .list = "children", .index = 1});
	assert_text(buffer_text(&out),
		"<div class=\"govuk-form-group govuk-form-group--error\">"
		"<label class=\"govuk-label govuk-label--s\" for=\"children-1-given_name\">Given name</label>"
		"<p id=\"children-1-given_name-error\" class=\"govuk-error-message\">"
		"<span class=\"govuk-visually-hidden\">Error:</span> Enter a name of 100 letters</p>"
		"<input class=\"govuk-input govuk-input--error\" id=\"children-1-given_name\" name=\"children-1-given_name\" "
		"type=\"text\" value=\"Zo\xC3\xAB\" aria-describedby=\"children-1-given_name-error\" "
		"autocomplete=\"off\"></div>");
}

static void a_narrative_keeps_every_line_that_was_typed(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_field(&out, (struct field_view){.field = FIELD_summary, .typed = &typed});
	assert_holds(out, ">\n\nHe said &lt;this&gt;</textarea>");
}

static void a_date_is_three_boxes_that_keep_what_was_typed(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_field(
		&out, (struct field_view){.field = FIELD_date_of_birth, .typed = &typed, .list = "children", .index = 1});
	assert_holds(out, "role=\"group\"");
	assert_holds(
		out, "id=\"children-1-date_of_birth-day\" name=\"children-1-date_of_birth-day\" type=\"text\" value=\"31\"");
	assert_holds(out, "name=\"children-1-date_of_birth-month\" type=\"text\" value=\"2\"");
	assert_holds(out, "name=\"children-1-date_of_birth-year\" type=\"text\" inputmode");
}

static void a_time_has_a_fourth_box_and_takes_an_iso_value(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_field(&out, (struct field_view){.field = FIELD_received_at, .value = TEXT("2015-06-30T10:42:00+01:00")});
	assert_holds(out, "name=\"received_at-day\" type=\"text\" value=\"30\"");
	assert_holds(out, "name=\"received_at-month\" type=\"text\" value=\"06\"");
	assert_holds(out, "name=\"received_at-year\" type=\"text\" value=\"2015\"");
	assert_holds(out, "name=\"received_at-time\" type=\"text\" value=\"10:42\"");
}

static void nothing_is_chosen_until_somebody_chose_it(void **state)
{
	static const enum field fields[] = {
		FIELD_channel, FIELD_source_code, FIELD_concern, FIELD_immediate_danger, FIELD_sex, FIELD_outcome, FIELD_rag};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		BUFFER_SCOPE out;

		write_field(&out, (struct field_view){.field = fields[i]});
		assert_lacks(out, " checked");
		assert_lacks(out, " selected");
	}
}

static void what_was_chosen_is_chosen_again(void **state)
{
	BUFFER_SCOPE radios, boxes;

	(void)state;
	write_field(&radios, (struct field_view){.field = FIELD_channel, .typed = &typed});
	assert_holds(radios, "value=\"email\" checked");
	write_field(&boxes, (struct field_view){.field = FIELD_concern, .typed = &typed});
	assert_holds(boxes, "id=\"concern-2\" name=\"concern\" type=\"checkbox\" value=\"neglect\" checked");
	assert_holds(boxes, "value=\"missing\" checked");
	assert_lacks(boxes, "value=\"other\" checked");
}

static void a_long_list_is_a_select_that_starts_empty(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_field(&out, (struct field_view){.field = FIELD_source_code});
	assert_holds(out, "<select class=\"govuk-select\" id=\"source_code\" name=\"source_code\"");
	assert_holds(out, "<option value=\"\">Choose one</option>");
}

static void a_secret_is_never_written_back(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_field(&out, (struct field_view){.field = FIELD_password, .value = TEXT("secret"), .typed = &typed});
	assert_holds(out, "type=\"password\"");
	assert_lacks(out, "secret");
}

static void the_summary_links_to_each_control(void **state)
{
	struct error err;
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 10000);
	error_clear(&err);
	html_form_errors(&h, &err);
	html_form_errors(&h, NULL);
	assert_int_equal(out.len, 0);
	error_field(&err, "summary", "Enter what was said");
	error_field_at(&err, "children", 0, "date_of_birth", "Date of birth must be a real date");
	html_form_errors(&h, &err);
	assert_holds(out, "<li><a href=\"#summary\">Enter what was said</a></li>");
	assert_holds(out, "<a href=\"#children-0-date_of_birth-day\">Date of birth must be a real date</a>");
	assert_lacks(out, "<p>");
}

static void a_refusal_that_is_no_fields_is_said_in_words(void **state)
{
	struct error err;
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 10000);
	error_clear(&err);
	error_refused(&err, "Asha Rahman holds 25 of 25");
	error_hint(&err, "Choose somebody who has room.");
	html_form_errors(&h, &err);
	assert_holds(out, "<p>Asha Rahman holds 25 of 25. Choose somebody who has room.</p>");
	assert_lacks(out, "<ul");
}

static void a_form_carries_its_token_version_and_key(void **state)
{
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 10000);
	html_form_begin(
		&h, &(struct form_begin){.action = TEXT("/x"), .csrf = TEXT("t\""), .version = 7, .idempotency = TEXT("k")});
	html_form_end(&h);
	assert_text(buffer_text(&out), "<form method=\"post\" action=\"/x\" novalidate autocomplete=\"off\">"
								   "<input type=\"hidden\" name=\"csrf\" value=\"t&quot;\">"
								   "<input type=\"hidden\" name=\"version\" value=\"7\">"
								   "<input type=\"hidden\" name=\"idempotency_key\" value=\"k\"></form>");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_its_label_its_value_and_its_error),
		cmocka_unit_test(a_narrative_keeps_every_line_that_was_typed),
		cmocka_unit_test(a_date_is_three_boxes_that_keep_what_was_typed),
		cmocka_unit_test(a_time_has_a_fourth_box_and_takes_an_iso_value),
		cmocka_unit_test(nothing_is_chosen_until_somebody_chose_it),
		cmocka_unit_test(what_was_chosen_is_chosen_again),
		cmocka_unit_test(a_long_list_is_a_select_that_starts_empty),
		cmocka_unit_test(a_secret_is_never_written_back),
		cmocka_unit_test(the_summary_links_to_each_control),
		cmocka_unit_test(a_refusal_that_is_no_fields_is_said_in_words),
		cmocka_unit_test(a_form_carries_its_token_version_and_key),
	};

	return cmocka_run_group_tests_name("forms from fields", tests, NULL, NULL);
}
