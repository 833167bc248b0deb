#include "html/links.h"

static void start_icon(struct html *h)
{
	html_markup(h,
		"<svg class=\"govuk-button__start-icon\" xmlns=\"http://www.w3.org/2000/svg\" width=\"17.5\" height=\"19\" "
		"viewBox=\"0 0 33 40\" aria-hidden=\"true\" focusable=\"false\">"
		"<path fill=\"currentColor\" d=\"M0 0h13l20 20-20 20H0l20-20z\"/></svg>");
}

/* Class, module, the caller's attributes and id, which a link and a button share. */
static void button_attributes(struct html *h, const struct button *b)
{
	html_markup(h, " class=\"govuk-button");
	if (b->classes) {
		html_markup(h, " ");
		html_attribute_cstr(h, b->classes);
	}
	if (b->start) html_markup(h, " govuk-button--start");
	html_markup(h, "\" data-module=\"govuk-button\"");
	html_pairs(h, b->attributes);
	html_attr_if(h, "id", b->id);
}

static void button_content(struct html *h, const struct button *b)
{
	bool wrapped = b->start && b->html.markup.len;

	if (wrapped) html_markup(h, "<span>");
	html_content(h, b->text, b->html);
	if (wrapped) html_markup(h, "</span>");
	if (b->start) start_icon(h);
}

static void button_link(struct html *h, const struct button *b)
{
	html_markup(h, "<a href=\"");
	html_address(h, b->href);
	html_markup(h, "\" role=\"button\" draggable=\"false\"");
	button_attributes(h, b);
	html_markup(h, ">");
	button_content(h, b);
	html_markup(h, "</a>");
}

void html_button(struct html *h, const struct button *b)
{
	if (b->href.len) {
		button_link(h, b);
		return;
	}
	html_markup(h, "<button");
	html_attr(h, "type", text_of(b->type ? b->type : "submit"));
	html_attr_if(h, "value", b->value);
	html_attr_if(h, "name", b->name);
	if (b->disabled) html_markup(h, " disabled aria-disabled=\"true\"");
	html_attr_if(h, "data-prevent-double-click", text_of(b->prevent_double_click));
	button_attributes(h, b);
	html_markup(h, ">");
	button_content(h, b);
	html_markup(h, "</button>");
}

void html_back_link(struct html *h, const struct back_link *link)
{
	html_markup(h, "<a href=\"");
	html_address(h, link->href.len ? link->href : TEXT("#"));
	html_markup(h, "\"");
	html_class(h, "govuk-back-link", link->classes);
	html_pairs(h, link->attributes);
	html_markup(h, ">");
	html_content(h, link->text.len ? link->text : TEXT("Back"), link->html);
	html_markup(h, "</a>");
}

void html_skip_link(struct html *h, const struct skip_link *link)
{
	html_markup(h, "<a href=\"");
	html_address(h, link->href.len ? link->href : TEXT("#content"));
	html_markup(h, "\"");
	html_class(h, "govuk-skip-link", link->classes);
	html_pairs(h, link->attributes);
	html_markup(h, " data-module=\"govuk-skip-link\">");
	html_content(h, link->text, link->html);
	html_markup(h, "</a>");
}

static struct text or_else(struct text given, struct text otherwise)
{
	return given.len ? given : otherwise;
}

static void navigation_content(struct html *h, const struct navigation_item *item)
{
	bool marked = item->active || item->current;

	if (marked) html_markup(h, "<strong class=\"govuk-service-navigation__active-fallback\">");
	html_content(h, item->text, item->html);
	if (marked) html_markup(h, "</strong>");
}

static void navigation_current(struct html *h, const struct navigation_item *item)
{
	if (item->current)
		html_markup(h, " aria-current=\"page\"");
	else if (item->active)
		html_markup(h, " aria-current=\"true\"");
}

static void navigation_link(struct html *h, const struct navigation_item *item)
{
	if (item->href.len) {
		html_markup(h, "<a class=\"govuk-service-navigation__link\" href=\"");
		html_address(h, item->href);
		html_markup(h, "\"");
		navigation_current(h, item);
		html_pairs(h, item->attributes);
		html_markup(h, ">");
		navigation_content(h, item);
		html_markup(h, "</a>");
	} else if (item->text.len || item->html.markup.len) {
		html_markup(h, "<span class=\"govuk-service-navigation__text\"");
		navigation_current(h, item);
		html_markup(h, ">");
		navigation_content(h, item);
		html_markup(h, "</span>");
	}
}

