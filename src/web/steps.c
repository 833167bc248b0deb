#include "web/steps.h"

#include "hub/advice.h"
#include "hub/child.h"
#include "hub/closing.h"
#include "hub/decision.h"
#include "hub/duty_hand_over.h"
#include "hub/hand_over.h"
#include "hub/holding.h"
#include "hub/incident.h"
#include "hub/information.h"
#include "hub/moving.h"
#include "hub/open_case.h"
#include "hub/person_link.h"
#include "hub/protection.h"
#include "hub/rating.h"
#include "hub/recommendation.h"
#include "hub/reopening.h"
#include "hub/screening.h"
#include "hub/second_look.h"
#include "hub/strategy.h"
#include "hub/transfer.h"
#include "hub/withdrawal.h"
#include "views/beside.h"
#include "views/care.h"
#include "views/children.h"
#include "views/edt.h"
#include "views/room.h"
#include "views/signing.h"
#include "views/steps.h"
#include "web/beside.h"
#include "web/children.h"
#include "web/handlers.h"

/* Each of the hub's actions behind one signature, so that one handler takes them all. */
#define TAKE(name, type, action)                                                                                       \
	static bool name(struct hub *hub, const void *in, struct error *err)                                               \
	{                                                                                                                  \
		return action(hub, (const struct type *)in, err);                                                              \
	}

TAKE(take_screen, enquiry_screen, enquiry_screen)
TAKE(take_screen_out, enquiry_screen_out, enquiry_screen_out)
TAKE(take_answer_screen_out, proposal_reply, enquiry_answer_screen_out)
TAKE(take_rerate, enquiry_rerate, enquiry_rerate)
TAKE(take_answer_lowering, proposal_reply, enquiry_answer_lowering)
TAKE(take_allocate, enquiry_allocate, enquiry_allocate)
TAKE(take_reallocate, enquiry_allocate, enquiry_reallocate)
TAKE(take_ask_signature, proposal_ask, enquiry_ask_signature)
TAKE(take_decide_alone, enquiry_decide_alone, enquiry_decide_alone)
TAKE(take_look_again, second_look_take, second_look_take)
TAKE(take_hold, enquiry_hold, enquiry_hold)
TAKE(take_unallocate, enquiry_unallocate, enquiry_unallocate)
TAKE(take_swap, enquiry_swap, enquiry_swap)
TAKE(take_lend, enquiry_lend, enquiry_lend)
TAKE(take_recommend, enquiry_recommend, enquiry_recommend)
TAKE(take_authorise, enquiry_authorise, enquiry_authorise)
TAKE(take_return, enquiry_return, enquiry_return)
TAKE(take_close, enquiry_close, enquiry_close)
TAKE(take_reopen, enquiry_reopen, enquiry_reopen)
TAKE(take_strategy, strategy_request, strategy_request)
TAKE(take_strategy_held, strategy_record, strategy_record)
TAKE(take_edt_give, duty_give, duty_hand_over_give)
TAKE(take_edt_accept, duty_accept, duty_hand_over_accept)
TAKE(take_hand_over, hand_over_reply, hand_over_reply)
TAKE(take_conference, conference_record, strategy_conference)
TAKE(take_information, information_add, information_add)
TAKE(take_review, enquiry_review, enquiry_review)
TAKE(take_protection, protection_record, protection_record)
TAKE(take_protection_over, protection_over, protection_over)
TAKE(take_open_case, open_case_mark, open_case_mark)
TAKE(take_open_case_over, open_case_over, open_case_over)
TAKE(take_person, person_answer, person_link_decide)
TAKE(take_transfer_in, transfer_record, transfer_in_record)
TAKE(take_transfer_accept, transfer_accept, transfer_accept)
TAKE(take_transfer_conference, transfer_conference, transfer_conference)
TAKE(take_referrer, referrer_told, referrer_answered)
TAKE(take_child_add, child_add, child_add)
TAKE(take_child_correct, child_correction, child_correct)
TAKE(take_child_remove, child_remove, child_remove)
TAKE(take_child_restore, child_restore, child_restore)
TAKE(take_link, incident_link, incident_link)
TAKE(take_unlink, incident_link, incident_unlink)
TAKE(take_move, enquiry_move, enquiry_move)
TAKE(take_withdraw, enquiry_withdraw, enquiry_withdraw)
TAKE(take_answer_withdrawal, proposal_reply, enquiry_answer_withdrawal)

