#include "steps.h"

#include "hub/alarm.h"
#include "hub/alarm_view.h"
#include "hub/enquiry.h"
#include "hub/enquiry_view.h"
#include "hub/shift.h"
#include "hub/tick.h"

/* The rules are domain.md's, "immediate danger", "held" and "The clock"; the minutes are the policy that ships. */

static bool do_tick(struct hub *hub, void *with, struct error *err)
{
	(void)with;
	return tick_run(hub, err);
}

static void tick(struct fixture *f, const char *when)
{
	fixture_must(f, BY("operator", when), do_tick, NULL);
}

/* On the rota from one time of Monday to another. */
static void on_duty(struct fixture *f, const char *name, const char *kind, const char *from, const char *to)
{
	fixture_change(f,
		"insert into duty (account, kind, starts_at, ends_at, named_by, recorded_at) values (%lld, '%s', %lld, %lld, "
		"1, 0)",
		(long long)fixture_account(f, name).n, kind, (long long)at(from), (long long)at(to));
}

static struct text danger_at(struct fixture *f, const char *when)
{
	return fixture_receive(f, (struct given){.received_at = when, .immediate_danger = true});
}

/* Whom those of a kind and level are for, that stand: names in their order. */
#define assert_standing(f, kind, level, expected)                                                                      \
	assert_sql(f, expected,                                                                                            \
		"select group_concat(name) from (select substr(c.email, 1, instr(c.email, '@') - 1) as name from alarm a "     \
		"join alarm_for f on f.alarm = a.id join account "                                                             \
		"c "                                                                                                           \
		"on c.id = f.account where a.kind = '%s' and a.level = %d and a.ended_at is null order by a.id, c.id) as "     \
		"listed",                                                                                                      \
		(kind), (level))

static bool do_look(struct hub *hub, void *with, struct error *err)
{
	struct enquiry_view view;

	return enquiry_view(hub, *(struct text *)with, &view, err);
}

