#include "rules/child.h"

/* A birth is expected within this many days of any enquiry about it: 40 weeks, and some for a date that passed. */
#define EXPECTED_DAYS_MOST 301
#define OVERDUE_DAYS_MOST  35
#define CHILD_YEARS_MOST   25 /* a care leaver's, or a young adult's with a disability; older is a slip */

static bool check_birth(struct decoder *d, day birth, day received)
{
	if (birth == DAY_NONE) return true;
	if (birth > received)
		return decode_problem(d, FIELD_date_of_birth,
			"Date of birth must not be after the enquiry; an unborn child has an expected date");
	if (day_age_years(birth, received) <= CHILD_YEARS_MOST) return true;
	return decode_problem(
		d, FIELD_date_of_birth, "Date of birth makes this child %d: check the year", day_age_years(birth, received));
}

static bool check_expected(struct decoder *d, day expected, day received)
{
	if (expected == DAY_NONE) return true;
	if (expected > received + EXPECTED_DAYS_MOST)
		return decode_problem(d, FIELD_expected_date, "Expected date must be within ten months of the enquiry");
	if (expected >= received - OVERDUE_DAYS_MOST) return true;
	return decode_problem(d, FIELD_expected_date, "Expected date is past: give the date of birth");
}

static bool check_alone(struct decoder *d, enum field field, struct text codes, const char *alone)
{
	struct text rest = codes, code;

	while (text_split(&rest, ';', &code))
		if (text_is(code, alone) && code.len != codes.len)
			return decode_problem(d, field, "%s can't stand beside other codes", alone);
	return true;
}

bool child_check(struct decoder *d, const struct child_particulars *c, day received)
{
	bool one = c->date_of_birth == DAY_NONE || c->expected_date == DAY_NONE;
	bool birth, expected, disability, factor;

	if (!one) decode_problem(d, FIELD_expected_date, "Give a date of birth or an expected date, not both");
	birth = check_birth(d, c->date_of_birth, received);
	expected = check_expected(d, c->expected_date, received);
	disability = check_alone(d, FIELD_disability, c->disability, "NONE");
	factor = check_alone(d, FIELD_factor, c->factor, "21");
	return one && birth && expected && disability && factor;
}

static struct text months_words(struct arena *arena, day birth, day on)
{
	struct civil_date from = civil_of_day(birth), to = civil_of_day(on);
	int months = (to.year - from.year) * 12 + to.month - from.month - (to.mday < from.mday);

	if (months < 1) {
		int days = on - birth;

		return arena_printf(arena, "%d day%s", days, days == 1 ? "" : "s");
	}
	return arena_printf(arena, "%d month%s", months, months == 1 ? "" : "s");
}

struct text child_age_words(struct arena *arena, day birth, day expected, day on)
{
	int years;

	if (birth == DAY_NONE && expected == DAY_NONE) return TEXT("age not known");
	if (birth == DAY_NONE) return arena_printf(arena, "unborn, due %.*s", TEXT_ARG(day_words(arena, expected)));
	if (birth > on) return TEXT("not yet born");
	years = day_age_years(birth, on);
	if (years >= 2) return arena_printf(arena, "%d years", years);
	return months_words(arena, birth, on);
}
