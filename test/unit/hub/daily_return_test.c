#include "return_steps.h"

#include "hub/day_total.h"

/* Monday 1 June 2015. Green: three working days, Thursday at the same time; amber Tuesday; red four hours. */

static struct text received(struct fixture *f, const char *when)
{
	return fixture_receive(f, (struct given){.received_at = when, .children = 2});
}

static void decide(struct fixture *f, struct text reference, const char *when)
{
	must_allocate(f, BY("nair", when), reference, "rahman");
	must_recommend(f, BY("rahman", when), reference,
		(struct input_list)CHILDREN(child_to_service(1), child_with(2, "no_further_action", 1)));
	must_authorise(f, BY("nair", when), reference);
}

static void an_enquiry_and_its_children_are_counted_in_and_out(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct daily_return_view monday, tuesday;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "amber");
	decide(f, reference, TUESDAY_AT("09:00"));
	monday = return_of(f, "2015-06-01", TUESDAY_AT("18:00"));
	tuesday = return_of(f, "2015-06-02", TUESDAY_AT("18:00"));
	assert_int_equal(monday.enquiries.balance.received, 1);
	assert_int_equal(monday.children.balance.received, 2);
	assert_int_equal(monday.enquiries.balance.closing, 1);
	assert_int_equal(monday.children.balance.closing, 2);
	assert_int_equal(tuesday.enquiries.balance.opening, 1);
	assert_int_equal(tuesday.enquiries.balance.completed, 1);
	assert_int_equal(tuesday.children.balance.completed, 2);
	assert_int_equal(tuesday.enquiries.balance.closing, 0);
	assert_true(monday.balances && tuesday.balances);
}

static void what_stands_open_is_told_as_it_stood_then(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct daily_return_view monday;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "amber");
	must_screen(f, BY("byrne", MONDAY_AT("11:00")), received(f, MONDAY_AT("10:30")), "green");
	received(f, MONDAY_AT("16:30"));
	must_allocate(f, BY("nair", MONDAY_AT("12:00")), reference, "rahman");
	must_recommend(f, BY("rahman", MONDAY_AT("15:00")), reference,
		(struct input_list)CHILDREN(child_to_service(1), child_with(2, "no_further_action", 1)));
	must_authorise(f, BY("nair", TUESDAY_AT("09:30")), reference);
	monday = return_of(f, "2015-06-01", TUESDAY_AT("18:00"));
	assert_int_equal(monday.awaiting_manager, 1);
	assert_int_equal(monday.unallocated, 1);
	assert_int_equal(monday.due_tomorrow, 1);
	assert_int_equal(monday.by_rag.count, 3);
	assert_text(monday.by_rag.rows[0].key, "amber");
	assert_text(monday.by_rag.rows[2].key, "unrated");
	assert_int_equal(monday.by_rag.rows[2].children.closing, 2);
	assert_int_equal(monday.workers[0].open, 1);
	assert_text(monday.workers[0].name, "Asha Rahman");
	assert_int_equal(monday.workers[0].progressed, 1); /* recommended, and not its authorising the day after */
	assert_int_equal(monday.workers[1].progressed, 2); /* Byrne screened two */
}

/* Late decided at once and never again: received Monday 10:00, amber, due Tuesday 10:00, decided Wednesday. */
static void what_is_late_settles_when_its_due_passes_and_never_again(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct daily_return_view tuesday, wednesday;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "amber");
	assert_int_equal(return_of(f, "2015-06-02", TUESDAY_AT("10:00")).in_time.of, 0); /* due, and not past it */
	tuesday = return_of(f, "2015-06-02", TUESDAY_AT("18:00"));
	assert_int_equal(tuesday.in_time.n, 0);
	assert_int_equal(tuesday.in_time.of, 1);
	assert_int_equal(tuesday.overdue, 1);
	assert_int_equal(tuesday.overdue_hours, 8);
	decide(f, reference, "2015-06-03T09:00:00+01:00");
	wednesday = return_of(f, "2015-06-03", "2015-06-03T18:00:00+01:00");
	assert_int_equal(wednesday.in_time.of, 0);
	assert_int_equal(wednesday.enquiries.balance.completed, 1);
}

