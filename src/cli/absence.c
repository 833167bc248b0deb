#include "hub/absence.h"
#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/staff_input.h"

struct absence_options {
	struct text email;
	struct text absence;
	struct text kind;
	struct text first_day;
	struct text from_time;
	struct text last_day;
	struct text to_time;
	struct text reason;
	bool all;
};

static const struct argument email_argument[] = {
	{"EMAIL", "who is away", offsetof(struct absence_options, email), false},
};
static const struct argument absence_argument[] = {
	{"ABSENCE", "its number, as absence list shows it", offsetof(struct absence_options, absence), false},
};
static const struct option add_options[] = {
	{"kind", "K", "planned, sickness, training or other", offsetof(struct absence_options, kind), .required = true},
	{"first-day", "DAY", "the first day; it may be over already", offsetof(struct absence_options, first_day),
		.required = true},
	{"from-time", "TIME", "from what time that day, like 13:00; else from its beginning",
		offsetof(struct absence_options, from_time), false},
	{"last-day", "DAY", "the last day; left out while nobody knows", offsetof(struct absence_options, last_day), false},
	{"to-time", "TIME", "until what time that day; else to its end", offsetof(struct absence_options, to_time), false},
	{"reason", "R", "a word more", offsetof(struct absence_options, reason), false},
};
static const struct option end_options[] = {
	{"last-day", "DAY", "the last day they are away; else now", offsetof(struct absence_options, last_day), false},
	{"to-time", "TIME", "until what time that day", offsetof(struct absence_options, to_time), false},
};
static const struct option list_options[] = {
	{"all", NULL, "those that are over or withdrawn too", offsetof(struct absence_options, all), false},
};
static const struct staff_option fields[] = {
	{"absence_kind", offsetof(struct absence_options, kind)},
	{"first_day", offsetof(struct absence_options, first_day)},
	{"from_time", offsetof(struct absence_options, from_time)},
	{"last_day", offsetof(struct absence_options, last_day)},
	{"to_time", offsetof(struct absence_options, to_time)},
	{"reason", offsetof(struct absence_options, reason)},
};

struct doing {
	const struct absence_options *in;
	struct absence_row absence;
};

static bool add(struct hub *hub, void *context, struct error *err)
{
	struct doing *doing = context;
	struct staff_input given = {.options = doing->in, STAFF_FIELDS(fields)};
	struct absence_add in;

	return staff_input_read(hub, &given, doing->in->email, &absence_add_input, &in, err) &&
		   absence_add(hub, &in, &doing->absence, err);
}

static bool end(struct hub *hub, void *context, struct error *err)
{
	struct doing *doing = context;
	struct staff_input given = {.options = doing->in, STAFF_FIELDS(fields)};
	struct absence_id absence;
	struct absence_end in;

	if (!staff_input_number(doing->in->absence, "an absence", &absence.n, err)) return false;
	if (!staff_input_read(hub, &given, TEXT_NONE, &absence_end_input, &in, err)) return false;
	in.absence = absence;
	return absence_end(hub, &in, &doing->absence, err);
}

static bool withdraw(struct hub *hub, void *context, struct error *err)
{
	struct doing *doing = context;
	struct absence_id absence;

	return staff_input_number(doing->in->absence, "an absence", &absence.n, err) &&
		   absence_withdraw(hub, absence, &doing->absence, err);
}

static void print_absence(struct cli *cli, const struct absence_row *row)
{
	struct text note = absence_note(&cli->arena, row);

	cli_say(cli, "%6lld  %-22.*s %-9.*s %.*s%s\n", (long long)row->id.n, TEXT_ARG(row->name),
		TEXT_ARG(code_words_of(CODES_absence_kind, row->absence_kind)),
		TEXT_ARG(absence_when(&cli->arena, row->starts_at, row->ends_at)),
		row->cancelled_at == INSTANT_NONE ? "" : " (withdrawn)");
	if (note.len) cli_say(cli, "        %.*s\n", TEXT_ARG(note));
}

static int print_one(struct cli *cli, const struct absence_row *row)
{
	if (!cli->globals.json) {
		print_absence(cli, row);
		return EXIT_DONE;
	}
	json_open(&cli->json);
	record_json(&cli->json, &absence_record, row);
	json_close(&cli->json);
	return EXIT_DONE;
}

static int change(struct cli *cli, const void *given, edge_run *what)
{
	struct doing doing = {.in = given};
	struct error err = {0};

	return edge_write(cli, what, &doing, &err) ? print_one(cli, &doing.absence) : cli_failed(cli, &err);
}

static int run_add(struct cli *cli, const void *given)
{
	return change(cli, given, add);
}

static int run_end(struct cli *cli, const void *given)
{
	return change(cli, given, end);
}

static int run_withdraw(struct cli *cli, const void *given)
{
	return change(cli, given, withdraw);
}

struct listing {
	struct absence_ask ask;
	struct absence_view view;
};

static bool list(struct hub *hub, void *context, struct error *err)
{
	struct listing *listing = context;

	return absence_list(hub, &listing->ask, &listing->view, err);
}

static int run_list(struct cli *cli, const void *given)
{
	const struct absence_options *in = given;
	struct listing listing = {.ask = {.all = in->all}};
	struct error err = {0};

	if (!edge_read(cli, list, &listing, &err)) return cli_failed(cli, &err);
	if (!cli->globals.json) {
		for (size_t i = 0; i < listing.view.count; i++) print_absence(cli, &listing.view.rows[i]);
		return EXIT_DONE;
	}
	json_open(&cli->json);
	record_list_json(&cli->json, "absences", &absence_record, listing.view.rows, listing.view.count);
	json_close(&cli->json);
	return EXIT_DONE;
}

const struct command command_absence_add = {
	.name = "absence add",
	.summary = "Records that somebody is away",
	.more = "Days are whole unless a time is given. An absence may be recorded after it began: it then says what they "
			"held\n"
			"meanwhile, and changes nothing of it.",
	.action = ACTION_MANAGE_ABSENCE,
	ARGUMENT_TABLE(email_argument),
	OPTION_TABLE(add_options),
	.run = run_add,
};

const struct command command_absence_list = {
	.name = "absence list",
	.summary = "Who is away now and later",
	.action = ACTION_VIEW_DUTY,
	OPTION_TABLE(list_options),
	.run = run_list,
};

const struct command command_absence_end = {
	.name = "absence end",
	.summary = "Ends an absence now, or says when it will",
	.action = ACTION_MANAGE_ABSENCE,
	ARGUMENT_TABLE(absence_argument),
	OPTION_TABLE(end_options),
	.run = run_end,
};

const struct command command_absence_withdraw = {
	.name = "absence withdraw",
	.summary = "Withdraws an absence recorded by mistake: it counts for nothing",
	.action = ACTION_MANAGE_ABSENCE,
	ARGUMENT_TABLE(absence_argument),
	.run = run_withdraw,
};
