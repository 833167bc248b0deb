#include "rules/signing.h"

static bool signs_by_role(const struct signing *s)
{
	switch (s->role) {
	case ROLE_PRACTICE_MANAGER:
	case ROLE_SERVICE_MANAGER:
	case ROLE_OPERATOR: return true;
	case ROLE_EDT_MANAGER: return s->on_shift;
	case ROLE_SOCIAL_WORKER:
	case ROLE_EDT_WORKER: return s->deputy;
	default: return false;
	}
}

/* Another social worker may sign a screen-out where policy says so and nothing about the child forbids it. */
static bool signs_by_delegation(const struct policy *p, const struct signing *s)
{
	return p->delegate_screen_out && s->kind == PROPOSAL_SCREEN_OUT && s->role == ROLE_SOCIAL_WORKER;
}

static bool refuse_delegation(unsigned reasons, struct error *err)
{
	static const char *const words[] = {"under one or unborn", "injury or sexual harm", "the child's own report",
		"pregnancy", "strangulation or a weapon", "a third enquiry in 12 months",
		"a plan or care in the last 12 months", "an agency that disagrees"};
	size_t first = (size_t)__builtin_ctz(reasons);

	error_refused(err, "a manager must sign this screen-out: %s", words[first]);
	return error_hint(err, "Ask a practice manager, the EDT manager on shift or the service manager.");
}

bool signing_check(const struct policy *p, const struct signing *s, struct error *err)
{
	if (s->signer == s->proposed_by) {
		error_refused(err, "stopping needs two people: whoever proposed it can't sign it");
		return error_hint(
			err, "Ask a practice manager, a named deputy, the EDT manager on shift or the service manager.");
	}
	if (signs_by_role(s)) return true;
	if (s->role == ROLE_EDT_MANAGER) return error_denied(err, "an EDT manager signs only on shift");
	if (!signs_by_delegation(p, s)) {
		error_denied(err, "this needs a manager's signature");
		return error_hint(
			err, "Ask a practice manager, a named deputy, the EDT manager on shift or the service manager.");
	}
	return (s->no_delegation & NO_DELEGATION_EVERYTHING) == 0 ||
		   refuse_delegation(s->no_delegation & NO_DELEGATION_EVERYTHING, err);
}

bool signing_lowers(enum rag from, enum rag to)
{
	return from != RAG_NONE && to > from;
}

bool signing_alone(enum outcome outcome, enum rag rag, instant due, instant now)
{
	return outcome == OUTCOME_SECTION_47 && rag == RAG_RED && now > due;
}
