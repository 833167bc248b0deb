#include "hub/installation.h"

#include "cli/command.h"
#include "cli/edge.h"
#include "cli/schema.h"

struct init_options {
	struct text authority;
};

static const struct option options[] = {
	{"authority", "NAME", "whose hub it is; its name stands on every page", offsetof(struct init_options, authority),
		false},
};

struct init {
	struct hub_init in;
	struct text authority;
	struct text prefix;
};

static bool make(const struct hub_edge *edge, void *context, struct error *err)
{
	struct init *init = context;
	struct hub hub;

	if (!hub_init(edge, &init->in, &hub, err)) return false;
	init->authority = hub.authority;
	init->prefix = hub.policy->reference_prefix;
	return true;
}

static void print(struct cli *cli, const struct init *init)
{
	if (!cli->globals.json) {
		cli_say(cli, "made the hub of %.*s; references begin with %.*s%s\n", TEXT_ARG(init->authority),
			TEXT_ARG(init->prefix), init->in.simulated ? "; it is simulated" : "");
		return;
	}
	json_open(&cli->json);
	json_member_text(&cli->json, "authority", init->authority);
	json_member_text(&cli->json, "reference_prefix", init->prefix);
	json_member_bool(&cli->json, "simulated", init->in.simulated);
	json_close(&cli->json);
}

static int run(struct cli *cli, const void *given)
{
	const struct init_options *in = given;
	struct init init = {.in = {.authority = in->authority, .simulated = !text_none(cli->globals.now)}};
	struct error err = {0};

	if (!text_none(cli->globals.as)) return cli_misused(cli, "init makes the first account: it takes no --as");
	if (!schema_make(cli, &err) || !edge_write_bare(cli, make, &init, &err)) return cli_failed(cli, &err);
	print(cli, &init);
	return EXIT_DONE;
}

const struct command command_init = {
	.name = "init",
	.summary = "Makes a new hub with its policy, code lists and services",
	.action = ACTION_IMPORT,
	OPTION_TABLE(options),
	.more = "With --now the hub is simulated for ever: commands that write take --now, and every page says so.\n",
	.alone = true,
	.run = run,
};