static bool take_advice(struct hub *hub, const void *in, struct error *err)
{
	struct advice_id made;

	return advice_give(hub, (const struct advice_give *)in, &made, err);
}

static const struct input_type alone_input = {
	.name = "enquiry_decide_alone", .size = sizeof(struct enquiry_decide_alone)};
TAKE(take_contact, contact_log, contact_log)
TAKE(take_oversight, oversight_write, oversight_write)
TAKE(take_restrict, restriction_put, enquiry_restrict)
TAKE(take_name, restriction_person_in, restriction_name)
TAKE(take_remove, restriction_person_in, restriction_remove)
TAKE(take_restriction_review, restriction_review, restriction_review)
TAKE(take_lift, restriction_lift, restriction_lift)

static const struct input_type close_input = {.name = "enquiry_close", .size = sizeof(struct enquiry_close)};

static const struct step_page pages[] = {
	{ACTION_SCREEN, "screen", "Screen", "screened", &enquiry_screen_input, true, take_screen, view_step_screen},
	{ACTION_PROPOSE_SCREEN_OUT, "screen-out", "Propose to screen out", "screen_out", &enquiry_screen_out_input, true,
		take_screen_out, view_step_screen_out},
	{ACTION_AUTHORISE_SCREEN_OUT, "answer-screen-out", "Answer the screen-out", "answered", &proposal_reply_input, true,
		take_answer_screen_out, view_step_answer},
	{ACTION_RERATE, "rerate", "Rate again", "rerated", &enquiry_rerate_input, true, take_rerate, view_step_rerate},
	{ACTION_AUTHORISE_LOWERING, "answer-lowering", "Answer the lower rating", "answered", &proposal_reply_input, true,
		take_answer_lowering, view_step_answer},
	{ACTION_ALLOCATE, "allocate", "Allocate", "allocated", &enquiry_allocate_input, true, take_allocate,
		view_step_allocate},
	{ACTION_REALLOCATE, "reallocate", "Reallocate", "allocated", &enquiry_allocate_input, true, take_reallocate,
		view_step_allocate},
	{ACTION_SWAP, "swap", "Swap", "swapped", &enquiry_swap_input, true, take_swap, view_step_swap},
	{ACTION_LEND, "lend", "Lend a worker", "lent", &enquiry_lend_input, false, take_lend, view_step_lend},
	{ACTION_HOLD, "hold", "Hold", "held", &enquiry_hold_input, true, take_hold, view_step_hold},
	{ACTION_UNALLOCATE, "unallocate", "Put back", "unallocated", &enquiry_unallocate_input, true, take_unallocate,
		view_step_unallocate},
	{ACTION_RECOMMEND, "recommend", "Recommend", "recommended", &enquiry_recommend_input, true, take_recommend,
		view_step_recommend},
	{ACTION_AUTHORISE, "authorise", "Authorise", "authorised", &enquiry_authorise_input, true, take_authorise,
		view_step_authorise},
	{ACTION_DECIDE_ALONE, "decide-alone", "Decide section 47 alone", "alone", &alone_input, true, take_decide_alone,
		view_step_decide_alone},
	{ACTION_LOOK_AGAIN, "look-again", "Take the second look", "looked", &second_look_take_input, false, take_look_again,
		view_step_look_again},
	{ACTION_ASK_SIGNATURE, "ask-signature", "Ask somebody to sign", "asked", &proposal_ask_input, false,
		take_ask_signature, view_step_ask_signature},
	{ACTION_RETURN, "return", "Return to the worker", "returned", &enquiry_return_input, true, take_return,
		view_step_return},
	{ACTION_CLOSE, "close", "Close", "closed", &close_input, true, take_close, view_step_close},
	{ACTION_REOPEN, "reopen", "Re-open", "reopened", &enquiry_reopen_input, true, take_reopen, view_step_reopen},
	{ACTION_REQUEST_STRATEGY, "strategy", "Request a strategy discussion", "strategy", &strategy_request_input, false,
		take_strategy, view_step_strategy},
	{ACTION_RECORD_STRATEGY, "strategy-held", "Record the strategy discussion", "strategy", &strategy_record_input,
		false, take_strategy_held, view_step_strategy_held},
	{ACTION_ADVISE, "advice", "Give advice", "advice", &advice_give_input, false, take_advice, view_step_advice},
	{ACTION_ACCEPT_DUTY_HAND_OVER, "edt-accept", "Accept the hand-over", "duty_accepted", &duty_accept_input, false,
		take_edt_accept, view_step_edt_accept},
	{ACTION_GIVE_DUTY_HAND_OVER, "edt-give", "Hand over to or from EDT", "duty_given", &duty_give_input, false,
		take_edt_give, view_step_edt_give},
	{ACTION_ANSWER_HAND_OVER, "hand-over", "Answer the hand-over", "hand_over", &hand_over_reply_input, false,
		take_hand_over, view_step_hand_over, STEP_ROW},
	{ACTION_RECORD_STRATEGY, "conference-held", "Record the conference", "conference", &conference_record_input, false,
		take_conference, view_step_conference, STEP_ROW},
	{ACTION_REVIEW, "review", "Review the late information", "reviewed", &enquiry_review_input, true, take_review,
		view_step_review},
	{ACTION_ADD_INFORMATION, "further", "Add further information", "further", &information_add_input, false,
		take_information, view_step_further, STEP_MORE},
	{ACTION_RECORD_PROTECTION, "protection", "Record police protection or an emergency order", "protection",
		&protection_record_input, false, take_protection, view_step_protection, STEP_MORE},
	{ACTION_RECORD_PROTECTION, "protection-over", "Record the end of the protection", "protection",
		&protection_over_input, false, take_protection_over, view_step_protection_over, STEP_ROW},
	{ACTION_MARK_OPEN_CASE, "open-case", "Mark an open case", "open_case", &open_case_mark_input, false, take_open_case,
		view_step_open_case, STEP_MORE},
	{ACTION_MARK_OPEN_CASE, "open-case-over", "Record the end of the open case", "open_case", &open_case_over_input,
		false, take_open_case_over, view_step_open_case_over, STEP_ROW},
	{ACTION_CONFIRM_PERSON, "person", "Say whether it is the same person", "person", &person_answer_input, false,
		take_person, view_step_person, STEP_ROW},
	{ACTION_TRANSFER_IN, "transfer-in", "Record a transfer from another authority", "transfer_in",
		&transfer_record_input, false, take_transfer_in, view_step_transfer_in, STEP_MORE},
	{ACTION_TRANSFER_IN, "transfer-accept", "Accept the transfer", "transfer_in", &transfer_accept_input, false,
		take_transfer_accept, view_step_transfer_accept, STEP_ROW},
	{ACTION_TRANSFER_IN, "transfer-conference", "Record the transfer-in conference", "transfer_in",
		&transfer_conference_input, false, take_transfer_conference, view_step_transfer_conference, STEP_ROW},
	{ACTION_ANSWER_REFERRER, "referrer-answered", "Record that the referrer was answered", "referrer_answered",
		&referrer_told_input, false, take_referrer, view_step_referrer, STEP_MORE},
	{ACTION_ADD_CHILD, "child-add", "Add a child", "child_added", &child_add_input, true, take_child_add,
		view_step_child_add, STEP_ROW},
	{ACTION_CORRECT_CHILD, "child-correct", "Correct the child", "child_corrected", &child_correction_input, true,
		take_child_correct, view_step_child_correct, STEP_ROW},
	{ACTION_REMOVE_CHILD, "child-remove", "Remove the child", "child_removed", &child_remove_input, true,
		take_child_remove, view_step_child_remove, STEP_ROW},
	{ACTION_REMOVE_CHILD, "child-restore", "Put the child back", "child_restored", &child_restore_input, true,
		take_child_restore, view_step_child_restore, STEP_ROW},
	{ACTION_LINK, "link", "Link as the same incident", "linked", &incident_link_input, false, take_link, view_step_link,
		STEP_ROW},
	{ACTION_LINK, "unlink", "Take the link away", "unlinked", &incident_link_input, false, take_unlink,
		view_step_unlink, STEP_ROW},
	{ACTION_MOVE, "move", "Move to another workstream", "moved", &enquiry_move_input, true, take_move, view_step_move,
		STEP_MORE},
	{ACTION_PROPOSE_WITHDRAWAL, "withdraw", "Propose to withdraw", "withdraw", &enquiry_withdraw_input, true,
		take_withdraw, view_step_withdraw, STEP_MORE},
	{ACTION_AUTHORISE_WITHDRAWAL, "answer-withdrawal", "Answer the withdrawal", "answered", &proposal_reply_input, true,
		take_answer_withdrawal, view_step_answer_withdrawal},
	{ACTION_LOG_CONTACT, "contact", "Record a contact", "contact", &contact_log_input, false, take_contact,
		view_step_contact, STEP_MORE},
	{ACTION_OVERSEE, "oversight", "Write an oversight note", "oversight", &oversight_write_input, false, take_oversight,
		view_step_oversight, STEP_MORE},
	{ACTION_RESTRICT, "restrict", "Restrict", "restricted", &restriction_put_input, false, take_restrict,
		view_step_restrict, STEP_MORE},
	{ACTION_NAME_PERSON, "name-person", "Name somebody", "named", &restriction_person_input, false, take_name,
		view_step_name_person, STEP_ROW},
	{ACTION_REMOVE_PERSON, "remove-person", "Take somebody off", "taken_off", &restriction_person_input, false,
		take_remove, view_step_remove_person, STEP_ROW},
	{ACTION_REVIEW_RESTRICTION, "review-restriction", "Review the restriction", "reviewed_restriction",
		&restriction_review_input, false, take_restriction_review, view_step_review_restriction, STEP_ROW},
	{ACTION_LIFT_RESTRICTION, "lift-restriction", "Lift the restriction", "lifted", &restriction_lift_input, false,
		take_lift, view_step_lift_restriction, STEP_ROW},
};

