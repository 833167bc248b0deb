/*
 * Search before create: earlier enquiries about what may be the same child, found by NHS number and by both names,
 * shown before anything is recorded. A notice, never a block.
 */
#include "web/record_earlier.h"

static bool have(const struct record_earlier *earlier, const struct enquiry_found *row)
{
	for (size_t i = 0; i < earlier->count; i++)
		if (earlier->rows[i].child.n == row->child.n) return true;
	return false;
}

static void keep(struct record_earlier *earlier, const struct enquiry_found_list *found)
{
	size_t kept = 0;

	for (size_t i = 0; i < found->count && !found->more; i++) {
		if (!found->rows[i].child.n || have(earlier, &found->rows[i])) continue;
		if (kept == EARLIER_PER_CHILD || earlier->count == EARLIER_ROWS_MOST) {
			earlier->more = true;
			return;
		}
		earlier->rows[earlier->count++] = found->rows[i];
		kept++;
	}
	earlier->more |= found->more;
}

static bool look_for(struct hub *hub, struct text query, struct record_earlier *earlier, struct error *err)
{
	struct enquiry_found_list found;

	if (text_none(query)) return true;
	if (!enquiry_search(hub, query, &found, err)) return false;
	keep(earlier, &found);
	return true;
}

static struct text both_names(struct arena *arena, const struct child_receive *child)
{
	if (text_none(child->given_name) || text_none(child->family_name)) return TEXT_NONE;
	return arena_printf(arena, "%.*s %.*s", TEXT_ARG(child->given_name), TEXT_ARG(child->family_name));
}

bool record_find_earlier(
	struct hub *hub, const struct enquiry_receive *in, struct record_earlier *ret, struct error *err)
{
	const struct child_receive *children = in->children.rows;

	*ret = (struct record_earlier){.rows = arena_new_array(hub->arena, EARLIER_ROWS_MOST, struct enquiry_found)};
	if (!hub_can(hub, ACTION_FIND)) return true;
	for (size_t i = 0; i < in->children.count; i++) {
		if (!look_for(hub, children[i].nhs_number, ret, err)) return false;
		if (!look_for(hub, both_names(hub->arena, &children[i]), ret, err)) return false;
	}
	return true;
}
