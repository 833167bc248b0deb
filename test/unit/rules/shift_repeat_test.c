#include "unit.h"

#include "rules/shift_repeat.h"

static int set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	*state = &arena;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(*state);
	return 0;
}

static instant at(const char *iso)
{
	instant ret;

	if (!instant_parse(text_of(iso), &ret)) fail_msg("%s", iso);
	return ret;
}

static struct shift_times repeated(
	struct arena *arena, enum repeats repeats, const char *from, const char *to, const char *until)
{
	struct shift_time first = {at(from), at(to)};
	struct shift_times times;
	day last;

	assert_true(day_parse(text_of(until), &last));
	shift_repeat(arena, repeats, &first, last, &times);
	return times;
}

/*
 * By python: datetime(..., tzinfo=ZoneInfo("Europe/London")) of each day, fold=0, .astimezone(utc); a time that is lost
 * in March written as the first after it.
 */
static void a_shift_keeps_its_hours_across_the_changes_of_the_clocks(void **state)
{
	static const struct {
		enum repeats repeats;
		const char *from, *to, *until;
		size_t which; /* of them */
		const char *starts, *ends;
	} cases[] = {
		/* March 2015: the clocks go forward on Sunday 29th, at 01:00 UTC */
		{REPEATS_EVERY_DAY, "2015-03-28T08:30:00Z", "2015-03-28T17:00:00Z", "2015-03-31", 1, "2015-03-29T07:30:00Z",
			"2015-03-29T16:00:00Z"},
		{REPEATS_EVERY_DAY, "2015-03-27T17:00:00Z", "2015-03-28T08:30:00Z", "2015-03-31", 1, "2015-03-28T17:00:00Z",
			"2015-03-29T07:30:00Z"},
		{REPEATS_EVERY_WEEK, "2015-03-23T17:00:00Z", "2015-03-24T08:30:00Z", "2015-04-06", 1, "2015-03-30T16:00:00Z",
			"2015-03-31T07:30:00Z"},
		{REPEATS_EVERY_DAY, "2015-03-28T01:30:00Z", "2015-03-28T09:00:00Z", "2015-03-29", 1, "2015-03-29T01:00:00Z",
			"2015-03-29T08:00:00Z"},
		{REPEATS_EVERY_DAY, "2015-03-28T01:10:00Z", "2015-03-28T01:50:00Z", "2015-03-29", 1, "2015-03-29T01:00:00Z",
			"2015-03-29T01:00:00Z"},
		/* October 2015: back on Sunday 25th, at 01:00 UTC */
		{REPEATS_EVERY_DAY, "2015-10-23T17:00:00+01:00", "2015-10-24T08:30:00+01:00", "2015-10-26", 1,
			"2015-10-24T16:00:00Z", "2015-10-25T08:30:00Z"},
		{REPEATS_EVERY_WEEKDAY, "2015-10-23T08:30:00+01:00", "2015-10-23T17:00:00+01:00", "2015-10-27", 1,
			"2015-10-26T08:30:00Z", "2015-10-26T17:00:00Z"},
		{REPEATS_EVERY_DAY, "2015-10-24T01:30:00+01:00", "2015-10-24T09:00:00+01:00", "2015-10-25", 1,
			"2015-10-25T00:30:00Z", "2015-10-25T09:00:00Z"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct shift_times times = repeated(*state, cases[i].repeats, cases[i].from, cases[i].to, cases[i].until);

		assert_int_equal(times.rows[0].from, at(cases[i].from));
		assert_int_equal(times.rows[0].to, at(cases[i].to));
		if (times.rows[cases[i].which].from != at(cases[i].starts)) fail_msg("case %zu starts", i);
		if (times.rows[cases[i].which].to != at(cases[i].ends)) fail_msg("case %zu ends", i);
	}
}

static void it_is_made_as_often_as_the_days_are_there(void **state)
{
	static const struct {
		enum repeats repeats;
		const char *from, *to, *until;
		size_t count;
	} cases[] = {
		{REPEATS_ONCE, "2015-06-01T08:30:00Z", "2015-06-01T17:00:00Z", "2015-06-30", 1},
		{REPEATS_EVERY_DAY, "2015-06-01T08:30:00Z", "2015-06-01T17:00:00Z", "2015-06-01", 1},
		{REPEATS_EVERY_DAY, "2015-06-01T08:30:00Z", "2015-06-01T17:00:00Z", "2015-06-07", 7},
		{REPEATS_EVERY_DAY, "2015-06-01T08:30:00Z", "2015-06-01T17:00:00Z", "2015-07-27", 57},
		{REPEATS_EVERY_WEEKDAY, "2015-06-01T08:30:00Z", "2015-06-01T17:00:00Z", "2015-06-07", 5},
		{REPEATS_EVERY_WEEKDAY, "2015-06-04T08:30:00Z", "2015-06-04T17:00:00Z", "2015-06-08", 3},
		{REPEATS_EVERY_WEEKDAY, "2015-06-01T08:30:00Z", "2015-06-01T17:00:00Z", "2015-07-27", 41},
		{REPEATS_EVERY_WEEK, "2015-06-03T08:30:00Z", "2015-06-03T17:00:00Z", "2015-06-09", 1},
		{REPEATS_EVERY_WEEK, "2015-06-03T08:30:00Z", "2015-06-03T17:00:00Z", "2015-06-10", 2},
		{REPEATS_EVERY_WEEK, "2015-06-03T08:30:00Z", "2015-06-03T17:00:00Z", "2015-07-29", 9},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct shift_times times = repeated(*state, cases[i].repeats, cases[i].from, cases[i].to, cases[i].until);

		if (times.count != cases[i].count) fail_msg("case %zu: %zu", i, times.count);
	}
}

static void eight_weeks_are_counted_from_the_local_day_it_begins_on(void **state)
{
	day latest;

	(void)state;
	assert_true(day_parse(TEXT("2015-07-27"), &latest));
	assert_int_equal(shift_repeat_latest(at("2015-06-01T00:30:00+01:00")), latest);
	assert_int_equal(shift_repeat_latest(at("2015-05-31T23:59:00+01:00")), latest - 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shift_keeps_its_hours_across_the_changes_of_the_clocks),
		cmocka_unit_test(it_is_made_as_often_as_the_days_are_there),
		cmocka_unit_test(eight_weeks_are_counted_from_the_local_day_it_begins_on),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
