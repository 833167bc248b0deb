/* What goes on paper: the continuity list, and a record printed for a meeting. */
#include "steps.h"

#include "hub/continuity.h"
#include "hub/print.h"

#define TEN MONDAY_AT("10:00")

static bool do_list(struct hub *hub, void *with, struct error *err)
{
	return continuity_view(hub, with, err);
}

struct printing {
	struct text reference;
	struct enquiry_print in;
	struct print_view view;
	struct enquiry_id unseen;
};

static bool do_print(struct hub *hub, void *with, struct error *err)
{
	struct printing *p = with;

	return enquiry_print(hub, p->reference, &p->in, &p->view, err);
}

static bool do_look_unseen(struct hub *hub, void *with, struct error *err)
{
	struct printing *p = with;

	return enquiry_unseen(hub, p->reference, &p->unseen, err);
}

static const struct continuity_line *line_of(const struct continuity_view *view, struct text reference)
{
	for (size_t i = 0; i < view->count; i++)
		if (text_equal(view->rows[i].row.reference, reference)) return &view->rows[i];
	fail_msg("%.*s is not on the list", TEXT_ARG(reference));
	return NULL;
}

static void the_list_has_reds_first_and_a_restricted_child_only_for_named_people(void **state)
{
	struct fixture *f = *state;
	struct text green = fixture_receive(f, (struct given){.received_at = TEN, .family_name = "Green"});
	struct text waits = fixture_receive(f, (struct given){.received_at = TEN, .family_name = "Waits"});
	struct text red = fixture_receive(f, (struct given){.received_at = TEN, .immediate_danger = true});
	struct text shut =
		fixture_receive(f, (struct given){.received_at = TEN, .family_name = "Hidden", .source_code = "2A"});
	struct continuity_view view;
	BUFFER_SCOPE list;

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), green, "green");
	fixture_change(f, "update enquiry set restricted = 1 where reference = '%.*s'", TEXT_ARG(shut));
	fixture_must(f, BY("operator", MONDAY_AT("11:00")), do_list, &view);
	assert_int_equal(view.count, 4);
	assert_text(view.rows[0].row.reference, arena_cstr(&f->arena, red));
	assert_text(view.rows[3].row.reference, arena_cstr(&f->arena, green));
	assert_int_equal(view.counts[CONTINUITY_RED], 1);
	assert_int_equal(view.counts[CONTINUITY_UNSCREENED], 2);
	assert_true(line_of(&view, shut)->withheld);
	assert_false(line_of(&view, waits)->withheld);
	buffer_init(&list, CONTINUITY_TEXT_BYTES);
	continuity_text(&list, &f->arena, &view);
	assert_non_null(strstr(list.bytes, "Waits"));
	assert_null(strstr(list.bytes, "Hidden"));
	assert_non_null(strstr(list.bytes, arena_cstr(&f->arena, shut)));
	fixture_must(f, BY("nair", MONDAY_AT("11:00")), do_list, &view);
	assert_int_equal(view.count, 3);
}

static void a_private_person_is_on_no_list(void **state)
{
	static const char *const private_ones[] = {"1A", "1B", "1C", "1D", "9"}, *const others[] = {
																				 "2A", "3A", "6", "8", "10"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(private_ones); i++) assert_true(source_is_private(text_of(private_ones[i])));
	for (size_t i = 0; i < COUNT_OF(others); i++) assert_false(source_is_private(text_of(others[i])));
	assert_false(source_is_private(TEXT_NONE));
}

static void who_prints_which_parts_is_on_the_records_log(void **state)
{
	struct fixture *f = *state;
	struct printing p = {.reference = fixture_receive(f, (struct given){.received_at = TEN, .source_code = "1B"}),
		.in = {.parts = TEXT("said;children"), .private_reason = TEXT_NONE}};

	fixture_change(f, "update enquiry set referrer_name = 'Violet', referrer_phone = '01865 555555'");
	fixture_must(f, BY("nair", MONDAY_AT("11:00")), do_print, &p);
	assert_true(p.view.has[PRINT_PART_SAID] && p.view.has[PRINT_PART_CHILDREN] && !p.view.has[PRINT_PART_HISTORY]);
	assert_true(p.view.referrer_left_out && text_none(p.view.enquiry.head.referrer_name));
	assert_true(text_none(p.view.enquiry.head.referrer_phone));
	assert_sql(f, "parts=said;children",
		"select l.detail from access_log l join account a on a.id = l.account where l.action = 'print' and "
		"a.email = 'nair@hub.example' and l.record = (select id from enquiry)");
	p.in.private_people = true;
	p.in.private_reason = TEXT("The meeting asked.");
	fixture_must(f, BY("nair", MONDAY_AT("11:01")), do_print, &p);
	assert_text(p.view.enquiry.head.referrer_name, "Violet");
	assert_sql(f, "1",
		"select count(*) from access_log where detail = "
		"'parts=said;children private_people=yes reason=The meeting asked.'");
}

static void a_record_one_may_not_see_is_not_there_and_its_log_can_say_who_wanted_it(void **state)
{
	struct fixture *f = *state;
	struct printing p = {
		.reference = fixture_receive(f, (struct given){.received_at = TEN}), .in = {.parts = TEXT("said")}};
	struct error err;

	assert_false(fixture_act(f, BY("hart", MONDAY_AT("11:00")), do_print, &p, &err));
	assert_int_equal(err.kind, ERROR_NOT_FOUND);
	fixture_must(f, BY("hart", MONDAY_AT("11:00")), do_look_unseen, &p);
	assert_true(p.unseen.n > 0);
	p.reference = TEXT("OX-99-99999-X");
	fixture_must(f, BY("hart", MONDAY_AT("11:00")), do_look_unseen, &p);
	assert_int_equal(p.unseen.n, 0);
	assert_false(fixture_act(f, BY("jones", MONDAY_AT("11:00")), do_print, &p, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(the_list_has_reds_first_and_a_restricted_child_only_for_named_people),
		cmocka_unit_test(a_private_person_is_on_no_list),
		fixture_test(who_prints_which_parts_is_on_the_records_log),
		fixture_test(a_record_one_may_not_see_is_not_there_and_its_log_can_say_who_wanted_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
