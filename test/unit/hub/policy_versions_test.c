#include "steps.h"

#include "hub/enquiry.h"
#include "hub/policy.h"

/* Received Monday 1 June 2015 10:00, green: due Thursday 4 June 10:00. A closure on the Wednesday makes that Friday. */
#define CLOSED_ON_WEDNESDAY "closure = 2015-06-03 Water main\n"

static bool do_load(struct hub *hub, void *with, struct error *err)
{
	struct policy_load in = {
		.source = text_of(with), .note = TEXT("As the council decided."), .valid_from = INSTANT_NONE, .seen = INT_NONE};
	struct policy_loaded loaded;

	return policy_load(hub, &in, &loaded, err);
}

static void must_load(struct fixture *f, const char *when, const char *source)
{
	char given[200];

	snprintf(given, sizeof given, "%s", source);
	fixture_must(f, BY("hart", when), do_load, given);
}

static struct text green(struct fixture *f)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	return reference;
}

#define assert_due(f, reference, expected)                                                                             \
	assert_episode(f, reference, "due_at", fixture_sql((f), "select %lld", (long long)at(expected)).ptr)

static void a_closure_announced_late_moves_what_is_open_and_not_yet_due(void **state)
{
	struct fixture *f = *state;
	struct text open = green(f), ended = green(f),
				late = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), late, "red"); /* due Monday 14:00 */
	must_allocate(f, BY("nair", MONDAY_AT("12:00")), ended, "rahman");
	must_recommend(
		f, BY("rahman", MONDAY_AT("12:00")), ended, (struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("nair", MONDAY_AT("12:30")), ended);
	must_load(f, TUESDAY_AT("09:00"), CLOSED_ON_WEDNESDAY);
	assert_due(f, open, "2015-06-05T10:00:00+01:00");
	assert_due(f, ended, "2015-06-04T10:00:00+01:00");
	assert_due(f, late, "2015-06-01T14:00:00+01:00");
}

static void other_times_for_a_rating_move_nothing_that_is_rated(void **state)
{
	struct fixture *f = *state;
	struct text open = green(f);

	must_load(f, TUESDAY_AT("09:00"), "duration.green = working_days(5, same_time)\n");
	assert_due(f, open, "2015-06-04T10:00:00+01:00");
}

static void a_closure_moves_screening_that_nobody_has_done(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = TUESDAY_AT("18:00")});

	must_load(f, TUESDAY_AT("20:00"), CLOSED_ON_WEDNESDAY);
	assert_episode(f, reference, "screening_due_at",
		fixture_sql(f, "select %lld", (long long)at("2015-06-04T10:30:00+01:00")).ptr);
}

static void workers_follow_the_policys_cap(void **state)
{
	struct fixture *f = *state;

	must_load(f, TUESDAY_AT("09:00"), "cap = 20\n");
	assert_sql(f, "20", "select group_concat(distinct cap) from worker");
}

/* A service that is named no more is offered no more, and stays on the record of who was referred to it. */
static void the_directory_of_services_is_as_the_policy_names_it(void **state)
{
	struct fixture *f = *state;
	const char *offered = "select group_concat(name, '; ') from (select name from service where retired_at is null "
						  "order by id) as listed";
	struct text reference = green(f);
	struct child_outcome early = child_to_service(1);

	early.service = TEXT("school nurse");
	must_allocate(f, BY("nair", MONDAY_AT("12:00")), reference, "rahman");
	must_recommend(f, BY("rahman", MONDAY_AT("12:00")), reference, (struct input_list)CHILDREN(early));
	must_load(f, TUESDAY_AT("09:00"), "services = Parenting group; Sleep clinic; YOUNG carers\n");
	assert_sql(f, "Parenting group; YOUNG carers; Sleep clinic", "%s", offered);
	assert_sql(f, "School nurse", "select s.name from outcome o join service s on s.id = o.service");
	must_authorise(f, BY("nair", TUESDAY_AT("10:00")), reference);
	must_load(f, TUESDAY_AT("11:00"), "cap = 20\n");
	assert_sql(f,
		"Parenting group; Family centre drop-in; School nurse; Health visitor; Debt and housing advice; Young carers",
		"%s", offered);
	assert_sql(f, "7", "select count(*) from service");
}

static bool do_receive(struct hub *hub, void *with, struct error *err)
{
	struct received received;

	return enquiry_receive(hub, with, &received, err);
}

/* One bad code must not hide a child: what another system sends is taken, what is typed here is told the way out. */
static void a_retired_concern_is_refused_where_it_is_typed_and_taken_where_it_is_sent(void **state)
{
	struct fixture *f = *state;
	struct child_receive child = {.given_name = TEXT("Ada"), .date_of_birth = DAY_NONE, .expected_date = DAY_NONE};
	struct enquiry_receive in = {.received_at = INSTANT_NONE,
		.channel = TEXT("phone"),
		.source_code = TEXT("2A"),
		.concern = TEXT("neglect;bereavement"),
		.summary = TEXT("Her father died."),
		.children = {&child, 1}};
	struct text before =
		fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .concern = "bereavement"});
	struct error err;

	must_load(f, TUESDAY_AT("09:00"), "codes.concern.retired = bereavement\n");
	assert_false(fixture_act(f, BY("ashworth", TUESDAY_AT("10:00")), do_receive, &in, &err));
	assert_int_equal(err.kind, ERROR_INVALID);
	assert_string_equal(error_find(&err, "concern")->message,
		"\"Bereavement\" is no longer offered here: choose what fits best, or Other");
	in.external_ref = TEXT("P-1");
	fixture_must(f, BY("ashworth", TUESDAY_AT("10:00")), do_receive, &in);
	assert_sql(
		f, "2", "select count(*) from enquiry where concern like '%%bereavement%%' or concerns like '%%bereavement%%'");
	assert_sql(f, "bereavement", "select concern from enquiry where reference = '%.*s'", TEXT_ARG(before));
}

