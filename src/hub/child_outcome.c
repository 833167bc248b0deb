#include "hub/child_outcome.h"

#include "base/london.h"
#include "hub/hand_over.h"
#include "hub/open_case.h"
#include "hub/strategy.h"
#include "rules/threshold.h"

static const struct input_member child_outcome_members[] = {
	{FIELD_child, COLUMN_INT, offsetof(struct child_outcome, child), true},
	{FIELD_outcome, COLUMN_TEXT, offsetof(struct child_outcome, outcome), false},
	{FIELD_threshold_level, COLUMN_INT, offsetof(struct child_outcome, threshold_level), false},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct child_outcome, reason), false},
	{FIELD_service, COLUMN_TEXT, offsetof(struct child_outcome, service), false},
	{FIELD_agreement, COLUMN_TEXT, offsetof(struct child_outcome, agreement), false},
	{FIELD_agreement_by, COLUMN_TEXT, offsetof(struct child_outcome, agreement_by), false},
	{FIELD_agreement_at, COLUMN_INSTANT, offsetof(struct child_outcome, agreement_at), false},
	{FIELD_below_level_reason, COLUMN_TEXT, offsetof(struct child_outcome, below_level_reason), false},
	{FIELD_to_whom, COLUMN_TEXT, offsetof(struct child_outcome, to_whom), false},
};

const struct input_type child_outcome_input = {
	.name = "child_outcome",
	.size = sizeof(struct child_outcome),
	INPUT_MEMBERS(child_outcome_members),
};

static bool says_nothing(const struct child_outcome *row)
{
	return text_blank(row->outcome) && row->threshold_level == INT_NONE && text_blank(row->reason) &&
		   text_blank(row->service) && text_blank(row->agreement) && text_blank(row->agreement_by) &&
		   text_blank(row->below_level_reason) && text_blank(row->to_whom);
}

struct checking {
	struct hub *hub;
	const struct episode *episode;
	struct outcome_places_rows places;
	struct decoder decoder;
	struct child_outcomes *outcomes;
	bool fits;
};

static const struct outcome_places_row *place_of(const struct checking *checking, int64_t position)
{
	for (size_t i = 0; i < checking->places.count; i++)
		if (checking->places.rows[i].position == position) return &checking->places.rows[i];
	return NULL;
}

static bool spoken_of(const struct child_outcomes *outcomes, struct child_id child)
{
	for (size_t i = 0; i < outcomes->count; i++)
		if (outcomes->rows[i].child.n == child.n) return true;
	return false;
}

static bool find_child(struct checking *checking, int64_t position, struct child_id *ret)
{
	const struct outcome_places_row *place = place_of(checking, position);

	*ret = (struct child_id){0};
	if (!place) return decode_problem(&checking->decoder, FIELD_child, "The enquiry has no such child");
	if (!text_none(place->outcome))
		return decode_problem(&checking->decoder, FIELD_child, "This child's outcome is already authorised");
	if (spoken_of(checking->outcomes, place->id))
		return decode_problem(&checking->decoder, FIELD_child, "This child stands in the list twice");
	*ret = place->id;
	return true;
}

/* False only where the database failed; a service nobody knows is a problem of its field. */
static bool find_service(struct checking *checking, struct text name, struct service_id *ret, struct error *err)
{
	struct service_by_name_in in = {.name = name, .at = checking->hub->now};
	struct service_by_name_row row;
	bool found;

	*ret = (struct service_id){0};
	if (text_blank(name)) return true;
	if (!service_by_name(checking->hub->tx, &in, &row, &found, err)) return false;
	if (found)
		*ret = row.id;
	else
		decode_problem(&checking->decoder, FIELD_service, "The directory has no service of this name");
	return true;
}

