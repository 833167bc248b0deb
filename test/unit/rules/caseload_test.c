#include "unit.h"

#include "rules/caseload.h"

/* domain.md: the cap of 25 is hard; cap times share of hours, rounded down; "25 of 15, over" takes no more. */
static const struct {
	struct caseload caseload;
	int limit, room, target;
	const char *words;
} rows[] = {
	{{17, 25, 100, false}, 25, 8, 10, "17 of 25"},
	{{24, 25, 100, false}, 25, 1, 10, "24 of 25"},
	{{25, 25, 100, false}, 25, 0, 10, "25 of 25"},
	{{25, 25, 60, false}, 15, 0, 6, "25 of 15, over"},
	{{3, 25, 50, false}, 12, 9, 5, "3 of 12"},
	{{3, 25, 33, false}, 8, 5, 3, "3 of 8"},
	{{0, 25, 0, false}, 0, 0, 0, "0 of 0"},
	{{8, 25, 100, true}, 0, 0, 0, "8 open, away"},
	{{0, 25, 100, true}, 0, 0, 0, "0 open, away"},
};

static void room_follows_from_the_cap_the_hours_and_being_here(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct caseload *c = &rows[i].caseload;
		struct error err;

		error_clear(&err);
		assert_int_equal(caseload_limit(c), rows[i].limit);
		assert_int_equal(caseload_room(c), rows[i].room);
		assert_int_equal(caseload_target(c, 10), rows[i].target);
		assert_text(caseload_words(&arena, c), rows[i].words);
		assert_int_equal(caseload_takes(c, TEXT("Asha Rahman"), &err), rows[i].room > 0);
	}
}

static void who_is_full_or_away_is_refused_by_name(void **state)
{
	struct error err;

	(void)state;
	error_clear(&err);
	assert_false(caseload_takes(&(struct caseload){25, 25, 100, false}, TEXT("Asha Rahman"), &err));
	assert_error(&err, ERROR_REFUSED, "Asha Rahman holds 25 of 25");
	assert_false(caseload_takes(&(struct caseload){0, 25, 100, true}, TEXT("Dayo Okafor"), &err));
	assert_error(&err, ERROR_REFUSED, "Dayo Okafor is away");
}

/* Property: however many are offered, a worker who takes only when there is room never passes the limit. */
static void taking_while_there_is_room_stops_at_the_limit(void **state)
{
	(void)state;
	for (int cap = 0; cap <= 30; cap++)
		for (int hours = 0; hours <= 100; hours += 5) {
			struct caseload c = {0, cap, hours, false};

			while (caseload_room(&c) > 0) c.open++;
			assert_int_equal(c.open, cap * hours / 100);
			assert_true(c.open <= cap);
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_follows_from_the_cap_the_hours_and_being_here),
		cmocka_unit_test(who_is_full_or_away_is_refused_by_name),
		cmocka_unit_test(taking_while_there_is_room_stops_at_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
