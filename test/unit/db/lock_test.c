#include "db/thing.h"

#include <pthread.h>

static void a_server_keeps_everybody_else_out(void **state)
{
	static const bool as_server[] = {true, false};
	struct temporary *t = *state;
	struct db_options server = temporary_options();

	db_close(t->db);
	server.hold_lock = true;
	temporary_open(t, &server);
	for (size_t i = 0; i < COUNT_OF(as_server); i++) {
		struct db_options other = temporary_options();
		struct error err = {0};
		struct db *second;

		other.hold_lock = as_server[i];
		assert_false(db_open(text_of(t->url), &other, &second, &err));
		assert_error(&err, ERROR_BUSY, "a server is running on this database");
		assert_string_equal(err.hint, "Stop it first: this needs the database to itself.");
	}
}

static void a_server_does_not_start_over_a_command(void **state)
{
	struct temporary *t = *state;
	struct db_options server = temporary_options();
	struct error err = {0};
	struct db *second;

	server.hold_lock = true;
	assert_false(db_open(text_of(t->url), &server, &second, &err));
	assert_error(&err, ERROR_BUSY, "another command is using this database");
}

static void *close_soon(void *db)
{
	usleep(100000);
	db_close(db);
	return NULL;
}

static void a_command_waits_for_another_command(void **state)
{
	struct temporary *t = *state;
	struct db_options options = temporary_options();
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, close_soon, t->db), 0);
	temporary_open(t, &options);
	pthread_join(thread, NULL);
}

static void a_hub_that_is_not_there_is_not_made_by_the_way(void **state)
{
	struct temporary *t = *state;
	struct db_options options = {.readers = 1, .queue_limit = 1};
	struct error err = {0};
	char url[200];
	struct db *db;

	snprintf(url, sizeof url, "sqlite:%s/none.db", t->folder);
	assert_false(db_open(text_of(url), &options, &db, &err));
	assert_error(&err, ERROR_FAILED, "there is no hub at ");
	assert_false(db_open(TEXT("mysql:x"), &options, &db, &err));
	assert_error(&err, ERROR_FAILED, "cannot open the database mysql:x");
}

static void nobody_else_may_read_a_hubs_file(void **state)
{
	struct temporary *t = *state;
	struct stat about;

	assert_int_equal(stat(t->path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		temporary_test(a_server_keeps_everybody_else_out),
		temporary_test(a_server_does_not_start_over_a_command),
		temporary_test(a_command_waits_for_another_command),
		temporary_test(a_hub_that_is_not_there_is_not_made_by_the_way),
		temporary_test(nobody_else_may_read_a_hubs_file),
	};

	return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}
