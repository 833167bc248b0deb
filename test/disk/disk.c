#include "disk.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/random_source.h"

#define TRACKED_MOST 32
#define TORN_BYTES   512 /* a sector: what a disk writes whole */

struct bytes {
	char *ptr;
	size_t len;
};

/* A write, or where ptr is NULL a cutting off at `at`. */
struct change {
	size_t at;
	struct bytes bytes;
};

/* A file by its name: what is surely on disk, and what was done to it since. */
struct tracked {
	char *path;
	struct bytes synced;
	struct change *changes;
	size_t change_count, change_room;
};

struct disk_file {
	sqlite3_file base;
	struct tracked *tracked; /* NULL: a temporary file */
	sqlite3_file *real;
};

static struct {
	sqlite3_vfs vfs, *real;
	sqlite3_io_methods methods;
	pthread_mutex_t lock;
	struct tracked tracked[TRACKED_MOST];
	size_t tracked_count;
	void (*before_sync)(void *context, const char *path);
	void *context;
	_Atomic int64_t calls[DISK_CALL_COUNT], fails_at[DISK_CALL_COUNT];
	_Atomic int code[DISK_CALL_COUNT], lasting[DISK_CALL_COUNT];
	_Atomic int64_t syncs;
} disk;

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

/* Bytes */

static void grow(struct bytes *b, size_t len)
{
	if (len <= b->len) return;
	b->ptr = must(realloc(b->ptr, len));
	memset(b->ptr + b->len, 0, len - b->len);
	b->len = len;
}

static void change_apply(struct bytes *to, const struct change *change, size_t len)
{
	if (!change->bytes.ptr) {
		if (change->at < to->len) to->len = change->at;
		return;
	}
	grow(to, change->at + len);
	memcpy(to->ptr + change->at, change->bytes.ptr, len);
}

static void forget_changes(struct tracked *t)
{
	for (size_t i = 0; i < t->change_count; i++) free(t->changes[i].bytes.ptr);
	t->change_count = 0;
}

static void note_change(struct tracked *t, size_t at, const void *ptr, size_t len)
{
	struct change change = {.at = at};

	if (ptr) {
		change.bytes = (struct bytes){must(malloc(len ? len : 1)), len};
		memcpy(change.bytes.ptr, ptr, len);
	}
	if (t->change_count == t->change_room) {
		t->change_room = t->change_room ? t->change_room * 2 : 64;
		t->changes = must(realloc(t->changes, t->change_room * sizeof *t->changes));
	}
	t->changes[t->change_count++] = change;
}

static void settle(struct tracked *t)
{
	for (size_t i = 0; i < t->change_count; i++) change_apply(&t->synced, &t->changes[i], t->changes[i].bytes.len);
	forget_changes(t);
}

/* Files by name */

static struct tracked *find(const char *path)
{
	for (size_t i = 0; i < disk.tracked_count; i++)
		if (strcmp(disk.tracked[i].path, path) == 0) return &disk.tracked[i];
	return NULL;
}

/* What stands there before we look is taken to be on disk. */
static void read_all(struct tracked *t)
{
	char chunk[65536];
	ssize_t got;
	int fd = open(t->path, O_RDONLY | O_CLOEXEC);

	t->synced.len = 0;
	while (fd >= 0 && (got = read(fd, chunk, sizeof chunk)) > 0) {
		size_t at = t->synced.len;

		grow(&t->synced, at + (size_t)got);
		memcpy(t->synced.ptr + at, chunk, (size_t)got);
	}
	if (fd >= 0) close(fd);
}

static struct tracked *track(const char *path)
{
	struct tracked *t;

	pthread_mutex_lock(&disk.lock);
	t = find(path);
	if (!t) {
		if (disk.tracked_count == TRACKED_MOST) abort();
		t = &disk.tracked[disk.tracked_count++];
		*t = (struct tracked){.path = must(strdup(path))};
		read_all(t);
	}
	pthread_mutex_unlock(&disk.lock);
	return t;
}

/* Failing */

static int planned(enum disk_call call)
{
	int64_t n = ++disk.calls[call], at = disk.fails_at[call];

	if (!at || n < at || (n > at && !disk.lasting[call])) return SQLITE_OK;
	return disk.code[call];
}

