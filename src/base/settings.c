#include "base/settings.h"

#include <assert.h>

#define ENVIRONMENT_PREFIX "FANLIGHT_"
#define NAME_BYTES_MOST    48
#define DISTANCE_MOST      3

static const struct {
	const char *key;
	enum setting_type type;
	const char *fallback;
	const char *help;
} table[SETTING_COUNT] = {
#define SETTING(name, type, default_value, help) {#name, SETTING_TYPE_##type, default_value, help},
#include "base/settings.def"
#undef SETTING
};

static bool fit_bool(struct text given, int64_t *ret_number)
{
	bool yes = text_is(given, "yes") || text_is(given, "true") || text_is(given, "1");

	if (!yes && !text_is(given, "no") && !text_is(given, "false") && !text_is(given, "0")) return false;
	*ret_number = yes;
	return true;
}

bool settings_set(
	struct settings *settings, enum setting setting, struct text value, enum setting_origin origin, struct error *err)
{
	const char *key = table[setting].key;
	int64_t number = 0;

	assert(setting < SETTING_COUNT);
	if (!text_utf8(value)) return error_invalid(err, "the setting %s is not UTF-8 text", key);
	if (table[setting].type == SETTING_TYPE_INT && (!text_int(value, &number) || number < 0))
		return error_invalid(err, "the setting %s takes a whole number, not \"%.*s\"", key, TEXT_ARG(value));
	if (table[setting].type == SETTING_TYPE_BOOL && !fit_bool(value, &number))
		return error_invalid(err, "the setting %s takes yes or no, not \"%.*s\"", key, TEXT_ARG(value));
	settings->values[setting] = (struct setting_value){.text = value, .number = number, .origin = origin};
	return true;
}

/* "FANLIGHT_METRICS_LISTEN" is "metrics_listen". */
static struct text key_of_variable(struct arena *arena, struct text variable)
{
	struct text name = text_slice(variable, sizeof ENVIRONMENT_PREFIX - 1, variable.len);
	char *key = arena_cstr(arena, name);

	for (size_t i = 0; i < name.len; i++)
		if (key[i] >= 'A' && key[i] <= 'Z') key[i] = (char)(key[i] + ('a' - 'A'));
	return (struct text){key, name.len};
}

static bool find_setting(struct text key, enum setting *ret_setting)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		if (!text_is(key, table[i].key)) continue;
		*ret_setting = (enum setting)i;
		return true;
	}
	return false;
}

static bool refuse_unknown(struct text variable, struct text key, struct error *err)
{
	const char *keys[SETTING_COUNT], *near;

	for (int i = 0; i < SETTING_COUNT; i++) keys[i] = table[i].key;
	near = closest_name(key, keys, SETTING_COUNT);
	error_invalid(err, "there is no setting %.*s", TEXT_ARG(variable));
	if (near)
		error_hint(
			err, "The closest is %s; as a variable it is %s and the name in capitals.", near, ENVIRONMENT_PREFIX);
	return false;
}

static bool load_variable(struct arena *arena, struct text entry, struct settings *settings, struct error *err)
{
	size_t equals = text_index(entry, '=');
	struct text variable = text_slice(entry, 0, equals), key = key_of_variable(arena, variable);
	enum setting setting;

	if (!find_setting(key, &setting)) return refuse_unknown(variable, key, err);
	return settings_set(settings, setting, text_slice(entry, equals + 1, entry.len), SETTING_FROM_ENVIRONMENT, err);
}

/* The tests' own, where they are compiled in: see fault.h. */
static bool is_fault(const char *entry)
{
#ifdef FAULTS
	return text_starts(text_of(entry), TEXT(ENVIRONMENT_PREFIX "FAULT="));
#else
	(void)entry;
	return false;
#endif
}

bool settings_load(struct arena *arena, char **environment, struct settings *ret, struct error *err)
{
	struct settings settings = {0};

	for (int i = 0; i < SETTING_COUNT; i++)
		if (!settings_set(&settings, (enum setting)i, text_of(table[i].fallback), SETTING_FROM_DEFAULT, err))
			return false;
	for (char **entry = environment; *entry; entry++) {
		if (!text_starts(text_of(*entry), TEXT(ENVIRONMENT_PREFIX)) || is_fault(*entry)) continue;
		if (!load_variable(arena, text_of(*entry), &settings, err)) return false;
	}
	*ret = settings;
	return true;
}

struct text settings_text(const struct settings *settings, enum setting setting)
{
	assert(table[setting].type == SETTING_TYPE_TEXT);
	return settings->values[setting].text;
}

int64_t settings_int(const struct settings *settings, enum setting setting)
{
	assert(table[setting].type == SETTING_TYPE_INT);
	return settings->values[setting].number;
}

const char *setting_key(enum setting setting)
{
	assert(setting < SETTING_COUNT);
	return table[setting].key;
}

const char *setting_help(enum setting setting)
{
	assert(setting < SETTING_COUNT);
	return table[setting].help;
}

const char *setting_origin_name(enum setting_origin origin)
{
	static const char *const names[] = {"default", "environment", "flag"};

	assert(origin <= SETTING_FROM_FLAG);
	return names[origin];
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Levenshtein's distance, one row at a time. */
static int edit_distance(struct text a, struct text b)
{
	int row[NAME_BYTES_MOST + 1];

	for (size_t j = 0; j <= b.len; j++) row[j] = (int)j;
	for (size_t i = 0; i < a.len; i++) {
		int diagonal = row[0];

		row[0] = (int)i + 1;
		for (size_t j = 0; j < b.len; j++) {
			int replaced = diagonal + (a.ptr[i] != b.ptr[j]);

			diagonal = row[j + 1];
			row[j + 1] = least(replaced, least(row[j], row[j + 1]) + 1);
		}
	}
	return row[b.len];
}

const char *closest_name(struct text given, const char *const *names, size_t count)
{
	const char *closest = NULL;
	int best = DISTANCE_MOST + 1;

	if (given.len > NAME_BYTES_MOST) return NULL;
	for (size_t i = 0; i < count; i++) {
		struct text name = text_of(names[i]);
		int distance;

		if (name.len > NAME_BYTES_MOST) continue;
		distance = edit_distance(given, name);
		if (distance >= best) continue;
		best = distance;
		closest = names[i];
	}
	return closest;
}
