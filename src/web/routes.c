#include "web/routes.h"

#include "web/handlers.h"

/* A page to look at. */
#define PAGE(path, act, name, says)                                                                                    \
	{                                                                                                                  \
		.method = HTTP_GET, .pattern = path, .api = "/api/v1" path, .kind = ROUTE_READ, .action = act, .handle = name, \
		.id = #name, .summary = says                                                                                   \
	}

/* A form of one step of an enquiry, and its sending. The JSON twin is of the sending. */
#define STEP(slug, act, says)                                                                                          \
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
		.on_error = step_again, .id = slug, .summary = says                                                            \
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
		.summary = "Record an enquiry",
		.status = 201},

	PAGE("/caseload", ACTION_VIEW_LIST, my_caseload, "My caseload"),
	PAGE("/caseload/{worker}", ACTION_VIEW_LIST, my_caseload, "One worker's caseload"),
	PAGE("/hub", ACTION_VIEW_LIST, hub_page, "The hub now"),
	PAGE("/hub/{list}", ACTION_VIEW_LIST, hub_list_page, "One list of the hub, by cursor"),
	PAGE("/enquiries", ACTION_VIEW_LIST, enquiries_page, "Enquiries, by cursor"),
	PAGE("/hand-overs", ACTION_VIEW_LIST, hand_overs_page, "Hand-overs not yet accepted"),
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
		.summary = "Find by reference, name, date of birth or NHS number"},

	PAGE("/enquiries/{reference}", ACTION_VIEW_ENQUIRY, enquiry_page, "One enquiry, whole"),
	STEP("screen", ACTION_SCREEN, "Identify the risk and rate"),
	STEP("screen-out", ACTION_PROPOSE_SCREEN_OUT, "Propose to end it at screening"),
	STEP("answer-screen-out", ACTION_AUTHORISE_SCREEN_OUT, "Agree to or refuse a screen-out"),
	STEP("rerate", ACTION_RERATE, "Rate again"),
	STEP("answer-lowering", ACTION_AUTHORISE_LOWERING, "Agree to or refuse a lower rating"),
	STEP("allocate", ACTION_ALLOCATE, "Allocate to a worker with room"),
	STEP("reallocate", ACTION_REALLOCATE, "Give it to another worker"),
	STEP("recommend", ACTION_RECOMMEND, "Recommend an outcome for each child"),
	STEP("authorise", ACTION_AUTHORISE, "Authorise what was recommended"),
	STEP("return", ACTION_RETURN, "Return a recommendation to the worker"),
	STEP("close", ACTION_CLOSE, "Close"),
	STEP("reopen", ACTION_REOPEN, "Open again as a new episode"),
	STEP("strategy", ACTION_REQUEST_STRATEGY, "Request a strategy discussion"),
	STEP("strategy-held", ACTION_RECORD_STRATEGY, "Record a strategy discussion that was held"),
	STEP("advice", ACTION_ADVISE, "Give advice"),
	STEP("hand-over", ACTION_ANSWER_HAND_OVER, "Accept or decline a hand-over"),

	PAGE("/returns", ACTION_VIEW_RETURN, returns_page, "Daily returns, the newest first, by cursor"),
	PAGE("/returns/{day}", ACTION_VIEW_RETURN, return_page, "The daily return of a day"),
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
};

const struct route *web_routes(size_t *ret_count)
{
	*ret_count = sizeof routes / sizeof *routes;
	return routes;
}
