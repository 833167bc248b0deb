/*
 * No room: what the forms to hold, swap, lend and put back show, and the words of the hub page for what is held.
 */
#ifndef WEB_ROOM_H
#define WEB_ROOM_H

#include "hub/allocation.h"
#include "hub/enquiry_view.h"
#include "hub/hub_now.h"
#include "hub/loan.h"
#include "hub/swap.h"

struct step_view;

#define ROOM_OFFERS_MOST 20

/* What the form of one of these steps needs; empty for every other step. */
struct room_view {
	int64_t room; /* of the workstream's team, whoever is lent to it counted */
	struct holding_manager_rows managers;
	struct swap_offer_rows offers;
	struct loan_worker_rows lendable;
};

NODISCARD bool room_load(struct hub *, struct step_view *, struct error *);

/* "No room in this team." or "There is room for 3 in this team." */
struct text room_words(struct arena *, const struct step_view *);

const struct choice *room_manager_choices(const struct step_view *);
const struct choice *room_offer_choices(const struct step_view *);
const struct choice *room_lendable_choices(const struct step_view *);

/* "Swapped for OX-0012 by Paul Ellis, Tue 7 July, 10:12: the reason" */
struct text room_note(struct arena *, const struct holding_note *);

/* Steps of the history that are about room: "Held by Paul Ellis: nobody has room"; no value for any other. */
struct text room_event(struct arena *, const struct enquiry_step *);

/* "held_since", and "rooms": of each workstream where something is held, its room and what could go back first. */
void room_json(struct json *, const struct hub_now_view *);

/* The workstream of this row, or NULL where it isn't on the page. */
const struct hub_room *room_of_row(const struct hub_now_view *, const struct hub_now_row *);

bool room_is_there(const struct hub_room *); /* NULL: not */

/* "OX-0012 (Green, Asha Rahman), OX-0014 (Amber, Ciaran Byrne)": what could go back, for the hub page. */
struct text room_swap_words(struct arena *, const struct swap_offer_rows *);

/* "held by Paul Ellis for 12 minutes": behind "No room: 1". */
struct text room_held_words(struct arena *, const struct hub_now_view *);

#endif