static void a_retired_reason_is_refused_where_it_is_chosen_and_taken_from_a_file(void **state)
{
	struct fixture *f = *state;
	struct text reference = green(f);
	struct enquiry_screen_out in = {.on = ON(reference),
		.screen_out_reason = TEXT("information_only"),
		.children = (struct input_list)CHILDREN(child_with(1, "no_further_action", 1))};
	struct error err;

	must_load(f, TUESDAY_AT("09:00"), "codes.screen_out_reason.retired = information_only\n");
	assert_false(fixture_act(f, BY("byrne", TUESDAY_AT("10:00")), do_enquiry_screen_out, &in, &err));
	assert_non_null(strstr(error_find(&err, "screen_out_reason")->message, "no longer offered"));
	fixture_must(f, (struct as){"byrne", TUESDAY_AT("10:00"), true}, do_enquiry_screen_out, &in);
	assert_sql(f, "information_only", "select content from proposal");
}

/* Whom the policy names: a manager who recommends nothing signs a lower rating, but an outcome no longer. */
static void the_policy_in_force_says_who_signs(void **state)
{
	struct fixture *f = *state;
	struct text reference = green(f);
	struct enquiry_authorise in = {ON(reference), TEXT("yes"), TEXT("at_or_above_threshold")};
	struct proposal_ask ask = {.on = ON(reference), .account = fixture_account(f, "nair")};
	struct error err;

	must_allocate(f, BY("nair", MONDAY_AT("12:00")), reference, "rahman");
	must_recommend(f, BY("rahman", MONDAY_AT("12:00")), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_load(f, TUESDAY_AT("09:00"), "sign.outcome = service_manager\n");
	assert_false(fixture_act(f, BY("nair", TUESDAY_AT("10:00")), do_enquiry_authorise, &in, &err));
	assert_error(&err, ERROR_DENIED, "the policy names others to sign this");
	assert_false(fixture_act(f, BY("rahman", TUESDAY_AT("10:00")), do_enquiry_ask_signature, &ask, &err));
	assert_string_equal(
		error_find(&err, "account")->message, "The policy names others to sign this: ask the service manager");
	ask.account = fixture_account(f, "hart");
	fixture_must(f, BY("rahman", TUESDAY_AT("10:00")), do_enquiry_ask_signature, &ask);
	fixture_must(f, BY("hart", TUESDAY_AT("10:30")), do_enquiry_authorise, &in);
}

static void a_policy_that_does_not_read_changes_nothing(void **state)
{
	struct fixture *f = *state;
	char bad[] = "cap = 25\ncap = 26\nhours.monday = 17:00-08:30\n";
	struct error err;

	assert_false(fixture_act(f, BY("hart", TUESDAY_AT("09:00")), do_load, bad, &err));
	assert_int_equal(err.kind, ERROR_INVALID);
	assert_non_null(error_find(&err, "line 2"));
	assert_non_null(error_find(&err, "line 3"));
	assert_sql(f, "1", "select count(*) from policy");
	assert_false(fixture_act(f, BY("nair", TUESDAY_AT("09:00")), do_load, bad, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
}

static bool do_show(struct hub *hub, void *with, struct error *err)
{
	return policy_show(hub, with, err);
}

/* Versions are dated: an instant has the policy that was in force then, and before the first, the first. */
static void each_instant_has_its_version(void **state)
{
	static const struct {
		const char *at;
		int64_t version;
	} cases[] = {{"2009-01-01T00:00:00Z", 1}, {MONDAY_AT("09:00"), 1}, {TUESDAY_AT("08:59"), 1},
		{TUESDAY_AT("09:00"), 2}, {"2015-06-03T10:00:00+01:00", 2}};
	struct fixture *f = *state;
	struct policy_view view;

	must_load(f, TUESDAY_AT("09:00"), "cap = 20\n");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		fixture_must(f, BY("operator", cases[i].at), do_show, &view);
		assert_int_equal(view.version, cases[i].version);
	}
	assert_int_equal(view.versions.count, 2);
	assert_text(view.loaded_by, "Jo Hart");
	assert_text(view.note, "As the council decided.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(a_closure_announced_late_moves_what_is_open_and_not_yet_due),
		fixture_test(other_times_for_a_rating_move_nothing_that_is_rated),
		fixture_test(a_closure_moves_screening_that_nobody_has_done),
		fixture_test(workers_follow_the_policys_cap),
		fixture_test(the_directory_of_services_is_as_the_policy_names_it),
		fixture_test(a_retired_concern_is_refused_where_it_is_typed_and_taken_where_it_is_sent),
		fixture_test(a_retired_reason_is_refused_where_it_is_chosen_and_taken_from_a_file),
		fixture_test(the_policy_in_force_says_who_signs),
		fixture_test(a_policy_that_does_not_read_changes_nothing),
		fixture_test(each_instant_has_its_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
