#include "steps.h"

/*
 * What stands beside the decision. By hand from domain.md and the shipped policy: 72 hours from Monday 1 June 2015 08:00 is
 * Thursday 4 June 08:00; 8 days Tuesday 9 June 08:00; 15 working days, day 0 the discussion, Monday 22 June, at close of
 * business 17:00; one working day at the same time Tuesday 2 June.
 */
static struct text received(struct fixture *f)
{
	return fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:00"), .children = 2});
}

static struct protection_record police(struct text reference, int64_t child, const char *from)
{
	return (struct protection_record){ON(reference), .protection_kind = TEXT("police_protection"), .child = child,
		.protection_from = at(from), .protection_until = INSTANT_NONE};
}

static struct protection_id last_protection(struct fixture *f)
{
	struct protection_id id;

	assert_true(text_int(fixture_sql(f, "select max(id) from protection"), &id.n));
	return id;
}

static void protection_stands_once_for_a_child_and_ends_no_later_than_it_may(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f);
	struct protection_record of_one = police(reference, 1, MONDAY_AT("08:00"));
	struct protection_record of_other = police(reference, 2, MONDAY_AT("08:00"));
	struct protection_record of_all = police(reference, INT_NONE, MONDAY_AT("08:00"));
	struct protection_over over = {ON(reference), .protection_ended_at = INSTANT_NONE, TEXT("He is with an aunt.")};
	struct error err;

	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_protection_record, &of_one);
	assert_sql(f, fixture_sql(f, "select %lld", (long long)at("2015-06-04T08:00:00+01:00")).ptr,
		"select ends_at from protection");
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("10:00")), do_protection_record, &of_one, &err));
	assert_error(&err, ERROR_REFUSED, "stands already");
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("10:00")), do_protection_record, &of_all, &err));
	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_protection_record, &of_other);

	/* Recorded on Friday: it ran out on Thursday, whenever that was written down. */
	over.protection = last_protection(f);
	fixture_must(f, BY("rahman", "2015-06-05T09:00:00+01:00"), do_protection_over, &over);
	assert_sql(f, "1", "select count(*) from protection where ended_at = ends_at");
	of_other = police(reference, 2, "2015-06-04T09:00:00+01:00");
	fixture_must(f, BY("rahman", "2015-06-05T09:00:00+01:00"), do_protection_record, &of_other);
}

static void must_request(struct fixture *f, struct text reference, const char *when)
{
	struct strategy_request in = {ON(reference), TEXT("Two burns.")};

	fixture_must(f, BY("rahman", when), do_strategy_request, &in);
}

static struct strategy_record held(struct text reference, const char *when, const char *decision)
{
	return (struct strategy_record){ON(reference), .strategy_held_at = at(when),
		.agencies = TEXT("social_care;police;health"), .strategy_decision = text_of(decision),
		.police_protection_at = INSTANT_NONE};
}

static void each_strategy_discussion_has_its_own_clocks(void **state)
{
	static const struct {
		const char *decision;
		const char *conference; /* NULL: none follows */
	} cases[] = {
		{"joint_section_47", "2015-06-22T17:00:00+01:00"},
		{"single_section_47", "2015-06-22T17:00:00+01:00"},
		{"section_17", NULL},
		{"none", NULL},
	};
	struct fixture *f = *state;
	struct text reference = received(f);

	must_screen(f, BY("rahman", MONDAY_AT("09:30")), reference, "red");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct strategy_record record = held(reference, MONDAY_AT("11:00"), cases[i].decision);

		must_request(f, reference, MONDAY_AT("10:00"));
		assert_sql(f, fixture_sql(f, "select %lld", (long long)at(TUESDAY_AT("10:00"))).ptr,
			"select due_at from strategy_discussion where held_at is null");
		fixture_must(f, BY("rahman", MONDAY_AT("11:30")), do_strategy_record, &record);
		assert_sql(f, cases[i].conference ? fixture_sql(f, "select %lld", (long long)at(cases[i].conference)).ptr : "",
			"select conference_due_at from strategy_discussion order by id desc limit 1");
	}
}

/* Two discussions decided section 47: the conferences are recorded in the order they are due, and then none waits. */
static void a_conference_is_recorded_for_the_discussion_it_follows(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f);
	struct conference_record conference = {ON(reference), at(TUESDAY_AT("10:00"))};
	struct error err;

	must_screen(f, BY("rahman", MONDAY_AT("09:30")), reference, "red");
	for (int i = 0; i < 2; i++) {
		struct strategy_record record =
			held(reference, i ? TUESDAY_AT("09:30") : MONDAY_AT("11:00"), "joint_section_47");

		must_request(f, reference, i ? TUESDAY_AT("09:00") : MONDAY_AT("10:00"));
		fixture_must(f, BY("rahman", TUESDAY_AT("09:40")), do_strategy_record, &record);
	}
	fixture_must(f, BY("rahman", TUESDAY_AT("10:30")), do_strategy_conference, &conference);
	assert_sql(f, "1", "select min(id) from strategy_discussion where conference_held_at is not null");
	fixture_must(f, BY("rahman", TUESDAY_AT("10:30")), do_strategy_conference, &conference);
	assert_false(fixture_act(f, BY("rahman", TUESDAY_AT("10:30")), do_strategy_conference, &conference, &err));
	assert_error(&err, ERROR_REFUSED, "no conference");
}

