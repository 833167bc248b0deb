#include "steps.h"

#include "hub/absence.h"
#include "hub/account.h"
#include "hub/deputy.h"
#include "hub/duty.h"
#include "hub/hub_now.h"
#include "hub/rota.h"
#include "hub/shift.h"
#include "hub/staff.h"

#define NIGHT       "2015-06-01T23:00:00+01:00"
#define TEN         MONDAY_AT("10:00")
#define MONDAY_DAY  16587 /* 1 June 2015: python's date(2015, 6, 1).toordinal() - date(1970, 1, 1).toordinal() */
#define TUESDAY_DAY 16588

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

static bool do_deputy_add(struct hub *hub, void *with, struct error *err)
{
	struct deputy_row row;

	return deputy_add(hub, with, &row, err);
}

static bool do_absence_add(struct hub *hub, void *with, struct error *err)
{
	struct absence_row row;

	return absence_add(hub, with, &row, err);
}

static bool do_absence_withdraw(struct hub *hub, void *with, struct error *err)
{
	struct absence_row row;

	return absence_withdraw(hub, *(struct absence_id *)with, &row, err);
}

static bool do_staff_change(struct hub *hub, void *with, struct error *err)
{
	struct staff_row row;

	return staff_change(hub, with, &row, err);
}

static bool do_hub_now(struct hub *hub, void *with, struct error *err)
{
	return hub_now_show(hub, with, err);
}

struct holding {
	struct duty_person person;
	bool found;
};

static bool do_holder(struct hub *hub, void *with, struct error *err)
{
	struct holding *holding = with;

	return duty_holder(hub, &holding->person, &holding->found, err);
}

static void name(struct fixture *f, const char *who, enum duty duty, const char *from, const char *to)
{
	struct shift_add in = {fixture_account(f, who), duty_text(duty), at(from), at(to), .until = DAY_NONE};

	fixture_must(f, BY("nair", MONDAY_AT("08:00")), do_shift_add, &in);
}

/* Away all of Monday, said at eight. */
static void send_home(struct fixture *f, const char *who, const char *said_at)
{
	struct absence_add in = {.account = fixture_account(f, who),
		.absence_kind = TEXT("sickness"),
		.first_day = MONDAY_DAY,
		.last_day = MONDAY_DAY};

	fixture_must(f, BY("nair", said_at), do_absence_add, &in);
}

static const char *holder_at(struct fixture *f, const char *when)
{
	struct holding holding = {0};
	struct error err;

	if (!fixture_read(f, BY("nair", when), do_holder, &holding, &err)) fail_msg("%s", err.message);
	return holding.found ? arena_cstr(&f->arena, holding.person.name) : "nobody";
}

static void who_holds_in_hours_is_the_duty_manager_else_a_manager_who_is_here(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(holder_at(f, TEN), "Priya Nair");
	name(f, "ellis", DUTY_MANAGER, MONDAY_AT("08:30"), MONDAY_AT("17:00"));
	assert_string_equal(holder_at(f, TEN), "Tom Ellis");
	send_home(f, "ellis", MONDAY_AT("08:10"));
	assert_string_equal(holder_at(f, TEN), "Priya Nair");
	send_home(f, "nair", MONDAY_AT("08:20"));
	assert_string_equal(holder_at(f, TEN), "Ewa Frost"); /* EDT manager: the only one left who may hold */
	fixture_change(f, "update account set disabled_at = 0 where role in ('edt_manager', 'edt_worker')");
	assert_string_equal(holder_at(f, TEN), "Priya Nair"); /* away, but somebody's name */
}

