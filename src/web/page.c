#include "web/page.h"

#include "base/london.h"
#include "http/server.h"
#include "views/shared.h"
#include "web/alarms.h"
#include "web/routes.h"

/* Who finds what in the navigation: an item is there for those whose role does what stands behind it. */
static const struct section {
	const char *href;
	const char *text;
	enum action action;
	bool holders_only; /* those who may hold enquiries */
} sections[] = {
	{"/caseload", "My caseload", ACTION_RECOMMEND, true},
	{"/hub", "The hub now", ACTION_VIEW_LIST, false},
	{"/clocks", "Clocks", ACTION_VIEW_LIST, false},
	{"/edt", "EDT", ACTION_ACCEPT_DUTY_HAND_OVER, false},
	{"/enquiries/new", "Record an enquiry", ACTION_RECEIVE, false},
	{"/enquiries", "Enquiries", ACTION_VIEW_LIST, false},
	{"/advice", "Advice", ACTION_ADVISE, false},
	{"/requests", "Requests", ACTION_INFORMATION_REQUEST, false},
	{"/returns", "Returns", ACTION_VIEW_RETURN, false},
	{"/find", "Find", ACTION_FIND, false},
	{"/duty", "Duty", ACTION_VIEW_DUTY, false},
	{"/users", "Users", ACTION_MANAGE_USERS, false},
	{"/policy", "Policy", ACTION_VIEW_POLICY, false},
};

#define SECTIONS (sizeof sections / sizeof *sections)

static bool holds(enum role role)
{
	return role == ROLE_SOCIAL_WORKER || role == ROLE_EDT_WORKER;
}

static bool may_open(const struct hub *hub, const struct section *section)
{
	return hub_can(hub, section->action) && (!section->holders_only || holds(hub->actor.role));
}

const char *home_of(const struct hub *hub)
{
	if (hub->actor.role == ROLE_PROJECT_MANAGER || hub->actor.role == ROLE_DIRECTOR ||
		hub->actor.role == ROLE_SERVICE_MANAGER)
		return "/returns";
	if (hub->actor.role == ROLE_EDT_WORKER || hub->actor.role == ROLE_EDT_MANAGER) return "/edt";
	for (size_t i = 0; i < SECTIONS; i++)
		if (may_open(hub, &sections[i])) return sections[i].href;
	return "/account";
}

/* "/" leads to Find from every page but its own, where it leads to the box. */
static const struct pair *finds(const struct section *section, bool active)
{
	static const struct pair find[] = {{"data-find", {"", 0}}, {NULL, {NULL, 0}}};

	return section->action == ACTION_FIND && !active ? find : NULL;
}

static void navigation(const struct hub *hub, const char *current, struct arena *arena, struct page_frame *frame)
{
	struct navigation_item *items = arena_new_array(arena, SECTIONS, struct navigation_item);
	size_t count = 0;

	for (size_t i = 0; i < SECTIONS; i++) {
		bool active = current && strcmp(current, sections[i].href) == 0;

		if (!may_open(hub, &sections[i])) continue;
		items[count++] = (struct navigation_item){
			.href = text_of(sections[i].href),
			.text = text_of(sections[i].text),
			.active = active,
			.attributes = finds(&sections[i], active),
		};
	}
	frame->navigation = items;
	frame->navigation_count = count;
}

/* The same form sent twice: it was done the first time. */
static struct text told_once(const struct request *req, struct text words)
{
	bool again = text_is(request_query(req, "again"), "yes");

	return again ? arena_printf(req->arena, "%.*s You sent it twice; it was done once.", TEXT_ARG(words)) : words;
}

