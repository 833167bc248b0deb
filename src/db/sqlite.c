#include "db/sqlite.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/log.h"

#define BUSY_MS         5000
#define TWICE_TRIES     50
#define LOOKASIDE_BYTES 1200
#define LOOKASIDE_SLOTS 200

static const char *const control_sql[CONTROL_COUNT] = {
	[CONTROL_BEGIN_READ] = "begin",
	[CONTROL_BEGIN_WRITE] = "begin immediate",
	[CONTROL_COMMIT] = "commit",
	[CONTROL_ROLLBACK] = "rollback",
	[CONTROL_SAVEPOINT] = "savepoint job",
	[CONTROL_RELEASE] = "release job",
	[CONTROL_UNDO] = "rollback to job",
};

static const char settings_of_all[] =
	"pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off;"
	"pragma wal_autocheckpoint = 0; pragma mmap_size = 0; pragma temp_store = memory;"
	"pragma recursive_triggers = on;";
static const char settings_of_writer[] = "pragma journal_mode = wal;";
static const char settings_of_fresh[] =
	"pragma journal_mode = memory; pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -65536;";
static const char settings_of_reader[] = "pragma query_only = on;";

/* Counting its memory takes a lock at each allocation, and nobody asks. Lookaside is where small ones come from. */
static void configure_library(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, LOOKASIDE_BYTES, LOOKASIDE_SLOTS);
}

static void stop_program(const char *why)
{
	log_event(LOG_ERROR, "database_broken", LOG_TEXT("why", why));
	_exit(3);
}

static int remember_wal(void *to, sqlite3 *handle, const char *name, int pages)
{
	(void)handle;
	(void)name;
	((struct sqlite_connection *)to)->wal_pages = pages;
	return SQLITE_OK;
}

static const char *settings_of(enum connection_role role, bool fresh)
{
	if (role == CONNECTION_READER) return settings_of_reader;
	return fresh ? settings_of_fresh : settings_of_writer;
}

/* What is sorted in files (load.c) has them, without a name, beside the database: there is room, and nobody else may look. */
static void sort_beside(const char *path)
{
	const char *slash = strrchr(path, '/');

	sqlite3_free(sqlite3_temp_directory);
	sqlite3_temp_directory = slash ? sqlite3_mprintf("%.*s", (int)(slash - path + 1), path) : sqlite3_mprintf(".");
}

