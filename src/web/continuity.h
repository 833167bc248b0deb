/*
 * The continuity list and the blank record form, on pages made for a printer.
 */
#ifndef WEB_CONTINUITY_H
#define WEB_CONTINUITY_H

#include "hub/continuity.h"
#include "web/page.h"

struct continuity_page_view {
	struct continuity_view list;
	struct text printed_by;
	struct text written; /* when a server wrote it to its folder last, or that none does */
	struct arena *arena;
};

struct blank_codes {
	const struct code *rows;
	size_t count;
};

/* One field of the blank form: what it is called, and what can be ticked. */
struct blank_field {
	const char *label;
	struct blank_codes codes; /* none: to be written */
	int lines;                /* of room */
};

struct blank_section {
	const char *title;
	const struct blank_field *rows;
	size_t count;
};

struct blank_sections {
	const struct blank_section *rows;
	size_t count;
};

/* Without the codes that are offered no more. */
struct blank_sections continuity_blank_sections(struct arena *, const struct retired_codes *);

#endif