/* Rated red on Tuesday, when red's four hours of Monday had long passed: it is late from that moment, on Tuesday. */
static void one_rated_too_late_settles_at_its_rating(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));

	must_screen(f, BY("byrne", TUESDAY_AT("11:00")), reference, "red");
	assert_int_equal(return_of(f, "2015-06-01", TUESDAY_AT("18:00")).in_time.of, 0);
	assert_int_equal(return_of(f, "2015-06-02", TUESDAY_AT("18:00")).in_time.of, 1);
	assert_int_equal(return_of(f, "2015-06-02", TUESDAY_AT("18:00")).in_time.n, 0);
}

/* Amber, due Tuesday 10:00; on Wednesday rated again: late on Tuesday it stays, and Wednesday counts nothing. */
static void rating_again_settles_nothing_twice(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct enquiry_rerate red = {ON(reference), TEXT("misrated"), TEXT("red"), TEXT("The bruises."), INSTANT_NONE};

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "amber");
	fixture_must(f, BY("rahman", "2015-06-03T09:00:00+01:00"), do_enquiry_rerate, &red);
	assert_int_equal(return_of(f, "2015-06-02", "2015-06-03T18:00:00+01:00").in_time.of, 1);
	assert_int_equal(return_of(f, "2015-06-03", "2015-06-03T18:00:00+01:00").in_time.of, 0);
}

/* Received Monday 10:00: screening due at close, 17:00. */
static void screening_after_close_is_not_the_same_day(void **state)
{
	static const struct {
		const char *screened;
		int n;
	} cases[] = {{MONDAY_AT("17:00"), 1}, {MONDAY_AT("17:01"), 0}};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct daily_return_view before = return_of(f, "2015-06-01", MONDAY_AT("18:00")), after;
		struct text reference = received(f, MONDAY_AT("10:00"));

		must_screen(f, BY("gale", cases[i].screened), reference, "green");
		after = return_of(f, "2015-06-01", MONDAY_AT("18:00"));
		assert_int_equal(after.same_day_risk.of - before.same_day_risk.of, 1);
		assert_int_equal(after.same_day_risk.n - before.same_day_risk.n, cases[i].n);
	}
}

static void the_window_ends_at_collation_and_the_next_begins_there(void **state)
{
	struct fixture *f = *state;
	struct daily_return_view monday, tuesday;

	received(f, MONDAY_AT("10:00"));
	monday = must_collate(f, "2015-06-01", MONDAY_AT("17:30"));
	received(f, MONDAY_AT("20:00"));
	tuesday = return_of(f, "2015-06-02", TUESDAY_AT("12:00"));
	assert_int_equal(monday.window_end, at(MONDAY_AT("17:30")));
	assert_int_equal(tuesday.window_start, at(MONDAY_AT("17:30")));
	assert_int_equal(monday.enquiries.balance.received, 1);
	assert_int_equal(tuesday.enquiries.balance.received, 1);
	assert_int_equal(tuesday.enquiries.balance.opening, 1);
	assert_int_equal(tuesday.enquiries.balance.corrections, 0);
}

