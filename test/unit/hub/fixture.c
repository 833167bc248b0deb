#include "fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include "hub/account.h"
#include "hub/enquiry.h"
#include "hub/installation.h"
#include "sql/migrations.h"

#define BEGINS "2015-05-29T09:00:00+01:00"

static const struct {
	const char *name, *full_name, *role, *team, *agency;
} people[] = {
	{"rahman", "Asha Rahman", "social_worker", "MASH team", NULL},
	{"byrne", "Ciaran Byrne", "social_worker", "MASH team", NULL},
	{"okafor", "Dayo Okafor", "social_worker", "Accumulation team", NULL},
	{"nair", "Priya Nair", "practice_manager", "MASH team", NULL},
	{"ellis", "Tom Ellis", "practice_manager", "MASH team", NULL},
	{"ashworth", "Ann Ashworth", "administrator", NULL, NULL},
	{"frost", "Ewa Frost", "edt_manager", NULL, NULL},
	{"gale", "Ian Gale", "edt_worker", NULL, NULL},
	{"hart", "Jo Hart", "service_manager", NULL, NULL},
	{"ives", "Kit Ives", "project_manager", NULL, NULL},
	{"jones", "Lee Jones", "director", NULL, NULL},
	{"kemp", "Max Kemp", "system_administrator", NULL, NULL},
	{"lowe", "Nia Lowe", "auditor", NULL, NULL},
	{"moss", "Oli Moss", "partner", NULL, "Police"},
};

instant at(const char *iso)
{
	instant t;

	if (!instant_parse(text_of(iso), &t)) fail_msg("\"%s\" is no instant", iso);
	return t;
}

struct turn {
	struct db_job job;
	struct fixture *fixture;
	struct as as;
	deed *what;
	void *with;
	struct error *err;
};

static bool begin(struct turn *turn, struct tx *tx, struct hub *hub)
{
	struct hub_edge edge = {
		.tx = tx, .now = at(turn->as.at), .random = &turn->fixture->random, .request_id = TEXT("test")};
	struct text name = text_of(turn->as.name);
	struct text email = arena_printf(tx_arena(tx), "%.*s@hub.example", TEXT_ARG(name));

	error_clear(turn->err);
	if (!hub_begin(&edge, hub, turn->err)) return false;
	if (turn->as.from_file) {
		hub->recorded_at = at("2026-01-05T09:00:00Z");
		hub->from_file = true;
	}
	return hub_act_as_email(hub, text_is(name, "operator") ? name : email, turn->err);
}

static bool take_turn(struct db_job *job, struct tx *tx)
{
	struct turn *turn = (struct turn *)job;
	struct hub hub;

	return begin(turn, tx, &hub) && turn->what(&hub, turn->with, turn->err);
}

bool fixture_act(struct fixture *fixture, struct as as, deed *what, void *with, struct error *err)
{
	struct turn turn = {.job = {.arena = &fixture->arena, .run = take_turn},
		.fixture = fixture,
		.as = as,
		.what = what,
		.with = with,
		.err = err};

	if (db_run(fixture->db, &turn.job) != DB_DURABLE) fail_msg("the database did not keep it");
	return turn.job.kept;
}

bool fixture_read(struct fixture *fixture, struct as as, deed *what, void *with, struct error *err)
{
	struct turn turn = {.fixture = fixture, .as = as, .what = what, .with = with, .err = err};
	struct hub hub;
	struct tx *tx;
	bool done;

	if (!tx_read_begin(fixture->db, &fixture->arena, &tx, err)) fail_msg("%s", err->message);
	done = begin(&turn, tx, &hub) && what(&hub, with, err);
	tx_read_end(tx);
	return done;
}

void fixture_must(struct fixture *fixture, struct as as, deed *what, void *with)
{
	struct error err;

	if (fixture_act(fixture, as, what, with, &err)) return;
	for (size_t i = 0; i < err.field_count; i++) print_error("%s: %s\n", err.fields[i].field, err.fields[i].message);
	fail_msg("%s at %s: %s", as.name, as.at, err.message);
}

struct account_id fixture_account(struct fixture *fixture, const char *name)
{
	struct text id = fixture_sql(fixture, "select id from account where email = '%s@hub.example'", name);
	struct account_id account;

	if (!text_int(id, &account.n)) fail_msg("there is no %s", name);
	return account;
}

