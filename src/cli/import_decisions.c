#include "cli/command.h"
#include "cli/decision_play.h"
#include "cli/edge.h"
#include "cli/input_file.h"
#include "cli/progress.h"
#include "hub/lock.h"

struct import_options {
	struct text file;
	bool create_people;
};

static const struct argument arguments[] = {
	{"FILE", "CSV, UTF-8, one row per child in enquiry, with a header; columns in any order",
		offsetof(struct import_options, file), false},
};
static const struct option options[] = {
	{"create-people", NULL, "make the people it names who have no account; they can't sign in",
		offsetof(struct import_options, create_people), false},
};

struct import {
	const struct cli *cli;
	const struct import_options *in;
	struct arena *kept;
	struct decision_file file;
	size_t rejected_at_reading;
	int64_t decisions;
	int64_t already_present;
};

/* Looks everything up before anything is applied. */
static bool prepare_all(struct decision_play *play, struct hub *hub, struct error *err)
{
	struct arena_mark mark = arena_mark(hub->arena);

	for (size_t i = 0; i < play->file->count; i++) {
		if (!play->file->decisions[i].bad && !decision_play_prepare(play, hub, i, err)) return false;
		arena_rewind(hub->arena, mark);
	}
	return true;
}

static bool play_all(struct decision_play *play, struct hub *hub, const struct cli *cli, struct error *err)
{
	struct decision_events list = decision_events_until(play->file, play->people.arena, INT64_MAX);
	struct arena_mark mark = arena_mark(hub->arena);
	struct progress progress;
	bool done = true;

	progress_start(&progress, cli, "steps", list.count);
	for (size_t i = 0; done && i < list.count; i++) {
		done = decision_play_event(play, hub, &list.events[i], err);
		arena_rewind(hub->arena, mark);
		done = done && progress_step(&progress, i + 1, err);
	}
	progress_end(&progress);
	return done;
}

static void count(struct import *import, const struct decision_play *play)
{
	import->decisions = import->already_present = 0;
	for (size_t i = 0; i < import->file.count; i++) {
		if (play->played[i].decided)
			import->decisions += (int64_t)import->file.decisions[i].count;
		else
			import->already_present += (int64_t)import->file.decisions[i].count;
	}
}

static bool apply_all(struct hub *hub, void *context, struct error *err)
{
	struct import *import = context;
	struct decision_play play;

	if (!hub_may(hub, ACTION_IMPORT, err) || !hub_lock_alone(hub, err)) return false;
	decision_play_init(&play, &import->file, import->kept);
	play.people.create = import->in->create_people;
	play.viewer = hub->actor.account;
	play.recorded_at = hub->recorded_at;
	import->file.rejected.count = import->rejected_at_reading;
	if (!prepare_all(&play, hub, err)) return false;
	if (!import->file.rejected.count && !play_all(&play, hub, import->cli, err)) return false;
	if (import->file.rejected.count)
		return error_refused(err, "nothing was applied: %zu problems in the file", import->file.rejected.count);
	count(import, &play);
	return true;
}

static void print(struct cli *cli, const struct import *import)
{
	if (!cli->globals.json) {
		cli_say(cli, "%lld decisions taken in; %lld were already present\n", (long long)import->decisions,
			(long long)import->already_present);
		return;
	}
	json_open(&cli->json);
	json_member_int(&cli->json, "decisions", import->decisions);
	json_member_int(&cli->json, "already_present", import->already_present);
	json_member_int(&cli->json, "further_information", 0);
	rejections_json(&cli->json, &import->file.rejected);
	json_close(&cli->json);
}

static int run(struct cli *cli, const void *given)
{
	struct import import = {.cli = cli, .in = given};
	ARENA_SCOPE kept;
	struct text content;
	struct error err = {0};

	arena_init(&kept, ARENA_COMMAND_BYTES);
	import.kept = &kept;
	if (!cli_read_file(cli, &kept, import.in->file, &content, &err)) return cli_failed(cli, &err);
	if (decision_file_read(&import.file, &kept, content)) {
		import.rejected_at_reading = import.file.rejected.count;
		if (!edge_write(cli, apply_all, &import, &err) && (err.kind != ERROR_REFUSED || !import.file.rejected.count))
			return cli_failed(cli, &err);
	}
	rejections_sort(&import.file.rejected);
	rejections_tell(cli->messages, &import.file.rejected);
	if (err.kind) cli_note(cli, "%s", err.message);
	print(cli, &import);
	return import.file.rejected.count ? EXIT_REFUSED : EXIT_DONE;
}

const struct command command_import_decisions = {
	.name = "import decisions",
	.summary = "Applies what was decided, at the instants in the file, through the same rules as the screen",
	.action = ACTION_IMPORT,
	ARGUMENT_TABLE(arguments),
	OPTION_TABLE(options),
	.run = run,
};
