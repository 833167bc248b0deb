/* A hub from one database into another, of whichever engine. */
#include "cli/backup_file.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/restoring.h"
#include "sql/migrations.h"

struct copy_options {
	struct text from;
	struct text to;
};

static const struct option options[] = {
	{"from", "URL", "the database that holds the hub", offsetof(struct copy_options, from), true},
	{"to", "URL", "a database that holds nothing", offsetof(struct copy_options, to), true},
};

struct copying {
	struct tx *tx; /* one view of it */
	struct backup_head head;
	struct rows_sum *sums;
};

struct passing {
	struct load *load;
	size_t table;
	struct rows_hashing hashing;
};

static bool pass(void *context, const struct rows_block *block, struct error *err)
{
	struct passing *passing = context;

	rows_hash_block(&passing->hashing, block);
	return load_block(passing->load, passing->table, block, err);
}

static bool give(struct restoring *restoring, struct load *load, const struct rows_sum **ret_sums, struct error *err)
{
	struct copying *copying = restoring->context;
	const struct rows_schema *schema = &copying->head.schema;
	struct passing passing = {.load = load};

	for (; passing.table < schema->count; passing.table++) {
		rows_hash_begin(&passing.hashing);
		if (!rows_read(copying->tx, &schema->tables[passing.table], pass, &passing, err)) return false;
		rows_hash_end(&passing.hashing, &copying->sums[passing.table]);
	}
	*ret_sums = copying->sums;
	return true;
}

/* The use is written down where the hub is now, before the view that is copied: so it comes with it. */
static bool may_copy(struct hub *hub, void *context, struct error *err)
{
	struct backup_head *head = context;

	if (!hub_may(hub, ACTION_COPY, err)) return false;
	head->program = TEXT(FANLIGHT_VERSION);
	head->engine = tx_engine(hub->tx) == DB_SQLITE ? TEXT("sqlite") : TEXT("postgresql");
	head->taken_at = hub->now;
	head->authority = hub->authority;
	head->reference_prefix = hub->policy->reference_prefix;
	head->simulated = hub->simulated;
	return true;
}

static bool copy_seen(struct cli *cli, struct copying *copying, struct text to, struct error *err)
{
	struct restoring restoring = {.cli = cli, .give = give, .context = copying};
	struct backup_head *head = &copying->head;

	if (!migrate_applied(copying->tx, &head->migrations, &head->migration_count, err) ||
		!rows_schema(&cli->arena, &sql_migrations, sql_migrations.count, &head->schema, err))
		return false;
	copying->sums = arena_new_array(&cli->arena, head->schema.count, struct rows_sum);
	restoring.from = (struct load_from){&sql_migrations, head->migrations, head->migration_count, &head->schema};
	return restoring_run(&restoring, to, err);
}

/* What a server went on writing would stay behind: a hub is moved when it stands still. */
static bool server_runs(struct error *err)
{
	if (err->kind != ERROR_BUSY || !err->hint[0]) return false;
	return error_hint(err,
		"Stop it first: what it writes meanwhile would not be in the copy. For a second hub beside one "
		"that goes on, take a backup and restore it.");
}

static bool copy(struct cli *cli, struct copying *copying, struct text to, struct error *err)
{
	bool copied;

	if (!edge_read(cli, may_copy, &copying->head, err)) return server_runs(err);
	if (!tx_read_begin(cli->db, &cli->arena, &copying->tx, err)) return false;
	copied = copy_seen(cli, copying, to, err);
	tx_read_end(copying->tx);
	return copied;
}

static int run(struct cli *cli, const void *given)
{
	const struct copy_options *in = given;
	struct copying copying = {0};
	int64_t began = file_now_ms();
	struct error err = {0};

	if (!text_none(cli->globals.db)) return cli_misused(cli, "copy takes --from and --to, not --db");
	if (!settings_set(&cli->settings, SETTING_db, in->from, SETTING_FROM_FLAG, &err) ||
		!copy(cli, &copying, in->to, &err))
		return cli_failed(cli, &err);
	file_say(cli, "copied", &copying.head, copying.sums, began);
	return EXIT_DONE;
}

const struct command command_copy = {
	.name = "copy",
	.summary = "Copies the hub into another database, of either engine, and compares every table",
	.more = "Stop the servers first: what is written meanwhile isn't in the copy. The hub it was copied from is left "
			"as it is.\n",
	.action = ACTION_COPY,
	OPTION_TABLE(options),
	.alone = true,
	.run = run,
};
