#include "unit.h"

#include <math.h>

#include "base/instant.h"
#include "db/migrate.h"
#include "db/temporary.h"
#include "sql/example.h"
#include "sql/migrations.h"
#include "sql/queries.h"

static struct temporary *here;
static struct db *db;

/* One story as a job of the writer; what it asserts is the test. */
struct story {
	struct db_job job;
	void (*tell)(struct tx *);
};

static bool tell_story(struct db_job *job, struct tx *tx)
{
	((struct story *)job)->tell(tx);
	return false; /* so that each story starts with an empty database */
}

static void in_transaction(void (*tell)(struct tx *))
{
	ARENA_SCOPE arena;
	struct story story = {.job = {.arena = &arena, .run = tell_story}, .tell = tell};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_int_equal(db_run(db, &story.job), DB_DURABLE);
}

static struct account_id add_account(struct tx *tx, const char *name)
{
	struct account_add_row row;
	struct error err;

	assert_true(account_add(tx, &(struct account_add_in){.name = text_of(name)}, &row, &err));
	return row.id;
}

static struct child_id add_child(struct tx *tx, const struct child_add_in *in)
{
	struct child_add_row row;
	struct error err;

	assert_true(child_add(tx, in, &row, &err));
	return row.id;
}

static const struct child_add_in nothing_known = {
	.given_name = {"Unborn", 6},
	.date_of_birth = DAY_NONE,
	.open = INT_NONE,
	.low = NAN,
};

static void tell_values(struct tx *tx)
{
	struct child_add_in in = {.given_name = TEXT("Zo\xC3\xAB"),
		.date_of_birth = 16616,
		.received_at = -1,
		.open = -7,
		.late = true,
		.low = 0.25,
		.content = {"a\0b", 3},
		.worker = add_account(tx, "Rahman")};
	struct child_whole_row row;
	struct error err;

	assert_true(child_whole(tx, &(struct child_whole_in){add_child(tx, &in)}, &row, &err));
	assert_text(row.given_name, "Zo\xC3\xAB");
	assert_int_equal(row.date_of_birth, 16616);
	assert_int_equal(row.received_at, -1);
	assert_int_equal(row.open, -7);
	assert_true(row.late);
	assert_true(row.low == 0.25);
	assert_int_equal(row.content.len, 3);
	assert_memory_equal(row.content.ptr, "a\0b", 3);
	assert_int_equal(row.worker.n, in.worker.n);
}

static void a_value_of_every_type_comes_back_as_it_went(void **state)
{
	(void)state;
	in_transaction(tell_values);
}

static void tell_no_values(struct tx *tx)
{
	struct child_whole_row row;
	struct error err;

	assert_true(child_whole(tx, &(struct child_whole_in){add_child(tx, &nothing_known)}, &row, &err));
	assert_int_equal(row.date_of_birth, DAY_NONE);
	assert_int_equal(row.open, INT_NONE);
	assert_false(row.late);
	assert_true(isnan(row.low));
	assert_true(text_none(row.content));
	assert_int_equal(row.worker.n, 0);
}

static void no_value_comes_back_as_no_value(void **state)
{
	(void)state;
	in_transaction(tell_no_values);
}

static void tell_cardinality(struct tx *tx)
{
	struct account_id rahman = add_account(tx, "Rahman"), nair = add_account(tx, "Nair");
	struct child_whole_row whole;
	struct held_rows rows;
	struct held_row row;
	struct account_any_row any;
	struct error err;
	bool found;

	for (int i = 0; i < 300; i++) {
		struct child_add_in in = nothing_known;

		in.worker = rahman;
		add_child(tx, &in);
	}
	assert_true(child_of_worker(tx, &(struct child_of_worker_in){rahman}, &rows, &err));
	assert_int_equal(rows.count, 300);
	assert_int_equal(rows.rows[299].id.n, rows.rows[0].id.n + 299);
	assert_text(rows.rows[299].given_name, "Unborn");
	assert_true(child_of_worker(tx, &(struct child_of_worker_in){nair}, &rows, &err));
	assert_int_equal(rows.count, 0);
	assert_true(child_find(tx, &(struct child_find_in){nair, TEXT("Unborn")}, &row, &found, &err));
	assert_false(found);
	assert_false(child_whole(tx, &(struct child_whole_in){{9999}}, &whole, &err));
	assert_int_equal(err.kind, ERROR_NOT_FOUND);
	assert_false(account_any(tx, &any, &found, &err));
	assert_error(&err, ERROR_FAILED, "account_any gave more than one row");
}

static void one_find_and_many_say_how_many_there_are(void **state)
{
	(void)state;
	in_transaction(tell_cardinality);
}

