#include "cli/command.h"
#include "cli/edge.h"
#include "cli/staff_input.h"
#include "hub/account.h"
#include "hub/staff.h"

struct change_options {
	struct text email;
	struct text telephone;
	struct text cap;
	struct text hours_percent;
	struct text newly_qualified;
};

static const struct argument email_argument[] = {
	{"EMAIL", "whose they are", offsetof(struct change_options, email), false},
};
static const struct option change_options[] = {
	{"telephone", "T", "where they are reached; \"\" for none", offsetof(struct change_options, telephone), false},
	{"cap", "N", "how many open enquiries they may hold, before hours", offsetof(struct change_options, cap), false},
	{"hours-percent", "N", "of full time, 0 to 100", offsetof(struct change_options, hours_percent), false},
	{"newly-qualified", "yes|no", "who is holds fewer than the policy's cap",
		offsetof(struct change_options, newly_qualified), false},
};
static const struct staff_option fields[] = {
	{"telephone", offsetof(struct change_options, telephone)},
	{"cap", offsetof(struct change_options, cap)},
	{"hours_percent", offsetof(struct change_options, hours_percent)},
	{"newly_qualified", offsetof(struct change_options, newly_qualified)},
};

struct changing {
	const struct change_options *in;
	struct staff_row person;
};

static bool change(struct hub *hub, void *context, struct error *err)
{
	struct changing *changing = context;
	struct staff_input given = {.options = changing->in, STAFF_FIELDS(fields)};
	struct text telephone = changing->in->telephone;
	struct staff_change in;

	if (!staff_input_read(hub, &given, changing->in->email, &staff_change_input, &in, err)) return false;
	if (!text_int(given.account, &in.account.n)) return error_failed(err, "an account has no number");
	if (!text_none(telephone) && text_blank(telephone)) in.telephone = TEXT("");
	return staff_change(hub, &in, &changing->person, err);
}

static int run(struct cli *cli, const void *given)
{
	struct changing changing = {.in = given};
	struct text caseload;
	struct error err = {0};

	if (!edge_write(cli, change, &changing, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		record_json(&cli->json, &staff_record, &changing.person);
		json_close(&cli->json);
		return EXIT_DONE;
	}
	caseload = staff_caseload(&cli->arena, &changing.person);
	cli_say(cli, "%-22.*s %-16.*s %.*s\n", TEXT_ARG(changing.person.name),
		TEXT_ARG(text_none(changing.person.telephone) ? TEXT("-") : changing.person.telephone),
		TEXT_ARG(text_none(caseload) ? TEXT("holds no enquiries") : caseload));
	return EXIT_DONE;
}

const struct command command_user_change = {
	.name = "user change",
	.summary = "Changes somebody's telephone, cap and hours; what is left out stays",
	.action = ACTION_CHANGE_STAFF,
	ARGUMENT_TABLE(email_argument),
	OPTION_TABLE(change_options),
	.run = run,
};
