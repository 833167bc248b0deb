#include "steps.h"

static struct text decided(struct fixture *f, struct child_outcome outcome)
{
	struct text reference = allocated_enquiry(f, 1);
	struct input_list children = {&outcome, 1};

	if (text_is(outcome.outcome, "open_case"))
		must_mark_open_case(f, BY("rahman", MONDAY_AT("10:50")), reference, "Sam Bell");
	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, children);
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	return reference;
}

static struct child_outcome agreed(struct text agreement)
{
	struct child_outcome row = child_to_service(1);

	row.agreement = agreement;
	if (text_is(agreement, "offered_not_agreed")) row.agreement_by = TEXT_NONE;
	return row;
}

static struct child_outcome to(const char *outcome, int64_t level, const char *whom)
{
	struct child_outcome row = child_with(1, outcome, level);

	row.to_whom = text_of(whom);
	return row;
}

static void each_outcome_is_handed_to_whom_it_is_for(void **state)
{
	/*
	 * 45 working days from Monday 1 June 2015 10:00, day 0 the receipt: nine weeks of five days without a bank holiday
	 * (the next is 31 August), so Monday 3 August; the shipped policy has it at close of business, 17:00.
	 */
	const struct {
		struct child_outcome outcome;
		const char *kind, *to_whom, *due, *state;
	} cases[] = {
		{child_with(1, "assessment", 3), "assessment_team", "Assessment team", "2015-08-03", "decided"},
		{agreed(TEXT("given")), "service", "Young carers", NULL, "decided"},
		{agreed(TEXT("offered_not_agreed")), NULL, NULL, NULL, "closed"},
		{child_with(1, "no_further_action", 1), NULL, NULL, NULL, "closed"},
		{to("other_authority", 2, "Reading, duty desk"), "other_authority", "Reading, duty desk", NULL, "decided"},
		{child_with(1, "open_case", 4), "open_case", "Sam Bell and their manager, Family team", "2015-06-04",
			"decided"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = decided(f, cases[i].outcome);

		assert_episode(f, reference, "state", cases[i].state);
		assert_sql(f,
			cases[i].kind ? fixture_sql(f, "select '%s|%s|%s'", cases[i].kind, cases[i].to_whom,
								cases[i].due ? cases[i].due : "-")
								.ptr
						  : "",
			"select h.kind || '|' || h.to_whom || '|' || coalesce(date(h.due_at / 1000 + 3600, 'unixepoch'), '-') from "
			"hand_over h join episode e on e.id = h.episode join enquiry q on q.id = e.enquiry where q.reference = "
			"'%.*s'",
			TEXT_ARG(reference));
	}
}

static struct hand_over_id last_hand_over(struct fixture *f)
{
	struct hand_over_id id;

	assert_true(text_int(fixture_sql(f, "select max(id) from hand_over"), &id.n));
	return id;
}

static void the_last_hand_over_accepted_closes_it(void **state)
{
	struct fixture *f = *state;
	struct text reference = decided(f, child_with(1, "assessment", 3));
	struct hand_over_reply in = {ON(reference), last_hand_over(f), TEXT("accepted"), TEXT("Beth Young"), TEXT_NONE};
	struct enquiry_close close = {ON(reference)};
	struct error err;

	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("13:00")), do_enquiry_close, &close, &err));
	assert_error(&err, ERROR_REFUSED, "a hand-over has not been accepted yet");
	fixture_must(f, BY("ashworth", MONDAY_AT("14:00")), do_hand_over_reply, &in);
	assert_episode(f, reference, "state", "closed");
	assert_sql(f, "accepted Beth Young", "select answer || ' ' || answered_by from hand_over");
	assert_false(fixture_act(f, BY("ashworth", MONDAY_AT("14:05")), do_hand_over_reply, &in, &err));
	assert_error(&err, ERROR_REFUSED, "accepted already");
}

static void one_declined_keeps_it_open_until_somebody_accepts(void **state)
{
	struct fixture *f = *state;
	struct text reference = decided(f, child_with(1, "assessment", 3));
	struct hand_over_reply why = {ON(reference), last_hand_over(f), TEXT("declined"), TEXT("Beth Young"), TEXT_NONE};
	struct hand_over_reply decline = why, accept = why;
	struct error err;

	decline.declined_reason = TEXT("The family has moved.");
	accept.hand_over_answer = TEXT("accepted");
	assert_false(fixture_act(f, BY("ashworth", MONDAY_AT("14:00")), do_hand_over_reply, &why, &err));
	assert_non_null(error_find(&err, "declined_reason"));
	fixture_must(f, BY("ashworth", MONDAY_AT("14:00")), do_hand_over_reply, &decline);
	assert_episode(f, reference, "state", "decided");
	fixture_must(f, BY("ashworth", MONDAY_AT("15:00")), do_hand_over_reply, &accept);
	assert_episode(f, reference, "state", "closed");
}

