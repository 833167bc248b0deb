/*
 * Re-triage: many enquiries rated at once, each with its own reason, tried first, taken all or none, and undone as a
 * whole while nothing else has happened to them.
 *
 * Each row is what screening or rating again would be for that enquiry: what was not screened is screened (by who may
 * screen); a higher rating is given at once; a lower one is only proposed, and waits for a second person as it always
 * does. Undoing puts what was screened first there back to be screened, and asks a second person to lower what was
 * raised; what has been changed since, or has become late, is named and left. Any workstream the person works in.
 *
 * Source: domain.md, "accumulation", "Re-rating" and "Protecting needs one person".
 */
#ifndef HUB_RETRIAGE_H
#define HUB_RETRIAGE_H

#include "hub/rating.h"
#include "sql/retriage.h"

#define RETRIAGE_ROWS_MOST 500
#define RETRIAGE_FORM_ROWS 50

struct retriage_row {
	struct text reference; /* or an external_ref */
	struct text rag;
	struct text rag_reason;
	int64_t version; /* that the person saw; INT_NONE: whatever stands */
};

struct retriage_ask {
	struct input_list rows; /* of struct retriage_row; without a rating: left out */
};

extern const struct input_type retriage_input;

enum retriage_what {
	RETRIAGE_SCREENED, /* for the first time, or again */
	RETRIAGE_RAISED,
	RETRIAGE_PROPOSED,  /* a lower rating, for a second person */
	RETRIAGE_UNCHANGED, /* rated so already, and nothing asks for another look */
	RETRIAGE_REFUSED,
	RETRIAGE_WHAT_COUNT,
};

const char *retriage_what_words(enum retriage_what);

/* What one row does, or would do. */
struct retriage_change {
	const struct retriage_row *row;
	size_t index; /* of the row as it was given */
	enum retriage_what what;
	struct text reference;
	struct text rag_was;
	instant due_was, due_at;
	struct text why; /* why it is refused */
};

struct retriage_result {
	struct retriage_id id; /* 0: tried only */
	struct retriage_change *rows;
	size_t count;
	size_t counts[RETRIAGE_WHAT_COUNT];
};

/* What it would do, without doing it; refused rows are among them with their reasons. */
NODISCARD bool retriage_try(struct hub *, const struct retriage_ask *, struct retriage_result *ret, struct error *);

/* All of it, or INVALID with each row that is refused ("rows/3/reference") and nothing done. */
NODISCARD bool retriage_make(struct hub *, const struct retriage_ask *, struct retriage_result *ret, struct error *);

struct retriage_view {
	struct retriage_find_row head;
	struct retriage_item_row *rows;
	size_t count;
	bool may_undo;
};

NODISCARD bool retriage_show(struct hub *, struct retriage_id, struct retriage_view *ret, struct error *);

enum retriage_undo { RETRIAGE_UNDONE, RETRIAGE_UNDO_PROPOSED, RETRIAGE_NOT_UNDONE, RETRIAGE_UNDO_COUNT };

struct retriage_undone_row {
	struct text reference;
	enum retriage_undo what;
	struct text why;
};

struct retriage_undone_list {
	struct retriage_undone_row *rows;
	size_t count;
	size_t counts[RETRIAGE_UNDO_COUNT];
};

/* By who made it or a manager, once. What could not be undone is named with its reason; the rest is done. */
NODISCARD bool retriage_undo(struct hub *, struct retriage_id, struct retriage_undone_list *ret, struct error *);

void retriage_result_json(struct json *, const struct retriage_result *);
void retriage_undone_json(struct json *, const struct retriage_undone_list *);

#endif
