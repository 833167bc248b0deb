#include "hub/alarm_watch.h"

#include "base/london.h"
#include "rules/clock.h"
#include "sql/alarm.h"

/* Of each source in one transaction: what more is due rises a second later. */
#define AT_ONCE 200

static bool holder(struct hub *hub, struct duty_people *ret, struct error *err)
{
	struct duty_person *person = arena_new(hub->arena, struct duty_person);
	bool found;

	if (!duty_holder(hub, person, &found, err)) return false;
	*ret = (struct duty_people){person, found};
	return true;
}

static bool duty_manager(struct hub *hub, struct duty_people *ret, struct error *err)
{
	if (!duty_now(hub, DUTY_MANAGER, ret, err)) return false;
	return ret->count || holder(hub, ret, err);
}

static struct duty_people both(struct arena *arena, const struct duty_people *a, const struct duty_people *b)
{
	struct duty_people all = {arena_new_array(arena, a->count + b->count, struct duty_person), a->count + b->count};

	for (size_t i = 0; i < a->count; i++) all.rows[i] = a->rows[i];
	for (size_t i = 0; i < b->count; i++) all.rows[a->count + i] = b->rows[i];
	return all;
}

static bool edt_on_shift(struct hub *hub, struct duty_people *ret, struct error *err)
{
	struct duty_people managers, workers;

	if (!duty_now(hub, DUTY_EDT_MANAGER, &managers, err) || !duty_now(hub, DUTY_EDT_WORKER, &workers, err))
		return false;
	*ret = both(hub->arena, &managers, &workers);
	return ret->count || holder(hub, ret, err);
}

bool alarm_whom(struct hub *hub, enum alarm_kind kind, int level, struct duty_people *ret, struct error *err)
{
	*ret = (struct duty_people){0};
	if (level >= ALARM_HIGHER) return duty_higher(hub, ret, err);
	switch (kind) {
	case ALARM_DANGER: return (clock_is_open(hub->policy, hub->now) ? duty_manager : edt_on_shift)(hub, ret, err);
	case ALARM_HAND_OVER:
	case ALARM_AT_CLOSE:
	case ALARM_AT_OPENING: return duty_on_call(hub, ret, err);
	default: return duty_manager(hub, ret, err);
	}
}

/* What rises: so many minutes after it began, by the policy. */
struct alarm_source {
	enum alarm_kind kind;
	int level;
	enum direction direction; /* of a hand-over, else none */
	size_t minutes;           /* where in the policy; 0: at once */
	const char *words;        /* with one %lld where it counts */
};

#define DANGER_MINUTES    offsetof(struct policy, alarm_danger_minutes)
#define HAND_OVER_MINUTES offsetof(struct policy, alarm_hand_over_minutes)
#define HELD_MINUTES      offsetof(struct policy, alarm_held_minutes)

static const struct alarm_source sources[] = {
	{ALARM_DANGER, ALARM_ON_DUTY, DIRECTION_NONE, 0, "Immediate danger was given at receipt"},
	{ALARM_DANGER, ALARM_HIGHER, DIRECTION_NONE, DANGER_MINUTES, "Immediate danger: nobody has opened it"},
	{ALARM_HELD, ALARM_ON_DUTY, DIRECTION_NONE, HELD_MINUTES, "Held: there is no room for it"},
	{ALARM_HAND_OVER, ALARM_ON_DUTY, DIRECTION_TO_EDT, HAND_OVER_MINUTES, "Handed over to EDT, not accepted"},
	{ALARM_HAND_OVER, ALARM_ON_DUTY, DIRECTION_FROM_EDT, HAND_OVER_MINUTES, "Handed over by EDT, not accepted"},
	{ALARM_AT_CLOSE, ALARM_ON_DUTY, DIRECTION_TO_EDT, HAND_OVER_MINUTES, "Passed to EDT at close, not accepted: %lld"},
	{ALARM_AT_OPENING, ALARM_ON_DUTY, DIRECTION_FROM_EDT, HAND_OVER_MINUTES,
		"Given back by EDT at opening, not accepted: %lld"},
	{ALARM_SECOND_LOOK, ALARM_ON_DUTY, DIRECTION_NONE, 0, "A second look is overdue"},
};

#define SOURCES (sizeof sources / sizeof *sources)

static int64_t waits_ms(const struct hub *hub, const struct alarm_source *source)
{
	return source->minutes ? *(const int *)((const char *)hub->policy + source->minutes) * MINUTE_MS : 0;
}

/* The day team answers in hours: what EDT gives at night waits from the opening. */
static instant rises_at(const struct hub *hub, const struct alarm_source *source, instant began)
{
	if (source->direction == DIRECTION_FROM_EDT) began = clock_effective(hub->policy, began);
	return began + waits_ms(hub, source);
}

static bool list_rising(struct hub *hub, const struct alarm_source *source, struct rising_rows *ret, struct error *err)
{
	instant at = source->direction == DIRECTION_TO_EDT ? clock_last_close(hub->policy, hub->now)
													   : clock_last_opening(hub->policy, hub->now);
	struct rising_list_in in = {
		.at = at, .direction = direction_text(source->direction), .kind = alarm_kind_text(source->kind)};

	*ret = (struct rising_rows){0};
	return rises_at(hub, source, at) > hub->now || rising_list(hub->tx, &in, ret, err);
}

