#include "web/users.h"

#include "base/london.h"
#include "hub/session.h"
#include "views/users.h"
#include "web/handlers.h"

struct options user_roles(const struct user_form_view *view)
{
	const struct codes *roles = codes_describe(CODES_role);
	struct option *rows = arena_new_array(view->arena, (size_t)roles->count + 1, struct option);
	size_t count = 0;

	rows[count++] = (struct option){.value = TEXT(""), .text = TEXT("Choose one")};
	for (int i = 0; i < roles->count; i++)
		if (i != ROLE_OPERATOR)
			rows[count++] = (struct option){.value = roles->codes[i].text, .text = roles->codes[i].words};
	return (struct options){rows, count};
}

struct options user_teams(const struct user_form_view *view)
{
	struct option *rows = arena_new_array(view->arena, view->teams.count + 1, struct option);

	rows[0] = (struct option){.value = TEXT(""), .text = TEXT("None")};
	for (size_t i = 0; i < view->teams.count; i++)
		rows[i + 1] = (struct option){.value = view->teams.rows[i].name, .text = view->teams.rows[i].name};
	return (struct options){rows, view->teams.count + 1};
}

struct text user_problem(const struct user_form_view *view, const char *field)
{
	const struct error_field *wrong = view->form.err ? error_find(view->form.err, field) : NULL;

	return wrong ? text_of(wrong->message) : TEXT_NONE;
}

struct text user_state(struct arena *arena, const struct account_row *row, instant now)
{
	if (row->disabled_at != INSTANT_NONE)
		return arena_printf(arena, "Disabled %.*s", TEXT_ARG(day_words(arena, london_day(row->disabled_at))));
	if (row->ends_at != INSTANT_NONE && row->ends_at <= now)
		return arena_printf(arena, "Ended %.*s", TEXT_ARG(day_words(arena, london_day(row->ends_at) - 1)));
	if (!row->can_sign_in) return TEXT("Can't sign in: no password");
	if (row->ends_at == INSTANT_NONE) return TEXT("Can sign in");
	return arena_printf(arena, "Can sign in until %.*s", TEXT_ARG(day_words(arena, london_day(row->ends_at) - 1)));
}

struct text user_caseload(struct arena *arena, const struct account_row *row)
{
	if (row->cap == INT_NONE) return TEXT_NONE;
	return arena_printf(arena, "%lld of %lld", (long long)row->open, (long long)row->cap);
}

struct text user_place(const struct account_row *row)
{
	return text_none(row->team) ? row->agency : row->team;
}

struct text user_leaves(struct arena *arena, const struct removal_counts_row *leaves)
{
	struct text waiting = TEXT(""), held = TEXT("");

	if (leaves->recommended)
		waiting =
			arena_printf(arena, ", %lld of them waiting for a manager's authorisation", (long long)leaves->recommended);
	if (leaves->held) held = arena_printf(arena, ", and %lld held that found no room", (long long)leaves->held);
	return arena_printf(
		arena, "They have %lld open%.*s%.*s", (long long)leaves->open, TEXT_ARG(waiting), TEXT_ARG(held));
}

bool user_disablable(const struct hub *hub, const struct account_row *row)
{
	return row->disabled_at == INSTANT_NONE && row->id.n != OPERATOR_ACCOUNT.n && row->id.n != hub->actor.account.n;
}

static void account_json(struct json *json, const void *what)
{
	record_json(json, &account_record, what);
}

static void list_json(struct json *json, const void *what)
{
	const struct account_view *view = what;

	json_member_int(json, "total", view->total);
	record_list_json(json, "users", &account_record, view->rows, view->count);
	json_member_id(json, "next", view->next.n);
}

bool users_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct text cursor = request_query(req, "cursor");
	struct account_id after = {0};
	struct account_view view;
	struct page page;

	if (!text_blank(cursor) && (!text_int(cursor, &after.n) || after.n < 1))
		return error_not_found(err, "there is no such place in the list");
	if (!account_list(hub, after, USERS_PAGE_ROWS, &view, err)) return false;
	if (req->api) {
		api_answer(res, 200, list_json, &view);
		return true;
	}
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Users"), .section = "/users"});
	view_users(&page.html, hub, &view);
	page_end(&page);
	return true;
}

