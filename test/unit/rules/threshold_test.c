#include "unit.h"

#include "rules/threshold.h"

#define SAID                                                                                                           \
	{                                                                                                                  \
		"why", 3                                                                                                       \
	}

/* domain.md, "Outcomes (per child)", with the default levels: statutory 3, section 47 at 4. */
static const struct {
	const char *what;
	struct finding finding;
	enum finding_stage stage;
	const char *field, *words; /* NULL: it fits */
} rows[] = {
	{"section 47 with the discussion requested",
		{.outcome = OUTCOME_SECTION_47, .threshold_level = 4, .reason = SAID, .strategy_requested_at = 1},
		FINDING_AUTHORISED, NULL, NULL},
	{"section 47 recommended before it is requested",
		{.outcome = OUTCOME_SECTION_47, .threshold_level = 4, .reason = SAID, .strategy_requested_at = INSTANT_NONE},
		FINDING_RECOMMENDED, NULL, NULL},
	{"section 47 authorised before it is requested",
		{.outcome = OUTCOME_SECTION_47, .threshold_level = 4, .reason = SAID, .strategy_requested_at = INSTANT_NONE},
		FINDING_AUTHORISED, "strategy_requested_at", "strategy discussion has been requested"},
	{"section 47 below its level",
		{.outcome = OUTCOME_SECTION_47, .threshold_level = 3, .reason = SAID, .strategy_requested_at = 1},
		FINDING_AUTHORISED, "threshold_level", "level 4 or above"},
	{"assessment at the statutory level", {.outcome = OUTCOME_ASSESSMENT, .threshold_level = 3, .reason = SAID},
		FINDING_AUTHORISED, NULL, NULL},
	{"assessment below it", {.outcome = OUTCOME_ASSESSMENT, .threshold_level = 2, .reason = SAID}, FINDING_RECOMMENDED,
		"threshold_level", "level 3 or above"},
	{"assessment where the level calls for section 47",
		{.outcome = OUTCOME_ASSESSMENT, .threshold_level = 4, .reason = SAID, .below_level_reason = BELOW_LEVEL_NONE},
		FINDING_RECOMMENDED, "outcome", "Level 4 calls for section_47"},
	{"no further action where the level calls for assessment",
		{.outcome = OUTCOME_NO_FURTHER_ACTION,
			.threshold_level = 3,
			.reason = SAID,
			.below_level_reason = BELOW_LEVEL_NONE},
		FINDING_RECOMMENDED, "outcome", "Level 3 calls for assessment"},
	{"the same, agreement refused and no significant harm",
		{.outcome = OUTCOME_NO_FURTHER_ACTION,
			.threshold_level = 3,
			.reason = SAID,
			.below_level_reason = BELOW_LEVEL_AGREEMENT_REFUSED},
		FINDING_RECOMMENDED, NULL, NULL},
	{"refused agreement is no reason at the level of significant harm",
		{.outcome = OUTCOME_NO_FURTHER_ACTION,
			.threshold_level = 4,
			.reason = SAID,
			.below_level_reason = BELOW_LEVEL_AGREEMENT_REFUSED},
		FINDING_RECOMMENDED, "below_level_reason", "no significant harm"},
	{"the child has died",
		{.outcome = OUTCOME_NO_FURTHER_ACTION,
			.threshold_level = 4,
			.reason = SAID,
			.below_level_reason = BELOW_LEVEL_CHILD_DIED},
		FINDING_AUTHORISED, NULL, NULL},
	{"no further action below the statutory level",
		{.outcome = OUTCOME_NO_FURTHER_ACTION, .threshold_level = 1, .reason = SAID}, FINDING_AUTHORISED, NULL, NULL},
	{"universal services with service and agreement",
		{.outcome = OUTCOME_UNIVERSAL_SERVICES,
			.threshold_level = 2,
			.reason = SAID,
			.service = {"School nurse", 12},
			.agreement_by = {"Olivia Marshall", 15},
			.agreement = AGREEMENT_NONE},
		FINDING_AUTHORISED, NULL, NULL},
	{"universal services without a service",
		{.outcome = OUTCOME_UNIVERSAL_SERVICES,
			.threshold_level = 2,
			.reason = SAID,
			.agreement_by = {"Olivia Marshall", 15},
			.agreement = AGREEMENT_NONE},
		FINDING_RECOMMENDED, "service", "Enter the service"},
	{"universal services without agreement",
		{.outcome = OUTCOME_UNIVERSAL_SERVICES,
			.threshold_level = 2,
			.reason = SAID,
			.service = {"School nurse", 12},
			.agreement = AGREEMENT_NONE},
		FINDING_RECOMMENDED, "agreement_by", "Enter who agreed"},
	{"offered, not agreed",
		{.outcome = OUTCOME_UNIVERSAL_SERVICES,
			.threshold_level = 2,
			.reason = SAID,
			.service = {"School nurse", 12},
			.agreement = AGREEMENT_OFFERED},
		FINDING_RECOMMENDED, NULL, NULL},
	{"another authority, telephoned, at any level",
		{.outcome = OUTCOME_OTHER_AUTHORITY,
			.threshold_level = 4,
			.reason = SAID,
			.to_whom = {"J. Hill, Berkshire", 18},
			.below_level_reason = BELOW_LEVEL_NONE},
		FINDING_AUTHORISED, NULL, NULL},
	{"another authority, nobody named",
		{.outcome = OUTCOME_OTHER_AUTHORITY,
			.threshold_level = 4,
			.reason = SAID,
			.below_level_reason = BELOW_LEVEL_NONE},
		FINDING_AUTHORISED, "to_whom", "Enter the person spoken to"},
	{"open case without one", {.outcome = OUTCOME_OPEN_CASE, .threshold_level = 3, .reason = SAID}, FINDING_RECOMMENDED,
		"outcome", "no open case"},
	{"open case",
		{.outcome = OUTCOME_OPEN_CASE,
			.threshold_level = 4,
			.reason = SAID,
			.has_open_case = true,
			.below_level_reason = BELOW_LEVEL_NONE},
		FINDING_RECOMMENDED, NULL, NULL},
	{"no reason", {.outcome = OUTCOME_NO_FURTHER_ACTION, .threshold_level = 1}, FINDING_RECOMMENDED, "reason",
		"Enter the reason"},
	{"no level", {.outcome = OUTCOME_NO_FURTHER_ACTION, .threshold_level = INT_NONE, .reason = SAID},
		FINDING_RECOMMENDED, "threshold_level", "Enter the threshold level"},
	{"a level there isn't", {.outcome = OUTCOME_NO_FURTHER_ACTION, .threshold_level = 5, .reason = SAID},
		FINDING_RECOMMENDED, "threshold_level", "from 1 to 4"},
	{"nothing is preselected", {.outcome = OUTCOME_NONE, .threshold_level = 1, .reason = SAID}, FINDING_RECOMMENDED,
		"outcome", "Choose the outcome"},
};

