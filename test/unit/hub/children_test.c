/*
 * Which person a corrected child is, what can be done to children and when, where a moved enquiry's timeliness counts,
 * what may not be found out by linking, and a third episode.
 */
#include "return_steps.h"

#include "hub/child.h"
#include "hub/enquiry_view.h"
#include "hub/incident.h"
#include "hub/moving.h"
#include "hub/withdrawal.h"

DEED(child_add, child_add)
DEED(child_correct, child_correction)
DEED(child_remove, child_remove)
DEED(incident_link, incident_link)
DEED(enquiry_move, enquiry_move)
DEED(enquiry_withdraw, enquiry_withdraw)
DEED(enquiry_answer_withdrawal, proposal_reply)

#define NHS       "9434765919"
#define OTHER_NHS "4010232137"

static struct child_receive born(const char *given_name, const char *nhs_number, const char *date)
{
	return (struct child_receive){.given_name = text_of(given_name),
		.family_name = TEXT("Silva"),
		.nhs_number = nhs_number ? text_of(nhs_number) : TEXT_NONE,
		.date_of_birth = day_of(date),
		.expected_date = DAY_NONE};
}

static struct text received(struct fixture *f)
{
	return fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
}

static void must_add(struct fixture *f, struct text reference, struct child_receive child)
{
	struct child_add in = {ON(reference), TEXT("A sibling."), child};

	fixture_must(f, BY("rahman", MONDAY_AT("10:30")), do_child_add, &in);
}

static void must_correct(struct fixture *f, struct text reference, int64_t child, struct child_receive as)
{
	struct child_correction in = {ON(reference), child, TEXT("The school's register."), as};

	fixture_must(f, BY("rahman", MONDAY_AT("11:00")), do_child_correct, &in);
}

/* The person of the second child, whom each of these adds. */
static struct text person_of(struct fixture *f, struct text reference)
{
	return fixture_sql(f,
		"select c.person from child c join enquiry q on q.id = c.enquiry where q.reference = '%.*s' and c.position = 2",
		TEXT_ARG(reference));
}

static struct text links_of(struct fixture *f, struct text reference)
{
	return fixture_sql(f,
		"select group_concat(l.person || ' ' || l.state) from person_link l join child c on c.id = l.child join "
		"enquiry q "
		"on q.id = c.enquiry where q.reference = '%.*s'",
		TEXT_ARG(reference));
}

static void a_childs_own_person_is_corrected_with_it(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f), person;

	must_add(f, reference, born("Ana", NHS, "2010-05-01"));
	person = person_of(f, reference);
	must_correct(f, reference, 2, born("Ana", OTHER_NHS, "2010-05-02"));
	assert_text(person_of(f, reference), person.ptr);
	assert_sql(
		f, OTHER_NHS " 2010-05-02", "select nhs_number || ' ' || date_of_birth from person where id = %s", person.ptr);
	assert_text(links_of(f, reference), "");
	assert_sql(f, NHS " 2010-05-01 Asha Rahman",
		"select v.nhs_number || ' ' || v.date_of_birth || ' ' || a.name from child_version v join account a on a.id = "
		"v.corrected_by");
	assert_sql(f, "2;date_of_birth;nhs_number",
		"select detail from access_log where action = 'correct_child' and refused = 0");
}

static void a_child_who_was_linked_by_a_wrong_number_gets_a_person_of_its_own_and_the_old_one_is_asked_about(
	void **state)
{
	struct fixture *f = *state;
	struct text first = received(f), second = received(f), person, own;

	must_add(f, first, born("Ana", NHS, "2010-05-01"));
	must_add(f, second, born("Ana", NHS, "2010-05-01"));
	person = person_of(f, first);
	assert_text(person_of(f, second), person.ptr);
	must_correct(f, second, 2, born("Ana", OTHER_NHS, "2010-05-01"));
	own = person_of(f, second);
	assert_false(text_equal(own, person));
	assert_text(person_of(f, first), person.ptr);
	assert_sql(f, NHS, "select nhs_number from person where id = %s", person.ptr);
	assert_text(links_of(f, second), arena_printf(&f->arena, "%s possible", person.ptr).ptr);
}

static void a_name_spelt_otherwise_leaves_the_child_who_it_is(void **state)
{
	struct fixture *f = *state;
	struct text first = received(f), second = received(f), person;

	must_add(f, first, born("Ana", NHS, "2010-05-01"));
	must_add(f, second, born("Ana", NHS, "2010-05-01"));
	person = person_of(f, first);
	must_correct(f, second, 2, born("Anna", NHS, "2010-05-01"));
	assert_text(person_of(f, second), person.ptr);
	assert_sql(f, "Ana", "select given_name from person where id = %s", person.ptr);
}

static void a_correction_that_makes_a_child_somebody_known_asks_and_never_links(void **state)
{
	struct fixture *f = *state;
	struct text first = received(f), second = received(f), known, own;

	must_add(f, first, born("Ana", NHS, "2010-05-01"));
	must_add(f, second, born("Ana", NULL, "2010-05-01"));
	known = person_of(f, first);
	own = person_of(f, second);
	assert_false(text_equal(known, own));
	must_correct(f, second, 2, born("Ana", NHS, "2010-05-01"));
	assert_text(person_of(f, second), own.ptr);
	assert_text(links_of(f, second), arena_printf(&f->arena, "%s possible", known.ptr).ptr);
}

