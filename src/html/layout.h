/*
 * Layout: what stands round every page: its title, styles, skip link, header, navigation, banners and footer.
 *
 *     layout_begin(&h, &frame);  view_caseload(&h, &view);  layout_end(&h, &frame);
 *
 * The navigation holds what this person may see and nothing else: the caller gives it. Source: pages.md, "Look".
 */
#ifndef HTML_LAYOUT_H
#define HTML_LAYOUT_H

#include "html/links.h"

/* A page that follows what others do; `changes` has no value for one that stands still. */
struct page_live {
	struct text changes; /* "/changes?since=12": where the script asks whether anything is newer */
	struct text made;    /* "2015-06-30T09:42:00Z": since when */
	struct text clock;   /* "10:42" */
	struct text again;   /* the same page, saying what changed since; no value: a form, which stays as it is */
	void (*news)(struct html *, const void *); /* what others did */
	const void *news_of;
};

struct page_frame {
	struct text title;       /* "My caseload": the page's own name, without the hub's */
	struct text council;     /* "Oxfordshire" */
	struct text person_name; /* no value: nobody is signed in, so no navigation and no way out */
	struct text csrf;        /* for signing out */
	struct text now;         /* "Tuesday 30 June 2015, 10:42"; no value: not shown */
	struct text version;     /* of the program, in the footer; no value: not shown */
	const struct navigation_item *navigation;
	size_t navigation_count;
	struct text back_href; /* a way back above the page's heading */
	struct text back_text; /* no value: "Back" */
	struct text done;      /* what was just done, as a success banner */
	struct page_live live;
	void (*alarms)(struct html *, const void *); /* what stands above everything of the page, NULL: nothing */
	const void *alarms_of;
	int reload_seconds; /* without a script the page is asked for again; 0: it stands still */
	size_t drafts;      /* what this person has written and not sent */
	bool error;         /* the form has problems: "Error: " before the title */
	bool simulated;     /* a demonstration: every page says so */
};

/* Up to and with <main>. */
void layout_begin(struct html *, const struct page_frame *);
void layout_end(struct html *, const struct page_frame *);

#endif
