#include "steps.h"

#include "hub/accumulation.h"

static bool do_take(struct hub *hub, void *with, struct error *err)
{
	struct accumulation_take_over in = {.workstream = TEXT_NONE};

	(void)with;
	return accumulation_take(hub, &in, err);
}

static bool do_accumulation_show(struct hub *hub, void *with, struct error *err)
{
	return accumulation_show(hub, DAY_NONE, with, err);
}

static struct accumulation_view shown(struct fixture *f, const char *when)
{
	struct accumulation_view view;
	struct error err;

	if (!fixture_read(f, BY("nair", when), do_accumulation_show, &view, &err)) fail_msg("%s", err.message);
	return view;
}

static struct text lying(struct fixture *f, const char *received_at)
{
	return fixture_receive(f, (struct given){.received_at = received_at, .workstream = "accumulation"});
}

/* Monday and Tuesday are the two working days; what was screened before is screened again like what never was. */
static void what_is_taken_over_is_screened_again_by_the_second_working_day(void **state)
{
	struct fixture *f = *state;
	struct text screened = lying(f, "2015-05-20T10:00:00+01:00"), never = lying(f, "2015-05-28T10:00:00+01:00");
	struct accumulation_view view;
	struct error err;

	must_screen(f, BY("okafor", "2015-05-20T11:00:00+01:00"), screened, "green");
	fixture_must(f, BY("ellis", MONDAY_AT("09:00")), do_take, NULL);
	view = shown(f, MONDAY_AT("09:10"));
	assert_true(view.taken);
	assert_text(view.taken_by, "Tom Ellis");
	assert_true(view.due_at == at(TUESDAY_AT("17:00")));
	assert_int_equal(view.all, 2);
	assert_int_equal(view.unscreened, 2);
	must_screen(f, BY("okafor", MONDAY_AT("10:00")), screened, "green");
	must_screen(f, BY("okafor", MONDAY_AT("10:10")), never, "amber");
	view = shown(f, MONDAY_AT("10:20"));
	assert_int_equal(view.unscreened, 0);
	assert_int_equal(view.left, 2);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:00")), do_take, NULL, &err));
	assert_error(&err, ERROR_REFUSED, "took it over");
	assert_false(fixture_act(f, BY("okafor", MONDAY_AT("11:00")), do_take, NULL, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
}

/* 1 June 2015: 29 May is one working day ago (Friday), 25 May was a bank holiday, 1 May is 19 ago, 20 April 28. */
static void age_is_counted_in_working_days(void **state)
{
	static const struct {
		const char *received_at;
		int band;
	} rows[] = {{"2015-05-29T10:00:00+01:00", 0}, {"2015-05-28T10:00:00+01:00", 0}, {"2015-05-27T10:00:00+01:00", 1},
		{"2015-05-22T10:00:00+01:00", 1}, {"2015-05-21T10:00:00+01:00", 2}, {"2015-05-01T10:00:00+01:00", 3},
		{"2015-04-20T10:00:00+01:00", 4}};
	struct fixture *f = *state;
	int64_t expected[AGE_BANDS] = {0};
	struct accumulation_view view;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		lying(f, rows[i].received_at);
		expected[rows[i].band]++;
	}
	view = shown(f, MONDAY_AT("09:00"));
	for (int b = 0; b < AGE_BANDS; b++) assert_int_equal(view.ages[RAG_COUNT].bands[b], expected[b]);
	assert_int_equal(view.ages[RAG_COUNT].total, COUNT_OF(rows));
}

/* One cleared on Tuesday: three open at the end of Monday, two at the end of Tuesday; too little is known for a date. */
static void it_burns_down_day_by_day(void **state)
{
	struct fixture *f = *state;
	struct text first = lying(f, "2015-05-28T10:00:00+01:00");
	struct accumulation_view view;

	lying(f, "2015-05-28T10:10:00+01:00");
	lying(f, "2015-05-28T10:20:00+01:00");
	fixture_must(f, BY("ellis", MONDAY_AT("09:00")), do_take, NULL);
	must_screen(f, BY("okafor", MONDAY_AT("10:00")), first, "green");
	must_allocate(f, BY("nair", MONDAY_AT("11:00")), first, "okafor");
	must_recommend(f, BY("okafor", TUESDAY_AT("10:00")), first,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", TUESDAY_AT("11:00")), first);
	view = shown(f, "2015-06-03T09:00:00+01:00");
	assert_int_equal(view.burn.count, 3);
	assert_int_equal(view.burn.days[0].open, 3);
	assert_int_equal(view.burn.days[1].open, 2);
	assert_int_equal(view.burn.days[1].completed, 1);
	assert_int_equal(view.burn.days[2].open, 2);
	assert_int_equal(view.all, 3);
	assert_int_equal(view.left, 2);
	assert_true(view.cleared_a_day == 0.5);
	assert_true(view.clear.middle == DAY_NONE);
	assert_int_equal(view.workers.count, 1);
	assert_int_equal(view.workers.rows[0].cleared, 1);
	assert_int_equal(view.workers.rows[0].screened, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(what_is_taken_over_is_screened_again_by_the_second_working_day),
		fixture_test(age_is_counted_in_working_days),
		fixture_test(it_burns_down_day_by_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
