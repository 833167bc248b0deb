#include "hub/contact.h"

static const struct input_member contact_members[] = {
	{FIELD_contact_kind, COLUMN_TEXT, offsetof(struct contact_log, contact_kind), true},
	{FIELD_at, COLUMN_INSTANT, offsetof(struct contact_log, at), false},
	{FIELD_with_whom, COLUMN_TEXT, offsetof(struct contact_log, with_whom), true},
	{FIELD_reached, COLUMN_BOOL, offsetof(struct contact_log, reached), false},
	{FIELD_said, COLUMN_TEXT, offsetof(struct contact_log, said), false},
	{FIELD_family_told, COLUMN_TEXT, offsetof(struct contact_log, family_told), false},
	{FIELD_family_not_told_reason, COLUMN_TEXT, offsetof(struct contact_log, family_not_told_reason), false},
};

const struct input_type contact_log_input = {
	.name = "contact_log",
	.size = sizeof(struct contact_log),
	INPUT_MEMBERS(contact_members),
};

static instant when(const struct hub *hub, const struct contact_log *in)
{
	return in->at == INSTANT_NONE ? hub->now : in->at;
}

static void check_family(struct decoder *decoder, const struct contact_log *in)
{
	enum yes_no told = yes_no_of(in->family_told);

	if (contact_kind_of(in->contact_kind) != CONTACT_CHASER && told == ANSWERED_NONE)
		decode_problem(decoder, FIELD_family_told, "Say whether the family was told");
	if (told == ANSWERED_NO && text_blank(in->family_not_told_reason))
		decode_problem(decoder, FIELD_family_not_told_reason, "Say why the family was not told");
}

static bool check(const struct hub *hub, const struct episode *episode, const struct contact_log *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	bool early = when(hub, in) < episode->received_at;

	decode_required(&decoder, FIELD_contact_kind, contact_kind_of(in->contact_kind) != CONTACT_NONE);
	decode_required(&decoder, FIELD_with_whom, !text_blank(in->with_whom));
	if (when(hub, in) > hub->now) decode_problem(&decoder, FIELD_at, "Give a time that is not in the future");
	if (early && text_blank(in->said))
		decode_problem(&decoder, FIELD_said, "This was before the enquiry was received: say what it was about");
	else if (in->reached && text_blank(in->said))
		decode_problem(&decoder, FIELD_said, "Say what was said");
	check_family(&decoder, in);
	return decode_ok(&decoder);
}

bool contact_log(struct hub *hub, const struct contact_log *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_LOG_CONTACT, .detail = in->contact_kind};
	struct contact_insert_row made;
	struct episode episode;
	struct contact_insert_in row = {
		.kind = in->contact_kind,
		.at = when(hub, in),
		.with_whom = in->with_whom,
		.reached = in->reached,
		.said = text_blank(in->said) ? TEXT_NONE : in->said,
		.family_told = text_blank(in->family_told) ? TEXT_NONE : in->family_told,
		.family_not_told_reason = yes_no_of(in->family_told) == ANSWERED_NO ? in->family_not_told_reason : TEXT_NONE,
		.recorded_by = hub->actor.account,
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_LOG_CONTACT, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!check(hub, &episode, in, err)) return false;
	row.enquiry = entry.enquiry = episode.enquiry;
	return contact_insert(hub->tx, &row, &made, err) && audit_write(hub, &entry, NULL, err);
}

static bool read_cursor(struct text cursor, struct contact_page_in *in, struct error *err)
{
	struct text part;

	if (text_none(cursor)) return true;
	if (text_split(&cursor, '.', &part) && text_int(part, &in->before_at) && text_int(cursor, &in->before_id.n))
		return true;
	return error_field(err, "cursor", "Start from the first page of the list");
}

bool contact_list(struct hub *hub, struct enquiry_id enquiry, struct text cursor, int64_t limit,
	struct contact_list *ret, struct error *err)
{
	struct contact_page_in in = {.viewer = hub->actor.account,
		.enquiry = enquiry,
		.before_at = INT64_MAX,
		.before_id = {INT64_MAX},
		.limit = limit + 1};
	struct contact_count_row total;
	struct contact_rows rows;

	if (!read_cursor(cursor, &in, err)) return false;
	if (!contact_page(hub->tx, &in, &rows, err)) return false;
	if (!contact_count(hub->tx, &(struct contact_count_in){hub->actor.account, enquiry}, &total, err)) return false;
	*ret = (struct contact_list){.rows = rows.rows, .count = rows.count, .total = total.count};
	if (rows.count > (size_t)limit) {
		const struct contact_row *last = &rows.rows[limit - 1];

		ret->count = (size_t)limit;
		ret->next = arena_printf(hub->arena, "%lld.%lld", (long long)last->at, (long long)last->id.n);
	}
	record_hide_all(&contact_record, ret->rows, ret->count, hub->actor.role, hub_relation(hub));
	return true;
}