static void who_holds_at_night_is_edt_by_the_rota_else_by_role(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(holder_at(f, NIGHT), "Ewa Frost");
	name(f, "gale", DUTY_EDT_WORKER, MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
	assert_string_equal(holder_at(f, NIGHT), "Ian Gale");
	name(f, "ellis", DUTY_ON_CALL, MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
	assert_string_equal(holder_at(f, NIGHT), "Tom Ellis");
	name(f, "frost", DUTY_EDT_MANAGER, MONDAY_AT("17:00"), "2015-06-01T22:30:00+01:00");
	assert_string_equal(holder_at(f, MONDAY_AT("22:00")), "Ewa Frost");
	assert_string_equal(holder_at(f, NIGHT), "Tom Ellis"); /* the shift has ended */
}

static void an_edt_manager_signs_on_a_shift_of_the_rota(void **state)
{
	static const struct {
		const char *named; /* for Monday night, or NULL */
		enum duty duty;
		const char *when;
		enum error_kind kind;
	} cases[] = {
		{NULL, 0, NIGHT, ERROR_NONE},                   /* no rota: out of hours is enough */
		{NULL, 0, MONDAY_AT("15:00"), ERROR_DENIED},    /* in hours it isn't */
		{"frost", DUTY_EDT_MANAGER, NIGHT, ERROR_NONE}, /* on shift */
		{"gale", DUTY_EDT_WORKER, NIGHT, ERROR_DENIED}, /* another is, and they are not */
		{"ellis", DUTY_ON_CALL, NIGHT, ERROR_NONE},     /* on call is no EDT shift */
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text reference = allocated_enquiry(f, 1);
		struct enquiry_authorise in = {ON(reference), TEXT("no"), TEXT("below_threshold")};
		struct error err;

		fixture_change(f, "update duty set cancelled_at = starts_at");
		if (cases[i].named) name(f, cases[i].named, cases[i].duty, MONDAY_AT("17:00"), TUESDAY_AT("08:30"));
		must_recommend(f, BY("rahman", MONDAY_AT("11:00")), reference,
			(struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
		fixture_act(f, BY("frost", cases[i].when), do_enquiry_authorise, &in, &err);
		if (err.kind != cases[i].kind) fail_msg("case %zu: %s %s", i, error_kind_name(err.kind), err.message);
	}
}

static void a_cancelled_shift_or_deputy_counts_from_then_on_for_nothing(void **state)
{
	struct fixture *f = *state;
	struct deputy_add deputy = {fixture_account(f, "byrne"), MONDAY_DAY, TUESDAY_DAY};
	struct shift_cancel shift = {.shift = {1}};
	struct error err;

	name(f, "ellis", DUTY_MANAGER, MONDAY_AT("08:30"), MONDAY_AT("17:00"));
	fixture_must(f, BY("nair", MONDAY_AT("09:30")), do_shift_cancel, &shift);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("09:31")), do_shift_cancel, &shift, &err));
	assert_string_equal(holder_at(f, TEN), "Priya Nair");
	assert_sql(f, "1", "select count(*) from duty where cancelled_at > starts_at and cancelled_by is not null");
	fixture_must(f, BY("nair", MONDAY_AT("09:00")), do_deputy_add, &deputy);
	fixture_change(f, "update deputy set cancelled_at = %lld", (long long)at(TEN));
	assert_false(fixture_act(f, BY("byrne", MONDAY_AT("10:30")), do_shift_cancel, &shift, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
}

#define NAMER BY("nair", MONDAY_AT("08:00"))

static struct shift_add repeating(
	struct fixture *f, const char *from, const char *to, enum repeats repeats, const char *until)
{
	struct shift_add in = {.account = fixture_account(f, "ellis"),
		.duty = duty_text(DUTY_MANAGER),
		.from = at(from),
		.to = at(to),
		.repeats = repeats_text(repeats),
		.until = DAY_NONE};

	if (until) assert_true(day_parse(text_of(until), &in.until));
	return in;
}

static void what_repeats_is_many_shifts_of_eight_weeks_at_most(void **state)
{
	static const struct {
		const char *from, *to;
		enum repeats repeats;
		const char *until;
		int made;          /* 0: refused, by this field with these words */
		const char *field; /* of the refusal */
		const char *words;
	} cases[] = {
		{MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_EVERY_DAY, "2015-07-27", 57, NULL, NULL},
		{MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_EVERY_DAY, "2015-07-28", 0, "until",
			"8 weeks at most: until 27 July 2015"},
		{MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_EVERY_WEEKDAY, "2015-06-12", 10, NULL, NULL},
		{MONDAY_AT("17:00"), TUESDAY_AT("17:00"), REPEATS_EVERY_DAY, "2015-06-03", 3, NULL, NULL},
		{MONDAY_AT("17:00"), TUESDAY_AT("17:01"), REPEATS_EVERY_DAY, "2015-06-03", 0, "to", "before the next begins"},
		{MONDAY_AT("08:30"), "2015-06-08T08:30:00+01:00", REPEATS_EVERY_WEEK, "2015-06-15", 3, NULL, NULL},
		{"2015-06-06T08:30:00+01:00", "2015-06-06T17:00:00+01:00", REPEATS_EVERY_WEEKDAY, "2015-06-12", 0, "from",
			"Sat 6 June is no weekday"},
		{MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_EVERY_DAY, NULL, 0, "until", "Enter the last day"},
		{MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_EVERY_DAY, "2015-05-31", 0, "until", "before the first"},
		{MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_ONCE, "2015-06-03", 0, "repeats", "how often"},
		{"2016-03-26T01:10:00Z", "2016-03-26T01:50:00Z", REPEATS_EVERY_DAY, "2016-03-28", 0, "until",
			"Sun 27 March has no such time"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct shift_add in = repeating(f, cases[i].from, cases[i].to, cases[i].repeats, cases[i].until);
		const struct error_field *wrong;
		struct error err;
		struct text made;
		int count;

		fixture_change(f, "update duty set cancelled_at = starts_at where cancelled_at is null");
		fixture_act(f, NAMER, do_shift_add, &in, &err);
		wrong = cases[i].field ? error_find(&err, cases[i].field) : NULL;
		if (cases[i].field && (!wrong || !strstr(wrong->message, cases[i].words))) fail_msg("case %zu: not refused", i);
		made = fixture_sql(f, "select count(*) from duty where cancelled_at is null");
		count = (int)strtol(arena_cstr(&f->arena, made), NULL, 10);
		if (count != cases[i].made) fail_msg("case %zu: %d made", i, count);
	}
}

struct going {
	const struct shift_add *in;
	struct shifts made;
};

static bool do_go(struct hub *hub, void *with, struct error *err)
{
	struct going *going = with;

	return shift_add(hub, going->in, &going->made, err);
}

static void a_repeated_shift_keeps_its_hours_and_tells_its_bank_holidays(void **state)
{
	struct fixture *f = *state;
	struct shift_add spring =
		repeating(f, "2016-03-24T17:00:00Z", "2016-03-25T08:30:00Z", REPEATS_EVERY_DAY, "2016-03-28");
	struct shift_add autumn =
		repeating(f, "2015-10-23T17:00:00+01:00", "2015-10-24T08:30:00+01:00", REPEATS_EVERY_DAY, "2015-10-26");
	struct going going = {.in = &spring};

	spring.duty = autumn.duty = duty_text(DUTY_ON_CALL);
	fixture_must(f, NAMER, do_go, &going);
	assert_int_equal(going.made.rows[2].ends_at, at("2016-03-27T08:30:00+01:00"));
	assert_int_equal(going.made.rows[3].starts_at, at("2016-03-27T17:00:00+01:00"));
	assert_text(shifts_words(&f->arena, &going.made),
		"5 shifts: Tom Ellis, On call, from Thu 24 March to Mon 28 March. Bank holidays among them: Fri 25 March (Good "
		"Friday), Mon 28 March (Easter Monday).");
	going.in = &autumn;
	fixture_must(f, NAMER, do_go, &going);
	assert_int_equal(going.made.rows[1].ends_at, at("2015-10-25T08:30:00Z"));
	assert_int_equal(going.made.rows[3].starts_at, at("2015-10-26T17:00:00Z"));
	assert_int_equal(going.made.holidays.count, 0);
}

static void where_one_day_stands_in_the_way_none_is_made_and_it_is_named(void **state)
{
	struct fixture *f = *state;
	struct shift_add in = repeating(f, MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_EVERY_WEEKDAY, "2015-06-12");
	struct absence_add away = {.account = in.account,
		.absence_kind = TEXT("planned"),
		.first_day = MONDAY_DAY + 2,
		.last_day = MONDAY_DAY + 3};
	struct error err;

	name(f, "ellis", DUTY_MANAGER, "2015-06-04T12:00:00+01:00", "2015-06-04T13:00:00+01:00");
	name(f, "ellis", DUTY_MANAGER, "2015-06-09T12:00:00+01:00", "2015-06-09T13:00:00+01:00");
	assert_false(fixture_act(f, NAMER, do_shift_add, &in, &err));
	assert_non_null(error_find(&err, "from"));
	assert_string_equal(error_find(&err, "from")->message,
		"Thu 4 June: Tom Ellis is named for this already from Thu 4 June, 12:00 to Thu 4 June, 13:00: cancel that, or "
		"end the repeat before it");
	assert_sql(f, "2", "select count(*) from duty");
	fixture_must(f, NAMER, do_absence_add, &away);
	assert_false(fixture_act(f, NAMER, do_shift_add, &in, &err));
	assert_string_equal(error_find(&err, "account")->message,
		"Wed 3 June: Tom Ellis is away from Wed 3 June, 00:00 to Fri 5 June, 00:00: end the repeat before it");
	assert_sql(f, "2", "select count(*) from duty");
	assert_true(day_parse(TEXT("2015-06-02"), &in.until));
	fixture_must(f, NAMER, do_shift_add, &in);
	assert_sql(f, "4", "select count(*) from duty");
}

static void the_later_ones_of_the_same_person_and_duty_go_too_where_asked(void **state)
{
	struct fixture *f = *state;
	struct shift_add in = repeating(f, MONDAY_AT("08:30"), MONDAY_AT("17:00"), REPEATS_EVERY_WEEKDAY, "2015-06-12");
	struct shift_cancel third = {.shift = {3}}, fifth = {.shift = {5}, .later_too = true};

	fixture_must(f, NAMER, do_shift_add, &in);
	name(f, "ellis", DUTY_ON_CALL, "2015-06-09T17:00:00+01:00", "2015-06-10T08:30:00+01:00");
	name(f, "nair", DUTY_MANAGER, "2015-06-09T08:30:00+01:00", "2015-06-09T17:00:00+01:00");
	fixture_must(f, BY("nair", MONDAY_AT("09:00")), do_shift_cancel, &third);
	assert_sql(f, "1", "select count(*) from duty where cancelled_at is not null");
	fixture_must(f, BY("nair", MONDAY_AT("09:01")), do_shift_cancel, &fifth);
	assert_sql(f, "1,2,4,11,12",
		"select group_concat(id) from (select id from duty where cancelled_at is null order by id) as listed");
}

static bool do_absence_end(struct hub *hub, void *with, struct error *err)
{
	struct absence_row row;

	return absence_end(hub, with, &row, err);
}

static void an_absence_ends_and_is_withdrawn_once(void **state)
{
	static const char row[] = "select ends_at || '|' || coalesce(cast(cancelled_at as text), '') || '|' || "
							  "(select count(*) from access_log where action = 'manage_absence') from absence";
	struct fixture *f = *state;
	struct absence_end end = {.absence = {1}, .last_day = DAY_NONE};
	struct absence_id absence = {1};
	struct text before;
	struct error err;

	send_home(f, "rahman", MONDAY_AT("08:10"));
	fixture_must(f, BY("nair", MONDAY_AT("10:00")), do_absence_end, &end);
	before = fixture_sql(f, row);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("10:00")), do_absence_end, &end, &err));
	assert_error(&err, ERROR_REFUSED, "ended already");
	assert_false(fixture_act(f, BY("ellis", MONDAY_AT("10:05")), do_absence_end, &end, &err));
	assert_error(&err, ERROR_REFUSED, "ended already");
	assert_text(fixture_sql(f, row), before.ptr);
	fixture_must(f, BY("nair", MONDAY_AT("10:10")), do_absence_withdraw, &absence);
	before = fixture_sql(f, row);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("10:11")), do_absence_withdraw, &absence, &err));
	assert_error(&err, ERROR_REFUSED, "withdrawn already");
	assert_text(fixture_sql(f, row), before.ptr);
}

