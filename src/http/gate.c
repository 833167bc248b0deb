#include "http/exchange.h"
#include "http/header.h"

#define FORM_TOKEN_LEAST 32
#define FORM_TOKEN_MOST  128

bool gate_hub(struct exchange *x, struct tx *tx, struct hub *ret, struct error *err)
{
	struct hub_edge edge = {
		.tx = tx,
		.now = instant_whole_second(clock_source_now(x->server->options.clock)),
		.random = &x->random,
		.request_id = x->request.id,
	};

	return hub_begin(&edge, ret, err);
}

/* The token of forms shown before sign-in: the cookie's, or a new one for the page about to be shown. */
static bool form_token(struct exchange *x, struct hub *hub, struct error *err)
{
	struct request *req = &x->request;
	struct text given = cookie_find(req->headers.cookie, FORM_COOKIE);
	const char *secure = req->tls ? "; Secure" : "";

	if (given.len >= FORM_TOKEN_LEAST && given.len <= FORM_TOKEN_MOST && hexadecimal(given, given.len)) {
		req->csrf = given;
		return true;
	}
	if (req->api) return true;
	if (!session_csrf_anonymous(hub, &req->csrf, err)) return false;
	response_header(&x->response, "Set-Cookie",
		arena_printf(&x->arena, FORM_COOKIE "=%.*s; Path=/; HttpOnly; SameSite=Lax%s", TEXT_ARG(req->csrf), secure));
	return true;
}

bool gate_session(struct exchange *x, struct hub *hub, struct error *err)
{
	struct request *req = &x->request;
	bool found = false;

	req->token = cookie_find(req->headers.cookie, SESSION_COOKIE);
	req->session = (struct session){0};
	if (hexadecimal(req->token, SESSION_TOKEN_CHARACTERS) && !session_find(hub, req->token, &req->session, &found, err))
		return false;
	if (!found) {
		req->session = (struct session){0};
		return form_token(x, hub, err);
	}
	req->csrf = req->session.csrf;
	x->touch =
		!(req->route->flags & ROUTE_BY_ITSELF) && !request_refreshes(req) && session_wants_touch(hub, &req->session);
	return true;
}

struct origin gate_origin(const struct request *req)
{
	return (struct origin){req->headers.origin, req->headers.fetch_site, req->headers.host};
}

/* No page of another site can send JSON without the browser asking first, and nobody is signed in to act as. */
static bool sign_in_of_program(const struct request *req)
{
	return req->api && req->json && !request_signed_in(req);
}

static bool not_forged(struct request *req, struct error *err)
{
	struct text given = text_none(req->headers.csrf_token) ? request_value(req, "csrf") : req->headers.csrf_token;
	struct origin origin = gate_origin(req);

	if (req->method == HTTP_GET || req->route->flags & ROUTE_NO_CSRF) return true;
	if (sign_in_of_program(req) && origin_may_be_ours(&origin)) return true;
	if (origin_may_be_ours(&origin) && secret_equal(given, req->csrf)) return true;
	req->fault = FAULT_FORGED;
	error_denied(err, "this form is not from the session you are signed in to");
	return error_hint(err, "Nothing was saved. Open the page again and send it from there.");
}

bool gate_enter(struct exchange *x, struct hub *hub, struct error *err)
{
	struct request *req = &x->request;

	if (req->route->flags & ROUTE_NO_SESSION) return true;
	if (!gate_session(x, hub, err)) return false;
	if (!request_signed_in(req) && !(req->route->flags & ROUTE_PUBLIC)) {
		req->fault = FAULT_UNAUTHENTICATED;
		return error_denied(err, "you are not signed in, or your session has ended");
	}
	return not_forged(req, err);
}
