#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "hub/enquiry_list.h"
#include "hub/enquiry_view.h"

#define ROWS_AT_ONCE 1000

/* list */

struct list_options {
	bool all;
};

static const struct option list_option_table[] = {
	{"all", NULL, "ended ones too, the latest received first", offsetof(struct list_options, all), false},
};

struct listing {
	bool all;
	struct enquiry_list list;
	size_t capacity;
};

static void append(struct arena *arena, struct listing *listing, const struct enquiry_list *page)
{
	struct enquiry_list *list = &listing->list;

	if (list->count + page->count > listing->capacity) {
		struct enquiry_row *rows;

		listing->capacity = 2 * (list->count + page->count);
		rows = arena_new_array(arena, listing->capacity, struct enquiry_row);
		if (list->count) memcpy(rows, list->rows, list->count * sizeof *rows);
		list->rows = rows;
	}
	if (page->count) memcpy(list->rows + list->count, page->rows, page->count * sizeof *page->rows);
	list->count += page->count;
}

/* Every one of them, never a page. */
static bool list_all(struct hub *hub, void *context, struct error *err)
{
	struct listing *listing = context;
	struct enquiry_list_ask ask = {.all = listing->all, .cursor = TEXT_NONE, .limit = ROWS_AT_ONCE};
	struct enquiry_list page;

	do {
		if (!enquiry_list(hub, &ask, &page, err)) return false;
		append(hub->arena, listing, &page);
		ask.cursor = page.next;
	} while (!text_none(page.next));
	return true;
}

static void print_row(struct cli *cli, const struct enquiry_row *row)
{
	struct text due = row->due_at == INSTANT_NONE ? TEXT("not rated") : london_short(&cli->arena, row->due_at);

	cli_say(cli, "%-15.*s %-12.*s %-13.*s %-6.*s %-24.*s %2lld %.*s\n", TEXT_ARG(row->reference),
		TEXT_ARG(row->external_ref), TEXT_ARG(row->state), TEXT_ARG(text_none(row->rag) ? TEXT("-") : row->rag),
		TEXT_ARG(due), (long long)row->child_count, TEXT_ARG(row->allocated_to));
}

static int run_list(struct cli *cli, const void *given)
{
	const struct list_options *in = given;
	struct listing listing = {.all = in->all};
	struct error err = {0};

	if (!edge_read(cli, list_all, &listing, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		enquiry_list_json(&cli->json, &listing.list);
		json_close(&cli->json);
		return EXIT_DONE;
	}
	for (size_t i = 0; i < listing.list.count; i++) print_row(cli, &listing.list.rows[i]);
	cli_say(cli, "%zu enquiries\n", listing.list.count);
	return EXIT_DONE;
}

const struct command command_enquiry_list = {
	.name = "enquiry list",
	.summary = "Every open enquiry, the most urgent first",
	.action = ACTION_VIEW_LIST,
	OPTION_TABLE(list_option_table),
	.run = run_list,
};

/* show */

struct show_options {
	struct text reference;
};

static const struct argument show_argument_table[] = {
	{"REF", "a reference, or an external_ref", offsetof(struct show_options, reference), false},
};

struct showing {
	struct text reference;
	struct enquiry_view view;
};

static bool show(struct hub *hub, void *context, struct error *err)
{
	struct showing *showing = context;

	return enquiry_view(hub, showing->reference, &showing->view, err);
}

static void print_head(struct cli *cli, const struct enquiry_view *view)
{
	const struct enquiry_head *head = &view->head;
	struct arena *arena = &cli->arena;

	cli_say(cli, "%.*s  %.*s\n", TEXT_ARG(head->reference), TEXT_ARG(code_words_of(CODES_state, head->state)));
	cli_say(cli, "received   %.*s\n", TEXT_ARG(london_words(arena, head->received_at)));
	if (!text_none(head->rag)) cli_say(cli, "rating     %.*s\n", TEXT_ARG(code_words_of(CODES_rag, head->rag)));
	if (head->due_at != INSTANT_NONE) cli_say(cli, "due        %.*s\n", TEXT_ARG(london_words(arena, head->due_at)));
	if (!text_none(head->allocated_to)) cli_say(cli, "allocated  %.*s\n", TEXT_ARG(head->allocated_to));
}

static void print_view(struct cli *cli, const struct enquiry_view *view)
{
	print_head(cli, view);
	cli_say(cli, "\n");
	for (size_t i = 0; i < view->children.count; i++) {
		const struct enquiry_child *child = &view->children.rows[i];

		cli_say(cli, "child %lld    %.*s  %.*s\n", (long long)child->position,
			TEXT_ARG(view->sees_case ? child_name(&cli->arena, child) : TEXT("(not shown)")),
			TEXT_ARG(
				child->removed_at == INSTANT_NONE ? code_words_of(CODES_outcome, child->outcome) : TEXT("(removed)")));
	}
	for (size_t i = 0; i < view->changes.links.count; i++)
		if (view->changes.links.rows[i].ended_at == INSTANT_NONE)
			cli_say(cli, "linked     %.*s\n", TEXT_ARG(view->changes.links.rows[i].reference));
	cli_say(cli, "\n");
	for (size_t i = 0; i < view->history.count; i++) {
		const struct enquiry_step *step = &view->history.rows[i];

		cli_say(cli, "%.*s  %.*s, %.*s\n", TEXT_ARG(london_short(&cli->arena, step->at)),
			TEXT_ARG(code_words_of(CODES_transition, step->transition)), TEXT_ARG(step->actor));
	}
}

static int run_show(struct cli *cli, const void *given)
{
	const struct show_options *in = given;
	struct showing showing = {.reference = in->reference};
	struct error err = {0};

	if (!edge_read(cli, show, &showing, &err)) return cli_failed(cli, &err);
	if (cli->globals.json)
		enquiry_view_json(&cli->json, &cli->arena, &showing.view);
	else
		print_view(cli, &showing.view);
	return EXIT_DONE;
}

const struct command command_enquiry_show = {
	.name = "enquiry show",
	.summary = "One enquiry, with its children and its history",
	.action = ACTION_VIEW_ENQUIRY,
	ARGUMENT_TABLE(show_argument_table),
	.run = run_show,
};
