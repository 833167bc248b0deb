/*
 * Links and buttons: what a person presses.
 */
#ifndef HTML_LINKS_H
#define HTML_LINKS_H

#include "html/part.h"

struct button {
	struct text text;
	struct fragment html;
	struct text href; /* a link that looks like a button */
	const char *type; /* NULL: submit */
	struct text name;
	struct text value;
	struct text id;
	const char *classes;              /* "govuk-button--secondary" */
	const char *prevent_double_click; /* "true", "false" or NULL */
	bool disabled;
	bool start; /* with an arrow */
	const struct pair *attributes;
};

struct back_link {
	struct text href;
	struct text text; /* no value: "Back" */
	struct fragment html;
	const char *classes;
	const struct pair *attributes;
};

struct skip_link {
	struct text href; /* no value: "#content" */
	struct text text;
	struct fragment html;
	const char *classes;
	const struct pair *attributes;
};

struct navigation_item {
	struct text href; /* no value: words alone */
	struct text text;
	struct fragment html;
	bool current; /* this very page */
	bool active;  /* a page within it */
	const struct pair *attributes;
};

struct service_navigation {
	const struct navigation_item *items;
	size_t count;
	struct text service_name;
	struct text service_url;
	struct text label;         /* of the navigation; no value: "Menu" */
	struct text section_label; /* no value: "Service information" */
	struct text navigation_id; /* no value: "navigation" */
	struct text menu_text;     /* no value: "Menu" */
	struct text menu_label;
	enum { COLLAPSE_IF_SEVERAL, COLLAPSE_ALWAYS, COLLAPSE_NEVER } collapse;
	struct fragment start, end, navigation_start, navigation_end;
	bool end_inline;
	const char *classes;
	const char *navigation_classes;
	const struct pair *attributes;
};

void html_button(struct html *, const struct button *);
void html_back_link(struct html *, const struct back_link *);
void html_skip_link(struct html *, const struct skip_link *);
void html_service_navigation(struct html *, const struct service_navigation *);

#endif
