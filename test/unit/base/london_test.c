#include "unit.h"

#include "base/london.h"

static const struct {
	instant at;
	const char *iso;
	int offset_minutes;
} transitions[] = {
#include "london_transitions.def"
};

static void every_clock_change_since_1996_is_where_tzdata_has_it(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_int_equal(COUNT_OF(transitions), 2 * (2037 - 1996 + 1));
	for (size_t i = 0; i < COUNT_OF(transitions); i++) {
		instant at = transitions[i].at;

		assert_text(london_iso(&arena, at), transitions[i].iso);
		assert_int_equal(london_of_instant(at).offset_minutes, transitions[i].offset_minutes);
		assert_int_equal(london_of_instant(at - 1).offset_minutes, 60 - transitions[i].offset_minutes);
	}
}

static void a_local_time_leads_back_to_its_instant_except_in_the_doubled_hour(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(transitions); i++) {
		for (instant at = transitions[i].at - DAY_MS; at < transitions[i].at + DAY_MS; at += 15 * MINUTE_MS) {
			struct london_time local = london_of_instant(at);
			bool second_of_two =
				!transitions[i].offset_minutes && at >= transitions[i].at && at < transitions[i].at + HOUR_MS;
			instant back;

			assert_true(london_to_instant(local.day, local.second, &back));
			assert_int_equal(back, second_of_two ? at - HOUR_MS : at);
		}
	}
}

static void a_lost_time_is_no_time_and_moves_on_when_a_rule_makes_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(transitions); i++) {
		day d = london_day(transitions[i].at);
		instant back;

		if (!transitions[i].offset_minutes) continue;
		assert_true(london_to_instant(d, 3599, &back));
		assert_int_equal(back, transitions[i].at - SECOND_MS);
		for (int second = 3600; second < 7200; second += 599) {
			assert_false(london_to_instant(d, second, &back));
			assert_int_equal(london_instant(d, second), transitions[i].at);
		}
		assert_true(london_to_instant(d, 7200, &back));
		assert_int_equal(back, transitions[i].at);
	}
}

static void a_local_day_has_23_24_or_25_hours(void **state)
{
	day march, june, october;

	(void)state;
	assert_true(day_parse(TEXT("2015-03-29"), &march));
	assert_true(day_parse(TEXT("2015-06-30"), &june));
	assert_true(day_parse(TEXT("2015-10-25"), &october));
	assert_int_equal(london_midnight(march + 1) - london_midnight(march), 23 * HOUR_MS);
	assert_int_equal(london_midnight(june + 1) - london_midnight(june), 24 * HOUR_MS);
	assert_int_equal(london_midnight(october + 1) - london_midnight(october), 25 * HOUR_MS);
}

static void the_day_begins_at_local_midnight(void **state)
{
	instant at;
	day d;

	(void)state;
	assert_true(instant_parse(TEXT("2015-06-29T23:00:00Z"), &at));
	assert_true(day_parse(TEXT("2015-06-30"), &d));
	assert_int_equal(london_day(at), d);
	assert_int_equal(london_day(at - 1), d - 1);
	assert_int_equal(london_midnight(d), at);
}

static void a_person_reads_london_time(void **state)
{
	ARENA_SCOPE arena;
	instant at;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_true(instant_parse(TEXT("2015-06-30T09:42:30Z"), &at));
	assert_text(london_iso(&arena, at), "2015-06-30T10:42:30+01:00");
	assert_text(london_words(&arena, at), "Tuesday 30 June 2015, 10:42");
	assert_text(london_short(&arena, at), "Tue 30 June, 10:42");
	assert_text(london_clock(&arena, at), "10:42");
	assert_text(london_iso(&arena, INSTANT_NONE), NULL);
	assert_text(london_words(&arena, INSTANT_NONE), NULL);
	assert_text(london_short(&arena, INSTANT_NONE), NULL);
	assert_text(london_clock(&arena, INSTANT_NONE), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_clock_change_since_1996_is_where_tzdata_has_it),
		cmocka_unit_test(a_local_time_leads_back_to_its_instant_except_in_the_doubled_hour),
		cmocka_unit_test(a_lost_time_is_no_time_and_moves_on_when_a_rule_makes_it),
		cmocka_unit_test(a_local_day_has_23_24_or_25_hours),
		cmocka_unit_test(the_day_begins_at_local_midnight),
		cmocka_unit_test(a_person_reads_london_time),
	};

	return cmocka_run_group_tests_name("london", tests, NULL, NULL);
}
