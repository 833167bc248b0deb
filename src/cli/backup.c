/* A backup, taken and verified: the hub in one sealed file. */
#include "db/backup.h"

#include <errno.h>

#include "base/london.h"
#include "base/new_file.h"
#include "cli/backup_file.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "sql/migrations.h"

struct backup_options {
	struct text file;
	struct text key_file;
};

static const struct argument taken_arguments[] = {
	{"FILE", "where it is written; a file that is there already is left as it is",
		offsetof(struct backup_options, file), false},
};
static const struct argument verified_arguments[] = {
	{"FILE", "the backup", offsetof(struct backup_options, file), false},
};
static const struct option options[] = {
	{"key-file", "K", "what seals it: any file of at least 32 bytes; kept apart from the backups",
		offsetof(struct backup_options, key_file), true},
};

struct taking {
	struct cli *cli;
	const char *path;
	struct sealed_key key;
	struct new_file file;
	bool begun;
	struct backup_head head;
	struct rows_sum *sums;
	int64_t began_ms;
};

static bool describe(struct taking *taking, struct hub *hub, struct error *err)
{
	struct backup_head *head = &taking->head;

	*head = (struct backup_head){
		.program = TEXT(FANLIGHT_VERSION),
		.engine = tx_engine(hub->tx) == DB_SQLITE ? TEXT("sqlite") : TEXT("postgresql"),
		.taken_at = hub->now,
		.authority = hub->authority,
		.reference_prefix = hub->policy->reference_prefix,
		.simulated = hub->simulated,
	};
	if (!migrate_applied(hub->tx, &head->migrations, &head->migration_count, err)) return false;
	if (head->migration_count == sql_migrations.count)
		return rows_schema(hub->arena, &sql_migrations, sql_migrations.count, &head->schema, err);
	error_refused(err, "the database's schema is newer than this program: it would leave rows out");
	return error_hint(err, "Take the backup with the version of the program that is newer.");
}

static bool write_rows(struct taking *taking, struct tx *tx, struct error *err)
{
	size_t tables = taking->head.schema.count;
	struct backup_writer *writer;
	bool written;

	if (!backup_begin(taking->file.file, &taking->key, &taking->head, &writer, err)) return false;
	written = backup_write(writer, tx, err);
	if (written) {
		taking->sums = arena_new_array(&taking->cli->arena, tables, struct rows_sum);
		memcpy(taking->sums, backup_written(writer), tables * sizeof *taking->sums);
	}
	backup_end(writer);
	return written;
}

/* One view of the database; the file is on disk before its use is written down, and gets its name after. */
static bool take(struct hub *hub, void *context, struct error *err)
{
	struct taking *taking = context;
	struct file_count count;

	if (!hub_may(hub, ACTION_BACK_UP, err) || !describe(taking, hub, err)) return false;
	if (!new_file_begin(&taking->file, taking->path, err)) return false;
	taking->begun = true;
	if (!write_rows(taking, hub->tx, err)) return false;
	count = file_count(&taking->head, taking->sums);
	taking->cli->use = arena_printf(
		&taking->cli->arena, "rows=%lld enquiries=%lld", (long long)count.rows, (long long)count.enquiries);
	return new_file_sync(&taking->file, err) || (taking->begun = false);
}

static bool take_backup(struct taking *taking, struct error *err)
{
	bool taken = edge_read_beside(taking->cli, take, taking, err);

	if (taken) return new_file_keep(&taking->file, err);
	if (taking->begun) new_file_abandon(&taking->file);
	return false;
}

static int run(struct cli *cli, const void *given)
{
	const struct backup_options *in = given;
	struct taking taking = {.cli = cli, .path = arena_cstr(&cli->arena, in->file), .began_ms = file_now_ms()};
	struct error err = {0};

	if (!file_key(cli, in->key_file, &taking.key, &err)) return cli_failed(cli, &err);
	if (!take_backup(&taking, &err)) return cli_failed(cli, &err);
	file_say(cli, "backed up", &taking.head, taking.sums, taking.began_ms);
	return EXIT_DONE;
}

static bool verify(struct cli *cli, const struct backup_options *in, struct backup_reader **ret, struct error *err)
{
	struct sealed_key key;
	FILE *file;
	bool whole;

	if (!file_key(cli, in->key_file, &key, err)) return false;
	if (!file_open(cli, in->file, &file, err)) return false;
	whole = backup_open(file, &key, ret, err);
	if (whole && !backup_verify(*ret, err)) {
		backup_close(*ret);
		whole = false;
	}
	fclose(file);
	return whole;
}

static int run_verify(struct cli *cli, const void *given)
{
	int64_t began = file_now_ms();
	struct backup_reader *reader;
	struct error err = {0};

	if (!verify(cli, given, &reader, &err)) return cli_failed(cli, &err);
	file_say(cli, "whole", backup_head(reader), backup_sums(reader), began);
	backup_close(reader);
	return EXIT_DONE;
}

const struct command command_backup = {
	.name = "backup",
	.summary = "Writes the whole hub into one sealed file, also while a server runs",
	.more = "Who has the file and the key has every record: keep them apart. Without the key nobody can read it, you "
			"neither.\n",
	.action = ACTION_BACK_UP,
	OPTION_TABLE(options),
	ARGUMENT_TABLE(taken_arguments),
	.alone = true,
	.run = run,
};

const struct command command_backup_verify = {
	.name = "backup verify",
	.summary = "Reads a backup to its end and says what is in it; needs no hub",
	.more = "A wrong key, a changed byte or a file that was cut is refused.\n",
	.action = ACTION_BACK_UP,
	OPTION_TABLE(options),
	ARGUMENT_TABLE(verified_arguments),
	.alone = true,
	.run = run_verify,
};
