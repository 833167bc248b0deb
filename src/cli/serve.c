#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/command.h"
#include "cli/command_lane.h"
#include "cli/edge.h"
#include "cli/housekeeper.h"
#include "cli/input_file.h"
#include "cli/schema.h"
#include "db/migrate.h"
#include "db/statement.h"
#include "http/server.h"
#include "hub/continuity.h"
#include "sql/migrations.h"
#include "sql/queries.h"
#include "web/assets.h"
#include "web/routes.h"

/* Beside the workers' readers: one for the metrics, one for what a command asks. */
#define SPARE_READERS 2

struct serve_options {
	struct text listen;
	struct text metrics_listen;
	struct text clock;
	struct text clock_file;
	struct text tls_cert;
	struct text tls_key;
	bool tls_in_front;
	struct text continuity_dir;
	struct text continuity_key;
};

static const struct option options[] = {
	{"listen", "ADDR:PORT", "where to listen (default 127.0.0.1:8080)", offsetof(struct serve_options, listen)},
	{"metrics-listen", "ADDR:PORT", "where /metrics is answered (default: nowhere)",
		offsetof(struct serve_options, metrics_listen)},
	{"clock", "INSTANT", "where a simulated hub's time starts; it runs on from there (default: its latest instant)",
		offsetof(struct serve_options, clock)},
	{"clock-file", "FILE", "a simulated hub's time is led by whoever shares this file: for tests",
		offsetof(struct serve_options, clock_file)},
	{"tls-cert", "FILE", "a certificate, PEM; with --tls-key", offsetof(struct serve_options, tls_cert)},
	{"tls-key", "FILE", "its key, PEM", offsetof(struct serve_options, tls_key)},
	{"tls-in-front", NULL, "a proxy in front speaks TLS: cookies are Secure",
		offsetof(struct serve_options, tls_in_front)},
	{"continuity-dir", "DIR", "write the continuity list into this folder every hour (default: nowhere)",
		offsetof(struct serve_options, continuity_dir)},
	{"continuity-key", "FILE", "the key file it is sealed with, of at least 32 bytes",
		offsetof(struct serve_options, continuity_key)},
};

struct beginning {
	struct text authority;
	bool simulated;
	instant latest; /* anything happened at; INSTANT_NONE for nothing */
};

/* What the server needs to know before it starts, and that every statement it may run can be prepared. */
static bool look(struct hub *hub, void *context, struct error *err)
{
	struct beginning *beginning = context;
	beginning->simulated = hub->simulated;
	beginning->authority = hub->authority;
	return statement_check(hub->tx, &sql_queries, err) && hub_latest(hub, &beginning->latest, err);
}

