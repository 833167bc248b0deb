/*
 * Finding: a form that is sent, never an address with a name in it.
 */
#ifndef WEB_FIND_H
#define WEB_FIND_H

#include "html/part.h"
#include "hub/enquiry_list.h"
#include "web/page.h"

struct find_view {
	struct form_state form;
	struct enquiry_found_list found;
	bool asked; /* false: the form alone */
	bool may_break_glass;
	struct arena *arena;
	instant now;
};

/* "Imogen Wexcombe"; "13 July 2009, 5 years", "unborn, due 3 September 2015". */
struct text find_name(const struct find_view *, const struct enquiry_found *);
struct text find_birth(const struct find_view *, const struct enquiry_found *);

/* "3 children found by name, the latest enquiry first." */
struct text find_summary(const struct find_view *);

/* Why nothing was found, where what was typed says so: an NHS number whose check digit is wrong. No value else. */
struct text find_why_nothing(const struct find_view *);

/* What is wrong with what was typed; and, before anything was, the keyboard goes to the box at once. */
struct text find_problem(const struct find_view *);
const struct pair *find_focus(const struct find_view *);

/* Restricted records that match. */
struct find_kept {
	const struct restricted_found *rows;
	size_t count;
};
struct find_kept find_kept(const struct find_view *);

#endif