static void what_is_recorded_after_its_window_froze_is_a_correction(void **state)
{
	struct fixture *f = *state;
	struct daily_return_view monday, again, tuesday;
	struct of_day shown = {.day = "2015-06-01"};
	struct text reference = received(f, MONDAY_AT("10:00"));

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "amber");
	monday = must_collate(f, "2015-06-01", MONDAY_AT("17:30"));
	decide(f, reference, MONDAY_AT("16:00")); /* as a file would tell it */
	fixture_must(f, BY("ashworth", TUESDAY_AT("12:00")), do_return_show, &shown);
	again = shown.view;
	tuesday = return_of(f, "2015-06-02", TUESDAY_AT("12:00"));
	assert_text(json_of(f, &again), json_of(f, &monday).ptr);
	assert_int_equal(tuesday.enquiries.balance.opening, 1);
	assert_int_equal(tuesday.enquiries.balance.corrections, -1);
	assert_int_equal(tuesday.enquiries.balance.completed, 0);
	assert_int_equal(tuesday.children.balance.corrections, -2);
	assert_int_equal(tuesday.enquiries.balance.closing, 0);
	assert_true(tuesday.balances);
}

static void collating_freezes_every_earlier_day(void **state)
{
	struct fixture *f = *state;
	struct daily_return_view monday, thursday;

	received(f, MONDAY_AT("10:00"));
	received(f, TUESDAY_AT("10:00"));
	thursday = must_collate(f, "2015-06-04", "2015-06-04T17:30:00+01:00");
	assert_sql(f, "2015-06-01 2015-06-02 2015-06-03 2015-06-04",
		"select group_concat(day, ' ') from (select day from daily_return order by day) as listed");
	assert_sql(f, "1", "select count(*) from daily_return where collated_at is not null");
	monday = return_of(f, "2015-06-01", "2015-06-05T09:00:00+01:00");
	assert_true(monday.frozen);
	assert_int_equal(monday.collated_at, INSTANT_NONE);
	assert_text(thursday.collated_by, "Ann Ashworth");
	assert_int_equal(thursday.enquiries.balance.opening, 2);
}