static bool find_rising(
	struct hub *hub, const struct alarm_source *source, int64_t limit, struct rising_rows *ret, struct error *err)
{
	instant before = hub->now - waits_ms(hub, source);

#define RISING(query, ...)                                                                                             \
	query(hub->tx, &(struct query##_in){.before = before, .limit = limit, ##__VA_ARGS__}, ret, err)
	switch (source->kind) {
	case ALARM_DANGER: return source->level == ALARM_ON_DUTY ? RISING(rising_danger) : RISING(rising_danger_higher);
	case ALARM_HELD: return RISING(rising_held);
	case ALARM_HAND_OVER: return RISING(rising_hand_over, .direction = direction_text(source->direction));
	case ALARM_SECOND_LOOK: return RISING(rising_second_look);
	default: return list_rising(hub, source, ret, err);
	}
#undef RISING
}

static struct text words_of(struct hub *hub, const struct alarm_source *source, const struct rising_row *row)
{
	return arena_printf(hub->arena, source->words, (long long)row->count);
}

static bool raise_each(
	struct hub *hub, const struct alarm_source *source, const struct rising_rows *rows, struct error *err)
{
	struct duty_people whom;

	if (rows->count && !alarm_whom(hub, source->kind, source->level, &whom, err)) return false;
	for (size_t i = 0; i < rows->count; i++) {
		const struct rising_row *row = &rows->rows[i];
		struct alarm_raise raise = {
			.kind = source->kind,
			.level = source->level,
			.enquiry = row->enquiry,
			.subject = row->subject,
			.words = words_of(hub, source, row),
			.due_at = rises_at(hub, source, row->at),
			.whom = &whom,
		};

		if (raise.due_at <= hub->now && !alarm_raise(hub, &raise, err)) return false;
	}
	return true;
}

bool alarms_rise(struct hub *hub, struct error *err)
{
	for (size_t i = 0; i < SOURCES; i++) {
		struct rising_rows rows;

		if (!find_rising(hub, &sources[i], AT_ONCE, &rows, err)) return false;
		if (!raise_each(hub, &sources[i], &rows, err)) return false;
	}
	return true;
}

bool alarms_rise_due(struct hub *hub, bool *ret, struct error *err)
{
	*ret = false;
	for (size_t i = 0; i < SOURCES && !*ret; i++) {
		struct rising_rows rows;

		if (!find_rising(hub, &sources[i], 1, &rows, err)) return false;
		*ret = rows.count && rises_at(hub, &sources[i], rows.rows[0].at) <= hub->now;
	}
	return true;
}

bool alarm_danger(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	struct rising_row row = {.enquiry = enquiry, .subject = enquiry.n, .at = hub->now, .count = 1};

	return raise_each(hub, &sources[0], &(struct rising_rows){&row, 1}, err);
}

bool alarms_over(struct hub *hub, struct error *err)
{
	struct alarm_to_end_rows rows;

	if (!alarm_over(hub->tx, &(struct alarm_over_in){.limit = AT_ONCE}, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (!alarm_end_one(hub, &rows.rows[i], err)) return false;
	return true;
}

bool alarms_over_due(struct hub *hub, bool *ret, struct error *err)
{
	struct alarm_to_end_rows rows;

	if (!alarm_over(hub->tx, &(struct alarm_over_in){.limit = 1}, &rows, err)) return false;
	*ret = rows.count > 0;
	return true;
}

/* One person who is on duty now, and one kind that stands. */
static bool pass_on(struct hub *hub, const struct alarm_kinds_standing_row *standing, struct account_id account,
	int64_t limit, struct alarm_not_told_rows *ret, struct error *err)
{
	struct alarm_not_told_in in = {
		.kind = standing->kind, .level = standing->level, .account = account, .limit = limit};

	return alarm_not_told(hub->tx, &in, ret, err);
}

struct passing {
	bool tell; /* else only whether there is one */
	bool found;
};

static bool pass_to(struct hub *hub, const struct alarm_kinds_standing_row *standing, const struct duty_people *whom,
	struct passing *passing, struct error *err)
{
	for (size_t i = 0; i < whom->count; i++) {
		struct account_id account = whom->rows[i].account;
		struct alarm_not_told_rows rows;

		if (!pass_on(hub, standing, account, passing->tell ? AT_ONCE : 1, &rows, err)) return false;
		if (rows.count) passing->found = true;
		for (size_t r = 0; passing->tell && r < rows.count; r++)
			if (!alarm_tell_next(hub, &rows.rows[r], account, err)) return false;
	}
	return true;
}

static bool pass_all(struct hub *hub, struct passing *passing, struct error *err)
{
	struct alarm_kinds_standing_rows rows;

	if (!alarm_kinds_standing(hub->tx, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		enum alarm_kind kind = alarm_kind_of(rows.rows[i].kind);
		struct duty_people whom;

		/* That is its owner's alone: whoever is alarmed about a record also sees it. */
		if (kind == ALARM_GLASS) continue;
		if (!alarm_whom(hub, kind, (int)rows.rows[i].level, &whom, err)) return false;
		if (!pass_to(hub, &rows.rows[i], &whom, passing, err)) return false;
	}
	return true;
}

bool alarms_pass_on(struct hub *hub, struct error *err)
{
	return pass_all(hub, &(struct passing){.tell = true}, err);
}

bool alarms_pass_on_due(struct hub *hub, bool *ret, struct error *err)
{
	struct passing passing = {0};

	if (!pass_all(hub, &passing, err)) return false;
	*ret = passing.found;
	return true;
}
