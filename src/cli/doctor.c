#include <unistd.h>

#include "base/london.h"
#include "cli/command.h"
#include "cli/edge.h"
#include "cli/schema.h"
#include "db/server.h"

#define CHECKS_MOST      40
#define HOLIDAY_AHEAD    365
#define CLOCK_EARLIEST   TEXT("2024-01-01T00:00:00Z")
#define CLOCK_LATEST     TEXT("2100-01-01T00:00:00Z")
#define SQLITE_LEAST     340    /* 3.40, Debian 12's */
#define POSTGRESQL_LEAST 150000 /* 15, Debian 12's */

struct check {
	const char *name;
	bool ok;
	struct text found; /* what there is; no value: nothing to say */
	struct text mend;  /* what to do; no value when it is well */
};

struct doctor {
	struct cli *cli;
	struct check checks[CHECKS_MOST];
	size_t count;
};

static void add(struct doctor *doctor, const char *name, struct text found, struct text mend)
{
	if (doctor->count == CHECKS_MOST) return;
	doctor->checks[doctor->count++] = (struct check){.name = name, .ok = text_none(mend), .found = found, .mend = mend};
}

static struct text why(struct doctor *doctor, const struct error *err)
{
	return arena_printf(&doctor->cli->arena, "%s%s%s", err->message, err->hint[0] ? ". " : "", err->hint);
}

static void check_settings(struct doctor *doctor)
{
	struct cli *cli = doctor->cli;

	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_value *value = &cli->settings.values[i];
		struct text shown = i == SETTING_db ? db_url_shown(&cli->arena, value->text) : value->text;

		add(doctor, arena_printf(&cli->arena, "setting %s", setting_key((enum setting)i)).ptr,
			arena_printf(&cli->arena, "\"%.*s\" (%s)", TEXT_ARG(shown), setting_origin_name(value->origin)), TEXT_NONE);
	}
}

static void check_sqlite(struct doctor *doctor)
{
	struct text version = text_of(db_sqlite_version()), rest = version, part;
	int64_t major = 0, minor = 0;
	bool read = text_split(&rest, '.', &part) && text_int(part, &major) && text_split(&rest, '.', &part) &&
				text_int(part, &minor);

	add(doctor, "sqlite", version,
		read && major * 100 + minor >= SQLITE_LEAST ? TEXT_NONE : TEXT("Install SQLite 3.40 or later."));
}

static void check_write(struct doctor *doctor, struct text path)
{
	struct arena *arena = &doctor->cli->arena;
	size_t end = path.len;
	struct text folder;

	while (end && path.ptr[end - 1] != '/') end--;
	folder = end ? text_slice(path, 0, end) : TEXT("./");
	if (access(arena_cstr(arena, path), R_OK | W_OK) != 0 || access(arena_cstr(arena, folder), W_OK | X_OK) != 0)
		add(doctor, "write permission", path,
			TEXT("Give whoever runs Fanlight leave to write the database and the folder it stands in."));
	else
		add(doctor, "write permission", path, TEXT_NONE);
}

static void check_that(struct doctor *doctor, const char *name, struct text found, bool well, const char *mend)
{
	add(doctor, name, found, well ? TEXT_NONE : text_of(mend));
}

/* Is what is acknowledged on disk, and does every machine of the hub sort and count alike? */
static void check_postgresql(struct doctor *doctor)
{
	struct arena *arena = &doctor->cli->arena;
	struct db_server s;
	struct error err = {0};

	if (!db_server(doctor->cli->db, arena, &s, &err)) {
		add(doctor, "postgresql", TEXT_NONE, why(doctor, &err));
		return;
	}
	check_that(doctor, "postgresql", s.version, s.version_number >= POSTGRESQL_LEAST, "Use PostgreSQL 15 or later.");
	check_that(doctor, "read-write", s.standby ? TEXT("no") : TEXT("yes"), !s.standby,
		"Name the primary, or every server of the cluster: the one that takes writes is found.");
	check_that(doctor, "encoding", s.encoding, text_is(s.encoding, "UTF8"),
		"Make the database with: createdb --encoding=UTF8 --template=template0");
	check_that(doctor, "collation", s.sorted_by_locale ? TEXT("by locale") : TEXT("by bytes"), !s.sorted_by_locale,
		"A column of text was changed by hand: every one is to be COLLATE \"C\".");
	check_that(doctor, "synchronous_commit", s.synchronous_commit,
		!text_is(s.synchronous_commit, "off") && !text_is(s.synchronous_commit, "local"),
		"Fanlight has it on for itself; set it to on for the server, or to what its standbys need.");
	check_that(doctor, "fsync", s.fsync && s.full_page_writes ? TEXT("on") : TEXT("off"), s.fsync && s.full_page_writes,
		"Set fsync and full_page_writes to on: without them a crash of the machine loses the hub.");
}

