#include "cli/schema.h"

#include "cli/edge.h"
#include "db/migrate.h"
#include "sql/migrations.h"

static bool is_current(const struct migration_status *status, struct error *err)
{
	if (status->applied == (int)status->count) return true;
	if (!status->applied) {
		error_failed(err, "the database holds no hub");
		return error_hint(err, "Make one with: fanlight init");
	}
	error_refused(err, "the database's schema is older than this program");
	return error_hint(err, "Bring it up to date with: fanlight migrate up");
}

bool schema_look(struct cli *cli, struct migration_status *ret, struct error *err)
{
	return migrate_status(cli->db, &sql_migrations, &cli->arena, ret, err) && is_current(ret, err);
}

bool schema_check(struct cli *cli, struct error *err)
{
	struct migration_status status;

	return schema_look(cli, &status, err);
}

bool schema_make(struct cli *cli, struct error *err)
{
	struct migration_status status;
	int applied;

	if (!edge_open_bare(cli, err)) return false;
	if (!migrate_status(cli->db, &sql_migrations, &cli->arena, &status, err)) return false;
	if (status.applied) return true;
	return migrate_up(cli->db, &sql_migrations, cli_now(cli), &applied, err);
}
