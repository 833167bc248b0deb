#include "steps.h"

#define EPISODES_OF "episode e join enquiry q on q.id = e.enquiry where q.reference = '%.*s'"

static void an_enquiry_goes_the_whole_way_and_each_step_leaves_its_mark(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 2);

	must_recommend(f, BY("rahman", MONDAY_AT("14:00")), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1), child_with(2, "assessment", 3)));
	assert_episode(f, reference, "state", "recommended");
	assert_episode(f, reference, "pending", "outcome");
	assert_sql(f, "1", "select open from worker w join account a on a.id = w.account where a.name = 'Asha Rahman'");
	must_authorise(f, BY("nair", MONDAY_AT("15:00")), reference);
	assert_episode(f, reference, "state", "decided");
	assert_episode(f, reference, "pending", "");
	assert_episode(
		f, reference, "necessary || ' ' || necessary_reason || ' ' || ended", "yes at_or_above_threshold decision");
	assert_episode(f, reference, "ended_at", fixture_sql(f, "select %lld", (long long)at(MONDAY_AT("15:00"))).ptr);
	assert_sql(f, "0", "select open from worker w join account a on a.id = w.account where a.name = 'Asha Rahman'");
	assert_history(f, reference, "received,screened,allocated,recommended,decided");
}

static void each_step_has_its_entry_on_the_access_log(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);

	must_recommend(f, BY("rahman", MONDAY_AT("14:00")), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", MONDAY_AT("15:00")), reference);
	assert_sql(f, "receive 1,screen 2,allocate 3,recommend 4,authorise 5,close 6",
		"select group_concat(action || ' ' || n) from (select l.action, l.n from access_log l join enquiry q on "
		"q.id = l.record where l.record_kind = 'enquiry' and q.reference = '%.*s' order by l.n) as listed",
		TEXT_ARG(reference));
	assert_sql(f, "0", "select count(*) from history h left join access_log l on l.id = h.entry where l.id is null");
}

static void with_nothing_to_hand_over_it_is_closed_at_once(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);

	must_recommend(f, BY("rahman", MONDAY_AT("14:00")), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", MONDAY_AT("15:00")), reference);
	assert_episode(f, reference, "state", "closed");
	assert_history(f, reference, "received,screened,allocated,recommended,decided,closed");
}

/* In the balance a child completes at its own outcome, the enquiry at its last child's. */
static void the_balance_counts_the_enquiry_and_each_child_once(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 2);

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference,
		(struct input_list)CHILDREN(child_with(2, "no_further_action", 1)));
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_sql(f, "child", "select group_concat(unit) from balance_event where kind = 'completed'");
	assert_episode(f, reference, "state", "allocated");
	assert_episode(f, reference, "ended_at", "");
	must_recommend(f, BY("rahman", MONDAY_AT("13:00")), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", MONDAY_AT("14:00")), reference);
	assert_sql(f, "child,child,enquiry", "select group_concat(unit) from balance_event where kind = 'completed'");
	assert_history(f, reference, "received,screened,allocated,recommended,decided_in_part,recommended,decided,closed");
}

static void reopening_makes_a_new_episode_with_its_own_clock(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 2);
	struct enquiry_reopen in = {ON(reference), TEXT("red"), TEXT("The child told a teacher.")};

	must_recommend(f, BY("rahman", MONDAY_AT("14:00")), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1), child_with(2, "no_further_action", 1)));
	must_authorise(f, BY("nair", MONDAY_AT("15:00")), reference);
	fixture_must(f, BY("nair", TUESDAY_AT("09:00")), do_enquiry_reopen, &in);
	assert_sql(f, "closed green 1 0,screened red 2 1",
		"select group_concat(s) from (select e.state || ' ' || e.rag || ' ' || e.n || ' ' || e.is_current as s "
		"from " EPISODES_OF " order by e.n) as listed",
		TEXT_ARG(reference));
	/* red is four elapsed hours, from the re-opening */
	assert_episode(f, reference, "due_at", fixture_sql(f, "select %lld", (long long)at(TUESDAY_AT("13:00"))).ptr);
	assert_episode(f, reference, "worker", "");
	assert_sql(f, "child,child,enquiry", "select group_concat(unit) from balance_event where kind = 'reopened'");
	assert_sql(f, "1", "select count(*) from rag_history where kind = 'reopened' and rag = 'red'");
}

