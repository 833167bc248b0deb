#include "base/london.h"
#include "cli/command.h"
#include "cli/decision_play.h"
#include "cli/demo_events.h"
#include "cli/demo_follow.h"
#include "cli/demo_night.h"
#include "cli/demo_rota.h"
#include "cli/demo_staff.h"
#include "cli/edge.h"
#include "cli/progress.h"
#include "cli/schema.h"
#include "hub/accumulation.h"
#include "hub/daily_return.h"
#include "hub/installation.h"

/* A working moment of that summer: a Monday, with a weekend of notifications to be screened. */
#define UNTIL_UNLESS_GIVEN TEXT("2015-07-13T09:20:00+01:00")

/* How far the rota goes beyond that moment. */
#define ROTA_WEEKS 4

struct demo_options {
	struct text directory;
	struct text until;
};

static const struct argument arguments[] = {
	{"DIR", "where enquiries.csv, decisions.csv, accumulation.csv and accumulation-decisions.csv are",
		offsetof(struct demo_options, directory), false},
};
static const struct option options[] = {
	{"until", "INSTANT", "the moment it stands at; 2015-07-13T09:20:00+01:00 unless given",
		offsetof(struct demo_options, until), false},
};

struct demo {
	instant until;
	const struct cli *cli;
	struct arena *kept;
	struct demo_files pairs[DEMO_PAIRS];
	struct demo_events list;
	struct demo_staff staff;
	struct decision_play plays[DEMO_PAIRS];
	size_t received;
	bool taken_over;
};

static void set_time(struct hub *hub, instant at)
{
	hub->now = hub->recorded_at = at;
	hub->from_file = false;
}

static bool receive(struct demo *demo, struct hub *hub, const struct demo_event *event, struct error *err)
{
	struct received received;

	set_time(hub, event->at);
	if (!hub_act_as(hub, demo->staff.administrator, err)) return false;
	if (!enquiry_receive(hub, &demo->pairs[event->files].received[event->index], &received, err)) return false;
	demo->received++;
	return true;
}

static bool collate(struct demo *demo, struct hub *hub, const struct demo_event *event, struct error *err)
{
	struct daily_return_view view;

	set_time(hub, event->at);
	if (!hub_act_as(hub, demo->staff.administrator, err)) return false;
	return daily_return_collate(hub, event->day, &view, err);
}

/* The manager of the accumulation's own team takes it over before the first of it is touched. */
static bool take_over(struct demo *demo, struct hub *hub, const struct demo_event *event, struct error *err)
{
	struct accumulation_take_over in = {.workstream = text_of(demo->pairs[event->files].workstream)};
	size_t manager = 0;

	if (demo->taken_over || text_is(in.workstream, "new")) return true;
	demo->taken_over = true;
	for (size_t i = 0; i < demo->staff.count; i++)
		if (demo->staff.people[i]->role == ROLE_PRACTICE_MANAGER) manager = i; /* the last named is theirs */
	set_time(hub, event->at);
	return hub_act_as(hub, demo->staff.accounts[manager], err) && accumulation_take(hub, &in, err);
}

/* The enquiry and its people are looked up when its first step comes: by then it has been received. */
static bool step(struct demo *demo, struct hub *hub, const struct demo_event *event, struct error *err)
{
	const struct decision_event *at = &demo->pairs[event->files].steps.events[event->index];
	struct decision_play *play = &demo->plays[event->files];

	if (!take_over(demo, hub, event, err)) return false;
	if (text_none(play->played[at->decision].reference)) {
		set_time(hub, event->at);
		if (!hub_act_as(hub, OPERATOR_ACCOUNT, err)) return false;
		if (!decision_play_prepare(play, hub, at->decision, err)) return false;
	}
	return decision_play_event(play, hub, at, err);
}

/* What follows a step, of its enquiry, by the hub's manager who looks after it. */
static bool follow(struct demo *demo, struct hub *hub, const struct demo_event *event, struct error *err)
{
	const struct decision_event *step = &demo->pairs[event->files].steps.events[event->index];
	const struct played *played = &demo->plays[event->files].played[step->decision];

	set_time(hub, event->at);
	if (!hub_act_as(hub, played->by[step->step], err)) return false;
	if (event->kind == DEMO_DISCUSS) return demo_discuss(hub, played, err);
	return event->kind == DEMO_CONFER ? demo_confer(hub, played, err) : demo_accept(hub, played, err);
}

static bool live(struct demo *demo, struct hub *hub, const struct demo_event *event, struct error *err)
{
	switch (event->kind) {
	case DEMO_OPENS:
	case DEMO_CLOSES: set_time(hub, event->at); return demo_night(hub, &demo->staff, event->kind == DEMO_CLOSES, err);
	case DEMO_COLLATE: return collate(demo, hub, event, err);
	case DEMO_RECEIVE: return receive(demo, hub, event, err);
	case DEMO_STEP: return step(demo, hub, event, err);
	case DEMO_DISCUSS:
	case DEMO_CONFER:
	case DEMO_ACCEPT: return follow(demo, hub, event, err);
	}
	return true;
}

