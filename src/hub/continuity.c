#include "hub/continuity.h"

#include "base/london.h"
#include "hub/print.h"

#define CHILDREN_BYTES 2000

/* "Ruth Archer, teacher, St Mary's School, 01865 123456" */
static struct text referrer_of(struct arena *arena, const struct continuity_row *row)
{
	const struct text parts[] = {
		row->referrer_name, row->referrer_role, row->referrer_organisation, row->referrer_phone};
	struct text all = TEXT_NONE;

	if (source_is_private(row->source_code)) return TEXT_NONE;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (text_blank(parts[i])) continue;
		all = text_none(all) ? parts[i] : arena_printf(arena, "%.*s, %.*s", TEXT_ARG(all), TEXT_ARG(parts[i]));
	}
	return all;
}

static void add_child(struct buffer *names, struct arena *arena, const struct continuity_children_row *child)
{
	const char *space = child->given_name.len && child->family_name.len ? " " : "";

	if (names->len) buffer_literal(names, "; ");
	if (text_blank(child->given_name) && text_blank(child->family_name)) buffer_literal(names, "name not known");
	buffer_printf(names, "%.*s%s%.*s", TEXT_ARG(child->given_name), space, TEXT_ARG(child->family_name));
	if (child->date_of_birth != DAY_NONE)
		buffer_printf(names, ", born %.*s", TEXT_ARG(day_words(arena, child->date_of_birth)));
}

