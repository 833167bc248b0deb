#include "html/lists.h"

static struct text or_else(struct text given, struct text otherwise)
{
	return given.len ? given : otherwise;
}

/* "base", "base--format", the caller's own. */
static void cell_class(struct html *h, const char *base, const struct cell *cell, bool format)
{
	html_markup(h, " class=\"");
	html_attribute_cstr(h, base);
	if (format && cell->format) {
		html_markup(h, " ");
		html_attribute_cstr(h, base);
		html_markup(h, "--");
		html_attribute_cstr(h, cell->format);
	}
	if (cell->classes) {
		html_markup(h, " ");
		html_attribute_cstr(h, cell->classes);
	}
	html_markup(h, "\"");
}

static void span(struct html *h, const char *name, int count)
{
	if (!count) return;
	html_markup(h, " ");
	html_attribute_cstr(h, name);
	html_markup(h, "=\"");
	html_int(h, count);
	html_markup(h, "\"");
}

static void cell_inside(struct html *h, const struct cell *cell)
{
	span(h, "colspan", cell->colspan);
	span(h, "rowspan", cell->rowspan);
	html_pairs(h, cell->attributes);
	html_markup(h, ">");
	html_content(h, cell->text, cell->html);
}

static void header_cell(struct html *h, const struct cell *cell, const char *scope, bool format)
{
	html_markup(h, "<th");
	html_attr(h, "scope", text_of(scope));
	cell_class(h, "govuk-table__header", cell, format);
	cell_inside(h, cell);
	html_markup(h, "</th>");
}

static void table_row(struct html *h, const struct table *t, const struct cells *row)
{
	html_markup(h, "<tr class=\"govuk-table__row\">");
	for (size_t i = 0; i < row->count; i++) {
		if (i == 0 && t->first_cell_is_header) {
			header_cell(h, &row->rows[i], "row", false);
			continue;
		}
		html_markup(h, "<td");
		cell_class(h, "govuk-table__cell", &row->rows[i], true);
		cell_inside(h, &row->rows[i]);
		html_markup(h, "</td>");
	}
	html_markup(h, "</tr>");
}

