#include "hub/advice.h"

static const struct input_member advice_members[] = {
	{FIELD_advice_to, COLUMN_TEXT, offsetof(struct advice_give, advice_to), true},
	{FIELD_advice, COLUMN_TEXT, offsetof(struct advice_give, advice), true},
};

const struct input_type advice_give_input = {
	.name = "advice_give",
	.size = sizeof(struct advice_give),
	INPUT_MEMBERS(advice_members),
};

static bool check(const struct hub *hub, const struct advice_give *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_advice_to, advice_to_of(in->advice_to) != ADVICE_TO_NONE);
	decode_required(&decoder, FIELD_advice, !text_blank(in->advice));
	return decode_ok(&decoder);
}

bool advice_give(struct hub *hub, const struct advice_give *in, struct advice_id *ret, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_ADVISE};
	struct advice_insert_row row;
	struct advice_insert_in insert = {
		.to_whom = in->advice_to,
		.advice = in->advice,
		.given_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_ADVISE, err)) return false;
	if (!text_blank(in->on.reference) && !enquiry_find(hub, in->on.reference, &insert.enquiry, err)) return false;
	if (!check(hub, in, err)) return false;
	entry.enquiry = insert.enquiry;
	if (!advice_insert(hub->tx, &insert, &row, err)) return false;
	if (!audit_write(hub, &entry, NULL, err)) return false;
	*ret = row.id;
	return true;
}
