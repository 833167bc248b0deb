#include "db/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#define PATH_BYTES 4200

static bool sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0) close(fd);
	return synced;
}

static bool says_ok(sqlite3 *handle)
{
	sqlite3_stmt *stmt = NULL;
	bool ok = sqlite3_prepare_v2(handle, "pragma quick_check(1)", -1, &stmt, NULL) == SQLITE_OK &&
			  sqlite3_step(stmt) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;

	sqlite3_finalize(stmt);
	return ok;
}

/*
 * Opens it again from disk and reads every page. What an index holds is not compared with its table row by row, which takes hours
 * of a hub of millions: each was made from its table as the copy was written.
 */
static bool whole(const char *path)
{
	sqlite3 *handle = NULL;
	bool ok = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK && says_ok(handle);

	sqlite3_close(handle);
	return ok;
}

static int copy_into(const char *path, const char *part)
{
	sqlite3 *handle = NULL;
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL);

	/* Only the writer checkpoints: see connection.h. */
	sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_exec(handle, "pragma wal_autocheckpoint = 0", NULL, NULL, NULL);
	if (!code) code = sqlite3_prepare_v2(handle, "vacuum into ?", -1, &stmt, NULL);
	if (!code) code = sqlite3_bind_text(stmt, 1, part, -1, SQLITE_STATIC);
	if (!code) code = sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	sqlite3_close(handle);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

bool copy_verified(const char *path, const char *into, struct error *err)
{
	char part[PATH_BYTES];
	int code, fd;

	if (snprintf(part, sizeof part, "%s.part", into) >= (int)sizeof part)
		return error_failed(err, "the database's path is too long");
	/* Made empty first, so that nobody else may read it. */
	fd = open(part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) return error_failed(err, "could not write %s: %s", part, strerror(errno));
	close(fd);
	code = copy_into(path, part);
	if (code == SQLITE_OK && whole(part) && sync_file(part) && rename(part, into) == 0) return true;
	unlink(part);
	return error_failed(err, "could not copy the database to %s: %s", into, code ? sqlite3_errstr(code) : "not whole");
}
