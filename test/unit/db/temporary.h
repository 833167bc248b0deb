/*
 * A database of its own for each test, in a folder that goes when the test does.
 */
#ifndef TEST_DB_TEMPORARY_H
#define TEST_DB_TEMPORARY_H

#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/sqlite.h"

struct temporary {
	char folder[64];
	char path[128];
	char url[320];
	struct db *db;
};

static inline struct db_options temporary_options(void)
{
	return (struct db_options){.readers = 2, .queue_limit = 64, .create = true};
}

static inline void temporary_open(struct temporary *t, const struct db_options *options)
{
	struct error err;

	if (!db_open(text_of(t->url), options, &t->db, &err)) fail_msg("%s", err.message);
}

static inline int temporary_make(void **state)
{
	struct temporary *t = calloc(1, sizeof *t);
	struct db_options options = temporary_options();

	snprintf(t->folder, sizeof t->folder, "/tmp/db_test.XXXXXX");
	if (!mkdtemp(t->folder)) return -1;
	snprintf(t->path, sizeof t->path, "%s/hub.db", t->folder);
	snprintf(t->url, sizeof t->url, "sqlite:%s", t->path);
	temporary_open(t, &options);
	*state = t;
	return 0;
}

static inline int temporary_remove(void **state)
{
	struct temporary *t = *state;
	char command[128];
	int failed;

	if (t->db) db_close(t->db);
	snprintf(command, sizeof command, "rm -r %s", t->folder);
	failed = system(command);
	free(t);
	return failed;
}

/* Bytes in the file PATH + suffix; 0 where there is none. */
static inline long temporary_bytes(const struct temporary *t, const char *suffix)
{
	char path[192];
	struct stat about;

	snprintf(path, sizeof path, "%s%s", t->path, suffix);
	return stat(path, &about) == 0 ? (long)about.st_size : 0;
}

#define temporary_test(f) cmocka_unit_test_setup_teardown((f), temporary_make, temporary_remove)

#endif
