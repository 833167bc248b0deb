#include "hub/enquiry.h"

#include "base/london.h"
#include "hub/alarm_watch.h"
#include "hub/information.h"
#include "hub/lock.h"
#include "hub/restriction.h"
#include "rules/clock.h"
#include "rules/identifiers.h"
#include "rules/policy_lists.h"
#include "rules/risk.h"
#include "sql/enquiry.h"

#define MEMBER(struct_type, name, column, is_required)                                                                 \
	{                                                                                                                  \
		.field = FIELD_##name, .type = COLUMN_##column, .offset = offsetof(struct struct_type, name),                  \
		.required = is_required                                                                                        \
	}

static const struct input_member enquiry_members[] = {
	MEMBER(enquiry_receive, external_ref, TEXT, false),
	MEMBER(enquiry_receive, source_system, TEXT, false),
	MEMBER(enquiry_receive, workstream, TEXT, false),
	MEMBER(enquiry_receive, received_at, INSTANT, false),
	MEMBER(enquiry_receive, channel, TEXT, true),
	MEMBER(enquiry_receive, source_code, TEXT, true),
	MEMBER(enquiry_receive, referrer_name, TEXT, false),
	MEMBER(enquiry_receive, referrer_role, TEXT, false),
	MEMBER(enquiry_receive, referrer_organisation, TEXT, false),
	MEMBER(enquiry_receive, referrer_email, TEXT, false),
	MEMBER(enquiry_receive, referrer_phone, TEXT, false),
	MEMBER(enquiry_receive, concern, TEXT, true),
	MEMBER(enquiry_receive, domestic_abuse_notification, BOOL, false),
	MEMBER(enquiry_receive, immediate_danger, BOOL, false),
	MEMBER(enquiry_receive, consent, TEXT, false),
	MEMBER(enquiry_receive, summary, TEXT, true),
};

const struct input_type enquiry_receive_input = {
	.name = "enquiry_receive",
	.size = sizeof(struct enquiry_receive),
	INPUT_MEMBERS(enquiry_members),
	.list = "children",
	.list_type = &child_receive_input,
	.list_offset = offsetof(struct enquiry_receive, children),
	.list_least = 1,
	.list_most = CHILDREN_MOST,
};

static instant received_at(const struct hub *hub, const struct enquiry_receive *in)
{
	return in->received_at == INSTANT_NONE ? hub->now : in->received_at;
}

/* What another system or a file sends carries its own reference, and is taken: one bad code must not hide a child. */
static bool typed_here(const struct enquiry_receive *in)
{
	return text_blank(in->external_ref);
}

bool enquiry_receive_check(const struct hub *hub, const struct enquiry_receive *in, struct error *err)
{
	const struct child_receive *children = in->children.rows;
	struct decoder decoder = {.arena = hub->arena, .err = err};
	day received = london_day(received_at(hub, in));

	if (received_at(hub, in) > hub->recorded_at)
		decode_problem(&decoder, FIELD_received_at, "Give a time that is not in the future");
	if (in->children.count == 0) error_field(err, "children", "Give at least one child");
	if (typed_here(in)) decode_offered(&decoder, &hub->policy->retired, FIELD_concern, in->concern);
	decoder.list = "children";
	for (decoder.index = 0; decoder.index < in->children.count; decoder.index++)
		child_receive_check(&decoder, &children[decoder.index], received);
	return decode_ok(&decoder);
}

/* What makes two submissions the same: everything that was said. Not the workstream, which is ours. */
static struct text content_of(struct hub *hub, const struct enquiry_receive *in)
{
	struct enquiry_receive said = *in;
	BUFFER_SCOPE out;
	struct json json;

	said.workstream = TEXT_NONE;
	buffer_init(&out, (size_t)4 << 20);
	json_init(&json, &out);
	input_json(&json, &enquiry_receive_input, &said);
	return arena_text(hub->arena, buffer_text(&out));
}

static bool make_reference(struct hub *hub, instant received, struct text *ret, struct error *err)
{
	struct reference_counter_take_in in = {.year = civil_of_day(london_day(received)).year};
	struct reference_counter_take_row row;

	if (!reference_counter_take(hub->tx, &in, &row, err)) return false;
	*ret = reference_make(hub->arena, hub->policy->reference_prefix, (int)in.year, row.number);
	return true;
}

