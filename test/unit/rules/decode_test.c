#include "unit.h"

#include <math.h>

#include "base/london.h"
#include "rules/decode.h"

struct fixture {
	struct arena arena;
	struct error err;
	struct decoder decoder;
};

static int set_up(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, ARENA_REQUEST_BYTES);
	error_clear(&f.err);
	f.decoder = (struct decoder){.arena = &f.arena, .err = &f.err};
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

/* The field has this problem, or with NULL none. */
static void assert_problem(struct fixture *f, const char *field, const char *words)
{
	const struct error_field *found = error_find(&f->err, field);

	if (!words) {
		if (found) fail_msg("%s: %s", field, found->message);
		return;
	}
	if (!found || !strstr(found->message, words)) fail_msg("%s: %s", field, found ? found->message : "no problem");
}

static void a_text_is_trimmed_checked_and_never_cut(void **state)
{
	static const struct {
		enum field field;
		const char *raw;
		const char *stored;
		const char *problem;
	} rows[] = {
		{FIELD_given_name, "  Zo\xc3\xab ", "Zo\xc3\xab", NULL},
		{FIELD_given_name, "   ", NULL, NULL},
		{FIELD_given_name, "Zo\xeb", NULL, "UTF-8"},
		{FIELD_given_name, "a\tb", NULL, "one line"},
		{FIELD_summary, "a\r\nb\rc\nd", "a\nb\nc\nd", NULL},
		{FIELD_rag, "amber", "amber", NULL},
		{FIELD_rag, "mauve", NULL, "\"mauve\" is not a rating: use red, amber or green"},
		{FIELD_source_code, "99", NULL, "not a known code for source"},
		{FIELD_concern, "neglect; missing;neglect", "neglect;missing", NULL},
		{FIELD_concern, "neglect;nonsense", NULL, "nonsense"},
		{FIELD_nhs_number, "943 476 5919", "9434765919", NULL},
		{FIELD_nhs_number, "1111111111", NULL, "Ten equal digits"},
		{FIELD_postcode, "ox145xe", "OX14 5XE", NULL},
		{FIELD_postcode, "Oxford", NULL, "postcode"},
		{FIELD_email, "priya.nair@example.org", "priya.nair@example.org", NULL},
		{FIELD_email, "priya.nair@", NULL, "name@example.com"},
		{FIELD_email, "a b@example.org", NULL, "name@example.com"},
		{FIELD_referrer_phone, "01632 960196", "01632 960196", NULL},
		{FIELD_referrer_phone, "none", NULL, "telephone"},
		{FIELD_password, " as typed ", " as typed ", NULL},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		error_clear(&f->err);
		assert_text(decode_text(&f->decoder, rows[i].field, text_of(rows[i].raw)), rows[i].stored);
		assert_problem(f, field_name(rows[i].field), rows[i].problem);
	}
}

static void a_line_is_measured_in_characters(void **state)
{
	struct fixture *f = *state;
	char name[401];

	for (size_t i = 0; i < 200; i++) name[2 * i] = (char)0xc3, name[2 * i + 1] = (char)0xa9;
	assert_int_equal(decode_text(&f->decoder, FIELD_given_name, (struct text){name, 200}).len, 200);
	assert_true(decode_ok(&f->decoder));
	assert_text(decode_text(&f->decoder, FIELD_given_name, (struct text){name, 202}), NULL);
	assert_problem(f, "given_name", "100 characters or fewer; this is 101");
}

/* interfaces.md: 65,536 bytes are taken whole, 10 MB refused. */
static void a_narrative_of_64_kb_is_whole_and_one_byte_more_refused(void **state)
{
	struct fixture *f = *state;
	char *said = arena_alloc(&f->arena, 10 << 20);

	memset(said, 'x', 10 << 20);
	assert_int_equal(decode_text(&f->decoder, FIELD_summary, (struct text){said, 65536}).len, 65536);
	assert_true(decode_ok(&f->decoder));
	assert_text(decode_text(&f->decoder, FIELD_summary, (struct text){said, 65537}), NULL);
	assert_problem(f, "summary", "65537 bytes, and 65536 are taken");
	error_clear(&f->err);
	assert_text(decode_text(&f->decoder, FIELD_summary, (struct text){said, 10 << 20}), NULL);
	assert_problem(f, "summary", "10485760 bytes");
}

static void a_date_is_real_or_refused(void **state)
{
	static const struct {
		const char *mday, *month, *year, *iso, *problem;
	} rows[] = {
		{"13", "7", "2009", "2009-07-13", NULL},
		{"1", "March", "2012", "2012-03-01", NULL},
		{"29", "2", "2012", "2012-02-29", NULL},
		{"29", "2", "2013", NULL, "real date"},
		{"31", "4", "2013", NULL, "real date"},
		{"13", "7", "09", NULL, "four digits"},
		{"13", "", "2009", NULL, "include a month"},
		{"x", "7", "2009", NULL, "real date"},
		{"", " ", "", NULL, NULL},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		day got;

		error_clear(&f->err);
		got = decode_day_parts(
			&f->decoder, FIELD_date_of_birth, text_of(rows[i].mday), text_of(rows[i].month), text_of(rows[i].year));
		assert_text(day_iso(&f->arena, got), rows[i].iso);
		assert_problem(f, "date_of_birth", rows[i].problem);
	}
	assert_text(day_iso(&f->arena, decode_day(&f->decoder, FIELD_date, TEXT(" 2009-07-13 "))), "2009-07-13");
	assert_int_equal(decode_day(&f->decoder, FIELD_date, TEXT("13/07/2009")), DAY_NONE);
	assert_problem(f, "date", "2009-07-13");
}

