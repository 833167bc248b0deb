#include "html/messages.h"

static struct text or_else(struct text given, struct text otherwise)
{
	return given.len ? given : otherwise;
}

static void summary_error(struct html *h, const struct summary_error *e)
{
	html_markup(h, "<li>");
	if (e->href.len) {
		html_markup(h, "<a href=\"");
		html_address(h, e->href);
		html_markup(h, "\"");
		html_pairs(h, e->attributes);
		html_markup(h, ">");
	}
	html_content(h, e->text, e->html);
	if (e->href.len) html_markup(h, "</a>");
	html_markup(h, "</li>");
}

static void summary_body(struct html *h, const struct error_summary *s)
{
	html_markup(h, "<div class=\"govuk-error-summary__body\">");
	if (s->description.len || s->description_html.markup.len) {
		html_markup(h, "<p>");
		html_content(h, s->description, s->description_html);
		html_markup(h, "</p>");
	}
	if (s->count) {
		html_markup(h, "<ul class=\"govuk-list govuk-error-summary__list\">");
		for (size_t i = 0; i < s->count; i++) summary_error(h, &s->errors[i]);
		html_markup(h, "</ul>");
	}
	html_markup(h, "</div>");
}

void html_error_summary(struct html *h, const struct error_summary *s)
{
	html_markup(h, "<div");
	html_class(h, "govuk-error-summary", s->classes);
	html_attr_if(h, "data-disable-auto-focus", text_of(s->disable_auto_focus));
	html_pairs(h, s->attributes);
	html_markup(
		h, " data-module=\"govuk-error-summary\"><div role=\"alert\"><h2 class=\"govuk-error-summary__title\">");
	html_content(h, or_else(s->title, TEXT("There is a problem")), s->title_html);
	html_markup(h, "</h2>");
	summary_body(h, s);
	html_markup(h, "</div></div>");
}

void html_tag(struct html *h, const struct tag *tag)
{
	html_markup(h, "<strong");
	html_class(h, "govuk-tag", tag->classes);
	html_pairs(h, tag->attributes);
	html_markup(h, ">");
	html_content(h, tag->text, tag->html);
	html_markup(h, "</strong>");
}

void html_inset_begin(struct html *h, const struct inset *inset)
{
	html_markup(h, "<div");
	html_attr_if(h, "id", inset->id);
	html_class(h, "govuk-inset-text", inset->classes);
	html_pairs(h, inset->attributes);
	html_markup(h, ">");
	html_content(h, inset->text, inset->html);
}

void html_inset_end(struct html *h)
{
	html_markup(h, "</div>");
}

void html_inset(struct html *h, const struct inset *inset)
{
	html_inset_begin(h, inset);
	html_inset_end(h);
}

void html_warning(struct html *h, const struct warning *w)
{
	html_markup(h, "<div");
	html_class(h, "govuk-warning-text", w->classes);
	html_pairs(h, w->attributes);
	html_markup(h, "><span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span>"
				   "<strong class=\"govuk-warning-text__text\"><span class=\"govuk-visually-hidden\">");
	html_text(h, or_else(w->icon_fallback, TEXT("Warning")));
	html_markup(h, "</span> ");
	html_content(h, w->text, w->html);
	html_markup(h, "</strong></div>");
}

static void notification_header(struct html *h, const struct notification *n, struct text title_id)
{
	int level = n->title_level ? n->title_level : 2;

	html_markup(h, "<div class=\"govuk-notification-banner__header\"><h");
	html_int(h, level);
	html_markup(h, " class=\"govuk-notification-banner__title\"");
	html_attr(h, "id", title_id);
	html_markup(h, ">");
	html_content(h, or_else(n->title, n->success ? TEXT("Success") : TEXT("Important")), n->title_html);
	html_markup(h, "</h");
	html_int(h, level);
	html_markup(h, "></div>");
}

void html_notification_begin(struct html *h, const struct notification *n)
{
	struct text title_id = or_else(n->title_id, TEXT("govuk-notification-banner-title"));
	const char *role = n->role ? n->role : n->success ? "alert" : "region";

	html_markup(h, "<div class=\"govuk-notification-banner");
	if (n->success) html_markup(h, " govuk-notification-banner--success");
	if (n->classes) {
		html_markup(h, " ");
		html_attribute_cstr(h, n->classes);
	}
	html_markup(h, "\"");
	html_attr(h, "role", text_of(role));
	html_attr(h, "aria-labelledby", title_id);
	html_markup(h, " data-module=\"govuk-notification-banner\"");
	html_attr_if(h, "data-disable-auto-focus", text_of(n->disable_auto_focus));
	html_pairs(h, n->attributes);
	html_markup(h, ">");
	notification_header(h, n, title_id);
	html_markup(h, "<div class=\"govuk-notification-banner__content\">");
}

void html_notification_end(struct html *h)
{
	html_markup(h, "</div></div>");
}

void html_notification(struct html *h, const struct notification *n)
{
	html_notification_begin(h, n);
	if (n->html.markup.len) {
		html_content(h, TEXT_NONE, n->html);
	} else if (n->text.len) {
		html_markup(h, "<p class=\"govuk-notification-banner__heading\">");
		html_text(h, text_trim(n->text));
		html_markup(h, "</p>");
	}
	html_notification_end(h);
}

void html_panel(struct html *h, const struct panel *p)
{
	int level = p->heading_level ? p->heading_level : 1;
	bool interrupts = p->classes && strstr(p->classes, "govuk-panel--interruption");

	html_markup(h, "<div class=\"govuk-panel");
	if (!interrupts) html_markup(h, " govuk-panel--confirmation");
	if (p->classes) {
		html_markup(h, " ");
		html_attribute_cstr(h, p->classes);
	}
	html_markup(h, "\"");
	html_pairs(h, p->attributes);
	html_markup(h, "><h");
	html_int(h, level);
	html_markup(h, " class=\"govuk-panel__title\">");
	html_content(h, p->title, p->title_html);
	html_markup(h, "</h");
	html_int(h, level);
	html_markup(h, ">");
	if (p->text.len || p->html.markup.len) {
		html_markup(h, "<div class=\"govuk-panel__body\">");
		html_content(h, p->text, p->html);
		html_markup(h, "</div>");
	}
	html_markup(h, "</div>");
}

void html_details_begin(struct html *h, const struct details *d)
{
	html_markup(h, "<details");
	html_attr_if(h, "id", d->id);
	html_class(h, "govuk-details", d->classes);
	html_pairs(h, d->attributes);
	if (d->open) html_markup(h, " open");
	html_markup(h, "><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">");
	html_content(h, d->summary, d->summary_html);
	html_markup(h, "</span></summary><div class=\"govuk-details__text\">");
	html_content(h, d->text, d->html);
}

void html_details_end(struct html *h)
{
	html_markup(h, "</div></details>");
}

void html_details(struct html *h, const struct details *d)
{
	html_details_begin(h, d);
	html_details_end(h);
}
