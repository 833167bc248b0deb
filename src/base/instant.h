/*
 * Instants and days: when something happened, and on which date.
 *
 * An instant is milliseconds since 1970-01-01T00:00:00Z, a day is days since 1970-01-01; both plain integers so
 * that they subtract and compare. "No value" is INSTANT_NONE and DAY_NONE, smaller than every real one. Years
 * 1 to 9999. Days are proleptic Gregorian. Pure; safe from any thread.
 */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include "base/arena.h"

typedef int64_t instant;
typedef int32_t day;

#define INSTANT_NONE INT64_MIN
#define DAY_NONE     INT32_MIN
#define SECOND_MS    ((int64_t)1000)
#define MINUTE_MS    (60 * SECOND_MS)
#define HOUR_MS      (60 * MINUTE_MS)
#define DAY_MS       (24 * HOUR_MS)

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, WEEKDAY_COUNT };

struct civil_date {
	int year;  /* 1 to 9999 */
	int month; /* 1 to 12 */
	int mday;  /* 1 to 31 */
};

bool civil_valid(struct civil_date);
day day_of_civil(struct civil_date); /* must be valid */
struct civil_date civil_of_day(day);
enum weekday day_weekday(day);
const char *weekday_name(enum weekday); /* "Monday" ... */
const char *month_name(int month);      /* 1 is "January" */

/* "2015-06-30" and nothing else, or false. */
bool day_parse(struct text, day *ret_day);
struct text day_iso(struct arena *, day);         /* "2015-06-30"; no value gives no value */
struct text day_words(struct arena *, day);       /* "30 June 2015" */
struct text day_words_short(struct arena *, day); /* "Tue 30 June" */

/* Whole years from birth to on, as birthdays count; 29 February's is 1 March in other years. */
int day_age_years(day birth, day on);

/* ISO 8601 with an offset ("2015-06-30T10:42:00+01:00", "...Z"; fractions of a second are cut), or false. */
bool instant_parse(struct text, instant *ret_instant);

/* The same instant cut to whole seconds, towards the past. */
instant instant_whole_second(instant);

struct text instant_iso_utc(struct arena *, instant); /* "2015-06-30T09:42:00Z" */

#endif
