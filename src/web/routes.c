#include "web/routes.h"

#include "hub/account.h"
#include "hub/advice.h"
#include "hub/allocation.h"
#include "hub/decision.h"
#include "hub/enquiry.h"
#include "hub/hand_over.h"
#include "hub/rating.h"
#include "hub/recommendation.h"
#include "hub/reopening.h"
#include "hub/strategy.h"
#include "web/answers.h"
#include "web/handlers.h"
#include "web/policy.h"

/* A page to look at, with its JSON twin and what that holds. */
#define PAGE(path, act, name, gives, says)                                                                             \
	{                                                                                                                  \
		.method = HTTP_GET, .pattern = path, .api = "/api/v1" path, .kind = ROUTE_READ, .action = act, .handle = name, \
		.id = #name, .summary = says, .answer = gives                                                                  \
	}

/* A page of a list, by cursor. */
#define LIST(path, act, name, gives, says)                                                                             \
	{                                                                                                                  \
		.method = HTTP_GET, .pattern = path, .api = "/api/v1" path, .kind = ROUTE_READ, .action = act, .handle = name, \
		.id = #name, .summary = says, .answer = gives, .query = "cursor"                                               \
	}

/* A form of one step of an enquiry, and its sending. The JSON twin is of the sending. */
#define STEP(slug, act, takes, says)                                                                                   \
	{.method = HTTP_GET,                                                                                               \
		.pattern = "/enquiries/{reference}/" slug,                                                                     \
		.kind = ROUTE_READ,                                                                                            \
		.action = act,                                                                                                 \
		.handle = step_form,                                                                                           \
		.id = "form_" slug,                                                                                            \
		.summary = says},                                                                                              \
	{                                                                                                                  \
		.method = HTTP_POST, .pattern = "/enquiries/{reference}/" slug, .api = "/api/v1/enquiries/{reference}/" slug,  \
		.kind = ROUTE_WRITE, .flags = ROUTE_LOGS_REFUSAL | ROUTE_LARGE_BODY, .action = act, .handle = step_take,       \
		.on_error = step_again, .id = slug, .summary = says, .body = takes, .answer = &answer_enquiry                  \
	}