static void a_hand_over_of_another_enquiry_is_not_found(void **state)
{
	struct fixture *f = *state;
	struct text other = decided(f, child_with(1, "assessment", 3));
	struct hand_over_reply in = {{.version = VERSION_ANY}, last_hand_over(f), TEXT("accepted"), TEXT("A"), TEXT_NONE};
	struct error err;

	(void)other;
	in.on.reference = allocated_enquiry(f, 1);
	assert_false(fixture_act(f, BY("ashworth", MONDAY_AT("14:00")), do_hand_over_reply, &in, &err));
	assert_error(&err, ERROR_NOT_FOUND, "no such hand-over");
}

/* Section 47: the strategy discussion is requested before it is authorised and held before it is closed. */

static void section_47_needs_its_strategy_discussion(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct child_outcome section_47 = child_with(1, "section_47", 4);
	struct enquiry_authorise authorise = {ON(reference), TEXT("yes"), TEXT("safeguarding_concern")};
	struct strategy_request request = {ON(reference), TEXT_NONE};
	struct strategy_record record = {ON(reference), at(MONDAY_AT("12:00")), TEXT("social_care;police"),
		TEXT("A. Rahman, PC Ward"), TEXT("joint_section_47"), INSTANT_NONE};
	struct error err;

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, (struct input_list){&section_47, 1});
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:10")), do_enquiry_authorise, &authorise, &err));
	assert_error(&err, ERROR_REFUSED, "strategy discussion");
	fixture_must(f, BY("rahman", MONDAY_AT("11:15")), do_strategy_request, &request); /* one person is enough */
	fixture_must(f, BY("nair", MONDAY_AT("11:20")), do_enquiry_authorise, &authorise);
	assert_episode(f, reference, "state", "decided");

	fixture_must(f, BY("ashworth", MONDAY_AT("11:30")), do_hand_over_reply,
		&(struct hand_over_reply){ON(reference), last_hand_over(f), TEXT("accepted"), TEXT("Beth Young"), TEXT_NONE});
	assert_episode(f, reference, "state", "decided"); /* accepted, but not yet held */
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("12:30")), do_strategy_record, &record, &err));
	assert_non_null(error_find(&err, "agencies"));
	record.agencies = TEXT("social_care;police;health");
	fixture_must(f, BY("rahman", MONDAY_AT("12:30")), do_strategy_record, &record);
	assert_episode(f, reference, "state", "closed");
}

static void a_strategy_discussion_is_requested_from_screening_on_while_it_is_open(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
	struct strategy_request in = {ON(reference), TEXT("A red.")};
	struct error err;

	assert_false(fixture_act(f, BY("byrne", MONDAY_AT("10:10")), do_strategy_request, &in, &err));
	assert_error(&err, ERROR_REFUSED, "has not been screened");
	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "red");
	fixture_must(f, BY("byrne", MONDAY_AT("10:21")), do_strategy_request, &in);
	in.on.reference = decided(f, child_with(1, "no_further_action", 1));
	assert_false(fixture_act(f, BY("byrne", MONDAY_AT("13:00")), do_strategy_request, &in, &err));
	assert_error(&err, ERROR_REFUSED, "re-open it first");
}

static void a_discussion_nobody_requested_is_not_recorded(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct strategy_record in = {ON(reference), at(MONDAY_AT("11:00")), TEXT("social_care;police;health"), TEXT_NONE,
		TEXT("none"), INSTANT_NONE};
	struct error err;

	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("12:30")), do_strategy_record, &in, &err));
	assert_error(&err, ERROR_REFUSED, "no strategy discussion");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(each_outcome_is_handed_to_whom_it_is_for),
		fixture_test(the_last_hand_over_accepted_closes_it),
		fixture_test(one_declined_keeps_it_open_until_somebody_accepts),
		fixture_test(a_hand_over_of_another_enquiry_is_not_found),
		fixture_test(section_47_needs_its_strategy_discussion),
		fixture_test(a_strategy_discussion_is_requested_from_screening_on_while_it_is_open),
		fixture_test(a_discussion_nobody_requested_is_not_recorded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
