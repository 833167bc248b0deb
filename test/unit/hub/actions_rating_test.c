#include "steps.h"

/*
 * Received Wednesday 10 June 2015 10:00. Expected dues by hand from domain.md: misrated is receipt plus the new rating's
 * time (red 14:00, amber Thursday 10:00, green Monday 10:00); new information is the earlier of the old due and its
 * arrival plus the new rating's time; what is late when it is rated again stays late.
 */
#define DAY_AT(day, hhmm) "2015-06-" day "T" hhmm ":00+01:00"

static const struct {
	const char *from, *kind, *to, *information_at, *when, *due;
	bool second_person;
} ratings[] = {
	{"green", "misrated", "red", NULL, DAY_AT("10", "11:00"), DAY_AT("10", "14:00"), false},
	{"green", "misrated", "amber", NULL, DAY_AT("10", "11:00"), DAY_AT("11", "10:00"), false},
	{"amber", "misrated", "red", NULL, DAY_AT("10", "15:00"), DAY_AT("10", "14:00"), false},
	{"red", "misrated", "green", NULL, DAY_AT("10", "11:00"), DAY_AT("15", "10:00"), true},
	{"amber", "misrated", "green", NULL, DAY_AT("10", "11:00"), DAY_AT("15", "10:00"), true},
	{"red", "misrated", "green", NULL, DAY_AT("10", "15:00"), DAY_AT("10", "14:00"), true},
	{"amber", "new_information", "red", DAY_AT("10", "12:00"), DAY_AT("10", "12:30"), DAY_AT("10", "16:00"), false},
	{"green", "new_information", "amber", DAY_AT("12", "11:00"), DAY_AT("12", "11:30"), DAY_AT("15", "10:00"), false},
	{"red", "new_information", "green", DAY_AT("10", "11:00"), DAY_AT("10", "11:30"), DAY_AT("10", "14:00"), true},
	{"amber", "new_information", "amber", DAY_AT("10", "11:00"), DAY_AT("10", "11:30"), DAY_AT("11", "10:00"), false},
};

static struct text rated_enquiry(struct fixture *f, const char *rag)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = DAY_AT("10", "10:00")});

	must_screen(f, BY("byrne", DAY_AT("10", "10:10")), reference, rag);
	return reference;
}

static void rate(struct fixture *f, struct text reference, size_t i)
{
	struct enquiry_rerate in = {ON(reference), text_of(ratings[i].kind), text_of(ratings[i].to), TEXT("The reason."),
		ratings[i].information_at ? at(ratings[i].information_at) : INSTANT_NONE};
	struct proposal_reply agree = {ON(reference), TEXT("agreed"), TEXT_NONE};

	fixture_must(f, BY("rahman", ratings[i].when), do_enquiry_rerate, &in);
	if (!ratings[i].second_person) return;
	assert_episode(f, reference, "rag || ' ' || pending", fixture_sql(f, "select '%s lowering'", ratings[i].from).ptr);
	fixture_must(f, BY("nair", ratings[i].when), do_enquiry_answer_lowering, &agree);
}

static void raising_needs_one_person_and_lowering_two(void **state)
{
	for (size_t i = 0; i < COUNT_OF(ratings); i++) {
		struct fixture *f = *state;
		struct text reference = rated_enquiry(f, ratings[i].from);
		struct text due = fixture_sql(f, "select %lld", (long long)at(ratings[i].due));

		rate(f, reference, i);
		assert_episode(f, reference, "rag || ' ' || first_rag || ' ' || coalesce(pending, '-')",
			fixture_sql(f, "select '%s %s -'", ratings[i].to, ratings[i].from).ptr);
		assert_episode(f, reference, "due_at", due.ptr);
		assert_sql(f, "2",
			"select count(*) from rag_history h join episode e on e.id = h.episode join enquiry q on "
			"q.id = e.enquiry where q.reference = '%.*s'",
			TEXT_ARG(reference));
	}
}

