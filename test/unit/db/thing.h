/*
 * One table, and the queries on it that sqlc would make: what the tests of the database write and count.
 */
#ifndef TEST_DB_THING_H
#define TEST_DB_THING_H

#include "db/temporary.h"

struct thing {
	int64_t id;
	struct text name;
};

static const struct column thing_columns[] = {
	{"id", offsetof(struct thing, id), COLUMN_INT, FIELD_NONE},
	{"name", offsetof(struct thing, name), COLUMN_TEXT, FIELD_NONE},
};
static const struct record_type thing_record = {"thing", sizeof(struct thing), thing_columns, 2};
static const struct record_type count_record = {
	"count", sizeof(int64_t), (const struct column[]){{"count", 0, COLUMN_INT, FIELD_NONE}}, 1};

static const struct query thing_add = {
	.name = "thing_add",
	.sql = "insert into thing (id, name) values ($id, $name)",
	.parameters = thing_columns,
	.parameter_count = 2,
	.index = 0,
	.writes = true,
};
static const struct query thing_list = {
	.name = "thing_list",
	.sql = "select id, name from thing order by id",
	.row = &thing_record,
	.index = 200,
};
static const struct query thing_count = {
	.name = "thing_count",
	.sql = "select count(*) from thing",
	.row = &count_record,
	.index = 1,
};

/* A job that runs a script; what it was told afterwards is kept. */
struct script_job {
	struct db_job job;
	const char *sql;
	bool refuse; /* undo what the script did */
	int runs;
	struct error err;
	enum db_outcome outcome;
};

static inline bool script_run(struct db_job *job, struct tx *tx)
{
	struct script_job *script = (struct script_job *)job;

	script->runs++;
	error_clear(&script->err);
	return tx_exec_script(tx, script->sql, &script->err) && !script->refuse;
}

static inline struct script_job script_job(struct arena *arena, const char *sql)
{
	return (struct script_job){.job = {.arena = arena, .run = script_run}, .sql = sql};
}

/* Runs a script that must be kept. */
static inline void thing_script(struct db *db, const char *sql)
{
	ARENA_SCOPE arena;
	struct script_job job = script_job(&arena, sql);

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_int_equal(db_run(db, &job.job), DB_DURABLE);
	if (!job.job.kept) fail_msg("%s: %s", sql, job.err.message);
}

static inline int64_t thing_count_in(struct tx *tx)
{
	struct error err;
	int64_t count;

	return statement_one(tx, &thing_count, NULL, &count, &err) ? count : -1;
}

/* How many things a new reader sees; -1 where it can't. */
static inline int64_t thing_count_now(struct db *db)
{
	ARENA_SCOPE arena;
	struct error err;
	struct tx *tx;
	int64_t count;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	if (!tx_read_begin(db, &arena, &tx, &err)) return -1;
	count = thing_count_in(tx);
	tx_read_end(tx);
	return count;
}

#define THING_TABLE "create table thing (id integer primary key, name text unique) strict;"

#endif
