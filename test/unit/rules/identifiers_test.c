#include "unit.h"

#include "rules/identifiers.h"

typedef bool parser(struct arena *, struct text, struct text *, const char **);

struct row {
	const char *typed;
	const char *stored; /* NULL: refused */
};

static void check_table(parser *parse, const struct row *rows, size_t count)
{
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < count; i++) {
		struct text got = TEXT_NONE;
		const char *why = NULL;

		if (parse(&arena, text_of(rows[i].typed), &got, &why) != (rows[i].stored != NULL))
			fail_msg("\"%s\" was %s", rows[i].typed, rows[i].stored ? "refused" : "taken");
		assert_text(got, rows[i].stored);
		if (!rows[i].stored) assert_non_null(why);
	}
}

/* Valid ones: domain.md. The others differ from them in one digit, or have no check digit (ten) by the published rule. */
static void an_nhs_number_has_ten_digits_that_fit(void **state)
{
	static const struct row rows[] = {
		{"9434765919", "9434765919"},
		{"4010232137", "4010232137"},
		{"943 476 5919", "9434765919"},
		{"943-476-5919", "9434765919"},
		{"9434765918", NULL},
		{"9434756919", NULL},
		{"943476591", NULL},
		{"94347659190", NULL},
		{"1111111111", NULL},
		{"0000000000", NULL},
		{"943476591X", NULL},
		{"1000000010", NULL}, /* the sum leaves 1: check digit ten */
		{"", NULL},
	};

	(void)state;
	check_table(nhs_number_parse, rows, COUNT_OF(rows));
}

static void an_nhs_number_is_shown_three_three_four(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_text(nhs_number_shown(&arena, TEXT("9434765919")), "943 476 5919");
	assert_text(nhs_number_shown(&arena, TEXT_NONE), NULL);
}

/* domain.md; the last two: DfE, A guide to unique pupil numbers (a temporary number ends in a letter). */
static void a_pupil_number_starts_with_the_letter_its_digits_call_for(void **state)
{
	static const struct row rows[] = {
		{"A950000178301", "A950000178301"},
		{"H243278544154", "H243278544154"},
		{"h243278544154", "H243278544154"},
		{"R247962919251", NULL},
		{"A950000178302", NULL},
		{"I950000178301", NULL},
		{"A95000017830", NULL},
		{"A95000017830O", NULL},
		{"", NULL},
	};

	(void)state;
	check_table(upn_parse, rows, COUNT_OF(rows));
}

static void a_property_number_has_up_to_twelve_digits(void **state)
{
	static const struct row rows[] = {
		{"100120827227", "100120827227"},
		{"010009", "10009"},
		{"1", "1"},
		{"0", NULL},
		{"1001208272277", NULL},
		{"10012O827227", NULL},
		{"", NULL},
	};

	(void)state;
	check_table(uprn_parse, rows, COUNT_OF(rows));
}

/* Shapes: Royal Mail, PAF programmers' guide; GIR 0AA and ZZ99: NHS Data Dictionary. */
static void a_postcode_is_put_in_one_form(void **state)
{
	static const struct row rows[] = {
		{"OX14 5XE", "OX14 5XE"},
		{"ox145xe", "OX14 5XE"},
		{" o x 1 4 5 x e ", "OX14 5XE"},
		{"M1 1AE", "M1 1AE"},
		{"M60 1NW", "M60 1NW"},
		{"CR2 6XH", "CR2 6XH"},
		{"DN55 1PT", "DN55 1PT"},
		{"W1A 1HQ", "W1A 1HQ"},
		{"EC1A 1BB", "EC1A 1BB"},
		{"GIR 0AA", "GIR 0AA"},
		{"ZZ99 3VZ", "ZZ99 3VZ"},
		{"ZZ99 3CZ", "ZZ99 3CZ"},
		{"OX14", NULL},
		{"OX14 5X", NULL},
		{"OX145 5XE", NULL},
		{"QX14 5XE", NULL},
		{"OX14 5CE", NULL},
		{"5XE OX14", NULL},
		{"AI1 1AA", NULL},
		{"", NULL},
	};

	(void)state;
	check_table(postcode_parse, rows, COUNT_OF(rows));
}

/* "A12425GABC1234002" has check M: the IFPI's GRid standard, which uses ISO/IEC 7064 MOD 37,36. */
static void the_check_character_is_iso_7064_mod_37_36(void **state)
{
	(void)state;
	assert_int_equal(mod_37_36(TEXT("A12425GABC1234002")), 'M');
	assert_int_equal(mod_37_36(TEXT("A1-2425G-ABC1234002")), 'M');
}

/* The references in pages.md. */
static void a_reference_is_prefix_year_number_and_check(void **state)
{
	static const struct {
		int64_t number;
		const char *reference;
	} rows[] = {{417, "OX-15-00417-H"}, {441, "OX-15-00441-H"}, {409, "OX-15-00409-H"}, {432, "OX-15-00432-J"}};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_text(reference_make(&arena, TEXT("OX"), 2015, rows[i].number), rows[i].reference);
}

static void a_typed_reference_is_found_and_a_wrong_one_is_not(void **state)
{
	static const struct row rows[] = {
		{"OX-15-00417-H", "OX-15-00417-H"},
		{" ox-15-00417-h ", "OX-15-00417-H"},
		{"ox1500417h", "OX-15-00417-H"},
		{"OX-15-00418-H", NULL}, /* one digit */
		{"OX-15-00471-H", NULL}, /* two changed places */
		{"OX-15-00417", NULL},
		{"OX-15-417-H", NULL},
		{"OX/15/00417/H", NULL},
		{"1500417H", NULL},
		{"", NULL},
		{"OX-15-00417-H-OX-15-00417-H", NULL},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct text got = TEXT_NONE;

		assert_int_equal(reference_parse(&arena, text_of(rows[i].typed), &got), rows[i].stored != NULL);
		assert_text(got, rows[i].stored);
	}
}

static void a_reference_reads_back_whatever_its_prefix(void **state)
{
	static const char *const prefixes[] = {"X", "OX", "LBH", "E09", "A1B2C3"};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (size_t i = 0; i < COUNT_OF(prefixes); i++)
		for (int64_t number = 1; number < 10000000; number = number * 7 + 3) {
			struct text made = reference_make(&arena, text_of(prefixes[i]), 2026, number), got;

			assert_true(reference_parse(&arena, made, &got));
			assert_true(text_equal(made, got));
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_nhs_number_has_ten_digits_that_fit),
		cmocka_unit_test(an_nhs_number_is_shown_three_three_four),
		cmocka_unit_test(a_pupil_number_starts_with_the_letter_its_digits_call_for),
		cmocka_unit_test(a_property_number_has_up_to_twelve_digits),
		cmocka_unit_test(a_postcode_is_put_in_one_form),
		cmocka_unit_test(the_check_character_is_iso_7064_mod_37_36),
		cmocka_unit_test(a_reference_is_prefix_year_number_and_check),
		cmocka_unit_test(a_typed_reference_is_found_and_a_wrong_one_is_not),
		cmocka_unit_test(a_reference_reads_back_whatever_its_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
