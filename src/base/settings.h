/*
 * Settings: what the installation can set, in one table (settings.def: key, type, default, help).
 *
 * A flag (--metrics-listen) wins over the environment (FANLIGHT_METRICS_LISTEN) over the default. No setting here
 * is a secret: those will come from a file or a systemd credential, never from a flag or a variable. An unknown
 * FANLIGHT_* variable is an error with the nearest known one suggested. doctor shows where each value came from.
 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include "base/arena.h"
#include "base/error.h"

enum setting {
#define SETTING(name, type, default_value, help) SETTING_##name,
#include "base/settings.def"
#undef SETTING
	SETTING_COUNT,
};

enum setting_type { SETTING_TYPE_TEXT, SETTING_TYPE_INT, SETTING_TYPE_BOOL };
enum setting_origin { SETTING_FROM_DEFAULT, SETTING_FROM_ENVIRONMENT, SETTING_FROM_FLAG };

struct setting_value {
	struct text text;
	int64_t number; /* INT (nought or more) and BOOL */
	enum setting_origin origin;
};

struct settings {
	struct setting_value values[SETTING_COUNT];
};

/* From defaults and an environment (NULL-terminated, as environ). */
NODISCARD bool settings_load(struct arena *, char **environment, struct settings *ret, struct error *);

/* From a command's flag; refuses an unknown or unfit value, naming it. */
NODISCARD bool settings_set(struct settings *, enum setting, struct text value, enum setting_origin, struct error *);

struct text settings_text(const struct settings *, enum setting);
int64_t settings_int(const struct settings *, enum setting);

const char *setting_key(enum setting); /* "metrics_listen" */
const char *setting_help(enum setting);
const char *setting_origin_name(enum setting_origin);

/* The closest of these names to a mistyped one by edit distance of at most 3, or NULL. */
const char *closest_name(struct text given, const char *const *names, size_t count);

#endif
