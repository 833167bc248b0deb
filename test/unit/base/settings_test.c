#include "unit.h"

#include "base/settings.h"

struct loaded {
	struct arena arena;
	struct settings settings;
	struct error err;
};

static bool load(struct loaded *loaded, char **environment)
{
	arena_init(&loaded->arena, ARENA_REQUEST_BYTES);
	error_clear(&loaded->err);
	return settings_load(&loaded->arena, environment, &loaded->settings, &loaded->err);
}

static void without_an_environment_the_defaults_stand(void **state)
{
	char *none[] = {NULL};
	struct loaded loaded;

	(void)state;
	assert_true(load(&loaded, none));
	assert_text(settings_text(&loaded.settings, SETTING_db), "sqlite:var/fanlight.db");
	assert_text(settings_text(&loaded.settings, SETTING_listen), "127.0.0.1:8080");
	assert_int_equal(settings_int(&loaded.settings, SETTING_workers), 8);
	assert_string_equal(setting_origin_name(loaded.settings.values[SETTING_db].origin), "default");
	arena_release(&loaded.arena);
}

static void a_flag_wins_over_the_environment_over_the_default(void **state)
{
	char listen[] = "FANLIGHT_LISTEN=127.0.0.1:9000", workers[] = "FANLIGHT_WORKERS=3", path[] = "PATH=/bin";
	char *environment[] = {path, listen, workers, NULL};
	struct loaded loaded;

	(void)state;
	assert_true(load(&loaded, environment));
	assert_true(settings_set(&loaded.settings, SETTING_workers, TEXT("5"), SETTING_FROM_FLAG, &loaded.err));
	assert_text(settings_text(&loaded.settings, SETTING_listen), "127.0.0.1:9000");
	assert_string_equal(setting_origin_name(loaded.settings.values[SETTING_listen].origin), "environment");
	assert_int_equal(settings_int(&loaded.settings, SETTING_workers), 5);
	assert_string_equal(setting_origin_name(loaded.settings.values[SETTING_workers].origin), "flag");
	arena_release(&loaded.arena);
}

static void an_unknown_variable_is_refused_with_the_closest_setting(void **state)
{
	char mistyped[] = "FANLIGHT_LISTNE=127.0.0.1:9000", strange[] = "FANLIGHT_COFFEE_MACHINE=on";
	char *near[] = {mistyped, NULL}, *far[] = {strange, NULL};
	struct loaded loaded;

	(void)state;
	assert_false(load(&loaded, near));
	assert_error(&loaded.err, ERROR_INVALID, "there is no setting FANLIGHT_LISTNE");
	assert_non_null(strstr(loaded.err.hint, "listen"));
	arena_release(&loaded.arena);
	assert_false(load(&loaded, far));
	assert_error(&loaded.err, ERROR_INVALID, "there is no setting FANLIGHT_COFFEE_MACHINE");
	assert_string_equal(loaded.err.hint, "");
	arena_release(&loaded.arena);
}

static void a_number_that_is_none_is_refused_by_name(void **state)
{
	static const char *const bad[] = {"", "many", "-1", "8.5", "99999999999999999999"};
	char *none[] = {NULL};
	struct loaded loaded;

	(void)state;
	assert_true(load(&loaded, none));
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		error_clear(&loaded.err);
		assert_false(settings_set(&loaded.settings, SETTING_queue, text_of(bad[i]), SETTING_FROM_FLAG, &loaded.err));
		assert_error(&loaded.err, ERROR_INVALID, "the setting queue takes a whole number");
	}
	assert_int_equal(settings_int(&loaded.settings, SETTING_queue), 256);
	arena_release(&loaded.arena);
}

static void every_setting_has_a_name_and_help(void **state)
{
	(void)state;
	for (int i = 0; i < SETTING_COUNT; i++) {
		assert_true(strlen(setting_key((enum setting)i)) > 0);
		assert_true(strlen(setting_help((enum setting)i)) > 10);
	}
}

/* Distances by hand: listen-lsten 1, listen-silent 4, queue-queen 2. */
static void the_closest_name_is_at_most_three_edits_away(void **state)
{
	static const char *const names[] = {"listen", "queue", "workers"};

	(void)state;
	assert_string_equal(closest_name(TEXT("lsten"), names, COUNT_OF(names)), "listen");
	assert_string_equal(closest_name(TEXT("queen"), names, COUNT_OF(names)), "queue");
	assert_string_equal(closest_name(TEXT("workers"), names, COUNT_OF(names)), "workers");
	assert_null(closest_name(TEXT("silent"), names, COUNT_OF(names)));
	assert_null(closest_name(TEXT(""), names, COUNT_OF(names)));
	assert_null(closest_name(TEXT("a name so long that it cannot be anything we know of"), names, COUNT_OF(names)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_an_environment_the_defaults_stand),
		cmocka_unit_test(a_flag_wins_over_the_environment_over_the_default),
		cmocka_unit_test(an_unknown_variable_is_refused_with_the_closest_setting),
		cmocka_unit_test(a_number_that_is_none_is_refused_by_name),
		cmocka_unit_test(every_setting_has_a_name_and_help),
		cmocka_unit_test(the_closest_name_is_at_most_three_edits_away),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