/* The children of one enquiry stand together in the rows; found by halving. */
static size_t first_child(const struct continuity_children_rows *all, struct enquiry_id enquiry)
{
	size_t low = 0, high = all->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (all->rows[middle].enquiry.n < enquiry.n)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void children_of(struct arena *arena, const struct continuity_children_rows *all, struct continuity_line *line)
{
	BUFFER_SCOPE names;
	size_t i = first_child(all, line->row.enquiry);

	buffer_init(&names, CHILDREN_BYTES);
	line->address = TEXT_NONE;
	for (; i < all->count && all->rows[i].enquiry.n == line->row.enquiry.n; i++) {
		const struct continuity_children_row *child = &all->rows[i];

		add_child(&names, arena, child);
		if (text_none(line->address) && child->address.len)
			line->address = arena_printf(arena, "%.*s %.*s", TEXT_ARG(child->address), TEXT_ARG(child->postcode));
	}
	line->children = arena_text(arena, buffer_text(&names));
}

enum continuity_part continuity_part(const struct continuity_line *line)
{
	if (text_is(line->row.rag, "red")) return CONTINUITY_RED;
	return text_is(line->row.state, "received") ? CONTINUITY_UNSCREENED : CONTINUITY_OTHER;
}

const char *continuity_part_words(enum continuity_part part)
{
	static const char *const words[CONTINUITY_PARTS] = {"Red", "Not yet screened", "Amber and green"};

	return words[part];
}

static void fill(struct hub *hub, const struct continuity_rows *rows, const struct continuity_children_rows *children,
	struct continuity_view *ret)
{
	ret->rows = arena_new_array(hub->arena, rows->count, struct continuity_line);
	ret->count = rows->count;
	for (size_t i = 0; i < rows->count; i++) {
		struct continuity_line *line = &ret->rows[i];

		line->row = rows->rows[i];
		line->withheld = line->row.restricted && hub->actor.is_operator;
		ret->counts[continuity_part(line)]++;
		if (line->withheld) continue;
		children_of(hub->arena, children, line);
		line->referrer = referrer_of(hub->arena, &line->row);
	}
}

bool continuity_view(struct hub *hub, struct continuity_view *ret, struct error *err)
{
	struct continuity_open_in in = {.viewer = hub->actor.account, .limit = CONTINUITY_MOST};
	struct continuity_children_rows children;
	struct continuity_rows rows;

	*ret = (struct continuity_view){.authority = hub->authority, .simulated = hub->simulated, .at = hub->now};
	if (!hub_may(hub, ACTION_CONTINUITY, err)) return false;
	if (!continuity_open(hub->tx, &in, &rows, err)) return false;
	if (!continuity_children(hub->tx, &(struct continuity_children_in){in.viewer}, &children, err)) return false;
	if (!continuity_telephones(hub->tx, &(struct continuity_telephones_in){hub->now}, &ret->telephones, err))
		return false;
	if (!duty_on_call(hub, &ret->on_call, err)) return false;
	fill(hub, &rows, &children, ret);
	return hub_viewed(hub, ACTION_CONTINUITY, (struct enquiry_id){0}, TEXT("list"), err);
}

static void text_line(struct buffer *out, struct arena *arena, const struct continuity_line *line)
{
	const struct continuity_row *row = &line->row;

	buffer_printf(out, "[ ] %-18.*s %-12.*s due %-18.*s %.*s", TEXT_ARG(row->reference),
		TEXT_ARG(code_words_of(CODES_state, row->state)), TEXT_ARG(london_short(arena, row->due_key)),
		TEXT_ARG(text_none(row->holder) ? TEXT("with nobody") : row->holder));
	if (row->telephone.len) buffer_printf(out, ", %.*s", TEXT_ARG(row->telephone));
	if (line->withheld) {
		buffer_literal(out, "\n      Restricted: speak to whoever holds it, or a service manager.\n");
		return;
	}
	buffer_printf(out, "\n      %.*s", TEXT_ARG(line->children));
	if (line->address.len) buffer_printf(out, "\n      %.*s", TEXT_ARG(line->address));
	buffer_printf(out, "\n      %.*s; received %.*s", TEXT_ARG(code_words_of(CODES_concern, row->main_concern)),
		TEXT_ARG(london_short(arena, row->received_at)));
	if (line->referrer.len) buffer_printf(out, "; from %.*s", TEXT_ARG(line->referrer));
	buffer_literal(out, "\n");
}

static void text_telephones(struct buffer *out, const struct continuity_view *view)
{
	buffer_literal(out, "\nWHOM TO RING\n");
	for (size_t i = 0; i < view->on_call.count; i++)
		buffer_printf(out, "%-30.*s %.*s (on call)\n", TEXT_ARG(view->on_call.rows[i].name),
			TEXT_ARG(view->on_call.rows[i].telephone));
	for (size_t i = 0; i < view->telephones.count; i++)
		buffer_printf(out, "%-30.*s %.*s (%.*s)\n", TEXT_ARG(view->telephones.rows[i].name),
			TEXT_ARG(view->telephones.rows[i].telephone),
			TEXT_ARG(code_words_of(CODES_role, view->telephones.rows[i].role)));
}

void continuity_text(struct buffer *out, struct arena *arena, const struct continuity_view *view)
{
	buffer_printf(out, "CONTINUITY LIST, %.*s\n", TEXT_ARG(view->authority));
	if (view->simulated) buffer_literal(out, "Demonstration. Every person, record and decision is invented.\n");
	buffer_printf(out, "As at %.*s. %zu open: %zu red, %zu not yet screened.\n",
		TEXT_ARG(london_words(arena, view->at)), view->count, view->counts[CONTINUITY_RED],
		view->counts[CONTINUITY_UNSCREENED]);
	buffer_literal(out, "Confidential. Shred it once the system is back and what was done is entered.\n");
	for (int part = 0; part < CONTINUITY_PARTS; part++) {
		buffer_printf(out, "\n%s (%zu)\n", continuity_part_words((enum continuity_part)part), view->counts[part]);
		for (size_t i = 0; i < view->count; i++)
			if ((int)continuity_part(&view->rows[i]) == part) text_line(out, arena, &view->rows[i]);
	}
	text_telephones(out, view);
}

static void line_json(struct json *json, const struct continuity_line *line)
{
	const struct continuity_row *row = &line->row;

	json_open(json);
	json_member_text(json, "reference", row->reference);
	json_member_text(json, "state", row->state);
	json_member_text(json, "rag", row->rag);
	json_member_instant(json, "due_at", row->due_key);
	json_member_instant(json, "received_at", row->received_at);
	json_member_text(json, "allocated_to", row->holder);
	json_member_text(json, "telephone", row->telephone);
	json_member_bool(json, "withheld", line->withheld);
	json_member_text(json, "children", line->children);
	json_member_text(json, "address", line->address);
	json_member_text(json, "referrer", line->referrer);
	json_close(json);
}

void continuity_json(struct json *json, const struct continuity_view *view)
{
	json_member_instant(json, "at", view->at);
	json_member_int(json, "open", (int64_t)view->count);
	json_member_int(json, "red", (int64_t)view->counts[CONTINUITY_RED]);
	json_member_int(json, "unscreened", (int64_t)view->counts[CONTINUITY_UNSCREENED]);
	json_key(json, "enquiries");
	json_open_list(json);
	for (size_t i = 0; i < view->count; i++) line_json(json, &view->rows[i]);
	json_close_list(json);
	json_key(json, "telephones");
	json_open_list(json);
	for (size_t i = 0; i < view->telephones.count; i++) {
		json_open(json);
		json_member_text(json, "name", view->telephones.rows[i].name);
		json_member_text(json, "role", view->telephones.rows[i].role);
		json_member_text(json, "telephone", view->telephones.rows[i].telephone);
		json_close(json);
	}
	json_close_list(json);
}