static void table_head(struct html *h, const struct table *t)
{
	if (t->caption.len) {
		html_markup(h, "<caption");
		html_class(h, "govuk-table__caption", t->caption_classes);
		html_markup(h, ">");
		html_text(h, t->caption);
		html_markup(h, "</caption>");
	}
	if (!t->head.count) return;
	html_markup(h, "<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
	for (size_t i = 0; i < t->head.count; i++) header_cell(h, &t->head.rows[i], "col", true);
	html_markup(h, "</tr></thead>");
}

void html_table_begin(struct html *h, const struct table *t)
{
	html_markup(h, "<table");
	html_class(h, "govuk-table", t->classes);
	html_pairs(h, t->attributes);
	html_markup(h, ">");
	table_head(h, t);
	html_markup(h, "<tbody class=\"govuk-table__body\">");
}

void html_table_end(struct html *h)
{
	html_markup(h, "</tbody></table>");
}

void html_table(struct html *h, const struct table *t)
{
	html_table_begin(h, t);
	for (size_t i = 0; i < t->count; i++) table_row(h, t, &t->rows[i]);
	html_table_end(h);
}

static void action_hidden(struct html *h, const struct action_link *a, const struct summary_card *card)
{
	bool titled = card->title.len || card->title_html.markup.len;

	if (!a->hidden_text.len && !titled) return;
	html_markup(h, "<span class=\"govuk-visually-hidden\">");
	if (a->hidden_text.len) {
		html_markup(h, " ");
		html_text(h, a->hidden_text);
	}
	if (titled) {
		html_markup(h, " (");
		html_content(h, card->title, card->title_html);
		html_markup(h, ")");
	}
	html_markup(h, "</span>");
}

static void write_action(struct html *h, const struct action_link *a, const struct summary_card *card)
{
	html_markup(h, "<a");
	html_class(h, "govuk-link", a->classes);
	html_markup(h, " href=\"");
	html_address(h, a->href);
	html_markup(h, "\"");
	html_pairs(h, a->attributes);
	html_markup(h, ">");
	html_content(h, a->text, a->html);
	action_hidden(h, a, card);
	html_markup(h, "</a>");
}

static void row_actions(struct html *h, const struct summary_row *row, const struct summary_card *card)
{
	if (!row->action_count) return;
	html_markup(h, "<dd");
	html_class(h, "govuk-summary-list__actions", row->actions_classes);
	html_markup(h, ">");
	if (row->action_count == 1) {
		write_action(h, &row->actions[0], card);
	} else {
		html_markup(h, "<ul class=\"govuk-summary-list__actions-list\">");
		for (size_t i = 0; i < row->action_count; i++) {
			html_markup(h, "<li class=\"govuk-summary-list__actions-list-item\">");
			write_action(h, &row->actions[i], card);
			html_markup(h, "</li>");
		}
		html_markup(h, "</ul>");
	}
	html_markup(h, "</dd>");
}

static void summary_row(struct html *h, const struct summary_list *l, const struct summary_row *row, bool any_actions)
{
	html_markup(h, "<div class=\"govuk-summary-list__row");
	if (any_actions && !row->action_count) html_markup(h, " govuk-summary-list__row--no-actions");
	if (row->classes) {
		html_markup(h, " ");
		html_attribute_cstr(h, row->classes);
	}
	html_markup(h, "\"><dt");
	html_class(h, "govuk-summary-list__key", row->key_classes);
	html_markup(h, ">");
	html_content(h, row->key, row->key_html);
	html_markup(h, "</dt><dd");
	html_class(h, "govuk-summary-list__value", row->value_classes);
	html_markup(h, ">");
	html_content(h, row->value, row->value_html);
	html_markup(h, "</dd>");
	row_actions(h, row, &l->card);
	html_markup(h, "</div>");
}

static bool card_titled(const struct summary_card *card)
{
	return card->title.len || card->title_html.markup.len;
}

static bool card_there(const struct summary_card *card)
{
	return card_titled(card) || card->classes || (card->attributes && card->attributes->name);
}

static void card_title(struct html *h, const struct summary_card *card)
{
	int level = card->heading_level ? card->heading_level : 2;

	if (!card_titled(card)) return;
	html_markup(h, "<h");
	html_int(h, level);
	html_class(h, "govuk-summary-card__title", card->title_classes);
	html_markup(h, ">");
	html_content(h, card->title, card->title_html);
	html_markup(h, "</h");
	html_int(h, level);
	html_markup(h, ">");
}

static void card_actions(struct html *h, const struct summary_card *card)
{
	bool one = card->action_count == 1;

	if (!card->action_count) return;
	html_literal(h, one ? "<div" : "<ul", one ? 4 : 3);
	html_class(h, "govuk-summary-card__actions", card->actions_classes);
	html_markup(h, ">");
	for (size_t i = 0; i < card->action_count; i++) {
		if (!one) html_markup(h, "<li class=\"govuk-summary-card__action\">");
		write_action(h, &card->actions[i], card);
		if (!one) html_markup(h, "</li>");
	}
	html_literal(h, one ? "</div>" : "</ul>", one ? 6 : 5);
}

static void card_begin(struct html *h, const struct summary_card *card)
{
	html_markup(h, "<div");
	html_class(h, "govuk-summary-card", card->classes);
	html_pairs(h, card->attributes);
	html_markup(h, "><div class=\"govuk-summary-card__title-wrapper\">");
	card_title(h, card);
	card_actions(h, card);
	html_markup(h, "</div><div class=\"govuk-summary-card__content\">");
}

void html_summary_list(struct html *h, const struct summary_list *l)
{
	bool carded = card_there(&l->card), any_actions = false;

	for (size_t i = 0; i < l->count; i++) any_actions = any_actions || l->rows[i].action_count;
	if (carded) card_begin(h, &l->card);
	html_markup(h, "<dl");
	html_class(h, "govuk-summary-list", l->classes);
	html_pairs(h, l->attributes);
	html_markup(h, ">");
	for (size_t i = 0; i < l->count; i++) summary_row(h, l, &l->rows[i], any_actions);
	html_markup(h, "</dl>");
	if (carded) html_markup(h, "</div></div>");
}

static void pagination_arrow(struct html *h, bool next)
{
	if (next)
		html_markup(h,
			"<svg class=\"govuk-pagination__icon govuk-pagination__icon--next\" "
			"xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" aria-hidden=\"true\" "
			"focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m8.107-0.0078125-1.4136 1.414 4.2926 "
			"4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z\"></path></svg>");
	else
		html_markup(h, "<svg class=\"govuk-pagination__icon govuk-pagination__icon--prev\" "
					   "xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" aria-hidden=\"true\" "
					   "focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m6.5938-0.0078125-6.7266 6.7266 6.7441 "
					   "6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z\"></path></svg>");
}

static void pagination_words(struct html *h, const struct page_link *link, bool next)
{
	html_class(h, "govuk-pagination__link-title", link->label.len ? NULL : "govuk-pagination__link-title--decorated");
	html_markup(h, ">");
	if (link->text.len || link->html.markup.len) {
		html_content(h, link->text, link->html);
	} else {
		html_text_cstr(h, next ? "Next" : "Previous");
		html_markup(h, "<span class=\"govuk-visually-hidden\"> page</span>");
	}
	html_markup(h, "</span>");
}

static void pagination_link(struct html *h, const struct page_link *link, bool next)
{
	const char *rel = next ? "next" : "prev";

	if (!link->href.len) return;
	html_markup(h, "<div class=\"govuk-pagination__");
	html_attribute_cstr(h, rel);
	html_markup(h, "\"><a class=\"govuk-link govuk-pagination__link\" href=\"");
	html_address(h, link->href);
	html_markup(h, "\"");
	html_attr(h, "rel", text_of(rel));
	html_pairs(h, link->attributes);
	html_markup(h, ">");
	pagination_arrow(h, next);
	html_markup(h, "<span");
	pagination_words(h, link, next);
	if (link->label.len) {
		html_markup(h, "<span class=\"govuk-visually-hidden\">:</span><span class=\"govuk-pagination__link-label\">");
		html_text(h, link->label);
		html_markup(h, "</span>");
	}
	html_markup(h, "</a></div>");
}

void html_pagination(struct html *h, const struct pagination *p)
{
	if (!p->previous.href.len && !p->next.href.len) return;
	html_markup(h, "<nav");
	html_class(h, "govuk-pagination govuk-pagination--block", p->classes);
	html_attr(h, "aria-label", or_else(p->landmark_label, TEXT("Pagination")));
	html_pairs(h, p->attributes);
	html_markup(h, ">");
	pagination_link(h, &p->previous, false);
	pagination_link(h, &p->next, true);
	html_markup(h, "</nav>");
}

static void write_crumb(struct html *h, const struct crumb *c)
{
	html_markup(h, "<li class=\"govuk-breadcrumbs__list-item\"");
	if (!c->href.len) {
		html_markup(h, " aria-current=\"page\">");
		html_content(h, c->text, c->html);
		html_markup(h, "</li>");
		return;
	}
	html_markup(h, "><a class=\"govuk-breadcrumbs__link\" href=\"");
	html_address(h, c->href);
	html_markup(h, "\"");
	html_pairs(h, c->attributes);
	html_markup(h, ">");
	html_content(h, c->text, c->html);
	html_markup(h, "</a></li>");
}

void html_breadcrumbs(struct html *h, const struct breadcrumbs *b)
{
	html_markup(h, "<nav class=\"govuk-breadcrumbs");
	if (b->classes) {
		html_markup(h, " ");
		html_attribute_cstr(h, b->classes);
	}
	if (b->collapse_on_mobile) html_markup(h, " govuk-breadcrumbs--collapse-on-mobile");
	html_markup(h, "\"");
	html_pairs(h, b->attributes);
	html_attr(h, "aria-label", or_else(b->label, TEXT("Breadcrumb")));
	html_markup(h, "><ol class=\"govuk-breadcrumbs__list\">");
	for (size_t i = 0; i < b->count; i++) write_crumb(h, &b->items[i]);
	html_markup(h, "</ol></nav>");
}
