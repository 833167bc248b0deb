#include "unit.h"

#include "base/london.h"
#include "base/random_source.h"
#include "rules/rota.h"

struct fixture {
	struct arena arena;
	struct policy policy;
};

static int set_up(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, ARENA_REQUEST_BYTES);
	policy_default(&f.arena, &f.policy);
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

struct span {
	int64_t account;
	enum duty duty;
	const char *from;
	const char *to;
};

#define SPANS_MOST 8

static size_t spans_of(const struct span *spans, struct rota_span *into)
{
	size_t count = 0;

	for (; count < SPANS_MOST && spans[count].from; count++)
		into[count] = (struct rota_span){spans[count].account, spans[count].duty, at(spans[count].from),
			spans[count].to ? at(spans[count].to) : INSTANT_NONE};
	return count;
}

/* The gaps of one need, as "FROM TO; FROM TO". */
static struct text gaps_of(
	struct fixture *f, const struct span *shifts, const struct span *absences, enum rota_need need, const char *from)
{
	struct rota_span on[SPANS_MOST], away[SPANS_MOST];
	struct rota rota = {
		.shifts = on, .shift_count = spans_of(shifts, on), .absences = away, .absence_count = spans_of(absences, away)};
	struct text told = TEXT("");
	struct rota_gaps gaps;

	rota_gaps(&f->arena, &f->policy, &rota, at(from), at(from) + 3 * DAY_MS, &gaps);
	for (size_t i = 0; i < gaps.count; i++)
		if (gaps.rows[i].need == need)
			told = arena_printf(&f->arena, "%.*s%s%.*s %.*s", TEXT_ARG(told), told.len ? "; " : "",
				TEXT_ARG(london_iso(&f->arena, gaps.rows[i].from)), TEXT_ARG(london_iso(&f->arena, gaps.rows[i].to)));
	return told;
}

/* Wednesday 10 June 2015: the hub is open 08:30 to 17:00, on Friday to 16:00. */
#define WEDNESDAY "2015-06-10T12:00:00+01:00"

