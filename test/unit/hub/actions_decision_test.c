#include "steps.h"

static struct input_list one_with(const char *outcome, int64_t level)
{
	static struct child_outcome row;

	row = child_with(1, outcome, level);
	return (struct input_list){&row, 1};
}

/* Recommending */

static struct child_outcome without_reason(void)
{
	struct child_outcome row = child_with(1, "no_further_action", 1);

	row.reason = TEXT(" ");
	return row;
}

static struct child_outcome to_unknown_service(void)
{
	struct child_outcome row = child_to_service(1);

	row.service = TEXT("The moon");
	return row;
}

static struct child_outcome without_agreement(void)
{
	struct child_outcome row = child_to_service(1);

	row.agreement_by = TEXT_NONE;
	return row;
}

static struct child_outcome nothing_for(int64_t child)
{
	return (struct child_outcome){.child = child, .threshold_level = INT_NONE, .agreement_at = INSTANT_NONE};
}

static void a_recommendation_is_complete_or_refused_by_field(void **state)
{
	const struct {
		struct child_outcome first, second;
		const char *field;
	} cases[] = {
		{nothing_for(1), nothing_for(2), "children"},
		{without_reason(), nothing_for(2), "children/0/reason"},
		{child_with(1, NULL, 2), nothing_for(2), "children/0/outcome"},
		{child_with(1, "no_further_action", INT_NONE), nothing_for(2), "children/0/threshold_level"},
		{nothing_for(1), child_with(2, "section_47", 3), "children/1/threshold_level"},
		{nothing_for(1), child_with(2, "assessment", 2), "children/1/threshold_level"},
		{child_with(1, "no_further_action", 3), nothing_for(2), "children/0/outcome"},
		{child_with(1, "universal_services", 2), nothing_for(2), "children/0/service"},
		{without_agreement(), nothing_for(2), "children/0/agreement_by"},
		{to_unknown_service(), nothing_for(2), "children/0/service"},
		{child_with(1, "other_authority", 2), nothing_for(2), "children/0/to_whom"},
		{child_with(1, "no_further_action", 1), child_with(1, "no_further_action", 1), "children/1/child"},
		{child_with(3, "no_further_action", 1), nothing_for(2), "children/0/child"},
	};
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 2);
	struct error err;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct enquiry_recommend in = {ON(reference), TEXT("The analysis."), CHILDREN(cases[i].first, cases[i].second)};

		assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_recommend, &in, &err));
		if (err.kind != ERROR_INVALID || !error_find(&err, cases[i].field))
			fail_msg("case %zu: nothing is said of %s: %s", i, cases[i].field, err.message);
	}
	assert_episode(f, reference, "state", "allocated");
	assert_sql(f, "0", "select count(*) from proposal");
}

static void whose_it_is_recommends_it(void **state)
{
	static const struct {
		const char *who;
		enum error_kind kind;
	} cases[] = {{"byrne", ERROR_DENIED}, {"gale", ERROR_DENIED}, {"ashworth", ERROR_DENIED}, {"kemp", ERROR_DENIED},
		{"rahman", ERROR_NONE}, {"ellis", ERROR_NONE}, {"operator", ERROR_NONE}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = allocated_enquiry(f, 1);
		struct enquiry_recommend in = {ON(reference), TEXT("The analysis."), one_with("no_further_action", 1)};
		struct error err;

		fixture_act(f, BY(cases[i].who, MONDAY_AT("11:00")), do_enquiry_recommend, &in, &err);
		if (err.kind != cases[i].kind) fail_msg("%s: %s", cases[i].who, err.message);
	}
}

static void an_analysis_of_64_kilobytes_is_kept_whole(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	char *analysis = arena_alloc(&f->arena, 65536);
	struct enquiry_recommend in = {ON(reference), {analysis, 65536}, one_with("no_further_action", 1)};

	memset(analysis, 'a', 65536);
	fixture_must(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_recommend, &in);
	assert_sql(f, "65536", "select length(analysis) from proposal");
}

