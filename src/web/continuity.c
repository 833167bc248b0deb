#include "web/continuity.h"

#include "base/london.h"
#include "rules/policy_lists.h"
#include "views/continuity.h"
#include "web/handlers.h"

#define LINE_BYTES 400 /* of one enquiry's row in markup, its words apart */

static void page_json(struct json *json, const void *what)
{
	continuity_json(json, what);
}

static struct text written_words(struct arena *arena, instant at)
{
	if (at != INSTANT_NONE)
		return arena_printf(arena, "Last written to its folder %.*s.", TEXT_ARG(london_short(arena, at)));
	if (continuity_is_served()) return TEXT("It has not been written to its folder yet.");
	return TEXT("This hub writes it to no folder: the server has to be started with --continuity-dir.");
}

bool continuity_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct continuity_page_view view = {.printed_by = hub->actor.name, .arena = hub->arena};
	instant written = INSTANT_NONE;
	struct page page;

	if (!continuity_view(hub, &view.list, err) || !continuity_written_at(hub, &written, err)) return false;
	response_room(res, view.list.count * LINE_BYTES);
	if (req->api) {
		api_answer(res, 200, page_json, &view.list);
		return true;
	}
	view.written = written_words(hub->arena, written);
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Continuity list")});
	view_continuity(&page.html, &view);
	page_end(&page);
	return true;
}

static const enum field blank_came[] = {FIELD_received_at, FIELD_channel, FIELD_source_code, FIELD_COUNT};
static const enum field blank_referrer[] = {FIELD_referrer_name, FIELD_referrer_role, FIELD_referrer_organisation,
	FIELD_referrer_phone, FIELD_referrer_email, FIELD_COUNT};
static const enum field blank_concern[] = {FIELD_immediate_danger, FIELD_summary, FIELD_main_concern, FIELD_consent,
	FIELD_domestic_abuse_notification, FIELD_COUNT};
static const enum field blank_child[] = {FIELD_given_name, FIELD_family_name, FIELD_date_of_birth, FIELD_expected_date,
	FIELD_sex, FIELD_ethnicity, FIELD_nhs_number, FIELD_address, FIELD_postcode, FIELD_parent_name, FIELD_COUNT};
static const enum field blank_done[] = {FIELD_rag, FIELD_rag_reason, FIELD_COUNT};

static const struct {
	const char *title;
	const enum field *fields;
} blank[] = {
	{"How and when it came", blank_came},
	{"Who told us", blank_referrer},
	{"The concern", blank_concern},
	{"First child", blank_child},
	{"Second child", blank_child},
	{"What was done, by whom and when", blank_done},
};

#define BLANKS (sizeof blank / sizeof *blank)

static struct blank_codes offered(struct arena *arena, enum code_list list, const struct retired_codes *retired)
{
	const struct codes *codes = codes_describe(list);
	struct code *rows = arena_new_array(arena, (size_t)codes->count, struct code);
	size_t count = 0;

	for (int i = 0; i < codes->count; i++)
		if (!code_retired(retired, list, i)) rows[count++] = codes->codes[i];
	return (struct blank_codes){rows, count};
}

static struct blank_field blank_of(struct arena *arena, enum field field, const struct retired_codes *retired)
{
	const struct field_description *f = field_describe(field);
	enum code_list yes_no = f->type == TYPE_BOOL ? CODES_yes_no : CODES_none;
	enum code_list list = f->codes != CODES_none ? f->codes : yes_no;

	struct blank_field blank_field = {.label = f->label, .lines = f->type == TYPE_NARRATIVE ? 12 : 1};

	if (list != CODES_none) blank_field.codes = offered(arena, list, retired);
	return blank_field;
}

struct blank_sections continuity_blank_sections(struct arena *arena, const struct retired_codes *retired)
{
	struct blank_section *sections = arena_new_array(arena, BLANKS, struct blank_section);

	for (size_t i = 0; i < BLANKS; i++) {
		struct blank_field *rows = arena_new_array(arena, FIELD_COUNT, struct blank_field);
		size_t count = 0;

		for (; blank[i].fields[count] != FIELD_COUNT; count++)
			rows[count] = blank_of(arena, blank[i].fields[count], retired);
		sections[i] = (struct blank_section){blank[i].title, rows, count};
	}
	return (struct blank_sections){sections, BLANKS};
}

bool continuity_blank(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct page page;

	if (!hub_may(hub, ACTION_CONTINUITY, err)) return false;
	page_begin(&page, req, hub, res,
		&(struct page_ask){
			.title = TEXT("Blank form"), .back_href = TEXT("/continuity"), .back_text = TEXT("Continuity list")});
	view_continuity_blank(&page.html, hub->arena, hub->authority);
	page_end(&page);
	return true;
}