static struct finding finding_of(const struct hub *hub, const struct child_outcome *row)
{
	return (struct finding){
		.outcome = outcome_of(row->outcome),
		.threshold_level = row->threshold_level,
		.reason = row->reason,
		.below_level_reason = below_level_reason_of(row->below_level_reason),
		.strategy_requested_at = INSTANT_NONE,
		.service = row->service,
		.agreement = agreement_of(row->agreement),
		.agreement_by = row->agreement_by,
		.agreement_at = row->agreement_at == INSTANT_NONE ? hub->now : row->agreement_at,
		.to_whom = row->to_whom,
	};
}

/* Only what stands on record today routes; a file tells where it went. */
static bool find_open_case(
	struct hub *hub, const struct episode *episode, struct child_id child, struct finding *finding, struct error *err)
{
	struct open_case_of_child_row row;
	bool found;

	finding->has_open_case = hub->from_file;
	if (finding->outcome != OUTCOME_OPEN_CASE || hub->from_file || !child.n) return true;
	if (!open_case_find(hub, child, &row, &found, err)) return false;
	finding->has_open_case = found && row.open;
	finding->by_telephone = rag_of(episode->rag) == RAG_RED;
	if (found && !row.open && row.case_to != DAY_NONE) finding->case_over = day_words(hub->arena, row.case_to);
	return true;
}

static struct outcome_insert_in row_of(const struct checking *checking, const struct child_outcome *given)
{
	bool agreed = !text_blank(given->agreement_by) && agreement_of(given->agreement) != AGREEMENT_OFFERED;
	struct finding finding = finding_of(checking->hub, given);

	return (struct outcome_insert_in){
		.episode = checking->episode->id,
		.outcome = given->outcome,
		.threshold_level = given->threshold_level,
		.reason = given->reason,
		.agreement_by = agreed ? given->agreement_by : TEXT_NONE,
		.agreement_at = agreed ? finding.agreement_at : INSTANT_NONE,
		.below_level = text_blank(given->below_level_reason) ? TEXT_NONE : given->below_level_reason,
		.to_whom = text_blank(given->to_whom) ? TEXT_NONE : given->to_whom,
		.recorded_at = checking->hub->recorded_at,
	};
}

static bool check_row(struct checking *checking, const struct child_outcome *given, struct error *err)
{
	struct outcome_insert_in row = row_of(checking, given);
	struct finding finding = finding_of(checking->hub, given);

	find_child(checking, given->child, &row.child);
	if (!find_service(checking, given->service, &row.service, err)) return false;
	if (!find_open_case(checking->hub, checking->episode, row.child, &finding, err)) return false;
	checking->fits &= threshold_check(&checking->decoder, checking->hub->policy, &finding, FINDING_RECOMMENDED);
	checking->outcomes->rows[checking->outcomes->count++] = row;
	return true;
}

static bool load_places(
	struct hub *hub, const struct episode *episode, struct outcome_places_rows *ret, struct error *err)
{
	struct outcome_places_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry, .episode = episode->id};

	return outcome_places(hub->tx, &in, ret, err);
}

static size_t without_outcome(const struct outcome_places_rows *places)
{
	size_t without = 0;

	for (size_t i = 0; i < places->count; i++) without += text_none(places->rows[i].outcome);
	return without;
}

bool child_outcomes_check(struct hub *hub, const struct episode *episode, const struct input_list *given,
	struct child_outcomes *ret, struct error *err)
{
	const struct child_outcome *rows = given->rows;
	struct child_outcomes outcomes = {.rows = arena_new_array(hub->arena, given->count, struct outcome_insert_in)};
	struct checking checking = {
		.hub = hub, .episode = episode, .decoder = hub_decoder(hub, err), .outcomes = &outcomes, .fits = true};

	if (!load_places(hub, episode, &checking.places, err)) return false;
	outcomes.children = checking.places.count;
	outcomes.without = without_outcome(&checking.places);
	checking.decoder.list = "children";
	for (size_t i = 0; i < given->count; i++) {
		checking.decoder.index = i;
		if (!says_nothing(&rows[i]) && !check_row(&checking, &rows[i], err)) return false;
	}
	*ret = outcomes;
	return decode_ok(&checking.decoder) && checking.fits;
}

