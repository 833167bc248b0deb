#include "hub/edt.h"

#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"

static bool show(struct hub *hub, void *context, struct error *err)
{
	return edt_show(hub, context, err);
}

static void print_row(struct cli *cli, const struct edt_row *row)
{
	instant due = row->due_at == INSTANT_NONE ? row->screening_due_at : row->due_at;

	cli_say(cli, "  %-15.*s %-6.*s %-20.*s %-24.*s %s\n", TEXT_ARG(row->reference),
		TEXT_ARG(row->rag.len ? row->rag : TEXT("-")), TEXT_ARG(london_short(&cli->arena, due)),
		TEXT_ARG(row->main_concern), row->direction.len && row->accepted_at == INSTANT_NONE ? "not accepted" : "");
}

/* The first of each part, as the page has them. */
static void print_part(struct cli *cli, const struct edt_list *list)
{
	cli_say(cli, "%s: %lld\n", edt_part_key(list->part), (long long)list->total);
	for (size_t i = 0; i < list->count; i++) print_row(cli, &list->rows[i]);
	if (list->total > (int64_t)list->count)
		cli_say(cli, "  and %lld more\n", (long long)(list->total - (int64_t)list->count));
}

static int run(struct cli *cli, const void *given)
{
	struct edt_view view;
	struct error err = {0};

	(void)given;
	if (!edge_read(cli, show, &view, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		edt_json(&cli->json, &view);
		json_close(&cli->json);
		return EXIT_DONE;
	}
	for (enum edt_part part = EDT_RED; part < EDT_PART_COUNT; part++) print_part(cli, &view.parts[part]);
	return EXIT_DONE;
}

const struct command command_edt = {
	.name = "edt",
	.summary = "Prints EDT's list: what is red, unscreened, handed over to EDT and given back",
	.action = ACTION_ACCEPT_DUTY_HAND_OVER,
	.run = run,
};