static void a_return_is_collated_once_and_in_order(void **state)
{
	struct fixture *f = *state;
	struct of_day monday = {.day = "2015-06-01"}, tuesday = {.day = "2015-06-02"}, later = {.day = "2015-06-03"};
	struct error err;

	received(f, MONDAY_AT("10:00"));
	must_collate(f, "2015-06-02", TUESDAY_AT("17:30"));
	assert_false(fixture_act(f, BY("ashworth", TUESDAY_AT("18:00")), do_return_collate, &tuesday, &err));
	assert_error(&err, ERROR_REFUSED, "collated by Ann Ashworth");
	assert_false(fixture_act(f, BY("ashworth", TUESDAY_AT("18:00")), do_return_collate, &monday, &err));
	assert_error(&err, ERROR_REFUSED, "in order");
	assert_false(fixture_act(f, BY("ashworth", TUESDAY_AT("18:00")), do_return_collate, &later, &err));
	assert_error(&err, ERROR_REFUSED, "has not begun");
	assert_false(fixture_act(f, BY("nair", TUESDAY_AT("18:00")), do_return_collate, &later, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
}

static void a_kept_return_reads_back_as_it_was_written(void **state)
{
	struct fixture *f = *state;
	struct daily_return_view collated, read;
	struct text reference = received(f, MONDAY_AT("10:00"));

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "red");
	decide(f, reference, MONDAY_AT("12:00"));
	collated = must_collate(f, "2015-06-01", MONDAY_AT("17:30"));
	read = return_of(f, "2015-06-01", TUESDAY_AT("09:00"));
	assert_text(json_of(f, &read), json_of(f, &collated).ptr);
	assert_int_equal(read.outcomes[OUTCOME_UNIVERSAL_SERVICES].count, 1);
	assert_true(read.in_time.low == collated.in_time.low && read.in_time.n == 1);
	assert_int_equal(read.red_minutes_longest, 20);
}

/* Whoever leads sees collated returns, and the spread in the place of names. */
static void the_shared_return_names_no_worker(void **state)
{
	struct fixture *f = *state;
	struct of_day of = {.day = "2015-06-01"};
	struct error err;

	received(f, MONDAY_AT("10:00"));
	assert_false(fixture_read(f, BY("jones", MONDAY_AT("17:00")), do_return_show, &of, &err));
	assert_error(&err, ERROR_NOT_FOUND, "has not been collated");
	must_collate(f, "2015-06-01", MONDAY_AT("17:30"));
	assert_true(fixture_read(f, BY("jones", MONDAY_AT("18:00")), do_return_show, &of, &err));
	assert_true(of.view.shared_form);
	assert_int_equal(of.view.worker_count, 0);
	assert_int_equal(of.view.spread.workers, 4);
	assert_true(fixture_read(f, BY("ives", MONDAY_AT("18:00")), do_return_show, &of, &err));
	assert_int_equal(of.view.worker_count, 4);
	assert_false(fixture_read(f, BY("kemp", MONDAY_AT("18:00")), do_return_show, &of, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
}

static bool do_list(struct hub *hub, void *with, struct error *err)
{
	return daily_return_list(hub, DAY_NONE, with, err);
}

static void the_list_goes_back_to_the_first_event_by_pages(void **state)
{
	struct fixture *f = *state;
	struct daily_return_list list;
	struct error err;

	received(f, MONDAY_AT("10:00"));
	must_collate(f, "2015-06-20", "2015-06-20T17:30:00+01:00");
	assert_true(fixture_read(f, BY("ashworth", "2015-07-10T12:00:00+01:00"), do_list, &list, &err));
	assert_int_equal(list.count, DAILY_RETURN_LIST_ROWS);
	assert_int_equal(list.rows[0].date, day_of("2015-07-10"));
	assert_false(list.rows[0].frozen);
	assert_true(list.rows[20].frozen);
	assert_int_equal(list.rows[29].date, day_of("2015-06-11"));
	assert_int_equal(list.next, day_of("2015-06-10"));
	for (size_t i = 0; i < list.count; i++) assert_int_equal(list.rows[i].closing_new, 1);
	assert_true(fixture_read(f, BY("jones", "2015-07-10T12:00:00+01:00"), do_list, &list, &err));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].date, day_of("2015-06-20"));
}

static void a_re_opened_enquiry_comes_in_again(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct enquiry_reopen reopen = {ON(reference), TEXT("green"), TEXT("New bruises were seen.")};
	struct daily_return_view tuesday;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	decide(f, reference, MONDAY_AT("12:00"));
	fixture_must(f, BY("nair", TUESDAY_AT("09:00")), do_enquiry_reopen, &reopen);
	tuesday = return_of(f, "2015-06-02", TUESDAY_AT("18:00"));
	assert_int_equal(tuesday.enquiries.balance.reopened, 1);
	assert_int_equal(tuesday.children.balance.reopened, 2);
	assert_int_equal(tuesday.enquiries.balance.closing, 1);
	assert_int_equal(tuesday.same_day_risk.of, 0); /* its first screening was Monday's */
	assert_true(tuesday.balances);
}

/* An end that the balance was not told of: what is counted open and what came and went disagree. */
static void withdraw_untold(struct fixture *f, struct text reference, const char *when)
{
	fixture_sql(f,
		"update episode set state = 'withdrawn', ended = 'withdrawn', ended_at = %lld "
		"where enquiry = (select id from enquiry where reference = '%.*s')",
		(long long)at(when), TEXT_ARG(reference));
}

static void a_return_that_does_not_balance_is_not_collated(void **state)
{
	struct fixture *f = *state;
	struct of_day monday = {.day = "2015-06-01"};
	struct error err;

	withdraw_untold(f, received(f, MONDAY_AT("10:00")), MONDAY_AT("11:00"));
	assert_false(return_of(f, "2015-06-01", MONDAY_AT("17:00")).balances);
	assert_false(fixture_act(f, BY("ashworth", MONDAY_AT("17:30")), do_return_collate, &monday, &err));
	assert_error(&err, ERROR_REFUSED, "enquiries");
	assert_sql(f, "0", "select count(*) from daily_return");
}

/* Withdrawn before its due it never settles; withdrawn after it, it was late (received Monday 10:00, red, due 14:00). */
static void what_is_withdrawn_settles_only_where_it_was_late(void **state)
{
	static const struct {
		const char *withdrawn;
		int of;
	} cases[] = {{MONDAY_AT("13:00"), 0}, {MONDAY_AT("15:00"), 1}};
	int64_t of = 0;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = received(f, MONDAY_AT("10:00"));
		int64_t after;

		must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "red");
		withdraw_untold(f, reference, cases[i].withdrawn);
		after = return_of(f, "2015-06-01", MONDAY_AT("18:00")).in_time.of;
		assert_int_equal(after - of, cases[i].of);
		of = after;
	}
}