static bool show_form(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct user_form_view view = {.form = form_state(req, problem, 0), .arena = hub->arena};
	struct page page;

	if (!team_list(hub->tx, &view.teams, err)) return false;
	view.form.action = TEXT("/users");
	view.form.idempotency = form_key(req, hub);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Add a user"),
			.err = problem,
			.section = "/users",
			.back_text = TEXT("Users"),
			.back_href = TEXT("/users")});
	view_user_form(&page.html, &view);
	page_end(&page);
	return true;
}

bool user_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return hub_may(hub, ACTION_MANAGE_USERS, err) && show_form(req, hub, res, NULL, err);
}

void user_add_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show_form(req, hub, res, problem, &err)) response_reset(res);
}

bool user_prepare(struct request *req, struct hub *hub, struct error *err)
{
	struct account_add *in = arena_new(req->arena, struct account_add);
	struct input_source source = request_source(req);

	if (!hub_may(hub, ACTION_MANAGE_USERS, err)) return false;
	if (!request_fits(req, &account_add_input, err)) return false;
	if (!input_decode(&source, &account_add_input, req->arena, in, err)) return false;
	req->prepared = in;
	return true;
}

/* A password that is too short is the action's to refuse, with everything else that is wrong. */
bool user_compute(struct request *req, struct error *err)
{
	struct account_add *in = req->prepared;

	if (text_none(in->password) || text_characters(in->password) < PASSWORD_CHARACTERS_LEAST) return true;
	return password_hash(req->arena, in->password, &in->hashed, err);
}

bool user_add(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct account_row account;

	if (!account_add(hub, req->prepared, &account, err)) return false;
	if (req->api)
		api_answer(res, 201, account_json, &account);
	else
		response_redirect(res, TEXT("/users?done=user_added"));
	return true;
}

static bool account_asked(struct request *req, struct hub *hub, struct account_row *ret, struct error *err)
{
	struct account_get_in in;

	if (!hub_may(hub, ACTION_MANAGE_USERS, err)) return false;
	if (!text_int(request_param(req, "id"), &in.id.n)) return error_not_found(err, "there is no such account");
	return account_get(hub->tx, &in, ret, err);
}

static bool show_disable(
	struct request *req, struct hub *hub, struct response *res, const struct error *problem, struct error *err)
{
	struct form_state form = form_state(req, problem, 0);
	struct removal_counts_row leaves;
	struct account_row account;
	struct page page;

	if (!account_asked(req, hub, &account, err)) return false;
	if (!removal_leaves(hub, account.id, &leaves, err)) return false;
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = TEXT("Disable an account"),
			.err = problem,
			.section = "/users",
			.back_text = TEXT("Users"),
			.back_href = TEXT("/users")});
	view_user_disable(&page.html, hub, &form, &account, &leaves);
	page_end(&page);
	return true;
}

bool user_disable_form(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return show_disable(req, hub, res, NULL, err);
}

void user_disable_again(struct request *req, struct hub *hub, const struct error *problem, struct response *res)
{
	struct error err;

	error_clear(&err);
	if (!show_disable(req, hub, res, problem, &err)) response_reset(res);
}

static const struct input_member disable_members[] = {
	{FIELD_unallocate, COLUMN_BOOL, offsetof(struct account_disable, unallocate), false},
};

const struct input_type user_disable_input = {
	.name = "user_disable",
	.size = sizeof(struct account_disable),
	INPUT_MEMBERS(disable_members),
};

bool user_disable(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct input_source source = request_source(req);
	struct account_disable in;
	struct account_row account;

	if (!account_asked(req, hub, &account, err)) return false;
	if (!request_fits(req, &user_disable_input, err)) return false;
	if (!input_decode(&source, &user_disable_input, hub->arena, &in, err)) return false;
	in.email = account.email;
	if (!account_disable(hub, &in, &account, err)) return false;
	if (req->api)
		api_answer(res, 200, account_json, &account);
	else
		response_redirect(res, TEXT("/users?done=user_disabled"));
	return true;
}
