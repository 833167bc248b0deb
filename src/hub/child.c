#include "hub/child.h"

#include "base/london.h"
#include "hub/lock.h"
#include "hub/person_link.h"
#include "hub/proposal.h"
#include "rules/child.h"
#include "rules/risk.h"
#include "sql/enquiry.h"

static const struct input_member receive_members[] = {CHILD_MEMBERS(struct child_receive, )};

const struct input_type child_receive_input = {
	.name = "child_receive",
	.size = sizeof(struct child_receive),
	INPUT_MEMBERS(receive_members),
};

/* Something to know the child by: a name, an expected date, whose child it is or where. */
static bool child_named(const struct child_receive *child)
{
	return !text_none(child->given_name) || !text_none(child->family_name) || !text_none(child->parent_name) ||
		   !text_none(child->address) || child->expected_date != DAY_NONE;
}

void child_receive_check(struct decoder *decoder, const struct child_receive *child, day received)
{
	struct child_particulars particulars = {
		.date_of_birth = child->date_of_birth,
		.expected_date = child->expected_date,
	};

	if (!child_check(decoder, &particulars, received)) return;
	if (!child_named(child)) decode_problem(decoder, FIELD_given_name, "Give a name, or the parent's name or address");
}

bool child_person_new(struct hub *hub, const struct child_receive *child, struct person_id *ret, struct error *err)
{
	struct person_insert_row made;
	struct person_insert_in in = {
		.given_name = child->given_name,
		.family_name = child->family_name,
		.date_of_birth = child->date_of_birth,
		.expected_date = child->expected_date,
		.sex = child->sex,
		.ethnicity = child->ethnicity,
		.nhs_number = child->nhs_number,
		.recorded_at = hub->recorded_at,
	};

	if (!person_insert(hub->tx, &in, &made, err)) return false;
	*ret = made.id;
	return true;
}

/* The person this child certainly is (same NHS number, date of birth and given name), else a new one. */
static bool person_of(struct hub *hub, const struct child_receive *child, struct child_written *ret, struct error *err)
{
	struct person_same_nhs_number_in same = {child->nhs_number, child->date_of_birth, child->given_name};
	struct person_same_nhs_number_row known;

	ret->known = false;
	if (!text_none(child->nhs_number) && child->date_of_birth != DAY_NONE &&
		!person_same_nhs_number(hub->tx, &same, &known, &ret->known, err))
		return false;
	if (!ret->known) return child_person_new(hub, child, &ret->person, err);
	ret->person = known.id;
	tx_changed_of(hub->tx, CHANGE_PERSON, known.id.n); /* the pages of their other enquiries show this one */
	return true;
}

bool child_write(struct hub *hub, const struct child_new *new, const struct child_receive *child,
	struct child_written *ret, struct error *err)
{
	struct child_insert_row row;
	bool possible;
	struct child_insert_in in = {
		.enquiry = new->enquiry,
		.position = new->position,
		.given_name = child->given_name,
		.family_name = child->family_name,
		.date_of_birth = child->date_of_birth,
		.expected_date = child->expected_date,
		.sex = child->sex,
		.ethnicity = child->ethnicity,
		.nhs_number = child->nhs_number,
		.address = child->address,
		.postcode = child->postcode,
		.parent_name = child->parent_name,
		.added_reason = new->added_reason,
		.recorded_by = hub->actor.account,
		.recorded_at = hub->recorded_at,
	};

	*ret = (struct child_written){.person = new->person, .known = true};
	if (!new->person.n && !person_of(hub, child, ret, err)) return false;
	in.person = ret->person;
	if (!child_insert(hub->tx, &in, &row, err)) return false;
	ret->id = row.id;
	if (!person_link_seek(hub, row.id, child, &possible, err)) return false;
	ret->known |= possible;
	return true;
}

bool child_load(
	struct hub *hub, const struct episode *episode, int64_t position, struct child_row *ret, struct error *err)
{
	struct child_at_in in = {
		.viewer = hub->actor.account, .enquiry = episode->enquiry, .episode = episode->id, .position = position};
	bool found;

	if (!child_at(hub->tx, &in, ret, &found, err)) return false;
	return found || error_field(err, "child", "The enquiry has no such child");
}

struct child_receive child_particulars_of(const struct child_row *row)
{
	return (struct child_receive){
		.given_name = row->given_name,
		.family_name = row->family_name,
		.date_of_birth = row->date_of_birth,
		.expected_date = row->expected_date,
		.sex = row->sex,
		.ethnicity = row->ethnicity,
		.nhs_number = row->nhs_number,
		.address = row->address,
		.postcode = row->postcode,
		.parent_name = row->parent_name,
	};
}

#define CAME_BEFORE_WITHIN (90 * DAY_MS)

/* As at receipt: how old the children were then, and who had come before. */
static bool order_anew(struct hub *hub, const struct episode *episode, struct error *err)
{
	struct enquiry_came_before_in before = {.since = episode->received_at - CAME_BEFORE_WITHIN,
		.enquiry = episode->enquiry,
		.received_at = episode->received_at};
	struct risk risk = {.immediate_danger = episode->immediate_danger,
		.concerns = episode->concerns,
		.source = source_of(episode->source_code),
		.received_at = episode->received_at};
	struct enquiry_came_before_row came;
	struct child_births_rows births;
	struct episode_risk_in in = {.episode = episode->id};

	if (!enquiry_came_before(hub->tx, &before, &came, err)) return false;
	if (!child_births(hub->tx, &(struct child_births_in){episode->enquiry}, &births, err)) return false;
	risk.came_before = came.found;
	for (size_t i = 0; i < births.count; i++)
		if (risk_under_one(
				births.rows[i].date_of_birth, births.rows[i].expected_date, london_day(episode->received_at)))
			risk.under_one_or_unborn = true;
	in.risk_order = risk_rank(&risk);
	return episode_risk(hub->tx, &in, NULL, err);
}

