#include "return_steps.h"

#include "hub/policy.h"
#include "hub/retriage.h"
#include "hub/tick.h"
#include "moved_vectors.h"

static bool do_load(struct hub *hub, void *with, struct error *err)
{
	struct policy_loaded loaded;

	return policy_load(hub, with, &loaded, err);
}

static struct policy_load policy_of(const char *source)
{
	return (struct policy_load){
		.source = text_of(source), .note = TEXT("As decided."), .valid_from = INSTANT_NONE, .seen = INT_NONE};
}

static void must_load(struct fixture *f, const char *when, const char *source)
{
	struct policy_load in = policy_of(source);

	fixture_must(f, BY("hart", when), do_load, &in);
}

static void must_rerate(struct fixture *f, const char *when, struct text reference, const char *kind, const char *rag)
{
	struct enquiry_rerate in = {.on = ON(reference),
		.rag_kind = text_of(kind),
		.rag = text_of(rag),
		.rag_reason = TEXT("What was found since."),
		.information_at = INSTANT_NONE};

	fixture_must(f, BY("byrne", when), do_enquiry_rerate, &in);
}

#define assert_due(f, reference, expected)                                                                             \
	assert_episode(f, reference, "due_at", fixture_sql((f), "select %lld", (long long)at(expected)).ptr)

/* Against the slow clock of test/property/moved_oracle.py. */
static void closures_announced_late_move_open_deadlines_by_their_ratings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(moved_vectors); i++) {
		void *made = NULL;
		struct fixture *f;
		struct text reference;

		assert_int_equal(fixture_make(&made), 0);
		f = made;
		reference = fixture_receive(f, (struct given){.received_at = moved_vectors[i].received});
		must_screen(f, BY("byrne", moved_vectors[i].screened), reference, moved_vectors[i].rag);
		if (*moved_vectors[i].kind)
			must_rerate(f, moved_vectors[i].rerated, reference, moved_vectors[i].kind, moved_vectors[i].again);
		assert_due(f, reference, moved_vectors[i].before);
		must_load(f, moved_vectors[i].loaded, moved_vectors[i].closed);
		assert_due(f, reference, moved_vectors[i].after);
		fixture_remove(&made);
	}
}

static struct text green(struct fixture *f)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	return reference;
}

static void each_move_is_written_down_with_its_entry(void **state)
{
	struct fixture *f = *state;

	green(f);
	must_load(f, TUESDAY_AT("09:00"), "closure = 2015-06-03 Water main\n");
	assert_sql(f, "1", "select count(*) from due_change where due_was = %lld and due_at = %lld and policy = 2",
		(long long)at("2015-06-04T10:00:00+01:00"), (long long)at("2015-06-05T10:00:00+01:00"));
	assert_sql(f, "1",
		"select count(*) from history h join access_log l on l.id = h.entry where h.transition = 'due_moved' "
		"and l.action = 'load_policy' and l.record_kind = 'enquiry'");
}

/* Rated under three days; five days for green come later, and a closure after that adds one day to the three. */
static void what_was_rated_keeps_the_time_it_was_given(void **state)
{
	struct fixture *f = *state;
	struct text reference = green(f);

	must_load(f, MONDAY_AT("12:00"), "duration.green = working_days(5, same_time)\n");
	assert_due(f, reference, "2015-06-04T10:00:00+01:00");
	must_load(f, MONDAY_AT("13:00"), "duration.green = working_days(5, same_time)\nclosure = 2015-06-03 Water main\n");
	assert_due(f, reference, "2015-06-05T10:00:00+01:00");
}

/* Rated while Friday was closed; when the flood is over on Monday noon it would have been due on Monday at 08:30. */
static void nothing_is_moved_to_a_time_that_has_passed(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = "2015-06-04T17:30:00+01:00"});

	must_load(f, "2015-06-04T17:40:00+01:00", "closure = 2015-06-05 Flood\n");
	must_screen(f, BY("byrne", "2015-06-04T17:50:00+01:00"), reference, "amber");
	assert_due(f, reference, "2015-06-09T08:30:00+01:00"); /* starts on Monday */
	must_load(f, "2015-06-08T12:00:00+01:00", "hours.saturday = closed\n");
	assert_due(f, reference, "2015-06-09T08:30:00+01:00"); /* without the flood Monday 08:30, which has passed */
	assert_sql(f, "0", "select count(*) from due_change where due_at is not null");
}

