/*
 * Messages: what a page says beside its content: what went wrong, what was done, what to mind.
 *
 * A component that can hold markup of a template has a begin and an end; one call does where it holds only words.
 */
#ifndef HTML_MESSAGES_H
#define HTML_MESSAGES_H

#include "html/part.h"

struct summary_error {
	struct text href; /* "#given_name"; no value: words alone */
	struct text text;
	struct fragment html;
	const struct pair *attributes;
};

struct error_summary {
	struct text title; /* no value: "There is a problem" */
	struct fragment title_html;
	struct text description;
	struct fragment description_html;
	const struct summary_error *errors;
	size_t count;
	const char *classes;
	const char *disable_auto_focus; /* "true", "false" or NULL */
	const struct pair *attributes;
};

struct tag {
	struct text text;
	struct fragment html;
	const char *classes; /* "govuk-tag--red" */
	const struct pair *attributes;
};

struct inset {
	struct text text;
	struct fragment html;
	struct text id;
	const char *classes;
	const struct pair *attributes;
};

struct warning {
	struct text text;
	struct fragment html;
	struct text icon_fallback; /* no value: "Warning" */
	const char *classes;
	const struct pair *attributes;
};

struct notification {
	struct text text;
	struct fragment html;
	struct text title; /* no value: "Success" or "Important" */
	struct fragment title_html;
	struct text title_id;
	int title_level; /* 0: 2 */
	const char *role;
	const char *classes;
	const char *disable_auto_focus; /* "true", "false" or NULL */
	const struct pair *attributes;
	bool success;
};

struct panel {
	struct text title;
	struct fragment title_html;
	struct text text;
	struct fragment html;
	int heading_level; /* 0: 1 */
	const char *classes;
	const struct pair *attributes;
};

struct details {
	struct text summary;
	struct fragment summary_html;
	struct text text;
	struct fragment html;
	struct text id;
	const char *classes;
	const struct pair *attributes;
	bool open;
};

void html_error_summary(struct html *, const struct error_summary *);
void html_tag(struct html *, const struct tag *);
void html_inset(struct html *, const struct inset *);
void html_warning(struct html *, const struct warning *);
void html_notification(struct html *, const struct notification *);
void html_panel(struct html *, const struct panel *);
void html_details(struct html *, const struct details *);

void html_inset_begin(struct html *, const struct inset *);
void html_inset_end(struct html *);
void html_notification_begin(struct html *, const struct notification *);
void html_notification_end(struct html *);
void html_details_begin(struct html *, const struct details *);
void html_details_end(struct html *);

#endif
