/* A database's parts. Private to src/db. */
#ifndef DB_DATABASE_H
#define DB_DATABASE_H

#include "db/changes_part.h"
#include "db/readers.h"
#include "db/writer.h"

struct db {
	char *path;
	bool looks; /* no lock and no writer */
	int lock;
	struct changes changes;
	struct readers readers;
	struct writer writer;
};

#endif
