#include "unit.h"

#include "cli/decision_file.h"

#define HEADER                                                                                                         \
	"external_ref,child,screened_by,screened_at,rag,necessary,necessary_reason,ended,allocated_to,allocated_at,"       \
	"outcome,"                                                                                                         \
	"threshold_level,reason,service,agreement_by,strategy_requested_at,recommended_by,recommended_at,authorised_by,"   \
	"authorised_at\n"
#define AT(time) "2015-06-02T" time ":00+01:00"
#define ROW(ref, screened, allocated, strategy, recommended, authorised)                                               \
	ref ",1,S," screened ",green,yes,at_or_above_threshold,decision,S," allocated ",assessment,3,Why,,," strategy      \
		",S," recommended ",M," authorised "\n"

/* "B authorised" and so on, in the order they would be applied. */
static struct text order_of(struct arena *arena, struct text content)
{
	static const char *const words[] = {"screened", "strategy", "allocated", "recommended", "authorised"};
	struct decision_file file;
	struct decision_events list;
	BUFFER_SCOPE out;

	buffer_init(&out, 10000);
	assert_true(decision_file_read(&file, arena, content));
	assert_int_equal(file.rejected.count, 0);
	list = decision_events_until(&file, arena, INT64_MAX);
	for (size_t i = 0; i < list.count; i++)
		buffer_printf(&out, "%s%.*s %s", i ? ", " : "",
			TEXT_ARG(file.decisions[list.events[i].decision].group->rows->key), words[list.events[i].step]);
	return arena_text(arena, buffer_text(&out));
}

/* Source: interfaces.md, "Decisions file": the order of ties. */
static void steps_are_applied_by_instant_then_by_the_order_of_ties(void **state)
{
	static const struct {
		const char *content;
		const char *order;
	} files[] = {
		{(HEADER ROW("B", AT("09:00"), AT("09:10"), "", AT("09:20"), AT("09:30"))
				 ROW("A", AT("09:05"), AT("09:10"), "", AT("09:20"), AT("09:40"))),
			"B screened, A screened, A allocated, B allocated, A recommended, B recommended, B authorised, A "
			"authorised"},
		/* What is authorised makes room for what is allocated at the same instant. */
		{(HEADER ROW("A", AT("09:00"), AT("09:30"), "", AT("09:50"), AT("10:00"))
				 ROW("B", AT("09:00"), AT("09:10"), "", AT("09:20"), AT("09:30"))),
			"A screened, B screened, B allocated, B recommended, B authorised, A allocated, A recommended, A "
			"authorised"},
		/* An enquiry's own steps at one instant come in their order. */
		{(HEADER ROW("A", AT("09:00"), AT("09:00"), AT("09:00"), AT("09:00"), AT("09:00"))),
			"A screened, A strategy, A allocated, A recommended, A authorised"},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		assert_text(order_of(&arena, text_of(files[i].content)), files[i].order);
}

static void steps_after_an_instant_are_left_for_later(void **state)
{
	struct decision_file file;
	struct decision_events list;
	instant until;
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	assert_true(instant_parse(TEXT(AT("09:20")), &until));
	assert_true(decision_file_read(
		&file, &arena, TEXT(HEADER ROW("A", AT("09:00"), AT("09:10"), "", AT("09:20"), AT("09:30")))));
	list = decision_events_until(&file, &arena, until);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.events[2].step, STEP_RECOMMENDED);
}

static void steps_out_of_their_order_are_named(void **state)
{
	static const struct {
		const char *content;
		const char *column;
	} files[] = {
		{(HEADER ROW("A", AT("09:00"), AT("08:10"), "", AT("09:20"), AT("09:30"))), "allocated_at"},
		{(HEADER ROW("A", AT("09:00"), AT("09:10"), "", AT("09:05"), AT("09:30"))), "recommended_at"},
		{(HEADER ROW("A", AT("09:00"), AT("09:10"), "", AT("09:20"), AT("09:15"))), "authorised_at"},
		{(HEADER ROW("A", AT("09:00"), AT("09:10"), AT("08:59"), AT("09:20"), AT("09:30"))), "strategy_requested_at"},
	};
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_COMMAND_BYTES);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct decision_file file;

		assert_true(decision_file_read(&file, &arena, text_of(files[i].content)));
		assert_int_equal(file.rejected.count, 1);
		assert_text(file.rejected.rows[0].column, files[i].column);
		assert_int_equal(file.rejected.rows[0].line, 2);
		assert_true(file.decisions[0].bad);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_applied_by_instant_then_by_the_order_of_ties),
		cmocka_unit_test(steps_after_an_instant_are_left_for_later),
		cmocka_unit_test(steps_out_of_their_order_are_named),
	};

	return cmocka_run_group_tests_name("decision_file", tests, NULL, NULL);
}
