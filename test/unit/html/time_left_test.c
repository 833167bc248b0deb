#include "unit.h"

#include "html/time_left.h"

static instant at(const char *iso)
{
	instant ret;

	if (!instant_parse(text_of(iso), &ret)) fail_msg("%s is no instant", iso);
	return ret;
}

/* Words as pages.md has them; days and hours counted by hand on the calendars of 2015 and 2016. */
static void what_is_due_is_said_in_words(void **state)
{
	static const struct {
		const char *due, *now, *words;
		enum urgency urgency;
	} cases[] = {
		{"2015-06-30T10:17:00+01:00", "2015-06-30T10:42:00+01:00", "LATE by 25 minutes", URGENCY_LATE},
		{"2015-06-30T11:20:00+01:00", "2015-06-30T10:42:00+01:00", "due in 38 minutes", URGENCY_SOON},
		{"2015-06-30T15:10:00+01:00", "2015-06-30T10:42:00+01:00", "due today 15:10", URGENCY_TODAY},
		{"2015-07-01T09:30:00+01:00", "2015-06-30T10:42:00+01:00", "due tomorrow 09:30", URGENCY_LATER},
		{"2015-07-02T10:05:00+01:00", "2015-06-30T10:42:00+01:00", "due Thu 2 July 10:05", URGENCY_LATER},
		/* equal is on time, a millisecond more is late */
		{"2015-06-30T10:42:00+01:00", "2015-06-30T10:42:00+01:00", "due in less than a minute", URGENCY_SOON},
		{"2015-06-30T10:42:00+01:00", "2015-06-30T10:42:01+01:00", "LATE by less than a minute", URGENCY_LATE},
		{"2015-06-30T10:41:00+01:00", "2015-06-30T10:42:00+01:00", "LATE by 1 minute", URGENCY_LATE},
		/* an hour is within the hour */
		{"2015-06-30T11:42:00+01:00", "2015-06-30T10:42:00+01:00", "due in 1 hour", URGENCY_SOON},
		{"2015-06-30T11:42:01+01:00", "2015-06-30T10:42:00+01:00", "due today 11:42", URGENCY_TODAY},
		/* soon wins over tomorrow, at midnight */
		{"2015-07-01T00:20:00+01:00", "2015-06-30T23:50:00+01:00", "due in 30 minutes", URGENCY_SOON},
		/* today is London's day, not UTC's: 00:30 BST is the day before in UTC */
		{"2015-07-01T23:30:00+01:00", "2015-07-01T00:15:00+01:00", "due today 23:30", URGENCY_TODAY},
		/* the clocks go back on Sunday 25 October 2015 */
		{"2015-10-26T09:00:00Z", "2015-10-25T00:30:00+01:00", "due tomorrow 09:00", URGENCY_LATER},
		/* another year says so */
		{"2016-01-04T09:00:00Z", "2015-12-30T16:00:00Z", "due Mon 4 January 2016 09:00", URGENCY_LATER},
		/* late for long is never quiet */
		{"2015-06-26T10:42:00+01:00", "2015-06-30T12:42:00+01:00", "LATE by 4 days 2 h", URGENCY_LATE},
		{"2015-06-30T08:32:00+01:00", "2015-06-30T10:42:00+01:00", "LATE by 2 h 10 min", URGENCY_LATE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char words[TIME_LEFT_BYTES];

		assert_text(time_left_words(words, at(cases[i].due), at(cases[i].now)), cases[i].words);
		assert_int_equal(time_left_urgency(at(cases[i].due), at(cases[i].now)), cases[i].urgency);
	}
}

static void durations_have_their_two_largest_units(void **state)
{
	static const struct {
		int64_t minutes;
		const char *words;
	} cases[] = {{0, "less than a minute"}, {1, "1 minute"}, {59, "59 minutes"}, {60, "1 hour"}, {61, "1 h 1 min"},
		{130, "2 h 10 min"}, {120, "2 hours"}, {1439, "23 h 59 min"}, {1440, "1 day"}, {1500, "1 day 1 h"},
		{2880, "2 days"}, {4500, "3 days 3 h"}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char words[TIME_LEFT_BYTES];

		assert_text(time_length_words(words, cases[i].minutes * MINUTE_MS), cases[i].words);
	}
}

static void late_has_its_class_and_its_exact_time(void **state)
{
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 1000);
	html_time_left(&h, at("2015-06-30T10:17:00+01:00"), at("2015-06-30T10:42:00+01:00"));
	assert_text(buffer_text(&out), "<time class=\"fanlight-due fanlight-due--late\" "
								   "datetime=\"2015-06-30T10:17:00+01:00\">LATE by 25 minutes</time>");
	buffer_clear(&out);
	html_time_left(&h, INSTANT_NONE, 0);
	assert_text(buffer_text(&out), "<span class=\"fanlight-due fanlight-due--none\">no time set</span>");
}

static void a_rating_is_a_word_and_not_only_a_colour(void **state)
{
	static const struct {
		enum rag rag;
		const char *written;
	} cases[] = {{RAG_RED, "<strong class=\"fanlight-rag fanlight-rag--red\">Red</strong>"},
		{RAG_NONE, "<strong class=\"fanlight-rag fanlight-rag--unrated\">Not yet rated</strong>"}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		BUFFER_SCOPE out;
		struct html h = {&out};

		buffer_init(&out, 1000);
		html_rag(&h, cases[i].rag);
		assert_text(buffer_text(&out), cases[i].written);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_due_is_said_in_words),
		cmocka_unit_test(durations_have_their_two_largest_units),
		cmocka_unit_test(late_has_its_class_and_its_exact_time),
		cmocka_unit_test(a_rating_is_a_word_and_not_only_a_colour),
	};

	return cmocka_run_group_tests_name("time left", tests, NULL, NULL);
}
