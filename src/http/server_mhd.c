/* The one file that knows libmicrohttpd. */
#include "http/exchange.h"
#include "http/listener.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <unistd.h>

#define CONNECTIONS_MOST    4000
#define FILES_BESIDE        200 /* that are no client's */
#define CONNECTION_BYTES    ((size_t)64 << 10)
#define THREAD_STACK_BYTES  ((size_t)512 << 10)
#define METRICS_CONNECTIONS 16
#define METRICS_BYTES       ((size_t)64 << 10)
#define BACKLOG             512
#define METRICS_SECONDS     10

struct listener {
	struct MHD_Daemon *daemon;
	int port;
	bool quiet;
};

/* Answers */

static void add_headers(struct MHD_Response *answer, const struct exchange *x)
{
	const struct response *res = &x->response;
	struct secure_header secure[SECURE_HEADERS_MOST];
	size_t count = secure_headers(x, secure);

	for (size_t i = 0; i < count; i++) MHD_add_response_header(answer, secure[i].name, secure[i].value);
	for (size_t i = 0; i < res->header_count; i++)
		MHD_add_response_header(answer, res->headers[i].name, res->headers[i].value.ptr);
	if (res->content_type.len) MHD_add_response_header(answer, MHD_HTTP_HEADER_CONTENT_TYPE, res->content_type.ptr);
	if (atomic_load(&x->server->leaving)) MHD_add_response_header(answer, MHD_HTTP_HEADER_CONNECTION, "close");
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, const struct exchange *x)
{
	const struct response *res = &x->response;
	struct text body = text_none(res->fixed) ? buffer_text(&res->body) : res->fixed;
	struct MHD_Response *answer;
	enum MHD_Result queued;

	answer = MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.ptr, MHD_RESPMEM_PERSISTENT);
	if (!answer) return MHD_NO;
	add_headers(answer, x);
	queued = MHD_queue_response(connection, (unsigned)res->status, answer);
	MHD_destroy_response(answer);
	return queued;
}

static void wake(struct exchange *x)
{
	struct server *server = x->server;

	MHD_resume_connection(x->connection);
	atomic_fetch_sub(&server->suspended, 1);
}

/* Intake */

static void *on_target(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct exchange *x = exchange_new(cls);

	if (!x) return NULL;
	x->connection = connection;
	x->wake = wake;
	exchange_target(x, text_of(uri));
	return x;
}

/* The query is decoded by our own strict rules, from the target as sent. */
static size_t leave_encoded(void *cls, struct MHD_Connection *connection, char *s)
{
	(void)cls;
	(void)connection;
	return strlen(s);
}

static enum MHD_Result on_header(
	void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len, const char *value, size_t value_len)
{
	(void)kind;
	exchange_header(cls, (struct text){key, key_len}, (struct text){value ? value : "", value ? value_len : 0});
	return MHD_YES;
}

static enum MHD_Result take_head(struct MHD_Connection *connection, struct exchange *x, const char *method)
{
	x->head_taken = true;
	exchange_method(x, method);
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_header, x);
	exchange_route(x);
	if (!exchange_refused_early(x)) return MHD_YES;
	exchange_at_once(x);
	return send_answer(connection, x);
}

static enum MHD_Result take_whole(struct MHD_Connection *connection, struct exchange *x)
{
	if (exchange_at_once(x)) return send_answer(connection, x);
	atomic_fetch_add(&x->server->suspended, 1);
	MHD_suspend_connection(connection);
	perform_start(x);
	return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *bytes, size_t *len, void **con_cls)
{
	struct exchange *x = *con_cls;
	bool goes_on;

	(void)cls;
	(void)url;
	(void)version;
	if (!x) return MHD_NO;
	if (atomic_load(&x->answered)) return send_answer(connection, x);
	if (!x->head_taken) return take_head(connection, x, method);
	if (*len == 0) return take_whole(connection, x);
	goes_on = exchange_body(x, bytes, *len);
	*len = 0;
	return goes_on ? MHD_YES : MHD_NO;
}

static void on_completed(
	void *cls, struct MHD_Connection *connection, void **con_cls, enum MHD_RequestTerminationCode how)
{
	(void)cls;
	(void)connection;
	(void)how;
	if (*con_cls) exchange_free(*con_cls);
	*con_cls = NULL;
}

/* Figures, for whoever may reach the second listener. */

static enum MHD_Result on_metrics(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *bytes, size_t *len, void **con_cls)
{
	struct server *server = cls;
	BUFFER_SCOPE out;
	struct MHD_Response *answer;
	enum MHD_Result queued;
	bool found = strcmp(url, "/metrics") == 0 && strcmp(method, "GET") == 0;