static void police_protection_told_at_a_discussion_is_recorded_once(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f);
	struct protection_record before = police(reference, INT_NONE, MONDAY_AT("08:00"));
	struct strategy_record record = held(reference, MONDAY_AT("11:00"), "joint_section_47");

	record.police_protection_at = at(MONDAY_AT("08:00"));
	must_screen(f, BY("rahman", MONDAY_AT("09:30")), reference, "red");
	must_request(f, reference, MONDAY_AT("10:00"));
	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_protection_record, &before);
	fixture_must(f, BY("rahman", MONDAY_AT("11:30")), do_strategy_record, &record);
	assert_sql(f, "1", "select count(*) from protection");
}

/* What was asked for before a re-opening can still be recorded as held. */
static void a_discussion_of_an_earlier_episode_is_still_recorded(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct child_outcome nothing = child_with(1, "no_further_action", 1);
	struct enquiry_reopen reopen = {ON(reference), TEXT("red"), TEXT("It happened again.")};
	struct strategy_record record = held(reference, MONDAY_AT("12:30"), "section_17");

	must_request(f, reference, MONDAY_AT("10:40"));
	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, (struct input_list){&nothing, 1});
	must_authorise(f, BY("nair", MONDAY_AT("11:10")), reference);
	fixture_must(f, BY("nair", MONDAY_AT("12:00")), do_enquiry_reopen, &reopen);
	fixture_must(f, BY("rahman", MONDAY_AT("13:00")), do_strategy_record, &record);
	assert_sql(f, "1", "select count(*) from strategy_discussion where held_at is not null");
}

/* Two children of one enquiry are never one person, whatever the council's list says of names. */
static void two_children_of_an_enquiry_are_not_confirmed_as_one_person(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f);
	struct person_answer answer = {
		ON(reference), .link_state = TEXT("confirmed"), .reason = TEXT("The school says so.")};
	struct error err;

	fixture_change(f,
		"insert into person_link (child, person, state, recorded_at) select c.id, p.person, 'possible', 0 "
		"from child c, child p where c.position = 1 and p.position = 2");
	answer.person_link.n = 1;
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("10:00")), do_person_link_decide, &answer, &err));
	assert_error(&err, ERROR_REFUSED, "child 2 of this enquiry is that person already");
	answer.link_state = TEXT("refused");
	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_person_link_decide, &answer);
}

/* A hand-over made while somebody else has the case goes to whom the case system has at the signature. */
static void an_open_case_goes_to_whoever_has_it_when_it_is_signed(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct child_outcome open_case = child_with(1, "open_case", 3);

	must_mark_open_case(f, BY("rahman", MONDAY_AT("10:50")), reference, "Sam Bell");
	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, (struct input_list){&open_case, 1});
	must_mark_open_case(f, BY("rahman", MONDAY_AT("11:05")), reference, "Kit Lane");
	assert_sql(f, "1", "select count(*) from open_case");
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_sql(f, "Kit Lane and their manager, Family team", "select to_whom from hand_over");
}

static void an_assessment_counted_from_its_acceptance_is_due_from_then(void **state)
{
	struct fixture *f = *state;
	struct text reference;
	struct child_outcome assessment = child_with(1, "assessment", 3);
	struct hand_over_reply accept = {
		.hand_over = {1}, .hand_over_answer = TEXT("accepted"), .accepted_by = TEXT("Ann Ward")};

	fixture_change(f, "insert into policy (version, valid_from, content, note, loaded_by, recorded_at) values (99, 1, "
					  "'assessment_from_acceptance = yes', '', 1, 1)");
	reference = allocated_enquiry(f, 1);
	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, (struct input_list){&assessment, 1});
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_sql(f, "", "select due_at from hand_over");
	accept.on = (struct on_enquiry)ON(reference);
	fixture_must(f, BY("ashworth", TUESDAY_AT("09:00")), do_hand_over_reply, &accept);
	/* day 0 is Tuesday 2 June: nine weeks on */
	assert_sql(f, fixture_sql(f, "select %lld", (long long)at("2015-08-04T17:00:00+01:00")).ptr,
		"select due_at from hand_over");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(protection_stands_once_for_a_child_and_ends_no_later_than_it_may),
		fixture_test(each_strategy_discussion_has_its_own_clocks),
		fixture_test(a_conference_is_recorded_for_the_discussion_it_follows),
		fixture_test(police_protection_told_at_a_discussion_is_recorded_once),
		fixture_test(a_discussion_of_an_earlier_episode_is_still_recorded),
		fixture_test(two_children_of_an_enquiry_are_not_confirmed_as_one_person),
		fixture_test(an_open_case_goes_to_whoever_has_it_when_it_is_signed),
		fixture_test(an_assessment_counted_from_its_acceptance_is_due_from_then),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
