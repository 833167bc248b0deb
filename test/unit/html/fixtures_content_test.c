#include "unit.h"

#include "fixture.h"
#include "html/links.h"
#include "html/lists.h"
#include "html/messages.h"

/* The options that nearly every macro takes. */
#define COMMON(o)                                                                                                      \
	.text = option_text(o, "text"), .html = option_html(o, "html"), .classes = option_cstr(o, "classes"),              \
	.attributes = option_pairs(o, "attributes")

static const char *boolean_words(const json_t *o, const char *name)
{
	enum flag flag = option_flag(o, name);

	return flag == FLAG_UNSAID ? NULL : flag == FLAG_ON ? "true" : "false";
}

static void write_button(struct html *h, const json_t *o)
{
	html_button(h, &(struct button){COMMON(o), .href = option_text(o, "href"), .type = option_cstr(o, "type"),
					   .name = option_text(o, "name"), .value = option_text(o, "value"), .id = option_text(o, "id"),
					   .prevent_double_click = boolean_words(o, "preventDoubleClick"),
					   .disabled = option_true(o, "disabled"), .start = option_true(o, "isStartButton")});
}

static void write_back_link(struct html *h, const json_t *o)
{
	html_back_link(h, &(struct back_link){COMMON(o), .href = option_text(o, "href")});
}

static void write_skip_link(struct html *h, const json_t *o)
{
	html_skip_link(h, &(struct skip_link){COMMON(o), .href = option_text(o, "href")});
}

static struct fragment slot(const json_t *slots, const char *name)
{
	const json_t *value = json_object_get(slots, name);

	return json_is_object(value) ? option_html(value, "html") : option_html(slots, name);
}

static void write_service_navigation(struct html *h, const json_t *o)
{
	json_t *items = json_object_get(o, "navigation"), *item, *slots = json_object_get(o, "slots");
	struct navigation_item *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct navigation_item);
	enum flag collapse = option_flag(o, "collapseNavigationOnMobile");
	size_t i, count = 0;

	json_array_foreach(items, i, item)
	{
		if (!json_is_object(item)) continue;
		rows[count++] = (struct navigation_item){.href = option_text(item, "href"),
			.text = option_text(item, "text"),
			.html = option_html(item, "html"),
			.current = option_true(item, "current"),
			.active = option_true(item, "active"),
			.attributes = option_pairs(item, "attributes")};
	}
	html_service_navigation(h, &(struct service_navigation){.items = rows,
								   .count = count,
								   .service_name = option_text(o, "serviceName"),
								   .service_url = option_text(o, "serviceUrl"),
								   .label = option_text(o, "navigationLabel"),
								   .section_label = option_text(o, "ariaLabel"),
								   .navigation_id = option_text(o, "navigationId"),
								   .menu_text = option_text(o, "menuButtonText"),
								   .menu_label = option_text(o, "menuButtonLabel"),
								   .collapse = collapse == FLAG_ON    ? COLLAPSE_ALWAYS
											   : collapse == FLAG_OFF ? COLLAPSE_NEVER
																	  : COLLAPSE_IF_SEVERAL,
								   .start = slot(slots, "start"),
								   .end = slot(slots, "end"),
								   .navigation_start = slot(slots, "navigationStart"),
								   .navigation_end = slot(slots, "navigationEnd"),
								   .end_inline = option_text(json_object_get(slots, "end"), "align").len > 0,
								   .classes = option_cstr(o, "classes"),
								   .navigation_classes = option_cstr(o, "navigationClasses"),
								   .attributes = option_pairs(o, "attributes")});
}

static void write_error_summary(struct html *h, const json_t *o)
{
	json_t *items = json_object_get(o, "errorList"), *item;
	struct summary_error *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct summary_error);
	size_t i;

	json_array_foreach(items, i, item) rows[i] = (struct summary_error){.href = option_text(item, "href"),
		.text = option_text(item, "text"),
		.html = option_html(item, "html"),
		.attributes = option_pairs(item, "attributes")};
	html_error_summary(h, &(struct error_summary){.title = option_text(o, "titleText"),
							  .title_html = option_html(o, "titleHtml"),
							  .description = option_text(o, "descriptionText"),
							  .description_html = option_html(o, "descriptionHtml"),
							  .errors = rows,
							  .count = json_array_size(items),
							  .classes = option_cstr(o, "classes"),
							  .disable_auto_focus = boolean_words(o, "disableAutoFocus"),
							  .attributes = option_pairs(o, "attributes")});
}

