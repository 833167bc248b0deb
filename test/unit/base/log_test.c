#include "unit.h"

#include <jansson.h>
#include <unistd.h>

#include "base/log.h"

/* What f writes on standard error. */
static size_t heard(void (*f)(void), char *into, size_t size)
{
	int pipe_ends[2], kept = dup(STDERR_FILENO);
	ssize_t len;

	assert_int_equal(pipe(pipe_ends), 0);
	dup2(pipe_ends[1], STDERR_FILENO);
	close(pipe_ends[1]);
	f();
	dup2(kept, STDERR_FILENO);
	close(kept);
	len = read(pipe_ends[0], into, size - 1);
	close(pipe_ends[0]);
	assert_true(len >= 0);
	into[len] = '\0';
	return (size_t)len;
}

static void say_one_thing(void)
{
	log_event(LOG_WARNING, "import_refused", LOG_NUMBER("line", 12), LOG_TEXT("column", "child_\"sex\""));
}

static void an_event_is_one_line_of_json(void **state)
{
	char line[8192];
	size_t len = heard(say_one_thing, line, sizeof line);
	json_t *read = json_loadb(line, len, 0, NULL);

	(void)state;
	assert_non_null(read);
	assert_int_equal(line[len - 1], '\n');
	assert_string_equal(json_string_value(json_object_get(read, "level")), "warning");
	assert_string_equal(json_string_value(json_object_get(read, "event")), "import_refused");
	assert_int_equal(json_integer_value(json_object_get(read, "line")), 12);
	assert_string_equal(json_string_value(json_object_get(read, "column")), "child_\"sex\"");
	assert_non_null(json_object_get(read, "at"));
	json_decref(read);
}

static void say_too_much(void)
{
	static char words[5000];

	memset(words, 'x', sizeof words - 1);
	log_event(LOG_ERROR, "stopped", LOG_TEXT("why", words));
}

static void a_line_too_long_is_still_a_line_of_json(void **state)
{
	char line[8192];
	size_t len = heard(say_too_much, line, sizeof line);
	json_t *read = json_loadb(line, len, 0, NULL);

	(void)state;
	assert_non_null(read);
	assert_string_equal(json_string_value(json_object_get(read, "event")), "stopped");
	assert_int_equal(json_integer_value(json_object_get(read, "members_cut")), 1);
	json_decref(read);
}

static void what_is_below_the_level_is_not_said(void **state)
{
	enum log_level level;
	char line[8192];

	(void)state;
	assert_true(log_level_parse(TEXT("error"), &level));
	assert_false(log_level_parse(TEXT("loud"), &level));
	log_set_level(level);
	assert_int_equal(heard(say_one_thing, line, sizeof line), 0);
	log_set_level(LOG_INFO);
	assert_int_not_equal(heard(say_one_thing, line, sizeof line), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_one_line_of_json),
		cmocka_unit_test(a_line_too_long_is_still_a_line_of_json),
		cmocka_unit_test(what_is_below_the_level_is_not_said),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