void disk_fail(enum disk_call call, int64_t n, int code, bool lasting)
{
	disk.fails_at[call] = 0;
	disk.calls[call] = 0;
	disk.code[call] = code;
	disk.lasting[call] = lasting;
	disk.fails_at[call] = n;
}

int64_t disk_calls(enum disk_call call)
{
	return disk.calls[call];
}

int64_t disk_syncs(void)
{
	return disk.syncs;
}

/* Calls on a file */

static struct disk_file *of(sqlite3_file *file)
{
	return (struct disk_file *)(void *)file;
}

static int do_close(sqlite3_file *file)
{
	return of(file)->real->pMethods->xClose(of(file)->real);
}

static int do_read(sqlite3_file *file, void *into, int len, sqlite3_int64 at)
{
	int code = of(file)->tracked ? planned(DISK_READ) : SQLITE_OK;

	return code ? code : of(file)->real->pMethods->xRead(of(file)->real, into, len, at);
}

static int do_write(sqlite3_file *file, const void *from, int len, sqlite3_int64 at)
{
	struct disk_file *f = of(file);
	int code = f->tracked ? planned(DISK_WRITE) : SQLITE_OK;

	if (!code) code = f->real->pMethods->xWrite(f->real, from, len, at);
	if (code || !f->tracked) return code;
	pthread_mutex_lock(&disk.lock);
	note_change(f->tracked, (size_t)at, from, (size_t)len);
	pthread_mutex_unlock(&disk.lock);
	return SQLITE_OK;
}

static int do_truncate(sqlite3_file *file, sqlite3_int64 len)
{
	struct disk_file *f = of(file);
	int code = f->tracked ? planned(DISK_TRUNCATE) : SQLITE_OK;

	if (!code) code = f->real->pMethods->xTruncate(f->real, len);
	if (code || !f->tracked) return code;
	pthread_mutex_lock(&disk.lock);
	note_change(f->tracked, (size_t)len, NULL, 0);
	pthread_mutex_unlock(&disk.lock);
	return SQLITE_OK;
}

/* The machine's own sync is left out: no test cuts the machine's power. */
static int do_sync(sqlite3_file *file, int flags)
{
	struct disk_file *f = of(file);
	int code;

	(void)flags;
	if (!f->tracked) return SQLITE_OK;
	if (disk.before_sync) disk.before_sync(disk.context, f->tracked->path);
	code = planned(DISK_SYNC);
	if (code) return code;
	pthread_mutex_lock(&disk.lock);
	settle(f->tracked);
	pthread_mutex_unlock(&disk.lock);
	disk.syncs += strstr(f->tracked->path, "-wal") != NULL;
	return SQLITE_OK;
}

static int do_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	return of(file)->real->pMethods->xFileSize(of(file)->real, ret);
}

static int do_lock(sqlite3_file *file, int level)
{
	return of(file)->real->pMethods->xLock(of(file)->real, level);
}

static int do_unlock(sqlite3_file *file, int level)
{
	return of(file)->real->pMethods->xUnlock(of(file)->real, level);
}

static int do_check(sqlite3_file *file, int *ret)
{
	return of(file)->real->pMethods->xCheckReservedLock(of(file)->real, ret);
}

static int do_control(sqlite3_file *file, int what, void *with)
{
	return of(file)->real->pMethods->xFileControl(of(file)->real, what, with);
}

static int do_sector(sqlite3_file *file)
{
	return of(file)->real->pMethods->xSectorSize(of(file)->real);
}

static int do_device(sqlite3_file *file)
{
	return of(file)->real->pMethods->xDeviceCharacteristics(of(file)->real);
}

static int do_map(sqlite3_file *file, int region, int bytes, int extend, void volatile **ret)
{
	return of(file)->real->pMethods->xShmMap(of(file)->real, region, bytes, extend, ret);
}

static int do_shm_lock(sqlite3_file *file, int at, int n, int flags)
{
	return of(file)->real->pMethods->xShmLock(of(file)->real, at, n, flags);
}

static void do_barrier(sqlite3_file *file)
{
	of(file)->real->pMethods->xShmBarrier(of(file)->real);
}

