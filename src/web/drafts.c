#include "web/drafts.h"

#include "base/london.h"
#include "http/drafts.h"
#include "rules/record.h"
#include "views/drafts.h"
#include "web/handlers.h"

static void list_json(struct json *json, const void *what)
{
	const struct drafts_view *view = what;

	record_list_json(json, "drafts", &draft_standing_record, view->standing.rows, view->standing.count);
	record_list_json(json, "thrown_away", &draft_standing_record, view->thrown.rows, view->thrown.count);
}

bool drafts_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct drafts_view view = {.csrf = req->csrf, .arena = hub->arena, .now = hub->now};
	struct page page;

	if (!hub_may(hub, ACTION_DRAFT, err)) return false;
	if (!drafts_standing(hub, &view.standing, err) || !drafts_thrown(hub, &view.thrown, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Your drafts")});
	view_drafts(&page.html, &view);
	page_end(&page);
	return true;
}

static bool id_of(const struct request *req, struct draft_id *ret, struct error *err)
{
	if (text_int(request_param(req, "draft"), &ret->n) && ret->n > 0) return true;
	return error_not_found(err, "there is no such draft");
}

/* "Reason (child 2)"; a name that is no field's as it is. */
static struct text label_of(struct arena *arena, struct text name)
{
	struct text rest = name, part, last = name;
	int64_t number, child = -1;
	enum field field = FIELD_NONE;

	while (field == FIELD_NONE && text_split(&rest, '-', &part)) {
		if (text_int(part, &number)) child = number;
		if (!text_is(part, "children")) field = field_find(part);
		last = part;
	}
	last = field == FIELD_NONE ? last : text_of(field_label(field));
	if (rest.len) last = arena_printf(arena, "%.*s, %.*s", TEXT_ARG(last), TEXT_ARG(rest));
	return child < 0 ? last : arena_printf(arena, "%.*s (child %lld)", TEXT_ARG(last), (long long)child + 1);
}

static struct draft_shown_rows shown(struct arena *arena, const struct draft_fields *fields)
{
	struct draft_shown_rows rows = {arena_new_array(arena, fields->count, struct draft_shown), 0};

	for (size_t i = 0; i < fields->count; i++) {
		const struct draft_field *field = &fields->rows[i];

		if (text_blank(field->value) || text_is(field->name, "version")) continue;
		if (text_ends(field->name, TEXT("-child"))) continue;
		rows.rows[rows.count++] = (struct draft_shown){label_of(arena, field->name), field->value};
	}
	return rows;
}

static void one_json(struct json *json, const void *what)
{
	const struct draft_view *view = what;

	json_member_id(json, "id", view->draft.id.n);
	json_member_text(json, "address", view->draft.address);
	json_member_text(json, "title", view->draft.title);
	json_member_int(json, "version", view->draft.version);
	json_member_instant(json, "started_at", view->draft.started_at);
	json_member_instant(json, "saved_at", view->draft.saved_at);
	json_member_instant(json, "thrown_at", view->draft.thrown_at);
	json_key(json, "fields");
	json_open_list(json);
	for (size_t i = 0; i < view->fields.count; i++) {
		json_open(json);
		json_member_text(json, "label", view->fields.rows[i].label);
		json_member_text(json, "value", view->fields.rows[i].value);
		json_close(json);
	}
	json_close_list(json);
}

static bool load(const struct request *req, struct hub *hub, struct draft_view *view, struct error *err)
{
	struct draft_fields fields;
	struct draft_id id;

	if (!id_of(req, &id, err) || !draft_get(hub, id, &view->draft, err)) return false;
	if (!draft_fields_of(hub->arena, &view->draft, &fields, err)) return false;
	view->fields = shown(hub->arena, &fields);
	return true;
}

bool draft_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct draft_view view = {.csrf = req->csrf, .arena = hub->arena, .now = hub->now};
	struct page page;

	if (!hub_may(hub, ACTION_DRAFT, err) || !load(req, hub, &view, err)) return false;
	response_room(res, view.draft.content.len);
	if (req->api) {
		api_answer(res, 200, one_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = view.draft.title, .back_href = TEXT("/drafts"), .back_text = TEXT("Your drafts")});
	view_draft(&page.html, &view);
	page_end(&page);
	return true;
}

/* From above a form one comes back to it, empty; from the list to the list. */
static void lead_back(struct response *res, const struct request *req, const struct draft_row *row, const char *done)
{
	struct text page = text_slice(row->address, 0, text_index(row->address, '#'));

	if (text_is(request_value(req, "back"), "form"))
		response_redirect_to(res, "%.*s%cdone=%s", TEXT_ARG(page), text_index(page, '?') < page.len ? '&' : '?', done);
	else
		response_redirect_to(res, "/drafts?done=%s", done);
}

bool draft_throw_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct draft_row row;
	struct draft_id id;

	if (!hub_may(hub, ACTION_DRAFT, err) || !id_of(req, &id, err)) return false;
	if (!draft_throw_away(hub, id, &row, err)) return false;
	if (req->api)
		res->status = 204;
	else
		lead_back(res, req, &row, "draft_thrown");
	return true;
}

bool draft_back_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct draft_row row;
	struct draft_id id;

	if (!hub_may(hub, ACTION_DRAFT, err) || !id_of(req, &id, err)) return false;
	if (!draft_bring_back(hub, id, &row, err)) return false;
	if (req->api)
		res->status = 204;
	else
		lead_back(res, req, &row, "draft_back");
	return true;
}

struct saved {
	const struct request *req;
	struct draft_kept kept;
};

static void saved_json(struct json *json, const void *what)
{
	const struct saved *saved = what;
	const struct request *req = saved->req;
	struct text at = london_short(req->arena, saved->kept.saved_at);

	json_member_text(json, "draft",
		arena_printf(req->arena, "%.*s-%.*s-%lld", TEXT_ARG(saved->kept.key), TEXT_ARG(req->draft.writer),
			(long long)saved->kept.version));
	json_member_instant(json, "saved_at", saved->kept.saved_at);
	json_member_text(json, "time", text_slice(at, at.len - 5, 5));
	json_member_bool(json, "beside", saved->kept.beside);
	json_member_bool(json, "sent", saved->kept.sent);
}

/* What a page's script sends while somebody types: the form as it stands. */
bool draft_save(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct saved saved = {.req = req};

	if (!drafts_keep(req, hub, true, &saved.kept, err)) return false;
	if (text_none(saved.kept.key)) return error_invalid(err, "this is no form whose words can be kept");
	api_answer(res, 200, saved_json, &saved);
	return true;
}
