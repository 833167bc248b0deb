
#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "hub/account.h"
#include "hub/removal.h"

#define PASSWORD_LINE_BYTES 1024

struct user_options {
	struct text email;
	struct text name;
	struct text role;
	struct text agency;
	struct text team;
	bool password_stdin;
	struct text telephone;
	bool unallocate;
};

static const struct argument email_argument[] = {
	{"EMAIL", "the address they sign in with", offsetof(struct user_options, email), false},
};
static const struct option add_options[] = {
	{"name", "N", "their name", offsetof(struct user_options, name), .required = true},
	{"role", "R",
		"administrator, social_worker, practice_manager, edt_worker, edt_manager, project_manager, service_manager, "
		"director, partner, auditor or system_administrator",
		offsetof(struct user_options, role), .required = true},
	{"agency", "A", "a partner's agency", offsetof(struct user_options, agency), false},
	{"team", "T", "their team, by its name", offsetof(struct user_options, team), false},
	{"telephone", "T", "where they are reached when they are on duty", offsetof(struct user_options, telephone), false},
	{"password-stdin", NULL, "read their password from standard input; else they can't sign in",
		offsetof(struct user_options, password_stdin), false},
};

static void account_json(struct json *json, const struct account_row *account)
{
	json_open(json);
	record_json(json, &account_record, account);
	json_close(json);
}

static void print_account(struct cli *cli, const struct account_row *account)
{
	cli_say(cli, "%-34.*s %-22.*s %-20.*s %s\n", TEXT_ARG(account->email), TEXT_ARG(account->name),
		TEXT_ARG(account->role),
		account->disabled_at != INSTANT_NONE ? "disabled"
		: account->can_sign_in               ? "can sign in"
											 : "can't sign in");
}

static int print_one(struct cli *cli, const struct account_row *account)
{
	if (cli->globals.json)
		account_json(&cli->json, account);
	else
		print_account(cli, account);
	return EXIT_DONE;
}

/* The first line of standard input, without its end. */
static bool read_password(struct cli *cli, struct text *ret, struct error *err)
{
	struct text whole = cli_read_line(cli, PASSWORD_LINE_BYTES);

	while (whole.len && strchr("\r\n", whole.ptr[whole.len - 1])) whole.len--;
	*ret = whole;
	return whole.len > 0 || error_invalid(err, "no password came on standard input");
}

struct adding {
	struct account_add in;
	struct account_row account;
};

static bool add(struct hub *hub, void *context, struct error *err)
{
	struct adding *adding = context;

	return account_add(hub, &adding->in, &adding->account, err);
}

static struct text option_value(const void *context, const char *list, size_t index, const char *name)
{
	const struct user_options *in = context;

	(void)list;
	(void)index;
	if (strcmp(name, "email") == 0) return in->email;
	if (strcmp(name, "name") == 0) return in->name;
	if (strcmp(name, "role") == 0) return in->role;
	if (strcmp(name, "agency") == 0) return in->agency;
	if (strcmp(name, "telephone") == 0) return in->telephone;
	return strcmp(name, "team") == 0 ? in->team : TEXT_NONE;
}

static int run_add(struct cli *cli, const void *given)
{
	const struct user_options *in = given;
	struct input_source source = {.context = in, .value = option_value};
	struct adding adding;
	struct error err = {0};

	if (!input_decode(&source, &account_add_input, &cli->arena, &adding.in, &err)) return cli_failed(cli, &err);
	if (in->password_stdin && !read_password(cli, &adding.in.password, &err)) return cli_failed(cli, &err);
	if (!edge_write(cli, add, &adding, &err)) return cli_failed(cli, &err);
	return print_one(cli, &adding.account);
}

const struct command command_user_add = {
	.name = "user add",
	.summary = "Adds an account",
	.action = ACTION_MANAGE_USERS,
	ARGUMENT_TABLE(email_argument),
	OPTION_TABLE(add_options),
	.run = run_add,
};

static bool list(struct hub *hub, void *context, struct error *err)
{
	return account_list(hub, (struct account_id){0}, 0, context, err);
}

static int run_list(struct cli *cli, const void *given)
{
	struct account_view view;
	struct error err = {0};

	(void)given;
	if (!edge_read(cli, list, &view, &err)) return cli_failed(cli, &err);
	if (!cli->globals.json) {
		for (size_t i = 0; i < view.count; i++) print_account(cli, &view.rows[i]);
		return EXIT_DONE;
	}
	json_open(&cli->json);
	json_key(&cli->json, "users");
	json_open_list(&cli->json);
	for (size_t i = 0; i < view.count; i++) account_json(&cli->json, &view.rows[i]);
	json_close_list(&cli->json);
	json_close(&cli->json);
	return EXIT_DONE;
}

const struct command command_user_list = {
	.name = "user list",
	.summary = "The accounts there are, by name",
	.action = ACTION_MANAGE_USERS,
	.run = run_list,
};

static const struct option disable_options[] = {
	{"unallocate", NULL, "put all they hold back to unallocated; what finds no room is held",
		offsetof(struct user_options, unallocate), false},
};

struct disabling {
	struct account_disable in;
	struct account_row account;
	struct removal_counts_row leaves;
};

static bool disable(struct hub *hub, void *context, struct error *err)
{
	struct disabling *disabling = context;

	return account_disable(hub, &disabling->in, &disabling->account, err) &&
		   removal_leaves(hub, disabling->account.id, &disabling->leaves, err);
}

static int run_disable(struct cli *cli, const void *given)
{
	const struct user_options *in = given;
	struct disabling disabling = {.in = {.email = in->email, .unallocate = in->unallocate}};
	struct error err = {0};

	if (!edge_write(cli, disable, &disabling, &err)) return cli_failed(cli, &err);
	if (disabling.leaves.duties)
		cli_note(cli, "they are named for %lld duties still to come: fanlight duty list shows the gaps",
			(long long)disabling.leaves.duties);
	return print_one(cli, &disabling.account);
}

const struct command command_user_disable = {
	.name = "user disable",
	.summary = "Ends an account's use; what it did stays on record",
	.action = ACTION_MANAGE_USERS,
	ARGUMENT_TABLE(email_argument),
	OPTION_TABLE(disable_options),
	.run = run_disable,
};
