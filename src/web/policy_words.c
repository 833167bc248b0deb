#include "web/policy.h"

#include "base/london.h"
#include "rules/policy_lists.h"
#include "rules/signing.h"

#define FACTS_MOST 40
#define DAYS_MOST  12

static struct policy_facts facts_begin(struct arena *arena)
{
	return (struct policy_facts){.rows = arena_new_array(arena, FACTS_MOST, struct policy_fact)};
}

static void fact(struct policy_facts *facts, const char *key, struct text value)
{
	facts->rows[facts->count++] = (struct policy_fact){key, value};
}

static struct text hours_words(struct arena *arena, struct opening_hours h)
{
	if (h.closes == 0) return TEXT("Closed");
	return arena_printf(arena, "%02d:%02d to %02d:%02d", h.opens / 60, h.opens % 60, h.closes / 60, h.closes % 60);
}

struct policy_facts policy_hours(struct arena *arena, const struct policy *p)
{
	struct policy_facts facts = facts_begin(arena);

	for (int d = 0; d < WEEKDAY_COUNT; d++) fact(&facts, weekday_name((enum weekday)d), hours_words(arena, p->week[d]));
	return facts;
}

struct policy_facts policy_deadlines(struct arena *arena, const struct policy *p)
{
	static const char *const others[OTHER_CLOCK_COUNT] = {
		[CLOCK_ACKNOWLEDGEMENT] = "Acknowledgement of a referral",
		[CLOCK_REFERRAL_DECISION] = "Decision on a referral",
		[CLOCK_ASSESSMENT] = "Assessment",
		[CLOCK_STRATEGY_HELD] = "Strategy discussion held",
		[CLOCK_CONFERENCE] = "Initial child protection conference",
		[CLOCK_TRANSFER_IN] = "Transfer-in conference",
		[CLOCK_POLICE_PROTECTION] = "Police protection",
		[CLOCK_EMERGENCY_ORDER] = "Emergency protection order",
		[CLOCK_LADO] = "Word to the designated officer",
		[CLOCK_RESCREENING] = "An accumulation taken over is screened again",
	};
	struct policy_facts facts = facts_begin(arena);

	fact(&facts, "Screening, received in hours",
		arena_printf(
			arena, "The later of that day's close and %.*s", TEXT_ARG(duration_words(arena, p->screening_in_hours))));
	fact(&facts, "Screening, received out of hours",
		arena_printf(arena, "%.*s from the next opening", TEXT_ARG(duration_words(arena, p->screening_out_of_hours))));
	fact(&facts, "Decision on a red", duration_words(arena, p->decision[RAG_RED]));
	fact(&facts, "Decision on an amber", duration_words(arena, p->decision[RAG_AMBER]));
	fact(&facts, "Decision on a green", duration_words(arena, p->decision[RAG_GREEN]));
	for (int i = 0; i < OTHER_CLOCK_COUNT; i++) fact(&facts, others[i], duration_words(arena, p->other[i]));
	return facts;
}

static struct text yes_or_no(bool yes)
{
	return yes ? TEXT("Yes") : TEXT("No");
}

static struct text number(struct arena *arena, int n)
{
	return arena_printf(arena, "%d", n);
}

static struct text minutes(struct arena *arena, int n)
{
	return arena_printf(arena, "%d minutes", n);
}

struct policy_facts policy_caseload(struct arena *arena, const struct policy *p)
{
	struct policy_facts facts = facts_begin(arena);

	fact(&facts, "Most open enquiries of one full-time worker", number(arena, p->cap));
	fact(&facts, "Progressed in a day by one full-time worker, at least", number(arena, p->target));
	fact(&facts, "Levels of need", number(arena, p->levels));
	fact(&facts, "Statutory from level", number(arena, p->statutory_level));
	fact(&facts, "Section 47 from level", number(arena, p->section_47_level));
	fact(&facts, "Alarm: immediate danger unopened after", minutes(arena, p->alarm_danger_minutes));
	fact(&facts, "Alarm: hand-over unaccepted after", minutes(arena, p->alarm_hand_over_minutes));
	fact(&facts, "Alarm: held without room after", minutes(arena, p->alarm_held_minutes));
	fact(&facts, "A restricted record is looked at again after",
		arena_printf(arena, "%d days", p->restriction_review_days));
	fact(&facts, "Broken glass stays open for", arena_printf(arena, "%d hours", p->glass_hours));
	fact(&facts, "References begin with", p->reference_prefix);
	return facts;
}

