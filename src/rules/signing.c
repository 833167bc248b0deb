#include "rules/signing.h"

const struct signer signer_list[SIGNER_COUNT] = {
	{1u << ROLE_PRACTICE_MANAGER, "practice_manager", "a practice manager", true, false},
	{SIGNER_DEPUTY, "deputy", "a named deputy", false, false},
	{1u << ROLE_EDT_MANAGER, "edt_manager", "the EDT manager on shift", false, true},
	{1u << ROLE_SERVICE_MANAGER, "service_manager", "the service manager", true, true},
};

const char *signing_words(char words[static SIGNING_WORDS_BYTES], unsigned signers)
{
	const char *between = "";
	size_t len = 0;

	words[0] = '\0';
	for (size_t i = 0; i < SIGNER_COUNT; i++) {
		if (!(signers & signer_list[i].bit)) continue;
		signers &= ~signer_list[i].bit;
		if (len) between = signers ? ", " : " or ";
		len += (size_t)snprintf(words + len, SIGNING_WORDS_BYTES - len, "%s%s", between, signer_list[i].words);
	}
	return words;
}

static unsigned bit_of(enum role role)
{
	switch (role) {
	case ROLE_PRACTICE_MANAGER:
	case ROLE_EDT_MANAGER:
	case ROLE_SERVICE_MANAGER: return 1u << role;
	case ROLE_SOCIAL_WORKER:
	case ROLE_EDT_WORKER: return SIGNER_DEPUTY;
	default: return 0;
	}
}

bool signing_names(const struct policy *p, enum proposal_kind kind, enum role role)
{
	return (p->signers[kind] & bit_of(role)) != 0;
}

static bool signs_by_role(const struct policy *p, const struct signing *s)
{
	unsigned bit = bit_of(s->role);

	if (s->role == ROLE_OPERATOR) return true;
	if (!signing_names(p, s->kind, s->role)) return false;
	if (s->role == ROLE_EDT_MANAGER) return s->on_shift;
	return bit != SIGNER_DEPUTY || s->deputy;
}

/* Another social worker may sign a screen-out where policy says so and nothing about the child forbids it. */
static bool signs_by_delegation(const struct policy *p, const struct signing *s)
{
	return p->delegate_screen_out && s->kind == PROPOSAL_SCREEN_OUT && s->role == ROLE_SOCIAL_WORKER;
}

static bool ask(const struct policy *p, const struct signing *s, struct error *err)
{
	char words[SIGNING_WORDS_BYTES];

	return error_hint(err, "Ask %s.", signing_words(words, p->signers[s->kind]));
}

static bool refuse_delegation(const struct policy *p, const struct signing *s, struct error *err)
{
	static const char *const words[] = {"under one or unborn", "injury or sexual harm", "the child's own report",
		"pregnancy", "strangulation or a weapon", "a third enquiry in 12 months",
		"a plan or care in the last 12 months", "an agency that disagrees"};
	size_t first = (size_t)__builtin_ctz(s->no_delegation & NO_DELEGATION_EVERYTHING);

	error_refused(err, "a manager must sign this screen-out: %s", words[first]);
	return ask(p, s, err);
}

/* A manager, or a deputy for today, whom the policy doesn't name for this. */
static bool would_sign(const struct signing *s)
{
	unsigned bit = bit_of(s->role);

	return bit && (bit != SIGNER_DEPUTY || s->deputy);
}

static bool refuse_signer(const struct policy *p, const struct signing *s, struct error *err)
{
	struct text kind = proposal_kind_words(s->kind);

	if (s->role == ROLE_EDT_MANAGER && signing_names(p, s->kind, s->role))
		return error_denied(err, "an EDT manager signs only on shift");
	if (would_sign(s))
		error_denied(err, "the policy names others to sign this: %.*s", TEXT_ARG(kind));
	else
		error_denied(err, "this needs a manager's signature");
	return ask(p, s, err);
}

bool signing_check(const struct policy *p, const struct signing *s, struct error *err)
{
	if (s->signer == s->proposed_by) {
		error_refused(err, "stopping needs two people: whoever proposed it can't sign it");
		return ask(p, s, err);
	}
	if (signs_by_role(p, s)) return true;
	if (!signs_by_delegation(p, s)) return refuse_signer(p, s, err);
	return (s->no_delegation & NO_DELEGATION_EVERYTHING) == 0 || refuse_delegation(p, s, err);
}

bool signing_lowers(enum rag from, enum rag to)
{
	return from != RAG_NONE && to > from;
}

bool signing_alone(enum outcome outcome, enum rag rag, instant due, instant now)
{
	return outcome == OUTCOME_SECTION_47 && rag == RAG_RED && now > due;
}