	(void)version;
	(void)bytes;
	(void)con_cls;
	buffer_init(&out, METRICS_BYTES);
	if (*len) return MHD_NO;
	if (found) metrics_write(&server->metrics, lane_length(server->workers), &out);
	answer = MHD_create_response_from_buffer(out.len, out.bytes, MHD_RESPMEM_MUST_COPY);
	if (!answer) return MHD_NO;
	MHD_add_response_header(answer, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
	MHD_add_response_header(answer, "X-Content-Type-Options", "nosniff");
	queued = MHD_queue_response(connection, found ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND, answer);
	MHD_destroy_response(answer);
	return queued;
}

/* Sockets */

/* "127.0.0.1:8080", "[::1]:8080", ":8080" (every address). */
static bool address_split(struct text address, struct text *ret_host, struct text *ret_port, struct error *err)
{
	size_t at = address.len;

	while (at > 0 && address.ptr[at - 1] != ':') at--;
	if (at == 0 || at == address.len)
		return error_invalid(err, "\"%.*s\" is not an address and port, such as 127.0.0.1:8080", TEXT_ARG(address));
	*ret_host = text_slice(address, 0, at - 1);
	*ret_port = text_slice(address, at, address.len);
	if (ret_host->len > 2 && ret_host->ptr[0] == '[' && ret_host->ptr[ret_host->len - 1] == ']')
		*ret_host = text_slice(*ret_host, 1, ret_host->len - 2);
	return true;
}

static bool socket_bind(const struct addrinfo *to, int *ret_socket)
{
	int fd = socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;

	if (fd < 0) return false;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, to->ai_addr, to->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
		*ret_socket = fd;
		return true;
	}
	on = errno;
	close(fd);
	errno = on;
	return false;
}

static bool socket_listen(struct server *server, struct text address, int *ret_socket, struct error *err)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *found;
	struct text host, port;
	int why;
	bool bound;

	if (!address_split(address, &host, &port, err)) return false;
	why = getaddrinfo(
		host.len ? arena_cstr(&server->arena, host) : NULL, arena_cstr(&server->arena, port), &hints, &found);
	if (why != 0) return error_invalid(err, "cannot listen on %.*s: %s", TEXT_ARG(address), gai_strerror(why));
	bound = socket_bind(found, ret_socket);
	freeaddrinfo(found);
	if (bound) return true;
	error_failed(err, "cannot listen on %.*s: %s", TEXT_ARG(address), strerror(errno));
	return error_hint(err, "Stop what uses the port, or choose another with --listen.");
}

static int socket_port(int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} bound;
	socklen_t len = sizeof bound;

	if (getsockname(fd, &bound.any, &len) != 0) return 0;
	return ntohs(bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
}

/* Life */

/* As many open files as clients need; fewer than may be had, fewer are served at once. */
static unsigned connections_allowed(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return CONNECTIONS_MOST;
	if (limit.rlim_cur < CONNECTIONS_MOST + FILES_BESIDE) {
		limit.rlim_cur = CONNECTIONS_MOST + FILES_BESIDE;
		if (limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= CONNECTIONS_MOST + FILES_BESIDE) return CONNECTIONS_MOST;
	return limit.rlim_cur > 2 * FILES_BESIDE ? (unsigned)(limit.rlim_cur - FILES_BESIDE) : FILES_BESIDE;
}

static struct MHD_Daemon *start_main(struct server *server, int fd)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
	struct MHD_OptionItem tls[] = {{MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}};

	if (server->options.tls_cert.len) {
		flags |= MHD_USE_TLS;
		tls[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)server->options.tls_cert.ptr};
		tls[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)server->options.tls_key.ptr};
	}
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_CONNECTION_LIMIT, connections_allowed(),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)server->options.idle_seconds, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_THREAD_STACK_SIZE,
		THREAD_STACK_BYTES, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

static struct MHD_Daemon *start_metrics(struct server *server, int fd)
{
	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_metrics, server,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT, (unsigned)METRICS_CONNECTIONS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)METRICS_SECONDS, MHD_OPTION_THREAD_STACK_SIZE, THREAD_STACK_BYTES,
		MHD_OPTION_END);
}

bool listener_start(
	struct server *server, struct text address, enum listener_kind kind, struct listener **ret, struct error *err)
{
	struct listener *listener = arena_new(&server->arena, struct listener);
	int fd = -1;

	if (server->options.tls_cert.len && MHD_is_feature_supported(MHD_FEATURE_SSL) != MHD_YES)
		return error_invalid(err, "this libmicrohttpd has no TLS: put a proxy in front");
	if (!socket_listen(server, address, &fd, err)) return false;
	listener->port = socket_port(fd);
	listener->daemon = kind == LISTENER_MAIN ? start_main(server, fd) : start_metrics(server, fd);
	if (!listener->daemon) {
		close(fd);
		return error_failed(err, "cannot serve on %.*s; is the TLS certificate and key right?", TEXT_ARG(address));
	}
	*ret = listener;
	return true;
}

int listener_port(const struct listener *listener)
{
	return listener->port;
}

void listener_quiesce(struct listener *listener)
{
	MHD_socket fd;

	if (!listener || listener->quiet) return;
	fd = MHD_quiesce_daemon(listener->daemon);
	listener->quiet = true;
	if (fd != MHD_INVALID_SOCKET) close(fd);
}

void listener_stop(struct listener *listener)
{
	if (listener) MHD_stop_daemon(listener->daemon);
}
