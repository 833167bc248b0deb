/*
 * Lists of enquiries: those that are open, all there are, and those that match what was asked for.
 *
 * Lists page by cursor, a text that says where the last page ended; a list keeps its speed however long it is.
 */
#ifndef HUB_ENQUIRY_LIST_H
#define HUB_ENQUIRY_LIST_H

#include "hub/hub.h"
#include "sql/enquiry_list.h"
#include "sql/restriction.h"

#define LIST_PAGE_ROWS 25
#define CURSOR_BYTES   64 /* no cursor is longer */
#define FOUND_MOST     50

struct enquiry_list_ask {
	bool all;           /* ended ones too, the latest received first; else open ones, the most urgent first */
	struct text cursor; /* no value: from the start */
	int64_t limit;      /* 1 to 1000; 0: LIST_PAGE_ROWS */
};

struct enquiry_list {
	struct enquiry_row *rows;
	size_t count;
	struct text next; /* the cursor of the next page; no value on the last */
};

NODISCARD bool enquiry_list(struct hub *, const struct enquiry_list_ask *, struct enquiry_list *ret, struct error *);

/* {"enquiries": [...], "next": ...} between json_open and json_close. */
void enquiry_list_json(struct json *, const struct enquiry_list *);

/* The same in parts, for a list that is written page by page. */
void enquiry_list_json_begin(struct json *);
void enquiry_list_json_rows(struct json *, const struct enquiry_list *);
void enquiry_list_json_end(struct json *, struct text next);

/* What was handed over and not yet accepted or declined, the oldest first. */
struct hand_over_list {
	struct hand_over_line *rows;
	size_t count;
	struct text next;
};

NODISCARD bool hand_over_list(struct hub *, struct text cursor, struct hand_over_list *ret, struct error *);
void hand_over_list_json(struct json *, const struct hand_over_list *);

enum find_by { FIND_BY_REFERENCE, FIND_BY_NHS_NUMBER, FIND_BY_BIRTH, FIND_BY_NAME };

struct enquiry_found_list {
	enum find_by by;
	struct enquiry_found *rows;
	size_t count;
	bool more; /* there are more than FOUND_MOST: ask more closely */
	/* Restricted records that match and are not to be seen: of what kind, and whom to speak to. Never an adoption's. */
	struct restricted_found *restricted;
	size_t restricted_count;
};

/* By reference, NHS number, date of birth ("2009-07-13", "13 7 2009" or "13/7/2009") or name, whichever the text is. */
NODISCARD bool enquiry_search(struct hub *, struct text query, struct enquiry_found_list *ret, struct error *);

#endif
