#include "base/london.h"
#include "hub/generate_part.h"
#include "rules/identifiers.h"
#include "rules/risk.h"
#include "sql/enquiry.h"
#include "sql/generate.h"
#include "twin/words.h"

#define SUMMARY_BYTES 1200

static struct text opt(const char *text)
{
	return text && text[0] ? text_of(text) : TEXT_NONE;
}

static struct text reference_next(struct generation *g, struct hub *hub)
{
	int year = civil_of_day(london_day(hub->now)).year;

	if (year != g->reference_year) g->reference_last = 0;
	g->reference_year = year;
	return reference_make(hub->arena, g->policy->reference_prefix, year, ++g->reference_last);
}

/* Three to six sentences about the first child. */
static struct text summary_of(struct generation *g, struct hub *hub, const struct family *family)
{
	char *said = arena_alloc(hub->arena, SUMMARY_BYTES);
	size_t len = 0, sentences = 3 + draw_below(&g->draw, 4);

	for (size_t i = 0; i < sentences; i++) {
		const char *sentence = word_of(&g->draw, WORDS_SAID), *hole = strstr(sentence, "%s");
		const char *name = family->children[0].given;
		size_t before = hole ? (size_t)(hole - sentence) : strlen(sentence);

		if (i) said[len++] = ' ';
		memcpy(said + len, sentence, before);
		len += before;
		if (!hole) continue;
		memcpy(said + len, name, strlen(name));
		len += strlen(name);
		memcpy(said + len, hole + 2, strlen(hole + 2));
		len += strlen(hole + 2);
	}
	return (struct text){said, len};
}

static struct text hash_of(struct generation *g, struct hub *hub)
{
	uint64_t *hash = arena_alloc(hub->arena, 2 * sizeof *hash);

	hash[0] = draw_next(&g->draw);
	hash[1] = draw_next(&g->draw);
	return (struct text){(const char *)hash, 2 * sizeof *hash};
}

static struct text referrer_of(struct generation *g, struct hub *hub, const struct told *told)
{
	const char *given = word_of(&g->draw, draw_chance(&g->draw, 0.6) ? WORDS_GIRL : WORDS_BOY);

	if (!told->role) return TEXT_NONE;
	return arena_printf(hub->arena, "%s %s", given, word_of(&g->draw, WORDS_SURNAME));
}

static bool enquiry_row(struct generation *g, struct hub *hub, const struct receipt *r, struct error *err)
{
	const struct told *told = r->told;
	bool police = text_is(text_of(told->source), "6");
	struct generate_enquiry_in in = {
		.id = {r->life->enquiry},
		.reference = reference_next(g, hub),
		.source_system = police ? TEXT("police") : TEXT(""),
		.external_ref = police ? arena_printf(hub->arena, "PPN-%08lld", (long long)r->life->enquiry) : TEXT_NONE,
		.received_at = hub->now,
		.recorded_at = hub->now,
		.recorded_by = g->staff.administrator,
		.channel = text_of(told->channel),
		.source_code = text_of(told->source),
		.referrer_name = referrer_of(g, hub, told),
		.referrer_role = opt(told->role),
		.referrer_organisation = TEXT_NONE,
		.referrer_phone = arena_printf(hub->arena, "01632 960%03u", (unsigned)draw_below(&g->draw, 1000)),
		.concern = text_of(told->concern),
		.concerns = text_of(told->concern),
		.domestic_abuse_notification = told->domestic_abuse_notification,
		.immediate_danger = told->danger,
		.consent = draw_chance(&g->draw, 0.5) ? TEXT("obtained") : TEXT("not_sought"),
		.summary = summary_of(g, hub, r->family),
		.child_count = (int64_t)r->life->children,
		.content_hash = hash_of(g, hub),
	};

	return generate_enquiry(hub->tx, &in, NULL, err);
}

static struct text sex_told(const struct family_child *child)
{
	if (child->born == DAY_NONE) return TEXT("unknown");
	return child->girl ? TEXT("female") : TEXT("male");
}

static bool person_row(struct hub *hub, int64_t id, const struct family_child *child, struct error *err)
{
	struct generate_person_in in = {
		.id = {id},
		.given_name = text_of(child->given),
		.family_name = text_of(child->family),
		.date_of_birth = child->born,
		.expected_date = child->expected,
		.sex = sex_told(child),
		.ethnicity = text_of(child->ethnicity),
		.nhs_number = opt(child->nhs),
		.recorded_at = hub->now,
	};

	return generate_person(hub->tx, &in, NULL, err);
}