bool child_outcomes_put(
	struct hub *hub, const struct child_outcomes *outcomes, struct proposal_id proposal, struct error *err)
{
	for (size_t i = 0; i < outcomes->count; i++) {
		struct outcome_insert_in row = outcomes->rows[i];

		row.proposal = proposal;
		if (!outcome_insert(hub->tx, &row, NULL, err)) return false;
	}
	return true;
}

static struct finding finding_proposed(const struct outcome_proposed_row *row, instant strategy_requested_at)
{
	return (struct finding){
		.outcome = outcome_of(row->outcome),
		.threshold_level = row->threshold_level,
		.reason = row->reason,
		.below_level_reason = below_level_reason_of(row->below_level_reason),
		.strategy_requested_at = strategy_requested_at,
		.service = row->outcome_service,
		.agreement = text_none(row->agreement_by) ? AGREEMENT_OFFERED : AGREEMENT_GIVEN,
		.agreement_by = row->agreement_by,
		.agreement_at = row->agreement_at,
		.to_whom = row->to_whom,
	};
}

/* Told as a refusal: whoever signs has none of these fields before them. */
static bool refuse_first(const struct error *problems, struct error *err)
{
	error_refused(err, "%s", problems->fields[0].message);
	return error_hint(err, "Return it to the worker, or complete what is missing first.");
}

static bool may_authorise(
	struct hub *hub, const struct episode *episode, const struct outcome_proposed_rows *proposed, struct error *err)
{
	struct error problems;
	struct decoder decoder = hub_decoder(hub, &problems);
	instant requested_at;
	bool fits = true;

	error_clear(&problems);
	if (!strategy_requested(hub, episode, &requested_at, err)) return false;
	for (size_t i = 0; i < proposed->count; i++) {
		struct finding finding = finding_proposed(&proposed->rows[i], requested_at);

		if (!find_open_case(hub, episode, proposed->rows[i].child, &finding, err)) return false;
		fits = threshold_check(&decoder, hub->policy, &finding, FINDING_AUTHORISED) && fits;
	}
	return fits || refuse_first(&problems, err);
}

static bool authorise_one(struct hub *hub, const struct episode *episode, const struct authorise *authorise,
	const struct outcome_proposed_row *row, struct error *err)
{
	struct balance_change completed = {
		.kind = "completed", .unit = BALANCE_CHILD, .child = row->child, .screened_out = authorise->screened_out};

	if (!balance_write(hub, episode, &completed, err)) return false;
	return hand_over_follow(hub, episode, row, err);
}

static bool how_it_stands(struct hub *hub, const struct episode *episode, struct authorised *ret, struct error *err)
{
	struct outcome_places_rows places;

	if (!load_places(hub, episode, &places, err)) return false;
	*ret = (struct authorised){.left = without_outcome(&places), .only_open_case = places.count > 0};
	for (size_t i = 0; i < places.count; i++)
		if (outcome_of(places.rows[i].outcome) != OUTCOME_OPEN_CASE) ret->only_open_case = false;
	return true;
}

bool child_outcomes_authorise(struct hub *hub, const struct episode *episode, const struct authorise *authorise,
	struct authorised *ret, struct error *err)
{
	struct outcome_proposed_in by_proposal = {.viewer = hub->actor.account, .proposal = authorise->proposal};
	struct outcome_authorise_in in = {
		.authorised_by = hub->actor.account, .authorised_at = hub->now, .proposal = authorise->proposal};
	struct outcome_proposed_rows proposed;

	if (!outcome_proposed(hub->tx, &by_proposal, &proposed, err)) return false;
	if (!may_authorise(hub, episode, &proposed, err)) return false;
	if (!outcome_authorise(hub->tx, &in, NULL, err)) return false;
	for (size_t i = 0; i < proposed.count; i++)
		if (!authorise_one(hub, episode, authorise, &proposed.rows[i], err)) return false;
	return how_it_stands(hub, episode, ret, err);
}