static void tell_changes(struct tx *tx)
{
	struct child_count_row counted;
	struct error err;
	int64_t changed;

	add_child(tx, &nothing_known);
	add_child(tx, &nothing_known);
	assert_true(child_mark_late(tx, &(struct child_mark_late_in){TEXT("Nobody")}, &changed, &err));
	assert_int_equal(changed, 2);
	assert_true(child_mark_late(tx, &(struct child_mark_late_in){TEXT("Unborn")}, NULL, &err));
	assert_true(child_count(tx, &counted, &err));
	assert_int_equal(counted.count, 2);
}

static void exec_says_how_many_rows_it_changed(void **state)
{
	(void)state;
	in_transaction(tell_changes);
}

/* Refused so; the transaction goes on from before it. */
static void refused(struct tx *tx, const struct child_add_in *in, enum error_kind kind, enum db_conflict conflict)
{
	struct child_add_row child;
	struct error err;

	assert_true(tx_savepoint(tx, &err));
	assert_false(child_add(tx, in, &child, &err));
	assert_int_equal(err.kind, kind);
	assert_int_equal(db_last_conflict(tx), conflict);
	if (conflict == DB_CONFLICT_TRIGGER) assert_string_equal(err.message, "a child has a name");
	assert_true(tx_undo(tx, &err));
}

static void tell_conflicts(struct tx *tx)
{
	struct child_add_in unnamed = nothing_known, lost = nothing_known;
	struct account_add_row account;
	struct error err;

	add_account(tx, "Rahman");
	assert_int_equal(db_last_conflict(tx), DB_CONFLICT_NONE);
	assert_true(tx_savepoint(tx, &err));
	assert_false(account_add(tx, &(struct account_add_in){TEXT("Rahman")}, &account, &err));
	assert_error(&err, ERROR_REFUSED, "it is there already (account.name)");
	assert_int_equal(db_last_conflict(tx), DB_CONFLICT_UNIQUE);
	assert_true(tx_undo(tx, &err));
	unnamed.given_name = TEXT("");
	refused(tx, &unnamed, ERROR_REFUSED, DB_CONFLICT_TRIGGER);
	lost.worker = (struct account_id){4711};
	refused(tx, &lost, ERROR_REFUSED, DB_CONFLICT_REFERENCE);
	unnamed.given_name = TEXT_NONE;
	refused(tx, &unnamed, ERROR_FAILED, DB_CONFLICT_OTHER);
	add_child(tx, &nothing_known);
	assert_int_equal(db_last_conflict(tx), DB_CONFLICT_NONE);
}

static void a_conflict_is_told_apart_and_the_transaction_goes_on(void **state)
{
	(void)state;
	in_transaction(tell_conflicts);
}

static void a_record_describes_its_row(void **state)
{
	(void)state;
	assert_string_equal(held_record.name, "held");
	assert_int_equal(held_record.size, sizeof(struct held_row));
	assert_int_equal(held_record.column_count, 2);
	assert_string_equal(held_record.columns[1].name, "given_name");
	assert_int_equal(held_record.columns[1].offset, offsetof(struct held_row, given_name));
	assert_int_equal(held_record.columns[1].type, COLUMN_TEXT);
	assert_int_equal(held_record.columns[1].field, FIELD_given_name);
}

static void every_query_fits_the_schema_when_the_program_starts(void **state)
{
	ARENA_SCOPE arena;
	struct error err;
	struct tx *tx;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_int_equal(sql_queries.count, 8);
	assert_true(tx_read_begin(db, &arena, &tx, &err));
	assert_true(statement_check(tx, &sql_queries, &err));
	tx_read_end(tx);
}

static int open_database(void **state)
{
	struct error err;
	int applied;

	if (temporary_make(state) != 0) return -1;
	here = *state;
	db = here->db;
	if (migrate_up(db, &sql_migrations, 0, &applied, &err)) return 0;
	fprintf(stderr, "%s\n", err.message);
	return -1;
}

static int close_database(void **state)
{
	*state = here;
	return temporary_remove(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_of_every_type_comes_back_as_it_went),
		cmocka_unit_test(no_value_comes_back_as_no_value),
		cmocka_unit_test(one_find_and_many_say_how_many_there_are),
		cmocka_unit_test(exec_says_how_many_rows_it_changed),
		cmocka_unit_test(a_conflict_is_told_apart_and_the_transaction_goes_on),
		cmocka_unit_test(a_record_describes_its_row),
		cmocka_unit_test(every_query_fits_the_schema_when_the_program_starts),
	};

	return cmocka_run_group_tests_name("sqlc_example", tests, open_database, close_database);
}
