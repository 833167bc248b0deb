/*
 * The accumulation's page and the pages on which what waits is screened one after another.
 */
#ifndef WEB_ACCUMULATION_H
#define WEB_ACCUMULATION_H

#include "hub/accumulation.h"
#include "hub/screen_next.h"
#include "web/page.h"

/* "118 left of 160, 42 fewer than a week ago." */
struct text accumulation_words(struct arena *, const struct accumulation_view *);

/* "clear by 14 Aug (7 to 24 Aug)", or no value where nothing can be said. */
struct text clear_by_words(struct arena *, const struct clear_by *);

/* "12.5" */
struct text a_day_words(struct arena *, double);

/* The ages as rows of cells, for the template. */
struct age_cell {
	const char *words;
	int64_t n;
};

struct age_cells {
	struct age_cell *rows;
	size_t count;
};

struct age_table_row {
	enum rag rag;
	bool unrated;
	struct age_cells cells;
	int64_t total, late;
};

struct age_table {
	struct age_table_row *rows;
	size_t count;
};

struct age_table age_table(struct arena *, const struct accumulation_view *);

/* The target as a form shows it: "2015-08-14", or nothing. */
struct text target_iso(struct arena *, const struct accumulation_view *);

/* Open at the end of each day, and what would be needed. */
void burn_chart(struct html *, struct arena *, const struct accumulation_view *);

/* A page of screening one after another. */
struct screening_page {
	const struct screening_list *list;
	struct form_state form;
	const char *path; /* "/accumulation/screen" */
	struct text back; /* "/accumulation" */
	struct text skip; /* the address of the next but this */
	struct text place;
	struct arena *arena;
	bool moved; /* somebody else screened it first, or it can't be screened any more */
};

#endif
