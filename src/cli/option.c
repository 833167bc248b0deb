#include "cli/option.h"

#include <assert.h>

#include "base/settings.h"

#define HELP_COLUMN 30

static const struct option *find_option(const struct option_table *table, struct text name)
{
	for (size_t i = 0; table && i < table->option_count; i++)
		if (text_is(name, table->options[i].name)) return &table->options[i];
	return NULL;
}

static bool refuse_unknown(
	const struct option_table *table, const struct option_table *globals, struct text name, struct error *err)
{
	const char *names[2 * OPTIONS_MOST + 1] = {"help"}, *near;
	size_t count = 1;

	for (size_t i = 0; table && i < table->option_count; i++) names[count++] = table->options[i].name;
	for (size_t i = 0; i < globals->option_count; i++) names[count++] = globals->options[i].name;
	error_invalid(err, "there is no option --%.*s", TEXT_ARG(name));
	near = closest_name(name, names, count);
	if (near) error_hint(err, "Did you mean --%s?", near);
	return false;
}

static bool store_flag(const struct option *option, void *into, bool has_value, struct error *err)
{
	if (has_value) return error_invalid(err, "--%s takes no value", option->name);
	*(bool *)((char *)into + option->offset) = true;
	return true;
}

static bool store_value(const struct option *option, void *into, struct text value, struct error *err)
{
	struct text *place = (struct text *)(void *)((char *)into + option->offset);

	if (!text_none(*place)) return error_invalid(err, "--%s is given twice", option->name);
	if (!text_utf8(value)) return error_invalid(err, "--%s is not UTF-8 text", option->name);
	*place = value;
	return true;
}

struct written_option {
	struct text name;
	struct text value; /* behind the equals sign, else no value */
};

static struct written_option option_written(struct text word)
{
	struct text whole = text_slice(word, 2, word.len);
	size_t equals = text_index(whole, '=');
	struct written_option written = {.name = text_slice(whole, 0, equals)};

	if (equals < whole.len) written.value = text_slice(whole, equals + 1, whole.len);
	return written;
}

static bool read_option(
	struct option_reader *reader, const struct option_table *table, void *into, struct text word, struct error *err)
{
	struct written_option written = option_written(word);
	const struct option *option = find_option(table, written.name);

	if (!option) {
		option = find_option(reader->global_table, written.name);
		into = reader->globals;
	}
	if (!option) return refuse_unknown(table, reader->global_table, written.name, err);
	if (!option->value) return store_flag(option, into, !text_none(written.value), err);
	if (text_none(written.value)) {
		if (reader->words.next == reader->words.end)
			return error_invalid(err, "--%s needs a value: %s", option->name, option->value);
		written.value = text_of(*reader->words.next++);
	}
	return store_value(option, into, written.value, err);
}

static bool is_option(struct text word)
{
	return word.len > 2 && text_starts(word, TEXT("--"));
}

bool options_next_word(struct option_reader *reader, struct text *ret_word, struct error *err)
{
	while (reader->words.next < reader->words.end) {
		struct text word = text_of(*reader->words.next++);

		if (is_option(word)) {
			if (!read_option(reader, NULL, NULL, word, err)) return false;
			continue;
		}
		if (word.len > 1 && word.ptr[0] == '-')
			return error_invalid(err, "there is no option %.*s: options have two dashes", TEXT_ARG(word));
		*ret_word = word;
		return true;
	}
	*ret_word = TEXT_NONE;
	return true;
}

static bool store_argument(
	const struct option_table *table, size_t index, void *into, struct text word, struct error *err)
{
	if (index >= table->argument_count) return error_invalid(err, "\"%.*s\" is one word too many", TEXT_ARG(word));
	if (!text_utf8(word)) return error_invalid(err, "%s is not UTF-8 text", table->arguments[index].name);
	*(struct text *)(void *)((char *)into + table->arguments[index].offset) = word;
	return true;
}

bool options_read(struct option_reader *reader, const struct option_table *table, void *into, struct error *err)
{
	size_t argument_count = 0;
	bool only_arguments = false;

	assert(table->option_count <= OPTIONS_MOST && reader->global_table->option_count <= OPTIONS_MOST);
	while (reader->words.next < reader->words.end) {
		struct text word = text_of(*reader->words.next++);

		if (!only_arguments && text_is(word, "--"))
			only_arguments = true;
		else if (!only_arguments && is_option(word)) {
			if (!read_option(reader, table, into, word, err)) return false;
		} else if (!store_argument(table, argument_count++, into, word, err))
			return false;
	}
	return true;
}

static struct text value_at(const void *into, size_t offset)
{
	return *(const struct text *)(const void *)((const char *)into + offset);
}

bool options_complete(const struct option_table *table, const void *into, struct error *err)
{
	for (size_t i = 0; i < table->argument_count; i++) {
		const struct argument *argument = &table->arguments[i];

		if (!argument->optional && text_none(value_at(into, argument->offset)))
			return error_invalid(err, "%s is missing: %s", argument->name, argument->help);
	}
	for (size_t i = 0; i < table->option_count; i++) {
		const struct option *option = &table->options[i];

		if (option->required && text_none(value_at(into, option->offset)))
			return error_invalid(err, "--%s %s is missing: %s", option->name, option->value, option->help);
	}
	return true;
}

static void help_line(struct buffer *out, struct text left, const char *help, bool required)
{
	int gap = HELP_COLUMN - (int)left.len;

	if (gap < 2) gap = 2;
	buffer_append(out, left);
	buffer_printf(out, "%*s%s%s\n", gap, "", help, required ? " (required)" : "");
}

void options_help(struct buffer *out, const struct option_table *table)
{
	char left[128];

	for (size_t i = 0; i < table->argument_count; i++) {
		snprintf(left, sizeof left, "  %s", table->arguments[i].name);
		help_line(out, text_of(left), table->arguments[i].help, false);
	}
	for (size_t i = 0; i < table->option_count; i++) {
		const struct option *option = &table->options[i];

		snprintf(left, sizeof left, "  --%s%s%s", option->name, option->value ? " " : "",
			option->value ? option->value : "");
		help_line(out, text_of(left), option->help, option->required);
	}
}

void options_usage(struct buffer *out, const struct option_table *table)
{
	for (size_t i = 0; i < table->argument_count; i++)
		buffer_printf(out, table->arguments[i].optional ? " [%s]" : " %s", table->arguments[i].name);
	for (size_t i = 0; i < table->option_count; i++) {
		const struct option *option = &table->options[i];

		buffer_printf(out, option->required ? " --%s%s%s" : " [--%s%s%s]", option->name, option->value ? " " : "",
			option->value ? option->value : "");
	}
}
