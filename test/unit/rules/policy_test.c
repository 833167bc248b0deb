#include "unit.h"

#include "rules/access.h"
#include "rules/policy_lists.h"

struct fixture {
	struct arena arena;
	struct error err;
};

static int set_up(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, ARENA_REQUEST_BYTES);
	error_clear(&f.err);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(&((struct fixture *)*state)->arena);
	return 0;
}

static day on(const char *iso)
{
	day ret;

	if (!day_parse(text_of(iso), &ret)) fail_msg("%s", iso);
	return ret;
}

/* domain.md: the clock, caseload, threshold. */
static void the_policy_that_ships_is_oxfordshires(void **state)
{
	struct fixture *f = *state;
	struct policy p;

	policy_default(&f->arena, &p);
	assert_int_equal(p.week[MONDAY].opens, 8 * 60 + 30);
	assert_int_equal(p.week[THURSDAY].closes, 17 * 60);
	assert_int_equal(p.week[FRIDAY].closes, 16 * 60);
	assert_int_equal(p.week[SATURDAY].closes, 0);
	assert_text(duration_text(&f->arena, p.decision[RAG_RED]), "elapsed_hours(4)");
	assert_text(duration_text(&f->arena, p.decision[RAG_AMBER]), "working_days(1, same_time)");
	assert_text(duration_text(&f->arena, p.decision[RAG_GREEN]), "working_days(3, same_time)");
	assert_int_equal(p.cap, 25);
	assert_int_equal(p.target, 10);
	assert_int_equal(p.statutory_level, 3);
	assert_int_equal(p.section_47_level, 4);
	assert_text(p.reference_prefix, "OX");
}

/* gov.uk/bank-holidays; the state funeral was announced nine days before. */
static void the_bank_holidays_are_inside_the_program(void **state)
{
	struct fixture *f = *state;
	struct named_days days = bank_holidays_shipped(&f->arena);

	assert_non_null(named_days_find(days, on("2015-08-31")));
	assert_non_null(named_days_find(days, on("2015-12-28"))); /* Boxing Day's substitute */
	assert_non_null(named_days_find(days, on("2022-09-19")));
	assert_null(named_days_find(days, on("2015-12-24")));
	for (size_t i = 1; i < days.count; i++) assert_true(days.days[i - 1].day < days.days[i].day);
}

static void a_policy_reads_back_as_it_is_written(void **state)
{
	static const char source[] = "# Berinsfield, from April\n"
								 "reference.prefix = LBH\n"
								 "hours.friday = 09:00-15:30\r\n"
								 "hours.saturday = 10:00-24:00\n"
								 "hours.sunday = closed\n"
								 "\n"
								 "duration.red = working_hours(4)\n"
								 "cap=20\n"
								 "long_clocks_from_day_one = yes\n"
								 "threshold.levels = 5\nthreshold.statutory = 4\nthreshold.section_47 = 5\n"
								 "closure = 2015-12-30 Second\nclosure = 2015-12-24 Christmas closure\n"
								 "bank_holiday = 2031-01-01 New Year's Day\n"
								 "hours.2015-12-23 = 08:30-12:00\n";
	struct fixture *f = *state;
	struct text once, twice;
	struct policy p;

	assert_true(policy_read(&f->arena, text_of(source), &p, &f->err));
	assert_text(p.reference_prefix, "LBH");
	assert_int_equal(p.week[SATURDAY].closes, 1440);
	assert_int_equal(p.cap, 20);
	assert_int_equal(p.target, 10); /* not named: as it ships */
	assert_true(p.long_clocks_from_day_one);
	assert_int_equal(p.closures.count, 2);
	assert_text(p.closures.days[0].name, "Christmas closure");
	assert_non_null(named_days_find(p.bank_holidays, on("2031-01-01")));
	assert_non_null(named_days_find(p.bank_holidays, on("2012-01-02")));
	once = policy_write(&f->arena, &p);
	if (!policy_read(&f->arena, once, &p, &f->err)) fail_msg("%s", f->err.fields[0].message);
	twice = policy_write(&f->arena, &p);
	assert_true(text_equal(once, twice));
}