static bool add_people(struct hub *hub, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		struct account_row row;
		struct account_add add = {
			.email = arena_printf(hub->arena, "%s@hub.example", people[i].name),
			.name = text_of(people[i].full_name),
			.role = text_of(people[i].role),
			.team = text_of(people[i].team),
			.agency = text_of(people[i].agency),
			.hours_percent = INT_NONE,
			.ends_on = DAY_NONE,
		};

		if (!account_add(hub, &add, &row, err)) return false;
	}
	return true;
}

static bool make_hub(struct db_job *job, struct tx *tx)
{
	struct turn *turn = (struct turn *)job;
	struct hub_edge edge = {.tx = tx, .now = at(BEGINS), .random = &turn->fixture->random};
	struct hub_init init = {.authority = TEXT("Oxfordshire")};
	struct hub hub;

	error_clear(turn->err);
	return hub_init(&edge, &init, &hub, turn->err) && add_people(&hub, turn->err);
}

static void fill(struct fixture *fixture)
{
	struct error err;
	struct turn turn = {.job = {.arena = &fixture->arena, .run = make_hub}, .fixture = fixture, .as = {0}, .err = &err};
	int applied;

	if (!migrate_up(fixture->db, &sql_migrations, at(BEGINS), &applied, &err)) fail_msg("%s", err.message);
	if (db_run(fixture->db, &turn.job) != DB_DURABLE || !turn.job.kept) fail_msg("%s", err.message);
}

static void open_hub(struct fixture *fixture)
{
	struct db_options options = {.readers = 2, .queue_limit = 64, .create = true};
	struct error err;

	if (!db_open(text_of(fixture->url), &options, &fixture->db, &err)) fail_msg("%s", err.message);
}

/* On PostgreSQL the first one is filled and kept, and the others are copies of it. */
static void open_filled(struct fixture *fixture)
{
	if (!fixture->cluster) {
		open_hub(fixture);
		fill(fixture);
		return;
	}
	if (fixture_database(fixture)) {
		open_hub(fixture);
		fill(fixture);
		db_close(fixture->db);
		fixture_database_keep(fixture);
	}
	open_hub(fixture);
}

int fixture_make(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);

	snprintf(fixture->folder, sizeof fixture->folder, "/tmp/hub_test.XXXXXX");
	if (!mkdtemp(fixture->folder)) return -1;
	snprintf(fixture->url, sizeof fixture->url, "sqlite:%s/hub.db", fixture->folder);
	arena_init(&fixture->arena, ARENA_COMMAND_BYTES);
	fixture->random = random_source_seeded(2015);
	fixture->cluster = getenv("FANLIGHT_TEST_POSTGRESQL");
	*state = fixture;
	open_filled(fixture);
	return 0;
}

int fixture_remove(void **state)
{
	struct fixture *fixture = *state;
	char command[128];
	int failed;

	db_close(fixture->db);
	if (fixture->cluster) fixture_database_drop(fixture);
	snprintf(command, sizeof command, "rm -r %s", fixture->folder);
	failed = system(command);
	arena_release(&fixture->arena);
	free(fixture);
	return failed;
}

struct receiving {
	struct given given;
	struct received received;
};

static struct text or_else(const char *given, struct text otherwise)
{
	return given ? text_of(given) : otherwise;
}

static bool receive(struct hub *hub, void *with, struct error *err)
{
	struct receiving *receiving = with;
	const struct given *given = &receiving->given;
	size_t count = given->children ? (size_t)given->children : 1;
	struct child_receive *children = arena_new_array(hub->arena, count, struct child_receive);
	struct enquiry_receive in = {
		.external_ref = text_of(given->external_ref),
		.workstream = text_of(given->workstream),
		.received_at = INSTANT_NONE,
		.channel = TEXT("phone"),
		.source_code = or_else(given->source_code, TEXT("2A")),
		.concern = or_else(given->concern, TEXT("neglect")),
		.immediate_danger = given->immediate_danger,
		.summary = or_else(given->summary, TEXT("What the school said.")),
		.children = {children, count},
	};

	for (size_t i = 0; i < count; i++)
		children[i] = (struct child_receive){.given_name = arena_printf(hub->arena, "Child %zu", i + 1),
			.family_name = or_else(given->family_name, TEXT("Silva")),
			.address = text_of(given->address),
			.postcode = given->address ? TEXT("OX14 5XE") : TEXT_NONE,
			.date_of_birth = DAY_NONE,
			.expected_date = DAY_NONE};
	return enquiry_receive(hub, &in, &receiving->received, err);
}

struct text fixture_receive(struct fixture *fixture, struct given given)
{
	struct receiving receiving = {.given = given};

	fixture_must(fixture, (struct as){"ashworth", given.received_at, false}, receive, &receiving);
	return receiving.received.reference;
}
