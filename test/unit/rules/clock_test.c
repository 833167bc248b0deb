#include "unit.h"

#include "base/london.h"
#include "clock_vectors.h"
#include "rerate_vectors.h"
#include "rules/clock.h"

struct fixture {
	struct arena arena;
	struct policy policy;
	struct error err;
};

static int set_up(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, ARENA_REQUEST_BYTES);
	policy_default(&f.arena, &f.policy);
	error_clear(&f.err);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

static instant at(const char *iso)
{
	instant ret;

	if (!instant_parse(text_of(iso), &ret)) fail_msg("%s", iso);
	return ret;
}

static struct duration rule_of(const char *written)
{
	struct duration ret;
	struct error err;

	error_clear(&err);
	if (!duration_parse(text_of(written), &ret, &err)) fail_msg("%s", err.message);
	return ret;
}

static void assert_instant(struct fixture *f, const char *what, instant got, const char *expected)
{
	struct text shown = london_iso(&f->arena, got);

	if (got != at(expected)) fail_msg("%s: got %.*s, expected %s", what, TEXT_ARG(shown), expected);
}

static void policy_of(struct fixture *f, const char *lines)
{
	if (!policy_read(&f->arena, text_of(lines), &f->policy, &f->err))
		fail_msg("%s", f->err.field_count ? f->err.fields[0].message : f->err.message);
}

/* domain.md, "Vectors", written out with dates. */
static const struct {
	const char *received, *red_working, *red, *amber, *amber_close, *amber_working, *green, *elapsed;
} vectors[] = {
	{"2015-06-10T10:00:00+01:00", "2015-06-10T14:00:00+01:00", "2015-06-10T14:00:00+01:00", "2015-06-11T10:00:00+01:00",
		"2015-06-11T17:00:00+01:00", "2015-06-15T09:30:00+01:00", "2015-06-15T10:00:00+01:00",
		"2015-06-13T10:00:00+01:00"},
	{"2015-07-03T15:30:00+01:00", "2015-07-06T12:00:00+01:00", "2015-07-03T19:30:00+01:00", "2015-07-06T15:30:00+01:00",
		"2015-07-06T17:00:00+01:00", "2015-07-08T15:00:00+01:00", "2015-07-08T15:30:00+01:00",
		"2015-07-06T15:30:00+01:00"},
	{"2015-07-03T16:10:00+01:00", "2015-07-06T12:30:00+01:00", "2015-07-03T20:10:00+01:00", "2015-07-07T08:30:00+01:00",
		"2015-07-07T17:00:00+01:00", "2015-07-08T15:30:00+01:00", "2015-07-09T08:30:00+01:00",
		"2015-07-06T16:10:00+01:00"},
	{"2015-08-28T14:00:00+01:00", "2015-09-01T10:30:00+01:00", "2015-08-28T18:00:00+01:00", "2015-09-01T14:00:00+01:00",
		"2015-09-01T17:00:00+01:00", "2015-09-03T13:30:00+01:00", "2015-09-03T14:00:00+01:00",
		"2015-08-31T14:00:00+01:00"},
	{"2015-12-24T15:00:00Z", "2015-12-29T10:30:00Z", "2015-12-24T19:00:00Z", "2015-12-29T15:00:00Z",
		"2015-12-29T17:00:00Z", "2015-12-31T13:30:00Z", "2015-12-31T15:00:00Z", "2015-12-27T15:00:00Z"},
	{"2022-09-16T15:30:00+01:00", "2022-09-20T12:00:00+01:00", "2022-09-16T19:30:00+01:00", "2022-09-20T15:30:00+01:00",
		"2022-09-20T17:00:00+01:00", "2022-09-22T15:00:00+01:00", "2022-09-22T15:30:00+01:00",
		"2022-09-19T15:30:00+01:00"},
};

