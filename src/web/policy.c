#include "web/policy.h"

#include "views/policy.h"
#include "web/handlers.h"

static const struct input_member change_members[] = {
	{FIELD_policy_text, COLUMN_TEXT, offsetof(struct policy_load, source), true},
	{FIELD_note, COLUMN_TEXT, offsetof(struct policy_load, note), true},
	{FIELD_valid_from, COLUMN_INSTANT, offsetof(struct policy_load, valid_from), false},
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
	struct form_state form;
	struct policy_view view;
	struct page page;

	if (!policy_show(hub, &view, err)) return false;
	form = form_state(req, problem, view.latest);
	form.action = TEXT("/policy/preview");
	form.draft_at = TEXT("/policy/new");
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

static bool read_change(struct request *req, struct hub *hub, struct policy_load *ret, struct error *err)
{
	struct input_source source = request_source(req);
	struct text seen = request_value(req, "version");

	if (!hub_may(hub, ACTION_LOAD_POLICY, err)) return false;
	if (!request_fits(req, &policy_change_input, err)) return false;
	if (!input_decode(&source, &policy_change_input, hub->arena, ret, err)) return false;
	ret->source = request_value(req, "policy_text"); /* untrimmed, so that lines count as they were typed */
	if (text_blank(seen) || !text_int(seen, &ret->seen)) ret->seen = INT_NONE;
	return true;
}

struct previewed {
	struct arena *arena;
	const struct policy_preview *preview;
};

static void previewed_json(struct json *json, const void *what)
{
	const struct previewed *previewed = what;

	policy_preview_json(json, previewed->arena, previewed->preview);
}

static void show_preview(struct request *req, struct hub *hub, struct response *res, const struct policy_load *in,
	const struct policy_preview *preview)
{
	struct policy_preview_view view = {.in = in, .preview = preview, .arena = hub->arena};
	struct page page;

	view.differences = policy_differences(hub->arena, preview->before, preview->after);
	view.form = form_state(req, NULL, preview->seen);
	view.form.idempotency = form_key(req, hub);
	view.form.draft_at = TEXT("/policy/new");
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("What the new policy changes"),
			.section = "/policy",
			.back_text = TEXT("Policy"),
			.back_href = TEXT("/policy")});
	view_policy_preview(&page.html, &view);
	page_end(&page);
}

bool policy_preview(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct policy_load in;
	struct policy_preview preview;
	struct previewed previewed = {hub->arena, &preview};

	if (text_is(request_value(req, "do"), "change")) return policy_form(req, hub, res, err);
	if (!read_change(req, hub, &in, err) || !policy_try(hub, &in, &preview, err)) return false;
	if (req->api)
		api_answer(res, 200, previewed_json, &previewed);
	else
		show_preview(req, hub, res, &in, &preview);
	return true;
}

static void loaded_json(struct json *json, const void *what)
{
	const struct policy_loaded *loaded = what;

	json_member_int(json, "version", loaded->version);
	json_member_instant(json, "valid_from", loaded->valid_from);
	json_member_int(json, "recomputed", loaded->recomputed);
	json_member_int(json, "stay", loaded->stay);
}

bool policy_change(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct policy_loaded loaded;
	struct policy_load in;

	if (!read_change(req, hub, &in, err)) return false;
	if (!policy_load(hub, &in, &loaded, err)) return false;
	if (req->api)
		api_answer(res, 201, loaded_json, &loaded);
	else
		response_redirect(
			res, loaded.valid_from > hub->now ? TEXT("/policy?done=policy_later") : TEXT("/policy?done=policy"));
	return true;
}

/* A version's number in the address, or in `since`; 0 where there is none. */
static bool read_number(struct text text, int64_t *ret, struct error *err)
{
	*ret = 0;
	if (text_none(text) || (text_int(text, ret) && *ret > 0)) return true;
	return error_not_found(err, "there is no such version of the policy");
}

struct version_shown {
	const struct policy_view *view;
	const struct policy_differences *differences;
	int64_t since;
};

static void one_version_json(struct json *json, const void *what)
{
	const struct version_shown *shown = what;

	version_json(json, shown->view);
	json_member_bool(json, "in_force", shown->view->in_force);
	if (shown->since) json_member_int(json, "since", shown->since);
	policy_differences_json(json, shown->differences);
}

bool policy_version_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	const struct policy *since;
	struct policy_view view;
	struct policy_version_view shown = {.policy = &view, .arena = hub->arena, .now = hub->now};
	int64_t version, since_asked;
	struct page page;

	if (!read_number(request_param(req, "version"), &version, err)) return false;
	if (!read_number(request_query(req, "since"), &since_asked, err)) return false;
	if (!policy_show_version(hub, version, since_asked, &view, &since, &shown.since, err)) return false;
	if (since) shown.differences = policy_differences(hub->arena, since, view.policy);
	if (req->api) {
		api_answer(res, 200, one_version_json, &(struct version_shown){&view, &shown.differences, shown.since});
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = arena_printf(hub->arena, "Policy, version %lld", (long long)version),
			.section = "/policy",
			.back_text = TEXT("Policy"),
			.back_href = TEXT("/policy")});
	view_policy_version(&page.html, &shown);
	page_end(&page);
	return true;
}
