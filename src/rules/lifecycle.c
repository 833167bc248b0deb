#include "rules/lifecycle.h"

#define RULE(transition, from, to)                                                                                     \
	{                                                                                                                  \
		TRANSITION_##transition, STATE_##from, STATE_##to                                                              \
	}
#define STAYS(transition, state) RULE(transition, state, state)

static const struct lifecycle_rule rules[] = {
	RULE(RECEIVED, NONE, RECEIVED),

	/* Added at any time, the state kept. */
	STAYS(FURTHER_INFORMATION, RECEIVED),
	STAYS(FURTHER_INFORMATION, SCREENED),
	STAYS(FURTHER_INFORMATION, ALLOCATED),
	STAYS(FURTHER_INFORMATION, HELD),
	STAYS(FURTHER_INFORMATION, RECOMMENDED),
	STAYS(FURTHER_INFORMATION, DECIDED),
	STAYS(FURTHER_INFORMATION, SCREENED_OUT),
	STAYS(FURTHER_INFORMATION, CLOSED),
	STAYS(FURTHER_INFORMATION, WITHDRAWN),

	/* Screened again after further information, or on the take-over of an accumulation. */
	RULE(SCREENED, RECEIVED, SCREENED),
	STAYS(SCREENED, SCREENED),
	STAYS(SCREENED, ALLOCATED),
	STAYS(SCREENED, HELD),

	STAYS(RERATED, SCREENED),
	STAYS(RERATED, ALLOCATED),
	STAYS(RERATED, HELD),
	STAYS(RERATED, RECOMMENDED),

	STAYS(LOWERING_PROPOSED, SCREENED),
	STAYS(LOWERING_PROPOSED, ALLOCATED),
	STAYS(LOWERING_PROPOSED, HELD),
	STAYS(LOWERING_PROPOSED, RECOMMENDED),
	STAYS(REFUSED, RECEIVED), /* a withdrawal */
	STAYS(REFUSED, SCREENED),
	STAYS(REFUSED, ALLOCATED),
	STAYS(REFUSED, HELD),
	STAYS(REFUSED, RECOMMENDED),

	STAYS(SCREEN_OUT_PROPOSED, SCREENED),
	RULE(SCREENED_OUT, SCREENED, SCREENED_OUT),

	RULE(ALLOCATED, SCREENED, ALLOCATED),
	RULE(ALLOCATED, HELD, ALLOCATED),
	RULE(HELD, SCREENED, HELD),
	RULE(HELD, ALLOCATED, HELD),
	RULE(HELD, RECOMMENDED, HELD),
	STAYS(HELD, HELD), /* by another manager */
	STAYS(REALLOCATED, ALLOCATED),
	RULE(REALLOCATED, RECOMMENDED, ALLOCATED), /* the new worker recommends */
	RULE(UNALLOCATED, ALLOCATED, SCREENED),
	RULE(UNALLOCATED, HELD, SCREENED),

	RULE(RECOMMENDED, ALLOCATED, RECOMMENDED),
	RULE(RECOMMENDED, HELD, RECOMMENDED), /* the holder decides it */
	RULE(RETURNED, RECOMMENDED, ALLOCATED),
	RULE(DECIDED_IN_PART, RECOMMENDED, ALLOCATED), /* for the other children */
	RULE(RETURNED_TO_HOLDER, RECOMMENDED, HELD),   /* what its holder recommended has no worker */
	RULE(HELD_FOR_OTHERS, RECOMMENDED, HELD),
	RULE(DECIDED, RECOMMENDED, DECIDED),
	RULE(OVERTAKEN, RECOMMENDED, ALLOCATED), /* a child it spoke of was removed */
	RULE(REST_DECIDED, SCREENED, DECIDED),   /* the child without an outcome was removed */
	RULE(REST_DECIDED, ALLOCATED, DECIDED),
	RULE(REST_DECIDED, HELD, DECIDED),

	STAYS(HANDED_OVER, RECEIVED),
	STAYS(HANDED_OVER, SCREENED),
	STAYS(HANDED_OVER, ALLOCATED),
	STAYS(HANDED_OVER, HELD),
	STAYS(HANDED_OVER, RECOMMENDED),
	STAYS(HANDED_OVER, DECIDED),
	STAYS(HANDED_OVER, SCREENED_OUT),

	RULE(CLOSED, DECIDED, CLOSED),
	RULE(CLOSED, SCREENED_OUT, CLOSED),

	/* The new episode's state: to unallocated. */
	RULE(REOPENED, DECIDED, SCREENED),
	RULE(REOPENED, SCREENED_OUT, SCREENED),
	RULE(REOPENED, CLOSED, SCREENED),

	RULE(WITHDRAWN, RECEIVED, WITHDRAWN),
	RULE(WITHDRAWN, SCREENED, WITHDRAWN),
	RULE(WITHDRAWN, ALLOCATED, WITHDRAWN),
	RULE(WITHDRAWN, HELD, WITHDRAWN),
	RULE(WITHDRAWN, RECOMMENDED, WITHDRAWN),

	/* With a worker it is put back first: a worker is of one team. */
	STAYS(MOVED, RECEIVED),
	STAYS(MOVED, SCREENED),

	/* What is corrected, linked or restricted leaves the state as it is. */
	STAYS(CHILD_ADDED, RECEIVED),
	STAYS(CHILD_ADDED, SCREENED),
	STAYS(CHILD_ADDED, ALLOCATED),
	STAYS(CHILD_ADDED, HELD),
	STAYS(CHILD_ADDED, RECOMMENDED),
	STAYS(CHILD_CORRECTED, RECEIVED),
	STAYS(CHILD_CORRECTED, SCREENED),
	STAYS(CHILD_CORRECTED, ALLOCATED),
	STAYS(CHILD_CORRECTED, HELD),
	STAYS(CHILD_CORRECTED, RECOMMENDED),
	STAYS(CHILD_CORRECTED, DECIDED),
	STAYS(CHILD_CORRECTED, SCREENED_OUT),
	STAYS(CHILD_CORRECTED, CLOSED),
	STAYS(CHILD_REMOVED, RECEIVED),
	STAYS(CHILD_REMOVED, SCREENED),
	STAYS(CHILD_REMOVED, ALLOCATED),
	STAYS(CHILD_REMOVED, HELD),
	STAYS(CHILD_REMOVED, RECOMMENDED),
	STAYS(WITHDRAWAL_PROPOSED, RECEIVED),
	STAYS(WITHDRAWAL_PROPOSED, SCREENED),
	STAYS(WITHDRAWAL_PROPOSED, ALLOCATED),
	STAYS(WITHDRAWAL_PROPOSED, HELD),
	STAYS(WITHDRAWAL_PROPOSED, RECOMMENDED),
	STAYS(TRANSFERRED_IN, RECEIVED),
	STAYS(TRANSFERRED_IN, SCREENED),
	STAYS(TRANSFERRED_IN, ALLOCATED),
	STAYS(TRANSFERRED_IN, HELD),
	STAYS(TRANSFERRED_IN, RECOMMENDED),
	STAYS(LINKED, RECEIVED),
	STAYS(LINKED, SCREENED),
	STAYS(LINKED, ALLOCATED),
	STAYS(LINKED, HELD),
	STAYS(LINKED, RECOMMENDED),
	STAYS(LINKED, DECIDED),
	STAYS(LINKED, SCREENED_OUT),
	STAYS(LINKED, CLOSED),
	STAYS(UNLINKED, RECEIVED),
	STAYS(UNLINKED, SCREENED),
	STAYS(UNLINKED, ALLOCATED),
	STAYS(UNLINKED, HELD),
	STAYS(UNLINKED, RECOMMENDED),
	STAYS(UNLINKED, DECIDED),
	STAYS(UNLINKED, SCREENED_OUT),
	STAYS(UNLINKED, CLOSED),
	STAYS(RESTRICTED, RECEIVED),
	STAYS(RESTRICTED, SCREENED),
	STAYS(RESTRICTED, ALLOCATED),
	STAYS(RESTRICTED, HELD),
	STAYS(RESTRICTED, RECOMMENDED),
	STAYS(RESTRICTED, DECIDED),
	STAYS(RESTRICTED, SCREENED_OUT),
	STAYS(RESTRICTED, CLOSED),
	STAYS(RESTRICTED, WITHDRAWN),
	STAYS(UNRESTRICTED, RECEIVED),
	STAYS(UNRESTRICTED, SCREENED),
	STAYS(UNRESTRICTED, ALLOCATED),
	STAYS(UNRESTRICTED, HELD),
	STAYS(UNRESTRICTED, RECOMMENDED),
	STAYS(UNRESTRICTED, DECIDED),
	STAYS(UNRESTRICTED, SCREENED_OUT),
	STAYS(UNRESTRICTED, CLOSED),
	STAYS(UNRESTRICTED, WITHDRAWN),
	STAYS(REVIEWED, DECIDED),
	STAYS(REVIEWED, SCREENED_OUT),
	STAYS(REVIEWED, CLOSED),
	STAYS(REVIEWED, WITHDRAWN),

	STAYS(DUE_MOVED, RECEIVED),
	STAYS(DUE_MOVED, SCREENED),
	STAYS(DUE_MOVED, ALLOCATED),
	STAYS(DUE_MOVED, HELD),
	STAYS(DUE_MOVED, RECOMMENDED),

	/* A re-triage undone: what was screened first there goes back to be screened. */
	RULE(UNSCREENED, SCREENED, RECEIVED),
	STAYS(RETRIAGE_UNDONE, SCREENED),
	STAYS(RETRIAGE_UNDONE, ALLOCATED),
	STAYS(RETRIAGE_UNDONE, HELD),
	STAYS(RETRIAGE_UNDONE, RECOMMENDED),
	STAYS(REVIEWED, WITHDRAWN),
};

