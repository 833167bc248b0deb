/*
 * The policy as text: one table of keys reads and writes it, so that what is written is read back the same.
 */
#include "base/buffer.h"
#include "rules/policy.h"

#define FILE_BYTES_MOST 65536
#define DAYS_MOST       2000
#define DAY_MINUTES     1440

enum kind { KIND_PREFIX, KIND_HOURS, KIND_DURATION, KIND_INT, KIND_BOOL };

static const struct setting {
	const char *key;
	size_t offset;
	enum kind kind;
	int least, most; /* KIND_INT */
} settings[] = {
	{"reference.prefix", offsetof(struct policy, reference_prefix), KIND_PREFIX, 0, 0},
	{"hours.monday", offsetof(struct policy, week[MONDAY]), KIND_HOURS, 0, 0},
	{"hours.tuesday", offsetof(struct policy, week[TUESDAY]), KIND_HOURS, 0, 0},
	{"hours.wednesday", offsetof(struct policy, week[WEDNESDAY]), KIND_HOURS, 0, 0},
	{"hours.thursday", offsetof(struct policy, week[THURSDAY]), KIND_HOURS, 0, 0},
	{"hours.friday", offsetof(struct policy, week[FRIDAY]), KIND_HOURS, 0, 0},
	{"hours.saturday", offsetof(struct policy, week[SATURDAY]), KIND_HOURS, 0, 0},
	{"hours.sunday", offsetof(struct policy, week[SUNDAY]), KIND_HOURS, 0, 0},
	{"duration.red", offsetof(struct policy, decision[RAG_RED]), KIND_DURATION, 0, 0},
	{"duration.amber", offsetof(struct policy, decision[RAG_AMBER]), KIND_DURATION, 0, 0},
	{"duration.green", offsetof(struct policy, decision[RAG_GREEN]), KIND_DURATION, 0, 0},
	{"screening.in_hours", offsetof(struct policy, screening_in_hours), KIND_DURATION, 0, 0},
	{"screening.out_of_hours", offsetof(struct policy, screening_out_of_hours), KIND_DURATION, 0, 0},
	{"duration.acknowledgement", offsetof(struct policy, other[CLOCK_ACKNOWLEDGEMENT]), KIND_DURATION, 0, 0},
	{"duration.referral_decision", offsetof(struct policy, other[CLOCK_REFERRAL_DECISION]), KIND_DURATION, 0, 0},
	{"duration.assessment", offsetof(struct policy, other[CLOCK_ASSESSMENT]), KIND_DURATION, 0, 0},
	{"duration.strategy_held", offsetof(struct policy, other[CLOCK_STRATEGY_HELD]), KIND_DURATION, 0, 0},
	{"duration.conference", offsetof(struct policy, other[CLOCK_CONFERENCE]), KIND_DURATION, 0, 0},
	{"duration.transfer_in", offsetof(struct policy, other[CLOCK_TRANSFER_IN]), KIND_DURATION, 0, 0},
	{"duration.police_protection", offsetof(struct policy, other[CLOCK_POLICE_PROTECTION]), KIND_DURATION, 0, 0},
	{"duration.emergency_order", offsetof(struct policy, other[CLOCK_EMERGENCY_ORDER]), KIND_DURATION, 0, 0},
	{"duration.lado", offsetof(struct policy, other[CLOCK_LADO]), KIND_DURATION, 0, 0},
	{"duration.rescreening", offsetof(struct policy, other[CLOCK_RESCREENING]), KIND_DURATION, 0, 0},
	{"long_clocks_from_day_one", offsetof(struct policy, long_clocks_from_day_one), KIND_BOOL, 0, 0},
	{"assessment_from_acceptance", offsetof(struct policy, assessment_from_acceptance), KIND_BOOL, 0, 0},
	{"threshold.levels", offsetof(struct policy, levels), KIND_INT, 2, 9},
	{"threshold.statutory", offsetof(struct policy, statutory_level), KIND_INT, 1, 9},
	{"threshold.section_47", offsetof(struct policy, section_47_level), KIND_INT, 1, 9},
	{"cap", offsetof(struct policy, cap), KIND_INT, 1, 999},
	{"target", offsetof(struct policy, target), KIND_INT, 0, 999},
	{"delegate_screen_out", offsetof(struct policy, delegate_screen_out), KIND_BOOL, 0, 0},
	{"alarm.danger_minutes", offsetof(struct policy, alarm_danger_minutes), KIND_INT, 1, DAY_MINUTES},
	{"alarm.hand_over_minutes", offsetof(struct policy, alarm_hand_over_minutes), KIND_INT, 1, DAY_MINUTES},
	{"alarm.held_minutes", offsetof(struct policy, alarm_held_minutes), KIND_INT, 1, DAY_MINUTES},
	{"restriction.review_days", offsetof(struct policy, restriction_review_days), KIND_INT, 1, 3650},
	{"glass.hours", offsetof(struct policy, glass_hours), KIND_INT, 1, 720},
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
	char line[32], message[160];
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

static bool read_setting(struct reader *r, const struct setting *s, struct text value)
{
	void *into = (char *)r->policy + s->offset;

	switch (s->kind) {
	case KIND_PREFIX: return read_prefix(r, value, into);
	case KIND_HOURS: return read_hours(r, value, into);
	case KIND_DURATION: return read_duration(r, value, into);
	case KIND_INT: return read_int(r, s, value, into);
	case KIND_BOOL: break;
	}
	return read_bool(r, s, value, into);
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

static bool read_unknown(struct reader *r, struct text key, struct text value)
{
	struct text hours = TEXT("hours.");

	if (text_is(key, "closure")) return read_named_day(r, value, r->closures, &r->closure_count);
	if (text_is(key, "bank_holiday")) return read_named_day(r, value, r->holidays, &r->holiday_count);
	if (text_starts(key, hours)) return read_override(r, text_slice(key, hours.len, key.len), value);
	return problem(r, "\"%.*s\" is not a key of a policy: policy show writes them all",
		(int)(key.len > 40 ? 40 : key.len), key.ptr);
}

static bool read_key(struct reader *r, struct text key, struct text value)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		if (!text_is(key, settings[i].key)) continue;
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

/* What only the whole can show. */
static bool whole_fits(const struct policy *p, struct error *err)
{
	bool open = false;

	for (int d = 0; d < WEEKDAY_COUNT; d++) open = open || p->week[d].closes > 0;
	if (!open) error_field(err, "hours", "the hub must be open on one weekday at least");
	if (p->section_47_level < p->statutory_level || p->section_47_level > p->levels)
		error_field(err, "threshold", "levels must follow each other: statutory, then section_47, none above levels");
	return !err->kind;
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
	if (!whole_fits(&policy, err)) return error_invalid(err, "this policy can't be used");
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
	}
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
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		buffer_printf(&out, "%s = ", settings[i].key);
		write_value(arena, &out, &settings[i], (const char *)p + settings[i].offset);
		buffer_char(&out, '\n');
	}
	for (size_t i = 0; i < p->override_count; i++) {
		buffer_printf(&out, "hours.%.*s = ", TEXT_ARG(day_iso(arena, p->overrides[i].day)));
		write_hours(&out, p->overrides[i].hours);
		buffer_char(&out, '\n');
	}
	write_days(arena, &out, "closure", p->closures);
	write_days(arena, &out, "bank_holiday", announced_later(arena, p->bank_holidays));
	return arena_text(arena, buffer_text(&out));
}
