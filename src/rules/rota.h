/*
 * Rota: who may be named for which duty, and where a rota leaves nobody.
 *
 * While the hub is open somebody is duty manager and somebody screens; while it is closed somebody is on EDT and somebody
 * is on call. A gap is a time when nobody is, although it is needed; whoever is away counts for nothing. Pure.
 *
 * Source: domain.md, "People in the system"; issue 3, "a rota with a gap at night (warned before it comes)".
 */
#ifndef RULES_ROTA_H
#define RULES_ROTA_H

#include "rules/clock.h"

#define SHIFT_DAYS_MOST 7
#define ROTA_AHEAD_DAYS 7 /* how far ahead a gap is looked for */

/* May somebody of this role be named? `deputy`: named as a manager's deputy for the whole of it. */
bool duty_suits(enum duty, enum role, bool deputy);

/* Who may, in words: "a practice manager, or a deputy for all of that time". */
const char *duty_suits_words(enum duty);

/* When somebody is on duty, and when somebody is away; `ends_at` INSTANT_NONE: nobody knows yet. */
struct rota_span {
	int64_t account;
	enum duty duty; /* of a shift */
	instant starts_at;
	instant ends_at;
};

struct rota {
	const struct rota_span *shifts;
	size_t shift_count;
	const struct rota_span *absences;
	size_t absence_count;
};

enum rota_need {
	ROTA_NEEDS_EDT,          /* an EDT worker or manager, while closed */
	ROTA_NEEDS_ON_CALL,      /* while closed */
	ROTA_NEEDS_DUTY_MANAGER, /* while open */
	ROTA_NEEDS_SCREENER,     /* while open */
	ROTA_NEED_COUNT,
};

struct rota_gap {
	enum rota_need need;
	instant from;
	instant to;
};

struct rota_gaps {
	struct rota_gap *rows; /* by their beginning */
	size_t count;
};

/*
 * The gaps between two instants. Times that need somebody one after the other (two nights) and both have nobody from end
 * to end are one gap.
 */
void rota_gaps(
	struct arena *, const struct policy *, const struct rota *, instant from, instant to, struct rota_gaps *ret);

/* "From Sat 4 July, 18:00 to Sun 5 July, 08:00 nobody is on EDT"; one that has begun: "Until ... nobody is on EDT". */
struct text rota_gap_words(struct arena *, const struct rota_gap *, instant now);

/* The code of a need: "edt", "on_call", "duty_manager", "screener". */
const char *rota_need_code(enum rota_need);

#endif
