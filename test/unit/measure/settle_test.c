#include "unit.h"

#include "base/random_source.h"
#include "measure/settle.h"

#define NONE INSTANT_NONE

/* Small numbers stand for instants; what is asked is the order of things. Each row follows domain.md, "In time". */
static const struct {
	const char *what;
	struct clocked c;
	instant before;
	enum settled status;
	instant settles;
} rows[] = {
	{"decided before due", {100, 90, NONE}, 200, SETTLED_IN_TIME, 90},
	{"decided at due: on time", {100, 100, NONE}, 200, SETTLED_IN_TIME, 100},
	{"decided late: settled the moment due passed", {100, 101, NONE}, 200, SETTLED_LATE_DONE, 100},
	{"late and open counts at once", {100, NONE, NONE}, 101, SETTLED_LATE_OPEN, 100},
	{"at due, still time", {100, NONE, NONE}, 100, SETTLED_NOT_YET_DUE, 100},
	{"decided, but later than what is known", {100, 90, NONE}, 90, SETTLED_NOT_YET_DUE, 90},
	{"late now, decided later than what is known", {100, 150, NONE}, 120, SETTLED_LATE_OPEN, 100},
	{"withdrawn before due never settles", {100, NONE, 50}, 200, SETTLED_WITHDRAWN, NONE},
	{"late, then withdrawn: it was late", {100, NONE, 150}, 200, SETTLED_LATE_DONE, 100},
	{"not yet rated", {NONE, NONE, NONE}, 200, SETTLED_NOT_YET_DUE, NONE},
	{"withdrawn unrated", {NONE, NONE, 50}, 200, SETTLED_WITHDRAWN, NONE},
};

static void an_enquiry_settles_once_in_time_or_late(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (settle_status(&rows[i].c, rows[i].before) != rows[i].status) fail_msg("%s", rows[i].what);
		if (settle_instant(&rows[i].c) != rows[i].settles) fail_msg("%s: when", rows[i].what);
	}
}

static void a_window_includes_its_start_and_not_its_end(void **state)
{
	struct clocked c = {.due_at = 100, .done_at = 60, .withdrawn_at = NONE};

	(void)state;
	assert_true(settle_in_window(&c, (struct window){60, 61}));
	assert_false(settle_in_window(&c, (struct window){50, 60}));
	assert_false(settle_in_window(&c, (struct window){61, 200}));
	assert_true(settle_in_time(&c));
}

/* Day by day over a thousand random histories: every enquiry is in one class, and settles in one window at most. */
static void received_is_the_sum_of_what_became_of_them(void **state)
{
	struct random_source source = random_source_seeded(98);

	(void)state;
	for (int round = 0; round < 1000; round++) {
		struct settle_tally tally = {0};
		int64_t settled = 0, windows = 0;

		for (int i = 0; i < 30; i++) {
			struct clocked c = {NONE, NONE, NONE};

			if (random_below(&source, 10)) c.due_at = (instant)random_below(&source, 100);
			if (random_below(&source, 3))
				c.done_at = (instant)random_below(&source, 100);
			else if (random_below(&source, 4) == 0)
				c.withdrawn_at = (instant)random_below(&source, 100);
			settle_count(&tally, &c, 60);
			for (instant start = 0; start < 60; start += 10)
				windows += settle_in_window(&c, (struct window){start, start + 10});
		}
		assert_true(settle_identity_holds(&tally));
		settled = tally.count[SETTLED_IN_TIME] + tally.count[SETTLED_LATE_DONE] + tally.count[SETTLED_LATE_OPEN];
		assert_int_equal(settled, windows);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_enquiry_settles_once_in_time_or_late),
		cmocka_unit_test(a_window_includes_its_start_and_not_its_end),
		cmocka_unit_test(received_is_the_sum_of_what_became_of_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
