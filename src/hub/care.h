/*
 * Care beside the decision, as an enquiry shows it: open cases of its children, who they may be, protection, transfers,
 * reviews of late information, what the referrer is owed.
 */
#ifndef HUB_CARE_H
#define HUB_CARE_H

#include "hub/hub.h"
#include "sql/care.h"

struct care {
	struct enquiry_open_case_rows open_cases;
	struct enquiry_person_rows links;
	struct enquiry_protection_rows protections;
	struct enquiry_transfer_in_rows transfers;
	struct enquiry_reviewed_rows reviews;
	struct enquiry_owing_rows owed;
	day today;
};

/* What the actor's role may not see is already "no value". */
NODISCARD bool care_load(struct hub *, struct enquiry_id, struct care *ret, struct error *);

/* Of an enquiry just taken in: whom its children may be, and their open cases; nothing else can be there yet. */
NODISCARD bool care_load_new(struct hub *, struct enquiry_id, struct care *ret, struct error *);

/* Does this work stand today? */
bool care_open(const struct care *, const struct enquiry_open_case *);

/* "possible": the ids of the persons a child may be. */
void care_possible_json(struct json *, const struct care *, struct child_id);
void care_json(struct json *, const struct care *);

#endif