/* What was just done, by the code a redirect carries; other words in an address are not shown. */
static const struct {
	const char *code;
	const char *words;
} told[] = {
	{"received", "The enquiry is recorded."},
	{"known", "This enquiry was recorded before. Nothing was added."},
	{"screened", "Screened and rated."},
	{"screen_out", "Proposed to screen out. A second person has to agree."},
	{"answered", "Your answer is recorded."},
	{"rerated", "The rating is recorded."},
	{"allocated", "Allocated."},
	{"held", "Held. It has a manager's name on it now."},
	{"swapped", "Swapped: this one is allocated, the other is back in unallocated."},
	{"lent", "Lent. They may hold enquiries of this workstream until then."},
	{"loan_ended", "The loan has ended. What they hold stays with them."},
	{"unallocated", "Put back to unallocated."},
	{"alone", "Decided alone. A second look is due by the close of the next working day."},
	{"looked", "The second look is recorded."},
	{"recommended", "Recommended. It waits for a manager to authorise it."},
	{"returned", "Returned to the worker."},
	{"authorised", "Authorised."},
	{"closed", "Closed."},
	{"reopened", "Re-opened with its own clock."},
	{"strategy", "The strategy discussion is recorded."},
	{"conference", "The conference is recorded."},
	{"reviewed", "The review is recorded: nothing changes."},
	{"further", "The further information is added."},
	{"protection", "The protection is recorded."},
	{"open_case", "The open case is recorded."},
	{"person", "The answer is recorded."},
	{"transfer_in", "The transfer is recorded."},
	{"referrer_answered", "It is recorded that the referrer was answered."},
	{"advice", "The advice is recorded."},
	{"hand_over", "The answer to the hand-over is recorded."},
	{"duty_given", "Handed over. It waits to be accepted."},
	{"duty_accepted", "Accepted, with your name and the time."},
	{"asked", "They are asked to sign."},
	{"child_added", "The child is added."},
	{"child_corrected", "The child is corrected. What stood before is kept."},
	{"child_removed", "The child is removed. It can be put back."},
	{"child_restored", "The child is put back."},
	{"linked", "Linked. Both enquiries show it."},
	{"unlinked", "The link is taken away."},
	{"moved", "Moved. The clock runs on."},
	{"withdraw", "Proposed to withdraw. A second person has to agree; the clock runs on."},
	{"collated", "The return is collated and frozen."},
	{"user_added", "The account is made."},
	{"user_disabled", "The account is disabled."},
	{"policy", "The new policy is in force."},
	{"shift_added", "They are named for it."},
	{"shift_cancelled", "The shift is cancelled."},
	{"deputy_added", "The deputy is named."},
	{"deputy_ended", "They deputise no more."},
	{"absence_added", "The absence is recorded."},
	{"absence_ended", "The absence has its end."},
	{"absence_withdrawn", "The absence is withdrawn: it counts for nothing."},
	{"staff_changed", "The change is saved."},
	{"contact", "The contact is recorded."},
	{"oversight", "The oversight note is recorded."},
	{"restricted", "It is restricted: only named people see it."},
	{"named", "They may see it from now on."},
	{"taken_off", "They no longer see it."},
	{"reviewed_restriction", "The review is recorded."},
	{"lifted", "The restriction is lifted: everybody of the hub sees it."},
	{"glass", "You see this record for a while. Its owner is told."},
	{"advice_put", "The advice belongs to that enquiry now."},
	{"request", "The request is recorded."},
	{"request_answer", "The answer is recorded."},
	{"request_due", "The due date is corrected."},
	{"kept", "It is recorded. The record is restricted: speak to its owner."},
	{"draft_thrown", "The draft is thrown away. It can be brought back from your drafts until this time tomorrow."},
	{"draft_back", "The draft is back."},
	{"retriaged", "All of it is done."},
	{"taken_over", "The accumulation is taken over. Everything in it is screened again."},
	{"policy_later", "The new policy is loaded, and begins on its date."},
};

static struct text done_words(const struct request *req, const struct page_ask *ask)
{
	struct text code = request_query(req, "done");

	if (ask->err) return TEXT_NONE;
	if (ask->done.len) return told_once(req, ask->done);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (text_is(code, told[i].code)) return told_once(req, text_of(told[i].words));
	return TEXT_NONE;
}

/* What somebody writes here, as their list of drafts has it: "Recommend, OX-15-00417-H". */
static struct text draft_title(struct arena *arena, const struct page_ask *ask)
{
	bool of_enquiry = text_starts(ask->back_href, TEXT("/enquiries/")) && ask->back_text.len;

	if (!of_enquiry) return ask->title;
	return arena_printf(arena, "%.*s, %.*s", TEXT_ARG(ask->title), TEXT_ARG(ask->back_text));
}

void page_begin(
	struct page *page, struct request *req, struct hub *hub, struct response *res, const struct page_ask *ask)
{
	int status = ask->err ? response_error_status(req, ask->err) : res->status ? res->status : 200;

	page->html = (struct html){.out = response_page(res, status), .retired = &hub->policy->retired};
	page->frame = (struct page_frame){
		.title = ask->title,
		.council = hub->authority,
		.person_name = hub->actor.name,
		.csrf = req->csrf,
		.now = london_words(hub->arena, hub->now),
		.back_href = ask->back_href,
		.back_text = ask->back_text,
		.done = done_words(req, ask),
		.error = ask->err != NULL,
		.simulated = hub->simulated,
		.drafts = req->draft.standing.count,
		.reload_seconds = ask->reload_seconds,
	};
	if (hub->actor.account.n) {
		navigation(hub, ask->section, hub->arena, &page->frame);
		alarms_begin(&page->frame, req, hub);
		if (ask->live) live_begin(&page->frame, req, hub, ask->live);
	}
	req->draft.title = draft_title(hub->arena, ask);
	layout_begin(&page->html, &page->frame);
}

