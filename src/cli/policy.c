#include "hub/policy.h"

#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/input_file.h"
#include "web/policy_words.h"

struct show_options {
	struct text version;
};

static const struct option show_options_table[] = {
	{"version", "N", "this version; the one in force unless given", offsetof(struct show_options, version), false},
};

struct showing {
	int64_t version;
	struct policy_view view;
};

static bool show(struct hub *hub, void *context, struct error *err)
{
	struct showing *showing = context;
	const struct policy *since;
	int64_t before;

	if (showing->version <= 0) return policy_show(hub, &showing->view, err);
	return policy_show_version(hub, showing->version, 0, &showing->view, &since, &before, err);
}

static int run_show(struct cli *cli, const void *given)
{
	const struct show_options *in = given;
	struct showing showing = {0};
	const struct policy_view *view = &showing.view;
	struct error err = {0};

	if (!text_none(in->version) && (!text_int(in->version, &showing.version) || showing.version < 1))
		return cli_misused(cli, "--version \"%.*s\" is not a version: write its number", TEXT_ARG(in->version));
	if (!edge_read(cli, show, &showing, &err)) return cli_failed(cli, &err);
	if (!cli->globals.json) {
		cli_say(cli, "# version %lld, in force from %.*s\n%.*s", (long long)view->version,
			TEXT_ARG(london_words(&cli->arena, view->valid_from)), TEXT_ARG(view->text));
		return EXIT_DONE;
	}
	json_open(&cli->json);
	json_member_int(&cli->json, "version", view->version);
	json_member_instant(&cli->json, "valid_from", view->valid_from);
	json_member_bool(&cli->json, "in_force", view->in_force);
	json_member_text(&cli->json, "loaded_by", view->loaded_by);
	json_member_text(&cli->json, "note", view->note);
	json_member_text(&cli->json, "text", view->text);
	json_close(&cli->json);
	return EXIT_DONE;
}

const struct command command_policy_show = {
	.name = "policy show",
	.summary = "The policy in force: hours, deadlines, caps and levels, as policy load takes it",
	.action = ACTION_VIEW_POLICY,
	OPTION_TABLE(show_options_table),
	.run = run_show,
};

struct load_options {
	struct text file;
	struct text note;
	struct text from;
	bool dry_run;
};

static const struct argument load_arguments[] = {
	{"FILE", "lines of \"key = value\"; what it doesn't name is as the policy that ships",
		offsetof(struct load_options, file), false},
};
static const struct option load_options_table[] = {
	{"note", "WHY", "why the policy changes", offsetof(struct load_options, note), false},
	{"from", "INSTANT", "when it begins, ISO 8601 with offset; now unless given", offsetof(struct load_options, from),
		false},
	{"dry-run", NULL, "only say what it would change", offsetof(struct load_options, dry_run), false},
};

struct loading {
	struct policy_load in;
	struct policy_loaded loaded;
	struct policy_preview preview;
};

static bool load(struct hub *hub, void *context, struct error *err)
{
	struct loading *loading = context;

	return policy_load(hub, &loading->in, &loading->loaded, err);
}

static bool try_it(struct hub *hub, void *context, struct error *err)
{
	struct loading *loading = context;

	return policy_try(hub, &loading->in, &loading->preview, err);
}

static int say_preview(struct cli *cli, const struct policy_preview *preview)
{
	struct policy_differences differences = policy_differences(&cli->arena, preview->before, preview->after);

	if (cli->globals.json) {
		json_open(&cli->json);
		policy_preview_json(&cli->json, &cli->arena, preview);
		json_close(&cli->json);
		return EXIT_DONE;
	}
	for (size_t i = 0; i < differences.count; i++)
		cli_say(cli, "%.*s: from \"%.*s\" to \"%.*s\"\n", TEXT_ARG(differences.rows[i].what),
			TEXT_ARG(differences.rows[i].from), TEXT_ARG(differences.rows[i].to));
	cli_say(cli, "%.*s; %zu would have passed already and stay\n", TEXT_ARG(policy_moves_words(&cli->arena, preview)),
		preview->moves.stay);
	for (size_t i = 0; i < preview->moves.count; i++) {
		const struct policy_move *move = &preview->moves.rows[i];

		if (move->due_at != move->due_was)
			cli_say(cli, "%.*s: decision from %.*s to %.*s\n", TEXT_ARG(move->reference),
				TEXT_ARG(london_iso(&cli->arena, move->due_was)), TEXT_ARG(london_iso(&cli->arena, move->due_at)));
		if (move->screening_due_at != move->screening_due_was)
			cli_say(cli, "%.*s: screening from %.*s to %.*s\n", TEXT_ARG(move->reference),
				TEXT_ARG(london_iso(&cli->arena, move->screening_due_was)),
				TEXT_ARG(london_iso(&cli->arena, move->screening_due_at)));
	}
	return EXIT_DONE;
}

