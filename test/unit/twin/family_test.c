#include "unit.h"

#include "rules/identifiers.h"
#include "twin/family.h"

#define FIRST_CAME 16000

static void a_number_gives_the_same_family_for_ever(void **state)
{
	struct family one, other, next;

	(void)state;
	memset(&one, 0, sizeof one);
	memset(&other, 0, sizeof other);
	family_make(7, 42, FIRST_CAME, &one);
	family_make(7, 42, FIRST_CAME, &other);
	family_make(7, 43, FIRST_CAME, &next);
	assert_string_equal(one.address, other.address);
	assert_string_equal(one.children[0].given, other.children[0].given);
	assert_string_not_equal(one.address, next.address);
}

static void numbers_and_postcodes_are_such_as_a_form_takes(void **state)
{
	struct arena arena;
	struct family family;
	struct text kept;
	const char *why;

	(void)state;
	arena_init(&arena, (size_t)1 << 24);
	for (uint32_t n = 0; n < 2000; n++) {
		family_make(1, n, FIRST_CAME, &family);
		assert_true(postcode_parse(&arena, text_of(family.postcode), &kept, &why));
		for (size_t i = 0; i < family.child_count; i++) {
			const struct family_child *child = &family.children[i];

			if (child->nhs[0]) assert_true(nhs_number_parse(&arena, text_of(child->nhs), &kept, &why));
			assert_true(child->born == DAY_NONE || child->expected == DAY_NONE);
			assert_true(child->born == DAY_NONE ? child->expected > FIRST_CAME : child->born <= FIRST_CAME);
		}
	}
	arena_release(&arena);
}

/* Told again some are told differently, and who is told the same is known for the same. */
static void most_children_are_known_again_and_some_are_not(void **state)
{
	struct draw draw = draw_of(1, 1, 1);
	struct family was, again;
	int known = 0, numbered = 0, moved = 0;

	(void)state;
	for (uint32_t n = 0; n < 2000; n++) {
		struct telling telling = {.draw = &draw, .moves = n % 2, .seed = 1, .number = n, .on = FIRST_CAME + 400};

		family_make(1, n, FIRST_CAME, &was);
		again = was;
		family_tell_again(&telling, &again);
		assert_true(again.children[0].born != DAY_NONE);
		if (was.children[0].nhs[0]) numbered++;
		if (family_child_known(&was.children[0], &again.children[0])) known++;
		if (strcmp(was.address, again.address) != 0) moved++;
	}
	assert_in_range(known, numbered * 7 / 10, numbered * 95 / 100);
	assert_int_equal(moved, 1000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_gives_the_same_family_for_ever),
		cmocka_unit_test(numbers_and_postcodes_are_such_as_a_form_takes),
		cmocka_unit_test(most_children_are_known_again_and_some_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
