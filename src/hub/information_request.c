#include "hub/information_request.h"

#include "base/london.h"
#include "rules/decode.h"
#include "rules/identifiers.h"

static const struct input_member record_members[] = {
	{FIELD_request_kind, COLUMN_TEXT, offsetof(struct information_request_take, request_kind), true},
	{FIELD_from_whom, COLUMN_TEXT, offsetof(struct information_request_take, from_whom), true},
	{FIELD_matter, COLUMN_TEXT, offsetof(struct information_request_take, matter), true},
	{FIELD_received_at, COLUMN_INSTANT, offsetof(struct information_request_take, received_at), false},
	{FIELD_due_at, COLUMN_INSTANT, offsetof(struct information_request_take, due_at), true},
};

const struct input_type information_request_take_input = {
	.name = "information_request_take",
	.size = sizeof(struct information_request_take),
	INPUT_MEMBERS(record_members),
};

static const struct input_member reply_members[] = {
	{FIELD_request_answer, COLUMN_TEXT, offsetof(struct information_request_answer, request_answer), true},
};

const struct input_type information_request_answer_input = {
	.name = "information_request_answer",
	.size = sizeof(struct information_request_answer),
	INPUT_MEMBERS(reply_members),
};

static const struct input_member correct_members[] = {
	{FIELD_due_at, COLUMN_INSTANT, offsetof(struct information_request_correct, due_at), true},
};

const struct input_type information_request_correct_input = {
	.name = "information_request_correct",
	.size = sizeof(struct information_request_correct),
	INPUT_MEMBERS(correct_members),
};

static instant received(const struct hub *hub, const struct information_request_take *in)
{
	return in->received_at == INSTANT_NONE ? hub->now : in->received_at;
}

static bool check(const struct hub *hub, const struct information_request_take *in, struct error *err)
{
	struct decoder decoder = {.arena = hub->arena, .err = err};

	decode_required(&decoder, FIELD_request_kind, request_kind_of(in->request_kind) != REQUEST_NONE);
	decode_required(&decoder, FIELD_from_whom, !text_blank(in->from_whom));
	decode_required(&decoder, FIELD_matter, !text_blank(in->matter));
	decode_required(&decoder, FIELD_due_at, in->due_at != INSTANT_NONE);
	if (received(hub, in) > hub->now)
		decode_problem(&decoder, FIELD_received_at, "Give a time that is not in the future");
	else if (in->due_at != INSTANT_NONE && in->due_at <= received(hub, in))
		decode_problem(&decoder, FIELD_due_at, "It is due after it was received");
	return decode_ok(&decoder);
}

/* The access log's entry of what is no enquiry: the request's own reference, on the account of who did it. */
static bool note(struct hub *hub, struct text reference, const char *what, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_INFORMATION_REQUEST,
		.detail = arena_printf(hub->arena, "request=%.*s %s", TEXT_ARG(reference), what)};

	return audit_write(hub, &entry, NULL, err);
}

bool information_request_take(
	struct hub *hub, const struct information_request_take *in, struct text *ret_reference, struct error *err)
{
	struct request_counter_take_in year = {.year = civil_of_day(london_day(received(hub, in))).year};
	struct request_counter_take_row number;
	struct request_insert_row made;
	struct request_insert_in row = {
		.kind = in->request_kind,
		.from_whom = in->from_whom,
		.matter = in->matter,
		.received_at = received(hub, in),
		.due_at = in->due_at,
		.recorded_by = hub->actor.account,
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_INFORMATION_REQUEST, err)) return false;
	if (!check(hub, in, err)) return false;
	if (!request_counter_take(hub->tx, &year, &number, err)) return false;
	row.reference = reference_make(hub->arena, TEXT("IR"), (int)year.year, number.number);
	if (!request_insert(hub->tx, &row, &made, err)) return false;
	*ret_reference = row.reference;
	return note(hub, row.reference, "recorded", err);
}

static bool find(struct hub *hub, struct text reference, struct asked_row *ret, struct error *err)
{
	struct request_get_in in = {.viewer = hub->actor.account};
	bool found = false;

	if (!reference_parse(hub->arena, reference, &in.reference)) in.reference = reference;
	if (!request_get(hub->tx, &in, ret, &found, err)) return false;
	if (found) return true;
	return error_not_found(err, "there is no information request %.*s", TEXT_ARG(text_slice(reference, 0, 60)));
}

static bool stale(const struct asked_row *row, const struct on_request *on, struct error *err)
{
	error_stale(err, row->version, "%.*s was changed meanwhile: you saw version %lld, version %lld stands now",
		TEXT_ARG(row->reference), (long long)on->version, (long long)row->version);
	err->version_seen = on->version;
	return error_hint(err, "Look at it as it stands now, then decide whether your change is still right.");
}

/* As it stands, for a change by whoever saw this version; what is answered stays as it is. */
static bool find_open(struct hub *hub, const struct on_request *on, struct asked_row *ret, struct error *err)
{
	if (!hub_may(hub, ACTION_INFORMATION_REQUEST, err)) return false;
	if (!find(hub, on->reference, ret, err)) return false;
	if (ret->answered_at != INSTANT_NONE) return error_refused(err, "it was answered by %.*s", TEXT_ARG(ret->actor));
	return on->version == ret->version || stale(ret, on, err);
}

bool information_request_answer(struct hub *hub, const struct information_request_answer *in, struct error *err)
{
	struct asked_row row;
	struct request_answered_in answer = {
		.answer = in->request_answer, .answered_by = hub->actor.account, .answered_at = hub->now};
	int64_t changed;

	if (!find_open(hub, &in->on, &row, err)) return false;
	if (text_blank(in->request_answer)) return error_field(err, "request_answer", "Enter the answer");
	answer.reference = row.reference;
	answer.version = row.version;
	if (!request_answered(hub->tx, &answer, &changed, err)) return false;
	if (changed != 1) return stale(&row, &in->on, err);
	return note(hub, row.reference, "answered", err);
}

bool information_request_correct(struct hub *hub, const struct information_request_correct *in, struct error *err)
{
	struct request_due_changed_in change = {.due_at = in->due_at};
	struct asked_row row;
	int64_t changed;

	if (!find_open(hub, &in->on, &row, err)) return false;
	if (in->due_at == INSTANT_NONE) return error_field(err, "due_at", "Enter when it is due");
	if (in->due_at <= row.received_at) return error_field(err, "due_at", "It is due after it was received");
	change.reference = row.reference;
	change.version = row.version;
	if (!request_due_changed(hub->tx, &change, &changed, err)) return false;
	if (changed != 1) return stale(&row, &in->on, err);
	return note(hub, row.reference, "due_at", err);
}

bool information_request_show(struct hub *hub, struct text reference, struct asked_row *ret, struct error *err)
{
	if (!hub_may(hub, ACTION_VIEW_LIST, err)) return false;
	if (!find(hub, reference, ret, err)) return false;
	record_hide(&asked_record, ret, hub->actor.role, RELATION_ORDINARY);
	return hub_viewed(hub, ACTION_INFORMATION_REQUEST, (struct enquiry_id){0},
		arena_printf(hub->arena, "request=%.*s viewed", TEXT_ARG(ret->reference)), err);
}
