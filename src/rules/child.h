/*
 * Child: what must hold between the particulars of one child in an enquiry.
 *
 * A child has a date of birth or an expected date (unborn), not both, or neither known; may have one name only; is not
 * born after the enquiry. Disability NONE and factor 21 stand alone. Pure.
 */
#ifndef RULES_CHILD_H
#define RULES_CHILD_H

#include "rules/decode.h"

struct child_particulars {
	day date_of_birth;
	day expected_date;
	struct text disability; /* codes with ';' between */
	struct text factor;
};

/* Adds each problem to the decoder's error; false if anything was added. */
NODISCARD bool child_check(struct decoder *, const struct child_particulars *, day received);

/* "6 years", "3 months", "unborn, due 3 September 2015", "age not known". */
struct text child_age_words(struct arena *, day date_of_birth, day expected_date, day on);

#endif