#define RULE_COUNT (sizeof rules / sizeof *rules)

const struct lifecycle_rule *lifecycle_rules(size_t *ret_count)
{
	*ret_count = RULE_COUNT;
	return rules;
}

static const struct lifecycle_rule *find_rule(enum state from, enum transition transition)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (rules[i].from == from && rules[i].transition == transition) return &rules[i];
	return NULL;
}

/* What each step is called in "it can't be ...". */
static const char *const participles[TRANSITION_COUNT] = {
	[TRANSITION_RECEIVED] = "received again",
	[TRANSITION_FURTHER_INFORMATION] = "added to",
	[TRANSITION_SCREENED] = "screened",
	[TRANSITION_RERATED] = "rated again",
	[TRANSITION_LOWERING_PROPOSED] = "proposed for a lower rating",
	[TRANSITION_REFUSED] = "refused",
	[TRANSITION_SCREEN_OUT_PROPOSED] = "proposed for screening out",
	[TRANSITION_SCREENED_OUT] = "screened out",
	[TRANSITION_ALLOCATED] = "allocated",
	[TRANSITION_HELD] = "held",
	[TRANSITION_REALLOCATED] = "reallocated",
	[TRANSITION_RECOMMENDED] = "recommended on",
	[TRANSITION_RETURNED] = "returned",
	[TRANSITION_RETURNED_TO_HOLDER] = "returned",
	[TRANSITION_HELD_FOR_OTHERS] = "decided in part",
	[TRANSITION_DECIDED_IN_PART] = "decided in part",
	[TRANSITION_DECIDED] = "decided",
	[TRANSITION_HANDED_OVER] = "handed over",
	[TRANSITION_CLOSED] = "closed",
	[TRANSITION_REOPENED] = "re-opened",
	[TRANSITION_WITHDRAWN] = "withdrawn",
	[TRANSITION_UNALLOCATED] = "put back to unallocated",
	[TRANSITION_MOVED] = "moved to another workstream",
	[TRANSITION_CHILD_ADDED] = "given another child",
	[TRANSITION_CHILD_CORRECTED] = "corrected",
	[TRANSITION_CHILD_REMOVED] = "left with a child fewer",
	[TRANSITION_LINKED] = "linked",
	[TRANSITION_UNLINKED] = "unlinked",
	[TRANSITION_WITHDRAWAL_PROPOSED] = "proposed for withdrawal",
	[TRANSITION_REVIEWED] = "reviewed",
	[TRANSITION_RESTRICTED] = "restricted",
	[TRANSITION_UNRESTRICTED] = "opened to the hub",
	[TRANSITION_TRANSFERRED_IN] = "taken over from another authority",
	[TRANSITION_DUE_MOVED] = "given another deadline",
	[TRANSITION_UNSCREENED] = "put back to be screened",
	[TRANSITION_RETRIAGE_UNDONE] = "put back as it was before the re-triage",
	[TRANSITION_OVERTAKEN] = "taken back to its worker",
	[TRANSITION_REST_DECIDED] = "decided by what is left",
};

