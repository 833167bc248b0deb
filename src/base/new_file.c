#include "base/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/unfinished.h"

static bool failed(struct error *err, const char *path)
{
	if (errno == ENOSPC || errno == EDQUOT) {
		error_failed(err, "%s can't be written: the disk is full", path);
		return error_hint(err, "Nothing of it was left there. Make room, or write it elsewhere.");
	}
	return error_failed(err, "%s can't be written: %s", path, strerror(errno));
}

static bool there_already(struct error *err, const char *path)
{
	error_refused(err, "%s is there already", path);
	return error_hint(err, "It is not written over. Give another name, or move it away.");
}

static bool take_part(struct new_file *f, struct error *err)
{
	int fd = open(f->part, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0) return failed(err, f->path);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		return error_refused(err, "%s is being written by somebody else", f->path);
	}
	unfinished_begin(f->part);
	if (fchmod(fd, 0600) == 0 && ftruncate(fd, 0) == 0 && (f->file = fdopen(fd, "wb"))) return true;
	failed(err, f->path);
	unlink(f->part);
	unfinished_end(f->part);
	close(fd);
	return false;
}

bool new_file_begin(struct new_file *f, const char *path, struct error *err)
{
	f->path = path;
	if (snprintf(f->part, sizeof f->part, "%s.part", path) >= (int)sizeof f->part)
		return error_invalid(err, "the file's name is too long");
	if (access(path, F_OK) == 0) return there_already(err, path);
	return take_part(f, err);
}

bool new_file_sync(struct new_file *f, struct error *err)
{
	if (fflush(f->file) == 0 && fsync(fileno(f->file)) == 0) return true;
	failed(err, f->path);
	new_file_abandon(f);
	return false;
}

/* Where the file system can't rename without taking a name that was given meanwhile, it is looked at just before. */
static bool give_name(const char *part, const char *path)
{
	if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0) return true;
	if (errno != EINVAL && errno != ENOSYS) return false;
	if (access(path, F_OK) != 0) return rename(part, path) == 0;
	errno = EEXIST;
	return false;
}

bool new_file_keep(struct new_file *f, struct error *err)
{
	if (!new_file_sync(f, err)) return false;
	if (!give_name(f->part, f->path)) {
		if (errno == EEXIST)
			there_already(err, f->path);
		else
			failed(err, f->path);
		new_file_abandon(f);
		return false;
	}
	unfinished_end(f->part);
	fclose(f->file);
	sync_directory_of(f->path);
	return true;
}

void new_file_abandon(struct new_file *f)
{
	unlink(f->part);
	unfinished_end(f->part);
	fclose(f->file);
}

void make_directory_of(const char *path)
{
	char copy[4096];

	if (snprintf(copy, sizeof copy, "%s", path) < (int)sizeof copy) mkdir(dirname(copy), 0700);
}

void sync_directory_of(const char *path)
{
	char copy[4096];
	int fd;

	if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy) return;
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) return;
	fsync(fd);
	close(fd);
}
