#include "hub/daily_return.h"

#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"

struct daily_options {
	struct text date;
	bool collate;
};

static const struct option options[] = {
	{"date", "D", "the day, as 2015-06-30; today unless given", offsetof(struct daily_options, date), false},
	{"collate", NULL, "close the day: freeze this return and every earlier one",
		offsetof(struct daily_options, collate), false},
};

struct daily {
	day date;
	struct daily_return_view view;
};

static bool compute(struct hub *hub, void *context, struct error *err)
{
	struct daily *daily = context;

	return daily_return_compute(
		hub, daily->date == DAY_NONE ? daily_return_today(hub) : daily->date, &daily->view, err);
}

static bool collate(struct hub *hub, void *context, struct error *err)
{
	struct daily *daily = context;

	return daily_return_collate(
		hub, daily->date == DAY_NONE ? daily_return_today(hub) : daily->date, &daily->view, err);
}

static void print_balance(struct cli *cli, const char *unit, const struct return_balance *row)
{
	const struct balance *b = &row->balance;

	cli_say(cli, "%-10s %7lld %8lld %8lld %8lld %11lld %9lld %9lld %9lld %7lld\n", unit, (long long)b->opening,
		(long long)b->received, (long long)(b->reopened + b->added), (long long)b->moved_in, (long long)b->corrections,
		(long long)b->completed, (long long)(b->withdrawn + b->removed), (long long)b->moved_out,
		(long long)b->closing);
}

static void print_share(struct cli *cli, const char *what, const struct return_share *share)
{
	if (share->of)
		cli_say(cli, "%-22s %lld of %lld (%.0f%%)\n", what, (long long)share->n, (long long)share->of,
			100.0 * (double)share->n / (double)share->of);
	else
		cli_say(cli, "%-22s 0 of 0\n", what);
}

static void print_text(struct cli *cli, const struct daily_return_view *view)
{
	cli_say(cli, "Daily return, %.*s%s\n", TEXT_ARG(day_words(&cli->arena, view->date)),
		view->frozen ? "" : ", not collated");
	cli_say(cli, "from %.*s to %.*s\n\n", TEXT_ARG(london_short(&cli->arena, view->window_start)),
		TEXT_ARG(london_short(&cli->arena, view->window_end)));
	cli_say(cli, "           opening received reopened moved_in corrections completed withdrawn moved_out closing\n");
	print_balance(cli, "enquiries", &view->enquiries);
	print_balance(cli, "children", &view->children);
	cli_say(cli, "\nof completed, screened out: %lld enquiries, %lld children; %s\n\n",
		(long long)view->enquiries.screened_out, (long long)view->children.screened_out,
		view->balances ? "balances" : "DOES NOT BALANCE");
	print_share(cli, "in time", &view->in_time);
	print_share(cli, "risk seen the same day", &view->same_day_risk);
	cli_say(cli, "%-22s %lld\n%-22s %lld\n", "overdue", (long long)view->overdue, "no room", (long long)view->held);
	for (size_t i = 0; i < view->worker_count; i++)
		cli_say(cli, "%-22.*s %lld of %lld open, %lld progressed\n", TEXT_ARG(view->workers[i].name),
			(long long)view->workers[i].open, (long long)view->workers[i].cap, (long long)view->workers[i].progressed);
}

static int run(struct cli *cli, const void *given)
{
	const struct daily_options *in = given;
	struct daily daily = {.date = DAY_NONE};
	struct error err = {0};
	bool done;

	if (!text_none(in->date) && !day_parse(in->date, &daily.date))
		return cli_misused(cli, "--date \"%.*s\" is not a day: write it like 2015-06-30", TEXT_ARG(in->date));
	done = in->collate ? edge_write(cli, collate, &daily, &err) : edge_read(cli, compute, &daily, &err);
	if (!done) return cli_failed(cli, &err);
	if (cli->globals.json)
		daily_return_json(&cli->json, &daily.view);
	else
		print_text(cli, &daily.view);
	return EXIT_DONE;
}

const struct command command_report_daily = {
	.name = "report daily",
	.summary = "The daily return: what came in, what went out, what is left and how quickly it was done",
	.action = ACTION_VIEW_RETURN,
	OPTION_TABLE(options),
	.run = run,
};
