/*
 * London time: local civil time in England, from the rule and not from a file.
 *
 * British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of
 * October (1996 on; Summer Time Order 2002). Checked against tzdata in the tests. Pure; safe from any thread.
 */
#ifndef BASE_LONDON_H
#define BASE_LONDON_H

#include "base/error.h"
#include "base/instant.h"

struct london_time {
	day day;
	int second;         /* of the local day as the wall clock shows it, 0 to 86399 */
	int offset_minutes; /* 0 or 60 */
};

struct london_time london_of_instant(instant);

/* The local wall time's instant: a doubled hour (October) is the earlier one, a lost one (March) is false. */
NODISCARD bool london_to_instant(day, int second, instant *ret_instant);

/* As above for times that rules make: a lost time moves on to the first that exists. */
instant london_instant(day, int second);

day london_day(instant);
instant london_midnight(day);

/* "2015-06-30T10:42:00+01:00" into a fixed place with its NUL; the instant must be one. */
#define LONDON_ISO_BYTES 26
void london_iso_write(instant, char into[LONDON_ISO_BYTES]);

struct text london_iso(struct arena *, instant);   /* "2015-06-30T10:42:00+01:00"; no value gives no value */
struct text london_words(struct arena *, instant); /* "Tuesday 30 June 2015, 10:42" */
struct text london_short(struct arena *, instant); /* "Tue 30 June, 10:42" */
struct text london_clock(struct arena *, instant); /* "10:42" */

#endif
