#include "unit.h"

#include "rules/fields.h"

/* interfaces.md, "Enquiry file" and "Decisions file". */
static const char *const file_columns[] = {"external_ref", "received_at", "channel", "source_code", "referrer_name",
	"referrer_role", "referrer_organisation", "referrer_email", "referrer_phone", "concern",
	"domestic_abuse_notification", "immediate_danger", "consent", "summary", "child_given_name", "child_family_name",
	"child_date_of_birth", "child_expected_date", "child_sex", "child_ethnicity", "child_nhs_number", "address",
	"postcode", "parent_name", "child", "screened_by", "screened_at", "rag", "necessary", "necessary_reason", "ended",
	"allocated_to", "allocated_at", "outcome", "threshold_level", "reason", "service", "agreement_by",
	"strategy_requested_at", "recommended_by", "recommended_at", "authorised_by", "authorised_at"};

static void every_column_of_the_files_is_a_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(file_columns); i++)
		if (field_find_column(text_of(file_columns[i])) == FIELD_NONE) fail_msg("%s", file_columns[i]);
	assert_int_equal(field_find_column(TEXT("child_given_name")), FIELD_given_name);
	assert_int_equal(field_find_column(TEXT("child_count")), FIELD_child_count);
	assert_int_equal(field_find_column(TEXT("child_nonsense")), FIELD_NONE);
}

static void every_field_is_found_by_its_name(void **state)
{
	(void)state;
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct field_description *described = field_describe((enum field)f);

		assert_int_equal(field_find(text_of(described->name)), f);
		assert_true(described->label[0] != '\0');
	}
	assert_int_equal(field_find(TEXT("")), FIELD_NONE);
	assert_int_equal(field_find(TEXT("Reference")), FIELD_NONE);
}

static void a_coded_field_has_its_list(void **state)
{
	(void)state;
	for (int f = 0; f < FIELD_COUNT; f++) {
		const struct field_description *described = field_describe((enum field)f);
		bool coded = described->type == TYPE_CODE || described->type == TYPE_CODE_LIST;

		if (coded && described->codes == CODES_none) fail_msg("%s has no list", described->name);
		if (described->type == TYPE_NARRATIVE) assert_true(described->max > 0);
	}
}

static void what_was_said_and_who_a_child_is_is_not_for_everyone(void **state)
{
	(void)state;
	assert_int_equal(field_describe(FIELD_summary)->see, SEE_NARRATIVE_TEXT);
	assert_int_equal(field_describe(FIELD_given_name)->see, SEE_CASE);
	assert_int_equal(field_describe(FIELD_date_of_birth)->see, SEE_CASE);
	assert_int_equal(field_describe(FIELD_address)->see, SEE_CASE);
	assert_int_equal(field_describe(FIELD_referrer_name)->see, SEE_REFERRER);
	assert_int_equal(field_describe(FIELD_reference)->see, SEE_EVERYONE);
	assert_int_equal(field_describe(FIELD_due_at)->see, SEE_EVERYONE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_of_the_files_is_a_field),
		cmocka_unit_test(every_field_is_found_by_its_name),
		cmocka_unit_test(a_coded_field_has_its_list),
		cmocka_unit_test(what_was_said_and_who_a_child_is_is_not_for_everyone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