/* A clause as a sentence's beginning. */
static struct text capital(struct arena *arena, const char *words)
{
	char *own = arena_cstr(arena, text_of(words));

	if (own[0] >= 'a' && own[0] <= 'z') own[0] = (char)(own[0] - 32);
	return text_of(own);
}

struct policy_facts policy_signers(struct arena *arena, const struct policy *p)
{
	static const char *const kinds[PROPOSAL_COUNT] = {
		[PROPOSAL_SCREEN_OUT] = "A screen-out is signed by",
		[PROPOSAL_LOWERING] = "A lower rating is signed by",
		[PROPOSAL_OUTCOME] = "An outcome is signed by",
		[PROPOSAL_WITHDRAWAL] = "A withdrawal is signed by",
	};
	struct policy_facts facts = facts_begin(arena);
	char words[SIGNING_WORDS_BYTES];

	for (int kind = 0; kind < PROPOSAL_COUNT; kind++)
		fact(&facts, kinds[kind], capital(arena, signing_words(words, p->signers[kind])));
	fact(&facts, "The second signature of a screen-out may be delegated", yes_or_no(p->delegate_screen_out));
	return facts;
}

static struct text and_also(struct arena *arena, struct text words, const char *between, struct text one)
{
	if (!words.len) return one;
	return arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(words), between, TEXT_ARG(one));
}

static struct text retired_words(struct arena *arena, const struct policy *p, enum code_list list)
{
	struct text words = TEXT_NONE;

	for (int i = 0; i < codes_describe(list)->count; i++)
		if (code_retired(&p->retired, list, i)) words = and_also(arena, words, ", ", code_words(list, i));
	return words.len ? words : TEXT("None");
}

static struct text services_words(struct arena *arena, struct service_names services)
{
	struct text words = TEXT_NONE;

	for (size_t i = 0; i < services.count; i++) words = and_also(arena, words, "; ", services.rows[i]);
	return words;
}

static struct policy_facts retired_codes(struct arena *arena, const struct policy *p)
{
	struct policy_facts facts = facts_begin(arena);

	fact(&facts, "Concerns that are no longer offered", retired_words(arena, p, CODES_concern));
	fact(&facts, "Reasons for screening out that are no longer offered",
		retired_words(arena, p, CODES_screen_out_reason));
	return facts;
}

struct policy_facts policy_lists(struct arena *arena, const struct policy *p)
{
	struct policy_facts facts = retired_codes(arena, p);

	fact(&facts, "Services to refer on to", services_words(arena, p->services));
	return facts;
}

static void closed_days(struct arena *arena, struct policy_facts *facts, struct named_days days, day from)
{
	for (size_t i = 0; i < days.count && facts->count < DAYS_MOST; i++)
		if (days.days[i].day >= from)
			fact(facts, arena_cstr(arena, day_words(arena, days.days[i].day)),
				arena_printf(arena, "Closed: %.*s", TEXT_ARG(days.days[i].name)));
}

struct policy_facts policy_days(struct arena *arena, const struct policy *p, day from)
{
	struct policy_facts facts = facts_begin(arena);

	for (size_t i = 0; i < p->override_count && facts.count < DAYS_MOST; i++)
		if (p->overrides[i].day >= from)
			fact(&facts, arena_cstr(arena, day_words(arena, p->overrides[i].day)),
				hours_words(arena, p->overrides[i].hours));
	closed_days(arena, &facts, p->closures, from);
	closed_days(arena, &facts, p->bank_holidays, from);
	return facts;
}

