/*
 * The settings of a policy that are lists: who signs, codes that are offered no more, the directory of services.
 *
 * Each is read from the value of its line and written as it is read. Refused in one short sentence, for the line it stands
 * on. Pure.
 *
 * A code is retired for who chooses it anew, never for what is on record, and never where another system or a file sends
 * it: one bad code must not hide a child. Codes that rules hang on can't be retired, nor "other", which is the way out.
 */
#ifndef RULES_POLICY_LISTS_H
#define RULES_POLICY_LISTS_H

#include "base/buffer.h"
#include "rules/decode.h"
#include "rules/policy.h"

/* "practice_manager deputy edt_manager": roles that access.h lets try, one of them there in hours and one out of hours. */
NODISCARD bool policy_signers_parse(struct text, enum proposal_kind, unsigned *ret, struct error *);
void policy_signers_write(struct buffer *, unsigned signers);

/* "bereavement private_fostering", or none. */
NODISCARD bool policy_codes_parse(struct text, enum code_list, uint64_t *ret, struct error *);
void policy_codes_write(struct buffer *, enum code_list, uint64_t retired);

/* "Parenting group; School nurse": each a name of its own, one at least. */
NODISCARD bool policy_services_parse(struct arena *, struct text, struct service_names *ret, struct error *);
void policy_services_write(struct buffer *, struct service_names);

bool service_named(struct service_names, struct text name); /* whatever its capitals */

bool code_may_retire(enum code_list, int place);
bool code_retired(const struct retired_codes *, enum code_list, int place);

/* Adds a problem for each retired code among these (with ';' between) of a field; returns true where there is none. */
bool decode_offered(struct decoder *, const struct retired_codes *, enum field, struct text codes);

#endif
