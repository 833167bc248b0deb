/*
 * Finding a child where very many match: who is called exactly so is found, however old, and the list says that there are
 * more.
 */
#include "fixture.h"
#include "steps.h"

#include "hub/enquiry_list.h"

struct search {
	const char *query;
	struct enquiry_found_list found;
};

static bool search(struct hub *hub, void *with, struct error *err)
{
	struct search *search = with;

	return enquiry_search(hub, text_of(search->query), &search->found, err);
}

static struct enquiry_found_list found(struct fixture *f, const char *query)
{
	struct search asked = {.query = query};
	struct error err = {0};

	assert_true(fixture_read(f, BY("nair", MONDAY_AT("16:00")), search, &asked, &err));
	return asked.found;
}

/* Of the oldest enquiry the one child who is called exactly so; of later ones four hundred and fifty whose names begin so. */
static struct text one_among_many(struct fixture *f)
{
	struct text oldest = fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:00"), .family_name = "Lee"});

	fixture_change(f, "update child set given_name = 'Ana' where id = 1");
	for (int i = 0; i < 9; i++)
		fixture_receive(
			f, (struct given){
				   .received_at = MONDAY_AT("10:00"), .family_name = i % 2 ? "Leeson" : "Lees", .children = 50});
	fixture_change(f, "update child set given_name = 'Anabel' where id > 1");
	return oldest;
}

static void who_is_called_exactly_so_comes_before_who_is_nearly(void **state)
{
	static const char *const queries[] = {"lee", "Lee", "ana", "ana lee", "ANA  Lee"};
	struct fixture *f = *state;
	struct text oldest = one_among_many(f);

	for (size_t i = 0; i < COUNT_OF(queries); i++) {
		struct enquiry_found_list list = found(f, queries[i]);

		assert_int_equal(list.count, FOUND_MOST);
		assert_true(list.more);
		assert_text(list.rows[0].reference, oldest.ptr);
		for (size_t k = 1; k + 1 < list.count; k++)
			assert_true(list.rows[k].received_at >= list.rows[k + 1].received_at);
	}
}

static void first_letters_find_every_family_name_that_begins_so(void **state)
{
	struct fixture *f = *state;
	struct text leach = fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:00"), .family_name = "Leach"});

	fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .family_name = "Lee", .children = 2});
	fixture_receive(f, (struct given){.received_at = MONDAY_AT("11:00"), .family_name = "Lo", .children = 3});
	assert_int_equal(found(f, "ch le").count, 3);
	assert_int_equal(found(f, "ch l").count, 6);
	assert_int_equal(found(f, "ch lea").count, 1);
	assert_text(found(f, "ch lea").rows[0].reference, leach.ptr);
	assert_int_equal(found(f, "ch m").count, 0);
	assert_int_equal(found(f, "cha le").count, 0);
	assert_false(found(f, "ch l").more);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		fixture_test(who_is_called_exactly_so_comes_before_who_is_nearly),
		fixture_test(first_letters_find_every_family_name_that_begins_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
