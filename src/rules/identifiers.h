/*
 * Identifiers: the numbers and codes that name a child, a property or an enquiry, checked and put in one form.
 *
 * Each *_parse takes what a person typed (spaces and, where usual, small letters allowed), gives the stored form in
 * the arena, or is false and says what is wrong in *ret_why, a sentence that lives for ever. Pure.
 */
#ifndef RULES_IDENTIFIERS_H
#define RULES_IDENTIFIERS_H

#include "base/arena.h"
#include "base/error.h"

/* Ten digits; ten equal ones are refused. Source: NHS Data Dictionary, NHS NUMBER, Modulus 11. */
NODISCARD bool nhs_number_parse(struct arena *, struct text raw, struct text *ret, const char **ret_why);
struct text nhs_number_shown(struct arena *, struct text stored); /* "943 476 5919" */

/* 13 characters with a check letter. Source: DfE, A guide to unique pupil numbers. */
NODISCARD bool upn_parse(struct arena *, struct text raw, struct text *ret, const char **ret_why);

/* Up to 12 digits, kept as text, without leading noughts. Source: OS, BS7666. */
NODISCARD bool uprn_parse(struct arena *, struct text raw, struct text *ret, const char **ret_why);

/* "OX14 5XE"; also GIR 0AA and the ZZ99 pseudo-codes. Source: BS7666-2, Royal Mail PAF. */
NODISCARD bool postcode_parse(struct arena *, struct text raw, struct text *ret, const char **ret_why);

/*
 * An enquiry's reference, PREFIX-YY-NNNNN-C: C is ISO/IEC 7064 MOD 37,36 over the characters before it without hyphens.
 * The prefix is one to six letters and digits; the year is the local year of receipt; a number past 99999 is longer.
 */
struct text reference_make(struct arena *, struct text prefix, int year, int64_t number);

/* The stored form of what was typed (small letters, spaces or no hyphens are fine), or false: not a reference. */
NODISCARD bool reference_parse(struct arena *, struct text raw, struct text *ret);

/* The check character of letters and digits; hyphens are passed over. Source: ISO/IEC 7064:2003. */
char mod_37_36(struct text);

#endif
