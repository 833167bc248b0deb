#include "hub/policy.h"

#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/input_file.h"

static bool show(struct hub *hub, void *context, struct error *err)
{
	return policy_show(hub, context, err);
}

static int run_show(struct cli *cli, const void *given)
{
	struct policy_view view;
	struct error err = {0};

	(void)given;
	if (!edge_read(cli, show, &view, &err)) return cli_failed(cli, &err);
	if (!cli->globals.json) {
		cli_say(cli, "# version %lld, in force from %.*s\n%.*s", (long long)view.version,
			TEXT_ARG(london_words(&cli->arena, view.valid_from)), TEXT_ARG(view.text));
		return EXIT_DONE;
	}
	json_open(&cli->json);
	json_member_int(&cli->json, "version", view.version);
	json_member_instant(&cli->json, "valid_from", view.valid_from);
	json_member_text(&cli->json, "loaded_by", view.loaded_by);
	json_member_text(&cli->json, "note", view.note);
	json_member_text(&cli->json, "text", view.text);
	json_close(&cli->json);
	return EXIT_DONE;
}

const struct command command_policy_show = {
	.name = "policy show",
	.summary = "The policy in force: hours, deadlines, caps and levels, as policy load takes it",
	.action = ACTION_VIEW_POLICY,
	.run = run_show,
};

struct load_options {
	struct text file;
	struct text note;
};

static const struct argument load_arguments[] = {
	{"FILE", "lines of \"key = value\"; what it doesn't name is as the policy that ships",
		offsetof(struct load_options, file), false},
};
static const struct option load_options_table[] = {
	{"note", "WHY", "why the policy changes", offsetof(struct load_options, note), false},
};

struct loading {
	struct policy_load in;
	struct policy_loaded loaded;
};

static bool load(struct hub *hub, void *context, struct error *err)
{
	struct loading *loading = context;

	return policy_load(hub, &loading->in, &loading->loaded, err);
}

static int run_load(struct cli *cli, const void *given)
{
	const struct load_options *in = given;
	struct loading loading = {.in = {.note = text_none(in->note) ? TEXT("Loaded from a file") : in->note,
								  .valid_from = INSTANT_NONE,
								  .seen = INT_NONE}};
	struct error err = {0};

	if (!input_file_read(&cli->arena, in->file, &loading.in.source, &err)) return cli_failed(cli, &err);
	if (!edge_write(cli, load, &loading, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		json_member_int(&cli->json, "version", loading.loaded.version);
		json_member_int(&cli->json, "recomputed", loading.loaded.recomputed);
		json_close(&cli->json);
	} else {
		cli_say(cli, "version %lld is in force; the deadlines of %lld open enquiries moved\n",
			(long long)loading.loaded.version, (long long)loading.loaded.recomputed);
	}
	return EXIT_DONE;
}

const struct command command_policy_load = {
	.name = "policy load",
	.summary = "A new version of the policy, in force from now",
	.action = ACTION_LOAD_POLICY,
	ARGUMENT_TABLE(load_arguments),
	OPTION_TABLE(load_options_table),
	.run = run_load,
};
