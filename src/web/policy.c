#include "web/policy.h"

#include "views/policy.h"
#include "web/handlers.h"

static const struct input_member change_members[] = {
	{FIELD_policy_text, COLUMN_TEXT, offsetof(struct policy_load, source), true},
	{FIELD_note, COLUMN_TEXT, offsetof(struct policy_load, note), true},
};

const struct input_type policy_change_input = {
	.name = "policy_change",
	.size = sizeof(struct policy_load),
	INPUT_MEMBERS(change_members),
};

static void version_json(struct json *json, const struct policy_view *view)
{
	json_member_int(json, "version", view->version);
	json_member_instant(json, "valid_from", view->valid_from);
	json_member_text(json, "loaded_by", view->loaded_by);
	json_member_text(json, "note", view->note);
	json_member_text(json, "text", view->text);
}

static void policy_json(struct json *json, const void *what)
{
	const struct policy_view *view = what;

	version_json(json, view);
	record_list_json(json, "versions", &policy_version_record, view->versions.rows, view->versions.count);
}

bool policy_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct policy_view view;
	struct page page;

	if (!policy_show(hub, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, policy_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Policy"), .section = "/policy"});
	view_policy(&page.html, hub, &view);
	page_end(&page);
	return true;
}

/* "line 12" is no box of the form: its problem belongs to the text, and says the line. */
static void by_line(const struct error *from, struct error *ret)
{
	*ret = *from;
	for (size_t i = 0; i < ret->field_count; i++) {
		const struct error_field *was = &from->fields[i];
		struct error_field *now = &ret->fields[i];

		if (field_find(text_of(was->field)) != FIELD_NONE) continue;
		snprintf(now->message, sizeof now->message, "%c%s: %.150s", was->field[0] - 32, was->field + 1, was->message);
		snprintf(now->field, sizeof now->field, "policy_text");
	}
}

static bool show_form(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct form_state form = form_state(req, problem, 0);
	struct policy_view view;
	struct page page;

	if (!policy_show(hub, &view, err)) return false;
	form.action = TEXT("/policy");
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Load a new policy"),
			.err = problem,
			.section = "/policy",
			.back_text = TEXT("Policy"),
			.back_href = TEXT("/policy")});
	form.idempotency = form_key(req, hub);
	view_policy_form(&page.html, &form, &view);
	page_end(&page);
	return true;
}

bool policy_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return hub_may(hub, ACTION_LOAD_POLICY, err) && show_form(req, hub, res, NULL, err);
}

void policy_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error told, err;

	error_clear(&err);
	by_line(problem, &told);
	if (!show_form(req, hub, res, &told, &err)) response_reset(res);
}

static void loaded_json(struct json *json, const void *what)
{
	const struct policy_loaded *loaded = what;

	json_member_int(json, "version", loaded->version);
	json_member_int(json, "recomputed", loaded->recomputed);
}

bool policy_change(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct policy_loaded loaded;
	struct policy_load in;

	if (!hub_may(hub, ACTION_LOAD_POLICY, err)) return false;
	if (!request_fits(req, &policy_change_input, err)) return false;
	if (!input_decode(&source, &policy_change_input, hub->arena, &in, err)) return false;
	in.source = request_value(req, "policy_text"); /* untrimmed, so that lines count as they were typed */
	if (!policy_load(hub, &in, &loaded, err)) return false;
	if (req->api)
		api_answer(res, 201, loaded_json, &loaded);
	else
		response_redirect(res, TEXT("/policy?done=policy"));
	return true;
}