/* A new enquiry on its way into the record. */
struct taking {
	const struct enquiry_receive *in;
	struct text reference;
	struct text content_hash;
	struct workstream_by_key_row workstream;
	struct child_written *children;
	struct child_id *child_ids;
	bool known; /* somebody who was known before is, or may be, one of the children */
	struct episode episode;
};

static struct text main_concern(struct text concerns)
{
	return text_slice(concerns, 0, text_index(concerns, ';'));
}

static bool add_children(struct hub *hub, struct taking *taking, struct error *err)
{
	const struct child_receive *children = taking->in->children.rows;
	size_t count = taking->in->children.count;

	taking->children = arena_new_array(hub->arena, count, struct child_written);
	taking->child_ids = arena_new_array(hub->arena, count, struct child_id);
	for (size_t i = 0; i < count; i++) {
		struct child_new child = {.enquiry = taking->episode.enquiry, .position = (int64_t)i + 1};

		if (!child_write(hub, &child, &children[i], &taking->children[i], err)) return false;
		taking->child_ids[i] = taking->children[i].id;
		taking->known |= taking->children[i].known;
	}
	return true;
}

static bool add_enquiry(struct hub *hub, struct taking *taking, struct error *err)
{
	const struct enquiry_receive *in = taking->in;
	struct enquiry_insert_row row;
	struct enquiry_insert_in insert = {
		.reference = taking->reference,
		.source_system = text_none(in->source_system) ? TEXT("") : in->source_system,
		.external_ref = in->external_ref,
		.received_at = received_at(hub, in),
		.recorded_at = hub->recorded_at,
		.recorded_by = hub->actor.account,
		.channel = in->channel,
		.source_code = in->source_code,
		.referrer_name = in->referrer_name,
		.referrer_role = in->referrer_role,
		.referrer_organisation = in->referrer_organisation,
		.referrer_email = in->referrer_email,
		.referrer_phone = in->referrer_phone,
		.concern = main_concern(in->concern),
		.concerns = in->concern,
		.domestic_abuse_notification = in->domestic_abuse_notification,
		.immediate_danger = in->immediate_danger,
		.consent = in->consent,
		.summary = in->summary,
		.child_count = (int64_t)in->children.count,
		.content_hash = taking->content_hash,
	};

	if (!enquiry_insert(hub->tx, &insert, &row, err)) return false;
	hub_locked_new(hub, row.id);
	taking->episode.enquiry = row.id;
	return add_children(hub, taking, err);
}

#define CAME_BEFORE_WITHIN (90 * DAY_MS)

/* Where it stands in the order of screening: known at receipt, and kept so that the list is read in that order. */
static bool risk_order(struct hub *hub, const struct taking *taking, int64_t *ret, struct error *err)
{
	const struct enquiry_receive *in = taking->in;
	const struct child_receive *children = in->children.rows;
	instant received = received_at(hub, in);
	struct enquiry_came_before_in before = {
		.since = received - CAME_BEFORE_WITHIN, .enquiry = taking->episode.enquiry, .received_at = received};
	struct risk risk = {.immediate_danger = in->immediate_danger,
		.concerns = in->concern,
		.source = source_of(in->source_code),
		.received_at = received};
	struct enquiry_came_before_row row = {0};

	if (taking->known && !enquiry_came_before(hub->tx, &before, &row, err)) return false;
	risk.came_before = row.found;
	for (size_t i = 0; i < in->children.count; i++)
		if (risk_under_one(children[i].date_of_birth, children[i].expected_date, london_day(received)))
			risk.under_one_or_unborn = true;
	*ret = risk_rank(&risk);
	return true;
}

/* As an action would find it: what has not happened is "no value". */
static struct episode first_episode(struct hub *hub, const struct taking *taking)
{
	const struct enquiry_receive *in = taking->in;
	instant received = received_at(hub, in);

	return (struct episode){
		.enquiry = taking->episode.enquiry,
		.n = 1,
		.workstream = taking->workstream.id,
		.state = TEXT("received"),
		.rag = in->immediate_danger ? TEXT("red") : TEXT_NONE,
		.rag_order = in->immediate_danger ? RAG_RED : RAG_COUNT,
		.started_at = received,
		.screening_due_at = clock_screening_due(hub->policy, received),
		.screened_at = INSTANT_NONE,
		.due_at = in->immediate_danger ? clock_decision_due(hub->policy, RAG_RED, received) : INSTANT_NONE,
		.allocated_at = INSTANT_NONE,
		.held_at = INSTANT_NONE,
		.recommended_at = INSTANT_NONE,
		.ended_at = INSTANT_NONE,
		.closed_at = INSTANT_NONE,
		.rescreen_asked_at = INSTANT_NONE,
		.review_asked_at = INSTANT_NONE,
		.version = 1,
		.reference = taking->reference,
		.external_ref = in->external_ref,
		.received_at = received,
		.source_code = in->source_code,
		.concern = main_concern(in->concern),
		.concerns = in->concern,
		.domestic_abuse_notification = in->domestic_abuse_notification,
		.immediate_danger = in->immediate_danger,
		.child_count = (int64_t)in->children.count,
	};
}

