#include "steps.h"

static void screening_gives_the_rating_its_reason_and_the_due_time(void **state)
{
	/* domain.md's vectors: received Wednesday 10 June 2015 10:00 */
	static const struct {
		const char *rag, *due;
	} cases[] = {{"red", "2015-06-10T14:00:00+01:00"}, {"amber", "2015-06-11T10:00:00+01:00"},
		{"green", "2015-06-15T10:00:00+01:00"}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = fixture_receive(f, (struct given){.received_at = "2015-06-10T10:00:00+01:00"});

		must_screen(f, BY("rahman", "2015-06-10T10:15:00+01:00"), reference, cases[i].rag);
		assert_episode(f, reference, "state || ' ' || rag || ' ' || first_rag",
			fixture_sql(f, "select 'screened %s %s'", cases[i].rag, cases[i].rag).ptr);
		assert_episode(f, reference, "due_at", fixture_sql(f, "select %lld", (long long)at(cases[i].due)).ptr);
		assert_episode(
			f, reference, "screened_by", fixture_sql(f, "select %lld", (long long)fixture_account(f, "rahman").n).ptr);
	}
	assert_sql(*state, "first,first,first", "select group_concat(kind) from rag_history");
}

static void a_screening_says_its_rating_and_its_reason(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
	struct enquiry_screen nothing = {ON(reference), TEXT_NONE, TEXT("  ")};
	struct error err;

	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("10:10")), do_enquiry_screen, &nothing, &err));
	assert_int_equal(err.kind, ERROR_INVALID);
	assert_non_null(error_find(&err, "rag"));
	assert_non_null(error_find(&err, "rag_reason"));
	assert_episode(f, reference, "state", "received");
}

static void immediate_danger_is_red_until_two_people_lower_it(void **state)
{
	struct fixture *f = *state;
	struct text reference =
		fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .immediate_danger = true});
	struct proposal_reply agree = {ON(reference), TEXT("agreed"), TEXT_NONE};

	must_screen(f, BY("rahman", MONDAY_AT("10:10")), reference, "green");
	assert_episode(f, reference, "state || ' ' || rag || ' ' || pending", "screened red lowering");
	assert_episode(f, reference, "due_at", fixture_sql(f, "select %lld", (long long)at(MONDAY_AT("14:00"))).ptr);
	assert_episode(f, reference, "first_rag", "red");
	fixture_must(f, BY("nair", MONDAY_AT("10:30")), do_enquiry_answer_lowering, &agree);
	assert_episode(f, reference, "rag || ' ' || coalesce(pending, '-')", "green -");
	/* three working days on at the same time */
	assert_episode(
		f, reference, "due_at", fixture_sql(f, "select %lld", (long long)at("2015-06-04T10:00:00+01:00")).ptr);
	assert_sql(f, "danger,misrated", "select group_concat(kind) from rag_history");
	assert_history(f, reference, "received,screened,lowering_proposed,rerated");
}

static void immediate_danger_screened_red_stays_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct text reference =
		fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .immediate_danger = true});

	must_screen(f, BY("rahman", MONDAY_AT("10:10")), reference, "red");
	assert_episode(f, reference, "rag || ' ' || coalesce(pending, '-')", "red -");
	assert_episode(f, reference, "due_at", fixture_sql(f, "select %lld", (long long)at(MONDAY_AT("14:00"))).ptr);
}

static struct input_list no_further_action_for_both(void)
{
	static struct child_outcome rows[2];

	rows[0] = child_with(1, "no_further_action", 1);
	rows[1] = child_to_service(2);
	return (struct input_list){rows, 2};
}

static struct text screened_enquiry(struct fixture *f)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .children = 2});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	return reference;
}

/* The same reference again with another summary: further information, which asks for screening again. */
static void more_arrives(struct fixture *f, const char *when)
{
	struct given more = {.received_at = when, .external_ref = "SCH-1", .summary = "There is a bruise as well."};

	fixture_receive(f, more);
}

