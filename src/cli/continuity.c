/* The continuity list: printed as it stands now, or opened from a sealed file, wherever the hub is. */
#include "hub/continuity.h"

#include <errno.h>

#include "cli/command.h"
#include "cli/edge.h"

struct continuity_options {
	struct text file;
	struct text key_file;
	bool html;
};

static const struct argument arguments[] = {
	{"FILE", "a list that a server wrote; without it the list as it stands now",
		offsetof(struct continuity_options, file), true},
};

static const struct option options[] = {
	{"key-file", "K", "the key it was sealed with; with FILE", offsetof(struct continuity_options, key_file), false},
	{"html", NULL, "as a page for a browser to print", offsetof(struct continuity_options, html), false},
};

static bool now(struct hub *hub, void *context, struct error *err)
{
	return continuity_view(hub, context, err);
}

static bool open_sealed(
	struct cli *cli, FILE *file, const struct sealed_key *key, struct buffer *list, struct error *err)
{
	struct sealed *sealed = arena_new(&cli->arena, struct sealed);
	char *part = arena_alloc(&cli->arena, SEALED_CHUNK);
	size_t len;

	if (!sealed_open(sealed, file, key, CONTINUITY_PURPOSE, err)) return false;
	do {
		if (!sealed_read(sealed, part, SEALED_CHUNK, &len, err)) return false;
		buffer_bytes(list, part, len);
	} while (len);
	return true;
}

/* Nothing of it is printed before all of it was found whole. */
static bool from_file(struct cli *cli, const struct continuity_options *in, struct buffer *list, struct error *err)
{
	const char *path = arena_cstr(&cli->arena, in->file);
	struct sealed_key key;
	FILE *file;
	bool whole;

	if (!sealed_key_read(arena_cstr(&cli->arena, in->key_file), &key, err)) return false;
	file = fopen(path, "rbe");
	if (!file) return error_invalid(err, "%s can't be read: %s", path, strerror(errno));
	whole = open_sealed(cli, file, &key, list, err);
	fclose(file);
	return whole;
}

static void say_html(struct cli *cli, struct text list)
{
	cli_say(cli, "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Continuity list</title>\n<pre>");
	for (size_t i = 0; i < list.len; i++) {
		char c = list.ptr[i];

		if (c == '<' || c == '>' || c == '&')
			cli_say(cli, "%s", c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
		else
			buffer_char(&cli->out, c);
	}
	cli_say(cli, "</pre></html>\n");
}

static int say(struct cli *cli, const struct continuity_options *in, const struct buffer *list)
{
	if (in->html)
		say_html(cli, buffer_text(list));
	else
		buffer_append(&cli->out, buffer_text(list));
	return EXIT_DONE;
}

static int run(struct cli *cli, const void *given)
{
	const struct continuity_options *in = given;
	struct continuity_view view;
	struct error err = {0};
	BUFFER_SCOPE list;

	buffer_init(&list, CONTINUITY_TEXT_BYTES);
	if (text_none(in->file) != text_none(in->key_file))
		return cli_misused(cli, "FILE and --key-file go together: a list is opened with the key it was sealed with");
	if (!text_none(in->file)) {
		if (cli->globals.json) return cli_misused(cli, "a sealed list is text: --json is of the list as it stands now");
		return from_file(cli, in, &list, &err) ? say(cli, in, &list) : cli_failed(cli, &err);
	}
	if (!edge_read(cli, now, &view, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		continuity_json(&cli->json, &view);
		json_close(&cli->json);
		return EXIT_DONE;
	}
	continuity_text(&list, &cli->arena, &view);
	return say(cli, in, &list);
}

const struct command command_continuity = {
	.name = "continuity",
	.summary = "The continuity list: open enquiries, reds first, for the day the system is away",
	.more = "With FILE opens a list that a server sealed (serve --continuity-dir), without a hub and on any machine. A "
			"wrong\n"
			"key, a changed byte or a file that was cut is refused.",
	.action = ACTION_CONTINUITY,
	OPTION_TABLE(options),
	ARGUMENT_TABLE(arguments),
	.run = run,
};
