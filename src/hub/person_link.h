/*
 * Person links: is this child of an enquiry that person? What is only possible waits for somebody to confirm or refuse
 * it with a reason; only a confirmed one changes whom the child is linked to, and so what is known and routed. An
 * answer can be changed later: refusing what was confirmed links the child to whom it was linked before.
 *
 * Only persons with open work in the council's case system are sought so far.
 */
#ifndef HUB_PERSON_LINK_H
#define HUB_PERSON_LINK_H

#include "hub/on_enquiry.h"
#include "sql/person_link.h"

/* Seeks whom a child just taken in may be, and the children who may be this person; the second counts the new ones. */
struct child_receive;
NODISCARD bool person_link_seek(
	struct hub *, struct child_id, const struct child_receive *, bool *ret_found, struct error *);
NODISCARD bool person_link_seek_for(struct hub *, struct person_id, int64_t *ret_found, struct error *);

/* Whom a child is linked to. */
NODISCARD bool person_link_person(struct hub *, struct child_id, struct person_id *ret, struct error *);

struct person_answer {
	struct on_enquiry on;
	struct person_link_id person_link;
	struct text link_state; /* confirmed or refused */
	struct text reason;
};

extern const struct input_type person_answer_input;
NODISCARD bool person_link_decide(struct hub *, const struct person_answer *, struct error *);

/* What waits for an answer, in open enquiries, the longest first. */
struct possible_list {
	struct possible_person *rows;
	size_t count;
	struct text next;
};
NODISCARD bool person_link_list(struct hub *, struct text cursor, struct possible_list *ret, struct error *);
/* How many wait, over the whole hub. */
NODISCARD bool person_link_count(struct hub *, int64_t *ret, struct error *);

void possible_list_json(struct json *, const struct possible_list *);

#endif
