#include "unit.h"

#include "base/instant.h"

/* Expected: python3 -c "import datetime; print((datetime.date(Y,M,D)-datetime.date(1970,1,1)).days)", and .weekday() */
static const struct {
	const char *iso;
	day day;
	enum weekday weekday;
} days[] = {
	{"1970-01-01", 0, THURSDAY},
	{"1969-12-31", -1, WEDNESDAY},
	{"0001-01-01", -719162, MONDAY},
	{"9999-12-31", 2932896, FRIDAY},
	{"2000-02-29", 11016, TUESDAY},
	{"2015-06-30", 16616, TUESDAY},
	{"2016-02-29", 16860, MONDAY},
	{"1900-03-01", -25508, THURSDAY},
};

static void a_day_is_counted_from_1970(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(days); i++) {
		day parsed;

		assert_true(day_parse(text_of(days[i].iso), &parsed));
		assert_int_equal(parsed, days[i].day);
		assert_int_equal(day_weekday(parsed), days[i].weekday);
		assert_text(day_iso(&arena, parsed), days[i].iso);
	}
}

static void every_day_of_a_calendar_cycle_goes_there_and_back(void **state)
{
	struct civil_date before = civil_of_day(-1);

	(void)state;
	for (day d = 0; d < 146097; d++) {
		struct civil_date date = civil_of_day(d);
		bool next_day = date.year == before.year && date.month == before.month && date.mday == before.mday + 1;
		bool next_month = date.mday == 1 && date.month == before.month % 12 + 1;

		assert_true(civil_valid(date) && (next_day || next_month));
		assert_int_equal(day_of_civil(date), d);
		before = date;
	}
}

static void what_is_no_day_is_refused(void **state)
{
	static const char *const bad[] = {"", "2015", "2015-6-30", "2015-06-31", "2015-02-29", "1900-02-29", "2015-13-01",
		"2015-00-10", "2015-06-00", "0000-01-01", "2015-06-30 ", " 2015-06-30", "2015-06-30T", "2015/06/30", "20150630",
		"30/06/2015", "+015-06-30", "2015-06-3\xC2\xB2"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		day kept = 7;

		assert_false(day_parse(text_of(bad[i]), &kept));
		assert_int_equal(kept, 7);
	}
}

/* Expected: date -u -d ISO +%s, times 1000 */
static const struct {
	const char *iso;
	instant at;
	const char *utc;
} instants[] = {
	{"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"},
	{"2015-06-30T10:42:00+01:00", 1435657320000, "2015-06-30T09:42:00Z"},
	{"2015-06-30T10:42+01:00", 1435657320000, "2015-06-30T09:42:00Z"},
	{"2015-06-30T04:12:00-05:30", 1435657320000, "2015-06-30T09:42:00Z"},
	{"2015-06-30T09:42:00.999Z", 1435657320000, "2015-06-30T09:42:00Z"},
	{"2015-06-30T09:42:00,5Z", 1435657320000, "2015-06-30T09:42:00Z"},
	{"1969-12-31T23:59:59Z", -1000, "1969-12-31T23:59:59Z"},
	{"1900-01-01T00:00:00Z", -2208988800000, "1900-01-01T00:00:00Z"},
	{"9999-12-31T23:59:59Z", 253402300799000, "9999-12-31T23:59:59Z"},
};

static void an_instant_is_read_with_its_offset(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(instants); i++) {
		instant parsed;

		assert_true(instant_parse(text_of(instants[i].iso), &parsed));
		assert_int_equal(parsed, instants[i].at);
		assert_text(instant_iso_utc(&arena, parsed), instants[i].utc);
	}
	assert_text(instant_iso_utc(&arena, INSTANT_NONE), NULL);
}

static void what_is_no_instant_is_refused(void **state)
{
	static const char *const bad[] = {"", "2015-06-30", "2015-06-30T", "2015-06-30T10:42:00", "2015-06-30 10:42:00Z",
		"2015-06-30T24:00:00Z", "2015-06-30T10:60:00Z", "2015-06-30T10:42:60Z", "2015-06-30T10:42:00+0100",
		"2015-06-30T10:42:00+1:00", "2015-06-30T10:42:00+24:00", "2015-06-30T10:42:00.Z", "2015-06-30T10:42:00Zjunk",
		"2015-06-30T10Z", "2015-02-30T10:42:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		instant kept = 7;

		if (instant_parse(text_of(bad[i]), &kept)) fail_msg("\"%s\" was taken", bad[i]);
		assert_int_equal(kept, 7);
	}
}

static void a_fraction_of_a_second_is_cut_towards_the_past(void **state)
{
	(void)state;
	assert_int_equal(instant_whole_second(1999), 1000);
	assert_int_equal(instant_whole_second(1000), 1000);
	assert_int_equal(instant_whole_second(-1), -1000);
	assert_int_equal(instant_whole_second(-1000), -1000);
	assert_int_equal(instant_whole_second(INSTANT_NONE), INSTANT_NONE);
}

static const struct {
	const char *birth, *on;
	int years;
} ages[] = {
	{"2004-06-30", "2015-06-29", 10},
	{"2004-06-30", "2015-06-30", 11},
	{"2004-06-30", "2015-07-01", 11},
	{"2004-12-31", "2015-01-01", 10},
	{"2004-02-29", "2015-02-28", 10},
	{"2004-02-29", "2015-03-01", 11},
	{"2004-02-29", "2016-02-28", 11},
	{"2004-02-29", "2016-02-29", 12},
	{"2015-06-30", "2015-06-30", 0},
};

static void age_goes_up_on_the_birthday(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(ages); i++) {
		day birth, on;

		assert_true(day_parse(text_of(ages[i].birth), &birth));
		assert_true(day_parse(text_of(ages[i].on), &on));
		assert_int_equal(day_age_years(birth, on), ages[i].years);
	}
}

static void a_person_reads_a_day_in_words(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_text(day_words(&arena, 16616), "30 June 2015");
	assert_text(day_words_short(&arena, 16616), "Tue 30 June");
	assert_text(day_words(&arena, DAY_NONE), NULL);
	assert_text(day_words_short(&arena, DAY_NONE), NULL);
	assert_text(day_iso(&arena, DAY_NONE), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_counted_from_1970),
		cmocka_unit_test(every_day_of_a_calendar_cycle_goes_there_and_back),
		cmocka_unit_test(what_is_no_day_is_refused),
		cmocka_unit_test(an_instant_is_read_with_its_offset),
		cmocka_unit_test(what_is_no_instant_is_refused),
		cmocka_unit_test(a_fraction_of_a_second_is_cut_towards_the_past),
		cmocka_unit_test(age_goes_up_on_the_birthday),
		cmocka_unit_test(a_person_reads_a_day_in_words),
	};

	return cmocka_run_group_tests_name("instant", tests, NULL, NULL);
}