void page_end(struct page *page)
{
	layout_end(&page->html, &page->frame);
}

struct form_state form_state(const struct request *req, const struct error *err, int64_t version)
{
	return (struct form_state){.request = req,
		.typed = request_source(req),
		.err = err,
		.csrf = req->csrf,
		.action = req->path,
		.version = version};
}

struct text form_typed(const struct form_state *form, const char *name, struct text initial)
{
	struct text typed;

	if (!form_is_typed(form)) return initial;
	typed = request_value(form->request, name);
	return text_none(typed) ? TEXT("") : typed;
}

struct text form_typed_in(const struct form_state *form, const char *list, size_t index, const char *name)
{
	struct text typed = request_list_value(form->request, list, index, name);

	return text_none(typed) ? TEXT("") : typed;
}

void form_field(struct html *h, const struct form_state *form, const struct field_view *look)
{
	struct field_view view = *look;

	view.err = form->err;
	if (form_is_typed(form)) view.typed = &form->typed;
	html_field(h, &view);
}

void form_problems(struct html *h, const struct form_state *form)
{
	if (form->err) html_form_errors(h, form->err);
}

static struct text new_key(struct hub *hub)
{
	unsigned char bytes[16];
	BUFFER_SCOPE key;

	random_bytes(hub->random, bytes, sizeof bytes);
	buffer_init(&key, sizeof bytes * 2 + 1);
	for (size_t i = 0; i < sizeof bytes; i++) buffer_printf(&key, "%02x", bytes[i]);
	return arena_text(hub->arena, buffer_text(&key));
}

struct text form_key(const struct request *req, struct hub *hub)
{
	struct text key = request_value(req, "idempotency_key");

	return text_blank(key) || req->fault == FAULT_KEY_REUSED ? new_key(hub) : key;
}

/* Whose hub it is, for pages that are made without a transaction; set once, before the server starts. */
static struct {
	struct text authority;
	bool simulated;
} site;

void web_serves(struct text authority, bool simulated)
{
	site.authority = authority;
	site.simulated = simulated;
}

static const char *error_heading(const struct error_page *page)
{
	if (strcmp(page->kind, fault_kind(FAULT_FORGED)) == 0) return "Please open the page again";
	switch (page->status) {
	case 400: return "That request can't be read";
	case 403: return "You can't do this";
	case 404: return "Page not found";
	case 405: return "That can't be done here";
	case 409: return "This was not done";
	case 413: return "That is too large";
	case 422: return "There is a problem";
	case 503: return "Please try again in a moment";
	default: return page->status < 500 ? "This was not done" : "Sorry, something went wrong";
	}
}

static bool can_be_sent_again(const struct request *req, const struct error_page *what)
{
	if (req->api || req->method != HTTP_POST || !req->form.count) return false;
	if (!text_none(request_value(req, "password"))) return false;
	return what->status == 503 || what->err->kind == ERROR_FAILED;
}

/* The hub could not even keep a draft: what was sent stands in the page, to be sent again as it is. */
static void send_again(struct html *h, const struct request *req)
{
	html_form_begin(h, &(struct form_begin){.action = req->path, .csrf = request_value(req, "csrf")});
	for (size_t i = 0; i < req->form.count; i++) {
		const struct form_field *field = &req->form.rows[i];

		if (!text_is(field->name, "csrf")) html_hidden(h, arena_cstr(req->arena, field->name), field->value);
	}
	html_button(h, &(struct button){.text = TEXT("Send it again")});
	html_form_end(h);
}

void error_page(const struct request *req, const struct error_page *what, struct response *res)
{
	bool again = can_be_sent_again(req, what);
	struct html html;
	struct page_frame frame = {.title = text_of(error_heading(what)),
		.csrf = req->csrf,
		.council = site.authority,
		.simulated = site.simulated};
	char words[ERROR_WORDS_BYTES];

	if (again) response_room(res, req->body.len);
	html = (struct html){.out = response_page(res, what->status)};
	layout_begin(&html, &frame);
	view_problem(&html, error_heading(what), error_words(words, what->err), what->request_id);
	if (again) send_again(&html, req);
	layout_end(&html, &frame);
}

void api_answer(struct response *res, int status, void (*write)(struct json *, const void *), const void *what)
{
	struct json *json = response_json(res, status);

	json_open(json);
	write(json, what);
	json_close(json);
}
