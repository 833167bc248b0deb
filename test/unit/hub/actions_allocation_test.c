#include "steps.h"

static struct text screened_enquiry(struct fixture *f)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	return reference;
}

static void allocating_counts_and_keeps_whom_the_rules_recommend(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);
	struct enquiry_allocate in = {ON(reference), fixture_account(f, "byrne"), TEXT("Knows the family.")};

	fixture_must(f, BY("nair", MONDAY_AT("10:30")), do_enquiry_allocate, &in);
	assert_episode(f, reference, "state || ' ' || worker",
		fixture_sql(f, "select 'allocated %lld'", (long long)fixture_account(f, "byrne").n).ptr);
	assert_sql(f, "1", "select open from worker where account = %lld", (long long)fixture_account(f, "byrne").n);
	/* both have as much room and neither was ever given one: the lower staff number */
	assert_sql(f, "Ciaran Byrne Asha Rahman Priya Nair Knows the family.",
		"select w.name || ' ' || r.name || ' ' || b.name || ' ' || l.reason from allocation l "
		"join account w on w.id = l.worker join account r on r.id = l.recommended join account b on "
		"b.id = l.allocated_by");
	assert_sql(f, fixture_sql(f, "select %lld", (long long)at(MONDAY_AT("10:30"))).ptr,
		"select last_given_at from worker where account = %lld", (long long)fixture_account(f, "byrne").n);
}

static void another_than_the_rules_recommend_needs_a_reason(void **state)
{
	static const struct {
		struct as as;
		const char *worker, *reason;
		bool done;
	} cases[] = {
		{{"nair", MONDAY_AT("10:30"), false}, "byrne", NULL, false},
		{{"nair", MONDAY_AT("10:30"), false}, "byrne", "Speaks Polish.", true},
		{{"nair", MONDAY_AT("10:30"), true}, "byrne", NULL, true},
		{{"operator", MONDAY_AT("10:30"), false}, "byrne", NULL, true},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = screened_enquiry(f);
		struct enquiry_allocate in = {ON(reference), fixture_account(f, cases[i].worker), text_of(cases[i].reason)};
		struct error err;

		fixture_change(f, "update worker set open = 0, last_given_at = null");
		assert_int_equal(fixture_act(f, cases[i].as, do_enquiry_allocate, &in, &err), cases[i].done);
		if (!cases[i].done) assert_non_null(error_find(&err, "reason"));
	}
}

static void only_somebody_of_the_team_with_room_who_is_here_takes_one(void **state)
{
	static const struct {
		const char *worker, *before, *words;
		enum error_kind kind;
	} cases[] = {
		{"okafor", "select 1", "not of the team", ERROR_REFUSED},
		{"nair", "select 1", "", ERROR_INVALID},
		{"gale", "select 1", "not of the team", ERROR_REFUSED},
		{"rahman", "update worker set open = 25", "Asha Rahman holds 25 of 25", ERROR_REFUSED},
		{"rahman", "update worker set open = 12, hours_percent = 50", "Asha Rahman holds 12 of 12", ERROR_REFUSED},
		{"rahman", "update worker set open = 20; update worker set cap = 15", "Asha Rahman holds 20 of 15",
			ERROR_REFUSED},
		{"rahman",
			"insert into absence (account, starts_at, reason, recorded_at) select id, 0, 'ill', 0 from account "
			"where name = 'Asha Rahman'",
			"Asha Rahman is away", ERROR_REFUSED},
		{"rahman", "update account set disabled_at = 1 where name = 'Asha Rahman'", "", ERROR_INVALID},
		{"rahman", "update worker set open = 24", "", ERROR_NONE},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = screened_enquiry(f);
		struct enquiry_allocate in = {ON(reference), fixture_account(f, cases[i].worker), TEXT("A reason.")};
		struct error err;

		fixture_change(f, "%s", cases[i].before);
		fixture_act(f, BY("nair", MONDAY_AT("10:30")), do_enquiry_allocate, &in, &err);
		if (err.kind != cases[i].kind || !strstr(err.message, cases[i].words))
			fail_msg("case %zu: %s %s", i, error_kind_name(err.kind), err.message);
		assert_episode(f, reference, "state", cases[i].kind ? "screened" : "allocated");
		fixture_change(f, "update worker set open = 0, cap = 25, hours_percent = 100");
		fixture_change(f, "delete from absence");
		fixture_change(f, "update account set disabled_at = null");
	}
}

struct asking {
	struct text reference;
	struct candidates candidates;
};

static bool ask_candidates(struct hub *hub, void *with, struct error *err)
{
	struct asking *asking = with;
	struct episode episode;

	if (!episode_lock(hub, asking->reference, VERSION_ANY, &episode, err)) return false;
	return enquiry_candidates(hub, &episode, &asking->candidates, err);
}

static struct candidates candidates_of(struct fixture *f, struct text reference)
{
	struct asking asking = {.reference = reference};