#define PAGES (sizeof pages / sizeof *pages)

const struct step_page *step_by_slug(struct text slug)
{
	for (size_t i = 0; i < PAGES; i++)
		if (text_is(slug, pages[i].slug)) return &pages[i];
	return NULL;
}

const struct step_page *step_by_action(enum action action)
{
	for (size_t i = 0; i < PAGES; i++)
		if (pages[i].action == action) return &pages[i];
	return NULL;
}

static const struct step_page *step_of(const struct request *req)
{
	const char *pattern = req->route->pattern ? req->route->pattern : req->route->api;

	return step_by_slug(text_of(strrchr(pattern, '/') + 1));
}

/* What can be done at any time is never the button one is led to. */
static bool by_the_way(enum action action)
{
	return action == ACTION_ADVISE || action == ACTION_REOPEN || action == ACTION_RERATE ||
		   action == ACTION_GIVE_DUTY_HAND_OVER;
}

/* Recorded while one waits: the button is there only for the page that waits for it. */
static bool leads(const struct enquiry_view *view, const struct step_page *page, enum step_place place)
{
	if (page->place != place) return false;
	return strcmp(page->slug, "strategy-held") != 0 || step_strategy_waits(view);
}

static void add_links(
	struct step_links *links, const struct enquiry_view *view, enum action action, enum step_place place)
{
	for (size_t k = 0; k < PAGES; k++) {
		if (pages[k].action != action || !leads(view, &pages[k], place)) continue;
		links->rows[links->count] = (struct step_link){
			.slug = pages[k].slug,
			.words = text_of(pages[k].title),
			.first_class = links->count || by_the_way(action) ? "govuk-button--secondary" : "",
		};
		links->count++;
	}
}