static void write_tag(struct html *h, const json_t *o)
{
	html_tag(h, &(struct tag){COMMON(o)});
}

static void write_inset(struct html *h, const json_t *o)
{
	html_inset(h, &(struct inset){COMMON(o), .id = option_text(o, "id")});
}

static void write_warning(struct html *h, const json_t *o)
{
	html_warning(h, &(struct warning){COMMON(o), .icon_fallback = option_text(o, "iconFallbackText")});
}

static void write_notification(struct html *h, const json_t *o)
{
	html_notification(h, &(struct notification){COMMON(o), .title = option_text(o, "titleText"),
							 .title_html = option_html(o, "titleHtml"), .title_id = option_text(o, "titleId"),
							 .title_level = option_int(o, "titleHeadingLevel"), .role = option_cstr(o, "role"),
							 .disable_auto_focus = boolean_words(o, "disableAutoFocus"),
							 .success = text_is(option_text(o, "type"), "success")});
}

static void write_panel(struct html *h, const json_t *o)
{
	html_panel(h, &(struct panel){COMMON(o), .title = option_text(o, "titleText"),
					  .title_html = option_html(o, "titleHtml"), .heading_level = option_int(o, "headingLevel")});
}

static void write_details(struct html *h, const json_t *o)
{
	html_details(h,
		&(struct details){COMMON(o), .summary = option_text(o, "summaryText"),
			.summary_html = option_html(o, "summaryHtml"), .id = option_text(o, "id"), .open = option_true(o, "open")});
}

static struct cells cells_of(json_t *items)
{
	struct cell *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct cell);
	json_t *item;
	size_t i;

	json_array_foreach(items, i, item) rows[i] = (struct cell){COMMON(item), .format = option_cstr(item, "format"),
		.colspan = option_int(item, "colspan"), .rowspan = option_int(item, "rowspan")};
	return (struct cells){rows, json_array_size(items)};
}

static void write_table(struct html *h, const json_t *o)
{
	json_t *items = json_object_get(o, "rows"), *item;
	struct cells *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct cells);
	size_t i, count = 0;

	json_array_foreach(items, i, item) if (json_is_array(item)) rows[count++] = cells_of(item);
	html_table(h, &(struct table){.caption = option_text(o, "caption"),
					  .caption_classes = option_cstr(o, "captionClasses"),
					  .head = cells_of(json_object_get(o, "head")),
					  .rows = rows,
					  .count = count,
					  .first_cell_is_header = option_true(o, "firstCellIsHeader"),
					  .classes = option_cstr(o, "classes"),
					  .attributes = option_pairs(o, "attributes")});
}

static const struct action_link *actions_of(const json_t *o, size_t *ret_count)
{
	json_t *items = json_object_get(json_object_get(o, "actions"), "items"), *item;
	struct action_link *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct action_link);
	size_t i;

	json_array_foreach(items, i, item) rows[i] = (struct action_link){
		COMMON(item), .href = option_text(item, "href"), .hidden_text = option_text(item, "visuallyHiddenText")};
	*ret_count = json_array_size(items);
	return rows;
}

static struct summary_card card_of(const json_t *o)
{
	const json_t *card = json_object_get(o, "card"), *title = json_object_get(card, "title");
	struct summary_card ret = {.title = option_text(title, "text"),
		.title_html = option_html(title, "html"),
		.heading_level = option_int(title, "headingLevel"),
		.title_classes = option_cstr(title, "classes"),
		.actions_classes = option_cstr(json_object_get(card, "actions"), "classes"),
		.classes = option_cstr(card, "classes"),
		.attributes = option_pairs(card, "attributes")};

	ret.actions = actions_of(card, &ret.action_count);
	return ret;
}

static struct summary_row summary_row_of(const json_t *o)
{
	const json_t *key = json_object_get(o, "key"), *value = json_object_get(o, "value");
	struct summary_row ret = {.key = option_text(key, "text"),
		.key_html = option_html(key, "html"),
		.key_classes = option_cstr(key, "classes"),
		.value = option_text(value, "text"),
		.value_html = option_html(value, "html"),
		.value_classes = option_cstr(value, "classes"),
		.actions_classes = option_cstr(json_object_get(o, "actions"), "classes"),
		.classes = option_cstr(o, "classes")};

