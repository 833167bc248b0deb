/*
 * Disk: SQLite's files on a disk that may lose power or fail, for tests. A VFS over the machine's own.
 *
 * What was written and not yet synced is known apart from what was, so that what would be left after a power cut can be
 * written out as a database of its own at any moment, in several ways: nothing of the unsynced, some of it in any order,
 * a torn write, all of it. And the n-th call of a kind can fail with SQLite's code, once or from then on.
 *
 * Any thread. Installed once, before the first database is opened; every database of the process then lives on it.
 */
#ifndef TEST_DISK_H
#define TEST_DISK_H

#include <stdbool.h>
#include <stdint.h>

enum disk_loss {
	DISK_LOSES_UNSYNCED, /* every write since the last sync of its file */
	DISK_LOSES_SOME,     /* any of them, chosen by the seed */
	DISK_TEARS_ONE,      /* those up to some write, of which only a part is there */
	DISK_LOSES_NOTHING,  /* as after kill -9 */
	DISK_LOSS_COUNT,
};

enum disk_call { DISK_READ, DISK_WRITE, DISK_SYNC, DISK_TRUNCATE, DISK_CALL_COUNT };

void disk_install(void);

/* Writes what is left of the database at `path`, and of its log, to `into` and its log. */
void disk_cut(const char *path, enum disk_loss, uint64_t seed, const char *into);

/* Called on the syncing thread before each sync of a database or its log goes through; NULL: nobody. */
void disk_watch(void (*before_sync)(void *context, const char *path), void *context);

/* The n-th call of this kind from now (1: the next) fails with SQLite's code; 0: none. Lasting: and all after it. */
void disk_fail(enum disk_call, int64_t n, int code, bool lasting);

/* How many there were since disk_fail. */
int64_t disk_calls(enum disk_call);

/* Syncs of the databases' logs since the start, each counted when it was through. */
int64_t disk_syncs(void);

#endif