static void who_lowers_it_does_not_sign_it(void **state)
{
	static const struct {
		const char *proposes, *signs;
		enum error_kind kind; /* ERROR_NONE: agreed */
	} cases[] = {
		{"rahman", "rahman", ERROR_DENIED},
		{"rahman", "byrne", ERROR_DENIED},
		{"nair", "nair", ERROR_REFUSED},
		{"nair", "ellis", ERROR_NONE},
		{"rahman", "nair", ERROR_NONE},
		{"rahman", "frost", ERROR_DENIED}, /* the EDT manager, in the hub's hours */
		{"operator", "operator", ERROR_REFUSED},
		{"rahman", "operator", ERROR_NONE},
		{"rahman", "ashworth", ERROR_DENIED},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = rated_enquiry(f, "red");
		struct enquiry_rerate in = {
			ON(reference), TEXT("misrated"), TEXT("green"), TEXT("Read wrongly."), INSTANT_NONE};
		struct proposal_reply agree = {ON(reference), TEXT("agreed"), TEXT_NONE};
		struct error err;

		fixture_must(f, BY(cases[i].proposes, DAY_AT("10", "11:00")), do_enquiry_rerate, &in);
		fixture_act(f, BY(cases[i].signs, DAY_AT("10", "11:05")), do_enquiry_answer_lowering, &agree, &err);
		if (err.kind != cases[i].kind)
			fail_msg("%s for %s: %s %s", cases[i].signs, cases[i].proposes, error_kind_name(err.kind), err.message);
		assert_episode(f, reference, "rag", cases[i].kind ? "red" : "green");
	}
}

static void out_of_hours_the_edt_manager_signs(void **state)
{
	struct fixture *f = *state;
	struct text reference = rated_enquiry(f, "red");
	struct enquiry_rerate in = {ON(reference), TEXT("misrated"), TEXT("amber"), TEXT("Read wrongly."), INSTANT_NONE};
	struct proposal_reply agree = {ON(reference), TEXT("agreed"), TEXT_NONE};

	fixture_must(f, BY("gale", DAY_AT("10", "19:00")), do_enquiry_rerate, &in);
	fixture_must(f, BY("frost", DAY_AT("10", "19:05")), do_enquiry_answer_lowering, &agree);
	assert_episode(f, reference, "rag", "amber");
	/* it was late when it was rated again: the red's four hours stand */
	assert_episode(f, reference, "due_at", fixture_sql(f, "select %lld", (long long)at(DAY_AT("10", "14:00"))).ptr);
}

static void a_lower_rating_refused_leaves_the_higher(void **state)
{
	struct fixture *f = *state;
	struct text reference = rated_enquiry(f, "red");
	struct enquiry_rerate in = {ON(reference), TEXT("misrated"), TEXT("green"), TEXT("Read wrongly."), INSTANT_NONE};
	struct proposal_reply refuse = {ON(reference), TEXT("refused"), TEXT("The grandmother is not home.")};

	fixture_must(f, BY("rahman", DAY_AT("10", "11:00")), do_enquiry_rerate, &in);
	fixture_must(f, BY("nair", DAY_AT("10", "11:05")), do_enquiry_answer_lowering, &refuse);
	assert_episode(f, reference, "rag || ' ' || coalesce(pending, '-')", "red -");
	assert_history(f, reference, "received,screened,lowering_proposed,refused");
	assert_sql(f, "1", "select count(*) from rag_history");
}

static void what_is_no_rating_is_told_by_field(void **state)
{
	static const struct {
		const char *kind, *rag, *reason, *information_at, *field;
	} cases[] = {
		{"misrated", "purple", "Why.", NULL, "rag"},
		{"first", "red", "Why.", NULL, "rag_kind"},
		{"misrated", "red", " ", NULL, "rag_reason"},
		{"new_information", "red", "Why.", DAY_AT("12", "10:00"), "information_at"},
	};
	struct fixture *f = *state;
	struct text reference = rated_enquiry(f, "amber");
	struct error err;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct enquiry_rerate in = {ON(reference), text_of(cases[i].kind), text_of(cases[i].rag),
			text_of(cases[i].reason), cases[i].information_at ? at(cases[i].information_at) : INSTANT_NONE};

		assert_false(fixture_act(f, BY("rahman", DAY_AT("10", "11:00")), do_enquiry_rerate, &in, &err));
		if (!error_find(&err, cases[i].field)) fail_msg("nothing is said of %s", cases[i].field);
	}
}

static void the_same_rating_is_no_misrating(void **state)
{
	struct fixture *f = *state;
	struct text reference = rated_enquiry(f, "amber");
	struct enquiry_rerate in = {ON(reference), TEXT("misrated"), TEXT("amber"), TEXT("Why."), INSTANT_NONE};
	struct error err;

	assert_false(fixture_act(f, BY("rahman", DAY_AT("10", "11:00")), do_enquiry_rerate, &in, &err));
	assert_error(&err, ERROR_REFUSED, "amber already");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(raising_needs_one_person_and_lowering_two),
		fixture_test(who_lowers_it_does_not_sign_it),
		fixture_test(out_of_hours_the_edt_manager_signs),
		fixture_test(a_lower_rating_refused_leaves_the_higher),
		fixture_test(what_is_no_rating_is_told_by_field),
		fixture_test(the_same_rating_is_no_misrating),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
