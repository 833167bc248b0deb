#include "cli/restoring.h"

#include "cli/command.h"
#include "cli/edge.h"
#include "db/target.h"
#include "hub/account.h"
#include "hub/session.h"

static bool act(struct cli *cli, struct hub *hub, struct error *err)
{
	if (text_none(cli->globals.as)) return hub_act_as(hub, OPERATOR_ACCOUNT, err);
	return hub_act_as_email(hub, account_email(hub->arena, cli->globals.as), err);
}

static bool finish(struct restoring *restoring, struct tx *tx)
{
	struct cli *cli = restoring->cli;
	struct hub_edge edge = {.tx = tx, .now = cli_now(cli), .random = &cli->random, .request_id = TEXT_NONE};
	struct audit_entry entry = {.action = cli->command->action};
	struct error *err = &restoring->err;
	struct hub hub;

	if (!hub_begin(&edge, &hub, err) || !act(cli, &hub, err) || !hub_may(&hub, cli->command->action, err)) return false;
	if (!restoring->ends_sessions) return audit_verify(&hub, &restoring->check, err);
	entry.detail = edge_use(cli, hub.arena);
	return sessions_end_all(&hub, err) && audit_write(&hub, &entry, NULL, err) &&
		   audit_verify(&hub, &restoring->check, err);
}

static bool fill(struct restoring *restoring, struct load *load)
{
	struct error *err = &restoring->err;
	const struct rows_sum *sums;

	return restoring->give(restoring, load, &sums, err) && load_end(load, sums, cli_now(restoring->cli), err);
}

static bool run_job(struct db_job *job, struct tx *tx)
{
	struct restoring *restoring = (struct restoring *)job;
	struct load *load;
	bool filled;

	/* Run again because somebody else was changing something; after another failure it could only go worse. */
	if (restoring->err.kind && restoring->err.kind != ERROR_BUSY) return false;
	error_clear(&restoring->err);
	if (!load_begin(tx, &restoring->from, &load, &restoring->err)) return false;
	filled = fill(restoring, load);
	load_release(load);
	return filled && finish(restoring, tx);
}

bool restoring_run(struct restoring *restoring, struct text url, struct error *err)
{
	struct arena *arena = &restoring->cli->arena;
	struct target *target;

	restoring->job.arena = arena;
	restoring->job.run = run_job;
	if (!load_possible(&restoring->from, arena, err) || !target_open(url, arena, &target, err)) return false;
	if (target_fill(target, &restoring->job, &restoring->err, err)) return target_keep(target, err);
	target_abandon(target);
	return false;
}
