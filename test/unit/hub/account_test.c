#include "steps.h"

#include "hub/account.h"
#include "hub/installation.h"
#include "hub/session.h"

#define NINE MONDAY_AT("09:00")

static bool do_add(struct hub *hub, void *with, struct error *err)
{
	struct account_row row;

	return account_add(hub, with, &row, err);
}

static bool do_disable(struct hub *hub, void *with, struct error *err)
{
	struct account_row row;

	return account_disable(hub, &(struct account_disable){.email = text_of(with)}, &row, err);
}

static struct account_add person(const char *email, const char *role)
{
	return (struct account_add){.email = text_of(email),
		.name = TEXT("Ada Quill"),
		.role = text_of(role),
		.hours_percent = INT_NONE,
		.ends_on = DAY_NONE};
}

static void those_who_hold_enquiries_get_the_policys_cap(void **state)
{
	struct fixture *f = *state;
	struct account_add quill = person("Quill@Hub.Example", "social_worker"), other = person("x@hub.example", "auditor");

	quill.hours_percent = 60;
	fixture_must(f, BY("kemp", NINE), do_add, &quill);
	fixture_must(f, BY("kemp", NINE), do_add, &other);
	assert_sql(f, "25 60 0",
		"select w.cap || ' ' || w.hours_percent || ' ' || w.open from worker w join account a on a.id = w.account "
		"where a.email = 'quill@hub.example'");
	assert_sql(
		f, "0", "select count(*) from worker w join account a on a.id = w.account where a.email = 'x@hub.example'");
}

static const struct {
	struct account_add in;
	const char *field;
} unfit[] = {
	{{.email = {"rahman@hub.example", 18}, .role = {"auditor", 7}}, "email"},
	{{.email = {"RAHMAN@hub.example", 18}, .role = {"auditor", 7}}, "email"},
	{{.email = {"n@hub.example", 13}, .role = {"operator", 8}}, "role"},
	{{.email = {"n@hub.example", 13}, .role = {"king", 4}}, "role"},
	{{.email = {"n@hub.example", 13}, .role = {"partner", 7}}, "agency"},
	{{.email = {"n@hub.example", 13}, .role = {"auditor", 7}, .team = {"The A-team", 10}}, "team"},
	{{.email = {"n@hub.example", 13}, .role = {"auditor", 7}, .password = {"eleven char", 11}}, "password"},
};

static void an_account_that_does_not_fit_is_refused_by_field(void **state)
{
	for (size_t i = 0; i < COUNT_OF(unfit); i++) {
		struct account_add in = unfit[i].in;
		struct error err;

		in.name = TEXT("Ada Quill");
		in.hours_percent = INT_NONE;
		in.ends_on = DAY_NONE;
		assert_false(fixture_act(*state, BY("kemp", NINE), do_add, &in, &err));
		assert_int_equal(err.kind, ERROR_INVALID);
		assert_non_null(error_find(&err, unfit[i].field));
	}
}

