/*
 * Steps: what can be done to an enquiry, each an address under it, a form, and a sending.
 *
 * One table (steps.c) says of each step its action, address, title, input and the hub's action that takes it; the
 * routes, the buttons of the enquiry's page and the forms are made from it.
 */
#ifndef WEB_STEPS_H
#define WEB_STEPS_H

#include "hub/allocation.h"
#include "hub/enquiry_view.h"
#include "hub/service.h"
#include "web/page.h"
#include "web/room.h"
#include "web/signing.h"

struct step_view;

/* Where the enquiry's page leads to it from. */
enum step_place {
	STEP_BUTTON, /* a button at its head */
	STEP_MORE,   /* the list of what else can be recorded */
	STEP_ROW,    /* what it is about: its row in a table */
};

struct step_page {
	enum action action;
	const char *slug;  /* "screen": /enquiries/{reference}/screen */
	const char *title; /* "Screen" */
	const char *done;  /* what the redirect says was done */
	const struct input_type *input;
	bool versioned; /* changes what the version guards */
	bool (*take)(struct hub *, const void *in, struct error *);
	void (*fields)(struct html *, const struct step_view *);
	enum step_place place;
};

const struct step_page *step_by_slug(struct text slug);
const struct step_page *step_by_action(enum action); /* NULL: the action is no step */

/* To change a child, link and move. */
struct children_view {
	const struct enquiry_child *child; /* the one a step on a child is about */
	bool removal_ends;                 /* removing it ends the episode */
	struct text link;                  /* the other enquiry, to take the link away */
	struct choices workstreams;
};

/* What a step's form shows. */
struct step_view {
	const struct step_page *step;
	struct form_state form;
	struct enquiry_view enquiry;
	struct candidates candidates;         /* to allocate */
	struct signature_person_rows signers; /* to ask one to sign */
	struct room_view room;                /* to hold, swap, lend and put back */
	struct children_view children;
	struct service_rows services; /* to recommend and screen out */
	struct form_person *people;   /* to name, to take off, to own a restriction */
	size_t people_count;
	struct text hand_over; /* the one asked about */
	const struct policy *policy;
	bool gives_from_edt; /* EDT gives to the day team */
	bool same_for_all;   /* the first child's answers stand for all */
	struct arena *arena;
};

struct step_link {
	const char *slug;
	struct text words;
	const char *first_class; /* the first is the button, the others secondary */
};

struct step_links {
	struct step_link rows[ACTION_COUNT];
	size_t count;
};

/* The buttons for what this person can do now, in order of likelihood; and what else they can record. */
struct step_links step_links(const struct enquiry_view *);
struct step_links step_more(const struct enquiry_view *);

/* The row a STEP_ROW form is about, by its field's name: from the address, or as it was sent. */
struct text step_item(const struct step_view *, const char *name);

/* Is a strategy discussion requested and not yet held? */
bool step_strategy_waits(const struct enquiry_view *);

/* Words of the enquiry's page. */
struct text step_who(struct arena *, const struct enquiry_view *);
struct text step_address(struct arena *, const struct enquiry_child *);
struct text step_nhs_number(struct arena *, struct text stored);
struct text step_concerns(struct arena *, struct text codes);
struct text step_agencies(struct arena *, struct text codes);
struct text step_referrer(struct arena *, const struct enquiry_view *);
struct text step_level(struct arena *, int64_t level);
struct text step_lateness(struct arena *, const struct enquiry_view *);

/* "Mon 6 July, 13:20, 2 hours after it was received" where that is an hour or more; no value otherwise. */
struct text step_recorded_later(struct arena *, const struct enquiry_view *);

/* "Recommended, waiting for a second person (Outcome), with Asha Rahman. Received Mon 6 July, 10:55, Telephone. New enquiries." */
struct text step_standing(struct arena *, const struct enquiry_view *);

/* "Allocated to Asha Rahman by Priya Nair" */
struct text step_event(struct arena *, const struct enquiry_step *);

/* "Priya Nair, Mon 6 July, 10:50: the reason", where there is one. */
struct text step_because(struct arena *, struct text who, instant at, struct text reason);
/* "New information, arrived Wed 10 June, 12:00: ", and nothing of a first rating. */
struct text step_rating(struct arena *, const struct enquiry_rating *);
/* "Assessment", "To be accepted": what a hand-over's time is for. */
struct text step_follow(struct arena *, const struct enquiry_hand_over *);
/* What is to be done about information nobody has looked at. */
struct text step_unread(const struct enquiry_view *);
/* Is this the hand-over that the form answers? */
bool step_handed_over(const struct step_view *, struct hand_over_id);
bool step_recommended(const struct enquiry_view *, struct proposal_id);

/* "before": how the clock stands if it stops now: "2 h 10 min before due", "25 minutes after due". */
struct text step_margin(struct arena *, const struct enquiry_view *);

/* Choices of a form that the hub's data give. */
const struct choice *step_service_choices(const struct step_view *);
const struct choice *step_level_choices(const struct step_view *);
const struct choice *step_worker_choices(const struct step_view *);
size_t step_worker_count(const struct step_view *);

/* A date and a time of day for an instant. */
void step_when(struct html *, const struct step_view *, enum field);

/* Which row of the form a child is: children that have their outcome are not in it. */
size_t step_child_index(const struct step_view *, const struct enquiry_child *);
const char *step_child_name(struct arena *, size_t index);

/* "2. Rafe Wexcombe" */
struct text step_child_legend(struct arena *, const struct enquiry_child *);

/* A child's field in a form with one row a child: what was typed, or the first child's where it stands for all. */
void step_child_field(struct html *, const struct step_view *, size_t index, const struct field_view *look);

#endif
