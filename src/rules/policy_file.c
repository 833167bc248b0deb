/*
 * The policy as text: one table of keys reads and writes it, so that what is written is read back the same.
 */
#include "base/buffer.h"
#include "rules/policy_lists.h"

#define FILE_BYTES_MOST 65536
#define DAYS_MOST       2000
#define DAY_MINUTES     1440

enum kind { KIND_PREFIX, KIND_HOURS, KIND_DURATION, KIND_INT, KIND_BOOL, KIND_SIGNERS, KIND_CODES, KIND_SERVICES };

static const struct setting {
	const char *key; /* NULL: a heading, whose words are the comment */
	size_t offset;
	enum kind kind;
	int least, most; /* KIND_INT; least of KIND_SIGNERS: the proposal, of KIND_CODES: the list */
	const char *comment;
} settings[] = {
#define GROUP(words) {.comment = (words)},
#define SETTING(key, member, kind, least, most, comment)                                                               \
	{key, offsetof(struct policy, member), KIND_##kind, least, most, comment},
#include "rules/policy_settings.def"
#undef SETTING
#undef GROUP
};

#define SETTING_COUNT (sizeof settings / sizeof *settings)

struct reader {
	struct arena *arena;
	struct error *err;
	struct policy *policy;
	int line;
	int seen[SETTING_COUNT]; /* the line a key stands on, or nought */
	struct named_day *closures, *holidays;
	struct dated_hours *overrides;
	size_t closure_count, holiday_count, override_count;
};

static bool problem(struct reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool problem(struct reader *r, const char *format, ...)
{
	char line[32], message[200];
	va_list args;

	snprintf(line, sizeof line, "line %d", r->line);
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	return error_field(r->err, line, "%s", message);
}

/* "08:30" as minutes, to 24:00 which is the day's end; or -1. */
static int clock_time(struct text t)
{
	int64_t hours, minutes;

	if (t.len != 5 || t.ptr[2] != ':') return -1;
	if (!text_int(text_slice(t, 0, 2), &hours) || !text_int(text_slice(t, 3, 2), &minutes)) return -1;
	if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > DAY_MINUTES) return -1;
	return (int)(hours * 60 + minutes);
}

static bool read_hours(struct reader *r, struct text value, struct opening_hours *into)
{
	size_t dash = text_index(value, '-');
	int opens = clock_time(text_trim(text_slice(value, 0, dash)));
	int closes = clock_time(text_trim(text_slice(value, dash + 1, value.len)));

	if (text_is(value, "closed")) return *into = (struct opening_hours){0, 0}, true;
	if (dash == value.len || opens < 0 || closes < 0) return problem(r, "hours are written 08:30-17:00 or closed");
	if (opens >= closes) return problem(r, "the hub can't close before it opens");
	*into = (struct opening_hours){opens, closes};
	return true;
}

static bool read_duration(struct reader *r, struct text value, struct duration *into)
{
	struct error own;

	error_clear(&own);
	return duration_parse(value, into, &own) || problem(r, "%s", own.message);
}

static bool read_int(struct reader *r, const struct setting *s, struct text value, int *into)
{
	int64_t n;

	if (!text_int(value, &n) || n < s->least || n > s->most)
		return problem(r, "%s must be a whole number from %d to %d", s->key, s->least, s->most);
	*into = (int)n;
	return true;
}

static bool read_bool(struct reader *r, const struct setting *s, struct text value, bool *into)
{
	*into = text_is(value, "yes");
	return *into || text_is(value, "no") || problem(r, "%s must be yes or no", s->key);
}

static bool read_prefix(struct reader *r, struct text value, struct text *into)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) value.len = 0;
	}
	if (value.len < 1 || value.len > 6)
		return problem(r, "a reference's prefix is one to six capital letters and digits");
	*into = arena_text(r->arena, value);
	return true;
}

static bool read_list(struct reader *r, const struct setting *s, struct text value, void *into)
{
	struct error own;
	bool taken;

	error_clear(&own);
	if (s->kind == KIND_SIGNERS)
		taken = policy_signers_parse(value, (enum proposal_kind)s->least, into, &own);
	else if (s->kind == KIND_CODES)
		taken = policy_codes_parse(value, (enum code_list)s->least, into, &own);
	else
		taken = policy_services_parse(r->arena, value, into, &own);
	return taken || problem(r, "%s", own.message);
}