static const struct route routes[] = {
	{.method = HTTP_GET,
		.pattern = "/",
		.kind = ROUTE_READ,
		.flags = ROUTE_HIDDEN,
		.handle = home,
		.id = "home",
		.summary = "The first page of whoever is signed in"},
	{.method = HTTP_GET,
		.pattern = "/sign-in",
		.kind = ROUTE_READ,
		.flags = ROUTE_PUBLIC,
		.handle = sign_in_page,
		.id = "sign_in_page",
		.summary = "The sign-in form"},
	{.method = HTTP_POST,
		.pattern = "/sign-in",
		.api = "/api/v1/session",
		.kind = ROUTE_PASSWORD,
		.flags = ROUTE_PUBLIC,
		.action = ACTION_SIGN_IN,
		.handle = sign_in_handle,
		.on_error = sign_in_again,
		.prepare = sign_in_prepare,
		.compute = sign_in_compute,
		.id = "sign_in",
		.body = &sign_in_input,
		.summary = "Sign in",
		.status = 201},
	{.method = HTTP_POST,
		.pattern = "/sign-out",
		.api = "/api/v1/sign-out",
		.kind = ROUTE_WRITE,
		.action = ACTION_SIGN_OUT,
		.handle = sign_out,
		.id = "sign_out",
		.summary = "Sign out",
		.status = 204},
	{.method = HTTP_GET,
		.pattern = "/account",
		.kind = ROUTE_READ,
		.handle = session_show,
		.id = "account",
		.summary = "Who is signed in"},
	{.method = HTTP_GET,
		.api = "/api/v1/session",
		.kind = ROUTE_READ,
		.flags = ROUTE_PUBLIC,
		.handle = session_show,
		.id = "session_show",
		.summary = "Who is signed in, and the token for what changes things"},

	{.method = HTTP_GET,
		.pattern = "/enquiries/new",
		.kind = ROUTE_READ,
		.action = ACTION_RECEIVE,
		.handle = record_form,
		.id = "record_form",
		.summary = "The form to record an enquiry"},
	{.method = HTTP_POST,
		.pattern = "/enquiries/new",
		.kind = ROUTE_READ,
		.flags = ROUTE_LARGE_BODY | ROUTE_HIDDEN,
		.action = ACTION_RECEIVE,
		.handle = record_check,
		.on_error = record_again,
		.id = "record_check",
		.summary = "Check what was typed before it is recorded"},
	{.method = HTTP_POST,
		.pattern = "/enquiries",
		.api = "/api/v1/enquiries",
		.kind = ROUTE_WRITE,
		.flags = ROUTE_CREATES | ROUTE_LARGE_BODY | ROUTE_LOGS_REFUSAL,
		.action = ACTION_RECEIVE,
		.handle = record_take,
		.on_error = record_again,
		.id = "record",
		.body = &enquiry_receive_input,
		.answer = &answer_enquiry,
		.summary = "Record an enquiry",
		.status = 201},

	LIST("/caseload", ACTION_VIEW_LIST, my_caseload, &answer_caseload, "My caseload"),
	{.method = HTTP_GET,
		.pattern = "/caseload/{worker}",
		.api = "/api/v1/caseload/{worker}",
		.kind = ROUTE_READ,
		.action = ACTION_VIEW_LIST,
		.handle = my_caseload,
		.id = "caseload_of",
		.summary = "One worker's caseload",
		.query = "cursor",
		.answer = &answer_caseload},
	PAGE("/hub", ACTION_VIEW_LIST, hub_page, &answer_hub, "The hub now"),
	LIST("/hub/{list}", ACTION_VIEW_LIST, hub_list_page, &answer_hub_list, "One list of the hub, by cursor"),
	{.method = HTTP_GET,
		.pattern = "/enquiries",
		.api = "/api/v1/enquiries",
		.kind = ROUTE_READ,
		.action = ACTION_VIEW_LIST,
		.handle = enquiries_page,
		.id = "enquiries_page",
		.summary = "Open enquiries, or with all=yes every one",
		.query = "cursor all",
		.answer = &answer_enquiries},
	LIST("/hand-overs", ACTION_VIEW_LIST, hand_overs_page, &answer_hand_overs, "Hand-overs not yet accepted"),
	{.method = HTTP_GET,
		.pattern = "/find",
		.kind = ROUTE_READ,
		.action = ACTION_FIND,
		.handle = find_page,
		.id = "find_page",
		.summary = "The form to find an enquiry or a child"},
	{.method = HTTP_POST,
		.pattern = "/find",
		.api = "/api/v1/find",
		.kind = ROUTE_READ,
		.flags = ROUTE_LOGS_REFUSAL,
		.action = ACTION_FIND,
		.handle = find_results,
		.on_error = find_again,
		.id = "find",
		.body = &find_input,
		.answer = &answer_found,
		.summary = "Find by reference, name, date of birth or NHS number"},

	PAGE("/enquiries/{reference}", ACTION_VIEW_ENQUIRY, enquiry_page, &answer_enquiry, "One enquiry, whole"),
	STEP("screen", ACTION_SCREEN, &enquiry_screen_input, "Identify the risk and rate"),
	STEP("screen-out", ACTION_PROPOSE_SCREEN_OUT, &enquiry_screen_out_input, "Propose to end it at screening"),
	STEP("answer-screen-out", ACTION_AUTHORISE_SCREEN_OUT, &proposal_reply_input, "Agree to or refuse a screen-out"),
	STEP("rerate", ACTION_RERATE, &enquiry_rerate_input, "Rate again"),
	STEP("answer-lowering", ACTION_AUTHORISE_LOWERING, &proposal_reply_input, "Agree to or refuse a lower rating"),
	STEP("allocate", ACTION_ALLOCATE, &enquiry_allocate_input, "Allocate to a worker with room"),
	STEP("reallocate", ACTION_REALLOCATE, &enquiry_allocate_input, "Give it to another worker"),
	STEP("recommend", ACTION_RECOMMEND, &enquiry_recommend_input, "Recommend an outcome for each child"),
	STEP("authorise", ACTION_AUTHORISE, &enquiry_authorise_input, "Authorise what was recommended"),
	STEP("return", ACTION_RETURN, &enquiry_return_input, "Return a recommendation to the worker"),
	STEP("close", ACTION_CLOSE, NULL, "Close"),
	STEP("reopen", ACTION_REOPEN, &enquiry_reopen_input, "Open again as a new episode"),
	STEP("strategy", ACTION_REQUEST_STRATEGY, &strategy_request_input, "Request a strategy discussion"),
	STEP("strategy-held", ACTION_RECORD_STRATEGY, &strategy_record_input, "Record a strategy discussion that was held"),
	STEP("advice", ACTION_ADVISE, &advice_give_input, "Give advice"),
	STEP("hand-over", ACTION_ANSWER_HAND_OVER, &hand_over_reply_input, "Accept or decline a hand-over"),

	LIST("/users", ACTION_MANAGE_USERS, users_page, &answer_users, "Accounts by name, by cursor"),
	{.method = HTTP_GET,
		.pattern = "/users/new",
		.kind = ROUTE_READ,
		.action = ACTION_MANAGE_USERS,
		.handle = user_form,
		.id = "user_form",
		.summary = "The form to add an account"},
	{.method = HTTP_POST,
		.pattern = "/users",
		.api = "/api/v1/users",
		.kind = ROUTE_PASSWORD,
		.flags = ROUTE_CREATES | ROUTE_LOGS_REFUSAL,
		.action = ACTION_MANAGE_USERS,
		.handle = user_add,
		.on_error = user_add_again,
		.prepare = user_prepare,
		.compute = user_compute,
		.id = "user_add",
		.body = &account_add_input,
		.answer = &answer_account,
		.summary = "Add an account",
		.status = 201},
	{.method = HTTP_GET,
		.pattern = "/users/{id}/disable",
		.kind = ROUTE_READ,
		.action = ACTION_MANAGE_USERS,
		.handle = user_disable_form,
		.id = "user_disable_form",
		.summary = "Asks whether an account is to be disabled"},
	{.method = HTTP_POST,
		.pattern = "/users/{id}/disable",
		.api = "/api/v1/users/{id}/disable",
		.kind = ROUTE_WRITE,
		.flags = ROUTE_LOGS_REFUSAL,
		.action = ACTION_MANAGE_USERS,
		.handle = user_disable,
		.on_error = user_disable_again,
		.id = "user_disable",
		.answer = &answer_account,
		.summary = "Disable an account: it can't sign in any more"},

	PAGE("/policy", ACTION_VIEW_POLICY, policy_page, &answer_policy, "The policy in force, and its versions"),
	{.method = HTTP_GET,
		.pattern = "/policy/new",
		.kind = ROUTE_READ,
		.action = ACTION_LOAD_POLICY,
		.handle = policy_form,
		.id = "policy_form",
		.summary = "The form to load a new policy"},
	{.method = HTTP_POST,
		.pattern = "/policy",
		.api = "/api/v1/policy",
		.kind = ROUTE_WRITE,
		.flags = ROUTE_CREATES | ROUTE_LOGS_REFUSAL | ROUTE_LARGE_BODY,
		.action = ACTION_LOAD_POLICY,
		.handle = policy_change,
		.on_error = policy_again,
		.id = "policy_change",
		.body = &policy_change_input,
		.summary = "Load a new version of the policy, in force from now",
		.status = 201},

	PAGE("/drafts", ACTION_DRAFT, drafts_page, &answer_drafts, "What one has written and not sent"),
	PAGE("/drafts/{draft}", ACTION_DRAFT, draft_page, NULL, "A draft of one's own, to read and copy"),
	{.method = HTTP_POST,
		.pattern = "/drafts",
		.kind = ROUTE_WRITE,
		.flags = ROUTE_LARGE_BODY | ROUTE_HIDDEN,
		.action = ACTION_DRAFT,
		.handle = draft_save,
		.id = "draft_save",
		.summary = "Keep what a form holds while it is typed"},
	{.method = HTTP_POST,
		.pattern = "/drafts/{draft}/throw-away",
		.api = "/api/v1/drafts/{draft}/throw-away",
		.kind = ROUTE_WRITE,
		.action = ACTION_DRAFT,
		.handle = draft_throw_take,
		.id = "draft_throw_away",
		.summary = "Throw a draft away",
		.status = 204},
	{.method = HTTP_POST,
		.pattern = "/drafts/{draft}/bring-back",
		.api = "/api/v1/drafts/{draft}/bring-back",
		.kind = ROUTE_WRITE,
		.action = ACTION_DRAFT,
		.handle = draft_back_take,
		.id = "draft_bring_back",
		.summary = "Bring a draft back that was thrown away today",
		.status = 204},

	LIST("/returns", ACTION_VIEW_RETURN, returns_page, NULL, "Daily returns, the newest first, by cursor"),
	PAGE("/returns/{day}", ACTION_VIEW_RETURN, return_page, NULL, "The daily return of a day"),
	{.method = HTTP_POST,
		.pattern = "/returns/{day}/collate",
		.api = "/api/v1/returns/{day}/collate",
		.kind = ROUTE_WRITE,
		.flags = ROUTE_LOGS_REFUSAL,
		.action = ACTION_COLLATE,
		.handle = return_collate,
		.on_error = return_again,
		.id = "return_collate",
		.summary = "Collate a day's return, which freezes it"},

	{.method = HTTP_GET,
		.api = "/api/v1/openapi.json",
		.kind = ROUTE_PLAIN,
		.flags = ROUTE_PUBLIC | ROUTE_NO_SESSION,
		.handle = openapi_answer,
		.id = "openapi",
		.summary = "This document"},
};

const struct route *web_routes(size_t *ret_count)
{
	*ret_count = sizeof routes / sizeof *routes;
	return routes;
}