/* Opens it, or, where a server holds it, opens it to look. False where there is nothing to look at. */
static bool check_database(struct doctor *doctor)
{
	struct error err = {0};
	struct text url = db_url_shown(&doctor->cli->arena, settings_text(&doctor->cli->settings, SETTING_db));
	bool held;

	if (edge_open_any(doctor->cli, &err)) {
		add(doctor, "database", url, TEXT_NONE);
		if (db_engine(doctor->cli->db) == DB_POSTGRESQL) {
			check_postgresql(doctor);
			return true;
		}
		add(doctor, "lock", TEXT("nobody else has the database open"), TEXT_NONE);
		return true;
	}
	held = err.kind == ERROR_BUSY;
	add(doctor, "database", url, held ? TEXT_NONE : why(doctor, &err));
	if (!held) return false;
	add(doctor, "lock", arena_text(&doctor->cli->arena, text_of(err.message)), TEXT_NONE);
	error_clear(&err);
	return edge_open_look(doctor->cli, &err);
}

static bool check_schema(struct doctor *doctor)
{
	struct migration_status status = {.newest = TEXT_NONE};
	struct error err = {0};
	bool current = schema_look(doctor->cli, &status, &err);
	struct text newer = TEXT_NONE;

	if (status.newer)
		newer = arena_printf(&doctor->cli->arena, "a later release's, that only added (%.*s)", TEXT_ARG(status.newest));
	add(doctor, "schema", newer, current ? TEXT_NONE : why(doctor, &err));
	return current;
}

struct looked {
	struct doctor *doctor;
	day holiday;
	bool simulated;
	instant latest;
};

static bool look(struct hub *hub, void *context, struct error *err)
{
	struct looked *looked = context;
	struct named_days holidays = hub->policy->bank_holidays;

	looked->holiday = holidays.count ? holidays.days[holidays.count - 1].day : DAY_NONE;
	looked->simulated = hub->simulated;
	return hub_latest(hub, &looked->latest, err);
}

static void check_holidays(struct doctor *doctor, day last)
{
	struct arena *arena = &doctor->cli->arena;
	bool reaches = last >= london_day(cli_now(doctor->cli)) + HOLIDAY_AHEAD;

	add(doctor, "bank holidays", arena_printf(arena, "known to %.*s", TEXT_ARG(day_iso(arena, last))),
		reaches ? TEXT_NONE
				: TEXT("Load a policy that names the bank holidays of the next year: fanlight policy load."));
}

static void check_clock(struct doctor *doctor, instant latest)
{
	instant now = cli_now(doctor->cli), earliest = 0, far = 0;
	bool sane = instant_parse(CLOCK_EARLIEST, &earliest) && instant_parse(CLOCK_LATEST, &far) && now >= earliest &&
				now < far && (latest == INSTANT_NONE || latest <= now);

	add(doctor, "clock", london_iso(&doctor->cli->arena, now),
		sane ? TEXT_NONE : TEXT("Set the machine's clock: it is behind what the hub has recorded, or far from today."));
}

static void check_hub(struct doctor *doctor)
{
	struct looked looked = {.latest = INSTANT_NONE};
	struct error err = {0};
	bool read = edge_look(doctor->cli, look, &looked, &err);

	add(doctor, "policy", TEXT_NONE, read ? TEXT_NONE : why(doctor, &err));
	if (read) check_holidays(doctor, looked.holiday);
	check_clock(doctor, read && !looked.simulated ? looked.latest : INSTANT_NONE);
}

static void examine(struct doctor *doctor)
{
	bool missing = false;
	struct text path;

	check_settings(doctor);
	check_sqlite(doctor);
	path = edge_path(doctor->cli, &missing);
	if (!check_database(doctor)) {
		check_clock(doctor, INSTANT_NONE);
		return;
	}
	if (!text_none(path)) check_write(doctor, path);
	if (check_schema(doctor)) check_hub(doctor);
}

static void print_json(struct cli *cli, const struct doctor *doctor)
{
	json_open(&cli->json);
	json_key(&cli->json, "checks");
	json_open_list(&cli->json);
	for (size_t i = 0; i < doctor->count; i++) {
		json_open(&cli->json);
		json_member_cstr(&cli->json, "name", doctor->checks[i].name);
		json_member_bool(&cli->json, "ok", doctor->checks[i].ok);
		json_member_text(&cli->json, "found", doctor->checks[i].found);
		json_member_text(&cli->json, "mend", doctor->checks[i].mend);
		json_close(&cli->json);
	}
	json_close_list(&cli->json);
	json_close(&cli->json);
}

static void print_text(struct cli *cli, const struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->count; i++) {
		const struct check *check = &doctor->checks[i];

		cli_say(cli, "%-5s %-30s %.*s\n", check->ok ? "ok" : "MEND", check->name, TEXT_ARG(check->found));
		if (!check->ok) cli_say(cli, "      %.*s\n", TEXT_ARG(check->mend));
	}
}

static int run(struct cli *cli, const void *given)
{
	struct doctor doctor = {.cli = cli};
	bool well = true;

	(void)given;
	examine(&doctor);
	if (cli->globals.json)
		print_json(cli, &doctor);
	else
		print_text(cli, &doctor);
	for (size_t i = 0; i < doctor.count; i++) well = well && doctor.checks[i].ok;
	return well ? EXIT_DONE : EXIT_REFUSED;
}

const struct command command_doctor = {
	.name = "doctor",
	.summary = "Checks the installation and says how to mend what is wrong",
	.alone = true,
	.run = run,
};