static bool add_episode(struct hub *hub, struct taking *taking, struct error *err)
{
	struct episode *episode = &taking->episode;
	struct episode_insert_row row;
	struct episode_insert_in insert = {.is_current = true, .recorded_at = hub->recorded_at};

	*episode = first_episode(hub, taking);
	insert.enquiry = episode->enquiry;
	insert.n = episode->n;
	insert.workstream = episode->workstream;
	insert.state = episode->state;
	insert.rag = episode->rag;
	insert.rag_order = episode->rag_order;
	insert.started_at = episode->started_at;
	insert.screening_due_at = episode->screening_due_at;
	insert.screened_at = episode->screened_at;
	insert.due_at = episode->due_at;
	insert.version = episode->version;
	if (!risk_order(hub, taking, &insert.risk_order, err)) return false;
	if (!episode_insert(hub->tx, &insert, &row, err)) return false;
	episode->id = row.id;
	return true;
}

/* Immediate danger is red from receipt. */
static bool rate_danger(struct hub *hub, const struct episode *episode, struct error *err)
{
	struct rag_history_insert_in rating = {
		.episode = episode->id,
		.rag = episode->rag,
		.kind = TEXT("danger"),
		.reason = TEXT("Immediate danger was given at receipt."),
		.information_at = INSTANT_NONE,
		.due_at = episode->due_at,
		.rated_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	return rag_history_insert(hub->tx, &rating, NULL, err);
}

static bool begin(struct hub *at_receipt, struct taking *taking, struct error *err)
{
	struct step step = {.action = ACTION_RECEIVE, .transition = TRANSITION_RECEIVED};
	struct balance_change change = {.kind = "received",
		.unit = BALANCE_WITH_CHILDREN,
		.children = taking->child_ids,
		.child_count = taking->in->children.count};

	return episode_begun(at_receipt, &taking->episode, &step, err) &&
		   balance_write(at_receipt, &taking->episode, &change, err);
}

static const struct enquiry_made *made(struct hub *hub, const struct taking *taking)
{
	struct enquiry_made *made;

	if (taking->known || taking->in->immediate_danger || concerns_allege(taking->in->concern)) return NULL;
	made = arena_new(hub->arena, struct enquiry_made);
	*made = (struct enquiry_made){
		taking->in, taking->episode, taking->workstream.key, taking->workstream.name, taking->children};
	return made;
}

static bool take_in(struct hub *hub, struct taking *taking, struct received *ret, struct error *err)
{
	const struct enquiry_receive *in = taking->in;
	struct hub at_receipt = *hub;

	at_receipt.now = received_at(hub, in);
	if (!make_reference(hub, at_receipt.now, &taking->reference, err)) return false;
	if (!add_enquiry(hub, taking, err) || !add_episode(hub, taking, err)) return false;
	if (!begin(&at_receipt, taking, err)) return false;
	if (in->immediate_danger && !rate_danger(&at_receipt, &taking->episode, err)) return false;
	/* Who is on duty is told at once; what a file tells of may be long over, and rises at a tick where it isn't. */
	if (in->immediate_danger && !hub->from_file && !alarm_danger(hub, taking->episode.enquiry, err)) return false;
	if (!restriction_follow(&at_receipt, &taking->episode, in->concern, err)) return false;
	*ret = (struct received){RECEIPT_NEW, taking->episode.enquiry, taking->reference, TEXT_NONE, made(hub, taking)};
	return true;
}

/* Known reference, other content: added, the state kept, screening or a review asked for. */
static bool add_further(
	struct hub *hub, const struct enquiry_receive *in, struct text content, struct received *ret, struct error *err)
{
	struct information information = {.from = in->referrer_name,
		.arrived_at = hub->now,
		.summary = in->summary,
		.content = content,
		.hash = information_hash(hub->arena, content)};
	struct episode episode;
	bool found;

	if (!hub_lock_enquiry(hub, ret->enquiry, err)) return false;
	if (!enquiry_of_sender(hub->tx, &(struct enquiry_of_sender_in){ret->enquiry}, &episode, &found, err)) return false;
	if (!found) return error_failed(err, "the enquiry has no current episode");
	if (!information_put(hub, &episode, &information, err)) return false;
	return restriction_follow(hub, &episode, in->concern, err);
}

/* Was this submission, or this addition to it, taken in before? Fills ret when the reference is known. */
static bool find_before(
	struct hub *hub, const struct enquiry_receive *in, struct text hash, struct received *ret, struct error *err)
{
	struct enquiry_same_submission_in same = {.source_system = in->source_system, .external_ref = in->external_ref};
	struct enquiry_same_submission_row known;
	struct further_information_same_row addition;
	bool found = false, added = false;

	ret->receipt = RECEIPT_NEW;
	if (text_none(same.source_system)) same.source_system = TEXT("");
	if (text_none(in->external_ref)) return true;
	if (!enquiry_same_submission(hub->tx, &same, &known, &found, err)) return false;
	if (!found) return true;
	ret->enquiry = known.id;
	ret->reference = known.reference;
	if (!further_information_same(
			hub->tx, &(struct further_information_same_in){known.id, hash}, &addition, &added, err))
		return false;
	ret->receipt = added || text_equal(known.hash, hash) ? RECEIPT_ALREADY_PRESENT : RECEIPT_FURTHER_INFORMATION;
	return true;
}

/* Whom to speak to, where somebody sends again what is restricted and they are not named on. */
static bool find_kept_from(struct hub *hub, struct received *ret, struct error *err)
{
	struct enquiry_kept_from_in in = {ret->enquiry, hub->actor.account};
	struct enquiry_kept_from_row row;
	bool kept;

	if (ret->receipt == RECEIPT_NEW) return true;
	if (!enquiry_kept_from(hub->tx, &in, &row, &kept, err)) return false;
	if (kept) ret->speak_to = restriction_speak_to(row.owner_name, row.owner);
	return true;
}

static bool find_workstream(
	struct hub *hub, const struct enquiry_receive *in, struct workstream_by_key_row *ret, struct error *err)
{
	struct workstream_by_key_in by_key = {.key = text_none(in->workstream) ? TEXT("new") : in->workstream};
	bool found;

	if (!workstream_by_key(hub->tx, &by_key, ret, &found, err)) return false;
	return found ||
		   error_field(err, "workstream", "There is no workstream %.*s", TEXT_ARG(text_slice(by_key.key, 0, 60)));
}

/* Two that arrive at once under one sender's reference, or name one child by its NHS number, come one after the other. */
static bool lock_arrival(struct hub *hub, const struct enquiry_receive *in, struct error *err)
{
	const struct child_receive *children = in->children.rows;
	struct text sender = TEXT_NONE, numbers[CHILDREN_MOST];

	if (!hub_locks(hub)) return true;
	if (!text_none(in->external_ref))
		sender = arena_printf(hub->arena, "%.*s\n%.*s", TEXT_ARG(in->source_system), TEXT_ARG(in->external_ref));
	for (size_t i = 0; i < in->children.count; i++) numbers[i] = children[i].nhs_number;
	return hub_lock_step(hub, err) && hub_lock_keys(hub, LOCK_SENDER, &sender, 1, err) &&
		   hub_lock_keys(hub, LOCK_CHILD, numbers, in->children.count, err);
}

bool enquiry_receive(struct hub *hub, const struct enquiry_receive *in, struct received *ret, struct error *err)
{
	struct taking taking = {.in = in};
	struct received made = {0};
	struct text content;

	if (!hub_may(hub, ACTION_RECEIVE, err)) return false;
	if (!enquiry_receive_check(hub, in, err)) return false;
	if (!find_workstream(hub, in, &taking.workstream, err)) return false;
	content = content_of(hub, in);
	taking.content_hash = information_hash(hub->arena, content);
	if (!lock_arrival(hub, in, err)) return false;
	if (!find_before(hub, in, taking.content_hash, &made, err)) return false;
	if (made.receipt == RECEIPT_NEW && !take_in(hub, &taking, &made, err)) return false;
	if (made.receipt == RECEIPT_FURTHER_INFORMATION && !add_further(hub, in, content, &made, err)) return false;
	if (!find_kept_from(hub, &made, err)) return false;
	*ret = made;
	return true;
}
