#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "rules/clock.h"

struct due_options {
	struct text received;
	struct text rag;
};

static const struct option options[] = {
	{"received", "INSTANT", "when it arrived, with offset: 2015-06-10T10:00:00+01:00",
		offsetof(struct due_options, received), .required = true},
	{"rag", "RATING", "red, amber or green", offsetof(struct due_options, rag), .required = true},
};

struct due {
	enum rag rag;
	instant received;
	struct arena *arena;
	struct clock_explanation explanation;
};

static bool explain(struct hub *hub, void *context, struct error *err)
{
	struct due *due = context;

	(void)err;
	clock_explain(due->arena, hub->policy, due->rag, due->received, &due->explanation);
	return true;
}

/* Where there is no hub yet, the policy that ships answers. */
static bool find_out(struct cli *cli, struct due *due, struct error *err)
{
	struct policy shipped;
	bool missing = false;
	struct text path = edge_path(cli, &missing);

	if (!missing) return edge_look(cli, explain, due, err);
	cli_note(cli, "no hub at %.*s: by the policy that ships", TEXT_ARG(path));
	policy_default(due->arena, &shipped);
	clock_explain(due->arena, &shipped, due->rag, due->received, &due->explanation);
	return true;
}

static void print_json(struct cli *cli, const struct clock_explanation *due)
{
	json_open(&cli->json);
	json_member_instant(&cli->json, "received", due->received);
	json_member_instant(&cli->json, "effective_start", due->effective_start);
	json_member_instant(&cli->json, "due", due->due);
	json_member_text(&cli->json, "rule", due->rule_text);
	json_key(&cli->json, "steps");
	json_open_list(&cli->json);
	for (size_t i = 0; i < due->step_count; i++) json_text(&cli->json, due->steps[i]);
	json_close_list(&cli->json);
	json_close(&cli->json);
}

static void print_text(struct cli *cli, const struct clock_explanation *due)
{
	cli_say(cli, "due       %.*s\n", TEXT_ARG(london_words(&cli->arena, due->due)));
	cli_say(cli, "received  %.*s\n", TEXT_ARG(london_words(&cli->arena, due->received)));
	cli_say(cli, "starts    %.*s\n", TEXT_ARG(london_words(&cli->arena, due->effective_start)));
	cli_say(cli, "rule      %.*s\n\n", TEXT_ARG(due->rule_text));
	for (size_t i = 0; i < due->step_count; i++) cli_say(cli, "%zu. %.*s\n", i + 1, TEXT_ARG(due->steps[i]));
}

static int run(struct cli *cli, const void *given)
{
	const struct due_options *in = given;
	struct due due = {.arena = &cli->arena, .rag = rag_of(in->rag)};
	struct error err = {0};

	if (!instant_parse(in->received, &due.received))
		return cli_misused(cli, "--received \"%.*s\" is not an instant: write it like 2015-06-10T10:00:00+01:00",
			TEXT_ARG(in->received));
	if (due.rag == RAG_NONE) return cli_misused(cli, "--rag is red, amber or green, not \"%.*s\"", TEXT_ARG(in->rag));
	due.received = instant_whole_second(due.received);
	if (!find_out(cli, &due, &err)) return cli_failed(cli, &err);
	if (cli->globals.json)
		print_json(cli, &due.explanation);
	else
		print_text(cli, &due.explanation);
	return EXIT_DONE;
}

const struct command command_due = {
	.name = "due",
	.summary = "The deadline of an enquiry, and how it was reached",
	.action = ACTION_VIEW_POLICY,
	OPTION_TABLE(options),
	.alone = true,
	.run = run,
};
