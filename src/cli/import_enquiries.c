#include "cli/command.h"
#include "cli/edge.h"
#include "cli/enquiry_file.h"
#include "cli/input_file.h"
#include "cli/progress.h"
#include "hub/accumulation.h"
#include "hub/lock.h"
#include "sql/enquiry.h"

struct import_options {
	struct text file;
	struct text workstream;
	bool dry_run;
	bool partial;
};

static const struct argument arguments[] = {
	{"FILE", "CSV, UTF-8, one row per child, with a header; columns in any order",
		offsetof(struct import_options, file), false},
};
static const struct option options[] = {
	{"workstream", "W", "the stream of work it belongs to; new unless given",
		offsetof(struct import_options, workstream), false},
	{"dry-run", NULL, "only say what would be taken in", offsetof(struct import_options, dry_run), false},
	{"partial", NULL, "take in whole good enquiries though others are bad", offsetof(struct import_options, partial),
		false},
};

struct counts {
	int64_t enquiries;
	int64_t children;
	int64_t already_present;
	int64_t further_information;
};

struct import {
	const struct cli *cli;
	const struct import_options *in;
	struct enquiry_file file;
	struct counts counts;
	size_t rejected_at_reading;
};

static void count(struct counts *counts, const struct enquiry_taken *taken)
{
	if (!taken->taken) return;
	switch (taken->received.receipt) {
	case RECEIPT_NEW:
		counts->enquiries++;
		counts->children += (int64_t)taken->children;
		break;
	case RECEIPT_ALREADY_PRESENT: counts->already_present++; break;
	case RECEIPT_FURTHER_INFORMATION: counts->further_information++; break;
	}
}

static bool workstream_known(struct hub *hub, struct text key, struct error *err)
{
	struct workstream_by_key_row row;
	bool found;

	if (text_none(key)) return true;
	if (!workstream_by_key(hub->tx, &(struct workstream_by_key_in){key}, &row, &found, err)) return false;
	if (found) return true;
	error_refused(err, "there is no workstream \"%.*s\"", TEXT_ARG(key));
	return error_hint(err, "The hub has new and accumulation.");
}

static bool take_groups(struct import *import, struct hub *hub, struct error *err)
{
	struct arena_mark mark = arena_mark(hub->arena);
	struct enquiry_file *file = &import->file;
	struct progress progress;
	bool done = true;

	progress_start(&progress, import->cli, "enquiries", file->table.group_count);
	for (size_t i = 0; done && i < file->table.group_count; i++) {
		struct enquiry_taken taken;

		done = enquiry_file_take(file, hub, &file->table.groups[i], import->in->workstream, &taken, err);
		if (done) count(&import->counts, &taken);
		arena_rewind(hub->arena, mark);
		done = done && progress_step(&progress, i + 1, err);
	}
	progress_end(&progress);
	return done;
}

static bool take_all(struct hub *hub, void *context, struct error *err)
{
	struct import *import = context;

	import->counts = (struct counts){0};
	import->file.rejected.count = import->rejected_at_reading;
	if (!hub_lock_alone(hub, err)) return false;
	if (!workstream_known(hub, import->in->workstream, err)) return false;
	if (!take_groups(import, hub, err)) return false;
	if (import->counts.enquiries && !accumulation_taken_by_import(hub, import->in->workstream, err)) return false;
	if (!import->file.rejected.count || import->in->partial) return true;
	import->counts = (struct counts){0};
	return error_refused(err, "nothing was taken in: %zu problems in the file", import->file.rejected.count);
}

static void print(struct cli *cli, const struct import *import)
{
	const struct counts *counts = &import->counts;

	if (!cli->globals.json) {
		cli_say(cli, "%lld enquiries about %lld children %s; %lld were already present, %lld had further information\n",
			(long long)counts->enquiries, (long long)counts->children,
			import->in->dry_run ? "would be taken in" : "taken in", (long long)counts->already_present,
			(long long)counts->further_information);
		return;
	}
	json_open(&cli->json);
	json_member_int(&cli->json, "enquiries", counts->enquiries);
	json_member_int(&cli->json, "children", counts->children);
	json_member_int(&cli->json, "already_present", counts->already_present);
	json_member_int(&cli->json, "further_information", counts->further_information);
	json_member_bool(&cli->json, "dry_run", import->in->dry_run);
	rejections_json(&cli->json, &import->file.rejected);
	json_close(&cli->json);
}

/* The file could be read: what the hub makes of it. True but for what ends a run without a word about rows. */
static bool take_in(struct cli *cli, struct import *import, struct error *err)
{
	bool done = import->in->dry_run ? edge_try(cli, take_all, import, err) : edge_write(cli, take_all, import, err);

	return done || (err->kind == ERROR_REFUSED && import->file.rejected.count);
}

static int run(struct cli *cli, const void *given)
{
	struct import import = {.cli = cli, .in = given};
	ARENA_SCOPE kept;
	struct text content;
	struct error err = {0};

	arena_init(&kept, ARENA_COMMAND_BYTES);
	if (!cli_read_file(cli, &kept, import.in->file, &content, &err)) return cli_failed(cli, &err);
	if (enquiry_file_read(&import.file, &kept, content)) {
		import.rejected_at_reading = import.file.rejected.count;
		if (!take_in(cli, &import, &err)) return cli_failed(cli, &err);
	}
	rejections_sort(&import.file.rejected);
	rejections_tell(cli->messages, &import.file.rejected);
	if (err.kind) cli_note(cli, "%s", err.message);
	print(cli, &import);
	return import.file.rejected.count ? EXIT_REFUSED : EXIT_DONE;
}

const struct command command_import_enquiries = {
	.name = "import enquiries",
	.summary = "Takes in a file of enquiries, all rows or none; a second time it adds nothing",
	.action = ACTION_IMPORT,
	ARGUMENT_TABLE(arguments),
	OPTION_TABLE(options),
	.run = run,
};