static struct hub_now_view hub_at(struct fixture *f, const char *when)
{
	struct hub_now_view view;
	struct error err;

	if (!fixture_read(f, BY("nair", when), do_hub_now, &view, &err)) fail_msg("%s", err.message);
	return view;
}

static void reds_and_ambers_have_nobody_from_the_start_greens_from_the_close(void **state)
{
	static const struct {
		const char *when;
		int64_t nobody;
	} cases[] = {
		{MONDAY_AT("12:59"), 0},                                    /* here */
		{MONDAY_AT("13:00"), 2},                                    /* away: red and amber */
		{MONDAY_AT("16:59"), 2}, {MONDAY_AT("17:00"), 3},           /* the close: the green too */
		{TUESDAY_AT("23:59"), 3}, {"2015-06-03T00:00:00+01:00", 0}, /* back */
	};
	static const char *const rags[] = {"red", "amber", "green"};
	struct fixture *f = *state;
	struct absence_add in = {.account = fixture_account(f, "rahman"),
		.absence_kind = TEXT("training"),
		.first_day = MONDAY_DAY,
		.from_time = TEXT("13:00"),
		.last_day = TUESDAY_DAY};

	for (size_t i = 0; i < COUNT_OF(rags); i++) {
		struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:00")});

		must_screen(f, BY("byrne", MONDAY_AT("09:10")), reference, rags[i]);
		must_allocate(f, BY("nair", MONDAY_AT("09:20")), reference, "rahman");
	}
	fixture_must(f, BY("nair", MONDAY_AT("09:30")), do_absence_add, &in);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct hub_now_view view = hub_at(f, cases[i].when);

		if (view.nobody != cases[i].nobody || (int64_t)view.lists[HUB_LIST_NOBODY].count != cases[i].nobody)
			fail_msg("at %s: %lld", cases[i].when, (long long)view.nobody);
	}
	assert_text(hub_at(f, MONDAY_AT("18:00")).lists[HUB_LIST_NOBODY].rows[0].rag, "red");
}

