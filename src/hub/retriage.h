/*
 * Re-triage: many enquiries rated at once, each with its own reason, tried first, taken all or none, and undone as a
 * whole while nothing else has happened to them.
 *
 * Each row is what screening or rating again would be for that enquiry: what was not screened is screened; a higher
 * rating is given at once; a lower one is only proposed, and waits for a second person as it always does. Undoing puts
 * what was screened first there back to be screened and a raised rating forward for a second person to lower; what has
 * been changed since, or has become late, is named and left. Any workstream the person works in.
 *
 * Source: domain.md, "accumulation", "Re-rating" and "Protecting needs one person".
 */
#ifndef HUB_RETRIAGE_H
#define HUB_RETRIAGE_H

#include "hub/rating.h"
#include "sql/retriage.h"

#define RETRIAGE_ROWS_MOST 500

struct retriage_row {
	struct text reference;
	struct text rag;
	struct text rag_reason;
	int64_t version; /* INT_NONE: whatever stands */
};

struct retriage_ask {
	struct input_list rows; /* of struct retriage_row */
	bool dry_run;
};

extern const struct input_type retriage_input;

enum retriage_what {
	RETRIAGE_SCREENED, /* for the first time */
	RETRIAGE_AGAIN,    /* screened again, the rating as it was */
	RETRIAGE_RAISED,
	RETRIAGE_PROPOSED,  /* a lower rating, for a second person */
	RETRIAGE_UNCHANGED, /* rated so already, and nothing asks for another look */
	RETRIAGE_REFUSED,
};

/* What one row does, or would do. */
struct retriage_change {
	struct text reference;
	enum retriage_what what;
	struct text rag_was, rag;
	instant due_was, due_at;
	struct text why; /* why it was refused */
};

struct retriage_result {
	struct retriage_id id; /* 0 for a dry run, or where something was refused: then nothing was done */
	struct retriage_change *rows;
	size_t count;
	size_t refused;
};

/* False only for what ends the whole; a refused row stands in the result, and then nothing is changed. */
NODISCARD bool retriage_make(struct hub *, const struct retriage_ask *, struct retriage_result *ret, struct error *);

enum retriage_undo {
	RETRIAGE_UNDONE,
	RETRIAGE_UNDO_PROPOSED, /* lowering it again waits for a second person */
	RETRIAGE_NOT_UNDONE,
};

struct retriage_undone {
	struct text reference;
	enum retriage_undo what;
	struct text why;
};

struct retriage_undone_list {
	struct retriage_undone *rows;
	size_t count;
	size_t undone, proposed, left;
};

NODISCARD bool retriage_undo(struct hub *, struct retriage_id, struct retriage_undone_list *ret, struct error *);

#endif
