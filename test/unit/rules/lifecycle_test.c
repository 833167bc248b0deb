#include "unit.h"

#include "base/arena.h"
#include "rules/lifecycle.h"

/* The states as columns, in the order of architecture.md; a letter says which state a step leads to, '.' that it is refused. */
static const struct {
	enum transition transition;
	const char *to; /* R S A H M(recommended) D O(screened out) C W */
} expected[] = {
	{TRANSITION_RECEIVED, "........."},
	{TRANSITION_FURTHER_INFORMATION, "RSAHMDOCW"},
	{TRANSITION_SCREENED, "SSAH....."},
	{TRANSITION_RERATED, ".SAHM...."},
	{TRANSITION_LOWERING_PROPOSED, ".SAHM...."},
	{TRANSITION_REFUSED, "RSAHM...."},
	{TRANSITION_SCREEN_OUT_PROPOSED, ".S......."},
	{TRANSITION_SCREENED_OUT, ".O......."},
	{TRANSITION_ALLOCATED, ".A.A....."},
	{TRANSITION_HELD, ".HHHH...."},
	{TRANSITION_REALLOCATED, "..A.A...."},
	{TRANSITION_RECOMMENDED, "..MM....."},
	{TRANSITION_RETURNED, "....A...."},
	{TRANSITION_RETURNED_TO_HOLDER, "....H...."},
	{TRANSITION_DECIDED_IN_PART, "....A...."},
	{TRANSITION_HELD_FOR_OTHERS, "....H...."},
	{TRANSITION_DECIDED, "....D...."},
	{TRANSITION_HANDED_OVER, "RSAHMDO.."},
	{TRANSITION_CLOSED, ".....CC.."},
	{TRANSITION_REOPENED, ".....SSS."},
	{TRANSITION_WITHDRAWN, "WWWWW...."},
	{TRANSITION_UNALLOCATED, "..SS....."},
	{TRANSITION_MOVED, "RS......."},
	{TRANSITION_CHILD_ADDED, "RSAHM...."},
	{TRANSITION_CHILD_CORRECTED, "RSAHMDOC."},
	{TRANSITION_CHILD_REMOVED, "RSAHM...."},
	{TRANSITION_LINKED, "RSAHMDOC."},
	{TRANSITION_UNLINKED, "RSAHMDOC."},
	{TRANSITION_WITHDRAWAL_PROPOSED, "RSAHM...."},
	{TRANSITION_REVIEWED, ".....DOCW"},
	{TRANSITION_RESTRICTED, "RSAHMDOCW"},
	{TRANSITION_UNRESTRICTED, "RSAHMDOCW"},
	{TRANSITION_TRANSFERRED_IN, "RSAHM...."},
	{TRANSITION_DUE_MOVED, "RSAHM...."},
	{TRANSITION_UNSCREENED, ".R......."},
	{TRANSITION_RETRIAGE_UNDONE, ".SAHM...."},
	{TRANSITION_OVERTAKEN, "....A...."},
	{TRANSITION_REST_DECIDED, ".DDD....."},
};

static const char letters[] = "RSAHMDOCW";

static void every_step_leads_where_the_diagram_says_or_is_refused(void **state)
{
	(void)state;
	assert_int_equal(COUNT_OF(expected), TRANSITION_COUNT);
	assert_int_equal(strlen(letters), STATE_COUNT);
	for (size_t i = 0; i < COUNT_OF(expected); i++)
		for (int from = 0; from < STATE_COUNT; from++) {
			enum state to = STATE_NONE;
			struct error err;
			bool taken;

			error_clear(&err);
			taken = lifecycle_step((enum state)from, expected[i].transition, &to, &err);
			if ((taken ? letters[to] : '.') != expected[i].to[from])
				fail_msg("%s from %s", transition_text(expected[i].transition).ptr, state_text((enum state)from).ptr);
			assert_int_equal(taken, lifecycle_may((enum state)from, expected[i].transition));
			if (taken) continue;
			assert_error(&err, ERROR_REFUSED, "it can't be");
			assert_int_equal(to, STATE_NONE);
			assert_true(err.hint[0] != '\0');
		}
}

static void a_refusal_says_where_it_stands_and_the_way_out(void **state)
{
	enum state to;
	struct error err;

	(void)state;
	error_clear(&err);
	assert_false(lifecycle_step(STATE_CLOSED, TRANSITION_DECIDED, &to, &err));
	assert_error(&err, ERROR_REFUSED, "it is closed, so it can't be decided");
	assert_string_equal(err.hint, "Re-open it if something has changed.");
	assert_false(lifecycle_step(STATE_NONE, TRANSITION_SCREENED, &to, &err));
	assert_error(&err, ERROR_REFUSED, "there is no enquiry");
	assert_true(lifecycle_step(STATE_NONE, TRANSITION_RECEIVED, &to, &err));
	assert_int_equal(to, STATE_RECEIVED);
}

/* domain.md: open = received, screened, allocated, held, recommended, returned, re-opened. */
static void open_and_completed_are_told_apart(void **state)
{
	(void)state;
	for (int s = 0; s < STATE_COUNT; s++) {
		assert_int_equal(state_open((enum state)s), strchr("RSAHM", letters[s]) != NULL);
		assert_int_equal(state_completed((enum state)s), strchr("DOC", letters[s]) != NULL);
	}
}

static struct text read_file(struct arena *arena, const char *path)
{
	FILE *in = fopen(path, "rb");
	char *bytes = arena_alloc(arena, 1 << 20);
	size_t len;

	if (!in) fail_msg("%s can't be read", path);
	len = fread(bytes, 1, 1 << 20, in);
	fclose(in);
	return (struct text){bytes, len};
}

/* Everything the rules allow stands in the schema's list; a new episode starts out of nothing. */
static void the_schema_allows_what_the_rules_allow(void **state)
{
	ARENA_SCOPE arena;
	struct text schema, later;
	size_t count;
	const struct lifecycle_rule *rules = lifecycle_rules(&count);

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	schema = read_file(&arena, SOURCE_ROOT "/sql/migrations/0001_hub.sql");
	later = read_file(&arena, SOURCE_ROOT "/sql/migrations/0002_working_day.sql");
	schema = arena_printf(&arena, "%.*s%.*s", TEXT_ARG(schema), TEXT_ARG(later));
	for (size_t i = 0; i < count; i++) {
		bool new_episode = rules[i].from == STATE_NONE || rules[i].transition == TRANSITION_REOPENED;
		struct text from = new_episode ? TEXT("none") : state_text(rules[i].from);
		struct text pair = arena_printf(&arena, "('%.*s', '%.*s')", TEXT_ARG(from), TEXT_ARG(state_text(rules[i].to)));

		if (!memmem(schema.ptr, schema.len, pair.ptr, pair.len)) fail_msg("%.*s", TEXT_ARG(pair));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_step_leads_where_the_diagram_says_or_is_refused),
		cmocka_unit_test(a_refusal_says_where_it_stands_and_the_way_out),
		cmocka_unit_test(open_and_completed_are_told_apart),
		cmocka_unit_test(the_schema_allows_what_the_rules_allow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
