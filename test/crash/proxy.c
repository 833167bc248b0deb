/*
 * Between the program and PostgreSQL: passes on what both say, and cuts a connection at a COMMIT when it is told to, so
 * that the program can't know what became of it; or before one, so that it can.
 */
#include "crash.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CHUNK_BYTES 65536
#define SOCKET_NAME ".s.PGSQL.5432"

static const char commit_message[] = {'Q', 0, 0, 0, 11, 'c', 'o', 'm', 'm', 'i', 't', 0};

static struct {
	struct sockaddr_un listens, goes_to;
	int listener;
	_Atomic int cut, left;
} proxy;

struct pair {
	int program, server;
};

static bool pass(int to, const char *bytes, ssize_t len)
{
	while (len > 0) {
		ssize_t sent = send(to, bytes, (size_t)len, MSG_NOSIGNAL);

		if (sent <= 0) return false;
		bytes += sent;
		len -= sent;
	}
	return true;
}

static bool is_commit(const char *bytes, ssize_t len)
{
	return memmem(bytes, (size_t)len, commit_message, sizeof commit_message) != NULL;
}

/* True where this is where the connection is to be cut; each is counted once. */
static bool to_cut(enum cut cut, bool here)
{
	return here && proxy.cut == (int)cut && proxy.left > 0 && proxy.left-- > 0;
}

/* False when the connection is over. */
static bool from_program(const struct pair *pair, char *chunk)
{
	ssize_t len = recv(pair->program, chunk, CHUNK_BYTES, 0);
	bool commits;

	if (len <= 0) return false;
	commits = is_commit(chunk, len);
	if (to_cut(CUT_AT_COMMIT, commits) || to_cut(CUT_BEFORE_COMMIT, !commits && chunk[0] != 'Q' && len > 200))
		return false;
	if (!pass(pair->server, chunk, len)) return false;
	/* It was done; the one who asked never hears of it. */
	return !to_cut(CUT_AFTER_COMMIT, commits) || recv(pair->server, chunk, CHUNK_BYTES, 0) < 0;
}

static bool from_server(const struct pair *pair, char *chunk)
{
	ssize_t len = recv(pair->server, chunk, CHUNK_BYTES, 0);

	return len > 0 && pass(pair->program, chunk, len);
}

static void *carry(void *arg)
{
	struct pair *pair = arg;
	char chunk[CHUNK_BYTES];
	bool on = true;

	while (on) {
		struct pollfd fds[] = {{.fd = pair->program, .events = POLLIN}, {.fd = pair->server, .events = POLLIN}};

		if (poll(fds, 2, -1) < 0) break;
		if (fds[0].revents) on = from_program(pair, chunk);
		if (on && fds[1].revents) on = from_server(pair, chunk);
	}
	close(pair->program);
	close(pair->server);
	free(pair);
	return NULL;
}

static int reach_server(void)
{
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (s >= 0 && connect(s, (struct sockaddr *)&proxy.goes_to, sizeof proxy.goes_to) == 0) return s;
	if (s >= 0) close(s);
	return -1;
}

static void *accept_all(void *arg)
{
	int program;

	while ((program = accept4(proxy.listener, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		struct pair *pair = malloc(sizeof *pair);
		pthread_t thread;

		if (!pair) abort();
		*pair = (struct pair){.program = program, .server = reach_server()};
		if (pair->server >= 0 && pthread_create(&thread, NULL, carry, pair) == 0) {
			pthread_detach(thread);
			continue;
		}
		close(program);
		free(pair);
	}
	return arg;
}

static struct sockaddr_un address_in(const char *folder)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof address.sun_path, "%s/" SOCKET_NAME, folder);
	return address;
}

bool proxy_start(struct run *run)
{
	pthread_t thread;

	proxy.goes_to = address_in(run->cut_folder);
	proxy.listens = address_in(run->folder);
	unlink(proxy.listens.sun_path);
	proxy.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(proxy.listener, (struct sockaddr *)&proxy.listens, sizeof proxy.listens) == 0 &&
		listen(proxy.listener, 64) == 0 && pthread_create(&thread, NULL, accept_all, NULL) == 0)
		return pthread_detach(thread) == 0;
	wrong(run, "no socket in %s", run->folder);
	return false;
}

void proxy_cut(enum cut cut, int times)
{
	proxy.left = 0;
	proxy.cut = (int)cut;
	proxy.left = times;
}

int proxy_left(void)
{
	return proxy.left > 0 ? proxy.left : 0;
}
