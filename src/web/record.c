#include "web/record.h"

#include "hub/advice.h"
#include "hub/enquiry_view.h"
#include "rules/policy_lists.h"
#include "views/record.h"
#include "web/handlers.h"

static struct record_children children_of(struct arena *arena, size_t count)
{
	struct record_children children = {arena_new_array(arena, count, struct record_child), count};

	for (size_t i = 0; i < count; i++) children.rows[i] = (struct record_child){i, i + 1};
	return children;
}

static void view_begin(
	struct record_view *view, struct request *req, struct hub *hub, const struct draft *draft, const struct error *err)
{
	struct input_source typed = draft_source(draft);

	*view = (struct record_view){
		.form = form_state(req, err, 0), .children = children_of(hub->arena, draft->children), .arena = hub->arena};
	view->form.typed = typed;
	view->form.idempotency = form_key(req, hub);
	view->form.draft_at = TEXT("/enquiries/new");
	view->form.action = TEXT("/enquiries/new");
	view->more_concerns = !text_none(typed.value(typed.context, NULL, 0, "concern"));
}

/* From advice that was given: what was said then is what the form begins with. Advice that isn't there begins nothing. */
static void begin_from_advice(struct request *req, struct hub *hub, struct record_view *view)
{
	struct text number = req->method == HTTP_GET ? request_query(req, "advice") : request_value(req, "advice");
	struct advice_row row;
	struct advice_id id;
	struct error missing;

	error_clear(&missing);
	if (!text_int(number, &id.n) || !advice_show(hub, id, &row, &missing)) return;
	view->advice = number;
	view->said = row.advice;
	view->said_role = row.asked_by;
}

static void show_form(
	struct request *req, struct hub *hub, struct response *res, const struct draft *draft, const struct error *err)
{
	struct record_view view;
	struct page page;

	view_begin(&view, req, hub, draft, err);
	begin_from_advice(req, hub, &view);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Record an enquiry"), .err = err, .section = "/enquiries/new"});
	view_record_form(&page.html, &view);
	page_end(&page);
}

bool record_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct draft draft = draft_of(req);

	if (!hub_may(hub, ACTION_RECEIVE, err)) return false;
	show_form(req, hub, res, &draft, NULL);
	return true;
}

/* A form asks for the main concern by itself: that is what is missing where no concern was chosen. */
static void ask_main_concern(const struct request *req, struct error *err)
{
	static const char words[] = "Choose the main concern";

	if (!text_blank(request_value(req, "main_concern"))) return;
	for (size_t i = 0; i < err->field_count; i++) {
		if (strcmp(err->fields[i].field, "concern") != 0) continue;
		snprintf(err->fields[i].field, sizeof err->fields[i].field, "main_concern");
		snprintf(err->fields[i].message, sizeof err->fields[i].message, "%s", words);
		return;
	}
	error_field(err, "main_concern", "%s", words);
}

/* The concern that was chosen by itself is the one that isn't offered any more: its problem belongs there. */
static void point_at_main(const struct hub *hub, const struct request *req, struct error *err)
{
	int chosen = concern_of(request_value(req, "main_concern"));

	if (!code_retired(&hub->policy->retired, CODES_concern, chosen)) return;
	for (size_t i = 0; i < err->field_count; i++) {
		struct error_field *wrong = &err->fields[i];

		if (strcmp(wrong->field, "concern") == 0) snprintf(wrong->field, sizeof wrong->field, "main_concern");
	}
}

static void check_anonymous(const struct request *req, struct error *err)
{
	static const char *const referrer[] = {"referrer_name", "referrer_email", "referrer_phone"};

	for (size_t i = 0; draft_anonymous(req) && i < sizeof referrer / sizeof *referrer; i++) {
		if (text_blank(request_value(req, referrer[i]))) continue;
		error_field(err, "referrer_anonymous", "Untick this, or take out the referrer's name, email and telephone");
		return;
	}
}

static bool decode_input(struct request *req, struct enquiry_receive *ret, struct error *err)
{
	struct draft draft = draft_of(req);
	struct input_source source;
	bool decoded;

	draft.decoding = true;
	source = req->api ? request_source(req) : draft_source(&draft);
	if (!request_fits(req, &enquiry_receive_input, err)) return false;
	if (!req->api) check_anonymous(req, err);
	decoded = input_decode(&source, &enquiry_receive_input, req->arena, ret, err);
	if (!req->api) ask_main_concern(req, err);
	return decoded && !err->kind;
}

struct record_decoded {
	bool fits;
	struct enquiry_receive in;
	struct error err;
};

void record_decode(struct request *req)
{
	struct record_decoded *decoded = arena_new(req->arena, struct record_decoded);

	error_clear(&decoded->err);
	decoded->fits = decode_input(req, &decoded->in, &decoded->err);
	req->prepared = decoded;
}

