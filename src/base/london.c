#include "base/london.h"

#include <assert.h>

#define SUMMER_OFFSET_MINUTES 60
#define DAY_SECONDS           86400

static day last_sunday(int year, int month)
{
	day last = day_of_civil((struct civil_date){year, month, 31});

	return last - (day_weekday(last) + 1) % WEEKDAY_COUNT;
}

/* Both changes happen at 01:00 UTC. */
static instant change_in(int year, int month)
{
	return last_sunday(year, month) * DAY_MS + HOUR_MS;
}

static day utc_day(instant at)
{
	int64_t over = at % DAY_MS;

	return (day)((at - (over < 0 ? over + DAY_MS : over)) / DAY_MS);
}

/* Only in March and October does it matter when. */
static int offset_minutes(instant at)
{
	struct civil_date date = civil_of_day(utc_day(at));

	if (date.month < 3 || date.month > 10) return 0;
	if (date.month > 3 && date.month < 10) return SUMMER_OFFSET_MINUTES;
	return (at >= change_in(date.year, date.month)) == (date.month == 3) ? SUMMER_OFFSET_MINUTES : 0;
}

struct london_time london_of_instant(instant at)
{
	int offset = offset_minutes(at);
	instant local = at + offset * MINUTE_MS;
	day local_day = utc_day(local);

	return (struct london_time){
		.day = local_day,
		.second = (int)((local - local_day * DAY_MS) / SECOND_MS),
		.offset_minutes = offset,
	};
}

/* Summer time is tried first: of a doubled hour it is the earlier. */
bool london_to_instant(day d, int second, instant *ret_instant)
{
	instant winter = d * DAY_MS + second * SECOND_MS, summer = winter - SUMMER_OFFSET_MINUTES * MINUTE_MS;

	assert(second >= 0 && second < DAY_SECONDS);
	if (offset_minutes(summer) == SUMMER_OFFSET_MINUTES) {
		*ret_instant = summer;
		return true;
	}
	if (offset_minutes(winter) != 0) return false;
	*ret_instant = winter;
	return true;
}

instant london_instant(day d, int second)
{
	instant at;

	if (london_to_instant(d, second, &at)) return at;
	return change_in(civil_of_day(d).year, 3);
}

day london_day(instant at)
{
	return london_of_instant(at).day;
}

instant london_midnight(day d)
{
	return london_instant(d, 0);
}

static void write_digits(char *into, int digits, int value)
{
	for (int i = digits; i-- > 0; value /= 10) into[i] = (char)('0' + value % 10);
}

void london_iso_write(instant at, char into[LONDON_ISO_BYTES])
{
	struct london_time local = london_of_instant(at);
	struct civil_date date = civil_of_day(local.day);

	memcpy(into, "YYYY-MM-DDTHH:MM:SS+HH:00", LONDON_ISO_BYTES);
	write_digits(into, 4, date.year);
	write_digits(into + 5, 2, date.month);
	write_digits(into + 8, 2, date.mday);
	write_digits(into + 11, 2, local.second / 3600);
	write_digits(into + 14, 2, local.second / 60 % 60);
	write_digits(into + 17, 2, local.second % 60);
	write_digits(into + 20, 2, local.offset_minutes / 60);
}

struct text london_iso(struct arena *arena, instant at)
{
	char iso[LONDON_ISO_BYTES];

	if (at == INSTANT_NONE) return TEXT_NONE;
	london_iso_write(at, iso);
	return arena_text(arena, text_of(iso));
}

struct text london_clock(struct arena *arena, instant at)
{
	int second;

	if (at == INSTANT_NONE) return TEXT_NONE;
	second = london_of_instant(at).second;
	return arena_printf(arena, "%02d:%02d", second / 3600, second / 60 % 60);
}

struct text london_words(struct arena *arena, instant at)
{
	day local;

	if (at == INSTANT_NONE) return TEXT_NONE;
	local = london_day(at);
	return arena_printf(arena, "%s %.*s, %.*s", weekday_name(day_weekday(local)), TEXT_ARG(day_words(arena, local)),
		TEXT_ARG(london_clock(arena, at)));
}

struct text london_short(struct arena *arena, instant at)
{
	if (at == INSTANT_NONE) return TEXT_NONE;
	return arena_printf(
		arena, "%.*s, %.*s", TEXT_ARG(day_words_short(arena, london_day(at))), TEXT_ARG(london_clock(arena, at)));
}
