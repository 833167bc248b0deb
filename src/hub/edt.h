/*
 * EDT's list: what the emergency duty team sees when the hub is closed, and what the day team takes back from it.
 *
 * Four parts: open reds, what nobody has screened, what was handed over to EDT, and what EDT gave back and waits for the
 * day team. An enquiry may stand in two of them. Counts are of the whole hub; lists hold what the viewer may see.
 */
#ifndef HUB_EDT_H
#define HUB_EDT_H

#include "hub/hub.h"
#include "sql/edt.h"

#define EDT_LIST_ROWS 25

enum edt_part { EDT_RED, EDT_UNSCREENED, EDT_HANDED_OVER, EDT_GIVEN_BACK, EDT_PART_COUNT };

struct edt_list {
	enum edt_part part;
	struct edt_row *rows;
	size_t count;
	int64_t total;
	struct episode_id next; /* the cursor of the page after; 0: this is the last */
};

struct edt_view {
	instant now;
	bool is_open;     /* the hub: EDT's list is then the day team's to take over */
	instant opens_at; /* when the hub opens next; now, where it is open */
	instant closes_at;
	int64_t to_accept;     /* waits for EDT */
	int64_t to_take_back;  /* waits for the day team */
	bool accepts_to_edt;   /* the viewer may accept the first, */
	bool accepts_from_edt; /* the second */
	struct edt_list parts[EDT_PART_COUNT];
};

NODISCARD bool edt_show(struct hub *, struct edt_view *ret, struct error *);

/* A page of one part after this episode (0: from the first). */
NODISCARD bool edt_list(struct hub *, enum edt_part, struct episode_id after, struct edt_list *ret, struct error *);

/* "red", "unscreened", "handed_over", "given_back" as in an address and JSON; EDT_PART_COUNT for an unknown one. */
enum edt_part edt_part_of(struct text key);
const char *edt_part_key(enum edt_part);

/* The whole view between json_open and json_close. */
void edt_json(struct json *, const struct edt_view *);

#endif
