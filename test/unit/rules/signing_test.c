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

static struct policy shipped(void)
{
	struct arena arena;
	struct policy p;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	policy_default(&arena, &p);
	arena_release(&arena); /* who signs doesn't live in it */
	return p;
}

#define BIT(role) (1u << ROLE_##role)

/* Each role under a policy of its own for outcomes: only whom it names, only as they may, never their own. */
static const struct {
	const char *what;
	unsigned signers;
	enum role role;
	bool deputy, on_shift;
	const char *words; /* NULL: may sign */
	const char *way;   /* whom to ask */
} named[] = {
	{"a practice manager, of service managers only", BIT(SERVICE_MANAGER), ROLE_PRACTICE_MANAGER, false, false,
		"the policy names others to sign this: Outcome", "Ask the service manager."},
	{"the service manager, of service managers only", BIT(SERVICE_MANAGER), ROLE_SERVICE_MANAGER, false, false, NULL,
		NULL},
	{"a deputy, of managers only", BIT(PRACTICE_MANAGER) | BIT(EDT_MANAGER), ROLE_SOCIAL_WORKER, true, false,
		"names others", "Ask a practice manager or the EDT manager on shift."},
	{"an EDT worker as deputy, where deputies sign", BIT(SERVICE_MANAGER) | SIGNER_DEPUTY, ROLE_EDT_WORKER, true, false,
		NULL, NULL},
	{"a worker who is no deputy today", BIT(SERVICE_MANAGER) | SIGNER_DEPUTY, ROLE_SOCIAL_WORKER, false, false,
		"a manager's signature", "Ask a named deputy or the service manager."},
	{"the EDT manager on shift, who isn't named", BIT(SERVICE_MANAGER), ROLE_EDT_MANAGER, false, true, "names others",
		"Ask the service manager."},
	{"the EDT manager off shift, who is", BIT(SERVICE_MANAGER) | BIT(EDT_MANAGER), ROLE_EDT_MANAGER, false, false,
		"only on shift", ""},
	{"the service manager, who isn't named", BIT(PRACTICE_MANAGER) | BIT(EDT_MANAGER), ROLE_SERVICE_MANAGER, false,
		false, "names others", "Ask a practice manager or the EDT manager on shift."},
	{"the operator", BIT(SERVICE_MANAGER), ROLE_OPERATOR, false, false, NULL, NULL},
	{"an administrator", BIT(SERVICE_MANAGER) | SIGNER_DEPUTY, ROLE_ADMINISTRATOR, true, false, "a manager's signature",
		"Ask a named deputy or the service manager."},
};

static void whom_the_policy_names_signs_and_nobody_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(named); i++) {
		struct signing s = {PROPOSAL_OUTCOME, WORKER, OTHER, named[i].role, named[i].deputy, named[i].on_shift, 0};
		struct policy p = shipped();
		struct error err;

		p.signers[PROPOSAL_OUTCOME] = named[i].signers;
		error_clear(&err);
		if (signing_check(&p, &s, &err) != !named[i].words) fail_msg("%s", named[i].what);
		if (!named[i].words) continue;
		if (!strstr(err.message, named[i].words)) fail_msg("%s: %s", named[i].what, err.message);
		if (strcmp(err.hint, named[i].way) != 0) fail_msg("%s: %s", named[i].what, err.hint);
	}
}

/* What one kind of proposal asks is none of another's; and nobody signs what they proposed, whoever is named. */
static void each_kind_has_signers_of_its_own_and_nobody_signs_their_own(void **state)
{
	(void)state;
	for (int kind = 0; kind < PROPOSAL_COUNT; kind++) {
		struct policy p = shipped();

		p.signers[kind] = BIT(SERVICE_MANAGER);
		for (int other = 0; other < PROPOSAL_COUNT; other++) {
			struct signing s = {(enum proposal_kind)other, WORKER, OTHER, ROLE_PRACTICE_MANAGER, false, false, 0};
			struct error err;

			error_clear(&err);
			assert_int_equal(signing_check(&p, &s, &err), other != kind);
			s.signer = WORKER;
			error_clear(&err);
			assert_false(signing_check(&p, &s, &err));
			assert_error(&err, ERROR_REFUSED, "two people");
		}
	}
}

static void a_second_person_signs_and_never_the_first(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct policy p = shipped();
		struct error err;

		p.delegate_screen_out = rows[i].delegated;
		error_clear(&err);
		if (signing_check(&p, &rows[i].signing, &err) != !rows[i].words) fail_msg("%s", rows[i].what);
		if (rows[i].words && !strstr(err.message, rows[i].words)) fail_msg("%s: %s", rows[i].what, err.message);
	}
}

static void some_screen_outs_are_never_delegated(void **state)
{
	struct policy p = shipped();

	(void)state;
	p.delegate_screen_out = true;
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
		cmocka_unit_test(whom_the_policy_names_signs_and_nobody_else),
		cmocka_unit_test(each_kind_has_signers_of_its_own_and_nobody_signs_their_own),
		cmocka_unit_test(some_screen_outs_are_never_delegated),
		cmocka_unit_test(raising_is_one_persons_and_lowering_two),
		cmocka_unit_test(alone_only_section_47_when_a_reds_clock_has_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
