#include "cli/edge.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/beside.h"
#include "cli/command.h"
#include "cli/schema.h"
#include "hub/account.h"

#define QUEUE_LIMIT  4
#define READERS      2 /* opened when needed: the second by who reads twice */
#define PASSWD_BYTES 4096

#define LET_OUT_BYTES ((size_t)1 << 20) /* of a result, before a part of it goes out */

/* One write: what the writer thread needs, and what it leaves. */
struct edge_job {
	struct db_job job; /* first: the writer knows only this */
	struct cli *cli;
	instant now;
	edge_run *run;
	edge_make *make;
	void *context;
	bool noting;                /* only writes down an earlier read: */
	const struct viewed *views; /* what it showed */
	bool undo;
	struct error err;
};

struct text edge_path(const struct cli *cli, bool *ret_missing)
{
	struct text url = settings_text(&cli->settings, SETTING_db), path = text_slice(url, 7, url.len);
	struct stat found;

	if (!text_starts(url, TEXT("sqlite:"))) return TEXT_NONE;
	*ret_missing = stat(path.ptr, &found) != 0;
	return path;
}

static bool open_database(struct cli *cli, bool create, struct error *err)
{
	struct db_options options = {.readers = READERS, .queue_limit = QUEUE_LIMIT, .create = create};

	return cli->db || db_open(settings_text(&cli->settings, SETTING_db), &options, &cli->db, err);
}

/* True where a server holds the database: it ran the command, or the error says why it didn't. */
static bool handed_over(struct cli *cli, struct error *err)
{
	bool taken;

	if (cli->command->alone) return false;
	if (!cli->handed_over && beside_ask(cli, BESIDE_RUN, &taken, err)) {
		if (!taken) return false;
		cli->messages = fopen("/dev/null", "we");
		cli->handed_over = true;
	}
	return err->kind || !error_busy(err, "the server ran it");
}

/* A server that holds the database and takes no commands is one that starts, or ends. */
static bool open_shared(struct cli *cli, struct error *err)
{
	if (cli->db) return true;
	if (handed_over(cli, err)) return false;
	if (open_database(cli, false, err)) return true;
	if (err->kind == ERROR_BUSY && err->hint[0] && !cli->command->alone)
		error_hint(err, "It starts or stops just now: run this again in a moment.");
	return false;
}

bool edge_open_any(struct cli *cli, struct error *err)
{
	return open_shared(cli, err);
}

bool edge_open_bare(struct cli *cli, struct error *err)
{
	return open_database(cli, true, err);
}

bool edge_open(struct cli *cli, struct error *err)
{
	if (cli->db) return true;
	return open_shared(cli, err) && schema_check(cli, err);
}

bool edge_open_look(struct cli *cli, struct error *err)
{
	struct db_options options = {.readers = READERS, .look = true};

	if (cli->db) return true;
	cli->looking = true;
	return db_open(settings_text(&cli->settings, SETTING_db), &options, &cli->db, err) && schema_check(cli, err);
}

bool edge_open_beside(struct cli *cli, struct error *err)
{
	if (cli->db) return true;
	if (open_database(cli, false, err)) return schema_check(cli, err);
	if (err->kind != ERROR_BUSY) return false;
	error_clear(err);
	return edge_open_look(cli, err);
}

bool edge_open_serving(struct cli *cli, int readers, int queue_limit, struct error *err)
{
	struct db_options options = {.readers = readers, .writers = readers, .queue_limit = queue_limit, .hold_lock = true};

	return db_open(settings_text(&cli->settings, SETTING_db), &options, &cli->db, err);
}

void edge_close(struct cli *cli)
{
	if (cli->db && !cli->asking) db_close(cli->db);
	cli->db = NULL;
}

static bool act(struct cli *cli, struct hub *hub, struct error *err)
{
	if (text_none(cli->globals.as)) return hub_act_as(hub, OPERATOR_ACCOUNT, err);
	return hub_act_as_email(hub, account_email(hub->arena, cli->globals.as), err);
}

