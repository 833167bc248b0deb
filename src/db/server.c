#include "db/server.h"

#include <stddef.h>

#include "db/statement.h"

#define COLUMN(name, type)                                                                                             \
	{                                                                                                                  \
#name, offsetof(struct db_server, name), type, FIELD_NONE                                                      \
	}

static const struct column columns[] = {
	COLUMN(version, COLUMN_TEXT),
	COLUMN(version_number, COLUMN_INT),
	COLUMN(encoding, COLUMN_TEXT),
	COLUMN(synchronous_commit, COLUMN_TEXT),
	COLUMN(fsync, COLUMN_BOOL),
	COLUMN(full_page_writes, COLUMN_BOOL),
	COLUMN(standby, COLUMN_BOOL),
	COLUMN(sorted_by_locale, COLUMN_INT),
};
static const struct record_type record = {
	"db_server", sizeof(struct db_server), columns, sizeof columns / sizeof columns[0]};

static const struct query query = {
	.name = "db_server",
	.sql = "select current_setting('server_version'), current_setting('server_version_num')::int,"
		   " current_setting('server_encoding'),"
		   " (select reset_val from pg_catalog.pg_settings where name = 'synchronous_commit'),"
		   " current_setting('fsync')::bool, current_setting('full_page_writes')::bool,"
		   " pg_catalog.pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool,"
		   " (select count(*) from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid"
		   " join pg_catalog.pg_collation l on l.oid = a.attcollation"
		   " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and l.collname <> 'C')",
	.row = &record,
};

bool db_server(struct db *db, struct arena *arena, struct db_server *ret, struct error *err)
{
	struct tx *tx;
	bool done;

	if (!tx_read_begin(db, arena, &tx, err)) return false;
	done = statement_one(tx, &query, NULL, ret, err);
	tx_read_end(tx);
	return done;
}
