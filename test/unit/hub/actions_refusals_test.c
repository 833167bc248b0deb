#include "steps.h"

/*
 * Every action from every state: what domain.md's life of an enquiry lets through goes through, all else is refused in
 * words and changes nothing.
 */
enum stand {
	RECEIVED,
	SCREENED,
	SCREEN_OUT_WAITS,
	LOWERING_WAITS,
	ALLOCATED,
	RECOMMENDED,
	DECIDED,      /* a hand-over waits */
	SCREENED_OUT, /* a hand-over waits */
	CLOSED,
	STANDS,
};

static const char *const stand_names[] = {"received", "screened", "screened, a screen-out waiting",
	"screened, a lowering waiting", "allocated", "recommended", "decided", "screened out", "closed"};

static struct child_outcome assessment, referred, nothing_more;

static struct text screened_as(struct fixture *f, const char *rag)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, rag);
	return reference;
}

static struct text screen_out_waits(struct fixture *f)
{
	struct text reference = screened_as(f, "green");
	struct enquiry_screen_out in = {ON(reference), TEXT("other_service"), TEXT_NONE, {&referred, 1}};

	fixture_must(f, BY("byrne", MONDAY_AT("10:30")), do_enquiry_screen_out, &in);
	return reference;
}

static struct text lowering_waits(struct fixture *f)
{
	struct text reference = screened_as(f, "red");
	struct enquiry_rerate in = {ON(reference), TEXT("misrated"), TEXT("green"), TEXT("Why."), INSTANT_NONE};

	fixture_must(f, BY("byrne", MONDAY_AT("10:30")), do_enquiry_rerate, &in);
	return reference;
}

static struct text decided_as(struct fixture *f, struct child_outcome *outcome)
{
	struct text reference = allocated_enquiry(f, 1);

	must_recommend(f, BY("rahman", MONDAY_AT("10:40")), reference, (struct input_list){outcome, 1});
	must_authorise(f, BY("nair", MONDAY_AT("10:50")), reference);
	return reference;
}

static struct text enquiry_that(struct fixture *f, enum stand stand)
{
	struct text reference = TEXT_NONE;

	switch (stand) {
	case RECEIVED: return fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
	case SCREENED: return screened_as(f, "green");
	case SCREEN_OUT_WAITS: return screen_out_waits(f);
	case LOWERING_WAITS: return lowering_waits(f);
	case ALLOCATED: return allocated_enquiry(f, 1);
	case RECOMMENDED:
		reference = allocated_enquiry(f, 1);
		must_recommend(f, BY("rahman", MONDAY_AT("10:40")), reference, (struct input_list){&assessment, 1});
		return reference;
	case DECIDED: return decided_as(f, &assessment);
	case SCREENED_OUT:
		reference = screen_out_waits(f);
		fixture_must(f, BY("nair", MONDAY_AT("10:40")), do_enquiry_answer_screen_out,
			&(struct proposal_reply){ON(reference), TEXT("agreed"), TEXT_NONE});
		return reference;
	default: return decided_as(f, &nothing_more);
	}
}

/* An action somebody who may do it does, with everything it needs. */
struct attempt {
	const char *name;
	const char *who;
	bool (*act)(struct hub *, struct on_enquiry, struct error *);
	unsigned from;   /* the stands it is let through from */
	bool no_version; /* it adds, and asks for no version */
};

static bool screen(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_screen(hub, &(struct enquiry_screen){on, TEXT("amber"), TEXT("Why.")}, err);
}

static bool rerate(struct hub *hub, struct on_enquiry on, struct error *err)
{
	struct enquiry_rerate in = {on, TEXT("new_information"), TEXT("red"), TEXT("Why."), hub->now};

	return enquiry_rerate(hub, &in, err);
}

static bool answer_lowering(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_answer_lowering(hub, &(struct proposal_reply){on, TEXT("agreed"), TEXT_NONE}, err);
}

static bool screen_out(struct hub *hub, struct on_enquiry on, struct error *err)
{
	struct enquiry_screen_out in = {on, TEXT("duplicate"), TEXT_NONE, {&nothing_more, 1}};

	return enquiry_screen_out(hub, &in, err);
}

static bool answer_screen_out(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_answer_screen_out(hub, &(struct proposal_reply){on, TEXT("agreed"), TEXT_NONE}, err);
}

static bool allocate(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_allocate(hub, &(struct enquiry_allocate){on, {3}, TEXT("Why.")}, err);
}