/* What there is to do instead, from each state. */
static const char *const ways_out[STATE_COUNT] = {
	[STATE_RECEIVED] = "Screen it first.",
	[STATE_SCREENED] = "Allocate it, hold it, or propose to screen it out.",
	[STATE_ALLOCATED] = "Its worker recommends an outcome for each child first.",
	[STATE_HELD] = "Allocate it, or decide it as the manager who holds it.",
	[STATE_RECOMMENDED] = "Authorise the recommendation, or return it to the worker.",
	[STATE_DECIDED] = "Re-open it if something has changed.",
	[STATE_SCREENED_OUT] = "Re-open it if something has changed.",
	[STATE_CLOSED] = "Re-open it if something has changed.",
	[STATE_WITHDRAWN] = "Record a new enquiry if there is a concern.",
};

static bool refuse(enum state from, enum transition transition, struct error *err)
{
	struct text words = state_words(from);
	char first;

	if (from == STATE_NONE) return error_refused(err, "there is no enquiry to be %s", participles[transition]);
	first = (char)(words.ptr[0] | 0x20);
	error_refused(err, "it is %c%.*s, so it can't be %s", first, TEXT_ARG(text_slice(words, 1, words.len)),
		participles[transition]);
	return error_hint(err, "%s", ways_out[from]);
}

bool lifecycle_step(enum state from, enum transition transition, enum state *ret_to, struct error *err)
{
	const struct lifecycle_rule *rule = find_rule(from, transition);

	if (!rule) return refuse(from, transition, err);
	*ret_to = rule->to;
	return true;
}

bool lifecycle_may(enum state from, enum transition transition)
{
	return find_rule(from, transition) != NULL;
}

bool state_open(enum state state)
{
	switch (state) {
	case STATE_RECEIVED:
	case STATE_SCREENED:
	case STATE_ALLOCATED:
	case STATE_HELD:
	case STATE_RECOMMENDED: return true;
	default: return false;
	}
}

bool state_completed(enum state state)
{
	return state == STATE_DECIDED || state == STATE_SCREENED_OUT || state == STATE_CLOSED;
}
