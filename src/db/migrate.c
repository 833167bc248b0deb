#include "db/migrate.h"

#include <sodium.h>

#include "db/copy.h"
#include "db/database.h"
#include "db/dialect.h"

#define CHECKSUM_BYTES 16
#define MIGRATION_LOCK "4650" /* any number that nothing else locks */

static const char table_text[] = "create table migration (\n"
								 "number int primary key,\n"
								 "name text not null,\n"
								 "checksum text not null,\n"
								 "applied_at instant not null\n"
								 ");\n";

static const struct column applied_columns[] = {
	{"number", offsetof(struct migration_applied, number), COLUMN_INT, FIELD_NONE},
	{"name", offsetof(struct migration_applied, name), COLUMN_TEXT, FIELD_NONE},
	{"checksum", offsetof(struct migration_applied, checksum), COLUMN_TEXT, FIELD_NONE},
	{"applied_at", offsetof(struct migration_applied, applied_at), COLUMN_INSTANT, FIELD_NONE},
};
static const struct record_type applied_record = {"applied", sizeof(struct migration_applied), applied_columns, 4};

static const struct query list_query = {
	.name = "migration_list",
	.sql = "select number, name, checksum, applied_at from migration order by number",
	.row = &applied_record,
};
static const struct query add_query = {
	.name = "migration_add",
	.sql = "insert into migration (number, name, checksum, applied_at) values ($number, $name, $checksum, $applied_at)",
	.sql_postgresql = "insert into migration (number, name, checksum, applied_at) values ($1, $2, $3, $4)",
	.parameters = applied_columns,
	.parameter_count = 4,
	.writes = true,
};

#define EXPANDS "-- expands\n"
#define MARK    " expands"

/* What is written down of a migration's text; of one that only adds, that it does, for programs that don't know it. */
static struct text checksum(struct arena *arena, const char *text)
{
	bool expands = text_starts(text_of(text), TEXT(EXPANDS));
	unsigned char hash[CHECKSUM_BYTES];
	char *hex = arena_alloc(arena, 2 * CHECKSUM_BYTES + 1);

	crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
	sodium_bin2hex(hex, 2 * CHECKSUM_BYTES + 1, hash, sizeof hash);
	return expands ? arena_printf(arena, "%s" MARK, hex) : text_of(hex);
}

static bool has_table(struct tx *tx)
{
	return tx->connection->engine->has_table(tx->connection, "migration");
}

static bool list_applied(struct tx *tx, struct statement_rows *ret, struct error *err)
{
	*ret = (struct statement_rows){0};
	if (!has_table(tx)) return true;
	return statement_many(tx, &list_query, NULL, ret, err);
}

bool migrate_is_ours(
	const struct migration *ours, const struct migration_applied *theirs, struct arena *arena, struct error *err)
{
	if (theirs->number == ours->number && text_equal(theirs->checksum, checksum(arena, ours->text))) return true;
	error_refused(err, "the database has another %.*s than this program", TEXT_ARG(theirs->name));
	return error_hint(err, "Run the version of the program that made it.");
}

/* Machines of a hub are brought up to date one after the other: the older go on beside what was only added. */
static bool check_newer(const struct statement_rows *applied, size_t known, enum db_engine engine, struct error *err)
{
	const struct migration_applied *theirs = applied->rows;

	for (size_t i = known; i < applied->count; i++) {
		if (engine == DB_POSTGRESQL && text_ends(theirs[i].checksum, TEXT(MARK))) continue;
		error_refused(err, "the database's schema is newer than this program (%.*s)", TEXT_ARG(theirs[i].name));
		return error_hint(err, "Run the version of the program that wrote it, or a later one.");
	}
	return true;
}

static bool judge(struct tx *tx, const struct statement_rows *applied, const struct migration_set *set,
	struct migration_status *ret, struct error *err)
{
	const struct migration_applied *theirs = applied->rows;
	struct arena *arena = tx->arena;

	if (!check_newer(applied, set->count, tx_engine(tx), err)) return false;
	ret->states = arena_new_array(arena, set->count, struct migration_state);
	ret->count = set->count;
	ret->applied = (int)(applied->count < set->count ? applied->count : set->count);
	ret->newer = (int)applied->count - ret->applied;
	ret->newest = ret->newer ? theirs[applied->count - 1].name : TEXT_NONE;
	for (size_t i = 0; i < set->count; i++) {
		const struct migration *ours = &set->migrations[i];
		bool waits = i >= applied->count;

		if (!waits && !migrate_is_ours(ours, &theirs[i], arena, err)) return false;
		ret->states[i] =
			(struct migration_state){ours->number, text_of(ours->name), waits ? INSTANT_NONE : theirs[i].applied_at};
	}
	return true;
}