bool child_settle(struct hub *hub, const struct episode *episode, struct error *err)
{
	if (!child_count_anew(hub->tx, &(struct child_count_anew_in){episode->enquiry}, NULL, err)) return false;
	return !state_open(state_of(episode->state)) || order_anew(hub, episode, err);
}

/* What waits to screen it out speaks of every child but this one: nobody could agree to it any more. */
static bool overtake_screen_out(struct hub *hub, struct episode *episode, struct error *err)
{
	if (proposal_kind_of(episode->pending) != PROPOSAL_SCREEN_OUT) return true;
	return proposal_overtake(hub, episode, err);
}

static bool put(struct hub *hub, struct episode *episode, const struct child_new *new,
	const struct child_receive *particulars, struct error *err)
{
	struct balance_change added = {.kind = "added", .unit = BALANCE_CHILD};
	struct step step = {.action = ACTION_ADD_CHILD, .transition = TRANSITION_CHILD_ADDED};
	struct child_written written;

	step.detail = arena_printf(hub->arena, "%lld", (long long)new->position);
	if (!child_write(hub, new, particulars, &written, err)) return false;
	added.child = written.id;
	if (!balance_write(hub, episode, &added, err)) return false;
	if (!overtake_screen_out(hub, episode, err)) return false;
	if (!episode_step(hub, episode, &step, err)) return false;
	if (!child_settle(hub, episode, err)) return false;
	return episode_save(hub, episode, err);
}

static bool next_position(struct hub *hub, const struct episode *episode, int64_t *ret, struct error *err)
{
	struct child_last_position_row last;

	if (!child_last_position(hub->tx, &(struct child_last_position_in){episode->enquiry}, &last, err)) return false;
	*ret = last.position + 1;
	return true;
}

static bool there_is_room(const struct episode *episode, struct error *err)
{
	if (episode->child_count < CHILDREN_MOST) return true;
	error_refused(err, "an enquiry has at most %d children", CHILDREN_MOST);
	return error_hint(err, "Record another enquiry for the others, and link the two as one incident.");
}

static const struct input_member add_members[] = {
	{FIELD_reason, COLUMN_TEXT, offsetof(struct child_add, reason), true},
	CHILD_MEMBERS(struct child_add, child.),
};

const struct input_type child_add_input = {
	.name = "child_add",
	.size = sizeof(struct child_add),
	INPUT_MEMBERS(add_members),
};

bool child_add(struct hub *hub, const struct child_add *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);
	struct child_new new = {.added_reason = in->reason};
	struct episode episode;

	if (!hub_may(hub, ACTION_ADD_CHILD, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_CHILD_ADDED, err)) return false;
	decode_required(&decoder, FIELD_reason, !text_blank(in->reason));
	child_receive_check(&decoder, &in->child, london_day(hub->now));
	if (!decode_ok(&decoder) || !there_is_room(&episode, err)) return false;
	if (!hub_lock_keys(hub, LOCK_CHILD, &in->child.nhs_number, 1, err)) return false;
	new.enquiry = episode.enquiry;
	if (!next_position(hub, &episode, &new.position, err)) return false;
	return put(hub, &episode, &new, &in->child, err);
}

static const struct input_member restore_members[] = {
	{FIELD_child, COLUMN_INT, offsetof(struct child_restore, child), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct child_restore, reason), true},
};

const struct input_type child_restore_input = {
	.name = "child_restore",
	.size = sizeof(struct child_restore),
	INPUT_MEMBERS(restore_members),
};

static bool was_removed(const struct child_row *row, struct error *err)
{
	if (row->removed_at == INSTANT_NONE) return error_field(err, "child", "This child was not removed");
	if (row->put_back_as == INT_NONE) return true;
	return error_field(err, "child", "This child was put back already, as child %lld", (long long)row->put_back_as);
}

bool child_restore(struct hub *hub, const struct child_restore *in, struct error *err)
{
	struct child_put_back_in back;
	struct child_new new = {.added_reason = in->reason};
	struct child_receive particulars;
	struct child_row row;
	struct episode episode;

	if (!hub_may(hub, ACTION_REMOVE_CHILD, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_CHILD_ADDED, err)) return false;
	if (!child_load(hub, &episode, in->child, &row, err) || !was_removed(&row, err)) return false;
	if (text_blank(in->reason)) return error_field(err, "reason", "Enter why the child is put back");
	if (!there_is_room(&episode, err) || !next_position(hub, &episode, &new.position, err)) return false;
	new.enquiry = episode.enquiry;
	new.person = row.person;
	back = (struct child_put_back_in){.id = row.id, .put_back_as = new.position};
	if (!child_put_back(hub->tx, &back, NULL, err)) return false;
	particulars = child_particulars_of(&row);
	return put(hub, &episode, &new, &particulars, err);
}
