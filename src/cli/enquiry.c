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
	struct cli *cli;
	bool all;
	size_t count;
};

static void print_row(struct cli *cli, const struct enquiry_row *row)
{
	struct text due = row->due_at == INSTANT_NONE ? TEXT("not rated") : london_short(&cli->arena, row->due_at);

	cli_say(cli, "%-15.*s %-12.*s %-13.*s %-6.*s %-24.*s %2lld %.*s\n", TEXT_ARG(row->reference),
		TEXT_ARG(row->external_ref), TEXT_ARG(row->state), TEXT_ARG(text_none(row->rag) ? TEXT("-") : row->rag),
		TEXT_ARG(due), (long long)row->child_count, TEXT_ARG(row->allocated_to));
}

static void print_page(struct listing *listing, const struct enquiry_list *page)
{
	struct cli *cli = listing->cli;

	listing->count += page->count;
	if (cli->globals.json)
		enquiry_list_json_rows(&cli->json, page);
	else
		for (size_t i = 0; i < page->count; i++) print_row(cli, &page->rows[i]);
}

static bool next_page(
	struct hub *hub, struct listing *listing, struct text cursor, struct enquiry_list *ret, struct error *err)
{
	struct enquiry_list_ask ask = {.all = listing->all, .cursor = cursor, .limit = ROWS_AT_ONCE};

	if (!enquiry_list(hub, &ask, ret, err)) return false;
	print_page(listing, ret);
	return edge_let_out(listing->cli, hub, err);
}

/* Every one of them, never a page. What is read of each page is dropped again. */
static bool list_all(struct hub *hub, void *context, struct error *err)
{
	struct listing *listing = context;
	struct arena_mark mark;
	struct enquiry_list page;
	char cursor[CURSOR_BYTES];

	if (listing->cli->globals.json) {
		json_open(&listing->cli->json);
		enquiry_list_json_begin(&listing->cli->json);
	}
	if (!next_page(hub, listing, TEXT_NONE, &page, err)) return false;
	mark = arena_mark(hub->arena);
	while (!text_none(page.next)) {
		struct text next = {cursor, page.next.len};

		memcpy(cursor, page.next.ptr, page.next.len);
		arena_rewind(hub->arena, mark);
		if (!next_page(hub, listing, next, &page, err)) return false;
	}
	return true;
}

static int run_list(struct cli *cli, const void *given)
{
	const struct list_options *in = given;
	struct listing listing = {.cli = cli, .all = in->all};
	struct error err = {0};

	if (!edge_read(cli, list_all, &listing, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		enquiry_list_json_end(&cli->json, TEXT_NONE);
		json_close(&cli->json);
	} else {
		cli_say(cli, "%zu enquiries\n", listing.count);
	}
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