static const struct {
	const char *what;
	struct span shifts[SPANS_MOST];
	struct span absences[SPANS_MOST];
	enum rota_need need;
	const char *from;
	const char *gaps;
} cases[] = {
	{"nobody all nights is one gap from close to the end looked to", {{0}}, {{0}}, ROTA_NEEDS_EDT, WEDNESDAY,
		"2015-06-10T17:00:00+01:00 2015-06-13T12:00:00+01:00"},
	{"a shift from opening to opening covers the night",
		{{1, DUTY_EDT_WORKER, "2015-06-10T17:00:00+01:00", "2015-06-11T08:30:00+01:00"}}, {{0}}, ROTA_NEEDS_EDT,
		WEDNESDAY, "2015-06-11T17:00:00+01:00 2015-06-13T12:00:00+01:00"},
	{"a manager on EDT is somebody on EDT, an on-call manager is not",
		{{1, DUTY_EDT_MANAGER, "2015-06-10T12:00:00+01:00", "2015-06-12T16:00:00+01:00"},
			{2, DUTY_ON_CALL, "2015-06-10T12:00:00+01:00", "2015-06-14T12:00:00+01:00"}},
		{{0}}, ROTA_NEEDS_EDT, WEDNESDAY, "2015-06-12T16:00:00+01:00 2015-06-13T12:00:00+01:00"},
	{"an hour between two shifts of one night is a gap",
		{{1, DUTY_EDT_WORKER, "2015-06-10T17:00:00+01:00", "2015-06-11T01:00:00+01:00"},
			{2, DUTY_EDT_WORKER, "2015-06-11T02:00:00+01:00", "2015-06-17T08:30:00+01:00"}},
		{{0}}, ROTA_NEEDS_EDT, WEDNESDAY, "2015-06-11T01:00:00+01:00 2015-06-11T02:00:00+01:00"},
	{"two shifts that touch leave none",
		{{1, DUTY_EDT_WORKER, "2015-06-10T17:00:00+01:00", "2015-06-11T01:00:00+01:00"},
			{2, DUTY_EDT_WORKER, "2015-06-11T01:00:00+01:00", "2015-06-17T08:30:00+01:00"}},
		{{0}}, ROTA_NEEDS_EDT, WEDNESDAY, ""},
	{"a shift of somebody who is away for a part of it leaves that part",
		{{1, DUTY_EDT_WORKER, "2015-06-10T17:00:00+01:00", "2015-06-15T08:30:00+01:00"}},
		{{1, 0, "2015-06-11T00:00:00+01:00", "2015-06-11T06:00:00+01:00"}}, ROTA_NEEDS_EDT, WEDNESDAY,
		"2015-06-11T00:00:00+01:00 2015-06-11T06:00:00+01:00"},
	{"one absence straight after another is one time away",
		{{1, DUTY_EDT_WORKER, "2015-06-10T17:00:00+01:00", "2015-06-15T08:30:00+01:00"}},
		{{1, 0, "2015-06-11T03:00:00+01:00", "2015-06-11T06:00:00+01:00"},
			{1, 0, "2015-06-11T00:00:00+01:00", "2015-06-11T03:00:00+01:00"}},
		ROTA_NEEDS_EDT, WEDNESDAY, "2015-06-11T00:00:00+01:00 2015-06-11T06:00:00+01:00"},
	{"somebody who is ill until nobody knows when is on no shift",
		{{1, DUTY_EDT_WORKER, "2015-06-10T17:00:00+01:00", "2015-06-15T08:30:00+01:00"}},
		{{1, 0, "2015-06-12T20:00:00+01:00", NULL}}, ROTA_NEEDS_EDT, WEDNESDAY,
		"2015-06-12T20:00:00+01:00 2015-06-13T12:00:00+01:00"},
	{"the absence of another makes no gap",
		{{1, DUTY_EDT_WORKER, "2015-06-10T17:00:00+01:00", "2015-06-15T08:30:00+01:00"}},
		{{2, 0, "2015-06-11T00:00:00+01:00", NULL}}, ROTA_NEEDS_EDT, WEDNESDAY, ""},
	{"a duty manager is needed while the hub is open, from now on",
		{{1, DUTY_MANAGER, "2015-06-11T08:30:00+01:00", "2015-06-11T17:00:00+01:00"}}, {{0}}, ROTA_NEEDS_DUTY_MANAGER,
		WEDNESDAY,
		"2015-06-10T12:00:00+01:00 2015-06-10T17:00:00+01:00; 2015-06-12T08:30:00+01:00 2015-06-12T16:00:00+01:00"},
	{"two days without a screener are one gap",
		{{1, DUTY_SCREENER, "2015-06-10T08:30:00+01:00", "2015-06-10T17:00:00+01:00"}}, {{0}}, ROTA_NEEDS_SCREENER,
		WEDNESDAY, "2015-06-11T08:30:00+01:00 2015-06-12T16:00:00+01:00"},
	{"a bank holiday is a night: Monday 25 May 2015",
		{{1, DUTY_ON_CALL, "2015-05-22T16:00:00+01:00", "2015-05-25T08:30:00+01:00"}}, {{0}}, ROTA_NEEDS_ON_CALL,
		"2015-05-23T08:00:00+01:00", "2015-05-25T08:30:00+01:00 2015-05-26T08:00:00+01:00"},
	{"the night the clocks go forward (29 March 2015): a shift to 08:30 covers it",
		{{1, DUTY_EDT_WORKER, "2015-03-27T16:00:00+00:00", "2015-03-30T08:30:00+01:00"}}, {{0}}, ROTA_NEEDS_EDT,
		"2015-03-28T12:00:00+00:00", "2015-03-30T17:00:00+01:00 2015-03-31T08:30:00+01:00"},
	{"a shift that ends an hour by the wall clock before the next begins, on the night that hour is lost",
		{{1, DUTY_EDT_WORKER, "2015-03-27T16:00:00+00:00", "2015-03-29T01:00:00+00:00"},
			{2, DUTY_EDT_WORKER, "2015-03-29T02:00:00+01:00", "2015-04-10T08:30:00+01:00"}},
		{{0}}, ROTA_NEEDS_EDT, "2015-03-28T12:00:00+00:00", ""},
	{"the doubled hour of 25 October 2015 is an hour that somebody has to be there",
		{{1, DUTY_EDT_WORKER, "2015-10-23T16:00:00+01:00", "2015-10-25T01:30:00+01:00"},
			{2, DUTY_EDT_WORKER, "2015-10-25T01:30:00+00:00", "2015-11-10T08:30:00+00:00"}},
		{{0}}, ROTA_NEEDS_EDT, "2015-10-24T12:00:00+01:00", "2015-10-25T01:30:00+01:00 2015-10-25T01:30:00+00:00"},
};

static void the_gaps_of_a_rota(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text got = gaps_of(f, cases[i].shifts, cases[i].absences, cases[i].need, cases[i].from);

		if (!text_is(got, cases[i].gaps))
			fail_msg("%s: got \"%.*s\", expected \"%s\"", cases[i].what, TEXT_ARG(got), cases[i].gaps);
	}
}

/* Independent: is somebody there, and needed, at this very instant? */
static bool missing(const struct fixture *f, const struct rota *rota, enum rota_need need, instant when)
{
	static const bool covers[ROTA_NEED_COUNT][DUTY_COUNT] = {
		[ROTA_NEEDS_EDT] = {[DUTY_EDT_WORKER] = true, [DUTY_EDT_MANAGER] = true},
		[ROTA_NEEDS_ON_CALL] = {[DUTY_ON_CALL] = true},
		[ROTA_NEEDS_DUTY_MANAGER] = {[DUTY_MANAGER] = true},
		[ROTA_NEEDS_SCREENER] = {[DUTY_SCREENER] = true},
	};
	bool by_day = need == ROTA_NEEDS_DUTY_MANAGER || need == ROTA_NEEDS_SCREENER;

	if (clock_is_open(&f->policy, when) != by_day) return false;
	for (size_t i = 0; i < rota->shift_count; i++) {
		bool here =
			covers[need][rota->shifts[i].duty] && rota->shifts[i].starts_at <= when && rota->shifts[i].ends_at > when;

		for (size_t j = 0; j < rota->absence_count && here; j++)
			here = rota->absences[j].account != rota->shifts[i].account || rota->absences[j].starts_at > when ||
				   (rota->absences[j].ends_at != INSTANT_NONE && rota->absences[j].ends_at <= when);
		if (here) return false;
	}
	return true;
}