static int say_loaded(struct cli *cli, const struct policy_loaded *loaded, bool later)
{
	if (cli->globals.json) {
		json_open(&cli->json);
		json_member_int(&cli->json, "version", loaded->version);
		json_member_instant(&cli->json, "valid_from", loaded->valid_from);
		json_member_int(&cli->json, "recomputed", loaded->recomputed);
		json_member_int(&cli->json, "stay", loaded->stay);
		json_close(&cli->json);
	} else if (later) {
		cli_say(cli, "version %lld begins %.*s\n", (long long)loaded->version,
			TEXT_ARG(london_words(&cli->arena, loaded->valid_from)));
	} else {
		cli_say(cli, "version %lld is in force; the deadlines of %lld open enquiries moved\n",
			(long long)loaded->version, (long long)loaded->recomputed);
	}
	return EXIT_DONE;
}

static int run_load(struct cli *cli, const void *given)
{
	const struct load_options *in = given;
	struct loading loading = {.in = {.note = text_none(in->note) ? TEXT("Loaded from a file") : in->note,
								  .valid_from = INSTANT_NONE,
								  .seen = INT_NONE}};
	struct error err = {0};

	if (!text_none(in->from) && !instant_parse(in->from, &loading.in.valid_from))
		return cli_misused(
			cli, "--from \"%.*s\" is not an instant: write it like 2015-07-06T08:30:00+01:00", TEXT_ARG(in->from));
	if (!cli_read_file(cli, &cli->arena, in->file, &loading.in.source, &err)) return cli_failed(cli, &err);
	if (in->dry_run) {
		if (!edge_try(cli, try_it, &loading, &err)) return cli_failed(cli, &err);
		return say_preview(cli, &loading.preview);
	}
	if (!edge_write(cli, load, &loading, &err)) return cli_failed(cli, &err);
	return say_loaded(cli, &loading.loaded, loading.in.valid_from != INSTANT_NONE);
}

const struct command command_policy_load = {
	.name = "policy load",
	.summary = "A new version of the policy, in force from now or from a later time",
	.action = ACTION_LOAD_POLICY,
	ARGUMENT_TABLE(load_arguments),
	OPTION_TABLE(load_options_table),
	.run = run_load,
};

struct holidays_options {
	struct text file;
	struct text note;
};

static const struct argument holidays_arguments[] = {
	{"FILE", "CSV with the columns date and title, as gov.uk publishes them", offsetof(struct holidays_options, file),
		false},
};
static const struct option holidays_options_table[] = {
	{"note", "WHY", "what was announced", offsetof(struct holidays_options, note), false},
};

struct announcing {
	struct policy_holidays in;
	struct policy_holidays_loaded loaded;
};

static bool announce(struct hub *hub, void *context, struct error *err)
{
	struct announcing *announcing = context;

	return policy_load_holidays(hub, &announcing->in, &announcing->loaded, err);
}

static int run_holidays(struct cli *cli, const void *given)
{
	const struct holidays_options *in = given;
	struct announcing announcing = {
		.in.note = text_none(in->note) ? TEXT("Bank holidays as they were announced") : in->note};
	const struct policy_holidays_loaded *loaded = &announcing.loaded;
	struct error err = {0};

	if (!cli_read_file(cli, &cli->arena, in->file, &announcing.in.csv, &err)) return cli_failed(cli, &err);
	if (!edge_write(cli, announce, &announcing, &err)) return cli_failed(cli, &err);
	if (cli->globals.json) {
		json_open(&cli->json);
		json_member_int(&cli->json, "added", loaded->added);
		json_member_int(&cli->json, "versions", loaded->versions);
		json_member_int(&cli->json, "recomputed", loaded->recomputed);
		json_close(&cli->json);
	} else if (!loaded->versions) {
		cli_say(cli, "every one of these days was known; nothing changed\n");
	} else {
		cli_say(cli, "%lld bank holidays were new; the deadlines of %lld open enquiries moved\n",
			(long long)loaded->added, (long long)loaded->recomputed);
	}
	return EXIT_DONE;
}

const struct command command_holidays_load = {
	.name = "holidays load",
	.summary = "Bank holidays announced late: added to the policy, and open deadlines reckoned again",
	.action = ACTION_LOAD_POLICY,
	ARGUMENT_TABLE(holidays_arguments),
	OPTION_TABLE(holidays_options_table),
	.run = run_holidays,
};