static bool live_all(struct demo *demo, struct hub *hub, struct error *err)
{
	struct arena_mark mark = arena_mark(hub->arena);
	struct progress progress;
	bool done = true;

	progress_start(&progress, demo->cli, "events", demo->list.count);
	for (size_t i = 0; done && i < demo->list.count; i++) {
		done = live(demo, hub, &demo->list.events[i], err);
		arena_rewind(hub->arena, mark);
		done = done && progress_step(&progress, i + 1, err);
	}
	progress_end(&progress);
	if (!done) return false;
	set_time(hub, demo->until);
	return demo_night_ends(hub, err);
}

static bool refused_steps(struct demo *demo, struct error *err)
{
	for (size_t i = 0; i < DEMO_PAIRS; i++) {
		struct rejections *rejected = &demo->pairs[i].decisions.rejected;

		if (!rejected->count) continue;
		rejections_tell(stderr, rejected);
		return error_refused(
			err, "the hub's rules refuse %zu steps of %s", rejected->count, demo->pairs[i].decisions_name);
	}
	return true;
}

static bool make(const struct hub_edge *given, void *context, struct error *err)
{
	struct demo *demo = context;
	struct hub_edge edge = *given;
	struct hub_init in = {.authority = TEXT("Oxfordshire"), .reference_prefix = TEXT("OX"), .simulated = true};
	struct policy shipped;
	struct hub hub;

	policy_default(demo->kept, &shipped);
	demo_events_make(demo->pairs, demo->kept, &shipped, demo->until, &demo->list);
	edge.now = demo->list.began;
	demo->received = 0;
	demo->taken_over = false;
	if (!hub_init(&edge, &in, &hub, err) || !demo_staff_add(&demo->staff, &hub, err)) return false;
	if (!demo_rota_make(&demo->staff, &hub, edge.now, demo->until + ROTA_WEEKS * 7 * DAY_MS, err)) return false;
	for (size_t i = 0; i < DEMO_PAIRS; i++) {
		decision_play_init(&demo->plays[i], &demo->pairs[i].decisions, demo->kept);
		demo->plays[i].people.create = true;
		demo->plays[i].viewer = OPERATOR_ACCOUNT;
	}
	return live_all(demo, &hub, err) && demo_rota_today(&demo->staff, &hub, demo->until, err) &&
		   refused_steps(demo, err);
}

static void print_json(struct cli *cli, const struct demo *demo)
{
	json_open(&cli->json);
	json_member_cstr(&cli->json, "authority", "Oxfordshire");
	json_member_instant(&cli->json, "until", demo->until);
	json_member_int(&cli->json, "enquiries", (int64_t)demo->received);
	json_key(&cli->json, "users");
	demo_staff_json(&cli->json, &demo->staff);
	json_close(&cli->json);
}

static void print_text(struct cli *cli, const struct demo *demo)
{
	cli_say(cli, "A demonstration: Oxfordshire's hub with %zu enquiries, as it stood on %.*s.\n", demo->received,
		TEXT_ARG(london_words(&cli->arena, demo->until)));
	cli_say(cli, "Every person, record and decision is invented.\n\n");
	demo_staff_say(cli, &demo->staff);
}

static int run(struct cli *cli, const void *given)
{
	const struct demo_options *in = given;
	struct demo demo = {0};
	ARENA_SCOPE kept;
	struct error err = {0};

	arena_init(&kept, ARENA_COMMAND_BYTES);
	demo.kept = &kept;
	if (!text_none(cli->globals.as) || !text_none(cli->globals.now))
		return cli_misused(cli, "demo takes neither --as nor --now: it has its own people and its own time");
	if (!instant_parse(text_none(in->until) ? UNTIL_UNLESS_GIVEN : in->until, &demo.until))
		return cli_misused(
			cli, "--until \"%.*s\" is not an instant: write it like 2015-06-30T10:42:00+01:00", TEXT_ARG(in->until));
	demo.cli = cli;
	demo.until = instant_whole_second(demo.until);
	if (!demo_files_read(demo.pairs, &kept, in->directory, &err)) return cli_failed(cli, &err);
	demo_staff_draw(&demo.staff, &kept, &cli->random);
	if (!schema_make(cli, &err) || !edge_write_bulk(cli, make, &demo, &err)) return cli_failed(cli, &err);
	if (cli->globals.json)
		print_json(cli, &demo);
	else
		print_text(cli, &demo);
	return EXIT_DONE;
}

const struct command command_demo = {
	.name = "demo",
	.summary = "Makes a demonstration hub from the files in DIR, as if lived, and prints who can sign in",
	.action = ACTION_IMPORT,
	ARGUMENT_TABLE(arguments),
	OPTION_TABLE(options),
	.alone = true,
	.run = run,
};