static void the_published_vectors_hold(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(vectors); i++) {
		instant received = at(vectors[i].received);
		const struct policy *p = &f->policy;

		assert_instant(
			f, "4 working hours", clock_add(p, rule_of("working_hours(4)"), received), vectors[i].red_working);
		assert_instant(f, "red", clock_decision_due(p, RAG_RED, received), vectors[i].red);
		assert_instant(f, "amber", clock_decision_due(p, RAG_AMBER, received), vectors[i].amber);
		assert_instant(f, "amber by close", clock_add(p, rule_of("working_days(1, close_of_business)"), received),
			vectors[i].amber_close);
		assert_instant(
			f, "24 working hours", clock_add(p, rule_of("working_hours(24)"), received), vectors[i].amber_working);
		assert_instant(f, "green", clock_decision_due(p, RAG_GREEN, received), vectors[i].green);
		assert_instant(f, "72 hours", clock_add(p, rule_of("elapsed_hours(72)"), received), vectors[i].elapsed);
	}
}

static void the_independent_implementation_agrees(void **state)
{
	struct fixture *f = *state;

	policy_of(f, clock_vectors_policy);
	for (size_t i = 0; i < COUNT_OF(clock_vectors); i++) {
		instant received = at(clock_vectors[i].received);
		const char *rule = clock_vectors[i].rule, *when = clock_vectors[i].received;

		assert_instant(f, when, clock_effective(&f->policy, received), clock_vectors[i].effective);
		assert_instant(f, when, clock_screening_due(&f->policy, received), clock_vectors[i].screening_due);
		assert_instant(f, when, clock_add(&f->policy, rule_of(rule), received), clock_vectors[i].due);
	}
}

/* domain.md: "Thursday 16:45 plus one working day is Friday 16:00." */
static void the_same_time_is_never_after_that_days_close(void **state)
{
	struct fixture *f = *state;

	assert_instant(f, "amber", clock_decision_due(&f->policy, RAG_AMBER, at("2015-06-11T16:45:00+01:00")),
		"2015-06-12T16:00:00+01:00");
}