static void who_signs_codes_and_services_read_back_as_they_are_written(void **state)
{
	static const char source[] = "sign.outcome = service_manager  practice_manager\n"
								 "codes.concern.retired = private_fostering bereavement\n"
								 "codes.screen_out_reason.retired = none\n"
								 "services = Parenting group;Sleep clinic ;\n";
	struct fixture *f = *state;
	struct text once;
	struct policy p;

	if (!policy_read(&f->arena, text_of(source), &p, &f->err)) fail_msg("%s", f->err.fields[0].message);
	assert_true(code_retired(&p.retired, CODES_concern, CONCERN_BEREAVEMENT));
	assert_false(code_retired(&p.retired, CODES_concern, CONCERN_NEGLECT));
	assert_false(code_retired(&p.retired, CODES_source, 0));
	assert_int_equal(p.services.count, 2);
	assert_text(p.services.rows[1], "Sleep clinic");
	once = policy_write(&f->arena, &p);
	assert_non_null(strstr(arena_cstr(&f->arena, once), "\nsign.outcome = practice_manager service_manager\n"));
	assert_non_null(
		strstr(arena_cstr(&f->arena, once), "\nsign.lowering = practice_manager deputy edt_manager service_manager\n"));
	assert_non_null(strstr(arena_cstr(&f->arena, once), "\ncodes.concern.retired = bereavement private_fostering\n"));
	assert_non_null(strstr(arena_cstr(&f->arena, once), "\ncodes.screen_out_reason.retired = none\n"));
	assert_non_null(strstr(arena_cstr(&f->arena, once), "\nservices = Parenting group; Sleep clinic\n"));
	if (!policy_read(&f->arena, once, &p, &f->err)) fail_msg("%s", f->err.fields[0].message);
	assert_true(text_equal(once, policy_write(&f->arena, &p)));
}

/* What a policy may name is what access.h lets try, a worker only as a deputy; the hub's operator is never named. */
static void only_roles_that_may_try_are_named_as_signers(void **state)
{
	static const enum action answers[PROPOSAL_COUNT] = {
		ACTION_AUTHORISE_SCREEN_OUT, ACTION_AUTHORISE_LOWERING, ACTION_AUTHORISE, ACTION_AUTHORISE_WITHDRAWAL};
	struct fixture *f = *state;

	for (int kind = 0; kind < PROPOSAL_COUNT; kind++) {
		for (int role = 0; role < ROLE_COUNT; role++) {
			bool named, worker = role == ROLE_SOCIAL_WORKER || role == ROLE_EDT_WORKER || role == ROLE_OPERATOR;
			char value[80];
			unsigned signers;

			snprintf(value, sizeof value, "%s%.*s", role == ROLE_SERVICE_MANAGER ? "" : "service_manager ",
				TEXT_ARG(role_text((enum role)role)));
			error_clear(&f->err);
			named = policy_signers_parse(text_of(value), (enum proposal_kind)kind, &signers, &f->err);
			assert_int_equal(
				named, !worker && access_may((struct access_actor){.role = (enum role)role}, answers[kind]));
		}
		assert_true(access_may((struct access_actor){.role = ROLE_EDT_WORKER, .deputy = true}, answers[kind]));
	}
}