static void only_whoever_manages_users_makes_and_disables_them(void **state)
{
	struct fixture *f = *state;
	struct account_add in = person("n@hub.example", "auditor");
	char byrne[] = "byrne@hub.example", kemp[] = "kemp@hub.example", operator[] = "operator";
	struct error err;

	assert_false(fixture_act(f, BY("nair", NINE), do_add, &in, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
	assert_false(fixture_act(f, BY("nair", NINE), do_disable, byrne, &err));
	assert_int_equal(err.kind, ERROR_DENIED);
	assert_false(fixture_act(f, BY("kemp", NINE), do_disable, kemp, &err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	assert_false(fixture_act(f, BY("kemp", NINE), do_disable, operator, & err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	fixture_must(f, BY("kemp", NINE), do_disable, byrne);
	assert_false(fixture_act(f, BY("byrne", NINE), do_add, &in, &err));
	assert_error(&err, ERROR_DENIED, "disabled");
}

static bool do_list(struct hub *hub, void *with, struct error *err)
{
	struct account_view *view = with;

	return account_list(hub, view->next, 6, view, err);
}

static void accounts_are_listed_by_name_and_page(void **state)
{
	static const size_t pages[] = {6, 6, 3}; /* fourteen people and the operator */
	struct account_view view = {0};
	struct text last = TEXT("");

	for (size_t page = 0; page < COUNT_OF(pages); page++) {
		fixture_must(*state, BY("kemp", NINE), do_list, &view);
		assert_int_equal(view.count, pages[page]);
		assert_int_equal(view.total, 15);
		for (size_t i = 0; i < view.count; i++) {
			assert_true(text_compare(last, view.rows[i].name) < 0);
			last = view.rows[i].name;
		}
		assert_int_equal(view.next.n != 0, page + 1 < COUNT_OF(pages));
	}
}

/* Signing in */

struct sign_in {
	const char *email;
	const char *password;
	struct credentials credentials;
	struct text token;
	struct session session;
	bool found;
};

static bool do_credentials(struct hub *hub, void *with, struct error *err)
{
	struct sign_in *in = with;

	return account_credentials(hub, text_of(in->email), &in->credentials, err);
}

static bool do_start(struct hub *hub, void *with, struct error *err)
{
	struct sign_in *in = with;

	return session_start(hub, in->credentials.account, &in->token, &in->session, err);
}

static bool do_refuse(struct hub *hub, void *with, struct error *err)
{
	return session_refuse(hub, text_of(((struct sign_in *)with)->email), err);
}

static bool do_find(struct hub *hub, void *with, struct error *err)
{
	struct sign_in *in = with;

	return session_find(hub, in->token, &in->session, &in->found, err);
}

static bool do_touch(struct hub *hub, void *with, struct error *err)
{
	return session_touch(hub, ((struct sign_in *)with)->session.id, err);
}

static bool do_end(struct hub *hub, void *with, struct error *err)
{
	return session_end(hub, ((struct sign_in *)with)->token, err);
}

#define PASSWORD "correct horse battery"

static struct sign_in quill_signs_in(struct fixture *f)
{
	struct account_add quill = person("quill@hub.example", "social_worker");
	struct sign_in in = {.email = "Quill@hub.example"};

	quill.password = TEXT(PASSWORD);
	fixture_must(f, BY("kemp", NINE), do_add, &quill);
	fixture_must(f, BY("operator", NINE), do_credentials, &in);
	assert_true(password_matches(&in.credentials, TEXT(PASSWORD)));
	fixture_must(f, BY("operator", NINE), do_start, &in);
	return in;
}

static void a_password_is_kept_as_an_argon2id_hash_of_nineteen_mebibytes(void **state)
{
	struct fixture *f = *state;
	struct sign_in in = quill_signs_in(f);

	assert_false(password_matches(&in.credentials, TEXT("correct horse batterz")));
	assert_true(text_starts(in.credentials.password_hash, TEXT("$argon2id$v=19$m=19456,t=2,p=1$")));
	in.credentials.locked = true;
	assert_false(password_matches(&in.credentials, TEXT(PASSWORD)));
}

static void nobody_and_who_cannot_sign_in_match_no_password(void **state)
{
	static const char *const emails[] = {"nobody@hub.example", "rahman@hub.example", "operator"};

	for (size_t i = 0; i < COUNT_OF(emails); i++) {
		struct sign_in in = {.email = emails[i]};

		fixture_must(*state, BY("operator", NINE), do_credentials, &in);
		assert_false(password_matches(&in.credentials, TEXT("")));
		assert_false(password_matches(&in.credentials, TEXT(PASSWORD)));
	}
}

static void a_session_is_found_by_its_token_and_kept_as_a_hash(void **state)
{
	struct fixture *f = *state;
	struct sign_in in = quill_signs_in(f);

	assert_int_equal(in.token.len, SESSION_TOKEN_CHARACTERS);
	fixture_must(f, BY("operator", MONDAY_AT("09:30")), do_find, &in);
	assert_true(in.found);
	assert_int_equal(in.session.account.n, in.credentials.account.n);
	assert_sql(f, "0", "select count(*) from session where hex(token_hash) = upper('%.*s')", TEXT_ARG(in.token));
	in.token = TEXT("0000000000000000000000000000000000000000000000000000000000000000");
	fixture_must(f, BY("operator", MONDAY_AT("09:30")), do_find, &in);
	assert_false(in.found);
	in.token = TEXT("short");
	fixture_must(f, BY("operator", MONDAY_AT("09:30")), do_find, &in);
	assert_false(in.found);
}

/* An hour idle, twelve at the longest; touching keeps it through the first and not the second. */
static void a_session_ends_when_idle_and_after_its_day(void **state)
{
	static const struct {
		const char *at;
		bool found;
	} seen[] = {{MONDAY_AT("09:59"), true}, {MONDAY_AT("10:58"), true}, {MONDAY_AT("11:57"), true},
		{MONDAY_AT("12:58"), false}};
	struct fixture *f = *state;
	struct sign_in in = quill_signs_in(f);

	for (size_t i = 0; i < COUNT_OF(seen); i++) {
		fixture_must(f, BY("operator", seen[i].at), do_find, &in);
		assert_int_equal(in.found, seen[i].found);
		if (in.found) fixture_must(f, BY("operator", seen[i].at), do_touch, &in);
	}
}

static void signing_out_and_being_disabled_end_sessions(void **state)
{
	struct fixture *f = *state;
	struct sign_in in = quill_signs_in(f), again;
	char email[] = "quill@hub.example";

	again = in;
	fixture_must(f, BY("operator", NINE), do_start, &again);
	fixture_must(f, BY("operator", NINE), do_end, &in);
	fixture_must(f, BY("operator", NINE), do_find, &in);
	assert_false(in.found);
	fixture_must(f, BY("kemp", NINE), do_disable, email);
	fixture_must(f, BY("operator", NINE), do_find, &again);
	assert_false(again.found);
}

static void ten_failures_lock_an_address_for_a_quarter_of_an_hour(void **state)
{
	struct fixture *f = *state;
	struct sign_in in = quill_signs_in(f);

	for (int i = 0; i < 9; i++) fixture_must(f, BY("operator", MONDAY_AT("10:00")), do_refuse, &in);
	fixture_must(f, BY("operator", MONDAY_AT("10:01")), do_credentials, &in);
	assert_false(in.credentials.locked);
	fixture_must(f, BY("operator", MONDAY_AT("10:01")), do_refuse, &in);
	fixture_must(f, BY("operator", MONDAY_AT("10:02")), do_credentials, &in);
	assert_true(in.credentials.locked);
	assert_int_equal(in.credentials.locked_until, at(MONDAY_AT("10:16")));
	fixture_must(f, BY("operator", MONDAY_AT("10:17")), do_credentials, &in);
	assert_false(in.credentials.locked);
}

static void signing_in_failing_and_out_are_on_the_accounts_record(void **state)
{
	struct fixture *f = *state;
	struct sign_in in = quill_signs_in(f);

	fixture_must(f, BY("operator", NINE), do_refuse, &in);
	fixture_must(f, BY("operator", NINE), do_end, &in);
	assert_sql(f, "manage_users,sign_in,sign_in refused,sign_out",
		"select group_concat(action || case refused when 1 then ' refused' else '' end) from (select * from access_log "
		"where record_kind = 'account' and record = %lld order by n) as listed",
		(long long)in.credentials.account.n);
}

/* Making the hub */

static void a_references_prefix_comes_from_the_authoritys_name(void **state)
{
	static const struct {
		const char *authority, *prefix;
	} names[] = {{"Fanlight", "FL"}, {"Oxfordshire", "OX"}, {"Bath and North East Somerset", "BNES"},
		{"  Isle of Wight ", "IW"}, {"st helens", "FL"}, {"", "FL"}, {"Île", "LE"}};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_text(reference_prefix_for(&f->arena, text_of(names[i].authority)), names[i].prefix);
}

static bool do_init(struct hub *hub, void *with, struct error *err)
{
	struct hub_edge edge = {.tx = hub->tx, .now = hub->now, .random = hub->random};
	struct hub made;

	(void)with;
	return hub_init(&edge, &(struct hub_init){0}, &made, err);
}

static void a_database_that_holds_a_hub_is_refused(void **state)
{
	struct fixture *f = *state;
	struct error err;

	assert_false(fixture_act(f, BY("operator", NINE), do_init, NULL, &err));
	assert_error(&err, ERROR_REFUSED, "holds the hub of Oxfordshire");
	assert_sql(f, "6", "select count(*) from service");
	assert_sql(f, "MASH team new,Accumulation team accumulation",
		"select group_concat(t.name || ' ' || w.key) from team t join workstream w on w.id = t.workstream");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(those_who_hold_enquiries_get_the_policys_cap),
		fixture_test(an_account_that_does_not_fit_is_refused_by_field),
		fixture_test(only_whoever_manages_users_makes_and_disables_them),
		fixture_test(accounts_are_listed_by_name_and_page),
		fixture_test(a_password_is_kept_as_an_argon2id_hash_of_nineteen_mebibytes),
		fixture_test(nobody_and_who_cannot_sign_in_match_no_password),
		fixture_test(a_session_is_found_by_its_token_and_kept_as_a_hash),
		fixture_test(a_session_ends_when_idle_and_after_its_day),
		fixture_test(signing_out_and_being_disabled_end_sessions),
		fixture_test(ten_failures_lock_an_address_for_a_quarter_of_an_hour),
		fixture_test(signing_in_failing_and_out_are_on_the_accounts_record),
		fixture_test(a_references_prefix_comes_from_the_authoritys_name),
		fixture_test(a_database_that_holds_a_hub_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
