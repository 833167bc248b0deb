#include "hub/enquiry_changes.h"

#include "base/london.h"
#include "hub/child.h"
#include "rules/identifiers.h"

#define LOAD(query, member, record)                                                                                    \
	(query(hub->tx, &(struct query##_in){.viewer = hub->actor.account, .enquiry = enquiry}, &changes.member, err)      \
			? (record_hide_all(                                                                                        \
				   &record, changes.member.rows, changes.member.count, hub->actor.role, RELATION_ORDINARY),            \
				  true)                                                                                                \
			: false)

bool enquiry_changes_load(struct hub *hub, struct enquiry_id enquiry, struct enquiry_changes *ret, struct error *err)
{
	struct enquiry_changes changes = {0};

	if (!LOAD(enquiry_child_versions, versions, enquiry_child_version_record)) return false;
	if (!LOAD(enquiry_links, links, enquiry_link_record)) return false;
	if (!LOAD(enquiry_moves, moves, enquiry_move_made_record)) return false;
	if (!LOAD(enquiry_duplicates, duplicates, enquiry_duplicate_record)) return false;
	if (!LOAD(enquiry_episodes, episodes, enquiry_episode_record)) return false;
	if (!LOAD(enquiry_episode_outcomes, outcomes, enquiry_episode_outcome_record)) return false;
	*ret = changes;
	return true;
}

static struct text value_words(struct arena *arena, enum field field, struct text value)
{
	const struct field_description *f = field_describe(field);

	if (text_blank(value)) return TEXT("not known");
	if (field == FIELD_nhs_number) return nhs_number_shown(arena, value);
	if (f->codes != CODES_none) return code_words_of(f->codes, value);
	return value;
}

static struct text day_or_not(struct arena *arena, day on)
{
	return on == DAY_NONE ? TEXT("not known") : day_words(arena, on);
}

#define PARTICULARS(row)                                                                                               \
	{                                                                                                                  \
		(row)->given_name, (row)->family_name, (row)->date_of_birth, (row)->expected_date, (row)->sex,                 \
			(row)->ethnicity, (row)->nhs_number, (row)->address, (row)->postcode, (row)->parent_name                   \
	}

/* What the version was corrected to: the next one of the same child, or how the child stands. */
static bool corrected_to(const struct enquiry_changes *changes, size_t version,
	const struct enquiry_child_rows *children, struct child_receive *ret)
{
	const struct enquiry_child_version *row = &changes->versions.rows[version];

	if (version + 1 < changes->versions.count && row[1].child.n == row->child.n) {
		*ret = (struct child_receive)PARTICULARS(&row[1]);
		return true;
	}
	for (size_t i = 0; i < children->count; i++) {
		if (children->rows[i].id.n != row->child.n) continue;
		*ret = (struct child_receive)PARTICULARS(&children->rows[i]);
		return true;
	}
	return false;
}

static bool change_of(struct arena *arena, const struct input_member *member, const struct child_receive *from,
	const struct child_receive *to, struct child_change *ret)
{
	const char *a = (const char *)from + member->offset, *b = (const char *)to + member->offset;

	ret->field = member->field;
	if (member->type == COLUMN_DAY) {
		ret->from = day_or_not(arena, *(const day *)a);
		ret->to = day_or_not(arena, *(const day *)b);
	} else {
		ret->from = value_words(arena, member->field, *(const struct text *)a);
		ret->to = value_words(arena, member->field, *(const struct text *)b);
	}
	return !text_equal(ret->from, ret->to);
}

struct child_changes child_changes_of(struct arena *arena, const struct enquiry_changes *changes, size_t version,
	const struct enquiry_child_rows *children)
{
	size_t most = child_receive_input.member_count;
	struct child_changes list = {.rows = arena_new_array(arena, most, struct child_change)};
	struct child_receive from = PARTICULARS(&changes->versions.rows[version]), to;

	if (!corrected_to(changes, version, children, &to)) return list;
	for (size_t i = 0; i < most; i++)
		list.count += change_of(arena, &child_receive_input.members[i], &from, &to, &list.rows[list.count]);
	return list;
}

static void correction_json(struct json *json, struct arena *arena, const struct enquiry_changes *changes,
	size_t version, const struct enquiry_child_rows *children)
{
	struct child_changes list = child_changes_of(arena, changes, version, children);

	json_open(json);
	record_json(json, &enquiry_child_version_record, &changes->versions.rows[version]);
	json_key(json, "changes");
	json_open_list(json);
	for (size_t i = 0; i < list.count; i++) {
		json_open(json);
		json_member_text(json, "field", text_of(field_name(list.rows[i].field)));
		json_member_text(json, "from", list.rows[i].from);
		json_member_text(json, "to", list.rows[i].to);
		json_close(json);
	}
	json_close_list(json);
	json_close(json);
}

static void episodes_json(struct json *json, const struct enquiry_changes *changes)
{
	json_key(json, "episodes");
	json_open_list(json);
	for (size_t i = 0; i < changes->episodes.count; i++) {
		json_open(json);
		record_json(json, &enquiry_episode_record, &changes->episodes.rows[i]);
		json_key(json, "outcomes");
		json_open_list(json);
		for (size_t k = 0; k < changes->outcomes.count; k++) {
			if (changes->outcomes.rows[k].episode.n != changes->episodes.rows[i].id.n) continue;
			json_open(json);
			record_json(json, &enquiry_episode_outcome_record, &changes->outcomes.rows[k]);
			json_close(json);
		}
		json_close_list(json);
		json_close(json);
	}
	json_close_list(json);
}

/* The links that stand come first. */
static bool linked(const struct enquiry_changes *changes)
{
	return changes->links.count && changes->links.rows[0].ended_at == INSTANT_NONE;
}

void enquiry_changes_json(struct json *json, struct arena *arena, const struct enquiry_changes *changes,
	const struct enquiry_child_rows *children)
{
	json_key(json, "corrections");
	json_open_list(json);
	for (size_t i = 0; i < changes->versions.count; i++) correction_json(json, arena, changes, i, children);
	json_close_list(json);
	json_member_bool(json, "linked", linked(changes));
	record_list_json(json, "links", &enquiry_link_record, changes->links.rows, changes->links.count);
	record_list_json(json, "moves", &enquiry_move_made_record, changes->moves.rows, changes->moves.count);
	record_list_json(
		json, "duplicates", &enquiry_duplicate_record, changes->duplicates.rows, changes->duplicates.count);
	episodes_json(json, changes);
}
