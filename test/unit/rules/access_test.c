#include "unit.h"

#include "rules/access.h"

/*
 * domain.md, "People in the system". A letter a role: a administrator, w social worker, m practice manager, e EDT
 * worker, E EDT manager, p project manager, s service manager, d director, x partner, u auditor, y system administrator.
 */
static const char letters[] = "awmeEpsdxuy";

static const struct {
	enum action action;
	const char *may;
} expected[] = {
	{ACTION_RECEIVE, "awmeE"},
	{ACTION_ADD_INFORMATION, "awmeE"},
	{ACTION_CORRECT_CHILD, "awmeE"},
	{ACTION_ADD_CHILD, "awmeE"},
	{ACTION_REMOVE_CHILD, "wmeE"},
	{ACTION_SCREEN, "weE"},
	{ACTION_RERATE, "wmeE"},
	{ACTION_PROPOSE_SCREEN_OUT, "weE"},
	{ACTION_AUTHORISE_SCREEN_OUT, "wmEs"},
	{ACTION_AUTHORISE_LOWERING, "mEs"},
	{ACTION_ALLOCATE, "mE"},
	{ACTION_REALLOCATE, "mE"},
	{ACTION_HOLD, "mE"},
	{ACTION_RECOMMEND, "wmeE"},
	{ACTION_RETURN, "mEs"},
	{ACTION_AUTHORISE, "mEs"},
	{ACTION_CLOSE, "wmeE"},
	{ACTION_REOPEN, "mE"},
	{ACTION_PROPOSE_WITHDRAWAL, "awmeE"},
	{ACTION_AUTHORISE_WITHDRAWAL, "mEs"},
	{ACTION_MOVE, "m"},
	{ACTION_ADVISE, "wmeE"},
	{ACTION_REQUEST_STRATEGY, "wmeE"},
	{ACTION_RECORD_STRATEGY, "wmeE"},
	{ACTION_ESCALATE, "wmeEx"},
	{ACTION_HAND_OVER, "wmeE"},
	{ACTION_ANSWER_HAND_OVER, "awmeE"},
	{ACTION_COLLATE, "a"},
	{ACTION_VIEW_ENQUIRY, "awmeEpsu"},
	{ACTION_VIEW_LIST, "awmeEpsu"},
	{ACTION_FIND, "awmeEu"},
	{ACTION_VIEW_RETURN, "awmeEpsdu"},
	{ACTION_VIEW_WORKERS, "awmeEp"},
	{ACTION_VIEW_ACCESS_LOG, "mEsu"},
	{ACTION_MANAGE_ABSENCE, "amE"},
	{ACTION_MANAGE_USERS, "y"},
	{ACTION_VIEW_POLICY, "awmeEpsduy"},
	{ACTION_LOAD_POLICY, "sy"},
	{ACTION_IMPORT, "ay"},
	{ACTION_VERIFY_AUDIT, "suy"},
	{ACTION_MANAGE_DUTY, "amE"},
	{ACTION_VIEW_DUTY, "awmeEpsu"},
	{ACTION_CHANGE_STAFF, "mEy"},
	{ACTION_ACCEPT_DUTY_HAND_OVER, "wmeE"},
	{ACTION_GIVE_DUTY_HAND_OVER, "wmeE"},
	{ACTION_ACKNOWLEDGE_ALARM, "awmeEsu"},
	{ACTION_RAISE_ALARM, ""},
	{ACTION_UNALLOCATE, "mE"},
	{ACTION_SWAP, "mE"},
	{ACTION_LEND, "mE"},
	{ACTION_DECIDE_ALONE, "wmeE"},
	{ACTION_LOOK_AGAIN, "mEs"},
	{ACTION_ASK_SIGNATURE, "wmeE"},
	{ACTION_REVIEW, "wmeE"},
	{ACTION_RECORD_PROTECTION, "wmeE"},
	{ACTION_LOG_CONTACT, "awmeE"},
	{ACTION_OVERSEE, "mEs"},
	{ACTION_INFORMATION_REQUEST, "awmeE"},
	{ACTION_RESTRICT, "mEs"},
	{ACTION_NAME_PERSON, "mEs"},
	{ACTION_REMOVE_PERSON, "mEs"},
	{ACTION_REVIEW_RESTRICTION, "mEs"},
	{ACTION_LIFT_RESTRICTION, "mEs"},
	{ACTION_BREAK_GLASS, "wmeE"},
	{ACTION_ANSWER_REFERRER, "awmeE"},
	{ACTION_MARK_OPEN_CASE, "awmeE"},
	{ACTION_CONFIRM_PERSON, "wmeE"},
	{ACTION_LINK, "awmeE"},
	{ACTION_TRANSFER_IN, "awmeE"},
	{ACTION_RETRIAGE, "wm"},
	{ACTION_TAKE_OVER, "m"},
	{ACTION_PRINT, "awmeEsu"},
	{ACTION_CONTINUITY, "awmeEu"},
	{ACTION_BACK_UP, "y"},
	{ACTION_RESTORE, "y"},
	{ACTION_COPY, "y"},
	{ACTION_DRAFT, "awmeEpsduxy"},
	{ACTION_SIGN_IN, "awmeEpsdxuy"},
	{ACTION_SIGN_OUT, "awmeEpsdxuy"},
};