	fixture_must(f, BY("nair", MONDAY_AT("10:30")), ask_candidates, &asking);
	return asking.candidates;
}

static void the_rules_say_whom_and_why(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);
	struct candidates candidates;

	fixture_change(
		f, "update worker set open = 17 where account = (select id from account where name = 'Asha Rahman')");
	fixture_change(
		f, "update worker set open = 18 where account = (select id from account where name = 'Ciaran Byrne')");
	candidates = candidates_of(f, reference);
	assert_int_equal(candidates.count, 2);
	assert_text(candidates.recommended_name, "Asha Rahman");
	assert_text(candidates.why, "most room; from 17 of 25 to 18 of 25");
	assert_text(candidates.rows[0].name, "Asha Rahman");
	assert_text(candidates.rows[0].caseload, "17 of 25");
	assert_int_equal(candidates.rows[1].room, 7);
}

static void siblings_go_to_the_same_worker_where_there_is_room(void **state)
{
	struct fixture *f = *state;
	struct given silva = {.received_at = MONDAY_AT("10:00"), .family_name = "Silva", .address = "2 Bridge Way"};
	struct given other = {.received_at = MONDAY_AT("10:00"), .family_name = "Murray", .address = "2 Bridge Way"};
	struct text first = fixture_receive(f, silva), sibling = fixture_receive(f, silva), stranger;
	struct candidates candidates;

	stranger = fixture_receive(f, other);
	must_screen(f, BY("byrne", MONDAY_AT("10:10")), first, "green");
	must_screen(f, BY("byrne", MONDAY_AT("10:10")), sibling, "green");
	must_screen(f, BY("byrne", MONDAY_AT("10:10")), stranger, "green");
	must_allocate(f, BY("nair", MONDAY_AT("10:20")), first, "byrne");
	candidates = candidates_of(f, sibling);
	assert_text(candidates.recommended_name, "Ciaran Byrne");
	assert_true(strstr(candidates.why.ptr, "same family") != NULL);
	assert_text(candidates_of(f, stranger).recommended_name, "Asha Rahman"); /* most room */
	fixture_change(
		f, "update worker set open = 25 where account = (select id from account where name = 'Ciaran Byrne')");
	assert_text(candidates_of(f, sibling).recommended_name, "Asha Rahman");
}

static void with_no_room_nobody_is_recommended(void **state)
{
	struct fixture *f = *state;
	struct text reference = screened_enquiry(f);

	fixture_change(f, "update worker set open = 25");
	assert_int_equal(candidates_of(f, reference).recommended.n, 0);
	assert_int_equal(candidates_of(f, reference).count, 2);
}

static void reallocating_ends_the_earlier_allocation(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct enquiry_allocate in = {ON(reference), fixture_account(f, "byrne"), TEXT("She is on leave tomorrow.")};
	struct enquiry_allocate no_reason = {ON(reference), fixture_account(f, "byrne"), TEXT_NONE};
	struct enquiry_allocate same = {ON(reference), fixture_account(f, "rahman"), TEXT("Why not.")};
	struct error err;

	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:00")), do_enquiry_reallocate, &same, &err));
	assert_error(&err, ERROR_REFUSED, "already");
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:00")), do_enquiry_reallocate, &no_reason, &err));
	assert_non_null(error_find(&err, "reason"));
	fixture_must(f, BY("nair", MONDAY_AT("11:00")), do_enquiry_reallocate, &in);
	assert_sql(f, "0 1",
		"select max(case when a.name = 'Asha Rahman' then open end) || ' ' || "
		"max(case when a.name = 'Ciaran Byrne' then open end) from worker w join account a on a.id = w.account");
	assert_sql(f, "Asha Rahman ended,Ciaran Byrne holds",
		"select group_concat(s) from (select a.name || case when l.ended_at is null then ' holds' else ' ended' end "
		"as s from allocation l join account a on a.id = l.worker order by l.id) as listed");
}

static void reallocating_overtakes_a_recommendation(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct enquiry_allocate in = {ON(reference), fixture_account(f, "byrne"), TEXT("Conflict of interest.")};

	must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference,
		(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	fixture_must(f, BY("nair", MONDAY_AT("11:10")), do_enquiry_reallocate, &in);
	assert_episode(f, reference, "state || ' ' || coalesce(pending, '-')", "allocated -");
	assert_sql(f, "overtaken", "select answer from proposal");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(allocating_counts_and_keeps_whom_the_rules_recommend),
		fixture_test(another_than_the_rules_recommend_needs_a_reason),
		fixture_test(only_somebody_of_the_team_with_room_who_is_here_takes_one),
		fixture_test(the_rules_say_whom_and_why),
		fixture_test(siblings_go_to_the_same_worker_where_there_is_room),
		fixture_test(with_no_room_nobody_is_recommended),
		fixture_test(reallocating_ends_the_earlier_allocation),
		fixture_test(reallocating_overtakes_a_recommendation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
