/*
 * Decode: one typed value from the text a form, a file, a body or an argument gave for a field.
 *
 * Every problem is added to the decoder's error under the field's name (within a list "children/2/name") and the
 * value that comes back is then "no value"; so decode everything, then ask decode_ok once. A blank is no value
 * and no problem: what must be there is asked with decode_required. Nothing is cut: what is too long is refused.
 * What comes back lives in the arena or is a slice of what was given. Pure.
 */
#ifndef RULES_DECODE_H
#define RULES_DECODE_H

#include "base/error.h"
#include "base/instant.h"
#include "rules/fields.h"

struct decoder {
	struct arena *arena;
	struct error *err;
	const char *list; /* "children" while the values are those of one of a list, else NULL */
	size_t index;     /* which one, from nought */
};

/*
 * Fields kept as text: one line, narrative, code, code list, NHS number, UPN, UPRN, postcode, e-mail, telephone,
 * secret. Trimmed (not a secret); identifiers in their stored form; line ends of a narrative as "\n".
 */
struct text decode_text(struct decoder *, enum field, struct text raw);

day decode_day(struct decoder *, enum field, struct text iso);

/* From the three boxes of a form; all three blank is no value. */
day decode_day_parts(struct decoder *, enum field, struct text mday, struct text month, struct text year);

/* ISO 8601 with an offset, cut to whole seconds. */
instant decode_instant(struct decoder *, enum field, struct text iso);

/* A local date and a time "10:42" of London: a doubled hour is the earlier one, a lost one is a problem. */
instant decode_local(struct decoder *, enum field, day, struct text time);

int64_t decode_int(struct decoder *, enum field, struct text raw); /* or INT_NONE */
double decode_real(struct decoder *, enum field, struct text raw); /* or NaN */
bool decode_bool(struct decoder *, enum field, struct text raw);   /* yes or no; blank is no */

/* Adds "Enter ..." where a value that must be there is not; returns present. */
bool decode_required(struct decoder *, enum field, bool present);

/* Adds a problem with this field, in the list if there is one; returns false. */
bool decode_problem(struct decoder *, enum field, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* True while nothing was wrong; otherwise sets the error's message. */
NODISCARD bool decode_ok(struct decoder *);

#endif
