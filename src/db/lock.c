#include "db/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define PATIENCE_MS 5000
#define GLANCE_MS   20

static const char server_mark[] = "server\n";
static const char command_mark[] = "command\n";

static bool server_holds(int fd)
{
	char mark[sizeof server_mark - 1];

	return pread(fd, mark, sizeof mark, 0) == (ssize_t)sizeof mark && memcmp(mark, server_mark, sizeof mark) == 0;
}

static bool refuse(int fd, bool by_server, struct error *err)
{
	close(fd);
	if (!by_server) return error_busy(err, "another command is using this database");
	error_busy(err, "a server is running on this database");
	return error_hint(err, "Stop it first: this needs the database to itself.");
}

static bool mark(int fd, const char *database_path, bool server, struct error *err)
{
	const char *text = server ? server_mark : command_mark;
	ssize_t len = (ssize_t)strlen(text);

	if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)len, 0) == len) return true;
	close(fd);
	return error_failed(err, "could not write %s.lock: %s", database_path, strerror(errno));
}

static bool try_lock(int fd, bool server)
{
	for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += GLANCE_MS) {
		if (server || server_holds(fd) || waited >= PATIENCE_MS) return false;
		nanosleep(&(struct timespec){.tv_nsec = GLANCE_MS * 1000000L}, NULL);
	}
	return true;
}

bool lock_take(const char *database_path, bool server, int *ret_fd, struct error *err)
{
	char path[4096];
	int fd;

	if (snprintf(path, sizeof path, "%s.lock", database_path) >= (int)sizeof path)
		return error_failed(err, "the database's path is too long");
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) return error_failed(err, "could not open %s: %s", path, strerror(errno));
	if (!try_lock(fd, server)) return refuse(fd, server_holds(fd), err);
	if (!mark(fd, database_path, server, err)) return false;
	*ret_fd = fd;
	return true;
}

void lock_release(int fd)
{
	close(fd);
}
