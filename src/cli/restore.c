/* A hub out of a backup, into a database that holds none. */
#include "cli/backup_file.h"
#include "cli/command.h"
#include "cli/restoring.h"
#include "sql/migrations.h"

struct restore_options {
	struct text file;
	struct text key_file;
};

static const struct argument arguments[] = {
	{"FILE", "the backup", offsetof(struct restore_options, file), false},
};
static const struct option options[] = {
	{"key-file", "K", "what it was sealed with", offsetof(struct restore_options, key_file), true},
};

struct restored_file {
	FILE *file;
	struct sealed_key key;
	struct backup_reader *found; /* whole, before anything was made: what the file says of itself */
	struct backup_reader *given; /* read again, row by row */
};

static void close_reader(struct backup_reader **reader)
{
	if (*reader) backup_close(*reader);
	*reader = NULL;
}

static bool open_from_start(struct restored_file *file, struct backup_reader **reader, struct error *err)
{
	close_reader(reader);
	rewind(file->file);
	if (backup_open(file->file, &file->key, reader, err)) return true;
	*reader = NULL;
	return false;
}

static bool give(struct restoring *restoring, struct load *load, const struct rows_sum **ret_sums, struct error *err)
{
	struct restored_file *file = restoring->context;
	struct backup_part part = {0};

	if (!open_from_start(file, &file->given, err)) return false;
	while (!part.end) {
		if (!backup_next(file->given, &part, err)) return false;
		if (!part.end && !load_block(load, part.table, &part.block, err)) return false;
	}
	*ret_sums = backup_sums(file->given);
	return true;
}

/* All of it is read before anything is made, so that what can't be trusted leaves no trace. */
static bool find_whole(struct restored_file *file, struct error *err)
{
	return open_from_start(file, &file->found, err) && backup_verify(file->found, err);
}

static bool restore(struct cli *cli, struct restored_file *file, struct restoring *restoring, struct error *err)
{
	const struct backup_head *head;

	if (!find_whole(file, err)) return false;
	head = backup_head(file->found);
	cli->use =
		arena_printf(&cli->arena, "taken_at=%.*s rows=%lld", TEXT_ARG(instant_iso_utc(&cli->arena, head->taken_at)),
			(long long)file_count(head, backup_sums(file->found)).rows);
	restoring->from = (struct load_from){&sql_migrations, head->migrations, head->migration_count, &head->schema};
	return restoring_run(restoring, settings_text(&cli->settings, SETTING_db), err);
}

static void say(struct cli *cli, const struct restored_file *file, const struct restoring *restoring, int64_t began)
{
	const struct audit_check *check = &restoring->check;

	file_say_open(cli, "restored", backup_head(file->found), backup_sums(file->found), began);
	if (cli->globals.json) {
		json_member_bool(&cli->json, "access_log_ok", check->ok);
		json_member_int(&cli->json, "access_log_entries", check->entries);
		json_close(&cli->json);
		return;
	}
	cli_say(cli, "Everybody who was signed in then has to sign in again; drafts are kept.\n");
	if (check->ok)
		cli_say(cli, "The access log has %lld entries, complete and in order.\n", (long long)check->entries);
	else
		cli_say(cli, "The access log was so in the backup already: entry %lld: %s\n", (long long)check->first_bad.n,
			check->why);
}

static int run(struct cli *cli, const void *given)
{
	const struct restore_options *in = given;
	struct restored_file file = {0};
	struct restoring restoring = {.cli = cli, .give = give, .context = &file, .ends_sessions = true};
	int64_t began = file_now_ms();
	struct error err = {0};
	bool restored;

	if (!file_key(cli, in->key_file, &file.key, &err) || !file_open(cli, in->file, &file.file, &err))
		return cli_failed(cli, &err);
	restored = restore(cli, &file, &restoring, &err);
	if (restored) say(cli, &file, &restoring, began);
	close_reader(&file.found);
	close_reader(&file.given);
	fclose(file.file);
	if (restored) return EXIT_DONE;
	return cli_failed(cli, &err);
}

const struct command command_restore = {
	.name = "restore",
	.summary = "Makes the hub of a backup in a database that holds none, on either engine",
	.more =
		"Into a new file (sqlite:PATH) or an empty PostgreSQL database. All of the backup is read and found whole "
		"before\n"
		"anything is made, and everything that was made is compared with it before it counts. Who was signed in isn't\n"
		"any more.\n",
	.action = ACTION_RESTORE,
	OPTION_TABLE(options),
	ARGUMENT_TABLE(arguments),
	.alone = true,
	.run = run,
};