struct step_links step_links(const struct enquiry_view *view)
{
	struct step_links links = {.count = 0};

	for (size_t i = 0; i < view->next_steps.count; i++)
		add_links(&links, view, view->next_steps.actions[i], STEP_BUTTON);
	return links;
}

struct step_links step_more(const struct enquiry_view *view)
{
	struct step_links links = {.count = 0};

	for (size_t i = 0; i < view->next_steps.more_count; i++)
		add_links(&links, view, view->next_steps.more[i], STEP_MORE);
	return links;
}

static bool load(struct hub *hub, struct request *req, struct step_view *view, struct error *err)
{
	enum action action = view->step->action;
	bool outcomes = action == ACTION_RECOMMEND || action == ACTION_PROPOSE_SCREEN_OUT;

	view->arena = hub->arena;
	view->policy = hub->policy;
	view->gives_from_edt = duty_gives(hub) == DIRECTION_FROM_EDT;
	if (!enquiry_view(hub, request_param(req, "reference"), &view->enquiry, err)) return false;
	view->hand_over = request_query(req, "hand_over");
	if (text_none(view->hand_over)) view->hand_over = request_value(req, "hand_over");
	if (!children_load(hub, req, view, err)) return false;
	if (!beside_load(hub, view, err)) return false;
	if (outcomes && !services_in_use(hub, &view->services, err)) return false;
	if (!room_load(hub, view, err) || !signing_load(hub, view, err)) return false;
	if (action != ACTION_ALLOCATE && action != ACTION_REALLOCATE) return true;
	return enquiry_candidates(hub, &view->enquiry.episode, &view->candidates, err);
}

