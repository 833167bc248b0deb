#include "unit.h"

#include "rules/child.h"

static day on(const char *iso)
{
	day ret = DAY_NONE;

	if (iso && !day_parse(text_of(iso), &ret)) fail_msg("%s", iso);
	return ret;
}

/* The enquiry came on 30 June 2015. */
static void the_particulars_of_a_child_fit_each_other(void **state)
{
	static const struct {
		const char *birth, *expected, *disability, *factor, *field, *words;
	} rows[] = {
		{"2009-07-13", NULL, NULL, NULL, NULL, NULL},
		{NULL, "2015-09-03", NULL, NULL, NULL, NULL},
		{NULL, NULL, NULL, NULL, NULL, NULL},
		{"2015-06-30", NULL, NULL, NULL, NULL, NULL},
		{"2015-07-01", NULL, NULL, NULL, "date_of_birth", "must not be after the enquiry"},
		{"1909-07-13", NULL, NULL, NULL, "date_of_birth", "check the year"},
		{"2009-07-13", "2015-09-03", NULL, NULL, "expected_date", "not both"},
		{NULL, "2016-06-30", NULL, NULL, "expected_date", "ten months"},
		{NULL, "2015-06-01", NULL, NULL, NULL, NULL},
		{NULL, "2015-03-01", NULL, NULL, "expected_date", "past"},
		{NULL, NULL, "NONE", "21", NULL, NULL},
		{NULL, NULL, "LD;AUT", "3B;4B", NULL, NULL},
		{NULL, NULL, "NONE;AUT", NULL, "disability", "NONE can't stand beside"},
		{NULL, NULL, NULL, "3B;21", "factor", "21 can't stand beside"},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct child_particulars c = {
			on(rows[i].birth), on(rows[i].expected), text_of(rows[i].disability), text_of(rows[i].factor)};
		struct error err;
		struct decoder d = {.arena = &arena, .err = &err, .list = "children", .index = 1};
		char field[64];

		error_clear(&err);
		if (child_check(&d, &c, on("2015-06-30")) != !rows[i].field) fail_msg("row %d", (int)i);
		if (!rows[i].field) continue;
		snprintf(field, sizeof field, "children/1/%s", rows[i].field);
		assert_non_null(error_find(&err, field));
		assert_non_null(strstr(error_find(&err, field)->message, rows[i].words));
	}
}

static void an_age_is_said_as_people_say_it(void **state)
{
	static const struct {
		const char *birth, *expected, *words;
	} rows[] = {
		{"2009-07-13", NULL, "5 years"},
		{"2013-06-30", NULL, "2 years"},
		{"2013-07-01", NULL, "23 months"},
		{"2015-05-30", NULL, "1 month"},
		{"2015-05-31", NULL, "30 days"},
		{"2015-06-29", NULL, "1 day"},
		{"2015-06-30", NULL, "0 days"},
		{NULL, "2015-09-03", "unborn, due 3 September 2015"},
		{NULL, NULL, "age not known"},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_text(child_age_words(&arena, on(rows[i].birth), on(rows[i].expected), on("2015-06-30")), rows[i].words);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_particulars_of_a_child_fit_each_other),
		cmocka_unit_test(an_age_is_said_as_people_say_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
