#include "hub/incident.h"

#include "sql/incident.h"

static const struct input_member link_members[] = {
	{FIELD_linked_to, COLUMN_TEXT, offsetof(struct incident_link, linked_to), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct incident_link, reason), true},
};

const struct input_type incident_link_input = {
	.name = "incident_link",
	.size = sizeof(struct incident_link),
	INPUT_MEMBERS(link_members),
};

/* The two enquiries, and the link between them if one stands. */
struct pair {
	struct episode one;
	struct episode other;
	struct enquiry_id lower;
	struct enquiry_id higher;
	struct incident_link_id link; /* 0: none */
};

/* One that isn't there and one that the actor may not see are told in the same words. */
static bool load_other(struct hub *hub, struct text reference, struct episode *ret, struct error *err)
{
	struct error why = {0};

	if (episode_lock(hub, reference, VERSION_ANY, ret, &why)) return true;
	if (why.kind == ERROR_NOT_FOUND)
		return error_field(err, "linked_to", "%s", "There is no enquiry of this reference");
	*err = why;
	return false;
}

static bool load(struct hub *hub, const struct incident_link *in, struct pair *pair, struct error *err)
{
	struct incident_standing_in between = {.viewer = hub->actor.account};
	struct incident_standing_row standing;
	bool found;

	if (!hub_may(hub, ACTION_LINK, err)) return false;
	if (!enquiries_lock(hub, (const struct text[]){in->on.reference, in->linked_to}, 2, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &pair->one, err)) return false;
	if (text_blank(in->linked_to)) return error_field(err, "linked_to", "Enter the reference of the other enquiry");
	if (!load_other(hub, in->linked_to, &pair->other, err)) return false;
	if (pair->one.enquiry.n == pair->other.enquiry.n)
		return error_field(err, "linked_to", "Give the reference of another enquiry: this is the same one");
	pair->lower = pair->one.enquiry.n < pair->other.enquiry.n ? pair->one.enquiry : pair->other.enquiry;
	pair->higher = pair->one.enquiry.n < pair->other.enquiry.n ? pair->other.enquiry : pair->one.enquiry;
	between.enquiry = pair->lower;
	between.other = pair->higher;
	if (!incident_standing(hub->tx, &between, &standing, &found, err)) return false;
	pair->link = found ? standing.id : (struct incident_link_id){0};
	return true;
}

/* It stands in the history of both, without the other's reference: not everybody who reads the one may see the other. */
static bool tell_both(struct hub *hub, struct pair *pair, enum transition transition, struct error *err)
{
	struct step on_one = {.action = ACTION_LINK, .transition = transition};
	struct step on_other = {.action = ACTION_LINK, .transition = transition};

	return episode_step(hub, &pair->one, &on_one, err) && episode_step(hub, &pair->other, &on_other, err);
}

bool incident_link(struct hub *hub, const struct incident_link *in, struct error *err)
{
	struct incident_insert_in insert = {
		.reason = in->reason, .linked_by = hub->actor.account, .at = hub->now, .recorded_at = hub->recorded_at};
	struct pair pair;

	if (!load(hub, in, &pair, err)) return false;
	if (pair.link.n) return error_field(err, "linked_to", "The two are linked already");
	if (text_blank(in->reason)) return error_field(err, "reason", "Enter why they are the same incident");
	if (!tell_both(hub, &pair, TRANSITION_LINKED, err)) return false;
	insert.enquiry = pair.lower;
	insert.other = pair.higher;
	return incident_insert(hub->tx, &insert, NULL, err);
}

bool incident_unlink(struct hub *hub, const struct incident_link *in, struct error *err)
{
	struct incident_end_in end = {.ended_at = hub->now, .ended_by = hub->actor.account, .ended_reason = in->reason};
	struct pair pair;

	if (!load(hub, in, &pair, err)) return false;
	if (!pair.link.n) return error_field(err, "linked_to", "The two are not linked");
	if (text_blank(in->reason)) return error_field(err, "reason", "Enter why they are not the same incident");
	if (!tell_both(hub, &pair, TRANSITION_UNLINKED, err)) return false;
	end.id = pair.link;
	return incident_end(hub->tx, &end, NULL, err);
}
