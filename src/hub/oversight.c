#include "hub/oversight.h"

static const struct input_member write_members[] = {
	{FIELD_oversight_note, COLUMN_TEXT, offsetof(struct oversight_write, oversight_note), true},
};

const struct input_type oversight_write_input = {
	.name = "oversight_write",
	.size = sizeof(struct oversight_write),
	INPUT_MEMBERS(write_members),
};

bool oversight_write(struct hub *hub, const struct oversight_write *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_OVERSEE};
	struct oversight_insert_row made;
	struct oversight_insert_in row = {
		.note = in->oversight_note,
		.written_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_OVERSEE, err)) return false;
	if (!enquiry_find(hub, in->on.reference, &row.enquiry, err)) return false;
	if (text_blank(in->oversight_note)) return error_field(err, "oversight_note", "Enter the note");
	entry.enquiry = row.enquiry;
	return oversight_insert(hub->tx, &row, &made, err) && audit_write(hub, &entry, NULL, err);
}

bool oversight_list(struct hub *hub, struct enquiry_id enquiry, struct text cursor, int64_t limit,
	struct oversight_list *ret, struct error *err)
{
	struct oversight_page_in in = {
		.viewer = hub->actor.account, .enquiry = enquiry, .before_id = {INT64_MAX}, .limit = limit + 1};
	struct oversight_count_row total;
	struct oversight_rows rows;

	if (!text_none(cursor) && !text_int(cursor, &in.before_id.n))
		return error_field(err, "cursor", "Start from the first page of the list");
	if (!oversight_page(hub->tx, &in, &rows, err)) return false;
	if (!oversight_count(hub->tx, &(struct oversight_count_in){hub->actor.account, enquiry}, &total, err)) return false;
	*ret = (struct oversight_list){.rows = rows.rows, .count = rows.count, .total = total.count};
	if (rows.count > (size_t)limit) {
		ret->count = (size_t)limit;
		ret->next = arena_printf(hub->arena, "%lld", (long long)rows.rows[limit - 1].id.n);
	}
	record_hide_all(&oversight_record, ret->rows, ret->count, hub->actor.role, hub_relation(hub));
	return true;
}
