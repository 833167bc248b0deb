#include "hub/retriage.h"
#include "base/london.h"
#include "cli/command.h"
#include "cli/csv_table.h"
#include "cli/edge.h"
#include "cli/input_file.h"

struct options {
	struct text file;
	struct text undo;
	bool dry_run;
};

static const struct argument arguments[] = {
	{"FILE", "CSV with the columns reference, rag and reason; at most 500 rows", offsetof(struct options, file), true},
};
static const struct option options_table[] = {
	{"dry-run", NULL, "only say what it would change", offsetof(struct options, dry_run), false},
	{"undo", "ID", "undo this re-triage instead", offsetof(struct options, undo), false},
};

enum { COLUMN_REFERENCE, COLUMN_RAG, COLUMN_REASON, COLUMNS };

struct retriaging {
	struct retriage_ask ask;
	struct retriage_result result;
	struct retriage_id id;
	struct retriage_undone_list undone;
};

static bool make(struct hub *hub, void *context, struct error *err)
{
	struct retriaging *with = context;

	return retriage_make(hub, &with->ask, &with->result, err);
}

static bool try_it(struct hub *hub, void *context, struct error *err)
{
	struct retriaging *with = context;

	return retriage_try(hub, &with->ask, &with->result, err);
}

static bool undo(struct hub *hub, void *context, struct error *err)
{
	struct retriaging *with = context;

	return retriage_undo(hub, with->id, &with->undone, err);
}

/* The rows in the order of the file; a reference that stands twice is refused with the others. */
static bool read_rows(struct arena *arena, struct text content, struct retriage_ask *ret, struct rejections *rejected)
{
	const struct csv_column columns[COLUMNS] = {{TEXT("reference"), true}, {TEXT("rag"), true}, {TEXT("reason"), true}};
	struct csv_header header = {.columns = columns, .column_count = COLUMNS};
	struct csv_table table;
	struct retriage_row *rows;
	size_t count = 0;

	if (!csv_table_read(&table, content, &header, rejected) || rejected->count) return false;
	rows = arena_new_array(arena, table.row_count + 1, struct retriage_row);
	for (size_t g = 0; g < table.group_count; g++)
		for (size_t i = 0; i < table.groups[g].count; i++) {
			struct csv_record record;

			csv_row_parse(&table, &table.groups[g].rows[i], arena, &record);
			rows[count++] = (struct retriage_row){.reference = csv_value(&table.header, &record, COLUMN_REFERENCE),
				.rag = csv_value(&table.header, &record, COLUMN_RAG),
				.rag_reason = csv_value(&table.header, &record, COLUMN_REASON),
				.version = INT_NONE};
		}
	ret->rows = (struct input_list){rows, count};
	return true;
}

static void say_change(struct cli *cli, const struct retriage_change *change)
{
	struct text due = change->due_at == INSTANT_NONE ? TEXT("") : london_iso(&cli->arena, change->due_at);

	cli_say(cli, "%.*s: %s", TEXT_ARG(change->reference), retriage_what_words(change->what));
	if (change->what == RETRIAGE_REFUSED)
		cli_say(cli, ": %.*s\n", TEXT_ARG(change->why));
	else
		cli_say(cli, ", from %.*s to %.*s, due %.*s\n",
			TEXT_ARG(text_none(change->rag_was) ? TEXT("unrated") : change->rag_was), TEXT_ARG(change->row->rag),
			TEXT_ARG(due));
}

static int say(struct cli *cli, const struct retriage_result *result)
{
	if (cli->globals.json) {
		json_open(&cli->json);
		retriage_result_json(&cli->json, result);
		json_close(&cli->json);
	} else {
		for (size_t i = 0; i < result->count; i++) say_change(cli, &result->rows[i]);
		if (result->id.n) cli_say(cli, "Undo all of it with: retriage --undo %lld\n", (long long)result->id.n);
	}
	return result->counts[RETRIAGE_REFUSED] ? EXIT_REFUSED : EXIT_DONE;
}

static int run_undo(struct cli *cli, const struct options *in)
{
	struct retriaging with = {0};
	struct error err = {0};

	if (!text_int(in->undo, &with.id.n) || with.id.n < 1)
		return cli_misused(cli, "--undo \"%.*s\" is not the number of a re-triage", TEXT_ARG(in->undo));
	if (!edge_write(cli, undo, &with, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		retriage_undone_json(&cli->json, &with.undone);
		json_close(&cli->json);
		return EXIT_DONE;
	}
	cli_say(cli, "%zu undone, %zu proposed for their old rating, %zu left\n", with.undone.counts[RETRIAGE_UNDONE],
		with.undone.counts[RETRIAGE_UNDO_PROPOSED], with.undone.counts[RETRIAGE_NOT_UNDONE]);
	for (size_t i = 0; i < with.undone.count; i++)
		if (with.undone.rows[i].what == RETRIAGE_NOT_UNDONE)
			cli_say(cli, "%.*s: %.*s\n", TEXT_ARG(with.undone.rows[i].reference), TEXT_ARG(with.undone.rows[i].why));
	return EXIT_DONE;
}

static int run(struct cli *cli, const void *given)
{
	const struct options *in = given;
	struct retriaging with = {0};
	struct rejections rejected = {.arena = &cli->arena};
	struct text content;
	struct error err = {0};

	if (!text_none(in->undo)) return run_undo(cli, in);
	if (text_none(in->file)) return cli_misused(cli, "say which FILE, or --undo ID");
	if (!cli_read_file(cli, &cli->arena, in->file, &content, &err)) return cli_failed(cli, &err);
	if (!read_rows(&cli->arena, content, &with.ask, &rejected)) {
		rejections_sort(&rejected);
		rejections_tell(cli->messages, &rejected);
		return EXIT_REFUSED;
	}
	if (!(in->dry_run ? edge_read(cli, try_it, &with, &err) : edge_write(cli, make, &with, &err)))
		return cli_failed(cli, &err);
	return say(cli, &with.result);
}

const struct command command_retriage = {
	.name = "retriage",
	.summary = "Rates many enquiries at once from a file, all or none; or undoes it",
	.action = ACTION_RETRIAGE,
	ARGUMENT_TABLE(arguments),
	OPTION_TABLE(options_table),
	.run = run,
};