static void further_information_is_screened_again(void **state)
{
	struct fixture *f = *state;
	struct text reference =
		fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .external_ref = "SCH-1"});
	struct enquiry_screen again = {ON(reference), TEXT("amber"), TEXT("The bruise.")};
	struct error err;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("10:30")), do_enquiry_screen, &again, &err));
	assert_error(&err, ERROR_REFUSED, "has been screened");
	more_arrives(f, MONDAY_AT("12:00"));
	fixture_must(f, BY("rahman", MONDAY_AT("12:30")), do_enquiry_screen, &again);
	assert_episode(f, reference, "rag || ' ' || first_rag || ' ' || coalesce(cast(rescreen_asked_at as text), '-')",
		"amber green -");
	/* the earlier of the old due and the information's arrival with one working day */
	assert_episode(f, reference, "due_at", fixture_sql(f, "select %lld", (long long)at(TUESDAY_AT("12:00"))).ptr);
	assert_episode(f, reference, "screened_at", fixture_sql(f, "select %lld", (long long)at(MONDAY_AT("10:20"))).ptr);
}

static void what_arrived_unread_is_not_screened_out(void **state)
{
	struct fixture *f = *state;
	struct text reference =
		fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .external_ref = "SCH-1"});
	struct enquiry_screen_out out = {
		ON(reference), TEXT("below_threshold"), TEXT_NONE, CHILDREN(child_with(1, "no_further_action", 1))};
	struct proposal_reply agree = {ON(reference), TEXT("agreed"), TEXT_NONE};
	struct error err;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	fixture_must(f, BY("byrne", MONDAY_AT("10:30")), do_enquiry_screen_out, &out);
	more_arrives(f, MONDAY_AT("12:00"));
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("12:10")), do_enquiry_answer_screen_out, &agree, &err));
	assert_error(&err, ERROR_REFUSED, "nobody has screened");
}

static void a_screen_out_needs_a_second_person(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);
	struct enquiry_screen_out out = {
		ON(reference), TEXT("advice_enough"), TEXT("Advice was given."), no_further_action_for_both()};
	struct proposal_reply agree = {ON(reference), TEXT("agreed"), TEXT_NONE};
	struct error err;

	fixture_must(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_screen_out, &out);
	assert_episode(f, reference, "state || ' ' || pending", "screened screen_out");
	assert_sql(f, "0", "select count(*) from outcome where authorised_at is not null");
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:05")), do_enquiry_answer_screen_out, &agree, &err));
	assert_error(&err, ERROR_REFUSED, "stopping needs two people");
	assert_episode(f, reference, "state || ' ' || pending", "screened screen_out");

	fixture_must(f, BY("nair", MONDAY_AT("11:10")), do_enquiry_answer_screen_out, &agree);
	assert_episode(f, reference, "state", "screened_out"); /* a service has still to accept the second child */
	assert_episode(f, reference, "ended || ' ' || necessary || ' ' || necessary_reason", "screening no advice_enough");
	assert_sql(f, "2", "select count(*) from outcome where authorised_at is not null and authorised_by = %lld",
		(long long)fixture_account(f, "nair").n);
	assert_sql(f, "child 1,child 1,enquiry 1",
		"select group_concat(unit || ' ' || screened_out) from balance_event where kind = 'completed'");
	assert_sql(f, "service Young carers", "select kind || ' ' || to_whom from hand_over");
}

static void a_screen_out_with_nothing_to_hand_over_is_closed_at_once(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);
	struct enquiry_screen_out out = {ON(reference), TEXT("below_threshold"), TEXT_NONE,
		CHILDREN(child_with(1, "no_further_action", 1), child_with(2, "no_further_action", 1))};
	struct proposal_reply agree = {ON(reference), TEXT("agreed"), TEXT_NONE};

	fixture_must(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_screen_out, &out);
	fixture_must(f, BY("nair", MONDAY_AT("11:10")), do_enquiry_answer_screen_out, &agree);
	assert_history(f, reference, "received,screened,screen_out_proposed,screened_out,closed");
}

