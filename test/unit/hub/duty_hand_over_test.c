#include "steps.h"

#include "hub/duty_hand_over.h"
#include "hub/tick.h"

/* domain.md, "The clock": Monday to Thursday 08:30 to 17:00, Friday to 16:00, in the policy that ships. */

DEED(duty_hand_over_give, duty_give)
DEED(duty_hand_over_accept, duty_accept)

static bool do_tick(struct hub *hub, void *with, struct error *err)
{
	(void)with;
	return tick_run(hub, err);
}

static void tick(struct fixture *f, const char *when)
{
	fixture_must(f, BY("operator", when), do_tick, NULL);
}

static bool do_accept_all(struct hub *hub, void *with, struct error *err)
{
	struct duty_accept_all in = {.direction = text_of(with)};
	int64_t accepted;

	return duty_hand_over_accept_all(hub, &in, &accepted, err);
}

static struct text received(struct fixture *f, const char *when)
{
	return fixture_receive(f, (struct given){.received_at = when});
}

static bool give(struct fixture *f, struct as as, struct text reference, struct error *err)
{
	struct duty_give in = {ON(reference), TEXT("Ring the hospital at nine.")};

	return fixture_act(f, as, do_duty_hand_over_give, &in, err);
}

static bool accept(struct fixture *f, struct as as, struct text reference, struct error *err)
{
	struct duty_accept in = {ON(reference)};

	return fixture_act(f, as, do_duty_hand_over_accept, &in, err);
}

/* The ledger in order: its enquiry, direction, and w(aits), a(ccepted) or o(vertaken). */
#define assert_ledger(f, expected)                                                                                     \
	assert_sql(f, expected,                                                                                            \
		"select group_concat(x, ' ') from (select e.enquiry || ':' || d.direction || ':' || case when "                \
		"d.accepted_at is not null then 'a' when d.overtaken_at is not null then 'o' else 'w' end as x from "          \
		"duty_hand_over d join episode e on e.id = d.episode order by d.id) as listed")

static void at_close_the_unscreened_and_the_open_reds_pass_to_edt_once(void **state)
{
	struct fixture *f = *state;

	struct text first = received(f, MONDAY_AT("10:00"));

	must_screen(f, BY("byrne", MONDAY_AT("11:30")), received(f, MONDAY_AT("11:00")), "red");
	must_screen(f, BY("byrne", MONDAY_AT("12:30")), received(f, MONDAY_AT("12:00")), "amber");
	fixture_receive(f, (struct given){.received_at = MONDAY_AT("13:00"), .workstream = "accumulation"});
	tick(f, "2015-06-01T16:59:59+01:00");
	assert_ledger(f, "");
	tick(f, MONDAY_AT("17:00"));
	tick(f, MONDAY_AT("17:01"));
	assert_ledger(f, "1:to_edt:w 2:to_edt:w");
	assert_sql(f, "0", "select count(*) from duty_hand_over where given_by is not null");
	assert_sql(f, "2", "select count(*) from access_log where action = 'give_duty_hand_over' and account = 1");
	assert_history(f, first, "received,handed_over");
}

static void everything_that_waits_is_accepted_at_once_each_with_its_own_entry(void **state)
{
	struct fixture *f = *state;
	struct error err;

	received(f, MONDAY_AT("10:00"));
	received(f, MONDAY_AT("11:00"));
	tick(f, MONDAY_AT("17:00"));
	assert_false(fixture_act(f, BY("byrne", MONDAY_AT("17:03")), do_accept_all, (void *)(uintptr_t) "to_edt", &err));
	assert_error(&err, ERROR_DENIED, "EDT, or a manager");
	fixture_must(f, BY("gale", MONDAY_AT("17:05")), do_accept_all, (void *)(uintptr_t) "to_edt");
	assert_ledger(f, "1:to_edt:a 2:to_edt:a");
	assert_sql(f, "2", "select count(*) from access_log where action = 'accept_duty_hand_over'");
	assert_sql(f, "Ian Gale", "select distinct c.name from duty_hand_over d join account c on c.id = d.accepted_by");
}

static void the_second_who_accepts_is_told_who_did(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct error err;

	tick(f, MONDAY_AT("17:00"));
	assert_true(accept(f, BY("frost", MONDAY_AT("17:02")), reference, &err));
	assert_false(accept(f, BY("nair", MONDAY_AT("17:03")), reference, &err));
	assert_error(&err, ERROR_REFUSED, "Ewa Frost accepted this hand-over already, Mon 1 June, 17:02");
}

static void at_opening_what_is_still_open_comes_back(void **state)
{
	struct fixture *f = *state;
	struct text first = received(f, MONDAY_AT("10:00"));
	struct error err;

	tick(f, MONDAY_AT("17:00"));
	assert_true(accept(f, BY("frost", MONDAY_AT("17:02")), first, &err));
	received(f, MONDAY_AT("16:00")); /* written down late: EDT never had it */
	received(f, MONDAY_AT("22:00"));
	must_screen(f, BY("frost", MONDAY_AT("23:30")), received(f, MONDAY_AT("23:00")), "green");
	tick(f, TUESDAY_AT("08:29"));
	assert_ledger(f, "1:to_edt:a");
	tick(f, TUESDAY_AT("08:30"));
	assert_ledger(f, "1:to_edt:a 1:from_edt:w 3:from_edt:w");
	assert_false(accept(f, BY("frost", TUESDAY_AT("08:31")), first, &err));
	assert_error(&err, ERROR_DENIED, "the day team accepts");
	assert_true(accept(f, BY("byrne", TUESDAY_AT("08:32")), first, &err));
	tick(f, TUESDAY_AT("08:33"));
	assert_ledger(f, "1:to_edt:a 1:from_edt:a 3:from_edt:w");
}

