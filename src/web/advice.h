/*
 * Advice without an enquiry: the list with its form, and one piece of advice with its way on.
 */
#ifndef WEB_ADVICE_H
#define WEB_ADVICE_H

#include "hub/advice.h"
#include "web/page.h"

struct advice_view {
	struct form_state form;
	struct advice_list list;
	struct text next;
	bool may_give;
	struct arena *arena;
};

struct advice_one_view {
	struct form_state form;
	struct advice_row row;
	struct text problem; /* of the reference that was typed */
	bool may_escalate;
	struct arena *arena;
};

/* "Professional: health visitor", "Family". */
struct text advice_asker(struct arena *, const struct advice_row *);

/* ", since Mon 13 July, 09:20" where it was put to an enquiry later. */
struct text advice_since(struct arena *, const struct advice_row *);

/* Its first words. */
struct text advice_excerpt(struct arena *, const struct advice_row *);

/* Where to put a piece of advice: {"reference": "OX-15-00417-H"}. */
extern const struct input_type advice_put_input;

#endif
