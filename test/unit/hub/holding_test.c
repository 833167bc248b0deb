#include "steps.h"

#include "hub/holding.h"
#include "hub/loan.h"
#include "hub/swap.h"

DEED(enquiry_hold, enquiry_hold)
DEED(enquiry_unallocate, enquiry_unallocate)
DEED(enquiry_swap, enquiry_swap)
DEED(enquiry_lend, enquiry_lend)

static bool tick(struct hub *hub, void *with, struct error *err)
{
	bool *due = with;

	return holding_chore_due(hub, due, err) && holding_chore(hub, err);
}

static bool ticked_at(struct fixture *f, const char *when)
{
	bool due;

	fixture_must(f, BY("operator", when), tick, &due);
	return due;
}

static struct text rated(struct fixture *f, const char *rag, const char *workstream)
{
	struct text reference =
		fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .workstream = workstream});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, rag);
	return reference;
}

/* Of so many reds, ambers and greens in a team with this much room, how many are held at ten and at three o'clock? */
static void as_many_are_held_as_find_no_room(void **state)
{
	static const struct {
		int reds, ambers, greens, room;
		const char *held_at_once, *held_later;
	} cases[] = {
		{1, 0, 0, 0, "1", "1"},
		{1, 0, 0, 1, "0", "0"},
		{3, 0, 0, 2, "1", "1"},
		{3, 2, 2, 0, "3", "5"}, /* ambers are past half at three, greens aren't */
		{2, 2, 0, 3, "0", "1"}, /* the less urgent amber */
		{0, 2, 2, 0, "0", "2"},
		{0, 0, 4, 0, "0", "0"},
		{2, 1, 1, 9, "0", "0"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;

		fixture_change(f, "update worker set cap = case when account = %lld then %d else 0 end",
			(long long)fixture_account(f, "rahman").n, cases[i].room);
		for (int n = 0; n < cases[i].reds; n++) rated(f, "red", NULL);
		for (int n = 0; n < cases[i].ambers; n++) rated(f, "amber", NULL);
		for (int n = 0; n < cases[i].greens; n++) rated(f, "green", NULL);
		assert_sql(f, cases[i].held_at_once, "select count(*) from episode where state = 'held'");
		assert_int_equal(ticked_at(f, MONDAY_AT("15:00")), strcmp(cases[i].held_at_once, cases[i].held_later) != 0);
		assert_false(ticked_at(f, MONDAY_AT("15:00")));
		assert_sql(f, cases[i].held_later, "select count(*) from episode where state = 'held'");
		assert_sql(f, "0", "select count(*) from episode where state = 'held' and held_by is null");
		fixture_change(
			f, "update episode set state = 'withdrawn', ended = 'withdrawn', ended_at = 1 where ended_at is null");
	}
}

/* The work that was taken over: before its re-screening nothing, after it the reds, and what passes half from then on. */
static void of_an_accumulation_only_what_was_screened_since_is_held(void **state)
{
	struct fixture *f = *state;
	struct text red = rated(f, "red", "accumulation"), amber;

	fixture_change(f, "update worker set cap = 0");
	fixture_change(f,
		"insert into take_over (workstream, at, due_at, taken_by, recorded_at) select id, %lld, %lld, 1, 0 from "
		"workstream where key = 'accumulation'",
		(long long)at(MONDAY_AT("11:00")), (long long)at(TUESDAY_AT("17:00")));
	assert_false(ticked_at(f, MONDAY_AT("12:00")));
	assert_episode(f, red, "state", "screened");
	fixture_change(f, "update episode set screened_at = %lld", (long long)at(MONDAY_AT("12:30")));
	assert_true(ticked_at(f, MONDAY_AT("13:00")));
	assert_episode(f, red, "state", "held");
	amber = rated(f, "amber", "accumulation");
	fixture_change(f, "update episode set screened_at = %lld, started_at = started_at - %lld, due_at = due_at - %lld",
		(long long)at(MONDAY_AT("12:30")), 7 * (long long)DAY_MS, 7 * (long long)DAY_MS);
	assert_false(ticked_at(f, MONDAY_AT("16:00"))); /* its clock ran out a week before it was screened */
	assert_episode(f, amber, "state", "screened");
}

static void what_a_file_tells_holds_nothing(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	fixture_change(f, "update worker set cap = 0");
	must_screen(f, (struct as){"byrne", MONDAY_AT("10:20"), true}, reference, "red");
	assert_episode(f, reference, "state", "screened");
}

/* Who is over keeps what they hold: 25 of 15 takes nothing, not by a swap either. */
static void who_is_over_a_lowered_limit_takes_nothing_by_a_swap(void **state)
{
	static const struct {
		const char *before;
		enum error_kind kind;
		const char *words;
	} cases[] = {
		{"update worker set open = 25", ERROR_NONE, ""},
		{"update worker set open = 25; update worker set cap = 15", ERROR_REFUSED, "holds 24 of 15"},
		{"update worker set open = 25; update worker set hours_percent = 60", ERROR_REFUSED, "holds 24 of 15"},
		{"insert into absence (account, starts_at, reason, recorded_at) select account, 0, 'ill', 0 from worker",
			ERROR_REFUSED, "is away"},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture *f = *state;
		struct text green = allocated_enquiry(f, 1), red;
		struct enquiry_swap swap = {.swap_with = green, .reason = TEXT("It can wait.")};
		struct text open;
		struct error err;

		fixture_change(f, "update worker set cap = 25, hours_percent = 100");
		fixture_change(f, "%s", cases[i].before);
		red = rated(f, "red", NULL);
		open =
			fixture_sql(f, "select open from worker where account = %lld", (long long)fixture_account(f, "rahman").n);
		swap.on = (struct on_enquiry)ON(red);
		fixture_act(f, BY("nair", MONDAY_AT("10:40")), do_enquiry_swap, &swap, &err);
		if (err.kind != cases[i].kind || !strstr(err.message, cases[i].words))
			fail_msg("case %zu: %s %s", i, error_kind_name(err.kind), err.message);
		assert_episode(f, red, "state", cases[i].kind ? "held" : "allocated");
		assert_episode(f, green, "state", cases[i].kind ? "allocated" : "screened");
		assert_text(
			fixture_sql(f, "select open from worker where account = %lld", (long long)fixture_account(f, "rahman").n),
			open.ptr);
		fixture_change(f, "delete from absence");
		fixture_change(
			f, "update episode set state = 'withdrawn', ended = 'withdrawn', ended_at = 1 where ended_at is null");
		fixture_change(f, "update worker set open = 0");
	}
}

static void a_swap_says_who_was_first_and_moves_nothing(void **state)
{
	struct fixture *f = *state;
	struct text green = allocated_enquiry(f, 1), red;
	struct enquiry_swap swap = {.swap_with = green};
	struct error err;

	fixture_change(f, "update worker set cap = 1");
	fixture_change(f, "update worker set cap = 0 where account <> %lld", (long long)fixture_account(f, "rahman").n);
	red = rated(f, "red", NULL);
	must_recommend(
		f, BY("rahman", MONDAY_AT("10:41")), green, (struct input_list)CHILDREN(child_with(1, "no_further_action", 1)));
	must_authorise(f, BY("ellis", MONDAY_AT("10:42")), green);
	swap.on = (struct on_enquiry)ON(red);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("10:43")), do_enquiry_swap, &swap, &err));
	assert_error(&err, ERROR_REFUSED, "was changed first by Tom Ellis");
	assert_non_null(strstr(err.message, "10:42"));
	assert_episode(f, red, "state", "held");
	assert_sql(f, "0", "select count(*) from holding");
}

