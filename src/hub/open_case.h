/*
 * Open cases: work that a child's person has open in the council's case system, told by its list or by a person's hand.
 *
 * An NHS number with the same date of birth and given name is the same person; what one side doesn't say disagrees with
 * nothing. Names with a date of birth alone make it possible, for a person to confirm (person_link.h). One status of a
 * person from one day is one piece of work: told again, it is the same, or it changes.
 *
 * Source: domain.md, "Open cases".
 */
#ifndef HUB_OPEN_CASE_H
#define HUB_OPEN_CASE_H

#include "hub/on_enquiry.h"
#include "sql/open_case.h"

/* A row of the council's list. */
struct open_case_row {
	struct text nhs_number;
	struct text given_name;
	struct text family_name;
	day date_of_birth;
	struct text case_status;
	struct text case_worker;
	struct text case_manager;
	struct text case_team;
	day case_from;
	day case_to; /* the last day it is open; no value while it is */
};

extern const struct input_type open_case_row_input;

enum open_case_receipt { OPEN_CASE_NEW, OPEN_CASE_CHANGED, OPEN_CASE_PRESENT };

struct open_case_taken {
	enum open_case_receipt receipt;
	struct open_case_id open_case;
	int64_t possible; /* children who may be this person, newly found */
};
NODISCARD bool open_case_take(struct hub *, const struct open_case_row *, struct open_case_taken *ret, struct error *);

/* By hand, about a child of an enquiry. */
struct open_case_mark {
	struct on_enquiry on;
	int64_t child; /* its place in the enquiry */
	struct text case_status;
	struct text case_worker;
	struct text case_manager;
	struct text case_team;
	day case_from; /* no value: today */
	day case_to;
};

extern const struct input_type open_case_mark_input;
NODISCARD bool open_case_mark(struct hub *, const struct open_case_mark *, struct error *);

struct open_case_over {
	struct on_enquiry on;
	struct open_case_id open_case;
	day case_to;
};

extern const struct input_type open_case_over_input;
NODISCARD bool open_case_over(struct hub *, const struct open_case_over *, struct error *);

/* The open work about a child today, else what ended last; ret_found false for none ever. `open` says which. */
NODISCARD bool open_case_find(
	struct hub *, struct child_id, struct open_case_of_child_row *ret, bool *ret_found, struct error *);

#endif
