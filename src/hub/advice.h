/*
 * Advice to a family or a professional: a record of its own, on an enquiry or on none (a no-names consultation). Where
 * the child proves at risk it is named or escalated: an enquiry is recorded from it, or it is put to one there is.
 */
#ifndef HUB_ADVICE_H
#define HUB_ADVICE_H

#include "hub/on_enquiry.h"
#include "sql/advice.h"

#define ADVICE_PAGE_ROWS 25

struct advice_give {
	struct on_enquiry on; /* no reference: on none; the version is not asked */
	struct text advice_to;
	struct text asked_by; /* on none it has to be said: a name, or the work is enough */
	struct text advice;
};

extern const struct input_type advice_give_input;
NODISCARD bool advice_give(struct hub *, const struct advice_give *, struct advice_id *ret, struct error *);

struct advice_list {
	struct advice_row *rows;
	size_t count;
	struct text next;
};

/* The latest first, on an enquiry the actor may see or on none. */
NODISCARD bool advice_list(struct hub *, struct text cursor, struct advice_list *ret, struct error *);
void advice_list_json(struct json *, const struct advice_list *);
NODISCARD bool advice_show(struct hub *, struct advice_id, struct advice_row *ret, struct error *);

/* Puts it to an enquiry the actor may see; REFUSED where it is on one already. */
NODISCARD bool advice_escalate(struct hub *, struct advice_id, struct text reference, struct error *);

#endif
