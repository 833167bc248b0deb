#include "html/layout.h"

#include "html/asset_names.h"
#include "html/inputs.h"
#include "html/messages.h"

static void head(struct html *h, const struct page_frame *frame)
{
	html_markup(h, "<!DOCTYPE html>\n<html lang=\"en\" class=\"govuk-template\"><head><meta charset=\"utf-8\"><title>");
	if (frame->error) html_markup(h, "Error: ");
	html_text(h, frame->title);
	html_markup(h, " - Fanlight");
	if (frame->council.len) {
		html_markup(h, " - ");
		html_text(h, frame->council);
	}
	html_markup(h, "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
				   "<meta name=\"theme-color\" content=\"#12283a\">"
				   "<link rel=\"icon\" href=\"" ASSET_FAVICON_SVG "\" type=\"image/svg+xml\">"
				   "<link rel=\"stylesheet\" href=\"" ASSET_FANLIGHT_CSS "\">"
				   "<script src=\"" ASSET_FANLIGHT_JS "\" defer></script>");
	if (frame->live.changes.len) html_markup(h, "<script src=\"" ASSET_LIVE_JS "\" defer></script>");
	if (frame->reload_seconds) {
		html_markup(h, "<noscript><meta http-equiv=\"refresh\" content=\"");
		html_int(h, frame->reload_seconds);
		html_markup(h, "\"></noscript>");
	}
	html_markup(h, "</head>\n");
}

/* Who is signed in, and the way out: a POST, so that no link or picture can do it for them. */
static void person(struct html *h, const struct page_frame *frame)
{
	if (text_none(frame->person_name)) return;
	html_markup(h, "<div class=\"fanlight-header__person\"><a class=\"govuk-link\" href=\"/account\">");
	html_text(h, frame->person_name);
	html_markup(h, "</a>");
	if (frame->drafts) {
		html_markup(h, "<a class=\"fanlight-header__drafts\" href=\"/drafts\">");
		html_int(h, (int64_t)frame->drafts);
		html_text(h, frame->drafts == 1 ? TEXT(" draft") : TEXT(" drafts"));
		html_markup(h, "</a>");
	}
	html_markup(h, "<form method=\"post\" action=\"/sign-out\">");
	html_hidden(h, "csrf", frame->csrf);
	html_markup(h, "<button type=\"submit\" class=\"fanlight-link-button\">Sign out</button></form></div>");
}

static void header(struct html *h, const struct page_frame *frame)
{
	html_markup(h,
		"<div class=\"fanlight-header\"><div class=\"govuk-width-container fanlight-header__inside\">"
		"<a class=\"fanlight-header__home\" href=\"/\"><img class=\"fanlight-header__mark\" src=\"" ASSET_MARK_SVG
		"\" alt=\"\" width=\"48\" height=\"28\">Fanlight</a><span class=\"fanlight-header__council\">");
	html_text(h, frame->council);
	html_markup(h, "</span>");
	person(h, frame);
	html_markup(h, "</div></div>");
}

static void above_content(struct html *h, const struct page_frame *frame)
{
	if (frame->simulated)
		html_markup(h, "<div class=\"fanlight-demonstration\"><div class=\"govuk-width-container\">"
					   "Demonstration. Every person, record and decision is invented.</div></div>");
	if (frame->navigation_count)
		html_service_navigation(
			h, &(struct service_navigation){
				   .items = frame->navigation, .count = frame->navigation_count, .label = TEXT("Fanlight")});
}

/* From when it is, and what others did since; the script keeps both as they are now. */
static void live(struct html *h, const struct page_live *live)
{
	html_markup(h, "<div class=\"fanlight-live fanlight-screen-only\"><p class=\"fanlight-live__state\">"
				   "<span data-live-state>");
	if (live->again.len) {
		html_markup(h, "As it was at ");
		html_text(h, live->clock);
		html_markup(h, ".");
	}
	html_markup(h, "</span><strong role=\"status\" data-live-away></strong>");
	if (live->again.len) {
		html_markup(h, " <a class=\"govuk-link\"");
		html_attr_if(h, "href", live->again);
		html_markup(h, ">Refresh</a>");
	}
	html_markup(h, "</p><div role=\"status\" data-live-news>");
	live->news(h, live->news_of);
	html_markup(h, "</div></div>");
}

static void begin_main(struct html *h, const struct page_frame *frame)
{
	html_markup(h, "<main class=\"fanlight-main\" id=\"main-content\"");
	html_attr_if(h, "data-changes", frame->live.changes);
	html_attr_if(h, "data-made", frame->live.made);
	if (frame->live.changes.len && !frame->live.again.len) html_markup(h, " data-form");
	html_markup(h, ">");
	if (frame->live.changes.len) live(h, &frame->live);
	if (frame->alarms) frame->alarms(h, frame->alarms_of);
	if (frame->done.len) html_notification(h, &(struct notification){.success = true, .text = frame->done});
}

/* The way back stands before what the skip link skips to, in a landmark so that nothing is outside one. */
static void back(struct html *h, const struct page_frame *frame)
{
	if (!frame->back_href.len) return;
	html_markup(h, "<nav aria-label=\"Back\">");
	html_back_link(h, &(struct back_link){.href = frame->back_href, .text = frame->back_text});
	html_markup(h, "</nav>");
}

void layout_begin(struct html *h, const struct page_frame *frame)
{
	head(h, frame);
	html_markup(h, "<body class=\"govuk-template__body\">");
	html_skip_link(h, &(struct skip_link){.href = TEXT("#main-content"), .text = TEXT("Skip to main content")});
	html_markup(h, "<header>");
	header(h, frame);
	above_content(h, frame);
	html_markup(h, "</header>\n<div class=\"govuk-width-container\">");
	back(h, frame);
	begin_main(h, frame);
}

void layout_end(struct html *h, const struct page_frame *frame)
{
	html_markup(h, "</main></div>\n<footer class=\"fanlight-footer\"><div class=\"govuk-width-container\"><p>Fanlight");
	if (frame->version.len) {
		html_markup(h, " ");
		html_text(h, frame->version);
	}
	if (frame->council.len) {
		html_markup(h, " for ");
		html_text(h, frame->council);
	}
	if (frame->now.len) {
		html_markup(h, ". ");
		html_text(h, frame->now);
	}
	html_markup(h, ".");
	if (!text_none(frame->person_name))
		html_markup(h, " <a class=\"govuk-link fanlight-screen-only\" href=\"/keys\">Keys</a>");
	html_markup(h, "</p></div></footer></body></html>\n");
}
