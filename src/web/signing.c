#include "web/signing.h"

#include "rules/signing.h"
#include "views/signing.h"
#include "web/handlers.h"
#include "web/steps.h"

bool waiting_load(struct hub *hub, struct waiting_view *ret, struct error *err)
{
	*ret = (struct waiting_view){.now = hub->now};
	if (!signature_list(hub, &ret->signatures, err)) return false;
	return !hub_can(hub, ACTION_LOOK_AGAIN) || second_look_list(hub, &ret->looks, err);
}

void waiting_json(struct json *json, const struct waiting_view *view)
{
	record_list_json(json, "signatures", &signature_record, view->signatures.rows, view->signatures.count);
	record_list_json(json, "second_looks", &second_look_waiting_record, view->looks.rows, view->looks.count);
}

static void json_of(struct json *json, const void *what)
{
	waiting_json(json, what);
}

bool waiting_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct waiting_view view;
	struct page page;

	if (!hub_may(hub, ACTION_VIEW_LIST, err) || !waiting_load(hub, &view, err)) return false;
	if (!hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("waiting"), err)) return false;
	if (req->api) {
		api_answer(res, 200, json_of, &view);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Waiting for you"),
			.section = "/waiting",
			.back_href = TEXT("/hub"),
			.back_text = TEXT("The hub now")});
	view_waiting(&page.html, hub->arena, &view);
	page_end(&page);
	return true;
}

bool signing_load(struct hub *hub, struct step_view *view, struct error *err)
{
	return view->step->action != ACTION_ASK_SIGNATURE || signature_candidates(hub, &view->signers, err);
}

static bool may_be_asked(const struct step_view *view, const struct signature_person *row)
{
	const struct enquiry_proposal *waiting = enquiry_view_pending(&view->enquiry);

	if (!waiting) return true;
	return !text_equal(waiting->proposed_by, row->name) &&
		   signing_names(view->policy, proposal_kind_of(waiting->kind), role_of(row->role));
}

size_t signing_people_count(const struct step_view *view)
{
	size_t count = 0;

	for (size_t i = 0; i < view->signers.count; i++) count += may_be_asked(view, &view->signers.rows[i]);
	return count;
}

const struct choice *signing_people_choices(const struct step_view *view)
{
	struct choice *choices = arena_new_array(view->arena, view->signers.count, struct choice);
	size_t count = 0;

	for (size_t i = 0; i < view->signers.count; i++) {
		const struct signature_person *row = &view->signers.rows[i];

		if (!may_be_asked(view, row)) continue;
		choices[count++] = (struct choice){.value = arena_printf(view->arena, "%lld", (long long)row->account.n),
			.text = row->name,
			.hint = {.text = role_words(role_of(row->role))}};
	}
	return choices;
}

const struct second_look_shown *signing_look(const struct enquiry_view *view)
{
	for (size_t i = 0; i < view->second_looks.count; i++)
		if (view->second_looks.rows[i].looked_at == INSTANT_NONE) return &view->second_looks.rows[i];
	return NULL;
}
