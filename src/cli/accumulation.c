#include <math.h>

#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "hub/accumulation.h"

struct options {
	struct text target;
	bool take_over;
};

static const struct option options_table[] = {
	{"target", "DATE", "say what is needed to be clear by then", offsetof(struct options, target), false},
	{"take-over", NULL, "take it over now: everything in it is screened again", offsetof(struct options, take_over),
		false},
};

struct showing {
	day target;
	struct accumulation_view view;
};

static bool show(struct hub *hub, void *context, struct error *err)
{
	struct showing *showing = context;

	return accumulation_show(hub, showing->target, &showing->view, err);
}

static bool take_and_show(struct hub *hub, void *context, struct error *err)
{
	struct accumulation_take_over in = {.workstream = TEXT_NONE};

	return accumulation_take(hub, &in, err) && show(hub, context, err);
}

static void say_ages(struct cli *cli, const struct accumulation_view *view)
{
	cli_say(cli, "%-14s", "working days");
	for (int b = 0; b < AGE_BANDS; b++) cli_say(cli, "%12s", age_band_words(b));
	cli_say(cli, "%8s%8s\n", "all", "late");
	for (int r = 0; r < AGE_ROWS; r++) {
		const struct age_row *row = &view->ages[r];
		struct text name = row->rag == RAG_NONE ? TEXT("not yet rated") : rag_text(row->rag);

		cli_say(cli, "%-14.*s", TEXT_ARG(name));
		for (int b = 0; b < AGE_BANDS; b++) cli_say(cli, "%12lld", (long long)row->bands[b]);
		cli_say(cli, "%8lld%8lld\n", (long long)row->total, (long long)row->late);
	}
}

static void say(struct cli *cli, const struct accumulation_view *view)
{
	struct arena *arena = &cli->arena;

	cli_say(cli, "%lld left of %lld, %lld to be screened again", (long long)view->left, (long long)view->all,
		(long long)view->unscreened);
	if (view->taken)
		cli_say(cli, "; taken over by %.*s %.*s, screened again by %.*s\n", TEXT_ARG(view->taken_by),
			TEXT_ARG(london_words(arena, view->taken_at)), TEXT_ARG(london_words(arena, view->due_at)));
	else
		cli_say(cli, "; nobody has taken it over\n");
	if (!isnan(view->cleared_a_day)) cli_say(cli, "%.1f cleared a working day\n", view->cleared_a_day);
	if (view->clear.middle != DAY_NONE)
		cli_say(cli, "clear by %.*s if the days go on so (%.*s to %.*s)\n",
			TEXT_ARG(day_words(arena, view->clear.middle)), TEXT_ARG(day_words(arena, view->clear.soonest)),
			TEXT_ARG(view->clear.latest == DAY_NONE ? TEXT("no end") : day_words(arena, view->clear.latest)));
	if (!isnan(view->needed_a_day))
		cli_say(cli, "%.1f a working day are needed to be clear by %.*s\n", view->needed_a_day,
			TEXT_ARG(day_words(arena, view->target)));
	say_ages(cli, view);
	for (size_t i = 0; i < view->workers.count; i++)
		cli_say(cli, "%.*s: %lld screened, %lld cleared\n", TEXT_ARG(view->workers.rows[i].name),
			(long long)view->workers.rows[i].screened, (long long)view->workers.rows[i].cleared);
}

static int run(struct cli *cli, const void *given)
{
	const struct options *in = given;
	struct showing showing = {.target = DAY_NONE};
	struct error err = {0};

	if (!text_none(in->target) && !day_parse(in->target, &showing.target))
		return cli_misused(cli, "--target \"%.*s\" is not a date: write it like 2015-08-14", TEXT_ARG(in->target));
	if (!(in->take_over ? edge_write(cli, take_and_show, &showing, &err) : edge_read(cli, show, &showing, &err)))
		return cli_failed(cli, &err);
	if (!cli->globals.json) {
		say(cli, &showing.view);
		return EXIT_DONE;
	}
	json_open(&cli->json);
	accumulation_json(&cli->json, &showing.view);
	json_close(&cli->json);
	return EXIT_DONE;
}

const struct command command_accumulation = {
	.name = "accumulation",
	.summary = "The accumulation: what is left, how old, how it burns down and when it may be clear",
	.action = ACTION_VIEW_LIST,
	OPTION_TABLE(options_table),
	.run = run,
};