static void an_outcome_fits_the_level_and_has_what_it_needs(void **state)
{
	ARENA_SCOPE arena;
	struct policy policy;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	policy_default(&arena, &policy);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct error err;
		struct decoder d = {.arena = &arena, .err = &err};
		const struct error_field *found;

		error_clear(&err);
		if (threshold_check(&d, &policy, &rows[i].finding, rows[i].stage) != !rows[i].field)
			fail_msg("%s: %s", rows[i].what, err.field_count ? err.fields[0].message : "taken");
		found = rows[i].field ? error_find(&err, rows[i].field) : NULL;
		if (rows[i].field && (!found || !strstr(found->message, rows[i].words)))
			fail_msg("%s: %s", rows[i].what, found ? found->message : "another field");
	}
}

static void levels_are_policy(void **state)
{
	struct policy p = {.levels = 5, .statutory_level = 4, .section_47_level = 5};

	(void)state;
	assert_int_equal(threshold_calls_for(&p, 3), OUTCOME_NONE);
	assert_int_equal(threshold_calls_for(&p, 4), OUTCOME_ASSESSMENT);
	assert_int_equal(threshold_calls_for(&p, 5), OUTCOME_SECTION_47);
}

static void necessary_and_its_reason_go_together(void **state)
{
	(void)state;
	assert_true(necessary_fits(true, NECESSARY_AT_OR_ABOVE_THRESHOLD, false));
	assert_true(necessary_fits(true, NECESSARY_SAFEGUARDING_CONCERN, true));
	assert_false(necessary_fits(false, NECESSARY_AT_OR_ABOVE_THRESHOLD, false));
	assert_false(necessary_fits(true, NECESSARY_BELOW_THRESHOLD, false));
	assert_true(necessary_fits(false, NECESSARY_DUPLICATE, false));
	assert_true(necessary_fits(false, NECESSARY_OTHER, true));
	assert_false(necessary_fits(false, NECESSARY_OTHER, false));
	assert_false(necessary_fits(false, NECESSARY_NONE, true));
}

static void a_referral_is_assessment_or_section_47(void **state)
{
	(void)state;
	for (int o = 0; o < OUTCOME_COUNT; o++)
		assert_int_equal(outcome_is_referral((enum outcome)o), o == OUTCOME_ASSESSMENT || o == OUTCOME_SECTION_47);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_outcome_fits_the_level_and_has_what_it_needs),
		cmocka_unit_test(levels_are_policy),
		cmocka_unit_test(necessary_and_its_reason_go_together),
		cmocka_unit_test(a_referral_is_assessment_or_section_47),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
