#include "hub/deputy.h"
#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/staff_input.h"

struct deputy_options {
	struct text email;
	struct text deputy;
	struct text first_day;
	struct text last_day;
};

static const struct argument email_argument[] = {
	{"EMAIL", "a social worker or EDT worker", offsetof(struct deputy_options, email), false},
};
static const struct argument deputy_argument[] = {
	{"DEPUTY", "the number that deputy list shows", offsetof(struct deputy_options, deputy), false},
};
static const struct option add_options[] = {
	{"first-day", "DAY", "the first day they sign", offsetof(struct deputy_options, first_day), .required = true},
	{"last-day", "DAY", "the last day they sign", offsetof(struct deputy_options, last_day), .required = true},
};
static const struct staff_option add_fields[] = {
	{"first_day", offsetof(struct deputy_options, first_day)},
	{"last_day", offsetof(struct deputy_options, last_day)},
};

struct doing {
	const struct deputy_options *in;
	struct deputy_row deputy;
};

static bool add(struct hub *hub, void *context, struct error *err)
{
	struct doing *doing = context;
	struct staff_input given = {.options = doing->in, STAFF_FIELDS(add_fields)};
	struct deputy_add in;

	return staff_input_read(hub, &given, doing->in->email, &deputy_add_input, &in, err) &&
		   deputy_add(hub, &in, &doing->deputy, err);
}

static bool end(struct hub *hub, void *context, struct error *err)
{
	struct doing *doing = context;
	struct deputy_id deputy;

	return staff_input_number(doing->in->deputy, "a deputy", &deputy.n, err) &&
		   deputy_end(hub, deputy, &doing->deputy, err);
}

static void print_deputy(struct cli *cli, const struct deputy_row *row)
{
	cli_say(cli, "%6lld  %-22.*s %.*s to %.*s, named by %.*s%s\n", (long long)row->id.n, TEXT_ARG(row->name),
		TEXT_ARG(day_words_short(&cli->arena, london_day(row->starts_at))),
		TEXT_ARG(day_words_short(&cli->arena, london_day(row->ends_at - 1))), TEXT_ARG(row->named_by_name),
		row->cancelled_at == INSTANT_NONE ? "" : " (ended)");
}

static int print_one(struct cli *cli, const struct deputy_row *row)
{
	if (!cli->globals.json) {
		print_deputy(cli, row);
		return EXIT_DONE;
	}
	json_open(&cli->json);
	record_json(&cli->json, &deputy_record, row);
	json_close(&cli->json);
	return EXIT_DONE;
}

static int run_add(struct cli *cli, const void *given)
{
	struct doing doing = {.in = given};
	struct error err = {0};

	return edge_write(cli, add, &doing, &err) ? print_one(cli, &doing.deputy) : cli_failed(cli, &err);
}

static int run_end(struct cli *cli, const void *given)
{
	struct doing doing = {.in = given};
	struct error err = {0};

	return edge_write(cli, end, &doing, &err) ? print_one(cli, &doing.deputy) : cli_failed(cli, &err);
}

static bool list(struct hub *hub, void *context, struct error *err)
{
	return deputy_list(hub, context, err);
}

static int run_list(struct cli *cli, const void *given)
{
	struct deputy_rows rows;
	struct error err = {0};

	(void)given;
	if (!edge_read(cli, list, &rows, &err)) return cli_failed(cli, &err);
	if (!cli->globals.json) {
		for (size_t i = 0; i < rows.count; i++) print_deputy(cli, &rows.rows[i]);
		return EXIT_DONE;
	}
	json_open(&cli->json);
	record_list_json(&cli->json, "deputies", &deputy_record, rows.rows, rows.count);
	json_close(&cli->json);
	return EXIT_DONE;
}

const struct command command_deputy_add = {
	.name = "deputy add",
	.summary = "Names a manager's deputy between two dates",
	.action = ACTION_MANAGE_DUTY,
	ARGUMENT_TABLE(email_argument),
	OPTION_TABLE(add_options),
	.run = run_add,
};

const struct command command_deputy_list = {
	.name = "deputy list",
	.summary = "Deputies now and to come",
	.action = ACTION_VIEW_DUTY,
	.run = run_list,
};

const struct command command_deputy_end = {
	.name = "deputy end",
	.summary = "Ends a deputy at once; what they signed stays signed",
	.action = ACTION_MANAGE_DUTY,
	ARGUMENT_TABLE(deputy_argument),
	.run = run_end,
};
