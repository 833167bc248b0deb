/*
 * A database of its own for each test: a file in a folder that goes when the test does; where FANLIGHT_TEST_POSTGRESQL is
 * the URL of a cluster (test/suites/31-engines), a database there.
 */
#ifndef TEST_DB_TEMPORARY_H
#define TEST_DB_TEMPORARY_H

#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/postgresql.h"
#include "db/sqlite.h"

struct temporary {
	char folder[64];
	char path[128];
	char url[320];
	struct db *db;
	const char *cluster; /* NULL: SQLite */
	char name[48];       /* the database's, there */
};

/* What is done from outside, in the cluster's first database or in the test's own. */
static inline void temporary_sql(const char *url, const char *sql)
{
	PGconn *session = PQconnectdb(url);
	PGresult *result = PQexec(session, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(session));
	PQclear(result);
	PQfinish(session);
}

static inline void temporary_make_database(struct temporary *t)
{
	static int made;
	char sql[160];

	snprintf(t->name, sizeof t->name, "fanlight_%d_%d", (int)getpid(), ++made);
	snprintf(sql, sizeof sql, "create database %s template template0", t->name);
	temporary_sql(t->cluster, sql);
	snprintf(t->url, sizeof t->url, "%s%cdbname=%s", t->cluster, strchr(t->cluster, '?') ? '&' : '?', t->name);
}

static inline void temporary_drop_database(const struct temporary *t)
{
	char sql[160];

	snprintf(sql, sizeof sql, "drop database %s with (force)", t->name);
	temporary_sql(t->cluster, sql);
}

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
	t->cluster = getenv("FANLIGHT_TEST_POSTGRESQL");
	if (t->cluster) temporary_make_database(t);
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
	if (t->cluster) temporary_drop_database(t);
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