/* Working days are counted on local dates; the clocks go forward on Sunday 29 March 2015 and back on 25 October. */
static void working_days_go_over_a_clock_change_by_the_local_time(void **state)
{
	static const struct {
		const char *received;
		enum rag rag;
		const char *due;
	} rows[] = {
		{"2015-03-27T15:30:00Z", RAG_AMBER, "2015-03-30T15:30:00+01:00"},
		{"2015-10-23T15:30:00+01:00", RAG_AMBER, "2015-10-26T15:30:00Z"},
		{"2015-03-28T23:00:00Z", RAG_RED, "2015-03-29T04:00:00+01:00"},
		{"2015-10-24T23:00:00+01:00", RAG_RED, "2015-10-25T02:00:00Z"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_instant(
			f, rows[i].received, clock_decision_due(&f->policy, rows[i].rag, at(rows[i].received)), rows[i].due);
}

static void opening_is_in_hours_and_closing_is_not(void **state)
{
	static const struct {
		const char *at;
		bool open;
		const char *effective;
	} rows[] = {
		{"2015-06-10T08:29:59+01:00", false, "2015-06-10T08:30:00+01:00"},
		{"2015-06-10T08:30:00+01:00", true, "2015-06-10T08:30:00+01:00"},
		{"2015-06-10T16:59:59+01:00", true, "2015-06-10T16:59:59+01:00"},
		{"2015-06-10T17:00:00+01:00", false, "2015-06-11T08:30:00+01:00"},
		{"2015-06-12T16:00:00+01:00", false, "2015-06-15T08:30:00+01:00"},
		{"2015-08-29T12:00:00+01:00", false, "2015-09-01T08:30:00+01:00"}, /* Monday 31 August: bank holiday */
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_int_equal(clock_is_open(&f->policy, at(rows[i].at)), rows[i].open);
		assert_instant(f, rows[i].at, clock_effective(&f->policy, at(rows[i].at)), rows[i].effective);
	}
}

/* domain.md: in hours the later of that day's close and two elapsed hours; else the next opening and two working hours. */
static void screening_is_due_the_same_day(void **state)
{
	static const struct {
		const char *received, *due;
	} rows[] = {
		{"2015-06-10T10:00:00+01:00", "2015-06-10T17:00:00+01:00"},
		{"2015-06-10T15:00:00+01:00", "2015-06-10T17:00:00+01:00"},
		{"2015-06-10T16:30:00+01:00", "2015-06-10T18:30:00+01:00"},
		{"2015-06-12T15:59:00+01:00", "2015-06-12T17:59:00+01:00"},
		{"2015-06-12T16:00:00+01:00", "2015-06-15T10:30:00+01:00"},
		{"2015-06-10T03:00:00+01:00", "2015-06-10T10:30:00+01:00"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_instant(f, rows[i].received, clock_screening_due(&f->policy, at(rows[i].received)), rows[i].due);
}

static void closures_and_hours_of_one_date_are_kept(void **state)
{
	struct fixture *f = *state;

	policy_of(f, "closure = 2015-06-11 Flood\nhours.2015-06-10 = 08:30-12:00\nhours.2015-06-13 = 10:00-14:00\n");
	assert_instant(f, "amber skips the closure and counts the opened Saturday",
		clock_decision_due(&f->policy, RAG_GREEN, at("2015-06-10T11:00:00+01:00")), "2015-06-15T11:00:00+01:00");
	assert_instant(f, "the shortened day is over at noon", clock_effective(&f->policy, at("2015-06-10T12:00:00+01:00")),
		"2015-06-12T08:30:00+01:00");
	assert_instant(f, "4 working hours over a short day and a closure",
		clock_add(&f->policy, rule_of("working_hours(4)"), at("2015-06-10T11:00:00+01:00")),
		"2015-06-12T11:30:00+01:00");
}

static void a_bank_holiday_announced_late_moves_what_is_due(void **state)
{
	struct fixture *f = *state;
	instant received = at("2015-07-03T15:30:00+01:00");

	policy_of(f, "bank_holiday = 2015-07-06 A day of thanks\n");
	assert_instant(f, "amber", clock_decision_due(&f->policy, RAG_AMBER, received), "2015-07-07T15:30:00+01:00");
	assert_instant(f, "red runs on", clock_decision_due(&f->policy, RAG_RED, received), "2015-07-03T19:30:00+01:00");
}

/* domain.md, "Re-rating". Received Wednesday 10:00; green is due Monday 15 June 10:00, amber Thursday 10:00. */
static void rating_again_moves_due_as_its_kind_says(void **state)
{
	static const struct {
		const char *what;
		enum rerate_kind kind;
		enum rag rag;
		const char *old_due, *information_at, *at, *due;
	} rows[] = {
		{"misrated, raised", RERATE_MISRATED, RAG_RED, "2015-06-15T10:00:00+01:00", NULL, "2015-06-10T11:00:00+01:00",
			"2015-06-10T14:00:00+01:00"},
		{"misrated, lowered", RERATE_MISRATED, RAG_GREEN, "2015-06-11T10:00:00+01:00", NULL,
			"2015-06-10T11:00:00+01:00", "2015-06-15T10:00:00+01:00"},
		{"misrated, lowered at the moment it is due", RERATE_MISRATED, RAG_GREEN, "2015-06-11T10:00:00+01:00", NULL,
			"2015-06-11T10:00:00+01:00", "2015-06-15T10:00:00+01:00"},
		{"misrated, lowered when late", RERATE_MISRATED, RAG_GREEN, "2015-06-11T10:00:00+01:00", NULL,
			"2015-06-11T10:00:01+01:00", "2015-06-11T10:00:00+01:00"},
		{"new information, raised", RERATE_NEW_INFORMATION, RAG_RED, "2015-06-15T10:00:00+01:00",
			"2015-06-12T09:00:00+01:00", "2015-06-12T09:30:00+01:00", "2015-06-12T13:00:00+01:00"},
		{"new information, raised close to due", RERATE_NEW_INFORMATION, RAG_RED, "2015-06-15T10:00:00+01:00",
			"2015-06-15T09:00:00+01:00", "2015-06-15T09:30:00+01:00", "2015-06-15T10:00:00+01:00"},
		{"new information, lowered", RERATE_NEW_INFORMATION, RAG_GREEN, "2015-06-11T10:00:00+01:00",
			"2015-06-10T11:00:00+01:00", "2015-06-10T12:00:00+01:00", "2015-06-11T10:00:00+01:00"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct rerating r = {.kind = rows[i].kind,
			.rag = rows[i].rag,
			.received_at = at("2015-06-10T10:00:00+01:00"),
			.due_at = at(rows[i].old_due),
			.information_at = rows[i].information_at ? at(rows[i].information_at) : INSTANT_NONE,
			.at = at(rows[i].at)};

		assert_instant(f, rows[i].what, clock_rerated_due(&f->policy, &r), rows[i].due);
	}
}

/* Whole lives of enquiries, rated again and again, by a second implementation of the rule and of the clock under it. */
static void a_life_of_ratings_comes_to_what_an_independent_reading_comes_to(void **state)
{
	struct fixture *f = *state;

	policy_of(f, clock_vectors_policy);
	for (size_t i = 0; i < COUNT_OF(rerate_vectors); i++) {
		struct rerating r = {.kind = rerate_vectors[i].kind,
			.rag = rerate_vectors[i].rag,
			.received_at = at(rerate_vectors[i].received),
			.due_at = at(rerate_vectors[i].stands),
			.information_at = at(rerate_vectors[i].arrived),
			.at = at(rerate_vectors[i].at)};

		assert_instant(f, rerate_vectors[i].at, clock_rerated_due(&f->policy, &r), rerate_vectors[i].due);
		assert_instant(f, rerate_vectors[i].at, clock_act_by(&f->policy, r.rag, r.at), rerate_vectors[i].act_by);
	}
}

static void act_by_is_now_and_the_ratings_time(void **state)
{
	struct fixture *f = *state;

	assert_instant(
		f, "act by", clock_act_by(&f->policy, RAG_RED, at("2015-06-12T18:00:00+01:00")), "2015-06-12T22:00:00+01:00");
}

/* Counted on a calendar: 45 working days from Monday 1 June 2015, no bank holiday between; 15 from Friday 28 August, one. */
static void the_long_clocks_count_working_days(void **state)
{
	struct fixture *f = *state;
	instant june = at("2015-06-01T10:00:00+01:00");

	assert_instant(f, "assessment", clock_other_due(&f->policy, CLOCK_ASSESSMENT, june), "2015-08-03T17:00:00+01:00");
	assert_instant(f, "conference", clock_other_due(&f->policy, CLOCK_CONFERENCE, at("2015-08-28T10:00:00+01:00")),
		"2015-09-21T17:00:00+01:00");
	assert_instant(f, "police protection", clock_other_due(&f->policy, CLOCK_POLICE_PROTECTION, june),
		"2015-06-04T10:00:00+01:00");
	assert_instant(f, "emergency protection order", clock_other_due(&f->policy, CLOCK_EMERGENCY_ORDER, june),
		"2015-06-09T10:00:00+01:00");
	policy_of(f, "long_clocks_from_day_one = yes\n");
	assert_instant(
		f, "assessment from day 1", clock_other_due(&f->policy, CLOCK_ASSESSMENT, june), "2015-07-31T16:00:00+01:00");
}

static void half_the_clock_is_half_of_the_time_it_runs_in(void **state)
{
	struct fixture *f = *state;
	instant friday = at("2015-07-03T15:30:00+01:00"), monday = at("2015-07-06T15:30:00+01:00");

	/* 30 minutes on Friday and 7 hours on Monday: half is 3 h 45 min, at 11:45 on Monday */
	assert_false(clock_past_half(&f->policy, RAG_AMBER, friday, monday, at("2015-07-05T12:00:00+01:00")));
	assert_false(clock_past_half(&f->policy, RAG_AMBER, friday, monday, at("2015-07-06T11:45:00+01:00")));
	assert_true(clock_past_half(&f->policy, RAG_AMBER, friday, monday, at("2015-07-06T11:46:00+01:00")));
	assert_false(clock_past_half(&f->policy, RAG_RED, friday, friday + 4 * HOUR_MS, friday + 2 * HOUR_MS));
	assert_true(clock_past_half(&f->policy, RAG_RED, friday, friday + 4 * HOUR_MS, friday + 2 * HOUR_MS + MINUTE_MS));
}

static void open_minutes_are_counted_between_two_instants(void **state)
{
	static const struct {
		const char *from, *to;
		int minutes;
	} rows[] = {
		{"2015-06-10T10:00:00+01:00", "2015-06-10T10:25:00+01:00", 25},
		{"2015-06-10T16:00:00+01:00", "2015-06-11T09:30:00+01:00", 120},
		{"2015-06-12T15:00:00+01:00", "2015-06-15T08:30:00+01:00", 60},
		{"2015-06-13T10:00:00+01:00", "2015-06-14T10:00:00+01:00", 0},
		{"2015-06-10T10:00:00+01:00", "2015-06-10T10:00:00+01:00", 0},
		{"2015-06-10T10:00:00+01:00", "2015-06-09T10:00:00+01:00", 0},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(clock_open_minutes(&f->policy, at(rows[i].from), at(rows[i].to)), rows[i].minutes);
}

static void the_explanation_says_each_step(void **state)
{
	static const struct {
		const char *received;
		enum rag rag;
		const char *rule, *steps;
	} rows[] = {
		{"2015-08-28T16:10:00+01:00", RAG_AMBER, "working_days(1, same_time)",
			"Received Friday 28 August 2015, 16:10, out of hours.|"
			"The clock starts at the next opening, Tue 1 September, 08:30.|"
			"Amber: 1 working day, at the same time.|Due Wednesday 2 September 2015, 08:30.|"},
		{"2015-08-28T14:00:00+01:00", RAG_AMBER, "working_days(1, same_time)",
			"Received Friday 28 August 2015, 14:00, in hours.|The clock starts at receipt.|"
			"Amber: 1 working day, at the same time.|Not counted, the hub is closed: Sat 29 August, Sun 30 August, "
			"Mon 31 August (Summer bank holiday).|Due Tuesday 1 September 2015, 14:00.|"},
		{"2015-06-11T16:45:00+01:00", RAG_AMBER, "working_days(1, same_time)",
			"Received Thursday 11 June 2015, 16:45, in hours.|The clock starts at receipt.|"
			"Amber: 1 working day, at the same time.|"
			"16:45 is after that day's close, 16:00, so it is due at the close.|Due Friday 12 June 2015, 16:00.|"},
		{"2015-07-03T16:10:00+01:00", RAG_RED, "elapsed_hours(4)",
			"Received Friday 3 July 2015, 16:10, out of hours.|The clock starts at receipt and runs day and night.|"
			"It stands on the emergency duty team's list until the hub opens.|Red: 4 hours, day and night.|"
			"Due Friday 3 July 2015, 20:10.|"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct clock_explanation e;
		struct text steps = TEXT("");

		clock_explain(&f->arena, &f->policy, rows[i].rag, at(rows[i].received), &e);
		assert_text(e.rule_text, rows[i].rule);
		for (size_t k = 0; k < e.step_count; k++)
			steps = arena_printf(&f->arena, "%.*s%.*s|", TEXT_ARG(steps), TEXT_ARG(e.steps[k]));
		assert_text(steps, rows[i].steps);
		assert_true(e.due == clock_decision_due(&f->policy, rows[i].rag, e.received));
	}
}

static void a_length_of_time_is_said_in_words(void **state)
{
	static const struct {
		int minutes;
		const char *words;
	} rows[] = {{0, "0 minutes"}, {1, "1 minute"}, {25, "25 minutes"}, {60, "1 hour"}, {130, "2 h 10 min"},
		{24 * 60, "1 day"}, {3 * 1440 + 240, "3 days 4 h"}, {-5, "0 minutes"}};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_text(clock_length_words(&f->arena, rows[i].minutes), rows[i].words);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_published_vectors_hold),
		TEST(the_independent_implementation_agrees),
		TEST(the_same_time_is_never_after_that_days_close),
		TEST(working_days_go_over_a_clock_change_by_the_local_time),
		TEST(opening_is_in_hours_and_closing_is_not),
		TEST(screening_is_due_the_same_day),
		TEST(closures_and_hours_of_one_date_are_kept),
		TEST(a_bank_holiday_announced_late_moves_what_is_due),
		TEST(rating_again_moves_due_as_its_kind_says),
		TEST(a_life_of_ratings_comes_to_what_an_independent_reading_comes_to),
		TEST(act_by_is_now_and_the_ratings_time),
		TEST(the_long_clocks_count_working_days),
		TEST(half_the_clock_is_half_of_the_time_it_runs_in),
		TEST(open_minutes_are_counted_between_two_instants),
		TEST(the_explanation_says_each_step),
		TEST(a_length_of_time_is_said_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
