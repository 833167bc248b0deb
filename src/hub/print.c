#include "hub/print.h"

#include "sql/print.h"

static const struct input_member print_members[] = {
	{FIELD_parts, COLUMN_TEXT, offsetof(struct enquiry_print, parts), true},
	{FIELD_private_people, COLUMN_BOOL, offsetof(struct enquiry_print, private_people), false},
	{FIELD_private_reason, COLUMN_TEXT, offsetof(struct enquiry_print, private_reason), false},
};

const struct input_type enquiry_print_input = {
	.name = "enquiry_print",
	.size = sizeof(struct enquiry_print),
	INPUT_MEMBERS(print_members),
};

bool source_is_private(struct text source_code)
{
	static const char *const codes[] = {"1A", "1B", "1C", "1D", "9"};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (text_is(source_code, codes[i])) return true;
	return false;
}

bool enquiry_unseen(struct hub *hub, struct text reference, struct enquiry_id *ret, struct error *err)
{
	struct print_unseen_row row = {0};
	bool found;

	if (!print_unseen(hub->tx, &(struct print_unseen_in){reference}, &row, &found, err)) return false;
	*ret = found ? row.id : (struct enquiry_id){0};
	return true;
}

/* A referrer's words of their own name go with them; a professional's stay. */
static void leave_out(struct print_view *view)
{
	struct enquiry_head *head = &view->enquiry.head;

	if (view->private_people) return;
	view->referrer_left_out = source_is_private(head->source_code);
	if (view->referrer_left_out)
		head->referrer_name = head->referrer_role = head->referrer_organisation = head->referrer_email =
			head->referrer_phone = TEXT_NONE;
	for (size_t i = 0; i < view->contacts.count; i++) view->contacts.rows[i].with_whom = TEXT_NONE;
	for (size_t i = 0; i < view->enquiry.further_information.count; i++)
		view->enquiry.further_information.rows[i].referrer_name = TEXT_NONE;
	for (size_t i = 0; i < view->enquiry.strategy_discussions.count; i++)
		view->enquiry.strategy_discussions.rows[i].took_part = TEXT_NONE;
}

static void choose(struct print_view *view, struct text parts)
{
	struct text rest = parts, part;

	while (text_split(&rest, ';', &part)) {
		enum print_part which = print_part_of(text_trim(part));

		if (which != PRINT_PART_NONE) view->has[which] = true;
	}
}

/* Which parts, in their codes; and why people outside the family are on the paper. */
static bool note(struct hub *hub, const struct enquiry_print *in, const struct print_view *view, struct error *err)
{
	struct text detail = arena_printf(hub->arena, "parts=%.*s", TEXT_ARG(in->parts));

	if (in->private_people)
		detail = arena_printf(
			hub->arena, "%.*s private_people=yes reason=%.*s", TEXT_ARG(detail), TEXT_ARG(in->private_reason));
	return hub_viewed(hub, ACTION_PRINT, view->enquiry.head.id, detail, err);
}

bool enquiry_print(
	struct hub *hub, struct text reference, const struct enquiry_print *in, struct print_view *ret, struct error *err)
{
	*ret = (struct print_view){
		.private_people = in->private_people, .printed_by = hub->actor.name, .printed_at = hub->now};
	if (!hub_may(hub, ACTION_PRINT, err)) return false;
	if (in->private_people && text_blank(in->private_reason))
		return error_field(err, "private_reason", "Enter why private people and third parties are included");
	if (!enquiry_view(hub, reference, &ret->enquiry, err)) return false;
	if (!ret->enquiry.sees_case) {
		error_denied(err, "your role does not see what this record holds");
		return error_hint(err, "Ask somebody of the hub to print it.");
	}
	choose(ret, in->parts);
	if (!contact_list(hub, ret->enquiry.head.id, TEXT_NONE, PRINT_CONTACTS_MOST, &ret->contacts, err)) return false;
	leave_out(ret);
	return note(hub, in, ret, err);
}