struct comparing {
	struct arena *arena;
	struct policy_differences *differences;
};

static void differs(struct comparing *c, struct text what, struct text from, struct text to)
{
	struct policy_differences *list = c->differences;

	if (!text_equal(from, to)) list->rows[list->count++] = (struct policy_difference){what, from, to};
}

/* Facts of both, which stand in the same order. */
static void compare_facts(struct comparing *c, struct policy_facts from, struct policy_facts to)
{
	for (size_t i = 0; i < from.count; i++) differs(c, text_of(from.rows[i].key), from.rows[i].value, to.rows[i].value);
}

static const struct opening_hours *own_hours(const struct policy *p, day on)
{
	for (size_t i = 0; i < p->override_count; i++)
		if (p->overrides[i].day == on) return &p->overrides[i].hours;
	return NULL;
}

static struct text own_hours_words(struct comparing *c, const struct policy *p, day on)
{
	const struct opening_hours *hours = own_hours(p, on);

	return hours ? hours_words(c->arena, *hours) : TEXT("As the weekday");
}

static void compare_overrides(struct comparing *c, const struct policy *from, const struct policy *to)
{
	for (size_t i = 0; i < from->override_count; i++) {
		day on = from->overrides[i].day;

		differs(c, day_words(c->arena, on), own_hours_words(c, from, on), own_hours_words(c, to, on));
	}
	for (size_t i = 0; i < to->override_count; i++) {
		day on = to->overrides[i].day;

		if (own_hours(from, on)) continue;
		differs(c, day_words(c->arena, on), TEXT("As the weekday"), own_hours_words(c, to, on));
	}
}

static void compare_days(struct comparing *c, struct named_days from, struct named_days to, const char *kind)
{
	for (size_t i = 0; i < from.count; i++) {
		const struct named_day *now = named_days_find(to, from.days[i].day);

		differs(c, day_words(c->arena, from.days[i].day), from.days[i].name, now ? now->name : TEXT("Not closed"));
	}
	for (size_t i = 0; i < to.count; i++) {
		if (named_days_find(from, to.days[i].day)) continue;
		differs(c, day_words(c->arena, to.days[i].day), TEXT("Not closed"),
			arena_printf(c->arena, "%s: %.*s", kind, TEXT_ARG(to.days[i].name)));
	}
}

/* Those of one list that the other doesn't name: "2 services more: Money advice; Sleep clinic". */
static struct text services_beside(
	struct arena *arena, struct service_names these, struct service_names those, const char *what)
{
	struct text *rows = arena_new_array(arena, these.count, struct text);
	struct service_names beside = {rows, 0};

	for (size_t i = 0; i < these.count; i++)
		if (!service_named(those, these.rows[i])) rows[beside.count++] = these.rows[i];
	if (!beside.count) return TEXT_NONE;
	return arena_printf(arena, "%zu %s%s: %.*s", beside.count, beside.count == 1 ? "service " : "services ", what,
		TEXT_ARG(services_words(arena, beside)));
}

static struct text service_count(struct arena *arena, struct service_names services)
{
	return arena_printf(arena, "%zu service%s", services.count, services.count == 1 ? "" : "s");
}

static void compare_services(struct comparing *c, struct service_names from, struct service_names to)
{
	struct text more = services_beside(c->arena, to, from, "more");
	struct text fewer = services_beside(c->arena, from, to, "no longer offered");
	struct text words = fewer.len ? and_also(c->arena, more, "; ", fewer) : more;

	if (words.len)
		differs(c, TEXT("Services to refer on to"), service_count(c->arena, from), words);
	else
		differs(c, TEXT("Services to refer on to"), services_words(c->arena, from), services_words(c->arena, to));
}

struct policy_differences policy_differences(struct arena *arena, const struct policy *from, const struct policy *to)
{
	size_t days = from->override_count + to->override_count + from->closures.count + to->closures.count +
				  from->bank_holidays.count + to->bank_holidays.count;
	struct policy_differences ret = {.rows = arena_new_array(arena, 4 * FACTS_MOST + days, struct policy_difference)};
	struct comparing c = {arena, &ret};