/* Deciding */

static void nobody_authorises_what_they_recommended(void **state)
{
	static const struct {
		const char *recommends, *authorises, *at;
		enum error_kind kind;
	} cases[] = {
		{"rahman", "rahman", MONDAY_AT("12:00"), ERROR_DENIED},
		{"rahman", "byrne", MONDAY_AT("12:00"), ERROR_DENIED},
		{"rahman", "nair", MONDAY_AT("12:00"), ERROR_NONE},
		{"nair", "nair", MONDAY_AT("12:00"), ERROR_REFUSED},
		{"nair", "ellis", MONDAY_AT("12:00"), ERROR_NONE},
		{"operator", "operator", MONDAY_AT("12:00"), ERROR_REFUSED},
		{"rahman", "operator", MONDAY_AT("12:00"), ERROR_NONE},
		{"rahman", "frost", MONDAY_AT("12:00"), ERROR_DENIED}, /* the EDT manager is not on shift */
		{"rahman", "frost", MONDAY_AT("19:00"), ERROR_NONE},
		{"rahman", "hart", MONDAY_AT("12:00"), ERROR_NOT_FOUND}, /* the service manager wasn't asked */
		{"rahman", "ives", MONDAY_AT("12:00"), ERROR_DENIED},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = allocated_enquiry(f, 1);
		struct enquiry_authorise in = {ON(reference), TEXT("no"), TEXT("below_threshold")};
		struct error err;

		must_recommend(f, BY(cases[i].recommends, MONDAY_AT("11:00")), reference, one_with("no_further_action", 1));
		fixture_act(f, BY(cases[i].authorises, cases[i].at), do_enquiry_authorise, &in, &err);
		if (err.kind != cases[i].kind)
			fail_msg(
				"%s for %s: %s %s", cases[i].authorises, cases[i].recommends, error_kind_name(err.kind), err.message);
	}
}

static void a_dated_deputy_signs_between_the_dates(void **state)
{
	static const struct {
		const char *at;
		enum error_kind kind;
	} cases[] = {{MONDAY_AT("12:00"), ERROR_DENIED}, {TUESDAY_AT("12:00"), ERROR_NONE}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = allocated_enquiry(f, 1);
		struct enquiry_authorise in = {ON(reference), TEXT("no"), TEXT("below_threshold")};
		struct error err;

		fixture_change(f,
			"insert into deputy (account, starts_at, ends_at, named_by, recorded_at) values (%lld, %lld, "
			"%lld, 1, 0)",
			(long long)fixture_account(f, "byrne").n, (long long)at(TUESDAY_AT("00:00")),
			(long long)at(TUESDAY_AT("23:00")));
		must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, one_with("no_further_action", 1));
		fixture_act(f, BY("byrne", cases[i].at), do_enquiry_authorise, &in, &err);
		if (err.kind != cases[i].kind) fail_msg("at %s: %s", cases[i].at, err.message);
	}
}

static void a_service_manager_who_is_asked_signs(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct proposal_ask ask = {ON(reference), fixture_account(f, "hart")};

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, one_with("no_further_action", 1));
	fixture_must(f, BY("nair", MONDAY_AT("11:30")), do_enquiry_ask_signature, &ask);
	must_authorise(f, BY("hart", MONDAY_AT("12:00")), reference);
	assert_episode(f, reference, "state", "closed");
}