static bool read_setting(struct reader *r, const struct setting *s, struct text value)
{
	void *into = (char *)r->policy + s->offset;

	switch (s->kind) {
	case KIND_PREFIX: return read_prefix(r, value, into);
	case KIND_HOURS: return read_hours(r, value, into);
	case KIND_DURATION: return read_duration(r, value, into);
	case KIND_INT: return read_int(r, s, value, into);
	case KIND_BOOL: return read_bool(r, s, value, into);
	case KIND_SIGNERS:
	case KIND_CODES:
	case KIND_SERVICES: break;
	}
	return read_list(r, s, value, into);
}

static bool day_taken(const struct named_day *list, size_t count, day wanted)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].day == wanted) return true;
	return false;
}

/* "2015-12-24 Christmas closure" */
static bool read_named_day(struct reader *r, struct text value, struct named_day *list, size_t *count)
{
	size_t space = text_index(value, ' ');
	struct text name = text_trim(text_slice(value, space, value.len));
	day on;

	if (!day_parse(text_slice(value, 0, space), &on) || name.len == 0)
		return problem(r, "write a date and a name, like 2015-12-24 Christmas closure");
	if (day_taken(list, *count, on)) return problem(r, "%.*s stands here twice", (int)space, value.ptr);
	if (*count == DAYS_MOST) return problem(r, "more than %d days", DAYS_MOST);
	list[(*count)++] = (struct named_day){on, arena_text(r->arena, name)};
	return true;
}

/* "hours.2015-12-24 = 08:30-12:00" */
static bool read_override(struct reader *r, struct text date, struct text value)
{
	struct dated_hours *into = &r->overrides[r->override_count];

	if (!day_parse(date, &into->day)) return problem(r, "hours are of a weekday or of a date like hours.2015-12-24");
	for (size_t i = 0; i < r->override_count; i++)
		if (r->overrides[i].day == into->day) return problem(r, "%.*s has hours twice", TEXT_ARG(date));
	if (r->override_count == DAYS_MOST) return problem(r, "more than %d days with hours of their own", DAYS_MOST);
	r->override_count++;
	return read_hours(r, value, &into->hours);
}

/* How many letters have to be changed, put in or left out to make one key of another; keys are short. */
#define KEY_MOST 40
static size_t letters_apart(struct text key, const char *known)
{
	size_t length = strlen(known), row[KEY_MOST + 1];

	for (size_t j = 0; j <= length; j++) row[j] = j;
	for (size_t i = 0; i < key.len; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < length; j++) {
			size_t changed = diagonal + (key.ptr[i] != known[j]), least = row[j] < row[j + 1] ? row[j] : row[j + 1];

			diagonal = row[j + 1];
			row[j + 1] = least + 1 < changed ? least + 1 : changed;
		}
	}
	return row[length];
}

/* The key that was meant, where one is near enough, or NULL. */
static const char *key_meant(struct text key)
{
	static const char *const lists[] = {"closure", "bank_holiday"};
	const char *nearest = NULL;
	size_t least = key.len > KEY_MOST ? 0 : key.len / 3 + 2;

	for (size_t i = 0; i < SETTING_COUNT + 2; i++) {
		const char *known = i < SETTING_COUNT ? settings[i].key : lists[i - SETTING_COUNT];
		size_t apart = known && least ? letters_apart(key, known) : SIZE_MAX;

		if (apart < least) least = apart, nearest = known;
	}
	return nearest;
}

