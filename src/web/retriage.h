/*
 * Rating many at once: the list with a rating and a reason for each, what it would change, what it did, and undoing it.
 */
#ifndef WEB_RETRIAGE_H
#define WEB_RETRIAGE_H

#include "hub/retriage.h"
#include "web/page.h"

struct retriage_form {
	struct form_state form;
	const struct retriage_list_rows *list;
	struct text workstream;
	struct arena *arena;
	instant now;
};

struct retriage_preview {
	struct form_state form;
	const struct retriage_result *result;
	struct retriage_result changes; /* its rows, for the template */
	struct text workstream;
	struct arena *arena;
	size_t doable;
};

struct retriage_page {
	struct form_state form;
	const struct retriage_view *view;
	const struct retriage_undone_list *undone; /* NULL: not just now */
	struct arena *arena;
};

/* The control of one row: "rows-3-rag". What was typed belongs to its enquiry, wherever that stands in the list now. */
void retriage_field(struct html *, const struct retriage_form *, size_t index, enum field);
void retriage_hidden(struct html *, struct arena *, size_t index, const char *name, struct text value);
size_t retriage_index(const struct retriage_form *, const struct retriage_list_row *);

/* "Green, due Thu 4 June, 09:00" or "Not yet rated". */
struct text retriage_standing(struct arena *, struct text rag, instant due);

/* The first words of what was said. */
struct text retriage_gist(struct text summary);

/* "12 screened, 3 rated higher, 1 lower rating proposed." */
struct text retriage_words(struct arena *, const struct retriage_result *);
struct text retriage_undo_words(enum retriage_undo);

#endif