static void navigation_toggle(struct html *h, const struct service_navigation *n)
{
	struct text words = or_else(n->menu_text, TEXT("Menu"));

	html_markup(h, "<button type=\"button\" class=\"govuk-service-navigation__toggle "
				   "govuk-js-service-navigation-toggle\"");
	html_attr(h, "aria-controls", or_else(n->navigation_id, TEXT("navigation")));
	if (n->menu_label.len && !text_equal(n->menu_label, words)) html_attr(h, "aria-label", n->menu_label);
	html_markup(h, " hidden aria-hidden=\"true\">");
	html_text(h, words);
	html_markup(h, "</button>");
}

static bool navigation_collapses(const struct service_navigation *n)
{
	if (n->collapse == COLLAPSE_IF_SEVERAL) return n->count > 1;
	return n->collapse == COLLAPSE_ALWAYS;
}

static void navigation_list(struct html *h, const struct service_navigation *n)
{
	html_markup(h, "<nav");
	html_attr(h, "aria-label", or_else(n->label, or_else(n->menu_text, TEXT("Menu"))));
	html_class(h, "govuk-service-navigation__wrapper", n->navigation_classes);
	html_markup(h, ">");
	if (navigation_collapses(n)) navigation_toggle(h, n);
	html_markup(h, "<ul class=\"govuk-service-navigation__list\"");
	html_attr(h, "id", or_else(n->navigation_id, TEXT("navigation")));
	html_markup(h, ">");
	html_content(h, TEXT_NONE, n->navigation_start);
	for (size_t i = 0; i < n->count; i++) {
		const struct navigation_item *item = &n->items[i];

		html_markup(h, "<li class=\"govuk-service-navigation__item");
		if (item->active || item->current) html_markup(h, " govuk-service-navigation__item--active");
		html_markup(h, "\">");
		navigation_link(h, item);
		html_markup(h, "</li>");
	}
	html_content(h, TEXT_NONE, n->navigation_end);
	html_markup(h, "</ul></nav>");
}

static void navigation_name(struct html *h, const struct service_navigation *n)
{
	html_markup(h, "<span class=\"govuk-service-navigation__service-name\">");
	if (n->service_url.len) {
		html_markup(h, "<a href=\"");
		html_address(h, n->service_url);
		html_markup(h, "\" class=\"govuk-service-navigation__link\">");
		html_text(h, n->service_name);
		html_markup(h, "</a>");
	} else {
		html_markup(h, "<span class=\"govuk-service-navigation__text\">");
		html_text(h, n->service_name);
		html_markup(h, "</span>");
	}
	html_markup(h, "</span>");
}

static void navigation_inside(struct html *h, const struct service_navigation *n)
{
	bool list = n->count || n->navigation_start.markup.len || n->navigation_end.markup.len;

	html_class(h, "govuk-width-container", n->end_inline ? "govuk-service-navigation__inlining-container" : NULL);
	html_markup(h, ">");
	html_content(h, TEXT_NONE, n->start);
	html_markup(h, "<div class=\"govuk-service-navigation__container\">");
	if (n->service_name.len) navigation_name(h, n);
	if (list) navigation_list(h, n);
	html_markup(h, "</div>");
	html_content(h, TEXT_NONE, n->end);
}

void html_service_navigation(struct html *h, const struct service_navigation *n)
{
	bool section = n->service_name.len || n->start.markup.len || n->end.markup.len;

	if (section) {
		html_markup(h, "<section");
		html_attr(h, "aria-label", or_else(n->section_label, TEXT("Service information")));
	} else {
		html_markup(h, "<div");
	}
	html_class(h, "govuk-service-navigation", n->classes);
	html_markup(h, " data-module=\"govuk-service-navigation\"");
	html_pairs(h, n->attributes);
	html_markup(h, "><div");
	navigation_inside(h, n);
	html_markup(h, "</div>");
	html_literal(h, section ? "</section>" : "</div>", section ? 10 : 6);
}
