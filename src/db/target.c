#include "db/target.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/new_file.h"
#include "base/unfinished.h"
#include "db/load.h"
#include "db/lock.h"

#define SQLITE_SCHEME TEXT("sqlite:")
#define TURN          ".turn"

struct target {
	struct db *db;
	struct arena *arena;
	const char *path; /* SQLite's: its name, and what it is called until it is whole */
	const char *part;
	int turn;
};

static const char *beside(struct target *t, const char *path, const char *suffix)
{
	return arena_printf(t->arena, "%s%s", path, suffix).ptr;
}

static off_t size_of(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 ? about.st_size : -1;
}

static bool holds_nothing(struct text url, struct arena *arena, struct error *err)
{
	struct db_options look = {.readers = 1, .look = true};
	struct db *db;
	struct tx *tx;
	bool empty;

	if (!db_open(url, &look, &db, err)) return false;
	empty = tx_read_begin(db, arena, &tx, err);
	if (empty) {
		empty = load_empty(tx, err);
		tx_read_end(tx);
	}
	db_close(db);
	return empty;
}

/* The name is free, or what stands there holds nothing. A log without its database may be all that is left of one. */
static bool name_is_free(struct target *t, struct error *err)
{
	off_t size = size_of(t->path);

	if (size > 0) return holds_nothing(arena_printf(t->arena, "sqlite:%s", t->path), t->arena, err);
	if (size_of(beside(t, t->path, "-wal")) <= 0) return true;
	error_refused(err, "%s-wal is there: the log of a database that isn't", t->path);
	return error_hint(err, "It may hold what was written last. Move it away first.");
}

/* Those of PATH.restoring; the last says whose turn it is to make it. */
static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", ".lock", TURN ".lock"};

#define SUFFIX_COUNT (sizeof suffixes / sizeof suffixes[0])

/* One at a time makes it. Who ends removes the lock's file, so who waited for it looks whether it is still the one. */
static bool take_turn(struct target *t, struct error *err)
{
	const char *turn = beside(t, t->part, TURN), *file = beside(t, t->part, TURN ".lock");
	struct stat held, there;

	make_directory_of(t->path);
	for (;;) {
		if (!lock_take(turn, false, &t->turn, err)) return false;
		if (fstat(t->turn, &held) == 0 && stat(file, &there) == 0 && held.st_ino == there.st_ino) return true;
		lock_release(t->turn);
	}
}

/* What was left of one that was killed goes first. */
static void begin_part(struct target *t)
{
	for (size_t i = 0; i < SUFFIX_COUNT; i++) {
		const char *file = beside(t, t->part, suffixes[i]);

		unfinished_begin(file);
		if (i + 1 < SUFFIX_COUNT) unlink(file);
	}
}

static void end_part(struct target *t)
{
	for (size_t i = 0; i < SUFFIX_COUNT; i++) {
		const char *file = beside(t, t->part, suffixes[i]);

		unlink(file);
		unfinished_end(file);
	}
	lock_release(t->turn);
}

/* A file that can't be written or read is no reason to end the program here: it is thrown away, and why is told. */
static void go_on(const char *why)
{
	(void)why;
}

static bool open_sqlite(struct target *t, struct text path, struct error *err)
{
	struct db_options options = {.readers = 1, .queue_limit = 4, .create = true, .fresh = true, .stop = go_on};

	t->path = arena_cstr(t->arena, path);
	t->part = beside(t, t->path, ".restoring");
	if (!name_is_free(t, err)) return false;
	if (!take_turn(t, err)) return false;
	begin_part(t);
	if (name_is_free(t, err) && db_open(arena_printf(t->arena, "sqlite:%s", t->part), &options, &t->db, err))
		return true;
	end_part(t);
	return false;
}

static bool open_postgresql(struct target *t, struct text url, struct error *err)
{
	struct db_options options = {.readers = 1, .writers = 1, .queue_limit = 4};

	return holds_nothing(url, t->arena, err) && db_open(url, &options, &t->db, err);
}

bool target_open(struct text url, struct arena *arena, struct target **ret, struct error *err)
{
	struct target *t = arena_new(arena, struct target);

	t->arena = arena;
	*ret = t;
	if (text_starts(url, SQLITE_SCHEME)) return open_sqlite(t, text_slice(url, SQLITE_SCHEME.len, url.len), err);
	return open_postgresql(t, url, err);
}

bool target_fill(struct target *t, struct db_job *job, const struct error *why, struct error *err)
{
	if (!db_outcome_error(db_run(t->db, job), err)) {
		if (why->kind) *err = *why;
		return false;
	}
	if (job->kept) return true;
	*err = *why;
	return false;
}

/* As every hub's database is, with an empty log. */
static bool make_ordinary(struct target *t, struct error *err)
{
	struct db_options options = {.readers = 1, .queue_limit = 4, .stop = go_on};

	if (!db_open(arena_printf(t->arena, "sqlite:%s", t->part), &options, &t->db, err)) return false;
	db_close(t->db);
	t->db = NULL;
	if (size_of(beside(t, t->part, "-wal")) <= 0) return true;
	return error_failed(err, "%s was not finished", t->part);
}

static bool sync_part(struct target *t, struct error *err)
{
	int fd = open(t->part, O_RDWR | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;

	if (!synced) error_failed(err, "%s can't be written: %s", t->path, strerror(errno));
	if (fd >= 0) close(fd);
	return synced;
}

static bool give_name(struct target *t, struct error *err)
{
	int lock;
	bool named;

	if (!lock_take(t->path, false, &lock, err)) return false;
	named = name_is_free(t, err);
	if (named) {
		unlink(beside(t, t->path, "-wal"));
		unlink(beside(t, t->path, "-shm"));
		named = rename(t->part, t->path) == 0 || error_failed(err, "%s can't be made: %s", t->path, strerror(errno));
	}
	lock_release(lock);
	return named;
}

bool target_keep(struct target *t, struct error *err)
{
	db_close(t->db);
	t->db = NULL;
	if (!t->path) return true;
	if (!sync_part(t, err) || !make_ordinary(t, err) || !sync_part(t, err) || !give_name(t, err)) {
		target_abandon(t);
		return false;
	}
	end_part(t);
	sync_directory_of(t->path);
	return true;
}

void target_abandon(struct target *t)
{
	if (t->db) db_close(t->db);
	t->db = NULL;
	if (!t->path) return;
	end_part(t);
}