static void danger_alarms_the_duty_manager_in_the_transaction_of_its_receipt(void **state)
{
	struct fixture *f = *state;

	on_duty(f, "ellis", "duty_manager", MONDAY_AT("08:30"), MONDAY_AT("17:00"));
	on_duty(f, "frost", "edt_manager", MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
	danger_at(f, MONDAY_AT("10:00"));
	assert_standing(f, "danger", 1, "ellis");
	assert_sql(
		f, "1", "select count(*) from outbox o join alarm a on a.stable_id = o.stable_id and o.kind = 'alarm_danger'");
	assert_sql(f, "1", "select count(*) from access_log where action = 'raise_alarm' and record_kind = 'enquiry'");
	tick(f, MONDAY_AT("10:01"));
	assert_sql(f, "1", "select count(*) from alarm");
}

static void at_night_danger_is_edts(void **state)
{
	struct fixture *f = *state;

	on_duty(f, "ellis", "duty_manager", MONDAY_AT("08:30"), MONDAY_AT("17:00"));
	on_duty(f, "frost", "edt_manager", MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
	on_duty(f, "gale", "edt_worker", MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
	danger_at(f, MONDAY_AT("22:00"));
	assert_standing(f, "danger", 1, "frost,gale");
}

static void unopened_for_fifteen_minutes_it_rises_to_the_service_manager(void **state)
{
	struct fixture *f = *state;
	struct text reference = danger_at(f, MONDAY_AT("10:00"));

	tick(f, "2015-06-01T10:14:59+01:00");
	assert_standing(f, "danger", 2, "");
	tick(f, MONDAY_AT("10:15"));
	assert_standing(f, "danger", 2, "hart");
	fixture_must(f, BY("hart", MONDAY_AT("10:16")), do_look, &reference);
	tick(f, MONDAY_AT("10:17"));
	assert_standing(f, "danger", 2, "hart");
	fixture_must(f, BY("byrne", MONDAY_AT("10:18")), do_look, &reference);
	tick(f, MONDAY_AT("10:19"));
	assert_standing(f, "danger", 2, "");
	assert_sql(f, "opened", "select ended_why from alarm where level = 2");
	assert_standing(f, "danger", 1, "nair");
}

static void who_opened_it_in_time_keeps_it_from_rising(void **state)
{
	struct fixture *f = *state;
	struct text reference = danger_at(f, MONDAY_AT("10:00"));
	struct text other = danger_at(f, MONDAY_AT("10:01"));

	fixture_must(f, BY("byrne", MONDAY_AT("10:10")), do_look, &reference);
	fixture_must(f, BY("ashworth", MONDAY_AT("10:11")), do_look, &other);
	tick(f, MONDAY_AT("10:30"));
	assert_sql(f, other.ptr, "select q.reference from alarm a join enquiry q on q.id = a.enquiry where a.level = 2");
	assert_sql(f, "1", "select count(*) from alarm where level = 2");
}

static void screening_ends_it_and_what_nobody_was_sent_is_not_sent(void **state)
{
	struct fixture *f = *state;
	struct text reference = danger_at(f, MONDAY_AT("10:00"));

	must_screen(f, BY("byrne", MONDAY_AT("10:05")), reference, "red");
	tick(f, MONDAY_AT("10:06"));
	assert_standing(f, "danger", 1, "");
	assert_sql(f, "screened", "select ended_why from alarm");
	assert_sql(f, "0", "select count(*) from outbox where kind = 'alarm_danger'");
	tick(f, MONDAY_AT("10:40"));
	assert_sql(f, "1", "select count(*) from alarm");
}

static void a_shift_that_ends_while_an_alarm_stands_leaves_it_to_both(void **state)
{
	struct fixture *f = *state;

	on_duty(f, "ellis", "duty_manager", MONDAY_AT("08:30"), MONDAY_AT("17:00"));
	on_duty(f, "frost", "edt_manager", MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
	danger_at(f, MONDAY_AT("16:58"));
	tick(f, MONDAY_AT("16:59"));
	assert_standing(f, "danger", 1, "ellis");
	tick(f, MONDAY_AT("17:00"));
	assert_standing(f, "danger", 1, "ellis,frost");
	assert_sql(f, "2", "select count(*) from outbox where kind = 'alarm_danger'");
	tick(f, MONDAY_AT("17:01"));
	assert_sql(f, "2", "select count(*) from outbox where kind = 'alarm_danger'");
}

static bool do_shift_add(struct hub *hub, void *with, struct error *err)
{
	struct shifts made;

	return shift_add(hub, with, &made, err);
}

static bool do_shift_cancel(struct hub *hub, void *with, struct error *err)
{
	struct shifts cancelled;

	return shift_cancel(hub, with, &cancelled, err);
}

/* Named as a manager names, every day of the week from Monday on. */
static void name_week(struct fixture *f, const char *who, enum duty duty, const char *from, const char *to)
{
	struct shift_add in = {.account = fixture_account(f, who),
		.duty = duty_text(duty),
		.from = at(from),
		.to = at(to),
		.repeats = repeats_text(REPEATS_EVERY_DAY)};

	assert_true(day_parse(TEXT("2015-06-07"), &in.until));
	fixture_must(f, BY("nair", MONDAY_AT("08:00")), do_shift_add, &in);
}

static bool do_standing(struct hub *hub, void *with, struct error *err)
{
	return alarm_list(hub, (struct alarm_id){0}, with, err);
}

static size_t seen_by(struct fixture *f, const char *who, const char *when)
{
	struct alarm_list list;

	fixture_must(f, BY(who, when), do_standing, &list);
	return list.count;
}

static void shifts_that_end_while_an_alarm_stands_hand_it_on_and_leave_it(void **state)
{
	struct fixture *f = *state;
	struct shift_cancel night = {.shift = {8}};
	struct text reference;

	name_week(f, "ellis", DUTY_MANAGER, MONDAY_AT("08:30"), MONDAY_AT("17:00"));
	name_week(f, "gale", DUTY_EDT_WORKER, MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
	reference = danger_at(f, MONDAY_AT("16:50"));
	tick(f, MONDAY_AT("16:59"));
	assert_int_equal(seen_by(f, "ellis", MONDAY_AT("16:59")), 1);
	assert_int_equal(seen_by(f, "gale", MONDAY_AT("16:59")), 0);
	tick(f, MONDAY_AT("17:00"));
	assert_standing(f, "danger", 1, "ellis,gale");
	assert_int_equal(seen_by(f, "ellis", MONDAY_AT("17:00")), 1);
	assert_int_equal(seen_by(f, "gale", MONDAY_AT("17:00")), 1);
	/* The night's shift is cut short: it goes to who is next now, an EDT manager by role, and stays with both. */
	fixture_must(f, BY("nair", MONDAY_AT("20:00")), do_shift_cancel, &night);
	tick(f, MONDAY_AT("20:01"));
	assert_standing(f, "danger", 1, "ellis,frost,gale");
	tick(f, TUESDAY_AT("08:30"));
	assert_standing(f, "danger", 1, "ellis,frost,gale");
	assert_sql(f, "1", "select count(*) from alarm where level = 1 and kind = 'danger'");
	must_screen(f, BY("byrne", TUESDAY_AT("08:40")), reference, "red");
	tick(f, TUESDAY_AT("08:41"));
	assert_standing(f, "danger", 1, "");
	assert_int_equal(seen_by(f, "gale", TUESDAY_AT("08:41")), 0);
}

static void held_alarms_after_thirty_minutes_and_anew_when_held_anew(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:00")});

	must_screen(f, BY("byrne", MONDAY_AT("09:10")), reference, "red");
	fixture_change(f, "update episode set state = 'held', held_by = %lld, held_at = %lld",
		(long long)fixture_account(f, "nair").n, (long long)at(MONDAY_AT("09:20")));
	tick(f, "2015-06-01T09:49:59+01:00");
	assert_standing(f, "held", 1, "");
	tick(f, MONDAY_AT("09:50"));
	assert_standing(f, "held", 1, "nair");
	fixture_change(f, "update episode set held_at = %lld", (long long)at(MONDAY_AT("10:00")));
	tick(f, MONDAY_AT("10:05"));
	assert_standing(f, "held", 1, "");
	tick(f, MONDAY_AT("10:30"));
	assert_standing(f, "held", 1, "nair");
	assert_sql(f, "2", "select count(*) from alarm where kind = 'held'");
}

static bool do_receive_danger(struct hub *hub, void *with, struct error *err)
{
	struct child_receive child = {.given_name = TEXT("Imogen"), .date_of_birth = DAY_NONE, .expected_date = DAY_NONE};
	struct enquiry_receive in = {.received_at = at(with),
		.channel = TEXT("phone"),
		.source_code = TEXT("9"),
		.concern = TEXT("physical_abuse"),
		.immediate_danger = true,
		.summary = TEXT("An injury."),
		.children = {&child, 1}};
	struct received received;

	return enquiry_receive(hub, &in, &received, err);
}

static void what_a_file_tells_rises_only_where_it_stands_open(void **state)
{
	struct fixture *f = *state;
	struct as file = {.name = "operator", .at = MONDAY_AT("10:00"), .from_file = true};

	fixture_must(f, file, do_receive_danger, (void *)(uintptr_t) "2015-05-28T10:00:00+01:00");
	fixture_must(f, file, do_receive_danger, (void *)(uintptr_t) "2015-05-29T10:00:00+01:00");
	assert_sql(f, "0|0", "select (select count(*) from alarm) || '|' || (select count(*) from outbox)");
	fixture_change(f, "update episode set ended_at = 1, ended = 'withdrawn', state = 'withdrawn' where id = 1");
	tick(f, "2026-01-05T09:00:01Z");
	assert_sql(f, "1|2", "select count(*) || '|' || max(enquiry) from alarm where level = 1");
}

static void asking_again_makes_nothing(void **state)
{
	struct fixture *f = *state;

	danger_at(f, MONDAY_AT("10:00"));
	for (int i = 0; i < 3; i++) tick(f, MONDAY_AT("10:20"));
	assert_sql(f, "2", "select count(*) from alarm");
	assert_sql(f, "2", "select count(*) from outbox where kind = 'alarm_danger'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(danger_alarms_the_duty_manager_in_the_transaction_of_its_receipt),
		fixture_test(at_night_danger_is_edts),
		fixture_test(unopened_for_fifteen_minutes_it_rises_to_the_service_manager),
		fixture_test(who_opened_it_in_time_keeps_it_from_rising),
		fixture_test(screening_ends_it_and_what_nobody_was_sent_is_not_sent),
		fixture_test(a_shift_that_ends_while_an_alarm_stands_leaves_it_to_both),
		fixture_test(shifts_that_end_while_an_alarm_stands_hand_it_on_and_leave_it),
		fixture_test(held_alarms_after_thirty_minutes_and_anew_when_held_anew),
		fixture_test(what_a_file_tells_rises_only_where_it_stands_open),
		fixture_test(asking_again_makes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
