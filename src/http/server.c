#include "http/changes_route.h"
#include "http/exchange.h"
#include "http/listener.h"

#include <signal.h>

#include "base/log.h"

#define HASHING_THREADS    2
#define HASHING_QUEUE      32
#define IDLE_SECONDS       30
#define STOP_SECONDS       10
#define SERVER_ARENA_BYTES ((size_t)4 << 20)

static void options_take(struct server *server, const struct server_options *options)
{
	server->options = *options;
	if (server->options.idle_seconds == 0) server->options.idle_seconds = IDLE_SECONDS;
	if (server->options.stop_seconds == 0) server->options.stop_seconds = STOP_SECONDS;
	server->options.listen = arena_text(&server->arena, options->listen);
	server->options.metrics_listen = arena_text(&server->arena, options->metrics_listen);
	server->options.tls_cert = arena_text(&server->arena, options->tls_cert);
	server->options.node = arena_text(&server->arena, options->node);
	server->options.tls_key = arena_text(&server->arena, options->tls_key);
}

static struct route_table *all_routes(struct server *server)
{
	size_t count = server->options.route_count;
	struct route *routes = arena_new_array(&server->arena, count + 2, struct route);

	if (count) memcpy(routes, server->options.routes, count * sizeof *routes);
	routes[count] = health_route;
	routes[count + 1] = changes_route;
	return route_table_make(&server->arena, routes, count + 2);
}

static bool start_parts(struct server *server, struct error *err)
{
	const struct server_options *options = &server->options;

	server->table = all_routes(server);
	if (!lane_start(options->workers, options->queue_limit, &server->workers, err)) return false;
	if (!lane_start(HASHING_THREADS, HASHING_QUEUE, &server->hashing, err)) return false;
	if (options->metrics_listen.len &&
		!listener_start(server, options->metrics_listen, LISTENER_METRICS, &server->metrics_listener, err))
		return false;
	return listener_start(server, options->listen, LISTENER_MAIN, &server->listener, err);
}

bool server_start(const struct server_options *options, struct server **ret, struct error *err)
{
	struct server *server = calloc(1, sizeof *server);
	struct random_source random = random_source_real();

	if (!server) return error_failed(err, "out of memory");
	watch_init(&server->watch, &random);
	arena_init(&server->arena, SERVER_ARENA_BYTES);
	pthread_mutex_init(&server->pool_lock, NULL);
	options_take(server, options);
	if (!start_parts(server, err)) {
		server_stop(server);
		return false;
	}
	*ret = server;
	return true;
}

int server_port(const struct server *server)
{
	return listener_port(server->listener);
}

int server_metrics_port(const struct server *server)
{
	return server->metrics_listener ? listener_port(server->metrics_listener) : 0;
}

static void stop_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
}

void server_block_signals(void)
{
	sigset_t set;

	stop_signals(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

void server_wait(void)
{
	sigset_t set;
	int which;

	stop_signals(&set);
	while (sigwait(&set, &which) != 0) continue;
}

static void pause_ms(long ms)
{
	struct timespec span = {.tv_nsec = ms * 1000000};

	nanosleep(&span, NULL);
}

/* Slow clients have until the time is up; what workers and the writer hold is always waited for. */
static void drain(struct server *server)
{
	int64_t until = monotonic_us() + (int64_t)server->options.stop_seconds * 1000000;

	while (atomic_load(&server->metrics.in_flight) > 0 && monotonic_us() < until) pause_ms(5);
	while (atomic_load(&server->suspended) > 0) pause_ms(5);
}

void server_leave(struct server *server, int seconds)
{
	struct timespec span = {.tv_sec = seconds};
	sigset_t set;

	atomic_store(&server->leaving, true);
	if (seconds <= 0) return;
	stop_signals(&set);
	sigtimedwait(&set, NULL, &span);
}

void server_stop(struct server *server)
{
	atomic_store(&server->leaving, true);
	listener_quiesce(server->listener);
	drain(server);
	listener_stop(server->listener);
	listener_stop(server->metrics_listener);
	lane_stop(server->workers);
	lane_stop(server->hashing);
	exchange_pool_release(server);
	pthread_mutex_destroy(&server->pool_lock);
	watch_release(&server->watch);
	arena_release(&server->arena);
	free(server);
}