static void a_link_that_somebody_confirmed_outlasts_a_correction(void **state)
{
	struct fixture *f = *state;
	struct text first = received(f), second = received(f), person;

	must_add(f, first, born("Ana", NHS, "2010-05-01"));
	must_add(f, second, born("Ana", NHS, "2010-05-01"));
	person = person_of(f, first);
	fixture_change(f,
		"insert into person_link (child, person, state, decided_by, decided_at, recorded_at) select max(id), %s, "
		"'confirmed', 2, 1, 1 from child",
		person.ptr);
	must_correct(f, second, 2, born("Ana", OTHER_NHS, "2010-05-01"));
	assert_text(person_of(f, second), person.ptr);
}

/* The accumulation is never mixed in, and moving a late one out makes nobody's figure better. */
static void timeliness_stays_where_the_enquiry_began(void **state)
{
	struct fixture *f = *state;
	struct text into =
		fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:00"), .workstream = "accumulation"});
	struct text out = fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:10")});
	struct enquiry_move to_new = {ON(into), TEXT("new"), TEXT("It was new.")};
	struct enquiry_move to_old = {ON(out), TEXT("accumulation"), TEXT("It was old.")};
	struct daily_return_view view;

	must_screen(f, BY("byrne", MONDAY_AT("09:30")), into, "red");
	must_screen(f, BY("byrne", MONDAY_AT("09:40")), out, "red");
	fixture_must(f, BY("nair", MONDAY_AT("10:00")), do_enquiry_move, &to_new);
	fixture_must(f, BY("nair", MONDAY_AT("10:10")), do_enquiry_move, &to_old);
	view = return_of(f, "2015-06-01", MONDAY_AT("18:00")); /* both reds have passed their four hours */
	assert_true(view.balances);
	assert_int_equal(view.in_time.of, 1);
	assert_int_equal(view.in_time.n, 0);
	assert_int_equal(view.same_day_risk.of, 1);
	assert_int_equal(view.enquiries.balance.moved_in, 2);
	assert_int_equal(view.enquiries.balance.moved_out, 2);
	assert_int_equal(view.workstreams[0].enquiries.balance.closing, 1);
	assert_sql(f, "2", "select count(*) from episode where began_in is not null and began_in <> workstream");
}

/* A day nobody has collated is computed as it stood, though what was open then is in the other workstream now. */
static void a_day_before_the_move_is_counted_as_it_stood(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f);
	struct enquiry_move move = {ON(reference), TEXT("accumulation"), TEXT("It was old.")};
	struct daily_return_view monday;

	fixture_must(f, BY("nair", TUESDAY_AT("10:00")), do_enquiry_move, &move);
	monday = return_of(f, "2015-06-01", TUESDAY_AT("12:00"));
	assert_true(monday.balances);
	assert_int_equal(monday.workstreams[0].enquiries.balance.closing, 1);
	assert_int_equal(monday.workstreams[1].enquiries.balance.closing, 0);
}

/* Withdrawn before it was late it settles nowhere; withdrawn after, it was late and stays so. */
static void what_is_withdrawn_counts_late_only_where_it_was(void **state)
{
	struct fixture *f = *state;
	struct text early = received(f), late = received(f);
	struct enquiry_withdraw first = {ON(early), TEXT("error"), TEXT_NONE, TEXT("A slip.")};
	struct enquiry_withdraw second = {ON(late), TEXT("error"), TEXT_NONE, TEXT("A slip.")};
	struct proposal_reply agree_first = {ON(early), TEXT("agreed"), TEXT_NONE};
	struct proposal_reply agree_second = {ON(late), TEXT("agreed"), TEXT_NONE};
	struct daily_return_view view;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), early, "red");
	must_screen(f, BY("byrne", MONDAY_AT("10:20")), late, "red");
	fixture_must(f, BY("ashworth", MONDAY_AT("10:30")), do_enquiry_withdraw, &first);
	fixture_must(f, BY("nair", MONDAY_AT("10:40")), do_enquiry_answer_withdrawal, &agree_first);
	fixture_must(f, BY("ashworth", MONDAY_AT("13:30")), do_enquiry_withdraw, &second);
	fixture_must(f, BY("nair", MONDAY_AT("14:00") /* due: not yet late at 14:00:00 */), do_enquiry_answer_withdrawal,
		&agree_second);
	view = return_of(f, "2015-06-01", MONDAY_AT("18:00"));
	assert_true(view.balances);
	assert_int_equal(view.enquiries.balance.withdrawn, 2);
	assert_int_equal(view.in_time.of, 0);
	late = received(f);
	must_screen(f, BY("byrne", MONDAY_AT("10:20")), late, "red");
	second.on = (struct on_enquiry)ON(late);
	agree_second.on = (struct on_enquiry)ON(late);
	fixture_must(f, BY("ashworth", MONDAY_AT("13:30")), do_enquiry_withdraw, &second);
	fixture_must(f, BY("nair", MONDAY_AT("14:01")), do_enquiry_answer_withdrawal, &agree_second);
	view = return_of(f, "2015-06-01", MONDAY_AT("18:00"));
	assert_int_equal(view.in_time.of, 1);
	assert_int_equal(view.in_time.n, 0);
}

