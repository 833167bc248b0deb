/*
 * Restricted records: the list of those one may see, and breaking the glass of one that one may not.
 */
#ifndef WEB_RESTRICTED_H
#define WEB_RESTRICTED_H

#include "html/time_left.h"
#include "hub/glass.h"
#include "hub/restriction.h"
#include "web/page.h"

struct restricted_view {
	struct restriction_list list;
	struct text next;
	int review_days;
	struct arena *arena;
	instant now;
};

struct glass_view {
	struct form_state form;
	struct glass_record_row record; /* where a search led here */
	bool known;
	int hours;
};

#endif
