#include "db/migrate.h"

#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "sql/migrations.h"

static void print_newer(struct cli *cli, const struct migration_status *status)
{
	if (!status->newer) return;
	cli_say(cli, "%d more from a later release, up to %.*s: they only add, this program works beside them\n",
		status->newer, TEXT_ARG(status->newest));
}

static void print_status(struct cli *cli, const struct migration_status *status)
{
	for (size_t i = 0; i < status->count; i++) {
		const struct migration_state *state = &status->states[i];

		if (state->applied_at == INSTANT_NONE)
			cli_say(cli, "%.*s  waits\n", TEXT_ARG(state->name));
		else
			cli_say(cli, "%.*s  applied %.*s\n", TEXT_ARG(state->name),
				TEXT_ARG(london_words(&cli->arena, state->applied_at)));
	}
	print_newer(cli, status);
}

static void print_json(struct cli *cli, const struct migration_status *status)
{
	json_open(&cli->json);
	json_member_int(&cli->json, "applied", status->applied);
	json_member_int(&cli->json, "waiting", (int64_t)status->count - status->applied);
	json_member_int(&cli->json, "newer", status->newer);
	json_key(&cli->json, "migrations");
	json_open_list(&cli->json);
	for (size_t i = 0; i < status->count; i++) {
		json_open(&cli->json);
		json_member_int(&cli->json, "number", status->states[i].number);
		json_member_text(&cli->json, "name", status->states[i].name);
		json_member_instant(&cli->json, "applied_at", status->states[i].applied_at);
		json_close(&cli->json);
	}
	json_close_list(&cli->json);
	json_close(&cli->json);
}

static int run_status(struct cli *cli, const void *given)
{
	struct migration_status status;
	struct error err = {0};

	(void)given;
	if (!edge_open_any(cli, &err)) return cli_failed(cli, &err);
	if (!migrate_status(cli->db, &sql_migrations, &cli->arena, &status, &err)) return cli_failed(cli, &err);
	if (cli->globals.json)
		print_json(cli, &status);
	else
		print_status(cli, &status);
	return EXIT_DONE;
}

static int run_up(struct cli *cli, const void *given)
{
	struct clock_source machine = clock_source_machine();
	struct error err = {0};
	int applied;

	(void)given;
	if (!text_none(cli->globals.now)) return cli_misused(cli, "migrate up takes no --now: it happens when it happens");
	if (!edge_open_any(cli, &err)) return cli_failed(cli, &err);
	if (!migrate_up(cli->db, &sql_migrations, clock_source_now(&machine), &applied, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		json_member_int(&cli->json, "applied", applied);
		json_close(&cli->json);
	} else {
		cli_say(cli, applied ? "%d applied\n" : "nothing waits (%d applied)\n", applied);
	}
	return EXIT_DONE;
}

const struct command command_migrate_status = {
	.name = "migrate status",
	.summary = "Which changes of the schema are applied and which wait",
	.run = run_status,
};

const struct command command_migrate_up = {
	.name = "migrate up",
	.summary = "Applies the changes of the schema that wait, after a copy that is checked",
	.alone = true,
	.run = run_up,
};