static struct text system_user(struct arena *arena, uid_t user)
{
	struct passwd found, *named = NULL;
	char bytes[PASSWD_BYTES];

	if (getpwuid_r(user, &found, bytes, sizeof bytes, &named) == 0 && named)
		return arena_text(arena, text_of(found.pw_name));
	return arena_printf(arena, "%u", (unsigned)user);
}

/* Names of ours and the system's, nothing of a record. */
struct text edge_use(const struct cli *cli, struct arena *arena)
{
	return arena_printf(arena, "command=%s system_user=%.*s%s%.*s", cli->command->name,
		TEXT_ARG(system_user(arena, cli->user)), text_none(cli->use) ? "" : " ", TEXT_ARG(cli->use));
}

static bool log_use(struct cli *cli, struct hub *hub, bool refused, struct error *err)
{
	struct audit_entry entry = {.action = cli->command->action, .refused = refused, .look = true};

	entry.detail = edge_use(cli, hub->arena);
	return audit_write(hub, &entry, NULL, err);
}

static bool now_allowed(struct edge_job *edge, const struct hub *hub)
{
	if (text_none(edge->cli->globals.now) || hub->simulated || edge->undo || edge->noting) return true;
	edge->cli->misused = true;
	error_invalid(&edge->err, "--now is for a simulated hub: in this one what is written is written at its own time");
	return false;
}

/* What was only looked at is written down at its own time too, whatever --now said. */
static void set_time(const struct edge_job *edge, struct hub *hub)
{
	struct clock_source machine = clock_source_machine();

	if (!edge->noting || hub->simulated) return;
	hub->now = hub->recorded_at = instant_whole_second(clock_source_now(&machine));
}

static bool begin(struct edge_job *edge, struct tx *tx, struct hub *hub)
{
	struct hub_edge begun = {.tx = tx, .now = edge->now, .random = &edge->cli->random, .request_id = TEXT_NONE};

	if (!hub_begin(&begun, hub, &edge->err) || !now_allowed(edge, hub)) return false;
	set_time(edge, hub);
	return act(edge->cli, hub, &edge->err);
}

static bool run_job(struct db_job *job, struct tx *tx)
{
	struct edge_job *edge = (struct edge_job *)job;
	struct hub hub;

	error_clear(&edge->err);
	if (!begin(edge, tx, &hub) || !log_use(edge->cli, &hub, false, &edge->err)) return false;
	if (!hub_write_views(&hub, edge->views, &edge->err)) return false;
	if (edge->run && !edge->run(&hub, edge->context, &edge->err)) return false;
	return !edge->undo;
}

/* A use that was refused, or only tried, is a use: its entry stands although nothing else does. */
static void log_undone(struct db_job *job, struct tx *tx)
{
	struct edge_job *edge = (struct edge_job *)job, again = *edge;
	bool refused = edge->err.kind != ERROR_NONE;
	struct hub hub;

	if (edge->cli->misused) return;
	error_clear(&again.err);
	again.noting = true;
	if (begin(&again, tx, &hub) && !log_use(edge->cli, &hub, refused, &again.err))
		cli_note(edge->cli, "could not note this use on the access log: %s", again.err.message);
}

static bool run_bare(struct db_job *job, struct tx *tx)
{
	struct edge_job *edge = (struct edge_job *)job;
	struct hub_edge begun = {.tx = tx, .now = edge->now, .random = &edge->cli->random, .request_id = TEXT_NONE};

	error_clear(&edge->err);
	return edge->make(&begun, edge->context, &edge->err);
}

static bool submit(struct edge_job *edge, struct error *err)
{
	edge->job.arena = &edge->cli->arena;
	edge->now = cli_now(edge->cli);
	if (!db_outcome_error(db_run(edge->cli->db, &edge->job), err)) return false;
	if (!edge->err.kind) return true;
	*err = edge->err;
	return false;
}

