#include "web/find.h"

#include "base/london.h"
#include "hub/enquiry_view.h"
#include "hub/glass.h"
#include "hub/restriction.h"
#include "rules/child.h"
#include "rules/identifiers.h"
#include "views/find.h"
#include "web/handlers.h"

struct text find_name(const struct find_view *view, const struct enquiry_found *row)
{
	struct enquiry_child child = {
		.given_name = row->given_name, .family_name = row->family_name, .expected_date = row->expected_date};

	return child_name(view->arena, &child);
}

struct text find_birth(const struct find_view *view, const struct enquiry_found *row)
{
	struct text age = child_age_words(view->arena, row->date_of_birth, row->expected_date, london_day(view->now));
	struct text born = day_words(view->arena, row->date_of_birth);

	return text_none(born) ? age : arena_printf(view->arena, "%.*s, %.*s", TEXT_ARG(born), TEXT_ARG(age));
}

static const struct input_member find_members[] = {{FIELD_query, COLUMN_TEXT, 0, true}};

const struct input_type find_input = {.name = "find", .size = sizeof(struct text), INPUT_MEMBERS(find_members)};

static const char *const by_words[] = {
	[FIND_BY_REFERENCE] = "reference",
	[FIND_BY_NHS_NUMBER] = "NHS number",
	[FIND_BY_BIRTH] = "date of birth",
	[FIND_BY_NAME] = "name",
};

struct text find_summary(const struct find_view *view)
{
	const struct enquiry_found_list *found = &view->found;

	if (found->more)
		return arena_printf(view->arena, "More than %d children found by %s: say more, both names for one.", FOUND_MOST,
			by_words[found->by]);
	return arena_printf(view->arena, "%zu %s found by %s, %sthe latest enquiry first.", found->count,
		found->count == 1 ? "child" : "children", by_words[found->by],
		found->by == FIND_BY_NAME && found->count > 1 ? "exact names before others, " : "");
}

/* Ten digits, spaces between them or not: meant as an NHS number. */
static bool meant_as_nhs_number(struct text query)
{
	size_t digits = 0;

	for (size_t i = 0; i < query.len; i++) {
		if (query.ptr[i] == ' ') continue;
		if (query.ptr[i] < '0' || query.ptr[i] > '9') return false;
		digits++;
	}
	return digits == 10;
}

struct text find_why_nothing(const struct find_view *view)
{
	struct text query = text_trim(form_typed(&view->form, "query", TEXT(""))), stored;
	const char *why;

	if (!meant_as_nhs_number(query) || nhs_number_parse(view->arena, query, &stored, &why)) return TEXT_NONE;
	return text_of(why);
}

struct text find_problem(const struct find_view *view)
{
	const struct error_field *wrong = view->form.err ? error_find(view->form.err, "query") : NULL;

	return wrong ? text_of(wrong->message) : TEXT_NONE;
}

const struct pair *find_focus(const struct find_view *view)
{
	static const struct pair box[] = {{"data-find", {"", 0}}, {NULL, {NULL, 0}}};
	static const struct pair first[] = {{"data-find", {"", 0}}, {"autofocus", {"", 0}}, {NULL, {NULL, 0}}};

	return view->asked || view->form.err ? box : first;
}

static void show(struct request *req, struct hub *hub, struct response *res, struct find_view *view)
{
	struct error shut;
	struct page page;

	view->form.action = TEXT("/find");
	view->arena = hub->arena;
	view->now = hub->now;
	error_clear(&shut);
	view->may_break_glass = view->found.restricted_count && glass_may(hub, &shut);
	page_begin(
		&page, req, hub, res, &(struct page_ask){.title = TEXT("Find"), .err = view->form.err, .section = "/find"});
	view_find(&page.html, view);
	page_end(&page);
}

bool find_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct find_view view = {.form = form_state(req, NULL, 0)};

	if (!hub_may(hub, ACTION_FIND, err)) return false;
	show(req, hub, res, &view);
	return true;
}

/* Which restriction, of what kind and whom to speak to; the record itself stays shut. */
static void restricted_json(struct json *json, const struct enquiry_found_list *found)
{
	json_key(json, "restricted");
	json_open_list(json);
	for (size_t i = 0; i < found->restricted_count; i++) {
		const struct restricted_found *row = &found->restricted[i];

		json_open(json);
		json_member_id(json, "restriction", row->restriction.n);
		json_member_text(json, "restriction_kind", row->restriction_kind);
		json_member_text(json, "speak_to", restriction_speak_to(row->owner_name, row->owner));
		json_close(json);
	}
	json_close_list(json);
}

struct find_kept find_kept(const struct find_view *view)
{
	return (struct find_kept){view->found.restricted, view->found.restricted_count};
}

static void found_json(struct json *json, const void *what)
{
	static const char *const keys[] = {
		[FIND_BY_REFERENCE] = "reference",
		[FIND_BY_NHS_NUMBER] = "nhs_number",
		[FIND_BY_BIRTH] = "date_of_birth",
		[FIND_BY_NAME] = "name",
	};
	const struct enquiry_found_list *found = what;

	json_member_cstr(json, "by", keys[found->by]);
	json_member_bool(json, "more", found->more);
	record_list_json(json, "found", &enquiry_found_record, found->rows, found->count);
	restricted_json(json, found);
}

bool find_results(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct find_view view = {.form = form_state(req, NULL, 0), .asked = true};
	struct enquiry_found_list *found = &view.found;

	if (!enquiry_search(hub, request_value(req, "query"), found, err)) return false;
	if (req->api)
		api_answer(res, 200, found_json, found);
	else if (found->by == FIND_BY_REFERENCE && found->count == 1)
		response_redirect_to(res, "/enquiries/%.*s", TEXT_ARG(found->rows[0].reference));
	else
		show(req, hub, res, &view);
	return true;
}

void find_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct find_view view = {.form = form_state(req, problem, 0)};

	show(req, hub, res, &view);
}
