/*
 * Allocating: to one worker of the workstream's team, with room under the cap, not away.
 *
 * Whom the rules recommend, and why, is shown and kept with each allocation; a manager may choose another and says why.
 * The caseload counter and its cap are kept by the schema, so of two managers at 24 of 25 exactly one succeeds.
 *
 * Source: domain.md, "allocated" and "Caseload, target, allocation".
 */
#ifndef HUB_ALLOCATION_H
#define HUB_ALLOCATION_H

#include "hub/on_enquiry.h"
#include "sql/allocation.h"

struct enquiry_allocate {
	struct on_enquiry on;
	struct account_id worker;
	struct text reason; /* needed where the rules recommend another, and to reallocate */
};

extern const struct input_type enquiry_allocate_input;

/* screened -> allocated. */
NODISCARD bool enquiry_allocate(struct hub *, const struct enquiry_allocate *, struct error *);

/* From one worker to another; a waiting recommendation is overtaken. */
NODISCARD bool enquiry_reallocate(struct hub *, const struct enquiry_allocate *, struct error *);

/*
 * The same for an episode that is locked, as a part of a larger action: no right and no reason is asked for. REFUSED where
 * this worker is not of the team, is away or is full.
 */
NODISCARD bool allocation_give(
	struct hub *, struct episode *, const struct step *, const struct enquiry_allocate *, struct error *);

/* Does it take this step, to a worker or a holder? REFUSED also while a screen-out of it waits. */
NODISCARD bool allocation_not_screened_out(const struct episode *, enum transition, struct error *);

struct candidate {
	struct account_id worker;
	struct text name;
	struct text staff_number;
	int64_t open;
	int64_t limit;
	int64_t room;
	int64_t due_today;
	bool away;
	bool same_family;
	bool same_incident;
	struct text caseload; /* "17 of 25" */
};

struct candidates {
	struct candidate *rows; /* every worker of the team, the recommended first */
	size_t count;
	struct account_id recommended; /* 0: nobody has room */
	struct text recommended_name;
	struct text why; /* "most room; from 17 of 25 to 18 of 25" */
};

/* Whom the rules recommend for this enquiry, why, and everybody it could go to. */
NODISCARD bool enquiry_candidates(struct hub *, const struct episode *, struct candidates *ret, struct error *);

#endif
