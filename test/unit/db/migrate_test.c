#include "db/thing.h"

#include <pthread.h>

#include "db/migrate.h"

#define FIRST  "create table thing (\n\tid id primary key,\n\tname text unique\n);\n"
#define SECOND "alter table thing add column late bool not null default 0;\n"

static const struct migration one[] = {{1, "0001_thing", FIRST}};
static const struct migration two[] = {{1, "0001_thing", FIRST}, {2, "0002_late", SECOND}};
static const struct migration changed[] = {{1, "0001_thing", FIRST "-- and more\n"}, {2, "0002_late", SECOND}};
static const struct migration failing[] = {
	{1, "0001_thing", FIRST}, {2, "0002_bad", SECOND "insert into thing values (1, 'one', 0), (1, 'again', 0);\n"}};

static const struct migration expanding[] = {{1, "0001_thing", FIRST}, {2, "0002_late", "-- expands\n" SECOND}};
static const struct migration_set set_of_one = {one, 1}, set_of_two = {two, 2}, set_changed = {changed, 2},
								  set_failing = {failing, 2}, set_expanding = {expanding, 2};

static void up(struct temporary *t, const struct migration_set *set, int expected)
{
	struct error err = {0};
	int applied;

	if (!migrate_up(t->db, set, 1435660920000, &applied, &err)) fail_msg("%s", err.message);
	assert_int_equal(applied, expected);
}

static void each_migration_is_applied_once_and_written_down(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct migration_status status;
	struct error err;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_true(migrate_status(t->db, &set_of_two, &arena, &status, &err));
	assert_int_equal(status.applied, 0);
	up(t, &set_of_one, 1);
	assert_true(migrate_status(t->db, &set_of_two, &arena, &status, &err));
	assert_int_equal(status.count, 2);
	assert_int_equal(status.applied, 1);
	assert_text(status.states[0].name, "0001_thing");
	assert_int_equal(status.states[0].applied_at, 1435660920000);
	assert_int_equal(status.states[1].applied_at, INSTANT_NONE);
	up(t, &set_of_two, 1);
	up(t, &set_of_two, 0);
	thing_script(t->db, "insert into thing (name, late) values ('one', 1)");
}

static void refused(struct temporary *t, const struct migration_set *set, const char *why)
{
	ARENA_SCOPE arena;
	struct migration_status status;
	struct error err = {0};
	int applied;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_false(migrate_status(t->db, set, &arena, &status, &err));
	assert_error(&err, ERROR_REFUSED, why);
	assert_false(migrate_up(t->db, set, 0, &applied, &err));
	assert_error(&err, ERROR_REFUSED, why);
}

static void a_newer_or_changed_schema_is_refused(void **state)
{
	struct temporary *t = *state;

	up(t, &set_of_two, 2);
	refused(t, &set_of_one, "the database's schema is newer than this program (0002_late)");
	refused(t, &set_changed, "the database has another 0001_thing than this program");
}

static void beside_what_was_only_added_an_older_program_goes_on_over_postgresql(void **state)
{
	struct temporary *t = *state;
	ARENA_SCOPE arena;
	struct migration_status status;
	struct error err = {0};

	arena_init(&arena, ARENA_REQUEST_BYTES);
	up(t, &set_expanding, 2);
	if (!t->cluster) {
		refused(t, &set_of_one, "the database's schema is newer than this program (0002_late)");
		return;
	}
	if (!migrate_status(t->db, &set_of_one, &arena, &status, &err)) fail_msg("%s", err.message);
	assert_int_equal(status.applied, 1);
	assert_int_equal(status.count, 1);
	up(t, &set_of_one, 0);
	up(t, &set_expanding, 0);
}

static void *up_too(void *url)
{
	struct db_options options = temporary_options();
	struct error err = {0};
	struct db *db;
	int applied;

	if (!db_open(text_of(url), &options, &db, &err)) return strdup(err.message);
	if (migrate_up(db, &set_of_two, 1435660920000, &applied, &err)) err.message[0] = '\0';
	db_close(db);
	return strdup(err.message);
}

static void two_may_bring_it_up_to_date_at_once_over_postgresql(void **state)
{
	struct temporary *t = *state;
	pthread_t threads[4];
	void *said;

	for (size_t i = 0; i < COUNT_OF(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, up_too, t->url), 0);
	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		pthread_join(threads[i], &said);
		assert_string_equal(said, "");
		free(said);
	}
	up(t, &set_of_two, 0);
}

static void a_migration_that_fails_leaves_the_hub_as_it_was(void **state)
{
	struct temporary *t = *state;
	struct error err = {0};
	int applied;

	up(t, &set_of_one, 1);
	thing_script(t->db, "insert into thing values (7, 'seven')");
	assert_false(migrate_up(t->db, &set_failing, 0, &applied, &err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_int_equal(thing_count_now(t->db), 1);
	up(t, &set_of_two, 1);
}

static void a_hub_is_copied_before_it_is_changed(void **state)
{
	struct temporary *t = *state;
	struct db_options options = temporary_options();
	struct temporary copy = {0};

	up(t, &set_of_one, 1);
	assert_int_equal(temporary_bytes(t, ".before-0001"), 0);
	thing_script(t->db, "insert into thing values (7, 'seven')");
	up(t, &set_of_two, 1);
	assert_in_range(temporary_bytes(t, ".before-0002"), 4096, 1 << 20);
	assert_int_equal(temporary_bytes(t, ".before-0002.part"), 0);
	snprintf(copy.url, sizeof copy.url, "sqlite:%s.before-0002", t->path);
	temporary_open(&copy, &options);
	assert_int_equal(thing_count_now(copy.db), 1);
	up(&copy, &set_of_one, 0);
	db_close(copy.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(each_migration_is_applied_once_and_written_down),
		temporary_test(a_newer_or_changed_schema_is_refused),
		temporary_test(beside_what_was_only_added_an_older_program_goes_on_over_postgresql),
		temporary_test(two_may_bring_it_up_to_date_at_once_over_postgresql),
		temporary_test(a_migration_that_fails_leaves_the_hub_as_it_was),
		temporary_test(a_hub_is_copied_before_it_is_changed),
	};

	/* A file is copied; machines that come at once are a cluster's. */
	cmocka_set_skip_filter(
		getenv("FANLIGHT_TEST_POSTGRESQL") ? "*a_hub_is_copied_*" : "*two_may_bring_it_up_to_date_*");
	return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
