#include "cli/command.h"

#include "cli/commands.h"

#define COMMANDS_MOST 64
#define NAME_COLUMN   22

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cli/commands.def"
#undef COMMAND
	NULL,
};

static struct text first_word(const struct command *command)
{
	struct text name = text_of(command->name);

	return text_slice(name, 0, text_index(name, ' '));
}

static struct text second_word(const struct command *command)
{
	struct text name = text_of(command->name);

	return text_slice(name, text_index(name, ' ') + 1, name.len);
}

bool command_is_group(struct text first)
{
	for (size_t i = 0; commands[i]; i++)
		if (text_equal(first_word(commands[i]), first) && !text_is(first, commands[i]->name)) return true;
	return false;
}

static bool is_command(struct text name)
{
	for (size_t i = 0; commands[i]; i++)
		if (text_is(name, commands[i]->name)) return true;
	return false;
}

bool command_takes_second(struct text first, struct text next)
{
	if (!is_command(first)) return command_is_group(first);
	for (size_t i = 0; commands[i]; i++)
		if (text_equal(first_word(commands[i]), first) && text_equal(second_word(commands[i]), next)) return true;
	return false;
}

static bool refuse_first(struct text first, struct error *err)
{
	char words[COMMANDS_MOST][24];
	const char *names[COMMANDS_MOST], *near;
	size_t count = 0;

	for (; commands[count]; count++) {
		snprintf(words[count], sizeof words[count], "%.*s", TEXT_ARG(first_word(commands[count])));
		names[count] = words[count];
	}
	error_invalid(err, "there is no command %.*s", TEXT_ARG(first));
	near = closest_name(first, names, count);
	if (near) error_hint(err, "Did you mean %s?", near);
	return false;
}

static bool refuse_second(struct text first, struct text second, struct error *err)
{
	const char *names[COMMANDS_MOST], *near;
	size_t count = 0;

	for (size_t i = 0; commands[i]; i++)
		if (text_equal(first_word(commands[i]), first)) names[count++] = second_word(commands[i]).ptr;
	if (text_none(second))
		error_invalid(err, "%.*s needs a word more", TEXT_ARG(first));
	else
		error_invalid(err, "there is no command %.*s %.*s", TEXT_ARG(first), TEXT_ARG(second));
	near = text_none(second) ? names[0] : closest_name(second, names, count);
	if (near) error_hint(err, "Did you mean %.*s %s?", TEXT_ARG(first), near);
	return false;
}

bool command_find(struct text first, struct text second, const struct command **ret, struct error *err)
{
	for (size_t i = 0; commands[i]; i++) {
		bool single = text_none(second) && text_is(first, commands[i]->name);

		if (!single && (!text_equal(first, first_word(commands[i])) || !text_equal(second, second_word(commands[i]))))
			continue;
		*ret = commands[i];
		return true;
	}
	return command_is_group(first) ? refuse_second(first, second, err) : refuse_first(first, err);
}

void commands_help(struct buffer *out, struct text group)
{
	if (text_none(group)) buffer_literal(out, "Fanlight: the work of a Multi-Agency Safeguarding Hub.\n\n");
	buffer_printf(out, "usage: fanlight [--db URL] %.*s ...\n\n", TEXT_ARG(text_none(group) ? TEXT("COMMAND") : group));
	for (size_t i = 0; commands[i]; i++)
		if (text_none(group) || text_equal(first_word(commands[i]), group))
			buffer_printf(out, "  %-*s  %s\n", NAME_COLUMN, commands[i]->name, commands[i]->summary);
	buffer_literal(out, "\n\"fanlight COMMAND --help\" names a command's options.\n");
}

void command_help(struct buffer *out, const struct command *command, const struct option_table *globals)
{
	buffer_printf(out, "usage: fanlight %s", command->name);
	options_usage(out, &command->table);
	buffer_printf(out, "\n\n%s.\n\n", command->summary);
	options_help(out, &command->table);
	if (command->table.option_count + command->table.argument_count) buffer_literal(out, "\n");
	buffer_literal(out, "For every command:\n");
	options_help(out, globals);
	if (command->more) buffer_printf(out, "\n%s", command->more);
}
