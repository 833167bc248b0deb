#include "steps.h"

struct asking {
	struct text reference;
	struct next_steps steps;
};

static bool ask(struct hub *hub, void *with, struct error *err)
{
	struct asking *asking = with;
	struct episode episode;

	if (!episode_lock(hub, asking->reference, VERSION_ANY, &episode, err)) return false;
	return enquiry_actions(hub, &episode, &asking->steps, err);
}

/* "screen rerate": what this person is offered, in order. */
static struct text offered(struct fixture *f, struct text reference, const char *who)
{
	struct asking asking = {.reference = reference};
	struct text words = TEXT("");
	struct error err;

	if (!fixture_read(f, BY(who, MONDAY_AT("13:00")), ask, &asking, &err)) fail_msg("%s: %s", who, err.message);
	for (size_t i = 0; i < asking.steps.count; i++) {
		struct text action = action_text(asking.steps.actions[i]);

		words = arena_printf(&f->arena, "%.*s%s%.*s", TEXT_ARG(words), i ? " " : "", TEXT_ARG(action));
	}
	return words;
}

static void what_is_received_is_to_be_screened(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	assert_text(offered(f, reference, "rahman"), "screen advise");
	assert_text(offered(f, reference, "nair"), "give_duty_hand_over advise");
	assert_text(offered(f, reference, "ashworth"), "");
}

static void what_is_screened_is_allocated_or_screened_out(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	assert_text(offered(f, reference, "nair"), "allocate rerate request_strategy hold give_duty_hand_over advise");
	assert_text(offered(f, reference, "rahman"), "propose_screen_out rerate request_strategy advise");
}

static void a_screen_out_is_signed_by_somebody_else(void **state)
{
	struct fixture *f = *state;
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
	struct enquiry_screen_out in = {
		ON(reference), TEXT("duplicate"), TEXT_NONE, CHILDREN(child_with(1, "no_further_action", 1))};

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	fixture_must(f, BY("byrne", MONDAY_AT("10:30")), do_enquiry_screen_out, &in);
	assert_text(
		offered(f, reference, "nair"), "authorise_screen_out rerate request_strategy give_duty_hand_over advise");
	assert_text(offered(f, reference, "byrne"), "ask_signature rerate request_strategy advise");
}

static void whose_it_is_recommends_and_a_manager_decides(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);

	assert_text(offered(f, reference, "rahman"), "recommend rerate request_strategy advise");
	assert_text(offered(f, reference, "byrne"), "rerate request_strategy advise");
	must_recommend(
		f, BY("rahman", MONDAY_AT("11:00")), reference, (struct input_list)CHILDREN(child_with(1, "assessment", 3)));
	assert_text(offered(f, reference, "nair"),
		"authorise return rerate request_strategy reallocate hold give_duty_hand_over advise");
	assert_text(offered(f, reference, "rahman"), "ask_signature rerate request_strategy advise");
	must_authorise(f, BY("nair", MONDAY_AT("12:00")), reference);
	assert_text(offered(f, reference, "ashworth"), "answer_hand_over");
	assert_text(offered(f, reference, "nair"), "answer_hand_over advise reopen");
}

static void a_reader_is_offered_nothing(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);

	assert_text(offered(f, reference, "lowe"), "");
	assert_text(offered(f, reference, "ives"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(what_is_received_is_to_be_screened),
		fixture_test(what_is_screened_is_allocated_or_screened_out),
		fixture_test(a_screen_out_is_signed_by_somebody_else),
		fixture_test(whose_it_is_recommends_and_a_manager_decides),
		fixture_test(a_reader_is_offered_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
