/*
 * Holding: a red, or any rated enquiry past half its clock, that finds no room has a manager's name on it.
 *
 * When as many enquiries as this wait for a worker as their team has room, all of them find room; the others, the least
 * urgent, are held by whoever duty_holder names. What is held stays held when room comes back, and is allocated from
 * there. A screen-out that waits for its second person looks for no room. Of an accumulation only what has been
 * screened since it was taken over is held, and for its clock only where half of it passed after that screening: clocks
 * that ran out before the work began would give one manager hundreds.
 *
 * Source: domain.md, "held"; docs/decisions/0004.
 */
#ifndef HUB_HOLDING_H
#define HUB_HOLDING_H

#include "hub/on_enquiry.h"
#include "sql/holding.h"

/*
 * Holds whatever finds no room in this workstream, and in those that a lent worker ties to another; 0 is all of them
 * (absence, hours, caps, the end of a loan or an account, and the chore). To be called last in every action that rates,
 * allocates, puts back, re-opens or moves an enquiry, or that makes room smaller: episodes the caller has read may be of
 * an older version afterwards. A file tells what has happened: there it does nothing. At most 300 at once in each: the
 * chore holds the rest.
 */
NODISCARD bool holding_settle(struct hub *, struct workstream_id, struct error *);

/* The chore: for what passes half its clock, and for room that goes by the clock (absence, the end of a loan). */
NODISCARD bool holding_chore_due(struct hub *, bool *ret, struct error *);
NODISCARD bool holding_chore(struct hub *, struct error *);

struct enquiry_hold {
	struct on_enquiry on;
	struct account_id held_by; /* a manager who is here; 0: whoever acts */
	struct text reason;        /* needed where it is taken from a worker */
};

extern const struct input_type enquiry_hold_input;

/* screened, allocated, recommended or held by another -> held. */
NODISCARD bool enquiry_hold(struct hub *, const struct enquiry_hold *, struct error *);

/* Who may hold it: managers and deputies who are here. */
NODISCARD bool holding_people(struct hub *, struct holding_manager_rows *ret, struct error *);

struct enquiry_unallocate {
	struct on_enquiry on;
	struct text reason;
};

extern const struct input_type enquiry_unallocate_input;

/* allocated or held -> screened: back to unallocated, with nobody; held at once where it finds no room. */
NODISCARD bool enquiry_unallocate(struct hub *, const struct enquiry_unallocate *, struct error *);

/* The same for an episode that is locked, without settling and with no right asked for: a part of a larger action. */
NODISCARD bool holding_put_back(struct hub *, struct episode *, const struct step *, struct error *);

/* What was said when it was held, put back or swapped by hand: case content, beside the step's history. */
struct holding_said {
	const char *kind;        /* held, put_back, swapped */
	struct account_id about; /* who holds it now, or whose it was */
	struct episode_id other; /* what it was swapped with, else 0 */
	struct text reason;
};
NODISCARD bool holding_note(struct hub *, const struct episode *, const struct holding_said *, struct error *);

/* Where room stands in an enquiry's workstream now. */
NODISCARD bool holding_room_of(struct hub *, struct workstream_id, int64_t *ret_room, struct error *);

#endif
