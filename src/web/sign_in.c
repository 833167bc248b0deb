#include "views/sign_in.h"
#include "hub/alarm_view.h"
#include "hub/session.h"
#include "web/account.h"
#include "web/handlers.h"

/* Between the lanes: the credentials read, then whether the password fits them. */
struct sign_in {
	struct credentials credentials;
	struct text email;
	struct text password;
	bool matches;
};

static const struct input_member sign_in_members[] = {
	{FIELD_email, COLUMN_TEXT, offsetof(struct sign_in, email), true},
	{FIELD_password, COLUMN_TEXT, offsetof(struct sign_in, password), true},
};

const struct input_type sign_in_input = {
	.name = "sign_in",
	.size = sizeof(struct sign_in),
	INPUT_MEMBERS(sign_in_members),
};

static void show(struct request *req, struct hub *hub, struct response *res, const struct error *err)
{
	struct form_state form = form_state(req, err, 0);
	struct page page;

	form.action = TEXT("/sign-in");
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Sign in"), .err = err});
	view_sign_in(&page.html, &form, request_next(req), hub->authority);
	page_end(&page);
}

bool sign_in_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)err;
	if (request_signed_in(req)) {
		response_redirect(res, text_of(home_of(hub)));
		return true;
	}
	show(req, hub, res, NULL);
	return true;
}

bool sign_in_prepare(struct request *req, struct hub *hub, struct error *err)
{
	struct sign_in *sign_in = arena_new(req->arena, struct sign_in);

	sign_in->email = request_value(req, "email");
	sign_in->password = request_value(req, "password");
	if (text_blank(sign_in->email)) error_field(err, "email", "Enter your email address");
	if (text_none(sign_in->password) || !sign_in->password.len) error_field(err, "password", "Enter your password");
	if (err->kind) return false;
	req->prepared = sign_in;
	return account_credentials(hub, sign_in->email, &sign_in->credentials, err);
}

bool sign_in_compute(struct request *req, struct error *err)
{
	struct sign_in *sign_in = req->prepared;

	(void)err;
	sign_in->matches = password_matches(&sign_in->credentials, sign_in->password);
	return true;
}

static void answer_json(struct json *json, const void *what)
{
	const struct session *session = what;

	json_member_text(json, "csrf", session->csrf);
	json_member_instant(json, "expires_at", session->expires_at);
}

/* One sentence for an unknown address and a wrong password: which accounts there are is nobody's business. */
static bool refuse(struct hub *hub, struct response *res, const struct sign_in *sign_in, struct error *err)
{
	struct error *why = arena_new(hub->arena, struct error);

	if (sign_in->credentials.locked) {
		error_denied(why, "too many wrong passwords; sign-in is closed for this account for a while");
		error_hint(why, "Wait a quarter of an hour, then try again.");
	} else {
		error_field(why, "password", "The email address or the password is not right");
	}
	if (!session_refuse(hub, sign_in->email, err)) return false;
	response_refuse(res, why);
	return true;
}

bool sign_in_handle(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct sign_in *sign_in = req->prepared;
	struct session session;
	struct text token, next = request_next(req);

	if (!sign_in->matches || sign_in->credentials.locked) return refuse(hub, res, sign_in, err);
	if (!session_start(hub, sign_in->credentials.account, &token, &session, err)) return false;
	response_session(res, req, token);
	if (req->api) {
		api_answer(res, 201, answer_json, &session);
		return true;
	}
	response_redirect(res, next);
	return true;
}

void sign_in_again(struct request *req, struct hub *hub, const struct error *err, struct response *res)
{
	show(req, hub, res, err);
}

bool sign_out(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	if (!session_end(hub, req->token, err)) return false;
	response_session_end(res, req);
	if (req->api)
		res->status = 204;
	else
		response_redirect(res, TEXT("/sign-in"));
	return true;
}

struct who {
	const struct request *req;
	const struct hub *hub;
};

static void who_json(struct json *json, const void *what)
{
	const struct who *who = what;

	json_member_text(json, "csrf", who->req->csrf);
	json_member_bool(json, "signed_in", request_signed_in(who->req));
	json_member_text(json, "name", who->hub->actor.name);
	json_member_text(json, "email", who->hub->actor.email);
	json_member_text(json, "role", role_text(who->hub->actor.role));
	json_member_text(json, "authority", who->hub->authority);
	json_member_instant(json, "now", who->hub->now);
	json_member_bool(json, "simulated", who->hub->simulated);
}

bool session_show(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct account_view view = {
		.name = hub->actor.name,
		.email = hub->actor.email,
		.role = role_words(hub->actor.role),
		.csrf = req->csrf,
		.nothing = strcmp(home_of(hub), "/account") == 0,
		.alarmed = alarms_have(hub),
	};
	struct alarm_list alarms;
	struct page page;

	if (req->api) {
		api_answer(res, 200, who_json, &(struct who){req, hub});
		return true;
	}
	if (!alarm_banner(hub, &alarms, err)) return false;
	view.sound = alarms.sound;
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Your account")});
	view_account_page(&page.html, &view);
	page_end(&page);
	return true;
}

bool home(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)req;
	(void)err;
	response_redirect(res, text_of(home_of(hub)));
	return true;
}
