/*
 * Risk: the order in which what is not yet screened is shown, in words and without a score.
 *
 * Danger; under one or unborn; injury or sexual harm; the child's own report or A&E; came before in 90 days; then the
 * oldest. Source: domain.md, "screened". Pure.
 */
#ifndef RULES_RISK_H
#define RULES_RISK_H

#include "base/instant.h"
#include "rules/codes.h"

enum risk_rank {
	RISK_DANGER,
	RISK_UNDER_ONE,
	RISK_INJURY,
	RISK_OWN_REPORT,
	RISK_CAME_BEFORE,
	RISK_OLDEST,
	RISK_COUNT,
};

struct risk {
	bool immediate_danger;
	bool under_one_or_unborn; /* any child: risk_under_one */
	struct text concerns;     /* codes with ';' between */
	enum source source;
	bool came_before; /* a child of it, in the 90 days before */
	instant received_at;
};

enum risk_rank risk_rank(const struct risk *);

/* "Immediate danger", "Under one or unborn" ...; for the last no value: nothing is shown. */
struct text risk_words(enum risk_rank);

/* Every reason that applies, in order, with "; " between. */
struct text risk_reasons(struct arena *, const struct risk *);

/* By rank, then the oldest first: as qsort's. */
int risk_compare(const struct risk *, const struct risk *);

/* True for a child under one on the date, or with an expected date and no date of birth. */
bool risk_under_one(day date_of_birth, day expected_date, day on);

/* True where a concern means injury or sexual harm. */
bool risk_concern_harms(enum concern);

#endif
