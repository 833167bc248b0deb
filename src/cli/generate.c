#include "hub/generate.h"

#include "base/london.h"
#include "cli/command.h"
#include "cli/demo_rota.h"
#include "cli/demo_staff.h"
#include "cli/edge.h"
#include "cli/progress.h"
#include "cli/schema.h"
#include "hub/account.h"
#include "hub/installation.h"
#include "sql/hub.h"
#include "twin/words.h"

/* A Tuesday morning: a moment to begin from, the same whenever it is run. */
#define UNTIL_UNLESS_GIVEN TEXT("2026-06-30T10:42:00+01:00")

#define WORKERS    28
#define ROTA_WEEKS 4

enum { KIND_WORKER = 64 };

struct generate_options {
	struct text enquiries;
	struct text years;
	struct text seed;
};

static const struct option options[] = {
	{"enquiries", "N", "how many arrive, up to 30000000", offsetof(struct generate_options, enquiries), true},
	{"years", "Y", "over how many years, 1 to 25; 1 unless given", offsetof(struct generate_options, years), false},
	{"seed", "S", "a number that all is drawn from; 1 unless given", offsetof(struct generate_options, seed), false},
};

struct generating {
	struct generate in;
	struct arena *kept;
	struct policy policy;
	struct demo_staff people;
	struct generate_staff staff;
	struct generation *generation;
	bool done;
};

static void place_of(struct generating *made, enum role role, struct account_id account)
{
	struct generate_staff *staff = &made->staff;

	if (role == ROLE_ADMINISTRATOR) staff->administrator = account;
	if (role == ROLE_EDT_WORKER) staff->edt_worker = account;
	if (role == ROLE_EDT_MANAGER) staff->edt_manager = account;
	if (role == ROLE_PRACTICE_MANAGER && staff->manager_count < GENERATE_MANAGERS_MOST)
		staff->managers[staff->manager_count++] = account;
	if (role == ROLE_SOCIAL_WORKER && staff->worker_count < GENERATE_WORKERS_MOST)
		staff->workers[staff->worker_count++] = account;
}

/* Who can't sign in: there are more of them than a demonstration needs passwords. */
static bool add_worker(struct generating *made, struct hub *hub, size_t number, struct error *err)
{
	struct draw draw = draw_of(made->in.seed, KIND_WORKER, number);
	const char *given = word_of(&draw, WORDS_GIRL), *family = word_of(&draw, WORDS_SURNAME);
	struct account_row account;
	struct account_add add = {
		.email = arena_printf(hub->arena, "worker.%zu@example.org", number),
		.name = arena_printf(hub->arena, "%s %s", given, family),
		.role = TEXT("social_worker"),
		.team = TEXT("MASH team"),
		.hours_percent = INT_NONE,
		.ends_on = DAY_NONE,
	};

	if (!account_add(hub, &add, &account, err)) return false;
	place_of(made, ROLE_SOCIAL_WORKER, account.id);
	return true;
}

static bool add_staff(struct generating *made, struct hub *hub, struct error *err)
{
	made->staff = (struct generate_staff){0};
	if (!demo_staff_add(&made->people, hub, err)) return false;
	for (size_t i = 0; i < made->people.count; i++)
		if (!text_is(text_of(made->people.people[i]->team), "Accumulation team"))
			place_of(made, made->people.people[i]->role, made->people.accounts[i]);
	for (size_t i = made->staff.worker_count; i < WORKERS; i++)
		if (!add_worker(made, hub, i, err)) return false;
	return true;
}

/* In a new hub, or in one that nothing was received in. */
static bool begin_hub(const struct hub_edge *edge, const struct generating *made, struct hub *ret, struct error *err)
{
	struct hub_init in = {.authority = TEXT("Generated"), .reference_prefix = TEXT("GN"), .simulated = true};
	struct installation_get_row held;
	bool found;

	(void)made;
	if (!installation_get(edge->tx, &held, &found, err)) return false;
	if (!found) return hub_init(edge, &in, ret, err);
	return hub_begin(edge, ret, err) && hub_act_as(ret, OPERATOR_ACCOUNT, err);
}

static bool begin(const struct hub_edge *given, void *context, struct error *err)
{
	struct generating *made = context;
	struct hub_edge edge = *given;
	struct hub hub;
	instant rota = made->in.until - ROTA_WEEKS * 7 * DAY_MS;

	edge.now = generate_begins(&made->in);
	if (!begin_hub(&edge, made, &hub, err) || !generate_mark(&hub, err) || !add_staff(made, &hub, err)) return false;
	if (!demo_rota_make(&made->people, &hub, rota, made->in.until + ROTA_WEEKS * 7 * DAY_MS, err)) return false;
	policy_default(made->kept, &made->policy);
	return policy_read(made->kept, policy_write(hub.arena, hub.policy), &made->policy, err);
}