static void an_absence_after_the_fact_tells_what_was_held_and_changes_nothing_of_it(void **state)
{
	static const char history[] = "select group_concat(transition || at || coalesce(cast(about as text), '')) from "
								  "(select * from history order by id) as listed";
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct text before = fixture_sql(f, "%s", history);
	struct absence_add in = {.account = fixture_account(f, "rahman"),
		.absence_kind = TEXT("sickness"),
		.first_day = MONDAY_DAY,
		.last_day = MONDAY_DAY};
	struct absence_id absence = {1};

	fixture_must(f, BY("nair", TUESDAY_AT("09:00")), do_absence_add, &in);
	assert_text(fixture_sql(f, "%s", history), before.ptr);
	assert_episode(f, reference, "state", "allocated");
	assert_sql(f, "1", "select count(*) from absence where recorded_at > ends_at and recorded_by is not null");
	assert_int_equal(hub_at(f, MONDAY_AT("11:00")).nobody, 0); /* a green, before the close */
	fixture_must(f, BY("nair", TUESDAY_AT("09:10")), do_absence_withdraw, &absence);
	assert_sql(f, "1", "select count(*) from absence where cancelled_at is not null");
}

static void less_is_never_refused_and_takes_no_more(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct text other = fixture_receive(f, (struct given){.received_at = TEN});
	struct enquiry_allocate give = {ON(other), fixture_account(f, "rahman"), TEXT("Knows them.")};
	struct staff_change in = {
		.account = fixture_account(f, "rahman"), .cap = 20, .hours_percent = 0, .newly_qualified = TEXT("yes")};
	struct error err;

	fixture_must(f, BY("nair", MONDAY_AT("10:40")), do_staff_change, &in);
	assert_episode(f, reference, "state", "allocated");
	must_screen(f, BY("byrne", MONDAY_AT("10:41")), other, "green");
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("10:45")), do_enquiry_allocate, &give, &err));
	assert_error(&err, ERROR_REFUSED, "holds 1 of 0");
	in.hours_percent = 50;
	fixture_must(f, BY("nair", MONDAY_AT("10:50")), do_staff_change, &in);
	fixture_must(f, BY("nair", MONDAY_AT("10:55")), do_enquiry_allocate, &give);
	assert_sql(f, "20 50 1",
		"select cap || ' ' || hours_percent || ' ' || newly_qualified from worker where account = %lld",
		(long long)in.account.n);
}