bool migrate_status(struct db *db, const struct migration_set *set, struct arena *arena, struct migration_status *ret,
	struct error *err)
{
	struct statement_rows applied;
	struct tx *tx;
	bool done;

	if (!tx_read_begin(db, arena, &tx, err)) return false;
	done = list_applied(tx, &applied, err) && judge(tx, &applied, set, ret, err);
	tx_read_end(tx);
	return done;
}

/* One migration as a job of the writer. */
struct step {
	struct db_job job;
	const struct migration *migration;
	instant now;
	struct error *err;
};

static bool run_script(struct tx *tx, const char *migration, struct error *err)
{
	struct text sql;

	if (!dialect_translate(tx->arena, text_of(migration), tx_engine(tx), NULL, &sql, err)) return false;
	tx->reshapes = true;
	return tx_exec_script(tx, sql.ptr, err);
}

/* On PostgreSQL two may come at once: the second waits here, and then finds it done. */
static bool wait_for_others(struct tx *tx, struct error *err)
{
	return tx_engine(tx) == DB_SQLITE || tx_exec_script(tx, "select pg_advisory_xact_lock(" MIGRATION_LOCK ")", err);
}

static bool apply_one(struct tx *tx, const struct migration *migration, instant at, struct error *err)
{
	struct migration_applied row = {
		migration->number, text_of(migration->name), checksum(tx->arena, migration->text), at};

	if (!has_table(tx) && !run_script(tx, table_text, err)) return false;
	return run_script(tx, migration->text, err) && statement_exec(tx, &add_query, &row, NULL, err);
}

static bool apply(struct db_job *job, struct tx *tx)
{
	struct step *step = (struct step *)job;
	struct statement_rows applied;

	error_clear(step->err);
	if (!wait_for_others(tx, step->err) || !list_applied(tx, &applied, step->err)) return false;
	for (size_t i = 0; i < applied.count; i++)
		if (((struct migration_applied *)applied.rows)[i].number == step->migration->number) return true;
	return apply_one(tx, step->migration, step->now, step->err);
}

bool migrate_applied(struct tx *tx, struct migration_applied **ret, size_t *ret_count, struct error *err)
{
	struct statement_rows applied;

	if (!list_applied(tx, &applied, err)) return false;
	*ret = applied.rows;
	*ret_count = applied.count;
	return true;
}

bool migrate_in(
	struct tx *tx, const struct migration_set *set, const struct migration_applied *as, size_t count, struct error *err)
{
	if (!wait_for_others(tx, err)) return false;
	for (size_t i = 0; i < count; i++)
		if (!apply_one(tx, &set->migrations[i], as[i].applied_at, err)) return false;
	return true;
}

bool migrate_rest_in(struct tx *tx, const struct migration_set *set, size_t from, instant now, struct error *err)
{
	for (size_t i = from; i < set->count; i++)
		if (!apply_one(tx, &set->migrations[i], now, err)) return false;
	return true;
}

static bool apply_waiting(struct db *db, const struct migration_set *set, struct step *step, int applied)
{
	for (size_t i = (size_t)applied; i < set->count; i++) {
		enum db_outcome outcome;

		step->migration = &set->migrations[i];
		outcome = db_run(db, &step->job);
		if (!db_outcome_error(outcome, step->err) || !step->job.kept) return false;
	}
	return true;
}

/* Before a hub with data is changed, a copy that was read through and found whole stands beside it. */
static bool keep_copy(struct db *db, const struct migration *next, struct arena *arena, struct error *err)
{
	struct text path = arena_printf(arena, "%s.before-%04d", db->place.where, next->number);

	return copy_verified(db->place.where, path.ptr, err);
}

bool migrate_up(struct db *db, const struct migration_set *set, instant now, int *ret_applied, struct error *err)
{
	ARENA_SCOPE arena;
	struct step step = {.job = {.arena = &arena, .run = apply}, .now = now, .err = err};
	struct migration_status status;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	if (!migrate_status(db, set, &arena, &status, err)) return false;
	*ret_applied = (int)status.count - status.applied;
	if (*ret_applied == 0) return true;
	if (status.applied && db_engine(db) == DB_SQLITE && !keep_copy(db, &set->migrations[status.applied], &arena, err))
		return false;
	return apply_waiting(db, set, &step, status.applied);
}
