/*
 * Server: what a PostgreSQL server says of itself, for who checks whether a hub can be trusted to it.
 */
#ifndef DB_SERVER_H
#define DB_SERVER_H

#include "db/db.h"

struct db_server {
	struct text version;            /* "15.8 (Debian 15.8-0+deb12u1)" */
	int64_t version_number;         /* 150008 */
	struct text encoding;           /* "UTF8" */
	struct text synchronous_commit; /* as it is where nobody asked otherwise; a session of ours has it on */
	bool fsync;
	bool full_page_writes;
	bool standby;             /* or made read-only */
	int64_t sorted_by_locale; /* columns of text that are; ours are sorted by bytes */
};

/* Only over PostgreSQL. */
NODISCARD bool db_server(struct db *, struct arena *, struct db_server *ret, struct error *);

#endif