static bool reallocate(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_reallocate(hub, &(struct enquiry_allocate){on, {3}, TEXT("Why.")}, err);
}

static bool recommend(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_recommend(hub, &(struct enquiry_recommend){on, TEXT("Analysis."), {&assessment, 1}}, err);
}

static bool authorise(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_authorise(hub, &(struct enquiry_authorise){on, TEXT("yes"), TEXT("safeguarding_concern")}, err);
}

static bool return_it(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_return(hub, &(struct enquiry_return){on, TEXT("Why.")}, err);
}

static bool close_it(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_close(hub, &(struct enquiry_close){on}, err);
}

static bool reopen(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return enquiry_reopen(hub, &(struct enquiry_reopen){on, TEXT("amber"), TEXT("Why.")}, err);
}

static bool request_strategy(struct hub *hub, struct on_enquiry on, struct error *err)
{
	return strategy_request(hub, &(struct strategy_request){on, TEXT("Why.")}, err);
}

#define FROM(stand) (1u << (stand))
#define WAITS       (FROM(SCREEN_OUT_WAITS) | FROM(LOWERING_WAITS))

static const struct attempt attempts[] = {
	{"screen", "byrne", screen, FROM(RECEIVED), false},
	{"rate again", "byrne", rerate, FROM(SCREENED) | WAITS | FROM(ALLOCATED) | FROM(RECOMMENDED), false},
	{"agree to lower", "nair", answer_lowering, FROM(LOWERING_WAITS), false},
	{"propose to screen out", "byrne", screen_out, FROM(SCREENED) | FROM(LOWERING_WAITS), false},
	{"agree to screen out", "nair", answer_screen_out, FROM(SCREEN_OUT_WAITS), false},
	{"allocate", "nair", allocate, FROM(SCREENED) | FROM(LOWERING_WAITS), false},
	{"reallocate", "nair", reallocate, FROM(ALLOCATED) | FROM(RECOMMENDED), false},
	{"recommend", "ellis", recommend, FROM(ALLOCATED), false},
	{"authorise", "nair", authorise, FROM(RECOMMENDED), false},
	{"return", "nair", return_it, FROM(RECOMMENDED), false},
	{"close", "nair", close_it, 0, false}, /* what waits holds the decided and the screened out */
	{"re-open", "nair", reopen, FROM(DECIDED) | FROM(SCREENED_OUT) | FROM(CLOSED), false},
	{"request a strategy discussion", "byrne", request_strategy,
		FROM(SCREENED) | WAITS | FROM(ALLOCATED) | FROM(RECOMMENDED), true},
};

struct turn {
	const struct attempt *attempt;
	struct on_enquiry on;
};

static bool take(struct hub *hub, void *with, struct error *err)
{
	struct turn *turn = with;

	return turn->attempt->act(hub, turn->on, err);
}

static int prepare(void **state)
{
	assessment = child_with(1, "assessment", 3);
	nothing_more = child_with(1, "no_further_action", 1);
	referred = child_to_service(1);
	return fixture_make(state);
}

#define prepared_test(f) cmocka_unit_test_setup_teardown((f), prepare, fixture_remove)

/* How much there is of everything an action may write. */
static const char *const amounts =
	"select (select sum(version) from episode) || ' ' || (select count(*) from history) || ' ' || (select count(*) "
	"from "
	"access_log) || ' ' || (select count(*) from proposal) || ' ' || (select count(*) from outcome) || ' ' || (select "
	"count(*) from balance_event) || ' ' || (select count(*) from outbox) || ' ' || (select sum(open) from worker) || "
	"' ' "
	"|| (select count(*) from rag_history) || ' ' || (select count(*) from strategy_discussion)";

static void attempt_from(struct fixture *f, const struct attempt *attempt, enum stand stand)
{
	struct turn turn = {attempt, ON(enquiry_that(f, stand))};
	struct text before = fixture_sql(f, "%s", amounts);
	bool expected = (attempt->from & FROM(stand)) != 0;
	struct error err;

	if (fixture_act(f, BY(attempt->who, MONDAY_AT("11:30")), take, &turn, &err) != expected)
		fail_msg("%s when it is %s: %s", attempt->name, stand_names[stand], err.message);
	if (expected) return;
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_true(err.message[0]);
	assert_text(fixture_sql(f, "%s", amounts), before.ptr);
}