	ret.actions = actions_of(o, &ret.action_count);
	return ret;
}

static void write_summary_list(struct html *h, const json_t *o)
{
	json_t *items = json_object_get(o, "rows"), *item;
	struct summary_row *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct summary_row);
	size_t i, count = 0;

	json_array_foreach(items, i, item) if (json_is_object(item)) rows[count++] = summary_row_of(item);
	html_summary_list(h, &(struct summary_list){.rows = rows,
							 .count = count,
							 .card = card_of(o),
							 .classes = option_cstr(o, "classes"),
							 .attributes = option_pairs(o, "attributes")});
}

static struct page_link page_link_of(const json_t *o, const char *name)
{
	const json_t *link = json_object_get(o, name);

	return (struct page_link){.href = option_text(link, "href"),
		.text = option_text(link, "text"),
		.html = option_html(link, "html"),
		.label = option_text(link, "labelText"),
		.attributes = option_pairs(link, "attributes")};
}

static void write_pagination(struct html *h, const json_t *o)
{
	html_pagination(h, &(struct pagination){.previous = page_link_of(o, "previous"),
						   .next = page_link_of(o, "next"),
						   .landmark_label = option_text(o, "landmarkLabel"),
						   .classes = option_cstr(o, "classes"),
						   .attributes = option_pairs(o, "attributes")});
}

static void write_breadcrumbs(struct html *h, const json_t *o)
{
	json_t *items = json_object_get(o, "items"), *item;
	struct crumb *rows = arena_new_array(&fixture_arena, json_array_size(items) + 1, struct crumb);
	size_t i;

	json_array_foreach(items, i, item) rows[i] = (struct crumb){.href = option_text(item, "href"),
		.text = option_text(item, "text"),
		.html = option_html(item, "html"),
		.attributes = option_pairs(item, "attributes")};
	html_breadcrumbs(h, &(struct breadcrumbs){.items = rows,
							.count = json_array_size(items),
							.label = option_text(o, "labelText"),
							.collapse_on_mobile = option_true(o, "collapseOnMobile"),
							.classes = option_cstr(o, "classes"),
							.attributes = option_pairs(o, "attributes")});
}

static void links_and_buttons_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	fixture_check("button", write_button, NULL);
	fixture_check("back-link", write_back_link, NULL);
	fixture_check("skip-link", write_skip_link, NULL);
	fixture_check("service-navigation", write_service_navigation, NULL);
}

static void messages_are_as_the_design_system_writes_them(void **state)
{
	/* An interruption's buttons: ours are those of a form. */
	static const char *const but[] = {"interruption", "interruption-with-content-with-long-line-length",
		"interruption-with-headings-content-and-lists", "interruption, with actions classes and attributes",
		"interruption, submit action", "interruption, button link", "interruption, no actions items", NULL};

	(void)state;
	fixture_check("error-summary", write_error_summary, NULL);
	fixture_check("tag", write_tag, NULL);
	fixture_check("inset-text", write_inset, NULL);
	fixture_check("warning-text", write_warning, NULL);
	fixture_check("notification-banner", write_notification, NULL);
	fixture_check("panel", write_panel, but);
	fixture_check("details", write_details, NULL);
}

static void lists_are_as_the_design_system_writes_them(void **state)
{
	(void)state;
	fixture_check("table", write_table, NULL);
	fixture_check("summary-list", write_summary_list, NULL);
	fixture_check("breadcrumbs", write_breadcrumbs, NULL);
}

static void a_way_on_and_back_is_as_the_design_system_writes_it(void **state)
{
	/* Pages by number: our lists go by cursor. */
	static const char *const but[] = {"default", "with custom link and item text", "with many pages", "first page",
		"last page", "with custom classes", "with custom attributes", "with custom navigation landmark",
		"with custom accessible labels on item links", "with empty items", NULL};

	(void)state;
	fixture_check("pagination", write_pagination, but);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_and_buttons_are_as_the_design_system_writes_them),
		cmocka_unit_test(messages_are_as_the_design_system_writes_them),
		cmocka_unit_test(lists_are_as_the_design_system_writes_them),
		cmocka_unit_test(a_way_on_and_back_is_as_the_design_system_writes_it),
	};

	return cmocka_run_group_tests_name("components a person reads and presses", tests, NULL, NULL);
}