static void a_change_made_from_what_no_longer_stands_is_refused(void **state)
{
	struct fixture *f = *state;
	struct staff_change first = {.account = fixture_account(f, "rahman"), .cap = 20, .hours_percent = INT_NONE};
	struct staff_change second = {.account = first.account, .cap = INT_NONE, .hours_percent = 50};
	struct error err;

	first.seen = second.seen = TEXT("cap 25, 100% of hours, not newly qualified, no telephone");
	fixture_must(f, BY("nair", MONDAY_AT("10:00")), do_staff_change, &first);
	assert_false(fixture_act(f, BY("ellis", MONDAY_AT("10:01")), do_staff_change, &second, &err));
	assert_error(&err, ERROR_REFUSED, "stands at: cap 20, 100% of hours, not newly qualified, no telephone");
	assert_sql(
		f, "20 100", "select cap || ' ' || hours_percent from worker where account = %lld", (long long)first.account.n);
	second.seen = TEXT("cap 20, 100% of hours, not newly qualified, no telephone");
	fixture_must(f, BY("ellis", MONDAY_AT("10:02")), do_staff_change, &second);
	assert_sql(
		f, "20 50", "select cap || ' ' || hours_percent from worker where account = %lld", (long long)first.account.n);
}

/* Absences thrown at random over two days, and enquiries offered meanwhile: whoever is away is given none. */
static void somebody_who_is_away_is_never_recommended_nor_given_one(void **state)
{
	static const char *const workers[] = {"rahman", "byrne"};
	struct fixture *f = *state;
	struct random_source random = random_source_seeded(20150601);

	for (int round = 0; round < 48; round++) {
		struct text minute = arena_printf(
			&f->arena, "2015-06-0%dT%02d:%02d:00+01:00", 1 + round / 24, 9 + round % 24 / 4, round % 4 * 15);
		struct text reference = fixture_receive(f, (struct given){.received_at = minute.ptr});
		size_t which = random_below(&random, 2);
		struct enquiry_allocate give = {ON(reference), fixture_account(f, workers[which]), TEXT("There is a place.")};
		instant starts = at(minute.ptr) + ((int64_t)random_below(&random, 9) - 4) * 15 * MINUTE_MS;
		struct text away;
		struct error err;

		if (random_below(&random, 2))
			fixture_change(f,
				"insert into absence (account, starts_at, ends_at, reason, recorded_at, cancelled_at) values (%lld, "
				"%lld, "
				"%lld, '', %lld, %s)",
				(long long)fixture_account(f, workers[random_below(&random, 2)]).n, (long long)starts,
				(long long)(starts + 30 * MINUTE_MS), (long long)at(minute.ptr),
				random_below(&random, 4) ? "null" : "1");
		must_screen(f, BY("gale", minute.ptr), reference, "amber");
		away = fixture_sql(f,
			"select count(*) from absence where account = %lld and cancelled_at is null and starts_at <= %lld and "
			"ends_at > "
			"%lld",
			(long long)give.worker.n, (long long)at(minute.ptr), (long long)at(minute.ptr));
		if (fixture_act(f, BY("nair", minute.ptr), do_enquiry_allocate, &give, &err) != text_is(away, "0"))
			fail_msg("round %d, %s away %.*s: %s", round, workers[which], TEXT_ARG(away), err.message);
	}
	assert_sql(f, "0",
		"select count(*) from allocation l join absence b on b.account in (l.worker, l.recommended) and b.starts_at <= "
		"l.at "
		"and b.ends_at > l.at and b.cancelled_at is null and b.recorded_at <= l.at");
	assert_sql(f, "1", "select count(*) > 15 from allocation");
}

