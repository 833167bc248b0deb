/*
 * The hub now: what stands open, what presses, and who has room.
 *
 * Counts are of the whole hub; lists hold what the viewer may see. The page is read through covering indexes, so that
 * it costs the same with a hundred open enquiries as with thousands.
 */
#ifndef HUB_HUB_NOW_H
#define HUB_HUB_NOW_H

#include "hub/accumulation.h"
#include "hub/clock_list.h"
#include "hub/rota.h"
#include "hub/swap.h"
#include "sql/hub_now.h"

#define HUB_LIST_ROWS 25

/* One list, the most urgent first (unscreened: by risk, then the oldest). */
enum hub_list {
	HUB_LIST_UNSCREENED,
	HUB_LIST_AWAITING, /* a signature */
	HUB_LIST_NOBODY,   /* with somebody who is away */
	HUB_LIST_UNALLOCATED,
	HUB_LIST_HELD, /* no room */
	HUB_LIST_LATE,
	HUB_LIST_FURTHER, /* information to be screened or reviewed */
	HUB_LIST_COUNT,
};

struct hub_list_view {
	enum hub_list list;
	struct hub_now_row *rows;
	size_t count;
	int64_t total;
	struct episode_id next; /* the cursor of the page after; 0: this is the last */
};

#define HUB_SWAPS_SHOWN 3

/* A workstream where something is held: its room now and, while there is none, what could go back first. */
struct hub_room {
	struct text workstream; /* its key */
	int64_t room;
	struct swap_offer_rows swaps; /* HUB_SWAPS_SHOWN at most */
};

struct hub_rooms {
	struct hub_room *rows;
	size_t count;
};

struct hub_now_view {
	instant now;
	bool is_open;                             /* in hours */
	instant closes_at;                        /* today's close, or the next one */
	int64_t red, amber, green, unrated, late; /* of all that are open */

	int64_t unscreened;
	instant unscreened_oldest;  /* received; INSTANT_NONE for none */
	int64_t unscreened_minutes; /* the longest unseen, elapsed */
	int64_t minutes_to_close;   /* nought when closed */
	bool passes_soon;           /* an hour before close, what is unscreened or red passes to EDT soon */

	int64_t awaiting;
	instant awaiting_first_due;
	int64_t nobody; /* with somebody who is away */
	int64_t unallocated;
	int64_t held; /* no room */
	instant held_since;
	struct hub_rooms rooms; /* while something is held */
	int64_t hand_overs_waiting;
	instant hand_overs_oldest;
	int64_t reviews_due; /* of restricted records this person may see and review */
	int64_t further;     /* with information that nobody has looked at */

	int64_t accumulation_left;
	int64_t accumulation_week_ago;
	struct clear_by accumulation_clear;

	struct rota_ahead ahead; /* where the rota leaves nobody, for the week to come */

	struct hub_list_view lists[HUB_LIST_COUNT]; /* each to HUB_LIST_ROWS */

	struct clock_counts_rows clocks; /* with an end that isn't the decision: by kind, the first due first */
	int64_t possible;                /* children who may be somebody known */

	struct hub_worker_row *workers; /* open, cap (with hours), room, due_today, progressed, target, away, away_until */
	size_t worker_count;
};

NODISCARD bool hub_now_show(struct hub *, struct hub_now_view *ret, struct error *);

/* A page of one list after this episode (0: from the first). */
NODISCARD bool hub_now_list(
	struct hub *, enum hub_list, struct episode_id after, struct hub_list_view *ret, struct error *);

/* "unscreened", "awaiting" ... as they stand in an address; HUB_LIST_COUNT for an unknown one. */
enum hub_list hub_list_of(struct text key);
const char *hub_list_key(enum hub_list);

#endif