static void the_finding_and_its_reason_go_together(void **state)
{
	static const struct {
		const char *necessary, *reason, *field; /* NULL: taken */
	} cases[] = {
		{NULL, NULL, "necessary"},
		{"yes", NULL, "necessary_reason"},
		{"yes", "below_threshold", "necessary_reason"},
		{"no", "safeguarding_concern", "necessary_reason"},
		{"no", "other", "necessary_reason"}, /* only of a screen-out */
		{"no", "advice_enough", NULL},
	};
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct error err;

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, one_with("no_further_action", 1));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct enquiry_authorise in = {ON(reference), text_of(cases[i].necessary), text_of(cases[i].reason)};

		if (fixture_act(f, BY("nair", MONDAY_AT("12:00")), do_enquiry_authorise, &in, &err) != !cases[i].field)
			fail_msg("case %zu: %s", i, err.message);
		if (cases[i].field) assert_non_null(error_find(&err, cases[i].field));
	}
}

static void returned_work_is_recommended_again(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct enquiry_return without = {ON(reference), TEXT_NONE};
	struct enquiry_return in = {ON(reference), TEXT("What does the health visitor say?")};
	struct error err;

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, one_with("no_further_action", 1));
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("12:00")), do_enquiry_return, &without, &err));
	assert_non_null(error_find(&err, "returned_reason"));
	fixture_must(f, BY("nair", MONDAY_AT("12:00")), do_enquiry_return, &in);
	assert_episode(f, reference, "state || ' ' || coalesce(pending, '-')", "allocated -");
	assert_sql(f, "1", "select open from worker where account = %lld", (long long)fixture_account(f, "rahman").n);
	must_recommend(f, BY("rahman", MONDAY_AT("13:00")), reference, one_with("assessment", 3));
	must_authorise(f, BY("nair", MONDAY_AT("14:00")), reference);
	assert_sql(f, "assessment", "select group_concat(outcome) from outcome where authorised_at is not null");
	assert_sql(
		f, "returned,agreed", "select group_concat(answer) from (select answer from proposal order by id) as listed");
}

static void a_child_with_an_outcome_is_not_recommended_again(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 2);
	struct enquiry_recommend in = {ON(reference), TEXT("The analysis."), one_with("assessment", 3)};
	struct error err;

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, one_with("no_further_action", 1));
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("13:00")), do_enquiry_recommend, &in, &err));
	assert_non_null(error_find(&err, "children/0/child"));
}

static void only_open_cases_end_as_such(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct child_outcome open_case = child_with(1, "open_case", 3);

	must_mark_open_case(f, BY("rahman", MONDAY_AT("10:50")), reference, "Sam Bell");
	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, (struct input_list){&open_case, 1});
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_episode(f, reference, "ended", "open_case");
	assert_sql(f, "open_case Sam Bell and their manager, Family team", "select kind || ' ' || to_whom from hand_over");
}

static void what_arrived_unread_asks_for_a_review_once_it_is_decided(void **state)
{
	struct fixture *f = *state;
	struct given given = {.received_at = MONDAY_AT("10:00"), .external_ref = "SCH-1"};
	struct text reference = fixture_receive(f, given);

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	must_allocate(f, BY("nair", MONDAY_AT("10:30")), reference, "rahman");
	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, one_with("no_further_action", 1));
	given.received_at = MONDAY_AT("11:30");
	given.summary = "There is a bruise as well.";
	fixture_receive(f, given);
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_episode(f, reference, "rescreen_asked_at", "");
	assert_episode(
		f, reference, "review_asked_at", fixture_sql(f, "select %lld", (long long)at(MONDAY_AT("11:30"))).ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(a_recommendation_is_complete_or_refused_by_field),
		fixture_test(whose_it_is_recommends_it),
		fixture_test(an_analysis_of_64_kilobytes_is_kept_whole),
		fixture_test(nobody_authorises_what_they_recommended),
		fixture_test(a_dated_deputy_signs_between_the_dates),
		fixture_test(a_service_manager_who_is_asked_signs),
		fixture_test(the_finding_and_its_reason_go_together),
		fixture_test(returned_work_is_recommended_again),
		fixture_test(a_child_with_an_outcome_is_not_recommended_again),
		fixture_test(only_open_cases_end_as_such),
		fixture_test(what_arrived_unread_asks_for_a_review_once_it_is_decided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