static void an_instant_has_its_offset_and_whole_seconds(void **state)
{
	struct fixture *f = *state;
	instant got = decode_instant(&f->decoder, FIELD_received_at, TEXT("2015-06-30T10:42:07.9+01:00"));

	assert_text(london_iso(&f->arena, got), "2015-06-30T10:42:07+01:00");
	assert_int_equal(decode_instant(&f->decoder, FIELD_received_at, TEXT("2015-06-30T10:42:07")), INSTANT_NONE);
	assert_problem(f, "received_at", "offset");
}

/* The clocks went forward at 01:00 on 29 March 2015 and back at 02:00 on 25 October 2015. */
static void a_doubled_hour_is_the_earlier_and_a_lost_one_refused(void **state)
{
	struct fixture *f = *state;
	day spring = day_of_civil((struct civil_date){2015, 3, 29}),
		autumn = day_of_civil((struct civil_date){2015, 10, 25});

	assert_text(london_iso(&f->arena, decode_local(&f->decoder, FIELD_received_at, autumn, TEXT("1:30"))),
		"2015-10-25T01:30:00+01:00");
	assert_int_equal(decode_local(&f->decoder, FIELD_received_at, spring, TEXT("01:30")), INSTANT_NONE);
	assert_problem(f, "received_at", "did not exist");
	error_clear(&f->err);
	assert_int_equal(decode_local(&f->decoder, FIELD_received_at, spring, TEXT("25:00")), INSTANT_NONE);
	assert_problem(f, "received_at", "a time like 10:42");
}

static void numbers_and_yes_or_no(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(decode_int(&f->decoder, FIELD_threshold_level, TEXT("4")), 4);
	assert_int_equal(decode_int(&f->decoder, FIELD_child, TEXT("")), INT_NONE);
	assert_true(decode_bool(&f->decoder, FIELD_immediate_danger, TEXT("yes")));
	assert_false(decode_bool(&f->decoder, FIELD_immediate_danger, TEXT("no")));
	assert_true(decode_real(&f->decoder, FIELD_low, TEXT("0.5")) == 0.5);
	assert_true(isnan(decode_real(&f->decoder, FIELD_low, TEXT(""))));
	assert_true(decode_ok(&f->decoder));
	assert_int_equal(decode_int(&f->decoder, FIELD_threshold_level, TEXT("12")), INT_NONE);
	assert_problem(f, "threshold_level", "9 or less");
	assert_int_equal(decode_int(&f->decoder, FIELD_child, TEXT("-1")), INT_NONE);
	assert_problem(f, "child", "whole number");
	decode_bool(&f->decoder, FIELD_immediate_danger, TEXT("maybe"));
	assert_problem(f, "immediate_danger", "yes or no");
	decode_real(&f->decoder, FIELD_low, TEXT("1e999"));
	assert_problem(f, "low", "number");
}

static void a_problem_in_a_list_says_which_one(void **state)
{
	struct fixture *f = *state;

	f->decoder.list = "children";
	f->decoder.index = 2;
	assert_false(decode_required(&f->decoder, FIELD_given_name, false));
	assert_problem(f, "children/2/given_name", "Enter the given name");
	assert_false(decode_ok(&f->decoder));
	assert_int_equal(f->err.kind, ERROR_INVALID);
}

/* GOV.UK's error messages: "Enter ..." for a box, "Select ..." or "Choose ..." for a choice, in sentences one would say. */
static void what_is_missing_is_asked_for_in_a_sentence(void **state)
{
	static const struct {
		enum field field;
		const char *words;
	} cases[] = {
		{FIELD_given_name, "Enter the given name"},
		{FIELD_rag, "Choose the rating"},
		{FIELD_summary, "Enter what was said"},
		{FIELD_channel, "Choose how it came"},
		{FIELD_returned_reason, "Enter why it goes back"},
		{FIELD_necessary, "Answer this: Did it need a MASH enquiry?"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_false(decode_required(&f->decoder, cases[i].field, false));
		assert_string_equal(f->err.fields[f->err.field_count - 1].message, cases[i].words);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_text_is_trimmed_checked_and_never_cut),
		TEST(a_line_is_measured_in_characters),
		TEST(a_narrative_of_64_kb_is_whole_and_one_byte_more_refused),
		TEST(a_date_is_real_or_refused),
		TEST(an_instant_has_its_offset_and_whole_seconds),
		TEST(a_doubled_hour_is_the_earlier_and_a_lost_one_refused),
		TEST(numbers_and_yes_or_no),
		TEST(a_problem_in_a_list_says_which_one),
		TEST(what_is_missing_is_asked_for_in_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
