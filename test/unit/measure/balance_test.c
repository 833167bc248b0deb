#include "unit.h"

#include "measure/balance.h"

/* domain.md, "Balance": opening + received + reopened + moved_in + corrections - completed - withdrawn - moved_out. */
static const struct balance whole = {.opening = 71,
	.received = 19,
	.reopened = 1,
	.moved_in = 2,
	.corrections = -1,
	.completed = 21,
	.withdrawn = 1,
	.moved_out = 3,
	.closing = 67};

static void a_return_balances_or_says_by_how_much_not(void **state)
{
	struct balance b = whole;
	struct error err;

	(void)state;
	error_clear(&err);
	assert_int_equal(balance_difference(&b), 0);
	assert_true(balance_check(&b, "enquiries", &err));
	b.closing = 65;
	assert_int_equal(balance_difference(&b), -2);
	assert_false(balance_check(&b, "enquiries", &err));
	assert_error(&err, ERROR_REFUSED, "the enquiries don't balance: closing is 65, and should be 67");
}

static void children_are_also_added_and_removed(void **state)
{
	struct balance b = whole;

	(void)state;
	b.added = 3;
	b.removed = 1;
	assert_int_equal(balance_expected(&b), 69);
}

static void a_day_opens_with_what_the_day_before_closed_with(void **state)
{
	struct error err;

	(void)state;
	error_clear(&err);
	assert_true(balance_follows(&whole, 71, "enquiries", &err));
	assert_false(balance_follows(&whole, 70, "enquiries", &err));
	assert_error(&err, ERROR_REFUSED, "opens with 71 enquiries, and the day before closed with 70");
}

static void what_moves_in_over_the_hub_has_moved_out(void **state)
{
	struct balance hub = whole, other = {.moved_in = 1, .opening = 5, .closing = 6};
	struct error err;

	(void)state;
	error_clear(&err);
	assert_false(balance_moves_check(&hub, "enquiries", &err));
	assert_error(&err, ERROR_REFUSED, "2 enquiries moved into a workstream, and 3 moved out");
	balance_add(&hub, &other);
	assert_true(balance_moves_check(&hub, "enquiries", &err));
	assert_int_equal(hub.opening, 76);
	assert_int_equal(balance_difference(&hub), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_return_balances_or_says_by_how_much_not),
		cmocka_unit_test(children_are_also_added_and_removed),
		cmocka_unit_test(a_day_opens_with_what_the_day_before_closed_with),
		cmocka_unit_test(what_moves_in_over_the_hub_has_moved_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
