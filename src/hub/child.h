/*
 * Child of an enquiry: added, corrected, removed, put back. Nothing is lost: what was known before a correction is
 * kept, a removed child keeps its row and its place, and one that is put back is a new child with the same
 * particulars, so that what the returns counted meanwhile stays true.
 *
 * Which person a child is: the one with the same NHS number, date of birth and given name, else a new one. A correction of the
 * NHS number or the date of birth never moves a child to another person by itself: where its person is shared with
 * other children and nobody confirmed that, it becomes a person of its own; whom it may be is asked (person_link).
 *
 * Source: domain.md, "Life of an enquiry" and "Daily return" (added, removed).
 */
#ifndef HUB_CHILD_H
#define HUB_CHILD_H

#include "hub/on_enquiry.h"
#include "sql/child.h"

#define CHILDREN_MOST 50

struct child_receive {
	struct text given_name;
	struct text family_name;
	day date_of_birth;
	day expected_date;
	struct text sex;
	struct text ethnicity;
	struct text nhs_number;
	struct text address;
	struct text postcode;
	struct text parent_name;
};

extern const struct input_type child_receive_input;

/* clang-format off: a struct's ten members of a child's particulars, for a table of input members. */
#define CHILD_MEMBERS(type, at)                                                                                        \
	{FIELD_given_name, COLUMN_TEXT, offsetof(type, at given_name), false},                                             \
		{FIELD_family_name, COLUMN_TEXT, offsetof(type, at family_name), false},                                       \
		{FIELD_date_of_birth, COLUMN_DAY, offsetof(type, at date_of_birth), false},                                    \
		{FIELD_expected_date, COLUMN_DAY, offsetof(type, at expected_date), false},                                    \
		{FIELD_sex, COLUMN_TEXT, offsetof(type, at sex), false},                                                       \
		{FIELD_ethnicity, COLUMN_TEXT, offsetof(type, at ethnicity), false},                                           \
		{FIELD_nhs_number, COLUMN_TEXT, offsetof(type, at nhs_number), false},                                         \
		{FIELD_address, COLUMN_TEXT, offsetof(type, at address), false},                                               \
		{FIELD_postcode, COLUMN_TEXT, offsetof(type, at postcode), false},                                             \
	{                                                                                                                  \
		FIELD_parent_name, COLUMN_TEXT, offsetof(type, at parent_name), false                                          \
	}
/* clang-format on */

/* What one field can't know: the two dates, dates against receipt, something to know the child by. Collects fields. */
void child_receive_check(struct decoder *, const struct child_receive *, day received);

/* A person of these particulars, whom nobody is linked to yet. */
NODISCARD bool child_person_new(struct hub *, const struct child_receive *, struct person_id *ret, struct error *);

struct child_new {
	struct enquiry_id enquiry;
	int64_t position;
	struct text added_reason; /* no value: it came with the enquiry */
	struct person_id person;  /* 0: whoever it certainly is, else a new one */
};

struct child_written {
	struct child_id id;
	struct person_id person;
	bool known; /* the person was there before, or somebody who was may be the child */
};

/* Writes the row of one child and finds its person. */
NODISCARD bool child_write(
	struct hub *, const struct child_new *, const struct child_receive *, struct child_written *ret, struct error *);

struct child_add {
	struct on_enquiry on;
	struct text reason;
	struct child_receive child;
};

extern const struct input_type child_add_input;

/* To an open enquiry. The order of screening is found anew; a screen-out that waits is overtaken. */
NODISCARD bool child_add(struct hub *, const struct child_add *, struct error *);

struct child_correction {
	struct on_enquiry on;
	int64_t child; /* its place, from 1 */
	struct text reason;
	struct child_receive as; /* the whole of it: what is left out is taken away */
};

extern const struct input_type child_correction_input;
NODISCARD bool child_correct(struct hub *, const struct child_correction *, struct error *);

struct child_remove {
	struct on_enquiry on;
	int64_t child;
	struct text reason;
	struct text necessary; /* only where the enquiry ends by it: the finding, by a manager */
	struct text necessary_reason;
};

extern const struct input_type child_remove_input;

/*
 * Refused for a child with an outcome in this episode and for the last child. A recommendation or screen-out that
 * speaks of the child is overtaken. Where every other child has its outcome, the episode ends decided: then whoever
 * may authorise removes it, and gives the finding.
 */
NODISCARD bool child_remove(struct hub *, const struct child_remove *, struct error *);

/* Would removing this child end the episode: has every other one its outcome? Asked by the form, too. */
NODISCARD bool child_removal_ends(struct hub *, const struct episode *, int64_t child, bool *ret, struct error *);

struct child_restore {
	struct on_enquiry on;
	int64_t child;
	struct text reason;
};

extern const struct input_type child_restore_input;

/* Undoes a removal, once: added again, with the same particulars and person, in a new place. */
NODISCARD bool child_restore(struct hub *, const struct child_restore *, struct error *);

/* What the steps above share: one child by its place, or the problem with it under the field "child". */
NODISCARD bool child_load(
	struct hub *, const struct episode *, int64_t position, struct child_row *ret, struct error *);

struct child_receive child_particulars_of(const struct child_row *);

/* After children changed: how many there are now, and where it stands in the order of screening. */
NODISCARD bool child_settle(struct hub *, const struct episode *, struct error *);

#endif
