#include "rules/risk.h"

#include "base/buffer.h"

static const struct text words[RISK_COUNT] = {
	[RISK_DANGER] = {"Immediate danger", 16},
	[RISK_UNDER_ONE] = {"Under one or unborn", 19},
	[RISK_INJURY] = {"Injury or sexual harm", 21},
	[RISK_OWN_REPORT] = {"The child's own report, or A&E", 30},
	[RISK_CAME_BEFORE] = {"Came before in 90 days", 22},
};

bool risk_concern_harms(enum concern concern)
{
	switch (concern) {
	case CONCERN_PHYSICAL_ABUSE:
	case CONCERN_SEXUAL_ABUSE:
	case CONCERN_CHILD_SEXUAL_EXPLOITATION:
	case CONCERN_FEMALE_GENITAL_MUTILATION:
	case CONCERN_SELF_HARM: return true;
	default: return false;
	}
}

static bool any_concern_harms(struct text concerns)
{
	struct text code;

	while (text_split(&concerns, ';', &code))
		if (risk_concern_harms(concern_of(code))) return true;
	return false;
}

static bool applies(const struct risk *r, enum risk_rank rank)
{
	switch (rank) {
	case RISK_DANGER: return r->immediate_danger;
	case RISK_UNDER_ONE: return r->under_one_or_unborn;
	case RISK_INJURY: return any_concern_harms(r->concerns);
	case RISK_OWN_REPORT: return r->source == SOURCE_1C || r->source == SOURCE_3E;
	case RISK_CAME_BEFORE: return r->came_before;
	default: return true;
	}
}

enum risk_rank risk_rank(const struct risk *r)
{
	enum risk_rank rank = RISK_DANGER;

	while (!applies(r, rank)) rank++;
	return rank;
}

struct text risk_words(enum risk_rank rank)
{
	return words[rank];
}

struct text risk_reasons(struct arena *arena, const struct risk *r)
{
	BUFFER_SCOPE out;

	buffer_init(&out, 400);
	for (enum risk_rank rank = RISK_DANGER; rank < RISK_OLDEST; rank++)
		if (applies(r, rank)) buffer_printf(&out, "%s%.*s", out.len ? "; " : "", TEXT_ARG(words[rank]));
	return out.len ? arena_text(arena, buffer_text(&out)) : TEXT_NONE;
}

int risk_compare(const struct risk *a, const struct risk *b)
{
	enum risk_rank left = risk_rank(a), right = risk_rank(b);

	if (left != right) return left < right ? -1 : 1;
	return (a->received_at > b->received_at) - (a->received_at < b->received_at);
}

bool risk_under_one(day date_of_birth, day expected_date, day on)
{
	if (date_of_birth == DAY_NONE) return expected_date != DAY_NONE;
	return date_of_birth > on || day_age_years(date_of_birth, on) < 1;
}
