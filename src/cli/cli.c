#include "cli/cli.h"

#include <stdarg.h>
#include <unistd.h>

#include "cli/beside.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/input_file.h"

#define OUTPUT_BYTES_MOST ((size_t)512 << 20)

static const struct option global_options[] = {
	{"db", "URL", "the database: sqlite:PATH or postgresql://... (else FANLIGHT_DB)", offsetof(struct cli_globals, db)},
	{"json", NULL, "print the result as JSON", offsetof(struct cli_globals, json)},
	{"as", "EMAIL", "act as this user; else as the operator, which is logged", offsetof(struct cli_globals, as)},
	{"now", "INSTANT", "what time it is: ISO 8601 with offset", offsetof(struct cli_globals, now)},
	{"help", NULL, "show this", offsetof(struct cli_globals, help)},
};
static const struct option_table global_table = {
	.options = global_options, .option_count = sizeof global_options / sizeof *global_options};

void cli_say(struct cli *cli, const char *format, ...)
{
	ARENA_SCOPE scratch;
	va_list args;

	arena_init(&scratch, ARENA_COMMAND_BYTES);
	va_start(args, format);
	buffer_append(&cli->out, arena_vprintf(&scratch, format, args));
	va_end(args);
}

void cli_note(const struct cli *cli, const char *format, ...)
{
	va_list args;

	fputs("fanlight: ", cli->messages);
	va_start(args, format);
	vfprintf(cli->messages, format, args);
	va_end(args);
	fputc('\n', cli->messages);
}

static void remember(struct cli *cli, struct text name, struct text content)
{
	struct cli_input *input = arena_new(&cli->arena, struct cli_input);

	*input = (struct cli_input){.name = name, .content = content, .before = cli->inputs};
	cli->inputs = input;
}

static const struct cli_input *remembered(const struct cli *cli, struct text name)
{
	const struct cli_input *input = cli->inputs;

	while (input && !text_equal(input->name, name)) input = input->before;
	return input;
}

bool cli_read_file(struct cli *cli, struct arena *arena, struct text path, struct text *ret_content, struct error *err)
{
	const struct cli_input *given = remembered(cli, path);

	if (given) {
		*ret_content = given->content;
		return true;
	}
	if (cli->asking) return error_failed(err, "%.*s was not passed to the server", TEXT_ARG(path));
	if (!input_file_read(arena, path, ret_content, err)) return false;
	remember(cli, path, *ret_content);
	return true;
}

struct text cli_read_line(struct cli *cli, size_t bytes_most)
{
	const struct cli_input *given = remembered(cli, TEXT(""));
	char *line;

	if (given || cli->asking) return given ? given->content : TEXT("");
	line = arena_alloc(&cli->arena, bytes_most);
	remember(cli, TEXT(""), fgets(line, (int)bytes_most, stdin) ? text_of(line) : TEXT(""));
	return cli->inputs->content;
}

int cli_failed(const struct cli *cli, const struct error *err)
{
	cli_note(cli, "%s", err->message);
	for (size_t i = 0; i < err->field_count; i++)
		fprintf(cli->messages, "  %s: %s\n", err->fields[i].field, err->fields[i].message);
	if (err->fields_untold) fprintf(cli->messages, "  and %zu more\n", err->fields_untold);
	if (err->hint[0]) fprintf(cli->messages, "%s\n", err->hint);
	return cli->misused ? EXIT_USAGE : error_exit_code(err->kind);
}

static int misused(const struct cli *cli, const char *message)
{
	cli_note(cli, "%s", message);
	if (cli->command)
		fprintf(cli->messages, "See \"fanlight %s --help\".\n", cli->command->name);
	else
		fputs("See \"fanlight --help\".\n", cli->messages);
	return EXIT_USAGE;
}