static bool write_batch(const struct hub_edge *given, void *context, struct error *err)
{
	struct generating *made = context;
	struct hub hub;

	return hub_begin(given, &hub, err) && generation_go_on(made->generation, &hub, &made->done, err);
}

static bool write_all(struct cli *cli, struct generating *made, struct error *err)
{
	struct progress progress;
	bool written = true;

	made->generation = generation_new(made->kept, &made->in, &made->staff, &made->policy);
	progress_start(&progress, cli, "enquiries", (size_t)made->in.enquiries);
	while (written && !made->done) {
		struct arena_mark mark = arena_mark(&cli->arena);

		written = edge_write_bulk(cli, write_batch, made, err);
		generation_written(made->generation);
		arena_rewind(&cli->arena, mark);
		written = written && progress_step(&progress, (size_t)generation_enquiries(made->generation), err);
	}
	progress_end(&progress);
	return written;
}

static void print_json(struct cli *cli, const struct generating *made)
{
	json_open(&cli->json);
	json_member_int(&cli->json, "enquiries", generation_enquiries(made->generation));
	json_member_int(&cli->json, "children", generation_children(made->generation));
	json_member_instant(&cli->json, "until", made->in.until);
	json_key(&cli->json, "users");
	demo_staff_json(&cli->json, &made->people);
	json_close(&cli->json);
}

static void print_text(struct cli *cli, const struct generating *made)
{
	cli_say(cli, "A generated hub: %lld enquiries about %lld children, as it stood on %.*s.\n",
		(long long)generation_enquiries(made->generation), (long long)generation_children(made->generation),
		TEXT_ARG(london_words(&cli->arena, made->in.until)));
	cli_say(cli, "Every person, record and decision is invented.\n\n");
	demo_staff_say(cli, &made->people);
}

static bool read_number(struct text given, int64_t otherwise, int64_t most, int64_t *ret)
{
	*ret = otherwise;
	return text_none(given) || (text_int(given, ret) && *ret >= 0 && *ret <= most);
}

static bool read_options(struct cli *cli, const struct generate_options *in, struct generate *ret)
{
	int64_t years, seed;

	if (!read_number(in->enquiries, 0, GENERATE_ENQUIRIES_MOST, &ret->enquiries) || ret->enquiries < 1) return false;
	if (!read_number(in->years, 1, GENERATE_YEARS_MOST, &years) || years < 1) return false;
	if (!read_number(in->seed, 1, INT64_MAX, &seed)) return false;
	ret->years = (int)years;
	ret->seed = (uint64_t)seed;
	return instant_parse(text_none(cli->globals.now) ? UNTIL_UNLESS_GIVEN : cli->globals.now, &ret->until);
}

static int run(struct cli *cli, const void *given)
{
	struct generating made = {0};
	ARENA_SCOPE kept;
	struct error err = {0};

	arena_init(&kept, (size_t)4 << 30);
	made.kept = &kept;
	if (!text_none(cli->globals.as)) return cli_misused(cli, "generate has its own people: it takes no --as");
	if (!read_options(cli, given, &made.in))
		return cli_misused(cli, "generate takes --enquiries 1 to %d, --years 1 to %d and a --seed of 0 or more",
			GENERATE_ENQUIRIES_MOST, GENERATE_YEARS_MOST);
	demo_staff_draw(&made.people, &kept, &cli->random);
	if (!schema_make(cli, &err) || !edge_write_bare(cli, begin, &made, &err)) return cli_failed(cli, &err);
	if (!write_all(cli, &made, &err)) return cli_failed(cli, &err);
	if (cli->globals.json)
		print_json(cli, &made);
	else
		print_text(cli, &made);
	return EXIT_DONE;
}

const struct command command_generate = {
	.name = "generate",
	.summary = "Fills an empty hub with so many invented enquiries, and prints who can sign in",
	.action = ACTION_IMPORT,
	OPTION_TABLE(options),
	.more = "The hub is simulated for ever, and every page says so. It stands at 30 June 2026, 10:42, or at --now; the "
			"same\n"
			"numbers give the same hub, passwords aside. An interrupted one is good for nothing.\n",
	.alone = true,
	.run = run,
};
