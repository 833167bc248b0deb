#include "steps.h"

#include "hub/caseload.h"
#include "hub/hub_now.h"

static bool do_show(struct hub *hub, void *with, struct error *err)
{
	return hub_now_show(hub, with, err);
}

static struct hub_now_view hub_at(struct fixture *f, const char *when)
{
	struct hub_now_view view;
	struct error err;

	if (!fixture_read(f, BY("nair", when), do_show, &view, &err)) fail_msg("%s", err.message);
	return view;
}

struct listing {
	enum hub_list list;
	struct episode_id after;
	struct hub_list_view view;
};

static bool do_list(struct hub *hub, void *with, struct error *err)
{
	struct listing *listing = with;

	return hub_now_list(hub, listing->list, listing->after, &listing->view, err);
}

static struct text received(struct fixture *f, const char *when)
{
	return fixture_receive(f, (struct given){.received_at = when});
}

static void what_is_open_is_counted_by_rating_and_what_presses(void **state)
{
	struct fixture *f = *state;
	struct hub_now_view view;
	struct text red = received(f, MONDAY_AT("09:00")), green = received(f, MONDAY_AT("09:10"));

	must_screen(f, BY("byrne", MONDAY_AT("09:20")), red, "red"); /* due 13:00 */
	must_screen(f, BY("byrne", MONDAY_AT("09:30")), green, "green");
	must_allocate(f, BY("nair", MONDAY_AT("09:40")), green, "rahman");
	must_recommend(
		f, BY("rahman", MONDAY_AT("09:50")), green, (struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	received(f, MONDAY_AT("10:30"));
	view = hub_at(f, MONDAY_AT("13:30"));
	assert_int_equal(view.red, 1);
	assert_int_equal(view.green, 1);
	assert_int_equal(view.unrated, 1);
	assert_int_equal(view.late, 1);
	assert_int_equal(view.unallocated, 1);
	assert_int_equal(view.awaiting, 1);
	assert_int_equal(view.awaiting_first_due, at("2015-06-04T09:10:00+01:00"));
	assert_int_equal(view.unscreened, 1);
	assert_int_equal(view.unscreened_minutes, 180);
	assert_int_equal(view.minutes_to_close, 210);
	assert_text(view.lists[HUB_LIST_LATE].rows[0].reference, red.ptr);
	assert_true(view.lists[HUB_LIST_UNALLOCATED].rows[0].late);
	assert_text(view.lists[HUB_LIST_AWAITING].rows[0].worker_name, "Asha Rahman");
}

static void nothing_open_is_nought_everywhere(void **state)
{
	struct hub_now_view view = hub_at(*state, "2015-06-06T12:00:00+01:00"); /* a Saturday */

	assert_int_equal(view.red + view.amber + view.green + view.unrated + view.late + view.awaiting + view.held, 0);
	assert_int_equal(view.unscreened_oldest, INSTANT_NONE);
	assert_int_equal(view.minutes_to_close, 0);
	assert_false(view.is_open);
	assert_int_equal(view.worker_count, 4);
}

/* Danger, injury, the child's own report, then the oldest (domain.md, "screened"). */
static void the_unscreened_stand_in_the_order_of_risk(void **state)
{
	static const struct given given[] = {
		{.received_at = MONDAY_AT("09:00")},
		{.received_at = MONDAY_AT("09:01"), .source_code = "1C"},
		{.received_at = MONDAY_AT("09:02"), .concern = "neglect;physical_abuse"},
		{.received_at = MONDAY_AT("09:03"), .immediate_danger = true},
		{.received_at = MONDAY_AT("08:00")},
	};
	static const size_t expected[] = {3, 2, 1, 4, 0};
	struct fixture *f = *state;
	struct text references[COUNT_OF(given)];
	struct hub_now_view view;

	for (size_t i = 0; i < COUNT_OF(given); i++) references[i] = fixture_receive(f, given[i]);
	view = hub_at(f, MONDAY_AT("10:00"));
	assert_int_equal(view.lists[HUB_LIST_UNSCREENED].count, COUNT_OF(given));
	for (size_t i = 0; i < COUNT_OF(given); i++)
		assert_text(view.lists[HUB_LIST_UNSCREENED].rows[i].reference, references[expected[i]].ptr);
	assert_int_equal(view.red, 1);
}

static void a_long_list_goes_on_where_it_ended(void **state)
{
	struct fixture *f = *state;
	struct listing listing = {.list = HUB_LIST_UNSCREENED};
	struct text first, last;
	struct error err;

	for (int i = 0; i < 60; i++) received(f, MONDAY_AT("09:00"));
	first = fixture_sql(f, "select min(reference) from enquiry");
	last = fixture_sql(f, "select max(reference) from enquiry");
	for (size_t page = 0; page < 3; page++) {
		assert_true(fixture_read(f, BY("byrne", MONDAY_AT("10:00")), do_list, &listing, &err));
		assert_int_equal(listing.view.count, page < 2 ? 25 : 10);
		assert_int_equal(listing.view.total, 60);
		if (page == 0) assert_text(listing.view.rows[0].reference, first.ptr);
		listing.after = listing.view.next;
	}
	assert_text(listing.view.rows[9].reference, last.ptr);
	assert_int_equal(listing.after.n, 0);
}

static void whoever_is_away_has_no_room(void **state)
{
	struct fixture *f = *state;
	struct account_id rahman = fixture_account(f, "rahman");
	struct hub_now_view view;

	allocated_enquiry(f, 1);
	fixture_sql(f,
		"insert into absence (account, starts_at, ends_at, reason, recorded_at) values (%lld, %lld, %lld, 'ill', 0)",
		(long long)rahman.n, (long long)at(MONDAY_AT("08:00")), (long long)at(TUESDAY_AT("08:00")));
	view = hub_at(f, MONDAY_AT("11:00"));
	assert_text(view.workers[view.worker_count - 1].name, "Asha Rahman");
	assert_true(view.workers[view.worker_count - 1].away);
	assert_int_equal(view.workers[view.worker_count - 1].room, 0);
	assert_int_equal(view.workers[view.worker_count - 1].open, 1);
	assert_int_equal(view.workers[view.worker_count - 1].away_until, at(TUESDAY_AT("08:00")));
	assert_int_equal(view.workers[0].room, 25);
}

static void totals_are_for_those_who_see_lists(void **state)
{
	static const struct {
		const char *who;
		bool may;
		size_t rows, workers;
	} cases[] = {{"rahman", true, 1, 4}, {"lowe", true, 1, 0}, {"nair", true, 1, 4}, {"ives", true, 1, 4},
		{"hart", true, 0, 0}, {"jones", false, 0, 0}, {"kemp", false, 0, 0}, {"moss", false, 0, 0}};
	struct fixture *f = *state;

	received(f, MONDAY_AT("09:00"));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct hub_now_view view = {0};
		struct error err;

		assert_int_equal(fixture_read(f, BY(cases[i].who, MONDAY_AT("10:00")), do_show, &view, &err), cases[i].may);
		assert_int_equal(view.lists[HUB_LIST_UNSCREENED].count, cases[i].rows);
		assert_int_equal(view.worker_count, cases[i].workers);
	}
}

/* The caseload */

struct holding {
	struct caseload_ask ask;
	struct caseload_view view;
};

static bool do_caseload(struct hub *hub, void *with, struct error *err)
{
	struct holding *holding = with;

	return caseload_show(hub, &holding->ask, &holding->view, err);
}

static struct text given_to_rahman(struct fixture *f, const char *rag, const char *when)
{
	struct text reference = received(f, when);

	must_screen(f, BY("byrne", when), reference, rag);
	must_allocate(f, BY("nair", when), reference, "rahman");
	return reference;
}

static void a_caseload_shows_the_most_urgent_first_and_the_day(void **state)
{
	struct fixture *f = *state;
	struct text green = given_to_rahman(f, "green", MONDAY_AT("09:00")),
				red = given_to_rahman(f, "red", MONDAY_AT("09:10")),
				amber = given_to_rahman(f, "amber", MONDAY_AT("09:20")),
				done = given_to_rahman(f, "green", MONDAY_AT("09:30"));
	struct holding mine = {0};
	struct error err;

	must_recommend(
		f, BY("rahman", MONDAY_AT("11:00")), done, (struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", MONDAY_AT("11:30")), done);
	must_recommend(
		f, BY("rahman", MONDAY_AT("12:00")), amber, (struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	assert_true(fixture_read(f, BY("rahman", MONDAY_AT("12:30")), do_caseload, &mine, &err));
	assert_int_equal(mine.view.caseload.open, 3);
	assert_int_equal(caseload_room(&mine.view.caseload), 22);
	assert_int_equal(mine.view.progressed, 2);
	assert_int_equal(mine.view.target, 10);
	assert_int_equal(mine.view.completed, 1);
	assert_int_equal(mine.view.due_next_hour, 1); /* the red, at 13:10 */
	assert_int_equal(mine.view.late, 0);
	assert_int_equal(mine.view.count, 3);
	assert_text(mine.view.rows[0].reference, red.ptr);
	assert_text(mine.view.rows[1].reference, amber.ptr);
	assert_text(mine.view.rows[1].waiting_for, "manager");
	assert_text(mine.view.rows[2].reference, green.ptr);
	assert_text(mine.view.rows[2].waiting_for, "you");
	assert_true(fixture_read(f, BY("rahman", MONDAY_AT("13:11")), do_caseload, &mine, &err));
	assert_int_equal(mine.view.late, 1);
	assert_true(mine.view.rows[0].late);
}

static void another_persons_caseload_is_for_those_who_see_workers(void **state)
{
	static const struct {
		const char *who;
		bool may;
	} cases[] = {{"nair", true}, {"ives", true}, {"rahman", true}, {"byrne", true}, {"lowe", false}, {"jones", false}};
	struct fixture *f = *state;

	given_to_rahman(f, "green", MONDAY_AT("09:00"));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct holding hers = {.ask.worker = fixture_account(f, "rahman")};
		struct error err;

		assert_int_equal(fixture_read(f, BY(cases[i].who, MONDAY_AT("10:00")), do_caseload, &hers, &err), cases[i].may);
		assert_int_equal(hers.view.count, cases[i].may);
	}
}

static void who_holds_nothing_has_no_caseload(void **state)
{
	struct holding mine = {0};
	struct error err;

	assert_true(fixture_read(*state, BY("nair", MONDAY_AT("10:00")), do_caseload, &mine, &err));
	assert_false(mine.view.holds);
	assert_int_equal(mine.view.count, 0);
}

static void a_caseload_pages_by_cursor(void **state)
{
	struct fixture *f = *state;
	struct holding mine = {.ask.limit_rows = 2};
	struct error err;

	for (int i = 0; i < 5; i++) given_to_rahman(f, i % 2 ? "green" : "amber", MONDAY_AT("09:00"));
	for (size_t page = 0; page < 3; page++) {
		assert_true(fixture_read(f, BY("rahman", MONDAY_AT("10:00")), do_caseload, &mine, &err));
		assert_int_equal(mine.view.count, page < 2 ? 2 : 1);
		mine.ask.after = mine.view.next;
	}
	assert_text(mine.view.rows[0].rag, "green");
	assert_int_equal(mine.view.next.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(what_is_open_is_counted_by_rating_and_what_presses),
		fixture_test(nothing_open_is_nought_everywhere),
		fixture_test(the_unscreened_stand_in_the_order_of_risk),
		fixture_test(a_long_list_goes_on_where_it_ended),
		fixture_test(whoever_is_away_has_no_room),
		fixture_test(totals_are_for_those_who_see_lists),
		fixture_test(a_caseload_shows_the_most_urgent_first_and_the_day),
		fixture_test(another_persons_caseload_is_for_those_who_see_workers),
		fixture_test(who_holds_nothing_has_no_caseload),
		fixture_test(a_caseload_pages_by_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