static void what_one_may_not_see_is_told_as_what_isnt_there(void **state)
{
	struct fixture *f = *state;
	struct text mine = received(f), shut = received(f);
	struct incident_link link = {ON(mine), shut, TEXT("One row.")};
	struct enquiry_withdraw withdraw = {ON(mine), TEXT("duplicate"), shut, TEXT("One row.")};
	struct error unseen, unknown;

	fixture_change(f, "update enquiry set restricted = 1 where reference = '%.*s'", TEXT_ARG(shut));
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:00")), do_incident_link, &link, &unseen));
	link.linked_to = TEXT("OX-15-99999-X");
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:00")), do_incident_link, &link, &unknown));
	assert_string_equal(unseen.fields[0].message, unknown.fields[0].message);
	assert_int_equal(unseen.kind, unknown.kind);
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_withdraw, &withdraw, &unseen));
	withdraw.duplicate_of = TEXT("OX-15-99999-X");
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:00")), do_enquiry_withdraw, &withdraw, &unknown));
	assert_string_equal(unseen.fields[0].message, unknown.fields[0].message);
	assert_sql(f, "0", "select count(*) from incident_link");
	assert_sql(f, "0", "select count(*) from proposal");
}

struct viewing {
	struct text reference;
	struct enquiry_view view;
};

static bool do_view(struct hub *hub, void *with, struct error *err)
{
	struct viewing *v = with;

	return enquiry_view(hub, v->reference, &v->view, err);
}

static void decide(struct fixture *f, struct text reference, const char *when, struct input_list children)
{
	must_allocate(f, BY("nair", when), reference, "rahman");
	must_recommend(f, BY("rahman", when), reference, children);
	must_authorise(f, BY("ellis", when), reference);
}

static void reopen(struct fixture *f, struct text reference, const char *when)
{
	struct enquiry_reopen in = {ON(reference), TEXT("amber"), TEXT("It was not over.")};

	fixture_must(f, BY("nair", when), do_enquiry_reopen, &in);
}

static void a_third_episode_shows_the_first_two_with_their_outcomes(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .children = 2});
	struct child_remove remove = {ON(reference), 2, TEXT("Lives elsewhere."), TEXT_NONE, TEXT_NONE};
	struct viewing v = {.reference = reference};
	struct daily_return_view view;
	struct error err;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "red");
	decide(f, reference, MONDAY_AT("15:00") /* an hour late */,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1), child_with(2, "no_further_action", 1)));
	reopen(f, reference, MONDAY_AT("15:30"));
	fixture_must(f, BY("rahman", MONDAY_AT("15:35")), do_child_remove, &remove);
	decide(f, reference, MONDAY_AT("15:40"), (struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	reopen(f, reference, MONDAY_AT("16:00"));
	assert_true(fixture_read(f, BY("rahman", MONDAY_AT("16:10")), do_view, &v, &err));
	assert_int_equal(v.view.changes.episodes.count, 3);
	assert_int_equal(v.view.changes.outcomes.count, 3);
	assert_true(v.view.changes.episodes.rows[0].ended_at > v.view.changes.episodes.rows[0].due_at);
	assert_true(v.view.changes.episodes.rows[1].ended_at < v.view.changes.episodes.rows[1].due_at);
	assert_int_equal(v.view.head.child_count, 1);
	view = return_of(f, "2015-06-01", MONDAY_AT("18:00"));
	assert_true(view.balances);
	assert_int_equal(view.in_time.of, 2); /* the first late, the second in time; the third is still ahead */
	assert_int_equal(view.in_time.n, 1);
	assert_int_equal(view.enquiries.balance.reopened, 2);
	assert_int_equal(view.children.balance.reopened, 3);
	assert_int_equal(view.children.balance.removed, 1);
	assert_int_equal(view.children.balance.closing, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(a_childs_own_person_is_corrected_with_it),
		fixture_test(a_child_who_was_linked_by_a_wrong_number_gets_a_person_of_its_own_and_the_old_one_is_asked_about),
		fixture_test(a_name_spelt_otherwise_leaves_the_child_who_it_is),
		fixture_test(a_correction_that_makes_a_child_somebody_known_asks_and_never_links),
		fixture_test(a_link_that_somebody_confirmed_outlasts_a_correction),
		fixture_test(timeliness_stays_where_the_enquiry_began),
		fixture_test(a_day_before_the_move_is_counted_as_it_stood),
		fixture_test(what_is_withdrawn_counts_late_only_where_it_was),
		fixture_test(what_one_may_not_see_is_told_as_what_isnt_there),
		fixture_test(a_third_episode_shows_the_first_two_with_their_outcomes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
