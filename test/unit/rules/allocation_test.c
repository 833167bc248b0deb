#include "unit.h"

#include "rules/allocation.h"

#define WORKER(number, held, due, last)                                                                                \
	{                                                                                                                  \
		.id = number, .name = {"W" #number, 2}, .staff_number = {"S" #number, 2}, .caseload = {held, 25, 100, false},  \
		.due_today = due, .last_given_at = last                                                                        \
	}

struct expected {
	int64_t id; /* nought: nobody */
	const char *why;
};

/* Whatever order the rows come in, the same person is recommended, for the same reason. */
static void assert_recommends(const struct allocation_worker *given, size_t count, struct expected expected)
{
	struct allocation_worker workers[4];
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t turn = 0; turn < count; turn++) {
		struct allocation got;

		for (size_t i = 0; i < count; i++) workers[i] = given[(i + turn) % count];
		if (!allocation_recommend(&arena, workers, count, &got)) {
			assert_int_equal(expected.id, 0);
			continue;
		}
		assert_int_equal(workers[got.worker].id, expected.id);
		assert_text(got.why, expected.why);
	}
}

/* domain.md, "Recommended allocation": each rule in turn decides where those before it can't. */
static void the_worker_is_the_first_that_a_rule_tells_apart(void **state)
{
	static const struct allocation_worker room[] = {WORKER(1, 20, 0, 0), WORKER(2, 17, 9, 9), WORKER(3, 24, 0, 0)};
	static const struct allocation_worker due[] = {WORKER(1, 17, 3, 0), WORKER(2, 17, 2, 9), WORKER(3, 24, 0, 0)};
	static const struct allocation_worker last[] = {WORKER(1, 17, 2, 9), WORKER(2, 17, 2, 5), WORKER(3, 17, 2, 7)};
	static const struct allocation_worker number[] = {WORKER(3, 17, 2, 5), WORKER(1, 17, 2, 5), WORKER(2, 17, 2, 5)};
	static const struct allocation_worker never[] = {WORKER(1, 17, 2, 5), WORKER(2, 17, 2, INSTANT_NONE)};

	(void)state;
	assert_recommends(room, 3, (struct expected){2, "most room; from 17 of 25 to 18 of 25"});
	assert_recommends(
		due, 3, (struct expected){2, "as much room as others and fewest due today; from 17 of 25 to 18 of 25"});
	assert_recommends(last, 3,
		(struct expected){2, "as much room and as little due as others, longest since last given one; "
							 "from 17 of 25 to 18 of 25"});
	assert_recommends(number, 3,
		(struct expected){1, "equal to others in everything else, first by staff number; from 17 of 25 to 18 of 25"});
	assert_recommends(never, 2,
		(struct expected){2, "as much room and as little due as others, longest since last given one; "
							 "from 17 of 25 to 18 of 25"});
}

static void the_same_family_goes_before_room_but_not_past_the_cap(void **state)
{
	struct allocation_worker workers[] = {WORKER(1, 3, 0, 0), WORKER(2, 24, 9, 9)};

	(void)state;
	workers[1].same_family = true;
	assert_recommends(workers, 2, (struct expected){2, "holds the same family; from 24 of 25 to 25 of 25"});
	workers[1].caseload.open = 25;
	assert_recommends(workers, 2, (struct expected){1, "the only one with room; from 3 of 25 to 4 of 25"});
}

static void who_holds_a_linked_enquiry_goes_before_room_but_after_the_family(void **state)
{
	struct allocation_worker workers[] = {WORKER(1, 3, 0, 0), WORKER(2, 24, 9, 9), WORKER(3, 20, 0, 0)};

	(void)state;
	workers[1].same_incident = true;
	assert_recommends(
		workers, 3, (struct expected){2, "holds a linked enquiry about the same incident; from 24 of 25 to 25 of 25"});
	workers[2].same_family = true;
	assert_recommends(workers, 3, (struct expected){3, "holds the same family; from 20 of 25 to 21 of 25"});
}

static void who_is_away_full_or_excluded_is_never_recommended(void **state)
{
	struct allocation_worker workers[] = {WORKER(1, 0, 0, 0), WORKER(2, 25, 0, 0), WORKER(3, 0, 0, 0)};

	(void)state;
	workers[0].caseload.away = true;
	workers[2].excluded = true;
	assert_recommends(workers, 3, (struct expected){0, NULL});
	workers[1].caseload.open = 24;
	assert_recommends(workers, 3, (struct expected){2, "the only one with room; from 24 of 25 to 25 of 25"});
}

static void part_time_counts_by_its_own_limit(void **state)
{
	struct allocation_worker workers[] = {WORKER(1, 10, 0, 0), WORKER(2, 17, 0, 0)};

	(void)state;
	workers[0].caseload.hours_percent = 60;
	assert_recommends(workers, 2, (struct expected){2, "most room; from 17 of 25 to 18 of 25"});
}

static void enquiries_are_taken_by_rating_then_due_then_number(void **state)
{
	static const struct allocation_enquiry in_order[] = {{7, RAG_RED, 500}, {1, RAG_AMBER, 100}, {2, RAG_AMBER, 100},
		{3, RAG_AMBER, 200}, {4, RAG_GREEN, 50}, {5, RAG_GREEN, INSTANT_NONE}, {6, RAG_NONE, 10}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(in_order); i++)
		for (size_t k = 0; k < COUNT_OF(in_order); k++) {
			int got = allocation_compare_enquiries(&in_order[i], &in_order[k]);

			assert_int_equal((got > 0) - (got < 0), (i > k) - (i < k));
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_worker_is_the_first_that_a_rule_tells_apart),
		cmocka_unit_test(the_same_family_goes_before_room_but_not_past_the_cap),
		cmocka_unit_test(who_holds_a_linked_enquiry_goes_before_room_but_after_the_family),
		cmocka_unit_test(who_is_away_full_or_excluded_is_never_recommended),
		cmocka_unit_test(part_time_counts_by_its_own_limit),
		cmocka_unit_test(enquiries_are_taken_by_rating_then_due_then_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