static bool read_unknown(struct reader *r, struct text key, struct text value)
{
	struct text hours = TEXT("hours.");
	const char *meant = key_meant(key);

	if (text_is(key, "closure")) return read_named_day(r, value, r->closures, &r->closure_count);
	if (text_is(key, "bank_holiday")) return read_named_day(r, value, r->holidays, &r->holiday_count);
	if (text_starts(key, TEXT("codes.withdrawn_reason.")))
		return problem(r, "a rule hangs on every reason for withdrawing: none can be retired");
	if (text_starts(key, TEXT("codes.")) && text_ends(key, TEXT(".label")))
		return problem(r, "a code's words are the same everywhere: they can't be changed, only retired");
	if (text_starts(key, hours) && (!meant || key.len > 6 + 9 || (key.len > 6 && key.ptr[6] <= '9')))
		return read_override(r, text_slice(key, hours.len, key.len), value);
	if (meant)
		return problem(r, "\"%.*s\" is not a key of a policy: did you mean %s?", (int)(key.len > 40 ? 40 : key.len),
			key.ptr, meant);
	return problem(r, "\"%.*s\" is not a key of a policy: policy show writes them all",
		(int)(key.len > 40 ? 40 : key.len), key.ptr);
}

static bool read_key(struct reader *r, struct text key, struct text value)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		if (!settings[i].key || !text_is(key, settings[i].key)) continue;
		if (r->seen[i]) return problem(r, "%s stands on line %d already", settings[i].key, r->seen[i]);
		r->seen[i] = r->line;
		return read_setting(r, &settings[i], value);
	}
	return read_unknown(r, key, value);
}

static bool read_line(struct reader *r, struct text line)
{
	size_t equals;

	line = text_trim(line);
	if (line.len == 0 || line.ptr[0] == '#') return true;
	equals = text_index(line, '=');
	if (equals == line.len) return problem(r, "a line is `key = value`, or a comment that starts with #");
	return read_key(r, text_trim(text_slice(line, 0, equals)), text_trim(text_slice(line, equals + 1, line.len)));
}

static int compare_named(const void *left, const void *right)
{
	const struct named_day *a = left, *b = right;

	return (a->day > b->day) - (a->day < b->day);
}

static int compare_dated(const void *left, const void *right)
{
	const struct dated_hours *a = left, *b = right;

	return (a->day > b->day) - (a->day < b->day);
}

static void take_days(struct reader *r)
{
	struct policy *p = r->policy;

	qsort(r->closures, r->closure_count, sizeof *r->closures, compare_named);
	qsort(r->holidays, r->holiday_count, sizeof *r->holidays, compare_named);
	qsort(r->overrides, r->override_count, sizeof *r->overrides, compare_dated);
	p->closures = (struct named_days){r->closures, r->closure_count};
	p->bank_holidays = named_days_merge(r->arena, p->bank_holidays, (struct named_days){r->holidays, r->holiday_count});
	p->overrides = r->overrides;
	p->override_count = r->override_count;
}

/* The line a key stands on, the last of those that are named; nought where the file names none of them. */
static int last_line(const struct reader *r, const char *prefix)
{
	int line = 0;

	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (settings[i].key && strncmp(settings[i].key, prefix, strlen(prefix)) == 0 && r->seen[i] > line)
			line = r->seen[i];
	return line;
}

/* What only the whole can show: told at the last line that had a part in it. */
static bool whole_fits(struct reader *r, const struct policy *p)
{
	bool open = false;

	for (int d = 0; d < WEEKDAY_COUNT; d++) open = open || p->week[d].closes > 0;
	r->line = last_line(r, "hours.");
	if (!open) problem(r, "the hub must be open on one weekday at least");
	r->line = last_line(r, "threshold.");
	if (p->section_47_level < p->statutory_level)
		problem(r, "section 47 at level %d can't come before the statutory level, %d", p->section_47_level,
			p->statutory_level);
	if (p->section_47_level > p->levels)
		problem(r, "there are %d levels, so section 47 can't begin at %d", p->levels, p->section_47_level);
	return !r->err->kind;
}

static void reader_init(struct reader *r, struct arena *arena, struct policy *policy, struct error *err)
{
	*r = (struct reader){.arena = arena, .err = err, .policy = policy};
	r->closures = arena_new_array(arena, DAYS_MOST, struct named_day);
	r->holidays = arena_new_array(arena, DAYS_MOST, struct named_day);
	r->overrides = arena_new_array(arena, DAYS_MOST + 1, struct dated_hours);
	policy_default(arena, policy);
}