static void what_edt_never_accepted_is_overtaken_by_the_morning(void **state)
{
	struct fixture *f = *state;

	received(f, MONDAY_AT("10:00"));
	tick(f, MONDAY_AT("17:00"));
	tick(f, TUESDAY_AT("08:30"));
	assert_ledger(f, "1:to_edt:o 1:from_edt:w");
}

static void what_is_screened_or_ended_meanwhile_is_overtaken(void **state)
{
	struct fixture *f = *state;
	struct text amber = received(f, MONDAY_AT("10:00")), red = received(f, MONDAY_AT("11:00"));
	struct error err;

	tick(f, MONDAY_AT("17:00"));
	must_screen(f, BY("byrne", MONDAY_AT("17:10")), amber, "amber");
	must_screen(f, BY("byrne", MONDAY_AT("17:12")), red, "red");
	tick(f, MONDAY_AT("17:13"));
	assert_ledger(f, "1:to_edt:o 2:to_edt:w");
	assert_false(accept(f, BY("frost", MONDAY_AT("17:14")), amber, &err));
	assert_error(&err, ERROR_REFUSED, "there is nothing to accept any more");
}

static void by_hand_it_is_given_with_words_to_whoever_is_next(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct duty_give wordless = {ON(reference), TEXT("  ")};
	struct error err;

	assert_false(fixture_act(f, BY("nair", MONDAY_AT("16:00")), do_duty_hand_over_give, &wordless, &err));
	assert_int_equal(err.kind, ERROR_INVALID);
	assert_true(give(f, BY("nair", MONDAY_AT("16:40")), reference, &err));
	assert_false(give(f, BY("nair", MONDAY_AT("16:41")), reference, &err));
	assert_error(&err, ERROR_REFUSED, "it is handed over to EDT already, since Mon 1 June, 16:40");
	assert_false(accept(f, BY("nair", MONDAY_AT("16:42")), reference, &err));
	assert_error(&err, ERROR_REFUSED, "you handed it over");
	assert_true(accept(f, BY("gale", MONDAY_AT("16:45")), reference, &err));
	assert_true(give(f, BY("gale", TUESDAY_AT("08:00")), reference, &err));
	assert_ledger(f, "1:to_edt:a 1:from_edt:w");
	assert_episode(f, reference, "version", "3");
}

static void a_decided_enquiry_is_not_handed_over(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct input_list children = CHILDREN(child_with(1, "no_further_action", 1));
	struct error err;

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference, children);
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_false(give(f, BY("nair", MONDAY_AT("16:40")), reference, &err));
	assert_error(&err, ERROR_REFUSED, "there is nothing to hand over");
	assert_ledger(f, "");
}

static void unaccepted_for_fifteen_minutes_alarms_who_is_on_call(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct error err;

	received(f, MONDAY_AT("11:00"));
	fixture_change(f,
		"insert into duty (account, kind, starts_at, ends_at, named_by, recorded_at) values (%lld, 'on_call', %lld, "
		"%lld, "
		"1, 0)",
		(long long)fixture_account(f, "ellis").n, (long long)at(MONDAY_AT("17:00")),
		(long long)at(TUESDAY_AT("08:30")));
	tick(f, MONDAY_AT("17:14"));
	assert_sql(f, "0", "select count(*) from alarm");
	tick(f, MONDAY_AT("17:15"));
	assert_sql(f, "unscreened_at_close|Passed to EDT at close, not accepted: 2|Tom Ellis",
		"select a.kind || '|' || a.words || '|' || c.name from alarm a join alarm_for f on f.alarm = a.id join account "
		"c "
		"on c.id = f.account");
	assert_true(accept(f, BY("frost", MONDAY_AT("17:20")), reference, &err));
	tick(f, MONDAY_AT("17:21"));
	assert_sql(f, "1", "select count(*) from alarm where ended_at is null");
	fixture_must(f, BY("frost", MONDAY_AT("17:22")), do_accept_all, (void *)(uintptr_t) "to_edt");
	tick(f, MONDAY_AT("17:23"));
	assert_sql(f, "0", "select count(*) from alarm where ended_at is null");
}

static void what_edt_gives_at_night_alarms_a_quarter_of_an_hour_after_the_opening(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct error err;

	tick(f, MONDAY_AT("17:00"));
	assert_true(accept(f, BY("frost", MONDAY_AT("17:02")), reference, &err));
	assert_true(give(f, BY("frost", TUESDAY_AT("03:00")), reference, &err));
	tick(f, TUESDAY_AT("08:44"));
	assert_sql(f, "0", "select count(*) from alarm");
	tick(f, TUESDAY_AT("08:45"));
	assert_sql(f, "hand_over", "select group_concat(kind) from alarm");
	assert_ledger(f, "1:to_edt:a 1:from_edt:w");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(at_close_the_unscreened_and_the_open_reds_pass_to_edt_once),
		fixture_test(everything_that_waits_is_accepted_at_once_each_with_its_own_entry),
		fixture_test(the_second_who_accepts_is_told_who_did),
		fixture_test(at_opening_what_is_still_open_comes_back),
		fixture_test(what_edt_never_accepted_is_overtaken_by_the_morning),
		fixture_test(what_is_screened_or_ended_meanwhile_is_overtaken),
		fixture_test(by_hand_it_is_given_with_words_to_whoever_is_next),
		fixture_test(a_decided_enquiry_is_not_handed_over),
		fixture_test(unaccepted_for_fifteen_minutes_alarms_who_is_on_call),
		fixture_test(what_edt_gives_at_night_alarms_a_quarter_of_an_hour_after_the_opening),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
