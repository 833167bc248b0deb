/*
 * Information requests: the list, the form to record one, and one with its answer.
 */
#ifndef WEB_REQUESTS_H
#define WEB_REQUESTS_H

#include "html/time_left.h"
#include "hub/information_request.h"
#include "web/page.h"

struct requests_view {
	struct information_request_list list;
	bool answered;
	struct text next;
	struct arena *arena;
	instant now;
};

struct request_form_view {
	struct form_state form;
	struct arena *arena;
	instant now;
};

struct request_one_view {
	struct form_state form;
	struct form_state due_form;
	bool correcting; /* the due date was sent and refused */
	struct asked_row row;
	struct arena *arena;
	instant now;
};

/* ", LATE" of one that was answered after its time, else "". */
struct text request_margin(const struct asked_row *);

#endif