static const struct {
	const char *source, *line, *words;
} bad_policies[] = {
	{"cap = 25\ncapp = 25\n", "line 2", "\"capp\" is not a key of a policy: did you mean cap?"},
	{"duration.ambr = elapsed_hours(4)\n", "line 1", "did you mean duration.amber?"},
	{"hours.munday = closed\n", "line 1", "did you mean hours.monday?"},
	{"closures = 2015-12-24 Christmas\n", "line 1", "did you mean closure?"},
	{"the moon = full\n", "line 1", "policy show writes them all"},
	{"duration.red = elapsed_hours(-4)\n", "line 1", "not a duration"},
	{"duration.red = elapsed_hours(0)\n", "line 1", "not a duration"},
	{"hours.friday = 16:00-08:30\n", "line 1", "before it opens"},
	{"cap = -1\n", "line 1", "from 1 to 999"},
	{"glass.hours = 0\n", "line 1", "from 1 to 720"},
	{"cap = 25\n\ncap = 20\n", "line 3", "cap stands on line 1 already"},
	{"sign.outcome = \n", "line 1", "nobody could sign sign.outcome in hours: add practice_manager"},
	{"sign.outcome = edt_manager\n", "line 1", "in hours"},
	{"sign.lowering = deputy edt_manager\n", "line 1", "nobody could sign sign.lowering in hours"},
	{"sign.screen_out = practice_manager deputy\n", "line 1", "out of hours: add edt_manager or service_manager"},
	{"cap = 20\nsign.outcome = service_manager director\n", "line 2", "\"director\" never signs"},
	{"sign.outcome = service_manager administrator\n", "line 1",
		"\"administrator\" never signs: name practice_manager"},
	{"sign.outcome = service_manager auditor\n", "line 1", "never signs"},
	{"sign.outcome = service_manager partner\n", "line 1", "never signs"},
	{"sign.outcome = service_manager system_administrator\n", "line 1", "never signs"},
	{"sign.outcome = service_manager project_manager\n", "line 1", "never signs"},
	{"sign.screen_out = service_manager social_worker\n", "line 1", "write deputy"},
	{"sign.withdrawal = service_manager boss\n", "line 1", "\"boss\" is no role"},
	{"sign.withdrawal = service_manager service_manager\n", "line 1", "twice"},
	{"sign.withdrawl = service_manager\n", "line 1", "did you mean sign.withdrawal?"},
	{"codes.concern.retired = grief\n", "line 1", "\"grief\" is not a code of a concern"},
	{"codes.concern.retired = bereavement bereavement\n", "line 1", "twice"},
	{"codes.concern.retired = other\n", "line 1", "other can't be retired"},
	{"codes.concern.retired = domestic_abuse\n", "line 1", "domestic_abuse can't be retired"},
	{"codes.concern.retired = bereavement allegation_against_professional\n", "line 1", "can't be retired"},
	{"codes.concern.retired = physical_abuse\n", "line 1", "can't be retired: a rule or a way out hangs on it"},
	{"codes.screen_out_reason.retired = other\n", "line 1", "can't be retired"},
	{"codes.withdrawn_reason.retired = duplicate\n", "line 1", "a rule hangs on every reason for withdrawing"},
	{"codes.concern.neglect.label = Not looked after\n", "line 1", "can't be changed, only retired"},
	{"services = \n", "line 1", "name one service at least"},
	{"services = Young carers; young Carers\n", "line 1", "\"young Carers\" stands here twice"},
	{"cap = 0\n", "line 1", "from 1 to 999"},
	{"cap\n", "line 1", "key = value"},
	{"hours.monday = 17:00-08:30\n", "line 1", "before it opens"},
	{"hours.monday = 8:30-17:00\n", "line 1", "08:30-17:00 or closed"},
	{"hours.monday = 08:30-25:00\n", "line 1", "08:30-17:00 or closed"},
	{"hours.2015-02-30 = closed\n", "line 1", "of a date"},
	{"hours.2015-02-28 = closed\nhours.2015-02-28 = closed\n", "line 2", "hours twice"},
	{"duration.red = soon\n", "line 1", "not a duration"},
	{"delegate_screen_out = perhaps\n", "line 1", "yes or no"},
	{"reference.prefix = ox\n", "line 1", "capital letters"},
	{"closure = 24 December\n", "line 1", "a date and a name"},
	{"closure = 2015-12-24 a\nclosure = 2015-12-24 b\n", "line 2", "twice"},
	{"threshold.statutory = 4\nthreshold.section_47 = 3\n", "line 2", "can't come before the statutory level"},
	{"threshold.levels = 3\n", "line 1", "there are 3 levels"},
	{"hours.monday = closed\nhours.tuesday = closed\nhours.wednesday = closed\nhours.thursday = closed\n"
	 "hours.friday = closed\n",
		"line 5", "one weekday at least"},
};

static void a_bad_policy_is_refused_by_line(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(bad_policies); i++) {
		const struct error_field *found;
		struct policy p;

		error_clear(&f->err);
		if (policy_read(&f->arena, text_of(bad_policies[i].source), &p, &f->err))
			fail_msg("taken: %s", bad_policies[i].source);
		found = error_find(&f->err, bad_policies[i].line);
		if (!found || !strstr(found->message, bad_policies[i].words))
			fail_msg("%s: %s", bad_policies[i].source, found ? found->message : "no problem with that line");
	}
}

static void every_problem_of_a_policy_is_told(void **state)
{
	struct fixture *f = *state;
	struct policy p;

	assert_false(policy_read(&f->arena, TEXT("cap = x\ntarget = y\n"), &p, &f->err));
	assert_int_equal(f->err.field_count, 2);
	assert_error(&f->err, ERROR_INVALID, "can't be used");
}

static void a_list_of_bank_holidays_is_checked(void **state)
{
	static const struct {
		const char *csv, *words; /* NULL: taken */
	} rows[] = {
		{"date,title\n2026-12-25,Christmas Day\n2026-01-01,\"New Year's Day\"\n", NULL},
		{"date,title\n", NULL},
		{"day,name\n2026-12-25,Christmas Day\n", "date,title"},
		{"date,title\n25/12/2026,Christmas Day\n", "line 2"},
		{"date,title\n2026-12-25,\n", "title is missing"},
		{"", "date,title"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct named_days days;

		error_clear(&f->err);
		assert_int_equal(bank_holidays_parse(&f->arena, text_of(rows[i].csv), &days, &f->err), !rows[i].words);
		if (rows[i].words)
			assert_error(&f->err, ERROR_INVALID, rows[i].words);
		else if (days.count)
			assert_text(days.days[0].name, "New Year's Day");
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_policy_that_ships_is_oxfordshires),
		TEST(the_bank_holidays_are_inside_the_program),
		TEST(a_policy_reads_back_as_it_is_written),
		TEST(who_signs_codes_and_services_read_back_as_they_are_written),
		TEST(only_roles_that_may_try_are_named_as_signers),
		TEST(a_bad_policy_is_refused_by_line),
		TEST(every_problem_of_a_policy_is_told),
		TEST(a_list_of_bank_holidays_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