static void a_reopened_enquiry_goes_the_way_again(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct enquiry_reopen in = {ON(reference), TEXT("amber"), TEXT("It happened again.")};
	struct input_list children = CHILDREN(child_with(1, "no_further_action", 1));

	must_recommend(f, BY("rahman", MONDAY_AT("14:00")), reference, children);
	must_authorise(f, BY("nair", MONDAY_AT("15:00")), reference);
	fixture_must(f, BY("nair", TUESDAY_AT("09:00")), do_enquiry_reopen, &in);
	must_allocate(f, BY("nair", TUESDAY_AT("09:10")), reference, "byrne");
	must_recommend(f, BY("byrne", TUESDAY_AT("10:00")), reference, children);
	must_authorise(f, BY("ellis", TUESDAY_AT("11:00")), reference);
	assert_episode(f, reference, "state", "closed");
	assert_sql(f, "2", "select count(*) from outcome where authorised_at is not null");
}

static void feedback_is_owed_to_a_referrer_who_can_be_told(void **state)
{
	static const struct {
		const char *source, *owed;
		bool from_file;
	} cases[] = {{"2A", "1", false}, {"9", "0", false}, {"10", "0", false}, {"2A", "0", true}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference =
			fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .source_code = cases[i].source});

		must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
		must_allocate(f, BY("nair", MONDAY_AT("10:30")), reference, "rahman");
		must_recommend(f, BY("rahman", MONDAY_AT("14:00")), reference,
			(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
		must_authorise(f, (struct as){"nair", MONDAY_AT("15:00"), cases[i].from_file}, reference);
		assert_sql(f, cases[i].owed,
			"select count(*) from outbox o join enquiry q on q.id = o.enquiry where o.kind = 'feedback' and "
			"q.reference = '%.*s'",
			TEXT_ARG(reference));
	}
}

static bool give_advice(struct hub *hub, void *with, struct error *err)
{
	struct advice_id made;

	return advice_give(hub, with, &made, err);
}

static void advice_is_a_record_of_its_own_on_an_enquiry_or_on_none(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct advice_give on_none = {
		.advice_to = TEXT("professional"), .asked_by = TEXT("Teacher"), .advice = TEXT("Ask the school first.")};
	struct advice_give on_one = {ON(reference), .advice_to = TEXT("family"), .advice = TEXT("Who to ring at night.")};
	struct advice_give nothing = {.advice_to = TEXT("friend")};
	struct error err;

	fixture_must(f, BY("rahman", MONDAY_AT("11:00")), give_advice, &on_none);
	fixture_must(f, BY("rahman", MONDAY_AT("11:05")), give_advice, &on_one);
	assert_sql(f, "professional:,family:1",
		"select group_concat(s) from (select to_whom || ':' || coalesce(cast(enquiry as text), '') as s from advice "
		"order by id) as listed");
	assert_sql(f, "2", "select count(*) from access_log where action = 'advise'");
	assert_episode(f, reference, "version", "3"); /* it adds to the record, and is no change of it */
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:10")), give_advice, &nothing, &err));
	assert_int_equal(err.field_count, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(an_enquiry_goes_the_whole_way_and_each_step_leaves_its_mark),
		fixture_test(each_step_has_its_entry_on_the_access_log),
		fixture_test(with_nothing_to_hand_over_it_is_closed_at_once),
		fixture_test(the_balance_counts_the_enquiry_and_each_child_once),
		fixture_test(reopening_makes_a_new_episode_with_its_own_clock),
		fixture_test(a_reopened_enquiry_goes_the_way_again),
		fixture_test(feedback_is_owed_to_a_referrer_who_can_be_told),
		fixture_test(advice_is_a_record_of_its_own_on_an_enquiry_or_on_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
