/*
 * Oversight notes: a manager's, on an enquiry, seen by hub staff, never changed.
 *
 * Source: domain.md, "Outcomes (per child)".
 */
#ifndef HUB_OVERSIGHT_H
#define HUB_OVERSIGHT_H

#include "hub/on_enquiry.h"
#include "sql/oversight.h"

#define OVERSIGHT_PAGE_ROWS 20
#define OVERSIGHT_ON_RECORD 5

struct oversight_write {
	struct on_enquiry on; /* the version is not asked */
	struct text oversight_note;
};

extern const struct input_type oversight_write_input;
NODISCARD bool oversight_write(struct hub *, const struct oversight_write *, struct error *);

struct oversight_list {
	struct oversight_row *rows;
	size_t count;
	int64_t total;
	struct text next;
};

/* The latest first; the project manager sees how many there are, and who wrote them when. */
NODISCARD bool oversight_list(
	struct hub *, struct enquiry_id, struct text cursor, int64_t limit, struct oversight_list *ret, struct error *);

#endif
