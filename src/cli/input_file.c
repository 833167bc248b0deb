#include "cli/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int fd, char *into, size_t bytes)
{
	size_t have = 0;

	while (have < bytes) {
		ssize_t got = read(fd, into + have, bytes - have);

		if (got < 0 && errno == EINTR) continue;
		if (got <= 0) return false;
		have += (size_t)got;
	}
	return true;
}

static bool read_open(int fd, struct arena *arena, struct text path, struct text *ret_content, struct error *err)
{
	struct stat found;
	char *content;

	if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode))
		return error_invalid(err, "%.*s is not a file", TEXT_ARG(path));
	if ((size_t)found.st_size > INPUT_FILE_BYTES_MOST)
		return error_too_large(
			err, "%.*s is larger than %zu MB: take it in parts", TEXT_ARG(path), INPUT_FILE_BYTES_MOST >> 20);
	content = arena_alloc(arena, (size_t)found.st_size + 1);
	if (!read_all(fd, content, (size_t)found.st_size))
		return error_failed(err, "could not read %.*s: %s", TEXT_ARG(path), strerror(errno));
	*ret_content = (struct text){content, (size_t)found.st_size};
	return true;
}

bool input_file_read(struct arena *arena, struct text path, struct text *ret_content, struct error *err)
{
	int fd = open(arena_cstr(arena, path), O_RDONLY | O_CLOEXEC);
	bool done;

	if (fd < 0) return error_not_found(err, "could not open %.*s: %s", TEXT_ARG(path), strerror(errno));
	done = read_open(fd, arena, path, ret_content, err);
	close(fd);
	return done;
}
