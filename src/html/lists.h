/*
 * Lists: tables, summary lists, and the way through and up from them.
 */
#ifndef HTML_LISTS_H
#define HTML_LISTS_H

#include "html/part.h"

struct cell {
	struct text text;
	struct fragment html;
	const char *format; /* "numeric" */
	const char *classes;
	int colspan, rowspan; /* 0: not said */
	const struct pair *attributes;
};

struct cells {
	const struct cell *rows;
	size_t count;
};

struct table {
	struct text caption;
	const char *caption_classes;
	struct cells head;
	const struct cells *rows;
	size_t count;
	bool first_cell_is_header;
	const char *classes;
	const struct pair *attributes;
};

/* A head of columns in words: COLUMNS(COLUMN("Enquiry"), NUMBERS("Children")). */
#define COLUMN(words)                                                                                                  \
	{                                                                                                                  \
		.text = TEXT(words)                                                                                            \
	}
#define NUMBERS(words)                                                                                                 \
	{                                                                                                                  \
		.text = TEXT(words), .format = "numeric"                                                                       \
	}
#define COLUMNS(...)                                                                                                   \
	((struct cells){                                                                                                   \
		(const struct cell[]){__VA_ARGS__}, sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell)})

struct action_link {
	struct text href;
	struct text text;
	struct fragment html;
	struct text hidden_text; /* "date of birth": Change date of birth */
	const char *classes;
	const struct pair *attributes;
};

struct summary_row {
	struct text key;
	struct fragment key_html;
	const char *key_classes;
	struct text value;
	struct fragment value_html;
	const char *value_classes;
	const struct action_link *actions;
	size_t action_count;
	const char *actions_classes;
	const char *classes;
};

struct summary_card {
	struct text title; /* without title, classes and attributes there is no card */
	struct fragment title_html;
	int heading_level; /* 0: 2 */
	const char *title_classes;
	const struct action_link *actions;
	size_t action_count;
	const char *actions_classes;
	const char *classes;
	const struct pair *attributes;
};

struct summary_list {
	const struct summary_row *rows;
	size_t count;
	struct summary_card card;
	const char *classes;
	const struct pair *attributes;
};

/* By cursor: a way on and a way back, each there where it has an address. */
struct page_link {
	struct text href;
	struct text text; /* no value: "Next page" */
	struct fragment html;
	struct text label; /* "26 to 50 of 118" */
	const struct pair *attributes;
};

struct pagination {
	struct page_link previous, next;
	struct text landmark_label; /* no value: "Pagination" */
	const char *classes;
	const struct pair *attributes;
};

struct crumb {
	struct text href; /* no value: the page itself */
	struct text text;
	struct fragment html;
	const struct pair *attributes;
};

struct breadcrumbs {
	const struct crumb *items;
	size_t count;
	struct text label; /* no value: "Breadcrumb" */
	bool collapse_on_mobile;
	const char *classes;
	const struct pair *attributes;
};

void html_table(struct html *, const struct table *);

/* For rows that the template writes: everything of the table before its first row, and after its last. */
void html_table_begin(struct html *, const struct table *);
void html_table_end(struct html *);

void html_summary_list(struct html *, const struct summary_list *);
void html_pagination(struct html *, const struct pagination *);
void html_breadcrumbs(struct html *, const struct breadcrumbs *);

#endif
