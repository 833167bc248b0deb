/*
 * Deciding alone, and the second look: when nobody has answered inside a red's clock, the person on duty decides
 * section 47 alone, and another person looks at it by the end of the next working day. Protecting doesn't wait for a
 * signature; being alone with it does not last.
 *
 * Asking for a signature stands here too: whoever is asked sees the record and finds it on their first page.
 *
 * Source: domain.md, "Protecting needs one person, stopping needs two".
 */
#ifndef HUB_SECOND_LOOK_H
#define HUB_SECOND_LOOK_H

#include "hub/on_enquiry.h"
#include "sql/second_look.h"

struct enquiry_decide_alone {
	struct on_enquiry on;
};

/*
 * Authorises an unanswered recommendation of section 47 for every child it speaks of, with nobody's second signature.
 * REFUSED with what is missing: on duty, a red, its clock run out, section 47 and nothing else.
 */
NODISCARD bool enquiry_decide_alone(struct hub *, const struct enquiry_decide_alone *, struct error *);

/* Is that so now, for this actor? For the buttons. */
NODISCARD bool alone_may(struct hub *, const struct episode *, bool *ret, struct error *);

struct second_look_take {
	struct on_enquiry on;
	struct text second_look; /* agreed or disagreed */
	struct text reason;      /* needed to disagree */
};

extern const struct input_type second_look_take_input;

/* By somebody who neither recommended nor decided it; disagreeing asks for a review, which may re-open it. */
NODISCARD bool second_look_take(struct hub *, const struct second_look_take *, struct error *);

/* Does a second look wait that this actor may take? */
NODISCARD bool second_look_may(struct hub *, const struct episode *, bool *ret, struct error *);

#define WAITING_ROWS_MOST 50

/* Second looks still to be taken, and what the actor was asked to sign; both the first due first. */
NODISCARD bool second_look_list(struct hub *, struct second_look_waiting_rows *ret, struct error *);
NODISCARD bool signature_list(struct hub *, struct signature_rows *ret, struct error *);

/* Who may be asked to sign. */
NODISCARD bool signature_candidates(struct hub *, struct signature_person_rows *ret, struct error *);

#endif