static bool decode(struct request *req, struct hub *hub, const struct enquiry_receive **ret, struct error *err)
{
	const struct record_decoded *decoded;

	if (!req->prepared) record_decode(req);
	decoded = req->prepared;
	*ret = &decoded->in;
	if (!decoded->fits) *err = decoded->err;
	if (!decoded->fits) return false;
	if (enquiry_receive_check(hub, *ret, err)) return true;
	if (!req->api) point_at_main(hub, req, err);
	return false;
}

static bool show_check(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct draft draft = draft_of(req);
	struct record_check_view view = {.arena = hub->arena, .now = hub->now};
	struct record_view record;
	struct page page;

	if (!decode(req, hub, &view.in, err)) return false;
	if (!record_find_earlier(hub, view.in, &view.earlier, err)) return false;
	view_begin(&record, req, hub, &draft, NULL);
	view.record = &record;
	record.form.action = TEXT("/enquiries");
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Check before you record it"), .section = "/enquiries/new"});
	view_record_check(&page.html, &view);
	page_end(&page);
	return true;
}

/* "remove-child-2": which one; false for every other button. */
static bool removal(struct text pressed, const struct draft *draft, size_t *ret_index)
{
	struct text prefix = TEXT("remove-child-");
	int64_t index;

	if (!text_starts(pressed, prefix) || !text_int(text_slice(pressed, prefix.len, pressed.len), &index)) return false;
	if (index < 0 || (size_t)index >= draft->children || draft->children < 2) return false;
	*ret_index = (size_t)index;
	return true;
}

bool record_check(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct text pressed = request_value(req, "do");
	struct draft draft = draft_of(req);

	if (!hub_may(hub, ACTION_RECEIVE, err)) return false;
	if (draft.children > RECORD_CHILDREN_MOST)
		return error_field(err, "children", "Give at most %d children", RECORD_CHILDREN_MOST);
	if (text_is(pressed, "add-child") && draft.children < RECORD_CHILDREN_MOST) {
		draft.children++;
		draft.one_more = true;
	} else if (removal(pressed, &draft, &draft.without)) {
		draft.children--;
	} else if (!text_is(pressed, "change") && !text_is(pressed, "add-child")) {
		return show_check(req, hub, res, err);
	}
	show_form(req, hub, res, &draft, NULL);
	return true;
}

void record_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct draft draft = draft_of(req);
	struct error spent;

	error_clear(&spent);
	if (req->fault == FAULT_KEY_REUSED) {
		error_invalid(&spent, "you recorded this form before, with other words in it");
		error_hint(&spent, "Find that enquiry first. Continue only if this is another one.");
		problem = &spent;
	}
	if (draft.children > RECORD_CHILDREN_MOST) draft.children = RECORD_CHILDREN_MOST;
	show_form(req, hub, res, &draft, problem);
}

static bool answer(struct hub *hub, struct response *res, const struct received *received, struct error *err)
{
	bool made = received->receipt == RECEIPT_NEW;
	struct enquiry_view view;

	if (!(made ? enquiry_view_made(hub, received, &view, err) : enquiry_view(hub, received->reference, &view, err)))
		return false;
	enquiry_view_json(response_json(res, made ? 201 : 200), hub->arena, &view);
	response_version(res, view.head.version);
	response_header(res, "Location", arena_printf(hub->arena, "/api/v1/enquiries/%.*s", TEXT_ARG(received->reference)));
	return true;
}

/* What stood on a form recorded from advice. That the advice went elsewhere meanwhile does not keep the enquiry out. */
static bool link_advice(struct request *req, struct hub *hub, struct text reference, struct error *err)
{
	struct advice_id id;

	if (req->api || !text_int(request_value(req, "advice"), &id.n)) return true;
	if (advice_escalate(hub, id, reference, err)) return true;
	if (err->kind != ERROR_REFUSED && err->kind != ERROR_NOT_FOUND && err->kind != ERROR_DENIED) return false;
	error_clear(err);
	return true;
}

static void kept_json(struct json *json, const void *what)
{
	const struct received *received = what;

	json_member_text(json, "reference", received->reference);
	json_member_bool(json, "restricted", true);
	json_member_text(json, "speak_to", received->speak_to);
}

bool record_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	const struct enquiry_receive *in;
	struct received received;

	if (!hub_may(hub, ACTION_RECEIVE, err)) return false;
	if (!decode(req, hub, &in, err)) return false;
	if (!enquiry_receive(hub, in, &received, err)) return false;
	if (!link_advice(req, hub, received.reference, err)) return false;
	if (received.speak_to.len) {
		if (req->api)
			api_answer(res, 200, kept_json, &received);
		else
			response_redirect(res, TEXT("/enquiries?done=kept"));
		return true;
	}
	if (req->api) return answer(hub, res, &received, err);
	response_redirect_to(res, "/enquiries/%.*s?done=%s", TEXT_ARG(received.reference),
		received.receipt == RECEIPT_NEW ? "received" : "known");
	return true;
}
