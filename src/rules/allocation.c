#include "rules/allocation.h"

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Each rule in turn: the first that tells two workers apart decides, and is the reason given. */
static int same_family(const struct allocation_worker *a, const struct allocation_worker *b)
{
	return order(b->same_family, a->same_family);
}

static int same_incident(const struct allocation_worker *a, const struct allocation_worker *b)
{
	return order(b->same_incident, a->same_incident);
}

static int most_room(const struct allocation_worker *a, const struct allocation_worker *b)
{
	return order(caseload_room(&b->caseload), caseload_room(&a->caseload));
}

static int fewest_due(const struct allocation_worker *a, const struct allocation_worker *b)
{
	return order(a->due_today, b->due_today);
}

static int longest_since(const struct allocation_worker *a, const struct allocation_worker *b)
{
	return order(a->last_given_at, b->last_given_at);
}

static int staff_number(const struct allocation_worker *a, const struct allocation_worker *b)
{
	int by_number = text_compare(a->staff_number, b->staff_number);

	return by_number ? by_number : order(a->id, b->id);
}

static const struct {
	int (*compare)(const struct allocation_worker *, const struct allocation_worker *);
	const char *why;
} rules[] = {
	{same_family, "holds the same family"},
	{same_incident, "holds a linked enquiry about the same incident"},
	{most_room, "most room"},
	{fewest_due, "as much room as others and fewest due today"},
	{longest_since, "as much room and as little due as others, longest since last given one"},
	{staff_number, "equal to others in everything else, first by staff number"},
};

#define RULE_COUNT (sizeof rules / sizeof *rules)

/* The first rule that tells them apart; they differ in staff number or id at the latest. */
static size_t deciding_rule(const struct allocation_worker *a, const struct allocation_worker *b)
{
	size_t rule = 0;

	while (rule < RULE_COUNT - 1 && rules[rule].compare(a, b) == 0) rule++;
	return rule;
}

int allocation_compare_workers(const struct allocation_worker *a, const struct allocation_worker *b)
{
	return rules[deciding_rule(a, b)].compare(a, b);
}

static bool can_take(const struct allocation_worker *w)
{
	return !w->excluded && !w->caseload.away && caseload_room(&w->caseload) > 0;
}

/* Why this one: the last rule that was needed to put it before each of the others. */
static const char *why_chosen(const struct allocation_worker *workers, size_t count, size_t chosen)
{
	size_t last = 0, others = 0;

	if (workers[chosen].same_family) return rules[0].why;
	if (workers[chosen].same_incident) return rules[1].why;
	for (size_t i = 0; i < count; i++) {
		size_t rule;

		if (i == chosen || !can_take(&workers[i])) continue;
		rule = deciding_rule(&workers[chosen], &workers[i]);
		others++;
		if (rule > last) last = rule;
	}
	return others ? rules[last].why : "the only one with room";
}

static size_t choose(const struct allocation_worker *workers, size_t count)
{
	size_t best = count;

	for (size_t i = 0; i < count; i++) {
		if (!can_take(&workers[i])) continue;
		if (best == count || allocation_compare_workers(&workers[i], &workers[best]) < 0) best = i;
	}
	return best;
}

bool allocation_recommend(
	struct arena *arena, const struct allocation_worker *workers, size_t count, struct allocation *ret)
{
	size_t best = choose(workers, count);
	const struct caseload *c;
	int limit;

	if (best == count) return false;
	c = &workers[best].caseload;
	limit = caseload_limit(c);
	ret->worker = best;
	ret->room = arena_printf(arena, "from %d of %d to %d of %d", c->open, limit, c->open + 1, limit);
	ret->why = arena_printf(arena, "%s; %.*s", why_chosen(workers, count, best), TEXT_ARG(ret->room));
	return true;
}

static int64_t last_if_none(int64_t value, bool none)
{
	return none ? INT64_MAX : value;
}

int allocation_compare_enquiries(const struct allocation_enquiry *a, const struct allocation_enquiry *b)
{
	int by_rag = order(last_if_none(a->rag, a->rag == RAG_NONE), last_if_none(b->rag, b->rag == RAG_NONE));
	int by_due =
		order(last_if_none(a->due_at, a->due_at == INSTANT_NONE), last_if_none(b->due_at, b->due_at == INSTANT_NONE));

	if (by_rag) return by_rag;
	return by_due ? by_due : order(a->id, b->id);
}
