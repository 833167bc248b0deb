#include "unit.h"

#include "cli/option.h"

struct given {
	struct text file;
	struct text also;
	struct text workstream;
	bool partial;
};

struct global {
	struct text db;
	bool json;
};

static const struct argument arguments[] = {
	{"FILE", "what to read", offsetof(struct given, file), false},
	{"ALSO", "what else to read", offsetof(struct given, also), true},
};
static const struct option options[] = {
	{"workstream", "W", "where it goes", offsetof(struct given, workstream), false},
	{"partial", NULL, "whole good ones", offsetof(struct given, partial), false},
};
static const struct option_table table = {options, 2, arguments, 2};
static const struct option global_options[] = {
	{"db", "URL", "the database", offsetof(struct global, db), false},
	{"json", NULL, "as JSON", offsetof(struct global, json), false},
};
static const struct option_table global_table = {global_options, 2, NULL, 0};

#define WORDS_MOST 8

/* Reads words that end in NULL. */
static bool read_words(const char *const *words, struct given *given, struct global *global, struct error *err)
{
	char *line[WORDS_MOST];
	size_t count = 0;
	struct option_reader reader = {.global_table = &global_table, .globals = global};

	for (; words[count]; count++) line[count] = (char *)(uintptr_t)words[count];
	reader.words = (struct words){line, line + count};
	return options_read(&reader, &table, given, err) && options_complete(&table, given, err);
}

static void options_and_arguments_stand_in_any_order(void **state)
{
	static const char *const lines[][WORDS_MOST] = {
		{"--workstream", "new", "a.csv", "--partial", "--json", NULL},
		{"--json", "a.csv", "--partial", "--workstream=new", NULL},
		{"--partial", "--workstream=new", "--json", "--", "a.csv", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct given given = {0};
		struct global global = {0};
		struct error err = {0};

		assert_true(read_words(lines[i], &given, &global, &err));
		assert_text(given.file, "a.csv");
		assert_text(given.workstream, "new");
		assert_true(given.partial && global.json);
		assert_text(given.also, NULL);
		assert_text(global.db, NULL);
	}
}

static void what_is_wrong_with_a_line_is_said_with_the_nearest_name(void **state)
{
	static const struct {
		const char *words[WORDS_MOST];
		const char *message;
		const char *hint;
	} lines[] = {
		{{"a.csv", "--workstrem", "new", NULL}, "there is no option --workstrem", "Did you mean --workstream?"},
		{{"a.csv", "--jsn", NULL}, "there is no option --jsn", "Did you mean --json?"},
		{{"a.csv", "--unheard-of", NULL}, "there is no option --unheard-of", ""},
		{{"a.csv", "--workstream", NULL}, "--workstream needs a value: W", ""},
		{{"a.csv", "--partial=yes", NULL}, "--partial takes no value", ""},
		{{"a.csv", "--workstream=a", "--workstream=b", NULL}, "--workstream is given twice", ""},
		{{"--partial", NULL}, "FILE is missing: what to read", ""},
		{{"a.csv", "b.csv", "c.csv", NULL}, "\"c.csv\" is one word too many", ""},
		{{"a.csv", "--workstream", "\xFF", NULL}, "--workstream is not UTF-8 text", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct given given = {0};
		struct global global = {0};
		struct error err = {0};

		assert_false(read_words(lines[i].words, &given, &global, &err));
		assert_string_equal(err.message, lines[i].message);
		assert_string_equal(err.hint, lines[i].hint);
	}
}

static void global_options_stand_before_the_command_too(void **state)
{
	char db[] = "--db", url[] = "sqlite:a.db", due[] = "due", json[] = "--json", short_option[] = "-v";
	char *line[] = {db, url, due, json, short_option};
	struct global global = {0};
	struct option_reader reader = {{line, line + 5}, &global_table, &global};
	struct error err = {0};
	struct text word;

	(void)state;
	assert_true(options_next_word(&reader, &word, &err));
	assert_text(word, "due");
	assert_text(global.db, "sqlite:a.db");
	assert_false(global.json);
	assert_false(options_next_word(&reader, &word, &err));
	assert_true(global.json);
	assert_string_equal(err.message, "there is no option -v: options have two dashes");
}

static void help_and_usage_name_every_option(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	buffer_init(&out, 10000);
	options_usage(&out, &table);
	assert_string_equal(out.bytes, " FILE [ALSO] [--workstream W] [--partial]");
	buffer_clear(&out);
	options_help(&out, &table);
	assert_string_equal(out.bytes, "  FILE                        what to read\n"
								   "  ALSO                        what else to read\n"
								   "  --workstream W              where it goes\n"
								   "  --partial                   whole good ones\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_arguments_stand_in_any_order),
		cmocka_unit_test(what_is_wrong_with_a_line_is_said_with_the_nearest_name),
		cmocka_unit_test(global_options_stand_before_the_command_too),
		cmocka_unit_test(help_and_usage_name_every_option),
	};

	return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
