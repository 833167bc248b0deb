/*
 * Alarms on pages: the banner above everything, the list, and their words.
 */
#ifndef WEB_ALARMS_H
#define WEB_ALARMS_H

#include "hub/alarm_view.h"
#include "web/page.h"

struct alarms_view {
	struct arena *arena;
	struct alarm_list list;
	struct text csrf;
	struct text next; /* where answering one leads back to */
	bool unknown;     /* they could not be read: said, never passed over */
};

/* Every page of whoever can be alarmed begins with what stands for them. */
void alarms_begin(struct page_frame *, const struct request *, struct hub *);

/* "2 alarms" */
struct text alarms_title(const struct alarms_view *);

/* "and 12 more", or no value */
struct text alarms_more(const struct alarms_view *);

/* "since 10:02, 25 minutes" */
struct text alarm_since(const struct alarms_view *, const struct alarm_line *);

/* Where what it is about is done, and what the link says. */
struct text alarm_href(const struct alarms_view *, const struct alarm_line *);
struct text alarm_link(const struct alarm_line *);

/* "/alarms/7/acknowledge" */
struct text alarm_action(const struct alarms_view *, const struct alarm_line *);

#endif