static void a_screen_out_refused_leaves_it_screened(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);
	struct enquiry_screen_out out = {ON(reference), TEXT("duplicate"), TEXT_NONE, no_further_action_for_both()};
	struct proposal_reply without_reason = {ON(reference), TEXT("refused"), TEXT_NONE};
	struct proposal_reply refuse = {ON(reference), TEXT("refused"), TEXT("It is not the same incident.")};
	struct error err;

	fixture_must(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_screen_out, &out);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:05")), do_enquiry_answer_screen_out, &without_reason, &err));
	assert_non_null(error_find(&err, "reason"));
	fixture_must(f, BY("nair", MONDAY_AT("11:10")), do_enquiry_answer_screen_out, &refuse);
	assert_episode(f, reference, "state || ' ' || coalesce(pending, '-')", "screened -");
	assert_sql(f, "0", "select count(*) from outcome where authorised_at is not null");
	assert_sql(f, "refused It is not the same incident.", "select answer || ' ' || answer_reason from proposal");
	fixture_must(f, BY("rahman", MONDAY_AT("11:20")), do_enquiry_screen_out, &out); /* and may be proposed anew */
}

static void a_screen_out_speaks_of_every_child_and_of_no_referral(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);
	const struct {
		struct enquiry_screen_out in;
		const char *field;
	} cases[] = {
		{{ON(reference), TEXT("duplicate"), TEXT_NONE, CHILDREN(child_with(1, "no_further_action", 1))}, "children"},
		{{ON(reference), TEXT("duplicate"), TEXT_NONE,
			 CHILDREN(child_with(1, "no_further_action", 1), child_with(2, "assessment", 3))},
			"children"},
		{{ON(reference), TEXT("no reason"), TEXT_NONE, no_further_action_for_both()}, "screen_out_reason"},
		{{ON(reference), TEXT("duplicate"), TEXT_NONE,
			 CHILDREN(child_with(1, "no_further_action", 1), child_with(2, "no_further_action", 4))},
			"children/1/outcome"},
	};
	struct error err;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct enquiry_screen_out in = cases[i].in;

		assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_screen_out, &in, &err));
		assert_int_equal(err.kind, ERROR_INVALID);
		if (!error_find(&err, cases[i].field)) fail_msg("case %zu: nothing is said of %s", i, cases[i].field);
	}
	assert_sql(f, "0", "select count(*) from proposal");
}

static void while_a_screen_out_waits_it_is_not_allocated_and_a_higher_rating_overtakes_it(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);
	struct enquiry_screen_out out = {ON(reference), TEXT("below_threshold"), TEXT_NONE, no_further_action_for_both()};
	struct enquiry_allocate allocate = {ON(reference), fixture_account(f, "rahman"), TEXT("She has room.")};
	struct enquiry_rerate raise = {
		ON(reference), TEXT("new_information"), TEXT("red"), TEXT("A bruise."), at(MONDAY_AT("11:20"))};
	struct error err;

	fixture_must(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_screen_out, &out);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:10")), do_enquiry_allocate, &allocate, &err));
	assert_error(&err, ERROR_REFUSED, "screen-out");
	fixture_must(f, BY("byrne", MONDAY_AT("11:30")), do_enquiry_rerate, &raise);
	assert_episode(f, reference, "rag || ' ' || coalesce(pending, '-')", "red -");
	assert_sql(f, "overtaken", "select answer from proposal");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(screening_gives_the_rating_its_reason_and_the_due_time),
		fixture_test(a_screening_says_its_rating_and_its_reason),
		fixture_test(immediate_danger_is_red_until_two_people_lower_it),
		fixture_test(immediate_danger_screened_red_stays_as_it_was),
		fixture_test(further_information_is_screened_again),
		fixture_test(what_arrived_unread_is_not_screened_out),
		fixture_test(a_screen_out_needs_a_second_person),
		fixture_test(a_screen_out_with_nothing_to_hand_over_is_closed_at_once),
		fixture_test(a_screen_out_refused_leaves_it_screened),
		fixture_test(a_screen_out_speaks_of_every_child_and_of_no_referral),
		fixture_test(while_a_screen_out_waits_it_is_not_allocated_and_a_higher_rating_overtakes_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
