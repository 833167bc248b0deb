/*
 * Allocation: whom to give an enquiry to, and why.
 *
 * Enquiries are taken by risk (rating), then due. The worker: one who holds the same family, then one who holds a linked enquiry, then most room, then fewest
 * due today, then longest since last given one, then staff number; never by row order. Somebody away, full, of another
 * team or with a conflict of interest is never recommended. A recommendation only: a manager may choose otherwise.
 *
 * Source: domain.md, "Caseload, target, allocation". Pure; what it returns lives in the arena.
 */
#ifndef RULES_ALLOCATION_H
#define RULES_ALLOCATION_H

#include "base/instant.h"
#include "rules/caseload.h"
#include "rules/codes.h"

struct allocation_worker {
	int64_t id;
	struct text name;
	struct text staff_number;
	struct caseload caseload;
	int due_today;
	instant last_given_at; /* INSTANT_NONE: never, which is longest ago */
	bool same_family;      /* holds an enquiry about a sibling */
	bool same_incident;    /* holds a linked one */
	bool excluded;         /* conflict of interest, or not of the workstream's team */
};

struct allocation {
	size_t worker;    /* place in the list given */
	struct text why;  /* "most room; from 17 of 25 to 18 of 25" */
	struct text room; /* "from 17 of 25 to 18 of 25" */
};

/* False where nobody has room. */
NODISCARD bool allocation_recommend(
	struct arena *, const struct allocation_worker *workers, size_t count, struct allocation *ret);

/* Which of two comes first: below nought for the left one. For sorting, and for one who asks "why not her?". */
int allocation_compare_workers(const struct allocation_worker *, const struct allocation_worker *);

struct allocation_enquiry {
	int64_t id;
	enum rag rag; /* RAG_NONE comes last */
	instant due_at;
};

/* The order in which enquiries are taken. */
int allocation_compare_enquiries(const struct allocation_enquiry *, const struct allocation_enquiry *);

#endif