/* Due on Thursday, moved to Friday on Tuesday, rated again on Friday morning and decided in time. */
static void a_deadline_that_moved_is_the_one_that_counts_in_the_return(void **state)
{
	struct fixture *f = *state;
	struct text reference = green(f);
	struct daily_return_view thursday, friday;

	must_load(f, TUESDAY_AT("09:00"), "closure = 2015-06-03 Water main\n");
	must_allocate(f, BY("nair", "2015-06-04T12:00:00+01:00"), reference, "rahman");
	must_rerate(f, "2015-06-05T09:00:00+01:00", reference, "new_information", "green");
	must_recommend(f, BY("rahman", "2015-06-05T09:10:00+01:00"), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", "2015-06-05T09:30:00+01:00"), reference);
	thursday = return_of(f, "2015-06-04", "2015-06-05T18:00:00+01:00");
	friday = return_of(f, "2015-06-05", "2015-06-05T18:00:00+01:00");
	assert_int_equal(thursday.in_time.of, 0);
	assert_int_equal(friday.in_time.of, 1);
	assert_int_equal(friday.in_time.n, 1);
}

/* Late on Thursday already when the closure is announced: the frozen Thursday stays, and nothing counts twice. */
static void what_settled_late_stays_late(void **state)
{
	struct fixture *f = *state;
	struct text reference = green(f);
	struct daily_return_view thursday;

	thursday = return_of(f, "2015-06-04", "2015-06-04T18:00:00+01:00");
	assert_int_equal(thursday.in_time.of, 1);
	assert_int_equal(thursday.in_time.n, 0);
	must_load(f, "2015-06-05T09:00:00+01:00", "closure = 2015-06-08 Strike\n");
	assert_due(f, reference, "2015-06-04T10:00:00+01:00");
	must_allocate(f, BY("nair", "2015-06-05T10:00:00+01:00"), reference, "rahman");
	must_recommend(f, BY("rahman", "2015-06-05T10:10:00+01:00"), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", "2015-06-05T10:30:00+01:00"), reference);
	assert_int_equal(return_of(f, "2015-06-05", "2015-06-05T18:00:00+01:00").in_time.of, 0);
}

/* Asked for on Monday 11:00: held within one working day, Tuesday 11:00. */
static void a_strategy_discussion_to_be_held_moves_too(void **state)
{
	struct fixture *f = *state;
	struct text reference = green(f);
	struct strategy_request in = {.on = ON(reference), .reason = TEXT("A bruise.")};

	fixture_must(f, BY("byrne", MONDAY_AT("11:00")), do_strategy_request, &in);
	assert_sql(f, fixture_sql(f, "select %lld", (long long)at(TUESDAY_AT("11:00"))).ptr,
		"select due_at from strategy_discussion");
	must_load(f, MONDAY_AT("12:00"), "closure = 2015-06-02 Water main\n");
	assert_sql(f, fixture_sql(f, "select %lld", (long long)at("2015-06-03T11:00:00+01:00")).ptr,
		"select due_at from strategy_discussion");
	assert_sql(f, "1", "select count(*) from access_log where action = 'load_policy' and detail like 'strategy%%'");
}

static bool do_tick(struct hub *hub, void *with, struct error *err)
{
	(void)with;
	return tick_run(hub, err);
}

static void a_version_of_a_later_date_takes_effect_once_when_it_begins(void **state)
{
	struct fixture *f = *state;
	struct text reference = green(f);
	struct policy_load in = policy_of("closure = 2015-06-03 Water main\ncap = 20\n");

	in.valid_from = at(TUESDAY_AT("12:00"));
	fixture_must(f, BY("hart", TUESDAY_AT("09:00")), do_load, &in);
	fixture_must(f, BY("operator", TUESDAY_AT("11:59")), do_tick, NULL);
	assert_due(f, reference, "2015-06-04T10:00:00+01:00");
	assert_sql(f, "25", "select group_concat(distinct cap) from worker");
	fixture_must(f, BY("operator", TUESDAY_AT("12:00")), do_tick, NULL);
	fixture_must(f, BY("operator", TUESDAY_AT("12:01")), do_tick, NULL);
	assert_due(f, reference, "2015-06-05T10:00:00+01:00");
	assert_sql(f, "20", "select group_concat(distinct cap) from worker");
	assert_sql(f, "1", "select count(*) from due_change");
}

static void the_second_of_two_loads_is_told(void **state)
{
	struct fixture *f = *state;
	struct policy_load in = policy_of("cap = 20\n");
	struct error err;

	in.seen = 1;
	fixture_must(f, BY("hart", TUESDAY_AT("09:00")), do_load, &in);
	assert_false(fixture_act(f, BY("kemp", TUESDAY_AT("09:01")), do_load, &in, &err));
	assert_error(&err, ERROR_STALE, "loaded version 2");
	in.seen = 2;
	in.valid_from = at(TUESDAY_AT("08:00"));
	assert_false(fixture_act(f, BY("kemp", TUESDAY_AT("09:02")), do_load, &in, &err));
	assert_non_null(error_find(&err, "valid_from"));
}

/* A worker whose cap was set apart keeps it when the policy's changes, unless it is more than the new one. */
static void a_cap_of_somebodys_own_stays(void **state)
{
	struct fixture *f = *state;

	fixture_change(f, "update worker set cap = 12 where account = %lld", (long long)fixture_account(f, "byrne").n);
	must_load(f, TUESDAY_AT("09:00"), "cap = 20\n");
	assert_sql(f, "12", "select cap from worker where account = %lld", (long long)fixture_account(f, "byrne").n);
	assert_sql(f, "20", "select cap from worker where account = %lld", (long long)fixture_account(f, "rahman").n);
	must_load(f, TUESDAY_AT("10:00"), "cap = 10\n");
	assert_sql(f, "10", "select group_concat(distinct cap) from worker");
}

struct undoing {
	struct retriage_ask ask;
	struct retriage_result made;
	struct retriage_undone_list undone;
};

static bool do_retriage(struct hub *hub, void *with, struct error *err)
{
	struct undoing *u = with;

	return retriage_make(hub, &u->ask, &u->made, err);
}

static bool do_undo(struct hub *hub, void *with, struct error *err)
{
	struct undoing *u = with;

	return retriage_undo(hub, u->made.id, &u->undone, err);
}

static void lateness_is_not_undone(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
	struct retriage_row row = {reference, TEXT("red"), TEXT("Alone."), INT_NONE};
	struct undoing u = {.ask.rows = {&row, 1}};

	fixture_must(f, BY("byrne", MONDAY_AT("10:10")), do_retriage, &u);
	fixture_must(f, BY("byrne", MONDAY_AT("14:01")), do_undo, &u);
	assert_int_equal(u.undone.counts[RETRIAGE_NOT_UNDONE], 1);
	assert_episode(f, reference, "rag", "red");
}

/* What was undone was never rated: the return and the deadlines leave it out. */
static void an_undone_rating_counts_for_nothing(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
	struct retriage_row row = {reference, TEXT("amber"), TEXT("Hungry."), INT_NONE};
	struct undoing u = {.ask.rows = {&row, 1}};

	fixture_must(f, BY("byrne", MONDAY_AT("10:10")), do_retriage, &u);
	fixture_must(f, BY("byrne", MONDAY_AT("10:20")), do_undo, &u);
	assert_int_equal(u.undone.counts[RETRIAGE_UNDONE], 1);
	assert_episode(f, reference, "state", "received");
	assert_sql(f, "1", "select count(*) from history where transition = 'unscreened'");
	must_screen(f, BY("byrne", MONDAY_AT("11:00")), reference, "green");
	assert_due(f, reference, "2015-06-04T10:00:00+01:00");
	must_load(f, MONDAY_AT("12:00"), "closure = 2015-06-03 Water main\n");
	assert_due(f, reference, "2015-06-05T10:00:00+01:00");
	assert_int_equal(return_of(f, "2015-06-02", "2015-06-03T09:00:00+01:00").in_time.of, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closures_announced_late_move_open_deadlines_by_their_ratings),
		fixture_test(each_move_is_written_down_with_its_entry),
		fixture_test(what_was_rated_keeps_the_time_it_was_given),
		fixture_test(nothing_is_moved_to_a_time_that_has_passed),
		fixture_test(a_deadline_that_moved_is_the_one_that_counts_in_the_return),
		fixture_test(what_settled_late_stays_late),
		fixture_test(a_strategy_discussion_to_be_held_moves_too),
		fixture_test(a_version_of_a_later_date_takes_effect_once_when_it_begins),
		fixture_test(the_second_of_two_loads_is_told),
		fixture_test(a_cap_of_somebodys_own_stays),
		fixture_test(lateness_is_not_undone),
		fixture_test(an_undone_rating_counts_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
