/*
 * Printing a record for a meeting: the parts that were chosen, without the private people who told the hub (sources 1A to 1D
 * and 9) and without other people outside the family, unless somebody says why they belong on paper.
 *
 * Who took which parts is on the record's access log before the paper is let out, and so is the wish of somebody who may not
 * see the record. What was said is printed as it was written: the page says to read it for names first.
 */
#ifndef HUB_PRINT_H
#define HUB_PRINT_H

#include "hub/enquiry_view.h"

#define PRINT_CONTACTS_MOST 500

struct enquiry_print {
	struct text parts; /* codes of print_part, with ';' between */
	bool private_people;
	struct text private_reason;
};

extern const struct input_type enquiry_print_input;

struct print_view {
	struct enquiry_view enquiry;
	struct contact_list contacts;
	bool has[PRINT_PART_COUNT];
	bool private_people;
	bool referrer_left_out; /* there is one, and it is a private person's */
	struct text printed_by;
	instant printed_at;
};

NODISCARD bool enquiry_print(
	struct hub *, struct text reference, const struct enquiry_print *, struct print_view *ret, struct error *);

/* True for a source that is a private person. */
bool source_is_private(struct text source_code);

/* The record that is there though the actor does not see it; 0: there is none. */
NODISCARD bool enquiry_unseen(struct hub *, struct text reference, struct enquiry_id *ret, struct error *);

#endif