bool policy_read(struct arena *arena, struct text source, struct policy *ret, struct error *err)
{
	struct policy policy;
	struct reader r;
	struct text line;

	if (source.len > FILE_BYTES_MOST) return error_too_large(err, "a policy has at most %d bytes", FILE_BYTES_MOST);
	if (!text_utf8(source)) return error_invalid(err, "a policy is text in UTF-8");
	reader_init(&r, arena, &policy, err);
	while (text_split(&source, '\n', &line)) {
		r.line++;
		read_line(&r, line); /* its problem is told with the others' */
	}
	take_days(&r);
	if (!whole_fits(&r, &policy)) return error_invalid(err, "this policy can't be used");
	*ret = policy;
	return true;
}

static void write_hours(struct buffer *out, struct opening_hours h)
{
	if (h.closes == 0)
		buffer_literal(out, "closed");
	else
		buffer_printf(out, "%02d:%02d-%02d:%02d", h.opens / 60, h.opens % 60, h.closes / 60, h.closes % 60);
}

static void write_value(struct arena *arena, struct buffer *out, const struct setting *s, const void *value)
{
	switch (s->kind) {
	case KIND_PREFIX: buffer_append(out, *(const struct text *)value); break;
	case KIND_HOURS: write_hours(out, *(const struct opening_hours *)value); break;
	case KIND_DURATION: buffer_append(out, duration_text(arena, *(const struct duration *)value)); break;
	case KIND_INT: buffer_printf(out, "%d", *(const int *)value); break;
	case KIND_BOOL: buffer_append(out, *(const bool *)value ? TEXT("yes") : TEXT("no")); break;
	case KIND_SIGNERS: policy_signers_write(out, *(const unsigned *)value); break;
	case KIND_CODES: policy_codes_write(out, (enum code_list)s->least, *(const uint64_t *)value); break;
	case KIND_SERVICES: policy_services_write(out, *(const struct service_names *)value); break;
	}
}

static void write_setting(struct arena *arena, struct buffer *out, const struct setting *s, const struct policy *p)
{
	if (!s->key) {
		buffer_printf(out, "%s# %s\n", out->len ? "\n" : "", s->comment);
		return;
	}
	if (s->comment) buffer_printf(out, "# %s\n", s->comment);
	buffer_printf(out, "%s = ", s->key);
	write_value(arena, out, s, (const char *)p + s->offset);
	buffer_char(out, '\n');
}

static void write_days(struct arena *arena, struct buffer *out, const char *key, struct named_days list)
{
	for (size_t i = 0; i < list.count; i++)
		buffer_printf(
			out, "%s = %.*s %.*s\n", key, TEXT_ARG(day_iso(arena, list.days[i].day)), TEXT_ARG(list.days[i].name));
}

static struct named_days announced_later(struct arena *arena, struct named_days all)
{
	struct named_days shipped = bank_holidays_shipped(arena);
	struct named_day *later = arena_new_array(arena, all.count + 1, struct named_day);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++)
		if (!named_days_find(shipped, all.days[i].day)) later[count++] = all.days[i];
	return (struct named_days){later, count};
}

struct text policy_write(struct arena *arena, const struct policy *p)
{
	BUFFER_SCOPE out;

	buffer_init(&out, (size_t)FILE_BYTES_MOST * 4);
	for (size_t i = 0; i < SETTING_COUNT; i++) write_setting(arena, &out, &settings[i], p);
	buffer_literal(&out, "\n# Hours of one date, for example: hours.2015-12-24 = 08:30-12:00\n");
	for (size_t i = 0; i < p->override_count; i++) {
		buffer_printf(&out, "hours.%.*s = ", TEXT_ARG(day_iso(arena, p->overrides[i].day)));
		write_hours(&out, p->overrides[i].hours);
		buffer_char(&out, '\n');
	}
	buffer_literal(&out, "\n# Days the hub is closed, for example: closure = 2015-12-30 Between the years\n");
	write_days(arena, &out, "closure", p->closures);
	buffer_literal(&out, "\n# Bank holidays announced since the program was made; those it came with always count\n");
	write_days(arena, &out, "bank_holiday", announced_later(arena, p->bank_holidays));
	return arena_text(arena, buffer_text(&out));
}
