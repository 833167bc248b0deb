#include "unit.h"

#include "base/london.h"
#include "twin/course.h"

struct shares {
	int all;
	int late;
	int notifications;
	int unnecessary; /* of the notifications */
};

static void draw_one(const struct policy *policy, uint64_t n, struct shares *shares)
{
	struct draw draw = draw_of(1, 1, n);
	struct told told;
	struct course c;
	struct course_drawing in = {.draw = &draw,
		.policy = policy,
		.told = &told,
		.received = london_midnight(16500) + (instant)n * 17 * MINUTE_MS,
		.pace = 1,
		.stage = COURSE_CLOSED,
		.children = 2};

	in.until = in.received + (n % 10 ? 60 * DAY_MS : 2 * HOUR_MS);
	told_draw(&draw, &told);
	course_draw(&in, &c);
	assert_true(c.received <= c.screened && c.screened <= c.recommended && c.recommended <= c.ended);
	assert_true(c.ended <= c.closed && c.closed < in.until);
	if (!c.screened_out) assert_true(c.screened <= c.allocated && c.allocated <= c.recommended);
	assert_true(c.by_night || c.rag == RAG_RED || n % 10 == 0 || clock_is_open(policy, c.ended) || c.ended == c.due);
	shares->all++;
	if (c.ended > c.due) shares->late++;
	if (!told.domestic_abuse_notification) return;
	shares->notifications++;
	if (!c.necessary) shares->unnecessary++;
}

static void a_course_is_in_order_over_before_the_present_and_mostly_in_time(void **state)
{
	struct shares shares = {0};
	struct arena arena;
	struct policy policy;

	(void)state;
	arena_init(&arena, (size_t)1 << 24);
	policy_default(&arena, &policy);
	for (uint64_t n = 0; n < 20000; n++) draw_one(&policy, n, &shares);
	assert_in_range(shares.late * 1000 / shares.all, 5, 35);
	assert_in_range(shares.notifications * 1000 / shares.all, 360, 440);
	assert_in_range(shares.unnecessary * 1000 / shares.notifications, 650, 710);
	arena_release(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_course_is_in_order_over_before_the_present_and_mostly_in_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