static void a_loan_gives_room_until_it_ends_by_itself(void **state)
{
	struct fixture *f = *state;
	struct account_id okafor = fixture_account(f, "okafor");
	struct text red;
	struct enquiry_lend lend = {.worker = okafor, .lent_until = at(MONDAY_AT("12:00"))};
	struct enquiry_allocate give = {.worker = okafor, .reason = TEXT("She is lent.")};
	struct error err;

	fixture_change(f, "update worker set cap = 0 where account <> %lld", (long long)okafor.n);
	red = rated(f, "red", NULL);
	assert_episode(f, red, "state", "held");
	lend.on = give.on = (struct on_enquiry)ON(red);
	fixture_must(f, BY("nair", MONDAY_AT("10:30")), do_enquiry_lend, &lend);
	assert_false(fixture_act(f, BY("ellis", MONDAY_AT("10:31")), do_enquiry_lend, &lend, &err));
	assert_non_null(error_find(&err, "worker"));
	assert_episode(f, red, "state", "held");
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("12:00")), do_enquiry_allocate, &give, &err));
	assert_error(&err, ERROR_REFUSED, "not of the team");
	fixture_must(f, BY("nair", MONDAY_AT("11:59")), do_enquiry_allocate, &give);
	assert_episode(f, red, "state", "allocated");
}

/* What waits for room and is held needs no worker's consent; what is taken from one needs a reason. */
static void holding_by_hand(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);
	struct enquiry_hold hold = {.on = ON(reference)};
	struct enquiry_unallocate back = {ON(reference), TEXT("There is room again.")};
	struct error err;

	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:00")), do_enquiry_hold, &hold, &err));
	assert_non_null(error_find(&err, "reason"));
	hold.reason = TEXT("I know the family.");
	hold.held_by = fixture_account(f, "rahman");
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:00")), do_enquiry_hold, &hold, &err));
	assert_non_null(error_find(&err, "held_by"));
	hold.held_by = (struct account_id){0};
	fixture_must(f, BY("nair", MONDAY_AT("11:00")), do_enquiry_hold, &hold);
	assert_sql(f, "0", "select open from worker where account = %lld", (long long)fixture_account(f, "rahman").n);
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:01")), do_enquiry_hold, &hold, &err));
	assert_error(&err, ERROR_REFUSED, "holds it already");
	fixture_must(f, BY("ellis", MONDAY_AT("11:02")), do_enquiry_unallocate, &back);
	assert_episode(f, reference, "state", "screened");
	assert_history(f, reference, "received,screened,allocated,held,unallocated");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(as_many_are_held_as_find_no_room),
		fixture_test(of_an_accumulation_only_what_was_screened_since_is_held),
		fixture_test(what_a_file_tells_holds_nothing),
		fixture_test(who_is_over_a_lowered_limit_takes_nothing_by_a_swap),
		fixture_test(a_swap_says_who_was_first_and_moves_nothing),
		fixture_test(a_loan_gives_room_until_it_ends_by_itself),
		fixture_test(holding_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