static bool do_keep_totals(struct hub *hub, void *with, struct error *err)
{
	(void)with;
	return day_totals_keep_all(hub, err);
}

static bool do_totals_due(struct hub *hub, void *with, struct error *err)
{
	return day_totals_due(hub, with, err);
}

/* Once a day, for what is frozen; and the list says of a kept day what its rows sum up to. */
static void the_totals_of_a_day_are_what_its_rows_sum_up_to(void **state)
{
	struct fixture *f = *state;
	struct text reference = received(f, MONDAY_AT("10:00"));
	struct daily_return_list summed, kept;
	bool due;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "amber");
	received(f, TUESDAY_AT("10:00"));
	decide(f, reference, TUESDAY_AT("11:00"));
	must_collate(f, "2015-06-02", TUESDAY_AT("17:30"));
	fixture_must(f, BY("ashworth", TUESDAY_AT("18:00")), do_list, &summed);
	fixture_must(f, BY("ashworth", TUESDAY_AT("18:00")), do_keep_totals, NULL);
	fixture_must(f, BY("ashworth", TUESDAY_AT("18:00")), do_list, &kept);
	assert_int_equal(kept.count, 2);
	assert_int_equal(kept.rows[1].received, 1);
	assert_int_equal(kept.rows[0].completed, 1);
	for (size_t i = 0; i < kept.count; i++) {
		assert_int_equal(kept.rows[i].received, summed.rows[i].received);
		assert_int_equal(kept.rows[i].completed, summed.rows[i].completed);
		assert_int_equal(kept.rows[i].closing, summed.rows[i].closing);
		assert_int_equal(kept.rows[i].closing_new, summed.rows[i].closing_new);
		assert_int_equal(kept.rows[i].closing_accumulation, summed.rows[i].closing_accumulation);
	}
	fixture_must(f, BY("ashworth", TUESDAY_AT("18:00")), do_totals_due, &due);
	assert_false(due);
	fixture_must(f, BY("ashworth", "2015-06-03T00:00:00+01:00"), do_totals_due, &due);
	assert_true(due);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(an_enquiry_and_its_children_are_counted_in_and_out),
		fixture_test(what_stands_open_is_told_as_it_stood_then),
		fixture_test(what_is_late_settles_when_its_due_passes_and_never_again),
		fixture_test(one_rated_too_late_settles_at_its_rating),
		fixture_test(rating_again_settles_nothing_twice),
		fixture_test(screening_after_close_is_not_the_same_day),
		fixture_test(the_window_ends_at_collation_and_the_next_begins_there),
		fixture_test(what_is_recorded_after_its_window_froze_is_a_correction),
		fixture_test(collating_freezes_every_earlier_day),
		fixture_test(a_return_is_collated_once_and_in_order),
		fixture_test(a_kept_return_reads_back_as_it_was_written),
		fixture_test(the_shared_return_names_no_worker),
		fixture_test(the_list_goes_back_to_the_first_event_by_pages),
		fixture_test(a_re_opened_enquiry_comes_in_again),
		fixture_test(a_return_that_does_not_balance_is_not_collated),
		fixture_test(what_is_withdrawn_settles_only_where_it_was_late),
		fixture_test(the_totals_of_a_day_are_what_its_rows_sum_up_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