static int configure(struct sqlite_connection *c, enum connection_role role, bool fresh)
{
	static const int off[] = {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL};
	int code = sqlite3_extended_result_codes(c->handle, 1);

	sqlite3_busy_timeout(c->handle, BUSY_MS);
	sqlite3_db_config(c->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(c->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	for (size_t i = 0; i < sizeof off / sizeof off[0]; i++) sqlite3_db_config(c->handle, off[i], 0, NULL);
	if (!code) code = sqlite3_exec(c->handle, settings_of_all, NULL, NULL, NULL);
	if (!code) code = sqlite3_exec(c->handle, settings_of(role, fresh), NULL, NULL, NULL);
	sqlite3_wal_hook(c->handle, remember_wal, c);
	for (int i = 0; i < CONTROL_COUNT && !code; i++)
		code = sqlite3_prepare_v3(c->handle, control_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &c->controls[i], NULL);
	return code;
}

static void close_connection(struct connection *common)
{
	struct sqlite_connection *c = sqlite_of(common);

	connection_release(common);
	for (int i = 0; i < CONTROL_COUNT; i++) sqlite3_finalize(c->controls[i]);
	sqlite3_close(c->handle);
	free(c);
}

static bool open_connection(struct place *place, enum connection_role role, struct connection **ret, struct error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct sqlite_connection *c = calloc(1, sizeof *c);
	int code;

	pthread_once(&once, configure_library);
	if (!c || fault_now(FAULT_AT_CONNECT)) {
		free(c);
		return error_failed(err, "could not open %s: out of memory", place->where);
	}
	connection_init(&c->common, place);
	if (!c->common.stop) c->common.stop = stop_program;
	code = sqlite3_open_v2(place->where, &c->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (place->fresh) sort_beside(place->where);
	if (!code) code = configure(c, role, place->fresh);
	if (code) {
		error_failed(err, "could not open %s: %s", place->where, sqlite3_errmsg(c->handle));
		close_connection(&c->common);
		return false;
	}
	*ret = &c->common;
	return true;
}

/* See fault.h: what the test had planned for this call, or SQLITE_OK. */
static int planned_before(enum control control)
{
	bool begins = control == CONTROL_BEGIN_READ || control == CONTROL_BEGIN_WRITE;

	if (begins && fault_now(FAULT_AT_BEGIN)) return SQLITE_BUSY;
	return control == CONTROL_COMMIT && fault_now(FAULT_AT_COMMIT) ? SQLITE_FULL : SQLITE_OK;
}

int sqlite_control(struct sqlite_connection *c, enum control control)
{
	int code = planned_before(control);

	if (code) return code;
	code = sqlite3_step(c->controls[control]);
	sqlite3_reset(c->controls[control]);
	if (control == CONTROL_COMMIT && fault_now(FAULT_AT_SYNC)) return SQLITE_IOERR_FSYNC;
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

bool sqlite_in_transaction(const struct sqlite_connection *c)
{
	return !sqlite3_get_autocommit(c->handle);
}

static bool control(struct connection *common, enum control which, struct error *err)
{
	struct sqlite_connection *c = sqlite_of(common);
	int code = sqlite_control(c, which);

	return code == SQLITE_OK || sqlite_failed(c, code, err);
}

/* Changes for this connection when another has committed; asking is a read, so a transaction's view is chosen by then. */
static int data_version(struct sqlite_connection *c, int64_t *ret)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(c->handle, "pragma data_version", -1, &stmt, NULL);

	if (!code) code = sqlite3_step(stmt);
	if (code == SQLITE_ROW) *ret = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW ? SQLITE_OK : code;
}

/* The second looks before the first begins, and again when both have: nothing came between, so they see the same. */
static int begin_both(struct sqlite_connection *c, struct sqlite_connection *second, bool *ret_same)
{
	int64_t before = 0, chosen, after = 0;
	int code = data_version(second, &before);

	if (!code) code = sqlite_control(c, CONTROL_BEGIN_READ);
	if (!code) code = data_version(c, &chosen);
	if (!code) code = sqlite_control(second, CONTROL_BEGIN_READ);
	if (!code) code = data_version(second, &after);
	*ret_same = !code && before == after;
	return code;
}

static void leave(struct sqlite_connection *c)
{
	if (sqlite_in_transaction(c)) sqlite_control(c, CONTROL_ROLLBACK);
}

static bool begin_twice(struct connection *common, struct connection *second, bool *ret_same, struct error *err)
{
	struct sqlite_connection *c = sqlite_of(common), *other = sqlite_of(second);

	for (int tries = 0; tries < TWICE_TRIES; tries++) {
		int code = begin_both(c, other, ret_same);

		if (*ret_same) return true;
		leave(c);
		leave(other);
		if (code) return sqlite_failed(c, code, err);
	}
	return control(common, CONTROL_BEGIN_READ, err);
}

static bool run_script(struct connection *common, const char *sql, struct error *err)
{
	struct sqlite_connection *c = sqlite_of(common);
	int code = sqlite3_exec(c->handle, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || sqlite_failed(c, code, err);
}

/* Asked of the file: what a connection remembers of the schema may be another's past. */
static bool has_table(struct connection *c, const char *name)
{
	static const char sql[] = "select 1 from sqlite_schema where type = 'table' and name = ?";
	sqlite3_stmt *stmt = NULL;
	bool has;

	if (sqlite3_prepare_v2(sqlite_of(c)->handle, sql, -1, &stmt, NULL) != SQLITE_OK) return false;
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	has = sqlite3_step(stmt) == SQLITE_ROW;
	sqlite3_finalize(stmt);
	return has;
}

/* What is broken here stops the program. */
static bool never_lost(const struct connection *c)
{
	(void)c;
	return false;
}

int sqlite_checkpoint(struct sqlite_connection *c, int mode)
{
	int code;

	/* Whoever reads is not waited for: the next checkpoint does what this one could not. */
	sqlite3_busy_timeout(c->handle, 0);
	code = sqlite3_wal_checkpoint_v2(c->handle, NULL, mode, NULL, NULL);
	sqlite3_busy_timeout(c->handle, BUSY_MS);
	return code;
}

enum db_conflict sqlite_conflict(int code)
{
	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID: return DB_CONFLICT_UNIQUE;
	case SQLITE_CONSTRAINT_FOREIGNKEY: return DB_CONFLICT_REFERENCE;
	case SQLITE_CONSTRAINT_TRIGGER: return DB_CONFLICT_TRIGGER;
	}
	return (code & 0xff) == SQLITE_CONSTRAINT ? DB_CONFLICT_OTHER : DB_CONFLICT_NONE;
}

static bool constraint_failed(struct sqlite_connection *c, int code, struct error *err)
{
	const char *said = sqlite3_errmsg(c->handle), *colon = strstr(said, ": ");

	switch (sqlite_conflict(code)) {
	case DB_CONFLICT_TRIGGER: return error_refused(err, "%s", said);
	case DB_CONFLICT_UNIQUE: return refused_unique(err, text_of(colon ? colon + 2 : said));
	case DB_CONFLICT_REFERENCE: return refused_reference(err);
	default: return error_failed(err, "the record does not allow it: %s", said);
	}
}

static bool is_broken(int code)
{
	int primary = code & 0xff;

	return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
		   primary == SQLITE_PROTOCOL;
}

bool sqlite_failed(struct sqlite_connection *c, int code, struct error *err)
{
	if (is_broken(code)) c->common.stop(sqlite3_errstr(code));
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT: return constraint_failed(c, code, err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return error_busy(err, "the database is busy");
	case SQLITE_FULL: return refused_disk_full(err, sqlite3_errstr(code));
	case SQLITE_READONLY:
		if (c->common.tx.writes) return refused_read_only(err, sqlite3_errstr(code));
		break; /* who reads asked for that */
	}
	return error_failed(err, "the database failed: %s", sqlite3_errmsg(c->handle));
}

const struct engine sqlite_engine = {
	.name = DB_SQLITE,
	.open = open_connection,
	.close = close_connection,
	.lost = never_lost,
	.control = control,
	.script = run_script,
	.begin_twice = begin_twice,
	.has_table = has_table,
	.prepare = sqlite_prepare,
	.forget = sqlite_forget,
	.find = sqlite_find,
	.many = sqlite_many,
	.exec = sqlite_exec_query,
};
