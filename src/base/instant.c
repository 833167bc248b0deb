#include "base/instant.h"

#include <assert.h>

#define DAY_FIRST ((day)-719162) /* 0001-01-01 */
#define DAY_LAST  ((day)2932896) /* 9999-12-31 */

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December"};
static const char *const weekdays[WEEKDAY_COUNT] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool civil_valid(struct civil_date date)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.mday < 1) return false;
	return date.mday <= lengths[date.month - 1] + (date.month == 2 && leap(date.year));
}

/* Years are counted from March, so that the leap day is a year's last: Howard Hinnant, "chrono-compatible low-level date
 * algorithms", days_from_civil and civil_from_days. */
day day_of_civil(struct civil_date date)
{
	int year = date.month <= 2 ? date.year - 1 : date.year;
	int era = year / 400, year_of_era = year % 400;
	int day_of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.mday - 1;

	assert(civil_valid(date));
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct civil_date civil_of_day(day d)
{
	int shifted = d + 719468, era = shifted / 146097, day_of_era = shifted % 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;
	int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

	assert(d >= DAY_FIRST && d <= DAY_LAST);
	return (struct civil_date){
		.year = era * 400 + year_of_era + (month <= 2),
		.month = month,
		.mday = day_of_year - (153 * month_from_march + 2) / 5 + 1,
	};
}

enum weekday day_weekday(day d)
{
	int from_monday = (d + THURSDAY) % WEEKDAY_COUNT; /* 1970-01-01 was a Thursday */

	return (enum weekday)(from_monday < 0 ? from_monday + WEEKDAY_COUNT : from_monday);
}

const char *weekday_name(enum weekday weekday)
{
	assert(weekday < WEEKDAY_COUNT);
	return weekdays[weekday];
}

const char *month_name(int month)
{
	assert(month >= 1 && month <= 12);
	return months[month - 1];
}

/* Exactly `digits` decimal digits at the front of *rest. */
static bool take_number(struct text *rest, size_t digits, int *ret_value)
{
	int value = 0;

	if (rest->len < digits) return false;
	for (size_t i = 0; i < digits; i++) {
		if (rest->ptr[i] < '0' || rest->ptr[i] > '9') return false;
		value = value * 10 + (rest->ptr[i] - '0');
	}
	*rest = text_slice(*rest, digits, rest->len);
	*ret_value = value;
	return true;
}

static bool take_char(struct text *rest, char c)
{
	if (!rest->len || rest->ptr[0] != c) return false;
	*rest = text_slice(*rest, 1, rest->len);
	return true;
}

static bool take_day(struct text *rest, day *ret_day)
{
	struct civil_date date;

	if (!take_number(rest, 4, &date.year) || !take_char(rest, '-')) return false;
	if (!take_number(rest, 2, &date.month) || !take_char(rest, '-')) return false;
	if (!take_number(rest, 2, &date.mday) || !civil_valid(date)) return false;
	*ret_day = day_of_civil(date);
	return true;
}

bool day_parse(struct text given, day *ret_day)
{
	day parsed;

	if (!take_day(&given, &parsed) || given.len) return false;
	*ret_day = parsed;
	return true;
}

/* A fraction is read and cut. */
static bool take_fraction(struct text *rest)
{
	int digit;

	if (!take_char(rest, '.') && !take_char(rest, ',')) return true;
	if (!take_number(rest, 1, &digit)) return false;
	while (take_number(rest, 1, &digit)) continue;
	return true;
}

static bool take_time(struct text *rest, int *ret_second)
{
	int hour, minute, second = 0;

	if (!take_number(rest, 2, &hour) || !take_char(rest, ':') || !take_number(rest, 2, &minute)) return false;
	if (take_char(rest, ':') && (!take_number(rest, 2, &second) || !take_fraction(rest))) return false;
	if (hour > 23 || minute > 59 || second > 59) return false;
	*ret_second = hour * 3600 + minute * 60 + second;
	return true;
}

static bool take_offset(struct text *rest, int *ret_minutes)
{
	bool west = rest->len && rest->ptr[0] == '-';
	int hours, minutes;

	*ret_minutes = 0;
	if (take_char(rest, 'Z')) return true;
	if (!take_char(rest, west ? '-' : '+')) return false;
	if (!take_number(rest, 2, &hours) || !take_char(rest, ':') || !take_number(rest, 2, &minutes)) return false;
	if (hours > 23 || minutes > 59) return false;
	*ret_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
	return true;
}

bool instant_parse(struct text given, instant *ret_instant)
{
	int second, offset_minutes;
	instant parsed;
	day local;

	if (!take_day(&given, &local) || !take_char(&given, 'T')) return false;
	if (!take_time(&given, &second) || !take_offset(&given, &offset_minutes) || given.len) return false;
	parsed = local * DAY_MS + second * SECOND_MS - offset_minutes * MINUTE_MS;
	if (parsed < DAY_FIRST * DAY_MS || parsed >= (DAY_LAST + 1) * DAY_MS) return false;
	*ret_instant = parsed;
	return true;
}

static int64_t floor_to(int64_t value, int64_t unit)
{
	int64_t over = value % unit;

	return value - (over < 0 ? over + unit : over);
}

instant instant_whole_second(instant at)
{
	return at == INSTANT_NONE ? at : floor_to(at, SECOND_MS);
}

struct text day_iso(struct arena *arena, day d)
{
	struct civil_date date;

	if (d == DAY_NONE) return TEXT_NONE;
	date = civil_of_day(d);
	return arena_printf(arena, "%04d-%02d-%02d", date.year, date.month, date.mday);
}

struct text day_words(struct arena *arena, day d)
{
	struct civil_date date;

	if (d == DAY_NONE) return TEXT_NONE;
	date = civil_of_day(d);
	return arena_printf(arena, "%d %s %d", date.mday, months[date.month - 1], date.year);
}

struct text day_words_short(struct arena *arena, day d)
{
	struct civil_date date;

	if (d == DAY_NONE) return TEXT_NONE;
	date = civil_of_day(d);
	return arena_printf(arena, "%.3s %d %s", weekday_name(day_weekday(d)), date.mday, months[date.month - 1]);
}

int day_age_years(day birth, day on)
{
	struct civil_date born = civil_of_day(birth), then = civil_of_day(on);
	bool before_birthday = then.month < born.month || (then.month == born.month && then.mday < born.mday);

	return then.year - born.year - before_birthday;
}

struct text instant_iso_utc(struct arena *arena, instant at)
{
	struct civil_date date;
	int second;

	if (at == INSTANT_NONE) return TEXT_NONE;
	date = civil_of_day((day)(floor_to(at, DAY_MS) / DAY_MS));
	second = (int)((at - floor_to(at, DAY_MS)) / SECOND_MS);
	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.year, date.month, date.mday, second / 3600,
		second / 60 % 60, second % 60);
}
