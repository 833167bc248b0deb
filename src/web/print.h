/*
 * Paper: the form that chooses what of a record is printed, and the page that is.
 *
 * The page is a sheet of its own: who printed it and when stands at the top of each sheet of paper, "Page 1 of 3" at its foot,
 * by the style sheet; there is no navigation on it.
 */
#ifndef WEB_PRINT_H
#define WEB_PRINT_H

#include "hub/print.h"
#include "web/page.h"

struct print_form_view {
	struct form_state form;
	struct enquiry_head head;
	bool private_source;
	struct arena *arena;
};

/* The referrer as the paper has them: "Left out: a private person", where that is so. */
struct text print_referrer(struct arena *, const struct print_view *);
struct text print_left_out(const struct print_view *, struct text value);

#endif