static void every_action_goes_through_from_where_it_may_and_is_refused_from_elsewhere(void **state)
{
	for (size_t i = 0; i < COUNT_OF(attempts); i++)
		for (enum stand stand = RECEIVED; stand < STANDS; stand++) {
			attempt_from(*state, &attempts[i], stand);
			fixture_change(*state, "update worker set last_given_at = null");
		}
}

static void who_acts_on_an_old_page_is_told_what_changed(void **state)
{
	struct fixture *f = *state;
	struct error err;

	for (size_t i = 0; i < COUNT_OF(attempts); i++) {
		struct turn turn = {.attempt = &attempts[i]};
		enum stand stand = attempts[i].from ? (enum stand)__builtin_ctz(attempts[i].from) : DECIDED;

		if (attempts[i].no_version) continue;
		turn.on = (struct on_enquiry){.reference = enquiry_that(f, stand), .version = 99};
		assert_false(fixture_act(f, BY(attempts[i].who, MONDAY_AT("11:30")), take, &turn, &err));
		assert_int_equal(err.kind, ERROR_STALE);
		assert_text(fixture_sql(f, "select %lld", (long long)err.version),
			fixture_sql(f,
				"select e.version from episode e join enquiry q on q.id = e.enquiry where q.reference = '%.*s'",
				TEXT_ARG(turn.on.reference))
				.ptr);
	}
}

static void the_version_of_the_page_is_let_through(void **state)
{
	struct fixture *f = *state;
	struct turn turn = {&attempts[0], {enquiry_that(f, RECEIVED), 1}};
	struct error err;

	assert_true(fixture_act(f, BY("byrne", MONDAY_AT("11:30")), take, &turn, &err));
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("11:30")), take, &turn, &err));
	assert_error(&err, ERROR_STALE, "Ciaran Byrne changed this enquiry first: Screened");
}

/* Who may, by role, from a state that lets it through; managers and administrators as domain.md's table of people has it. */
static void each_role_does_what_is_its_work(void **state)
{
	static const struct {
		const char *attempt, *may; /* the names of fixture.h who may, others are denied */
	} roles[] = {
		{"screen", "rahman byrne okafor gale frost operator"},
		{"rate again", "rahman byrne okafor nair ellis gale frost operator"},
		{"propose to screen out", "rahman byrne okafor gale frost operator"},
		{"allocate", "nair ellis frost operator"},
		{"reallocate", "nair ellis frost operator"},
		{"return", "nair ellis frost operator"},
		{"re-open", "nair ellis frost operator"},
		{"request a strategy discussion", "rahman byrne okafor nair ellis gale frost operator"},
	};
	static const char *const everybody[] = {"rahman", "byrne", "okafor", "nair", "ellis", "ashworth", "frost", "gale",
		"ives", "jones", "kemp", "lowe", "moss", "operator"};
	struct fixture *f = *state;
	struct error err;

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		const struct attempt *attempt = attempts;

		while (strcmp(attempt->name, roles[i].attempt)) attempt++;
		for (size_t j = 0; j < COUNT_OF(everybody); j++) {
			struct turn turn = {attempt, ON(enquiry_that(f, (enum stand)__builtin_ctz(attempt->from)))};
			bool may = strstr(roles[i].may, everybody[j]) != NULL;

			fixture_change(f, "update worker set last_given_at = null");
			if (fixture_act(f, BY(everybody[j], MONDAY_AT("19:00")), take, &turn, &err) != may)
				fail_msg("%s by %s: %s", attempt->name, everybody[j], err.message);
			if (!may) assert_int_equal(err.kind, ERROR_DENIED);
		}
	}
}

static void what_one_may_not_see_is_not_found(void **state)
{
	struct fixture *f = *state;
	struct turn turn = {&attempts[9], ON(enquiry_that(f, RECOMMENDED))};
	struct error err;

	assert_false(fixture_act(f, BY("hart", MONDAY_AT("11:30")), take, &turn, &err));
	assert_int_equal(err.kind, ERROR_NOT_FOUND);
	turn.on.reference = TEXT("OX-15-99999-A");
	assert_false(fixture_act(f, BY("nair", MONDAY_AT("11:30")), take, &turn, &err));
	assert_int_equal(err.kind, ERROR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		prepared_test(every_action_goes_through_from_where_it_may_and_is_refused_from_elsewhere),
		prepared_test(who_acts_on_an_old_page_is_told_what_changed),
		prepared_test(the_version_of_the_page_is_let_through),
		prepared_test(each_role_does_what_is_its_work),
		prepared_test(what_one_may_not_see_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
