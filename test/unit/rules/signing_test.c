#include "unit.h"

#include "rules/signing.h"

enum { WORKER = 1, OTHER = 2 };

/* domain.md, "Protecting needs one person, stopping needs two". */
static const struct {
	const char *what;
	struct signing signing;
	bool delegated;    /* the policy lets another social worker sign a screen-out */
	const char *words; /* NULL: may sign */
} rows[] = {
	{"a practice manager", {PROPOSAL_OUTCOME, WORKER, OTHER, ROLE_PRACTICE_MANAGER, false, false, 0}, false, NULL},
	{"who recommended it, though a manager", {PROPOSAL_OUTCOME, OTHER, OTHER, ROLE_PRACTICE_MANAGER, false, false, 0},
		false, "two people"},
	{"a dated deputy", {PROPOSAL_OUTCOME, WORKER, OTHER, ROLE_SOCIAL_WORKER, true, false, 0}, false, NULL},
	{"another social worker", {PROPOSAL_OUTCOME, WORKER, OTHER, ROLE_SOCIAL_WORKER, false, false, 0}, false,
		"a manager's signature"},
	{"the EDT manager on shift", {PROPOSAL_LOWERING, WORKER, OTHER, ROLE_EDT_MANAGER, false, true, 0}, false, NULL},
	{"the EDT manager in hours", {PROPOSAL_LOWERING, WORKER, OTHER, ROLE_EDT_MANAGER, false, false, 0}, false,
		"only on shift"},
	{"an EDT worker", {PROPOSAL_SCREEN_OUT, WORKER, OTHER, ROLE_EDT_WORKER, false, true, 0}, false,
		"a manager's signature"},
	{"the service manager", {PROPOSAL_WITHDRAWAL, WORKER, OTHER, ROLE_SERVICE_MANAGER, false, false, 0}, false, NULL},
	{"the operator", {PROPOSAL_OUTCOME, WORKER, OTHER, ROLE_OPERATOR, false, false, 0}, false, NULL},
	{"the operator on their own", {PROPOSAL_OUTCOME, OTHER, OTHER, ROLE_OPERATOR, false, false, 0}, false,
		"two people"},
	{"a project manager", {PROPOSAL_OUTCOME, WORKER, OTHER, ROLE_PROJECT_MANAGER, false, false, 0}, false,
		"a manager's signature"},
	{"an administrator named as deputy", {PROPOSAL_OUTCOME, WORKER, OTHER, ROLE_ADMINISTRATOR, true, false, 0}, false,
		"a manager's signature"},
	{"a screen-out delegated", {PROPOSAL_SCREEN_OUT, WORKER, OTHER, ROLE_SOCIAL_WORKER, false, false, 0}, true, NULL},
	{"delegation is for screen-outs", {PROPOSAL_OUTCOME, WORKER, OTHER, ROLE_SOCIAL_WORKER, false, false, 0}, true,
		"a manager's signature"},
	{"never one's own", {PROPOSAL_SCREEN_OUT, WORKER, WORKER, ROLE_SOCIAL_WORKER, false, false, 0}, true, "two people"},
	{"a manager signs what can't be delegated",
		{PROPOSAL_SCREEN_OUT, WORKER, OTHER, ROLE_PRACTICE_MANAGER, false, false, NO_DELEGATION_EVERYTHING}, true,
		NULL},
};

static void a_second_person_signs_and_never_the_first(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct policy p = {.delegate_screen_out = rows[i].delegated};
		struct error err;

		error_clear(&err);
		if (signing_check(&p, &rows[i].signing, &err) != !rows[i].words) fail_msg("%s", rows[i].what);
		if (rows[i].words && !strstr(err.message, rows[i].words)) fail_msg("%s: %s", rows[i].what, err.message);
	}
}

static void some_screen_outs_are_never_delegated(void **state)
{
	struct policy p = {.delegate_screen_out = true};

	(void)state;
	for (unsigned reason = 1; reason <= NO_DELEGATION_DISAGREED; reason <<= 1) {
		struct signing s = {PROPOSAL_SCREEN_OUT, WORKER, OTHER, ROLE_SOCIAL_WORKER, false, false, reason};
		struct error err;

		error_clear(&err);
		assert_false(signing_check(&p, &s, &err));
		assert_error(&err, ERROR_REFUSED, "a manager must sign this screen-out");
	}
}

static void raising_is_one_persons_and_lowering_two(void **state)
{
	(void)state;
	assert_true(signing_lowers(RAG_RED, RAG_AMBER));
	assert_true(signing_lowers(RAG_AMBER, RAG_GREEN));
	assert_false(signing_lowers(RAG_GREEN, RAG_RED));
	assert_false(signing_lowers(RAG_RED, RAG_RED));
	assert_false(signing_lowers(RAG_NONE, RAG_GREEN));
}

static void alone_only_section_47_when_a_reds_clock_has_run_out(void **state)
{
	(void)state;
	assert_true(signing_alone(OUTCOME_SECTION_47, RAG_RED, 100, 101));
	assert_false(signing_alone(OUTCOME_SECTION_47, RAG_RED, 100, 100));
	assert_false(signing_alone(OUTCOME_SECTION_47, RAG_AMBER, 100, 101));
	assert_false(signing_alone(OUTCOME_ASSESSMENT, RAG_RED, 100, 101));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_person_signs_and_never_the_first),
		cmocka_unit_test(some_screen_outs_are_never_delegated),
		cmocka_unit_test(raising_is_one_persons_and_lowering_two),
		cmocka_unit_test(alone_only_section_47_when_a_reds_clock_has_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