static bool child_row(struct generation *g, struct hub *hub, const struct receipt *r, size_t place, struct error *err)
{
	const struct family_child *child = &r->family->children[place];
	struct generate_child_in in = {
		.id = {r->life->first_child + (int64_t)place},
		.enquiry = {r->life->enquiry},
		.position = (int64_t)place + 1,
		.person = {r->persons[place]},
		.given_name = text_of(child->given),
		.family_name = text_of(child->family),
		.date_of_birth = child->born,
		.expected_date = child->expected,
		.sex = sex_told(child),
		.ethnicity = text_of(child->ethnicity),
		.nhs_number = opt(child->nhs),
		.address = text_of(r->family->address),
		.postcode = text_of(r->family->postcode),
		.parent_name = text_of(r->family->parent),
		.recorded_by = g->staff.administrator,
		.recorded_at = hub->now,
	};

	if (!r->person_known[place] && !person_row(hub, r->persons[place], child, err)) return false;
	return generate_child(hub->tx, &in, NULL, err);
}

static enum risk_rank rank_of(const struct receipt *r, instant received)
{
	struct risk risk = {.immediate_danger = r->told->danger,
		.concerns = text_of(r->told->concern),
		.source = source_of(text_of(r->told->source)),
		.came_before = r->came_before,
		.received_at = received};

	for (size_t i = 0; i < r->life->children; i++)
		if (risk_under_one(r->family->children[i].born, r->family->children[i].expected, london_day(received)))
			risk.under_one_or_unborn = true;
	return risk_rank(&risk);
}

/* One that is over stands as it ended. */
static void put_end(struct generate_episode_in *in, const struct life *life)
{
	const struct course *c = &life->course;
	bool safe = c->rag == RAG_RED;

	in->state = c->stage == COURSE_DECIDED ? TEXT("decided") : TEXT("closed");
	in->rag = in->first_rag = rag_text(c->rag);
	in->rag_order = c->rag;
	in->due_at = c->due;
	in->screened_at = c->screened;
	in->screened_by = life->screener;
	in->necessary = c->necessary ? TEXT("yes") : TEXT("no");
	in->necessary_reason = !c->necessary ? (life->enquiry % 4 ? TEXT("below_threshold") : TEXT("advice_enough"))
						   : safe        ? TEXT("safeguarding_concern")
										 : TEXT("at_or_above_threshold");
	in->ended = c->screened_out ? TEXT("screening") : TEXT("decision");
	in->ended_at = c->ended;
	in->closed_at = c->stage == COURSE_DECIDED ? INSTANT_NONE : c->closed;
	in->version = c->screened_out ? 4 : 6;
	if (c->screened_out) return;
	in->allocated_at = c->allocated;
	in->recommended_by = life->worker_account;
	in->recommended_at = c->recommended;
}

static bool episode_row(struct generation *g, struct hub *hub, const struct receipt *r, struct error *err)
{
	const struct life *life = r->life;
	struct generate_episode_in in = {
		.id = {life->enquiry},
		.enquiry = {life->enquiry},
		.workstream = {1},
		.state = TEXT("received"),
		.rag = r->told->danger ? TEXT("red") : TEXT_NONE,
		.rag_order = r->told->danger ? RAG_RED : RAG_COUNT,
		.risk_order = rank_of(r, hub->now),
		.started_at = hub->now,
		.screening_due_at = life->course.screening_due,
		.screened_at = INSTANT_NONE,
		.due_at = r->told->danger ? life->course.due : INSTANT_NONE,
		.allocated_at = INSTANT_NONE,
		.recommended_at = INSTANT_NONE,
		.ended_at = INSTANT_NONE,
		.closed_at = INSTANT_NONE,
		.version = 1,
		.recorded_at = hub->now,
	};
	struct generate_episode_worker_in worker = {.id = in.id, .worker = life->worker_account};

	(void)g;
	if (life->course.stage >= COURSE_DECIDED) put_end(&in, life);
	if (!generate_episode(hub->tx, &in, NULL, err)) return false;
	if (life->course.stage < COURSE_DECIDED || life->course.screened_out) return true;
	return generate_episode_worker(hub->tx, &worker, NULL, err);
}

static bool danger_row(struct generation *g, struct hub *hub, const struct life *life, struct error *err)
{
	struct rag_history_insert_in in = {
		.episode = {life->enquiry},
		.rag = TEXT("red"),
		.kind = TEXT("danger"),
		.reason = TEXT("Immediate danger was given at receipt."),
		.information_at = INSTANT_NONE,
		.due_at = life->course.due,
		.rated_by = g->staff.administrator,
		.at = hub->now,
		.recorded_at = hub->now,
	};

	return rag_history_insert(hub->tx, &in, NULL, err);
}

bool generate_receipt(struct generation *g, struct hub *hub, const struct receipt *r, struct error *err)
{
	struct generate_move move = {
		.entry = {.life = r->life, .action = ACTION_RECEIVE, .account = g->staff.administrator},
		.transition = TRANSITION_RECEIVED,
		.from = "none",
		.to = "received"};

	if (!enquiry_row(g, hub, r, err)) return false;
	for (size_t i = 0; i < r->life->children; i++)
		if (!child_row(g, hub, r, i, err)) return false;
	if (!episode_row(g, hub, r, err) || !generate_history(g, hub, &move, err)) return false;
	if (r->told->danger && !danger_row(g, hub, r->life, err)) return false;
	return generate_balance(hub, r->life, "received", err);
}
