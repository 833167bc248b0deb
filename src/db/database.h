/* A database's parts. Private to src/db. */
#ifndef DB_DATABASE_H
#define DB_DATABASE_H

#include "db/changes_part.h"
#include "db/readers.h"
#include "db/writer.h"
#include "db/writers.h"

struct db {
	struct place place;
	bool looks; /* no lock and nothing that writes */
	struct changes changes;
	struct readers readers;
	int lock;               /* SQLite's */
	struct writer writer;   /* SQLite's one */
	struct writers writers; /* PostgreSQL's */
};

#endif
