/*
 * The clock against a walker that knows nothing but "is the hub open at this minute?", over random policies, random
 * receipts about bank holidays, closures and clock changes, and random durations. A failure prints its seed.
 */
#include "unit.h"

#include "base/london.h"
#include "base/random_source.h"
#include "rules/clock.h"

#define SEED      1963
#define POLICIES  40
#define CASES     60
#define FIRST_DAY 16071 /* 1 January 2014 */
#define DAYS      (365 * 6)

static struct random_source source;
static uint64_t policy_number, case_number;

static int below(int bound)
{
	return (int)random_below(&source, (uint64_t)bound);
}

/* Hours on any weekday but one, by half hours, sometimes to midnight; closures, overrides and late bank holidays. */
static void random_policy(struct arena *arena, struct policy *ret)
{
	struct text t = TEXT("");
	static const char *const weekdays[] = {
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
	struct error err;

	for (int d = 0; d < 7; d++) {
		int opens = below(30), closes = opens + 1 + below(48 - opens);

		if (d > 0 && below(4) == 0)
			t = arena_printf(arena, "%.*shours.%s = closed\n", TEXT_ARG(t), weekdays[d]);
		else
			t = arena_printf(arena, "%.*shours.%s = %02d:%02d-%02d:%02d\n", TEXT_ARG(t), weekdays[d], opens / 2,
				opens % 2 * 30, closes / 2, closes % 2 * 30);
	}
	for (int i = 0; i < 60; i++) {
		struct text date = day_iso(arena, FIRST_DAY + i * (DAYS / 60) + below(DAYS / 60));

		if (i % 3 == 0)
			t = arena_printf(arena, "%.*sclosure = %.*s Closed\n", TEXT_ARG(t), TEXT_ARG(date));
		else if (i % 3 == 1)
			t = arena_printf(arena, "%.*sbank_holiday = %.*s Holiday\n", TEXT_ARG(t), TEXT_ARG(date));
		else
			t = arena_printf(arena, "%.*shours.%.*s = 10:00-14:30\n", TEXT_ARG(t), TEXT_ARG(date));
	}
	error_clear(&err);
	if (!policy_read(arena, t, ret, &err)) fail_msg("%s: %s", err.fields[0].field, err.fields[0].message);
}

/* The walker: its one idea of the hub, by the wall clock. */
static bool open_at(const struct policy *p, instant at)
{
	struct london_time local = london_of_instant(at);
	struct opening_hours hours = clock_hours(p, local.day);

	return local.second >= hours.opens * 60 && local.second < hours.closes * 60;
}

static instant walk_to_open(const struct policy *p, instant at)
{
	while (!open_at(p, at)) at += MINUTE_MS;
	return at;
}

static instant walk_hours(const struct policy *p, instant at, int hours)
{
	at = walk_to_open(p, at);
	for (int left = hours * 60; left; at += MINUTE_MS) left -= open_at(p, at);
	return at;
}

/* Close on the n-th local date on which it opens at all; then back from it to the same time by the wall clock. */
static instant walk_days(const struct policy *p, instant at, int days, enum duration_end end)
{
	struct london_time start = london_of_instant(walk_to_open(p, at));
	instant close;
	day on = start.day;

	while (days) days -= clock_hours(p, ++on).closes > 0;
	for (close = london_midnight(on + 1); !open_at(p, close - MINUTE_MS);) close -= MINUTE_MS;
	if (end == END_CLOSE_OF_BUSINESS) return close;
	for (instant same = london_midnight(on); same < close; same += MINUTE_MS)
		if (london_of_instant(same).second >= start.second) return same;
	return close;
}

static instant walk(const struct policy *p, struct duration d, instant at)
{
	if (d.kind == DURATION_ELAPSED_HOURS) return at + d.n * HOUR_MS;
	return d.kind == DURATION_WORKING_HOURS ? walk_hours(p, at, d.n) : walk_days(p, at, d.n, d.end);
}

/* A whole minute: anywhere, or within three days of a clock change or Christmas. */
static instant random_receipt(void)
{
	static const char *const near[] = {"2015-03-29", "2015-10-25", "2016-03-27", "2016-10-30", "2015-12-25"};
	day on = FIRST_DAY + below(DAYS);

	if (below(2) == 0) {
		assert_true(day_parse(text_of(near[below(COUNT_OF(near))]), &on));
		on += below(6) - 3;
	}
	return on * DAY_MS + below(1440) * MINUTE_MS;
}

static struct duration random_duration(void)
{
	struct duration d = {(enum duration_kind)below(3), 1, (enum duration_end)below(2)};

	d.n = 1 + below(d.kind == DURATION_WORKING_DAYS ? 20 : 40);
	return d;
}

static void check(struct arena *arena, const struct policy *p, instant received)
{
	struct duration d = random_duration();
	instant got = clock_add(p, d, received), expected = walk(p, d, received);

	if (got == expected && clock_effective(p, received) == walk_to_open(p, received)) return;
	fail_msg("seed %d, policy %d, case %d: %.*s from %.*s: got %.*s, walked to %.*s\n%.*s", SEED, (int)policy_number,
		(int)case_number, TEXT_ARG(duration_text(arena, d)), TEXT_ARG(london_iso(arena, received)),
		TEXT_ARG(london_iso(arena, got)), TEXT_ARG(london_iso(arena, expected)), TEXT_ARG(policy_write(arena, p)));
}

static void every_duration_ends_where_a_minute_by_minute_walk_ends(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	source = random_source_seeded(SEED);
	for (policy_number = 0; policy_number < POLICIES; policy_number++) {
		struct policy p;

		arena_clear(&arena);
		random_policy(&arena, &p);
		for (case_number = 0; case_number < CASES; case_number++) check(&arena, &p, random_receipt());
	}
}

static void a_later_receipt_is_never_due_earlier(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	source = random_source_seeded(SEED + 1);
	for (policy_number = 0; policy_number < POLICIES; policy_number++) {
		struct policy p;

		arena_clear(&arena);
		random_policy(&arena, &p);
		for (int i = 0; i < CASES * 10; i++) {
			struct duration d = random_duration();
			instant first = random_receipt(), second = first + below(3 * 1440) * MINUTE_MS;

			if (d.kind == DURATION_WORKING_DAYS)
				d.end = END_CLOSE_OF_BUSINESS; /* same time may be clipped at a close */
			assert_true(clock_add(&p, d, first) <= clock_add(&p, d, second));
			assert_true(clock_add(&p, d, first) > first);
		}
	}
}

static void open_minutes_undo_working_hours(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	source = random_source_seeded(SEED + 2);
	for (policy_number = 0; policy_number < POLICIES; policy_number++) {
		struct policy p;

		arena_clear(&arena);
		random_policy(&arena, &p);
		for (int i = 0; i < CASES * 10; i++) {
			struct duration d = {DURATION_WORKING_HOURS, 1 + below(60), END_SAME_TIME};
			instant received = random_receipt();

			assert_int_equal(clock_open_minutes(&p, received, clock_add(&p, d, received)), d.n * 60);
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_duration_ends_where_a_minute_by_minute_walk_ends),
		cmocka_unit_test(a_later_receipt_is_never_due_earlier),
		cmocka_unit_test(open_minutes_undo_working_hours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