static bool show(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct step_view view = {.step = step_of(req)};
	struct page page;

	if (!load(hub, req, &view, err)) return false;
	view.form = form_state(req, problem, view.enquiry.head.version);
	view.same_for_all = text_is(request_value(req, "do"), "same");
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = text_of(view.step->title),
			.err = problem,
			.live =
				&(struct live_ask){
					.form = true, .news = &view.enquiry.records.news, .reference = view.enquiry.head.reference},
			.back_text = view.enquiry.head.reference,
			.back_href = arena_printf(hub->arena, "/enquiries/%.*s", TEXT_ARG(view.enquiry.head.reference))});
	view_step_begin(&page.html, &view);
	view.step->fields(&page.html, &view);
	view_step_end(&page.html, &view);
	page_end(&page);
	return true;
}

/* Whose work it is not is told so, whether there is such an enquiry or not; a refusal says which record it was about. */
static bool allowed(struct request *req, struct hub *hub, struct error *err)
{
	struct error missing = {0};
	bool found = enquiry_find(hub, request_param(req, "reference"), &req->about, &missing);

	if (!hub_may(hub, step_of(req)->action, err)) return false;
	if (!found) *err = missing;
	return found;
}

bool step_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	if (!allowed(req, hub, err)) return false;
	return show(req, hub, res, NULL, err);
}

/* The struct every input begins with: which enquiry, and the version the person saw. */
static bool read_on(struct request *req, const struct step_page *step, struct on_enquiry *on, struct error *err)
{
	struct text reference = request_param(req, "reference");

	*on = (struct on_enquiry){.reference = reference, .version = VERSION_ANY};
	return !step->versioned || request_version(req, &on->version, err);
}

static bool answer(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct enquiry_view view;
	struct json *json;

	if (!enquiry_view(hub, request_param(req, "reference"), &view, err)) return false;
	json = response_json(res, 200);
	enquiry_view_json(json, hub->arena, &view);
	response_version(res, view.head.version);
	return true;
}

/* By its own reference, whatever it was asked for by. */
static bool lead_back(
	struct hub *hub, const struct step_page *step, const struct on_enquiry *on, struct response *res, struct error *err)
{
	struct episode episode;

	if (!episode_lock(hub, on->reference, VERSION_ANY, &episode, err)) return false;
	response_redirect_to(res, "/enquiries/%.*s?done=%s", TEXT_ARG(episode.reference), step->done);
	return true;
}

bool step_take(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	const struct step_page *step = step_of(req);
	struct input_source source = request_source(req);
	struct on_enquiry on;
	void *in = arena_alloc(hub->arena, step->input->size);

	if (text_is(request_value(req, "do"), "same")) return show(req, hub, res, NULL, err);
	if (!allowed(req, hub, err)) return false;
	if (!read_on(req, step, &on, err)) return false;
	if (!request_fits(req, step->input, err)) return false;
	if (!input_decode(&source, step->input, hub->arena, in, err)) return false;
	memcpy(in, &on, sizeof on);
	if (!step->take(hub, in, err)) return false;
	if (req->api) return answer(req, hub, res, err);
	return lead_back(hub, step, &on, res, err);
}

void step_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (problem->kind == ERROR_NOT_FOUND || problem->kind == ERROR_DENIED || !show(req, hub, res, problem, &err))
		response_reset(res);
}