static bool do_disable(struct hub *hub, void *with, struct error *err)
{
	struct account_row row;

	return account_disable(hub, with, &row, err);
}

static void an_account_ends_with_its_work_named_all_or_nothing(void **state)
{
	struct fixture *f = *state;
	struct account_disable in = {.email = TEXT("rahman@hub.example")};
	struct text kept;
	struct error err;

	for (int i = 0; i < 12; i++) kept = allocated_enquiry(f, 1);
	must_recommend(
		f, BY("rahman", MONDAY_AT("11:00")), kept, (struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	assert_false(fixture_act(f, BY("kemp", MONDAY_AT("12:00")), do_disable, &in, &err));
	assert_error(&err, ERROR_REFUSED, "Asha Rahman holds 12 open");
	assert_sql(f, "0", "select count(*) from account where disabled_at is not null");
	in.unallocate = true;
	fixture_must(f, BY("kemp", MONDAY_AT("12:00")), do_disable, &in);
	assert_sql(f, "11", "select count(*) from episode where state = 'screened' and worker is null");
	assert_episode(f, kept, "state", "recommended"); /* a manager decides it */
	assert_sql(f, "11", "select count(*) from history where transition = 'unallocated'");
	assert_sql(f, "11", "select count(*) from allocation where ended_at is not null");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		fixture_test(who_holds_in_hours_is_the_duty_manager_else_a_manager_who_is_here),
		fixture_test(who_holds_at_night_is_edt_by_the_rota_else_by_role),
		fixture_test(an_edt_manager_signs_on_a_shift_of_the_rota),
		fixture_test(a_cancelled_shift_or_deputy_counts_from_then_on_for_nothing),
		fixture_test(what_repeats_is_many_shifts_of_eight_weeks_at_most),
		fixture_test(a_repeated_shift_keeps_its_hours_and_tells_its_bank_holidays),
		fixture_test(where_one_day_stands_in_the_way_none_is_made_and_it_is_named),
		fixture_test(the_later_ones_of_the_same_person_and_duty_go_too_where_asked),
		fixture_test(an_absence_ends_and_is_withdrawn_once),
		fixture_test(a_change_made_from_what_no_longer_stands_is_refused),
		fixture_test(reds_and_ambers_have_nobody_from_the_start_greens_from_the_close),
		fixture_test(an_absence_after_the_fact_tells_what_was_held_and_changes_nothing_of_it),
		fixture_test(less_is_never_refused_and_takes_no_more),
		fixture_test(somebody_who_is_away_is_never_recommended_nor_given_one),
		fixture_test(an_account_ends_with_its_work_named_all_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
