/*
 * Signing: stopping needs two, protecting needs one.
 *
 * Screen-out, every outcome, lowering a rating and withdrawal need a second person, never the one who proposed or
 * recommended it: whom the policy names of a practice manager, a dated deputy, the EDT manager on shift and the service
 * manager (all of them as it ships). The hub's own operator always may. Making red,
 * asking for a strategy discussion and escalating need no signature. An EDT manager signs on an EDT shift of the rota; where
 * the rota names nobody for that time, out of hours. Pure.
 *
 * Source: domain.md, "People in the system" and "screened out".
 */
#ifndef RULES_SIGNING_H
#define RULES_SIGNING_H

#include "rules/policy.h"

/* What keeps the second signature of a screen-out from being delegated, whatever the policy says. */
enum no_delegation {
	NO_DELEGATION_UNDER_ONE = 1 << 0, /* or unborn */
	NO_DELEGATION_INJURY = 1 << 1,    /* or sexual harm */
	NO_DELEGATION_OWN_REPORT = 1 << 2,
	NO_DELEGATION_PREGNANCY = 1 << 3,
	NO_DELEGATION_WEAPON = 1 << 4,    /* or strangulation */
	NO_DELEGATION_THIRD = 1 << 5,     /* enquiry in 12 months */
	NO_DELEGATION_PLAN = 1 << 6,      /* or care, in the last 12 months */
	NO_DELEGATION_DISAGREED = 1 << 7, /* an agency */
	NO_DELEGATION_EVERYTHING = 0xff,
};

struct signing {
	enum proposal_kind kind;
	int64_t proposed_by; /* account, whoever proposed or recommended it */
	int64_t signer;      /* account */
	enum role role;      /* the signer's */
	bool deputy;         /* named as deputy for this date */
	bool on_shift;       /* EDT: on a shift of the rota, or hours are not enforced (a file) */
	unsigned no_delegation;
};

/* Everybody a policy may name. */
struct signer {
	unsigned bit; /* of struct policy's signers */
	const char *name;
	const char *words;
	bool in_hours;     /* can be there then; a deputy only while one is named */
	bool out_of_hours; /* and then */
};
#define SIGNER_COUNT 4
extern const struct signer signer_list[SIGNER_COUNT];

/* "a practice manager, a named deputy or the service manager" */
#define SIGNING_WORDS_BYTES 120
const char *signing_words(char words[static SIGNING_WORDS_BYTES], unsigned signers);

/* Does the policy name this role, as itself or as a deputy, for this kind? Not whether they may now: signing_check. */
bool signing_names(const struct policy *, enum proposal_kind, enum role);

/* True where this person may sign; refuses with who may. */
NODISCARD bool signing_check(const struct policy *, const struct signing *, struct error *);

/* Does this change of rating need a second person? Raising never does; a first rating never does, save from a red. */
bool signing_lowers(enum rag from, enum rag to);

/*
 * May the person on duty decide alone? Only section 47, only when a red's clock has run out unanswered; a second look is
 * then due the next working day.
 */
bool signing_alone(enum outcome, enum rag, instant due, instant now);

#endif