static void each_role_may_do_its_own_work_and_no_more(void **state)
{
	(void)state;
	assert_int_equal(COUNT_OF(expected), ACTION_COUNT);
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		for (int r = 0; r < ROLE_OPERATOR; r++) {
			struct access_actor actor = {.role = (enum role)r};
			bool want = strchr(expected[i].may, letters[r]) != NULL;
			struct error err;

			error_clear(&err);
			if (access_check(actor, expected[i].action, &err) != want)
				fail_msg("%s: %s", role_text(actor.role).ptr, action_text(expected[i].action).ptr);
			if (!want) assert_error(&err, ERROR_DENIED, "your role can't do this");
		}
		assert_true(access_may((struct access_actor){.role = ROLE_OPERATOR}, expected[i].action));
		assert_false(access_may((struct access_actor){.role = ROLE_NONE}, expected[i].action));
	}
}

static void a_deputy_may_do_what_a_practice_manager_may(void **state)
{
	struct access_actor worker = {.role = ROLE_SOCIAL_WORKER, .deputy = true};

	(void)state;
	for (int a = 0; a < ACTION_COUNT; a++) {
		bool manager = access_may((struct access_actor){.role = ROLE_PRACTICE_MANAGER}, (enum action)a);
		bool own = access_may((struct access_actor){.role = ROLE_SOCIAL_WORKER}, (enum action)a);

		assert_int_equal(access_may(worker, (enum action)a), manager || own);
	}
	assert_false(access_may((struct access_actor){.role = ROLE_ADMINISTRATOR, .deputy = true}, ACTION_ALLOCATE));
}

/* The project manager has references, clocks and counts; the director and the system administrator no case at all. */
static void what_is_seen_of_a_record_follows_role_and_relation(void **state)
{
	static const struct {
		enum role role;
		enum relation relation;
		const char *fields; /* reference, given_name, summary, referrer_name, detail */
	} rows[] = {
		{ROLE_SOCIAL_WORKER, RELATION_ORDINARY, "yyyyy"},
		{ROLE_ADMINISTRATOR, RELATION_ORDINARY, "yyyyy"},
		{ROLE_AUDITOR, RELATION_ORDINARY, "yyyyy"},
		{ROLE_PROJECT_MANAGER, RELATION_ORDINARY, "ynnny"},
		{ROLE_SERVICE_MANAGER, RELATION_ORDINARY, "nnnnn"},
		{ROLE_SERVICE_MANAGER, RELATION_ASKED, "yyyyy"},
		{ROLE_DIRECTOR, RELATION_ORDINARY, "nnnnn"},
		{ROLE_DIRECTOR, RELATION_ASKED, "nnnnn"},
		{ROLE_SYSTEM_ADMINISTRATOR, RELATION_ORDINARY, "nnnnn"},
		{ROLE_PARTNER, RELATION_ORDINARY, "nnnnn"},
		{ROLE_SOCIAL_WORKER, RELATION_NONE, "nnnnn"},
		{ROLE_OPERATOR, RELATION_ORDINARY, "yyyyy"},
		{ROLE_NONE, RELATION_ORDINARY, "nnnnn"},
	};
	static const enum field fields[] = {
		FIELD_reference, FIELD_given_name, FIELD_summary, FIELD_referrer_name, FIELD_detail};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t f = 0; f < COUNT_OF(fields); f++)
			if (access_sees_field(rows[i].role, fields[f], rows[i].relation) != (rows[i].fields[f] == 'y'))
				fail_msg(
					"%s, relation %d, %s", role_text(rows[i].role).ptr, (int)rows[i].relation, field_name(fields[f]));
}

static void nobody_sees_a_secret(void **state)
{
	(void)state;
	for (int r = 0; r < ROLE_COUNT; r++)
		assert_false(access_sees_field((enum role)r, FIELD_password_hash, RELATION_ORDINARY));
}

/* domain.md, "Same-day risk": screening by a social or EDT worker. */
static void the_risk_is_identified_by_those_who_screen(void **state)
{
	(void)state;
	for (int r = 0; r < ROLE_OPERATOR; r++)
		assert_int_equal(role_screens((enum role)r), strchr("weE", letters[r]) != NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_role_may_do_its_own_work_and_no_more),
		cmocka_unit_test(a_deputy_may_do_what_a_practice_manager_may),
		cmocka_unit_test(what_is_seen_of_a_record_follows_role_and_relation),
		cmocka_unit_test(nobody_sees_a_secret),
		cmocka_unit_test(the_risk_is_identified_by_those_who_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
