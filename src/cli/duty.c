#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/staff_input.h"
#include "hub/rota.h"
#include "hub/shift.h"

struct duty_options {
	struct text email;
	struct text shift;
	struct text duty;
	struct text from;
	struct text to;
	struct text week;
	struct text repeat;
	struct text until;
	bool later_too;
};

static const struct argument email_argument[] = {
	{"EMAIL", "who is named", offsetof(struct duty_options, email), false},
};
static const struct argument shift_argument[] = {
	{"SHIFT", "its number, as duty list shows it", offsetof(struct duty_options, shift), false},
};
static const struct option add_options[] = {
	{"duty", "D", "duty_manager, screener, on_call, edt_worker or edt_manager", offsetof(struct duty_options, duty),
		.required = true},
	{"from", "INSTANT", "when it starts, like 2015-07-01T17:00:00+01:00", offsetof(struct duty_options, from),
		.required = true},
	{"to", "INSTANT", "when it ends: 7 days later at most", offsetof(struct duty_options, to), .required = true},
	{"repeat", "HOW", "every_day, every_weekday (Monday to Friday) or every_week, at the same local hours",
		offsetof(struct duty_options, repeat), false},
	{"until", "DAY", "the last day a repeated one begins on: 8 weeks after the first at most",
		offsetof(struct duty_options, until), false},
};
static const struct option cancel_options[] = {
	{"later-too", NULL, "all later ones of the same person and duty as well", offsetof(struct duty_options, later_too),
		false},
};
static const struct option list_options[] = {
	{"week", "DAY", "the week this day is in; else this one", offsetof(struct duty_options, week), false},
};
static const struct staff_option add_fields[] = {
	{"duty", offsetof(struct duty_options, duty)},
	{"from", offsetof(struct duty_options, from)},
	{"to", offsetof(struct duty_options, to)},
	{"repeats", offsetof(struct duty_options, repeat)},
	{"until", offsetof(struct duty_options, until)},
};

struct doing {
	const struct duty_options *in;
	struct shifts shifts;
};

static bool add(struct hub *hub, void *context, struct error *err)
{
	struct doing *doing = context;
	struct staff_input given = {.options = doing->in, STAFF_FIELDS(add_fields)};
	struct shift_add in;

	return staff_input_read(hub, &given, doing->in->email, &shift_add_input, &in, err) &&
		   shift_add(hub, &in, &doing->shifts, err);
}

static bool cancel(struct hub *hub, void *context, struct error *err)
{
	struct doing *doing = context;
	struct shift_cancel in = {.later_too = doing->in->later_too};

	return staff_input_number(doing->in->shift, "a shift", &in.shift.n, err) &&
		   shift_cancel(hub, &in, &doing->shifts, err);
}

static void print_shift(struct cli *cli, const struct shift_row *row)
{
	cli_say(cli, "%6lld  %-14.*s %-22.*s %-16.*s %.*s to %.*s%s\n", (long long)row->id.n,
		TEXT_ARG(code_words_of(CODES_duty, row->duty)), TEXT_ARG(row->name),
		TEXT_ARG(text_none(row->telephone) ? TEXT("-") : row->telephone),
		TEXT_ARG(london_short(&cli->arena, row->starts_at)), TEXT_ARG(london_short(&cli->arena, row->ends_at)),
		row->cancelled_at == INSTANT_NONE ? "" : " (cancelled)");
}

static int print_shifts(struct cli *cli, const struct shifts *shifts)
{
	struct text words = shifts_words(&cli->arena, shifts);

	if (!cli->globals.json) {
		for (size_t i = 0; i < shifts->count; i++) print_shift(cli, &shifts->rows[i]);
		if (shifts->count > 1 || shifts->holidays.count) cli_say(cli, "%.*s\n", TEXT_ARG(words));
		return EXIT_DONE;
	}
	json_open(&cli->json);
	shifts_json(&cli->json, shifts);
	json_close(&cli->json);
	return EXIT_DONE;
}

static int run_add(struct cli *cli, const void *given)
{
	struct doing doing = {.in = given};
	struct error err = {0};

	return edge_write(cli, add, &doing, &err) ? print_shifts(cli, &doing.shifts) : cli_failed(cli, &err);
}

static int run_cancel(struct cli *cli, const void *given)
{
	struct doing doing = {.in = given};
	struct error err = {0};

	return edge_write(cli, cancel, &doing, &err) ? print_shifts(cli, &doing.shifts) : cli_failed(cli, &err);
}

struct listing {
	day week;
	struct rota_view view;
};

static bool list(struct hub *hub, void *context, struct error *err)
{
	struct listing *listing = context;

	return rota_show(hub, listing->week, &listing->view, err);
}

static void print_rota(struct cli *cli, const struct rota_view *view)
{
	cli_say(cli, "Week of %.*s\n", TEXT_ARG(day_words(&cli->arena, view->first)));
	for (size_t i = 0; i < view->shift_count; i++) print_shift(cli, &view->shifts[i]);
	if (!view->shift_count) cli_say(cli, "        Nobody is named for this week.\n");
	if (!view->ahead.used) {
		cli_say(cli, "No rota has been entered: fanlight duty add names somebody.\n");
		return;
	}
	cli_say(cli, "The next 7 days: %s\n", view->ahead.gaps.count ? "gaps" : "no gaps");
	for (size_t i = 0; i < view->ahead.gaps.count; i++)
		cli_say(cli, "        %.*s\n", TEXT_ARG(rota_gap_words(&cli->arena, &view->ahead.gaps.rows[i], view->now)));
}

static int run_list(struct cli *cli, const void *given)
{
	const struct duty_options *in = given;
	struct listing listing = {.week = DAY_NONE};
	struct error err = {0};

	if (!text_none(in->week) && !day_parse(in->week, &listing.week))
		return cli_misused(cli, "--week \"%.*s\" is not a day: write it like 2015-06-30", TEXT_ARG(in->week));
	if (!edge_read(cli, list, &listing, &err)) return cli_failed(cli, &err);
	if (!cli->globals.json) {
		print_rota(cli, &listing.view);
		return EXIT_DONE;
	}
	json_open(&cli->json);
	json_member_day(&cli->json, "week", listing.view.first);
	record_list_json(&cli->json, "shifts", &shift_record, listing.view.shifts, listing.view.shift_count);
	rota_ahead_json(&cli->json, &listing.view.ahead);
	json_close(&cli->json);
	return EXIT_DONE;
}

const struct command command_duty_add = {
	.name = "duty add",
	.summary = "Names somebody for a duty, from when until when, once or repeating",
	.action = ACTION_MANAGE_DUTY,
	ARGUMENT_TABLE(email_argument),
	OPTION_TABLE(add_options),
	.run = run_add,
};

const struct command command_duty_list = {
	.name = "duty list",
	.summary = "Who is on duty in a week, and where the next 7 days have nobody",
	.action = ACTION_VIEW_DUTY,
	OPTION_TABLE(list_options),
	.run = run_list,
};

const struct command command_duty_cancel = {
	.name = "duty cancel",
	.summary = "Cancels a shift; one that is running ends now",
	.action = ACTION_MANAGE_DUTY,
	ARGUMENT_TABLE(shift_argument),
	OPTION_TABLE(cancel_options),
	.run = run_cancel,
};
