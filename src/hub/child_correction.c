#include "base/london.h"
#include "hub/child.h"
#include "hub/lock.h"
#include "sql/enquiry.h"

static const struct input_member correction_members[] = {
	{FIELD_child, COLUMN_INT, offsetof(struct child_correction, child), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct child_correction, reason), true},
	CHILD_MEMBERS(struct child_correction, as.),
};

const struct input_type child_correction_input = {
	.name = "child_correction",
	.size = sizeof(struct child_correction),
	INPUT_MEMBERS(correction_members),
};

static bool text_same(struct text a, struct text b)
{
	return text_blank(a) ? text_blank(b) : text_equal(a, b);
}

static bool member_same(
	const struct input_member *member, const struct child_receive *was, const struct child_receive *is)
{
	const char *a = (const char *)was + member->offset, *b = (const char *)is + member->offset;

	if (member->type == COLUMN_DAY) return *(const day *)a == *(const day *)b;
	return text_same(*(const struct text *)a, *(const struct text *)b);
}

/* "2;date_of_birth;nhs_number": which child and which fields, for the access log; no value where nothing changes. */
static struct text changed(
	struct hub *hub, int64_t position, const struct child_receive *was, const struct child_receive *is)
{
	struct text words = arena_printf(hub->arena, "%lld", (long long)position);
	size_t nothing = words.len;

	for (size_t i = 0; i < child_receive_input.member_count; i++) {
		const struct input_member *member = &child_receive_input.members[i];

		if (!member_same(member, was, is))
			words = arena_printf(hub->arena, "%.*s;%s", TEXT_ARG(words), field_name(member->field));
	}
	return words.len == nothing ? TEXT_NONE : words;
}

static bool keep_version(
	struct hub *hub, const struct child_correction *in, const struct child_row *row, struct error *err)
{
	struct child_version_insert_in version = {
		.child = row->id,
		.reason = in->reason,
		.corrected_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	return child_version_insert(hub->tx, &version, NULL, err);
}

static bool person_keeps_up(struct hub *hub, struct person_id person, const struct child_receive *as, struct error *err)
{
	struct person_correct_in in = {
		.id = person,
		.given_name = as->given_name,
		.family_name = as->family_name,
		.date_of_birth = as->date_of_birth,
		.expected_date = as->expected_date,
		.sex = as->sex,
		.ethnicity = as->ethnicity,
		.nhs_number = as->nhs_number,
	};

	return person_correct(hub->tx, &in, NULL, err);
}

static bool ask(
	struct hub *hub, const struct child_row *row, struct person_id person, const char *why, struct error *err)
{
	struct person_link_possible_in in = {
		.child = row->id, .person = person, .why = text_of(why), .recorded_at = hub->recorded_at};

	return person_link_possible(hub->tx, &in, NULL, err);
}

/*
 * Its person, as one and the same where it is this child's alone; otherwise, once what linked it has gone and nobody
 * had confirmed it, a person of its own, and the old one is asked about.
 */
static bool find_person(struct hub *hub, const struct child_row *row, const struct child_receive *as,
	struct person_id *ret, struct error *err)
{
	struct person_confirmed_in by_hand = {.child = row->id, .person = row->person};
	struct person_confirmed_row confirmed;
	struct person_others_row others;
	bool linked_so = text_same(row->nhs_number, as->nhs_number) && row->date_of_birth == as->date_of_birth, found;

	*ret = row->person;
	if (!person_others(hub->tx, &(struct person_others_in){.person = row->person, .child = row->id}, &others, err))
		return false;
	if (!others.count) return person_keeps_up(hub, row->person, as, err);
	if (linked_so) return true;
	if (!person_confirmed(hub->tx, &by_hand, &confirmed, &found, err)) return false;
	if (found) return true;
	if (!child_person_new(hub, as, ret, err)) return false;
	return ask(hub, row, row->person, "linked before the child was corrected", err);
}

/* Somebody known who has what the child is corrected to: asked, never linked by itself. */
static bool ask_alike(struct hub *hub, const struct child_row *row, const struct child_receive *as,
	struct person_id person, struct error *err)
{
	struct person_alike_in in = {as->nhs_number, as->date_of_birth, as->given_name, person};
	struct person_alike_row alike;
	bool found;

	if (text_blank(as->nhs_number) || as->date_of_birth == DAY_NONE) return true;
	if (!person_alike(hub->tx, &in, &alike, &found, err)) return false;
	return !found || ask(hub, row, alike.id, "same NHS number, date of birth and given name since a correction", err);
}

static bool write_child(struct hub *hub, const struct child_row *row, const struct child_receive *as, struct error *err)
{
	struct child_correct_row_in in = {
		.id = row->id,
		.given_name = as->given_name,
		.family_name = as->family_name,
		.date_of_birth = as->date_of_birth,
		.expected_date = as->expected_date,
		.sex = as->sex,
		.ethnicity = as->ethnicity,
		.nhs_number = as->nhs_number,
		.address = as->address,
		.postcode = as->postcode,
		.parent_name = as->parent_name,
	};

	if (!find_person(hub, row, as, &in.person, err)) return false;
	if (!child_correct_row(hub->tx, &in, NULL, err)) return false;
	return ask_alike(hub, row, as, in.person, err);
}

static bool check(struct hub *hub, const struct child_correction *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_reason, !text_blank(in->reason));
	child_receive_check(&decoder, &in->as, london_day(hub->now));
	return decode_ok(&decoder);
}

static bool stands(const struct child_row *row, struct error *err)
{
	if (row->removed_at == INSTANT_NONE) return true;
	error_field(err, "child", "This child was removed");
	return error_hint(err, "Put the child back first.");
}

/* Nobody else links to the person meanwhile, nor to whom the child is corrected to. */
static bool lock_persons(
	struct hub *hub, const struct child_row *row, const struct child_receive *as, struct error *err)
{
	const struct text numbers[] = {row->nhs_number, as->nhs_number};

	return hub_lock_keys(hub, LOCK_CHILD, numbers, sizeof numbers / sizeof *numbers, err);
}

bool child_correct(struct hub *hub, const struct child_correction *in, struct error *err)
{
	struct step step = {.action = ACTION_CORRECT_CHILD, .transition = TRANSITION_CHILD_CORRECTED};
	struct child_receive was;
	struct child_row row;
	struct episode episode;

	if (!hub_may(hub, ACTION_CORRECT_CHILD, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_CHILD_CORRECTED, err)) return false;
	if (!child_load(hub, &episode, in->child, &row, err) || !stands(&row, err)) return false;
	if (!check(hub, in, err)) return false;
	was = child_particulars_of(&row);
	step.detail = changed(hub, in->child, &was, &in->as);
	if (text_none(step.detail)) return error_refused(err, "nothing would change");
	if (!lock_persons(hub, &row, &in->as, err)) return false;
	if (!keep_version(hub, in, &row, err) || !write_child(hub, &row, &in->as, err)) return false;
	if (!episode_step(hub, &episode, &step, err)) return false;
	if (!child_settle(hub, &episode, err)) return false;
	return episode_save(hub, &episode, err);
}