static int do_unmap(sqlite3_file *file, int and_delete)
{
	return of(file)->real->pMethods->xShmUnmap(of(file)->real, and_delete);
}

static int do_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *ret_flags)
{
	struct disk_file *f = of(file);
	bool kept = path && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL);
	int code;

	(void)vfs;
	*f = (struct disk_file){.real = (sqlite3_file *)(void *)(f + 1)};
	if (kept) f->tracked = track(path);
	code = disk.real->xOpen(disk.real, path, f->real, flags, ret_flags);
	f->base.pMethods = f->real->pMethods ? &disk.methods : NULL;
	return code;
}

static int do_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	struct tracked *t;

	(void)vfs;
	pthread_mutex_lock(&disk.lock);
	t = find(path);
	if (t) {
		forget_changes(t);
		t->synced.len = 0;
	}
	pthread_mutex_unlock(&disk.lock);
	return disk.real->xDelete(disk.real, path, sync);
}

static void install(void)
{
	pthread_mutex_init(&disk.lock, NULL);
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "disk";
	disk.vfs.szOsFile = (int)sizeof(struct disk_file) + disk.real->szOsFile;
	disk.vfs.xOpen = do_open;
	disk.vfs.xDelete = do_delete;
	disk.methods = (sqlite3_io_methods){2, do_close, do_read, do_write, do_truncate, do_sync, do_size, do_lock,
		do_unlock, do_check, do_control, do_sector, do_device, do_map, do_shm_lock, do_barrier, do_unmap, NULL, NULL};
	if (sqlite3_vfs_register(&disk.vfs, 1)) abort();
}

void disk_install(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, install);
}

void disk_watch(void (*before_sync)(void *context, const char *path), void *context)
{
	disk.before_sync = NULL;
	disk.context = context;
	disk.before_sync = before_sync;
}

/* Cutting the power */

static void write_out(const char *path, const struct bytes *b)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, b->ptr, b->len) != (ssize_t)b->len) abort();
	close(fd);
}

static bool survives(enum disk_loss loss, struct random_source *random, size_t i, size_t torn)
{
	switch (loss) {
	case DISK_LOSES_SOME: return random_below(random, 2) == 0;
	case DISK_TEARS_ONE: return i <= torn;
	case DISK_LOSES_NOTHING: return true;
	default: return false;
	}
}

static void left_of(const struct tracked *t, enum disk_loss loss, struct random_source *random, const char *into)
{
	struct bytes left = {must(malloc(t->synced.len + 1)), t->synced.len};
	size_t torn = t->change_count ? random_below(random, (uint32_t)t->change_count) : 0;

	if (left.len) memcpy(left.ptr, t->synced.ptr, left.len);
	for (size_t i = 0; i < t->change_count; i++) {
		const struct change *change = &t->changes[i];
		size_t len = change->bytes.len;

		if (!survives(loss, random, i, torn)) continue;
		if (loss == DISK_TEARS_ONE && i == torn && len > TORN_BYTES)
			len = TORN_BYTES * (1 + random_below(random, (uint32_t)(len / TORN_BYTES)));
		change_apply(&left, change, len < change->bytes.len ? len : change->bytes.len);
	}
	write_out(into, &left);
	free(left.ptr);
}

static void cut_one(
	const char *path, const char *suffix, enum disk_loss loss, struct random_source *random, const char *into)
{
	char from[512], to[512];
	struct tracked *t;

	snprintf(from, sizeof from, "%s%s", path, suffix);
	snprintf(to, sizeof to, "%s%s", into, suffix);
	unlink(to);
	t = find(from);
	if (t) left_of(t, loss, random, to);
}

void disk_cut(const char *path, enum disk_loss loss, uint64_t seed, const char *into)
{
	struct random_source random = random_source_seeded(seed);
	char index[512];

	snprintf(index, sizeof index, "%s-shm", into);
	unlink(index);
	pthread_mutex_lock(&disk.lock);
	cut_one(path, "", loss, &random, into);
	cut_one(path, "-wal", loss, &random, into);
	pthread_mutex_unlock(&disk.lock);
}