static bool in_a_gap(const struct rota_gaps *gaps, enum rota_need need, instant when)
{
	for (size_t i = 0; i < gaps->count; i++)
		if (gaps->rows[i].need == need && gaps->rows[i].from <= when && when < gaps->rows[i].to) return true;
	return false;
}

static void fill(struct random_source *random, instant from, struct rota_span *spans, size_t count, bool endless)
{
	for (size_t i = 0; i < count; i++) {
		spans[i].account = 1 + (int64_t)random_below(random, 3);
		spans[i].duty = (enum duty)random_below(random, DUTY_COUNT);
		spans[i].starts_at = from + ((int64_t)random_below(random, 300) - 40) * 30 * MINUTE_MS;
		spans[i].ends_at = spans[i].starts_at + (1 + (int64_t)random_below(random, 60)) * 30 * MINUTE_MS;
		if (endless && random_below(random, 8) == 0) spans[i].ends_at = INSTANT_NONE;
	}
}

/* Every half hour of a week, of rotas thrown at random: what nobody covers is in a gap, and what is covered in none. */
static void a_gap_is_where_nobody_is_and_only_there(void **state)
{
	struct fixture *f = *state;
	static const char *const weeks[] = {"2015-03-26T00:00:00+00:00", "2015-10-22T00:00:00+01:00", WEDNESDAY};
	struct random_source random = random_source_seeded(20150610);
	struct rota_span shifts[10], absences[4];
	struct rota rota = {shifts, 10, absences, 4};
	struct rota_gaps gaps;

	for (int round = 0; round < 200; round++) {
		instant from = at(weeks[round % 3]);

		fill(&random, from, shifts, 10, false);
		fill(&random, from, absences, 4, true);
		rota_gaps(&f->arena, &f->policy, &rota, from, from + 7 * DAY_MS, &gaps);
		for (instant when = from; when < from + 7 * DAY_MS; when += 30 * MINUTE_MS)
			for (enum rota_need need = 0; need < ROTA_NEED_COUNT; need++) {
				bool by_day = need == ROTA_NEEDS_DUTY_MANAGER || need == ROTA_NEEDS_SCREENER;

				if (clock_is_open(&f->policy, when) != by_day) continue; /* a gap may reach over what needs nobody */
				if (missing(f, &rota, need, when) != in_a_gap(&gaps, need, when))
					fail_msg(
						"round %d, %s at %.*s", round, rota_need_code(need), TEXT_ARG(london_iso(&f->arena, when)));
			}
	}
}

static void a_gap_in_words(void **state)
{
	struct fixture *f = *state;
	struct rota_gap gap = {ROTA_NEEDS_EDT, at("2015-07-04T18:00:00+01:00"), at("2015-07-05T08:00:00+01:00")};

	assert_text(
		rota_gap_words(&f->arena, &gap, at(WEDNESDAY)), "From Sat 4 July, 18:00 to Sun 5 July, 08:00 nobody is on EDT");
	assert_text(rota_gap_words(&f->arena, &gap, gap.from), "Until Sun 5 July, 08:00 nobody is on EDT");
}

static void each_duty_has_its_roles(void **state)
{
	(void)state;
	assert_true(duty_suits(DUTY_MANAGER, ROLE_PRACTICE_MANAGER, false));
	assert_false(duty_suits(DUTY_MANAGER, ROLE_SOCIAL_WORKER, false));
	assert_true(duty_suits(DUTY_MANAGER, ROLE_SOCIAL_WORKER, true));
	assert_true(duty_suits(DUTY_SCREENER, ROLE_SOCIAL_WORKER, false));
	assert_true(duty_suits(DUTY_SCREENER, ROLE_EDT_WORKER, false));
	assert_false(duty_suits(DUTY_SCREENER, ROLE_PRACTICE_MANAGER, false));
	assert_true(duty_suits(DUTY_ON_CALL, ROLE_PRACTICE_MANAGER, false));
	assert_false(duty_suits(DUTY_ON_CALL, ROLE_ADMINISTRATOR, false));
	assert_true(duty_suits(DUTY_EDT_WORKER, ROLE_EDT_MANAGER, false));
	assert_false(duty_suits(DUTY_EDT_WORKER, ROLE_SOCIAL_WORKER, true));
	assert_false(duty_suits(DUTY_EDT_MANAGER, ROLE_EDT_WORKER, false));
	assert_true(duty_suits(DUTY_EDT_MANAGER, ROLE_EDT_WORKER, true));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_gaps_of_a_rota, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_gap_is_where_nobody_is_and_only_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_gap_in_words, set_up, tear_down),
		cmocka_unit_test(each_duty_has_its_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