static bool share_clock(struct cli *cli, struct text path, instant start, struct clock_source *ret, struct error *err)
{
	int file = open(arena_cstr(&cli->arena, path), O_RDWR | O_CLOEXEC);
	struct clock_led *led = MAP_FAILED;

	if (file >= 0 && ftruncate(file, sizeof *led) == 0)
		led = mmap(NULL, sizeof *led, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (file >= 0) close(file);
	if (led == MAP_FAILED) return error_invalid(err, "--clock-file is a file that can be written to");
	*ret = clock_source_led(led, start);
	return true;
}

/* The machine's time, or in a simulated hub the time that was asked for, or the latest there is, running on. */
static bool choose_clock(struct cli *cli, const struct serve_options *in, struct clock_source *ret, struct error *err)
{
	struct beginning beginning;
	instant start;

	if (!edge_look(cli, look, &beginning, err)) return false;
	web_serves(beginning.authority, beginning.simulated);
	*ret = clock_source_machine();
	start = beginning.latest;
	if (!text_none(in->clock)) {
		cli->misused = !beginning.simulated || !instant_parse(in->clock, &start);
		if (!beginning.simulated)
			return error_invalid(err, "--clock is for a simulated hub: this one has the machine's time");
		if (cli->misused) return error_invalid(err, "--clock is an instant, like 2015-06-30T10:42:00+01:00");
	}
	if (!beginning.simulated || start == INSTANT_NONE) return true;
	*ret = clock_source_running(start);
	return text_none(in->clock_file) || share_clock(cli, in->clock_file, start, ret, err);
	return true;
}

static bool read_keys(struct cli *cli, const struct serve_options *in, struct server_options *server, struct error *err)
{
	if (text_none(in->tls_cert) && text_none(in->tls_key)) return true;
	if (text_none(in->tls_cert) || text_none(in->tls_key)) {
		cli->misused = true;
		return error_invalid(err, "--tls-cert and --tls-key go together");
	}
	return input_file_read(&cli->arena, in->tls_cert, &server->tls_cert, err) &&
		   input_file_read(&cli->arena, in->tls_key, &server->tls_key, err);
}

/* An older schema is brought up to date after a copy; where other machines serve the hub too, only `migrate up` does. */
static bool fit_schema(struct cli *cli, struct error *err)
{
	int applied;

	if (db_engine(cli->db) == DB_POSTGRESQL) return schema_check(cli, err);
	return migrate_up(cli->db, &sql_migrations, cli_now(cli), &applied, err);
}

/* Holds the database, and says what time it is. */
static bool prepare(struct cli *cli, const struct serve_options *in, struct server_options *server, struct error *err)
{
	struct clock_source *clock = arena_new(&cli->arena, struct clock_source);

	server->workers = (int)settings_int(&cli->settings, SETTING_workers);
	server->queue_limit = (int)settings_int(&cli->settings, SETTING_queue);
	if (!edge_open_serving(cli, server->workers + SPARE_READERS, server->queue_limit, err)) return false;
	if (!fit_schema(cli, err)) return false;
	if (!choose_clock(cli, in, clock, err) || !read_keys(cli, in, server, err)) return false;
	server->clock = clock;
	server->db = cli->db;
	server->routes = web_routes(&server->route_count);
	server->assets = site_assets;
	server->asset_count = site_asset_count;
	server->error_page = error_page;
	server->tls_in_front = in->tls_in_front;
	return true;
}

static bool name_node(struct cli *cli, struct error *err)
{
	struct text name = settings_text(&cli->settings, SETTING_node);

	for (size_t i = 0; i < name.len; i++) cli->misused = cli->misused || name.ptr[i] <= ' ' || name.ptr[i] > '~';
	return !cli->misused || error_invalid(err, "node is a name in plain letters, like north-1");
}

static bool set_log_level(struct cli *cli, struct error *err)
{
	struct text name = settings_text(&cli->settings, SETTING_log_level);
	enum log_level level;

	cli->misused = !log_level_parse(name, &level);
	if (cli->misused)
		return error_invalid(err, "log_level is debug, info, warning or error, not \"%.*s\"", TEXT_ARG(name));
	log_set_level(level);
	return true;
}

static struct text chosen(const struct cli *cli, struct text flag, enum setting setting)
{
	return text_none(flag) ? settings_text(&cli->settings, setting) : flag;
}

/* A folder without a key, or one that can't be written to, is told now and not at the first hour. */
static bool serve_continuity(struct cli *cli, const struct serve_options *in, struct error *err)
{
	struct text folder = chosen(cli, in->continuity_dir, SETTING_continuity_dir);
	struct text key_file = chosen(cli, in->continuity_key, SETTING_continuity_key);
	struct sealed_key *key = arena_new(&cli->arena, struct sealed_key);
	const char *path = arena_cstr(&cli->arena, folder);

	cli->misused = (folder.len > 0) != (key_file.len > 0);
	if (cli->misused) return error_invalid(err, "--continuity-dir and --continuity-key go together");
	if (!folder.len) return true;
	if (!sealed_key_read(arena_cstr(&cli->arena, key_file), key, err)) return false;
	if (access(path, W_OK | X_OK) != 0)
		return error_invalid(err, "the folder %s can't be written to: %s", path, strerror(errno));
	continuity_serves(path, key);
	return true;
}

/* An embedded hub takes other commands through a socket; without one they are refused, and the hub serves all the same. */
static struct command_lane *serve_commands(struct cli *cli)
{
	struct command_lane *lane = NULL;
	struct error err = {0};
	bool missing = true;
	struct text path = edge_path(cli, &missing);

	if (text_none(path) || command_lane_start(path.ptr, cli->db, &lane, &err)) return lane;
	cli_note(cli, "%s; commands are refused while this server runs", err.message);
	return NULL;
}

static int run(struct cli *cli, const void *given)
{
	const struct serve_options *in = given;
	struct server_options options_of_server = {
		.listen = chosen(cli, in->listen, SETTING_listen),
		.metrics_listen = chosen(cli, in->metrics_listen, SETTING_metrics_listen),
		.node = settings_text(&cli->settings, SETTING_node),
	};
	struct housekeeper housekeeper;
	struct command_lane *lane;
	struct server *server;
	struct error err = {0};

	server_block_signals();
	if (!set_log_level(cli, &err) || !name_node(cli, &err) || !serve_continuity(cli, in, &err))
		return cli_failed(cli, &err);
	if (!prepare(cli, in, &options_of_server, &err) || !server_start(&options_of_server, &server, &err))
		return cli_failed(cli, &err);
	lane = serve_commands(cli);
	cli_note(cli, "listening on http%s://%.*s (port %d)", options_of_server.tls_cert.len ? "s" : "",
		TEXT_ARG(options_of_server.listen), server_port(server));
	if (!housekeeper_start(&housekeeper, cli->db, options_of_server.clock, &err)) {
		command_lane_stop(lane);
		server_stop(server);
		return cli_failed(cli, &err);
	}
	log_event(LOG_INFO, "serving", LOG_NUMBER("port", server_port(server)));
	server_wait();
	server_leave(server, (int)settings_int(&cli->settings, SETTING_drain));
	command_lane_close(lane);
	housekeeper_stop(&housekeeper);
	server_stop(server);
	command_lane_stop(lane);
	log_event(LOG_INFO, "stopped", LOG_TEXT("why", "signal"));
	return EXIT_DONE;
}

const struct command command_serve = {
	.name = "serve",
	.summary = "Serves the hub: its pages and their JSON twins",
	.more =
		"Holds an embedded database while it runs: other commands on it are run by the server, for its own user and\n"
		"root, through a socket beside the database; init, demo, serve and migrate up are refused. SIGTERM and SIGINT\n"
		"stop it after what it has accepted is answered.",
	.action = ACTION_NONE,
	OPTION_TABLE(options),
	.alone = true,
	.run = run,
};
