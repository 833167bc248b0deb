#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "hub/information_request.h"

struct list_options {
	bool answered;
};

static const struct option list_option_table[] = {
	{"answered", NULL, "those that were answered, the latest received first", offsetof(struct list_options, answered),
		false},
};

#define ROWS_AT_ONCE 1000

struct listing {
	struct information_request_ask ask;
	struct information_request_list list;
};

/* Every one of them, never a page. */
static bool list_all(struct hub *hub, void *context, struct error *err)
{
	struct listing *listing = context;
	struct information_request_list page, *list = &listing->list;

	listing->ask.cursor = TEXT_NONE;
	*list = (struct information_request_list){0};
	do {
		struct asked_row *rows;

		if (!information_request_list(hub, &listing->ask, &page, err)) return false;
		rows = arena_new_array(hub->arena, list->count + page.count, struct asked_row);
		if (list->count) memcpy(rows, list->rows, list->count * sizeof *rows);
		if (page.count) memcpy(rows + list->count, page.rows, page.count * sizeof *rows);
		page.rows = rows;
		page.count += list->count;
		listing->ask.cursor = page.next;
		*list = page;
	} while (!text_none(page.next));
	return true;
}

static void print_row(struct cli *cli, const struct asked_row *row)
{
	bool answered = row->answered_at != INSTANT_NONE;
	struct text when = london_short(&cli->arena, answered ? row->answered_at : row->due_at);

	cli_say(cli, "%-15.*s %-8.*s %s %-24.*s %.*s\n", TEXT_ARG(row->reference), TEXT_ARG(row->request_kind),
		answered ? "answered" : "due", TEXT_ARG(when), TEXT_ARG(row->from_whom));
}

static int run_list(struct cli *cli, const void *given)
{
	const struct list_options *in = given;
	struct listing listing = {.ask = {.answered = in->answered, .limit = ROWS_AT_ONCE}};
	struct error err = {0};

	if (!edge_read(cli, list_all, &listing, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		information_request_list_json(&cli->json, &listing.list);
		json_close(&cli->json);
		return EXIT_DONE;
	}
	for (size_t i = 0; i < listing.list.count; i++) print_row(cli, &listing.list.rows[i]);
	cli_say(cli, "%lld open, %lld late\n", (long long)listing.list.open, (long long)listing.list.late);
	return EXIT_DONE;
}

const struct command command_request_list = {
	.name = "request list",
	.summary = "Open information requests, the first due first",
	.action = ACTION_INFORMATION_REQUEST,
	OPTION_TABLE(list_option_table),
	.run = run_list,
};
