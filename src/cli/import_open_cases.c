#include "cli/command.h"
#include "cli/csv_table.h"
#include "cli/edge.h"
#include "cli/input_file.h"
#include "cli/progress.h"
#include "hub/lock.h"
#include "hub/open_case.h"

struct import_options {
	struct text file;
	bool dry_run;
	bool partial;
};

static const struct argument arguments[] = {
	{"FILE", "CSV, UTF-8, one row per open case, with a header; columns in any order",
		offsetof(struct import_options, file), false},
};
static const struct option options[] = {
	{"dry-run", NULL, "only say what would be taken in", offsetof(struct import_options, dry_run), false},
	{"partial", NULL, "take in the good rows though others are bad", offsetof(struct import_options, partial), false},
};

/* The columns of the file, and the fields they are; the status first, since every row has one. */
static const struct csv_column columns[] = {
	{.name = {"status", 6}, .required = true},
	{.name = {"nhs_number", 10}},
	{.name = {"given_name", 10}},
	{.name = {"family_name", 11}},
	{.name = {"date_of_birth", 13}},
	{.name = {"worker", 6}, .required = true},
	{.name = {"manager", 7}},
	{.name = {"team", 4}},
	{.name = {"from", 4}, .required = true},
	{.name = {"to", 2}},
};
#define COLUMNS (sizeof columns / sizeof *columns)

static const enum field fields[COLUMNS] = {FIELD_case_status, FIELD_nhs_number, FIELD_given_name, FIELD_family_name,
	FIELD_date_of_birth, FIELD_case_worker, FIELD_case_manager, FIELD_case_team, FIELD_case_from, FIELD_case_to};

struct counts {
	int64_t open_cases;
	int64_t updated;
	int64_t already_present;
	int64_t possible;
};

struct import {
	const struct cli *cli;
	const struct import_options *in;
	struct csv_table table;
	struct rejections rejected;
	struct counts counts;
	size_t rejected_at_reading;
};

struct row_source {
	const struct csv_table *table;
	const struct csv_record *record;
};

static struct text row_value(const void *context, const char *list, size_t index, const char *name)
{
	const struct row_source *source = context;

	(void)list;
	(void)index;
	for (size_t i = 0; i < COLUMNS; i++)
		if (field_name(fields[i]) == name) return csv_value(&source->table->header, source->record, i);
	return TEXT_NONE;
}

static struct text column_of(const char *field)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (strcmp(field, field_name(fields[i])) == 0) return columns[i].name;
	return TEXT_NONE;
}

static void reject(struct import *import, const struct csv_row *row, const struct error *err)
{
	for (size_t i = 0; i < err->field_count; i++)
		rejection_add(&import->rejected, row->line, column_of(err->fields[i].field), "%s", err->fields[i].message);
	if (!err->field_count) rejection_add(&import->rejected, row->line, TEXT_NONE, "%s", err->message);
}

static void count(struct counts *counts, const struct open_case_taken *taken)
{
	switch (taken->receipt) {
	case OPEN_CASE_NEW: counts->open_cases++; break;
	case OPEN_CASE_CHANGED: counts->updated++; break;
	case OPEN_CASE_PRESENT: counts->already_present++; break;
	}
	counts->possible += taken->possible;
}

/* False: an error that ends the import. What is wrong with the row is among the rejected, and nothing of it written. */
static bool take_row(struct import *import, struct hub *hub, const struct csv_row *row, struct error *err)
{
	struct csv_record record;
	struct row_source rows = {.table = &import->table, .record = &record};
	struct input_source source = {.context = &rows, .value = row_value};
	struct open_case_row in;
	struct open_case_taken taken;

	csv_row_parse(&import->table, row, hub->arena, &record);
	if (input_decode(&source, &open_case_row_input, hub->arena, &in, err) && open_case_take(hub, &in, &taken, err)) {
		count(&import->counts, &taken);
		return true;
	}
	if (err->kind != ERROR_INVALID && err->kind != ERROR_REFUSED) return false;
	reject(import, row, err);
	error_clear(err);
	return true;
}

static bool take_rows(struct import *import, struct hub *hub, struct error *err)
{
	struct arena_mark mark = arena_mark(hub->arena);
	struct progress progress;
	size_t done = 0;
	bool going = true;

	progress_start(&progress, import->cli, "open cases", import->table.row_count);
	for (size_t i = 0; going && i < import->table.group_count; i++) {
		const struct csv_group *group = &import->table.groups[i];

		for (size_t j = 0; going && j < group->count; j++) {
			going = take_row(import, hub, &group->rows[j], err);
			arena_rewind(hub->arena, mark);
			going = going && progress_step(&progress, ++done, err);
		}
	}
	progress_end(&progress);
	return going;
}

static bool take_all(struct hub *hub, void *context, struct error *err)
{
	struct import *import = context;

	import->counts = (struct counts){0};
	import->rejected.count = import->rejected_at_reading;
	if (!hub_lock_alone(hub, err) || !take_rows(import, hub, err)) return false;
	if (!import->rejected.count || import->in->partial) return true;
	import->counts = (struct counts){0};
	return error_refused(err, "nothing was taken in: %zu problems in the file", import->rejected.count);
}

static void print(struct cli *cli, const struct import *import)
{
	const struct counts *counts = &import->counts;

	if (!cli->globals.json) {
		cli_say(cli,
			"%lld open cases %s, %lld updated; %lld were already present; %lld children may be somebody of them\n",
			(long long)counts->open_cases, import->in->dry_run ? "would be taken in" : "taken in",
			(long long)counts->updated, (long long)counts->already_present, (long long)counts->possible);
		return;
	}
	json_open(&cli->json);
	json_member_int(&cli->json, "open_cases", counts->open_cases);
	json_member_int(&cli->json, "updated", counts->updated);
	json_member_int(&cli->json, "already_present", counts->already_present);
	json_member_int(&cli->json, "possible", counts->possible);
	json_member_bool(&cli->json, "dry_run", import->in->dry_run);
	rejections_json(&cli->json, &import->rejected);
	json_close(&cli->json);
}

/* True but for what ends a run without a word about rows. */
static bool take_in(struct cli *cli, struct import *import, struct error *err)
{
	bool done = import->in->dry_run ? edge_try(cli, take_all, import, err) : edge_write(cli, take_all, import, err);

	return done || (err->kind == ERROR_REFUSED && import->rejected.count);
}

static int run(struct cli *cli, const void *given)
{
	struct csv_header header = {.columns = columns, .column_count = COLUMNS};
	ARENA_SCOPE kept;
	struct import import = {.cli = cli, .in = given, .rejected.arena = &kept};
	struct text content;
	struct error err = {0};

	arena_init(&kept, ARENA_COMMAND_BYTES);
	if (!cli_read_file(cli, &kept, import.in->file, &content, &err)) return cli_failed(cli, &err);
	if (csv_table_read(&import.table, content, &header, &import.rejected)) {
		import.rejected_at_reading = import.rejected.count;
		if (!take_in(cli, &import, &err)) return cli_failed(cli, &err);
	}
	rejections_sort(&import.rejected);
	rejections_tell(cli->messages, &import.rejected);
	if (err.kind) cli_note(cli, "%s", err.message);
	print(cli, &import);
	return import.rejected.count ? EXIT_REFUSED : EXIT_DONE;
}

const struct command command_import_open_cases = {
	.name = "import open-cases",
	.summary = "Takes in the council's list of open cases, all rows or none; a second time it adds nothing",
	.action = ACTION_IMPORT,
	ARGUMENT_TABLE(arguments),
	OPTION_TABLE(options),
	.run = run,
};
