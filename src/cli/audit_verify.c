#include "hub/audit_verify.h"

#include "cli/command.h"
#include "cli/edge.h"

static bool verify(struct hub *hub, void *context, struct error *err)
{
	return audit_verify(hub, context, err);
}

static int run(struct cli *cli, const void *given)
{
	struct audit_check check;
	struct error err = {0};

	(void)given;
	if (!edge_read(cli, verify, &check, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		json_member_bool(&cli->json, "ok", check.ok);
		json_member_int(&cli->json, "entries", check.entries);
		json_member_id(&cli->json, "first_bad", check.first_bad.n);
		json_member_cstr(&cli->json, "why", check.why);
		json_close(&cli->json);
	} else if (check.ok) {
		cli_say(cli, "%lld entries, complete and in order\n", (long long)check.entries);
	} else {
		cli_say(
			cli, "entry %lld: %s (%lld entries)\n", (long long)check.first_bad.n, check.why, (long long)check.entries);
	}
	return check.ok ? EXIT_DONE : EXIT_REFUSED;
}

const struct command command_audit_verify = {
	.name = "audit verify",
	.summary = "Checks that the access log is complete and in order; names the first entry that fails",
	.action = ACTION_VERIFY_AUDIT,
	.run = run,
};