bool edge_write(struct cli *cli, edge_run *run, void *context, struct error *err)
{
	struct edge_job edge = {.job = {.run = run_job, .refused = log_undone}, .cli = cli, .run = run, .context = context};

	return edge_open(cli, err) && submit(&edge, err);
}

bool edge_try(struct cli *cli, edge_run *run, void *context, struct error *err)
{
	struct edge_job edge = {
		.job = {.run = run_job, .refused = log_undone}, .cli = cli, .run = run, .context = context, .undo = true};

	return edge_open(cli, err) && submit(&edge, err);
}

bool edge_write_bulk(struct cli *cli, edge_make *make, void *context, struct error *err)
{
	struct edge_job edge = {.job = {.run = run_bare, .whole = true}, .cli = cli, .make = make, .context = context};

	return edge_open_bare(cli, err) && submit(&edge, err);
}

bool edge_write_bare(struct cli *cli, edge_make *make, void *context, struct error *err)
{
	struct edge_job edge = {.job.run = run_bare, .cli = cli, .make = make, .context = context};

	return edge_open_bare(cli, err) && submit(&edge, err);
}

struct reading {
	bool (*begin)(struct db *, struct arena *, struct tx **, struct error *);
	bool acts;
	edge_run *run;
	void *context;
	const struct viewed *views;
};

static bool note_read(struct cli *cli, const struct viewed *views, struct error *err)
{
	struct edge_job edge = {.job.run = run_job, .cli = cli, .noting = true, .views = views};

	return submit(&edge, err);
}

bool edge_let_out(struct cli *cli, struct hub *hub, struct error *err)
{
	if (cli->asking || cli->out.len < LET_OUT_BYTES) return true;
	if (!cli->let_out && !note_read(cli, hub->views, err)) return false;
	cli->let_out = true;
	return cli_let_out(cli, err);
}

static bool read_hub(struct cli *cli, struct reading *reading, struct error *err)
{
	struct hub_edge begun = {.now = cli_now(cli), .random = &cli->random, .request_id = TEXT_NONE};
	struct hub hub;
	bool done;

	if (!reading->begin(cli->db, &cli->arena, &begun.tx, err)) return false;
	done = hub_begin(&begun, &hub, err) && (!reading->acts || act(cli, &hub, err)) &&
		   reading->run(&hub, reading->context, err);
	tx_read_end(begun.tx);
	if (done)
		reading->views = hub.views;
	else
		buffer_clear(&cli->out);
	return done;
}

bool edge_look(struct cli *cli, edge_run *run, void *context, struct error *err)
{
	struct reading reading = {.begin = tx_read_begin, .run = run, .context = context};

	return edge_open_look(cli, err) && read_hub(cli, &reading, err);
}

bool edge_read(struct cli *cli, edge_run *run, void *context, struct error *err)
{
	struct reading reading = {.begin = tx_read_begin, .acts = true, .run = run, .context = context};

	cli->let_out = false;
	if (!edge_open(cli, err) || !read_hub(cli, &reading, err)) return false;
	return cli->let_out || note_read(cli, reading.views, err);
}

bool edge_note_use(struct cli *cli, struct error *err)
{
	bool taken = false;

	if (cli->looking && !beside_ask(cli, BESIDE_NOTE, &taken, err)) return false;
	if (taken) return beside_noted(cli, err);
	if (cli->looking) return error_busy(err, "no server took the note of this use: run it again");
	return edge_open(cli, err) && note_read(cli, NULL, err);
}

bool edge_read_beside(struct cli *cli, edge_run *run, void *context, struct error *err)
{
	struct reading reading = {.begin = tx_read_begin_twice, .acts = true, .run = run, .context = context};

	return edge_open_beside(cli, err) && read_hub(cli, &reading, err) && edge_note_use(cli, err);
}
