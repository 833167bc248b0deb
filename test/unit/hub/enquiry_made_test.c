/* What is answered of an enquiry just taken in, without reading it back, is to the byte what reading it back gives. */
#include "return_steps.h"

#include "hub/enquiry_view.h"
#include "hub/open_case.h"

struct taken {
	struct enquiry_receive in;
	struct received received;
	struct text told; /* from what was written */
	struct text read;
};

static struct text told(struct hub *hub, const struct enquiry_view *view)
{
	BUFFER_SCOPE out;
	struct json json;

	buffer_init(&out, (size_t)1 << 20);
	json_init(&json, &out);
	enquiry_view_json(&json, hub->arena, view);
	return arena_text(hub->arena, buffer_text(&out));
}

static bool take_and_show(struct hub *hub, void *with, struct error *err)
{
	struct taken *receipt = with;
	struct enquiry_view made, read;

	if (!enquiry_receive(hub, &receipt->in, &receipt->received, err)) return false;
	if (!enquiry_view_made(hub, &receipt->received, &made, err)) return false;
	if (!enquiry_view_new(hub, receipt->received.reference, &read, err)) return false;
	receipt->told = told(hub, &made);
	receipt->read = told(hub, &read);
	return true;
}

static const struct child_receive nobody = {.date_of_birth = DAY_NONE, .expected_date = DAY_NONE};

static struct enquiry_receive enquiry(struct child_receive *children, size_t count)
{
	return (struct enquiry_receive){
		.received_at = INSTANT_NONE,
		.channel = TEXT("phone"),
		.source_code = TEXT("2A"),
		.concern = TEXT("neglect;domestic_abuse"),
		.summary = TEXT("The school rang. \"Nobody was at home\", she said."),
		.children = {children, count},
	};
}

/* Where they differ is enough to say: the whole is long. */
static void assert_same(struct fixture *f, const struct taken *receipt)
{
	size_t at = 0;

	while (at < receipt->told.len && at < receipt->read.len && receipt->told.ptr[at] == receipt->read.ptr[at]) at++;
	assert_text(text_slice(receipt->told, at, at + 60), arena_cstr(&f->arena, text_slice(receipt->read, at, at + 60)));
}

static void same(struct fixture *f, const char *name, struct enquiry_receive in, bool made)
{
	struct taken receipt = {.in = in};

	fixture_must(f, (struct as){name, "2015-06-01T10:00:00+01:00", false}, take_and_show, &receipt);
	assert_int_equal(receipt.received.made != NULL, made);
	assert_same(f, &receipt);
}

static void whoever_records_it_is_told_the_same(void **state)
{
	static const char *const names[] = {"rahman", "nair", "frost", "gale", "ashworth", "operator"};
	struct child_receive child = nobody;

	child.given_name = TEXT("Sam");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) same(*state, names[i], enquiry(&child, 1), true);
}

static void everything_that_can_be_said_is_told(void **state)
{
	struct child_receive children[] = {
		{TEXT("Sam"), TEXT("Field"), day_of("2009-03-04"), DAY_NONE, TEXT("female"), TEXT("a1"), TEXT("9434765919"),
			TEXT("1 High Street"), TEXT("OX1 1AA"), TEXT_NONE},
		{TEXT_NONE, TEXT_NONE, DAY_NONE, day_of("2015-09-01"), TEXT_NONE, TEXT_NONE, TEXT_NONE, TEXT_NONE, TEXT_NONE,
			TEXT("Harriet Wilson")},
		{TEXT("No"), TEXT("Number"), DAY_NONE, DAY_NONE, TEXT_NONE, TEXT_NONE, TEXT_NONE, TEXT(""), TEXT_NONE,
			TEXT_NONE},
	};
	struct enquiry_receive in = enquiry(children, 3);

	in.external_ref = TEXT("X-1");
	in.source_system = TEXT("portal");
	in.workstream = TEXT("accumulation");
	in.received_at = at("2015-05-29T23:30:00+01:00");
	in.referrer_name = TEXT("Ann Reed");
	in.referrer_role = TEXT("Teacher");
	in.referrer_organisation = TEXT("A school");
	in.referrer_email = TEXT("ann@school.example");
	in.referrer_phone = TEXT("01865 000000");
	in.domestic_abuse_notification = true;
	in.consent = TEXT("not_sought");
	same(*state, "rahman", in, true);
}

static void what_others_stand_with_is_read(void **state)
{
	struct child_receive child = nobody;
	struct enquiry_receive in;

	child.given_name = TEXT("Sam");
	child.date_of_birth = day_of("2009-03-04");
	child.nhs_number = TEXT("9434765919");
	same(*state, "rahman", enquiry(&child, 1), true);
	same(*state, "rahman", enquiry(&child, 1), false); /* the same person, who came before */

	child = nobody;
	child.given_name = TEXT("Kim");
	in = enquiry(&child, 1);
	in.immediate_danger = true;
	same(*state, "rahman", in, false);
	in = enquiry(&child, 1);
	in.concern = TEXT("neglect;allegation_against_professional");
	same(*state, "nair", in, false);
}

static void whom_a_child_may_be_is_read(void **state)
{
	struct fixture *f = *state;
	struct child_receive child = nobody;

	child.given_name = TEXT("sam");
	child.family_name = TEXT("FIELD");
	child.date_of_birth = day_of("2009-03-04");
	fixture_change(f, "insert into person (given_name, family_name, date_of_birth, open_work, recorded_at) "
					  "values ('Sam', 'Field', '2009-03-04', 1, 0)");
	same(f, "rahman", enquiry(&child, 1), false);
}

static void a_service_manager_is_shown_only_what_they_are_asked(void **state)
{
	struct child_receive child = nobody;
	struct taken receipt = {.in = enquiry(&child, 1)};
	struct error err;

	child.given_name = TEXT("Sam");
	error_clear(&err);
	if (fixture_act(*state, (struct as){"hart", "2015-06-01T10:00:00+01:00", false}, take_and_show, &receipt, &err))
		assert_same(*state, &receipt);
	else
		assert_true(err.kind == ERROR_DENIED || err.kind == ERROR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(whoever_records_it_is_told_the_same),
		fixture_test(everything_that_can_be_said_is_told),
		fixture_test(what_others_stand_with_is_read),
		fixture_test(whom_a_child_may_be_is_read),
		fixture_test(a_service_manager_is_shown_only_what_they_are_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