int cli_misused(const struct cli *cli, const char *format, ...)
{
	char message[ERROR_MESSAGE_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	return misused(cli, message);
}

static int refused_line(struct cli *cli, const struct error *err)
{
	if (!err->hint[0]) return misused(cli, err->message);
	return misused(cli, arena_printf(&cli->arena, "%s\n%s", err->message, err->hint).ptr);
}

bool cli_let_out(struct cli *cli, struct error *err)
{
	struct text out = buffer_text(&cli->out);

	if (fwrite(out.ptr, 1, out.len, cli->result) != out.len)
		return error_failed(err, "could not write the result to standard output");
	buffer_clear(&cli->out);
	return true;
}

/* The result, or what is left of it. */
static int write_bytes(const struct cli *cli, int code)
{
	struct text out = buffer_text(&cli->out);

	if (cli->out.overflowed) {
		cli_note(cli, "the result is larger than %zu MB", cli->out.limit >> 20);
		return EXIT_FAILED;
	}
	if (fwrite(out.ptr, 1, out.len, cli->result) == out.len && fflush(cli->result) == 0) return code;
	cli_note(cli, "could not write the result to standard output");
	return EXIT_FAILED;
}

static int write_out(struct cli *cli, int code)
{
	if (cli->out.len && cli->out.bytes[cli->out.len - 1] != '\n') buffer_char(&cli->out, '\n');
	return write_bytes(cli, code);
}

static bool take_globals(struct cli *cli, struct error *err)
{
	instant now;

	if (!text_none(cli->globals.db) &&
		!settings_set(&cli->settings, SETTING_db, cli->globals.db, SETTING_FROM_FLAG, err))
		return false;
	if (text_none(cli->globals.now)) return true;
	if (!instant_parse(cli->globals.now, &now))
		return error_invalid(err, "--now \"%.*s\" is not an instant: write it like 2015-06-30T10:42:00+01:00",
			TEXT_ARG(cli->globals.now));
	cli->clock = clock_source_fixed(instant_whole_second(now));
	return true;
}

static int run_here(struct cli *cli, const void *options)
{
	if (!cli->asking || !cli->command->alone) return cli->command->run(cli, options);
	cli_note(cli, "a server doesn't run %s for others", cli->command->name);
	return EXIT_FAILED;
}

static int note_use(struct cli *cli)
{
	struct error err = {0};

	return edge_note_use(cli, &err) ? EXIT_DONE : cli_failed(cli, &err);
}

static int run_command(struct cli *cli, struct option_reader *reader)
{
	_Alignas(max_align_t) char options[COMMAND_OPTIONS_BYTES_MOST] = {0};
	struct error err = {0};
	int code;

	if (!options_read(reader, &cli->command->table, options, &err)) return refused_line(cli, &err);
	if (cli->globals.help) {
		command_help(&cli->out, cli->command, &global_table);
		return write_out(cli, EXIT_DONE);
	}
	if (!options_complete(&cli->command->table, options, &err) || !take_globals(cli, &err))
		return refused_line(cli, &err);
	code = cli->noting ? note_use(cli) : run_here(cli, options);
	edge_close(cli);
	return cli->handed_over ? beside_answer(cli) : write_out(cli, code);
}

static int show_help(struct cli *cli, struct text group)
{
	commands_help(&cli->out, group);
	return write_out(cli, EXIT_DONE);
}

/* As it stands on the command line, options too. */
static struct text word_ahead(const struct option_reader *reader)
{
	return reader->words.next < reader->words.end ? text_of(*reader->words.next) : TEXT_NONE;
}

/* Finds the command by its first word or two, with global options before, between and after. */
static int run_words(struct cli *cli, struct option_reader *reader)
{
	struct text first, second = TEXT_NONE;
	struct error err = {0};

	if (!options_next_word(reader, &first, &err)) return refused_line(cli, &err);
	if (text_none(first) && cli->globals.help) return show_help(cli, TEXT_NONE);
	if (text_none(first)) {
		commands_help(&cli->out, TEXT_NONE);
		fwrite(cli->out.bytes, 1, cli->out.len, cli->messages);
		return EXIT_USAGE;
	}
	if (text_is(first, "help")) return show_help(cli, TEXT_NONE);
	if (command_takes_second(first, word_ahead(reader))) {
		if (!options_next_word(reader, &second, &err)) return refused_line(cli, &err);
		if (text_none(second) && cli->globals.help) return show_help(cli, first);
	}
	if (!command_find(first, second, &cli->command, &err)) return refused_line(cli, &err);
	return run_command(cli, reader);
}

static int run(struct cli *cli, char **environment, size_t result_bytes)
{
	struct option_reader reader = {.words = {cli->words, cli->words}, .global_table = &global_table};
	struct error err = {0};
	int code;

	while (*reader.words.end) reader.words.end++;
	reader.globals = &cli->globals;
	buffer_init(&cli->out, result_bytes);
	json_init(&cli->json, &cli->out);
	cli->misused = !settings_load(&cli->arena, environment, &cli->settings, &err);
	code = cli->misused ? cli_failed(cli, &err) : run_words(cli, &reader);
	buffer_release(&cli->out);
	return code;
}

int cli_run(struct cli *cli)
{
	char *none[] = {NULL};

	return run(cli, none, BESIDE_RESULT_BYTES);
}

int cli_main(int argc, char **argv, char **environment)
{
	struct cli cli = {.clock = clock_source_machine(),
		.random = random_source_real(),
		.words = argv + (argc > 0),
		.result = stdout,
		.messages = stderr,
		.user = geteuid()};
	int code;

	arena_init(&cli.arena, ARENA_COMMAND_BYTES);
	code = run(&cli, environment, OUTPUT_BYTES_MOST);
	arena_release(&cli.arena);
	return code;
}