	compare_facts(&c, policy_hours(arena, from), policy_hours(arena, to));
	compare_facts(&c, policy_deadlines(arena, from), policy_deadlines(arena, to));
	compare_facts(&c, policy_caseload(arena, from), policy_caseload(arena, to));
	compare_facts(&c, policy_signers(arena, from), policy_signers(arena, to));
	compare_facts(&c, retired_codes(arena, from), retired_codes(arena, to));
	compare_services(&c, from->services, to->services);
	compare_overrides(&c, from, to);
	compare_days(&c, from->closures, to->closures, "Closed");
	compare_days(&c, from->bank_holidays, to->bank_holidays, "Bank holiday");
	differs(&c, TEXT("Assessment and conferences count the day of receipt as day 1"),
		yes_or_no(from->long_clocks_from_day_one), yes_or_no(to->long_clocks_from_day_one));
	differs(&c, TEXT("The assessment's time runs from acceptance"), yes_or_no(from->assessment_from_acceptance),
		yes_or_no(to->assessment_from_acceptance));
	return ret;
}

struct text policy_when(const struct hub *hub, const struct policy_version_row *row)
{
	bool always = row->valid_from <= 0;
	struct text from = always ? TEXT("the beginning") : london_words(hub->arena, row->valid_from);

	if (row->id.n == hub->policy_version.n) return arena_printf(hub->arena, "In force since %.*s", TEXT_ARG(from));
	if (row->valid_from > hub->now) return arena_printf(hub->arena, "Begins %.*s", TEXT_ARG(from));
	return arena_printf(hub->arena, "From %.*s", TEXT_ARG(from));
}

struct text policy_moves_words(struct arena *arena, const struct policy_preview *preview)
{
	size_t n = preview->moves.count;

	if (!n) return TEXT("No open deadline changes");
	return arena_printf(arena, "%zu open deadline%s", n, n == 1 ? " changes" : "s change");
}

struct policy_moves policy_moves_shown(const struct policy_preview *preview)
{
	struct policy_moves moves = preview->moves;

	if (moves.count > POLICY_MOVES_SHOWN) moves.count = POLICY_MOVES_SHOWN;
	return moves;
}

void policy_differences_json(struct json *json, const struct policy_differences *differences)
{
	json_key(json, "differences");
	json_open_list(json);
	for (size_t i = 0; i < differences->count; i++) {
		json_open(json);
		json_member_text(json, "what", differences->rows[i].what);
		json_member_text(json, "from", differences->rows[i].from);
		json_member_text(json, "to", differences->rows[i].to);
		json_close(json);
	}
	json_close_list(json);
}

static void move_json(struct json *json, const struct policy_move *move)
{
	json_open(json);
	json_member_text(json, "reference", move->reference);
	json_member_text(json, "rag", move->rag);
	json_member_instant(json, "due_was", move->due_was);
	json_member_instant(json, "due_at", move->due_at);
	json_member_instant(json, "screening_due_was", move->screening_due_was);
	json_member_instant(json, "screening_due_at", move->screening_due_at);
	json_close(json);
}

void policy_preview_json(struct json *json, struct arena *arena, const struct policy_preview *preview)
{
	struct policy_differences differences = policy_differences(arena, preview->before, preview->after);

	json_member_int(json, "version", preview->seen);
	json_member_instant(json, "valid_from", preview->valid_from);
	json_member_int(json, "moves", (int64_t)preview->moves.count);
	json_member_int(json, "others", (int64_t)preview->moves.other_count);
	json_member_int(json, "stay", (int64_t)preview->moves.stay);
	policy_differences_json(json, &differences);
	json_key(json, "deadlines");
	json_open_list(json);
	for (size_t i = 0; i < preview->moves.count; i++) move_json(json, &preview->moves.rows[i]);
	json_close_list(json);
	if (preview->next_version) json_member_int(json, "next_version", preview->next_version);
	json_member_text(json, "text", preview->text);
}
