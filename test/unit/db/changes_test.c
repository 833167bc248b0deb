#include "db/thing.h"

#include "db/changes.h"

/* A job that adds a thing, and may be one that people see, refused, or refused with something written down. */
struct changing {
	struct script_job script; /* first */
	bool marks;
	int64_t of; /* only this enquiry; 0: everything */
	bool refusal_marks;
	int64_t number_then; /* of the transaction it ran in */
	struct db *db;
	int64_t number_told; /* when it was answered */
};

static bool changing_run(struct db_job *job, struct tx *tx)
{
	struct changing *changing = (struct changing *)job;

	changing->number_then = tx_change_number(tx);
	if (changing->of) tx_changed_of(tx, CHANGE_ENQUIRY, changing->of);
	if (changing->marks) tx_changed(tx);
	return script_run(job, tx);
}

static void changing_refused(struct db_job *job, struct tx *tx)
{
	if (((struct changing *)job)->refusal_marks) tx_changed(tx);
}

static int64_t grown_by(struct temporary *t, struct changing changing)
{
	int64_t before = db_change_number(t->db);
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	changing.script.job.arena = &arena;
	changing.script.job.run = changing_run;
	changing.script.job.refused = changing_refused;
	assert_int_equal(db_run(t->db, &changing.script.job), DB_DURABLE);
	assert_int_equal(changing.number_then, before);
	return db_change_number(t->db) - before;
}

static void only_what_is_kept_and_seen_is_a_change(void **state)
{
	static const char add[] = "insert into thing (name) values (null)";
	struct temporary *t = *state;

	thing_script(t->db, THING_TABLE);
	assert_int_equal(grown_by(t, (struct changing){.script.sql = add}), 0);
	assert_true(grown_by(t, (struct changing){.script.sql = add, .marks = true}) > 0);
	assert_int_equal(grown_by(t, (struct changing){.script = {.sql = add, .refuse = true}, .marks = true}), 0);
	assert_true(grown_by(t, (struct changing){.script = {.sql = add, .refuse = true}, .refusal_marks = true}) > 0);
	assert_int_equal(grown_by(t, (struct changing){.script.sql = add}), 0);
}

static void told(struct db_job *job, enum db_outcome outcome)
{
	struct changing *changing = (struct changing *)job;

	changing->script.outcome = outcome;
	changing->number_told = db_change_number(changing->db);
}

/* Whoever made the change, and asks at once, hears of it. */
static void it_has_grown_before_anybody_is_answered(void **state)
{
	struct temporary *t = *state;
	struct changing changing = {.script.sql = "insert into thing (name) values (null)", .marks = true, .db = t->db};
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_script(t->db, THING_TABLE);
	changing.script.job = (struct db_job){.arena = &arena, .run = changing_run, .done = told};
	assert_true(db_submit(t->db, &changing.script.job));
	db_close(t->db);
	assert_int_equal(changing.script.outcome, DB_DURABLE);
	assert_true(changing.number_told > changing.number_then);
	t->db = NULL;
}

/* What commits while a page is read is in a later number than the page's own. */
static void a_reader_has_the_number_from_before_it_read(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct error err;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	thing_script(t->db, THING_TABLE);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_int_equal(thing_count_in(tx), 0);
	assert_int_equal(tx_change_number(tx), db_change_number(t->db));
	assert_true(grown_by(t, (struct changing){.script.sql = "insert into thing (name) values (null)", .marks = true}));
	assert_true(tx_change_number(tx) < db_change_number(t->db));
	assert_int_equal(thing_count_in(tx), 0);
	tx_read_end(tx);
}

static void it_goes_on_above_where_it_was_when_the_program_starts_again(void **state)
{
	struct temporary *t = *state;
	struct db_options options = temporary_options();
	int64_t before;

	thing_script(t->db, THING_TABLE);
	for (int i = 0; i < 5; i++)
		grown_by(t, (struct changing){.script.sql = "insert into thing (name) values (null)", .marks = true});
	before = db_change_number(t->db);
	db_close(t->db);
	temporary_open(t, &options);
	assert_true(db_change_number(t->db) > before);
	assert_true(db_change_number(t->db) < (INT64_C(1) << 53));
}

static struct followed follows(enum change_kind kind, int64_t first, int count)
{
	struct followed followed = {0};

	for (int i = 0; i < count; i++) followed_add(&followed, kind, first + i);
	return followed;
}

static bool heard_by(struct temporary *t, struct followed followed, struct changing changing)
{
	int64_t before = db_change_number(t->db);

	changing.script.sql = "insert into thing (name) values (null)";
	assert_true(grown_by(t, changing) > 0);
	assert_true(db_change_number_of(t->db, &followed) <= db_change_number(t->db));
	return db_change_number_of(t->db, &followed) > before;
}

/* What is followed is never missed; what isn't is heard only where a slot is shared. */
static void who_follows_something_hears_of_that_and_of_what_is_about_everything(void **state)
{
	struct temporary *t = *state;
	struct followed seven = follows(CHANGE_ENQUIRY, 7, 1), ten = follows(CHANGE_ENQUIRY, 1, 10);

	thing_script(t->db, THING_TABLE);
	assert_true(heard_by(t, seven, (struct changing){.of = 7}));
	assert_false(heard_by(t, seven, (struct changing){.of = 8}));
	assert_true(heard_by(t, ten, (struct changing){.of = 8}));
	assert_false(heard_by(t, follows(CHANGE_PERSON, 7, 1), (struct changing){.of = 7}));
	assert_true(heard_by(t, seven, (struct changing){.marks = true}));
	assert_true(heard_by(t, seven, (struct changing){.of = 8, .marks = true}));
	assert_true(heard_by(t, seven, (struct changing){.of = 7 + CHANGE_SLOTS}));
}

static void who_follows_nothing_or_too_much_hears_of_everything(void **state)
{
	struct temporary *t = *state;

	thing_script(t->db, THING_TABLE);
	assert_true(heard_by(t, (struct followed){0}, (struct changing){.of = 7}));
	assert_true(heard_by(t, follows(CHANGE_ENQUIRY, 100, FOLLOWED_MOST + 1), (struct changing){.of = 7}));
	assert_false(heard_by(t, follows(CHANGE_ENQUIRY, 100, FOLLOWED_MOST), (struct changing){.of = 7}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(only_what_is_kept_and_seen_is_a_change),
		temporary_test(it_has_grown_before_anybody_is_answered),
		temporary_test(a_reader_has_the_number_from_before_it_read),
		temporary_test(who_follows_something_hears_of_that_and_of_what_is_about_everything),
		temporary_test(who_follows_nothing_or_too_much_hears_of_everything),
		temporary_test(it_goes_on_above_where_it_was_when_the_program_starts_again),
	};

	return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
