#include "hub/restriction.h"

#include "hub/duty.h"
#include "hub/glass.h"
#include "rules/clock.h"
#include "sql/glass.h"
#include "sql/hand_over.h"

static const struct input_member put_members[] = {
	{FIELD_restriction_kind, COLUMN_TEXT, offsetof(struct restriction_put, restriction_kind), true},
	{FIELD_restriction_reason, COLUMN_TEXT, offsetof(struct restriction_put, restriction_reason), true},
	{FIELD_owner, COLUMN_ID, offsetof(struct restriction_put, owner), false},
};

const struct input_type restriction_put_input = {
	.name = "restriction_put",
	.size = sizeof(struct restriction_put),
	INPUT_MEMBERS(put_members),
};

static const struct input_member review_members[] = {
	{FIELD_owner, COLUMN_ID, offsetof(struct restriction_review, owner), false},
};

const struct input_type restriction_review_input = {
	.name = "restriction_review",
	.size = sizeof(struct restriction_review),
	INPUT_MEMBERS(review_members),
};

static const struct input_member lift_members[] = {
	{FIELD_lifted_reason, COLUMN_TEXT, offsetof(struct restriction_lift, lifted_reason), true},
};

const struct input_type restriction_lift_input = {
	.name = "restriction_lift",
	.size = sizeof(struct restriction_lift),
	INPUT_MEMBERS(lift_members),
};

bool concerns_allege(struct text concerns)
{
	struct text code;

	while (text_split(&concerns, ';', &code))
		if (concern_of(code) == CONCERN_ALLEGATION_AGAINST_PROFESSIONAL) return true;
	return false;
}

struct text restriction_speak_to(struct text owner_name, struct account_id owner)
{
	return owner.n == OPERATOR_ACCOUNT.n || text_none(owner_name) ? TEXT("the duty manager") : owner_name;
}

static instant review_due(const struct hub *hub)
{
	return hub->recorded_at + hub->policy->restriction_review_days * DAY_MS;
}

bool restriction_admit(struct hub *hub, struct enquiry_id enquiry, struct account_id account, struct error *err)
{
	struct restriction_person_add_in in = {
		.enquiry = enquiry, .account = account, .named_by = hub->actor.account, .at = hub->now};

	if (!account.n || account.n == OPERATOR_ACCOUNT.n) return true;
	return restriction_person_add(hub->tx, &in, NULL, err);
}

static bool admit_people(
	struct hub *hub, struct enquiry_id enquiry, const struct duty_people *people, struct error *err)
{
	for (size_t i = 0; i < people->count; i++)
		if (!restriction_admit(hub, enquiry, people->rows[i].account, err)) return false;
	return true;
}

/* Everybody of a role: where the rota names nobody. */
static bool admit_role(struct hub *hub, struct enquiry_id enquiry, enum role role, struct error *err)
{
	struct restriction_owners_rows rows;

	if (!restriction_owners(hub->tx, &(struct restriction_owners_in){.at = hub->recorded_at}, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (role_of(rows.rows[i].role) == role && !restriction_admit(hub, enquiry, rows.rows[i].id, err)) return false;
	return true;
}

/* The rota's people for a duty, else everybody of a role. */
static bool admit_duty_or(
	struct hub *hub, struct enquiry_id enquiry, enum duty duty, enum role otherwise, struct error *err)
{
	struct duty_people people;

	if (!duty_now(hub, duty, &people, err)) return false;
	if (people.count) return admit_people(hub, enquiry, &people, err);
	return otherwise == ROLE_NONE || admit_role(hub, enquiry, otherwise, err);
}

bool restriction_admit_edt(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	struct hub now = *hub;

	now.now = hub->recorded_at;
	if (!admit_duty_or(&now, enquiry, DUTY_EDT_WORKER, ROLE_NONE, err)) return false;
	return admit_duty_or(&now, enquiry, DUTY_EDT_MANAGER, ROLE_EDT_MANAGER, err);
}

bool restriction_admit_duty(struct hub *hub, struct enquiry_id enquiry, struct error *err)
{
	struct hub now = *hub;

	now.now = hub->recorded_at;
	if (!admit_duty_or(&now, enquiry, DUTY_MANAGER, ROLE_PRACTICE_MANAGER, err)) return false;
	if (!admit_duty_or(&now, enquiry, DUTY_SCREENER, ROLE_NONE, err)) return false;
	return clock_is_open(hub->policy, now.now) || restriction_admit_edt(hub, enquiry, err);
}

bool restriction_cover_due(struct hub *hub, bool *ret, struct error *err)
{
	struct restriction_uncovered_rows rows;

	if (!restriction_uncovered(hub->tx, &rows, err)) return false;
	*ret = rows.count > 0;
	return true;
}

bool restriction_cover(struct hub *hub, struct error *err)
{
	struct restriction_uncovered_rows rows;

	if (!restriction_uncovered(hub->tx, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (!restriction_admit_duty(hub, rows.rows[i].enquiry, err)) return false;
	return true;
}

/* Whose it is to review: the duty manager, else the first of the managers, else whoever records it. */
static bool choose_owner(struct hub *hub, struct account_id *ret, struct error *err)
{
	struct hub now = *hub;
	struct duty_people managers;
	struct restriction_owners_rows rows;

	now.now = hub->recorded_at;
	if (!duty_now(&now, DUTY_MANAGER, &managers, err)) return false;
	*ret = managers.count ? managers.rows[0].account : hub->actor.account;
	if (managers.count) return true;
	if (!restriction_owners(hub->tx, &(struct restriction_owners_in){.at = now.now}, &rows, err)) return false;
	for (size_t i = rows.count; i > 0; i--)
		if (role_of(rows.rows[i - 1].role) == ROLE_PRACTICE_MANAGER) *ret = rows.rows[i - 1].id;
	return true;
}

struct putting {
	enum restriction_kind kind;
	struct text reason;
	struct account_id owner;
};

/* The restriction itself, its step in the history, and those who see it at once: who writes it, owns it, holds it. */
static bool put(struct hub *hub, struct episode *episode, const struct putting *what, struct error *err)
{
	struct text kind = restriction_kind_text(what->kind);
	struct step step = {.action = ACTION_RESTRICT, .transition = TRANSITION_RESTRICTED, .detail = kind};
	struct restriction_insert_row made;
	struct restriction_insert_in in = {
		.enquiry = episode->enquiry,
		.kind = kind,
		.reason = what->reason,
		.owner = what->owner,
		.restricted_by = hub->actor.account,
		.at = hub->now,
		.review_due_at = review_due(hub),
		.recorded_at = hub->recorded_at,
	};

	if (!episode_step(hub, episode, &step, err)) return false;
	if (!enquiry_restricted(hub->tx, &(struct enquiry_restricted_in){true, episode->enquiry}, NULL, err)) return false;
	if (!restriction_insert(hub->tx, &in, &made, err)) return false;
	return restriction_admit(hub, episode->enquiry, hub->actor.account, err) &&
		   restriction_admit(hub, episode->enquiry, what->owner, err) &&
		   restriction_admit(hub, episode->enquiry, episode->worker, err) &&
		   restriction_admit(hub, episode->enquiry, episode->held_by, err);
}

/* To the designated officer for allegations within a working day; once for an enquiry. */
static bool hand_to_lado(struct hub *hub, const struct episode *episode, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_HAND_OVER, .enquiry = episode->enquiry, .detail = TEXT("lado")};
	struct lado_given_row given;
	struct hand_over_insert_row made;
	struct hand_over_insert_in in = {
		.episode = episode->id,
		.kind = hand_over_kind_text(HAND_OVER_LADO),
		.to_whom = TEXT("Designated officer (LADO)"),
		.made_by = hub->actor.account,
		.made_at = hub->now,
		.due_at = clock_other_due(hub->policy, CLOCK_LADO, hub->now),
		.recorded_at = hub->recorded_at,
	};

	if (!lado_given(hub->tx, &(struct lado_given_in){episode->enquiry}, &given, err)) return false;
	if (given.found) return true;
	return hand_over_insert(hub->tx, &in, &made, err) && audit_write(hub, &entry, NULL, err);
}

bool restriction_follow(struct hub *hub, struct episode *episode, struct text concerns, struct error *err)
{
	struct putting what = {
		.kind = RESTRICTION_ALLEGATION, .reason = TEXT("An allegation against a professional is among the concerns.")};
	struct restriction_standing_row standing;
	bool found;

	if (!concerns_allege(concerns)) return true;
	if (!restriction_standing(hub->tx, &(struct restriction_standing_in){episode->enquiry}, &standing, &found, err))
		return false;
	if (!found && !choose_owner(hub, &what.owner, err)) return false;
	if (!found && !put(hub, episode, &what, err)) return false;
	if (!found && !restriction_admit_duty(hub, episode->enquiry, err)) return false;
	return hand_to_lado(hub, episode, err);
}

/* By hand */

/* Somebody who may own it: a manager whose account is in use. */
static bool check_owner(struct hub *hub, struct account_id owner, struct error *err)
{
	struct restriction_owners_rows rows;

	if (!restriction_owners(hub->tx, &(struct restriction_owners_in){.at = hub->now}, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++)
		if (rows.rows[i].id.n == owner.n && role_of(rows.rows[i].role) != ROLE_EDT_WORKER) return true;
	return error_field(err, "owner", "Choose a manager whose account is in use");
}

static bool check_put(struct hub *hub, const struct restriction_put *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_restriction_kind, restriction_kind_of(in->restriction_kind) != RESTRICTION_NONE);
	decode_required(&decoder, FIELD_restriction_reason, !text_blank(in->restriction_reason));
	if (!decode_ok(&decoder)) return false;
	return in->owner.n <= 0 || check_owner(hub, in->owner, err);
}

bool enquiry_restrict(struct hub *hub, const struct restriction_put *in, struct error *err)
{
	struct putting what = {.kind = restriction_kind_of(in->restriction_kind),
		.reason = in->restriction_reason,
		.owner = in->owner.n > 0 ? in->owner : hub->actor.account};
	struct restriction_standing_row standing;
	struct episode episode;
	bool found;

	if (!hub_may(hub, ACTION_RESTRICT, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!restriction_standing(hub->tx, &(struct restriction_standing_in){episode.enquiry}, &standing, &found, err))
		return false;
	if (found) {
		error_refused(err, "it is restricted already");
		return error_hint(err, "Name or take off people, or lift the restriction first.");
	}
	if (!check_put(hub, in, err) || !put(hub, &episode, &what, err)) return false;
	if (what.kind != RESTRICTION_ALLEGATION) return true;
	return restriction_admit_duty(hub, episode.enquiry, err) && hand_to_lado(hub, &episode, err);
}

bool restriction_through_glass(struct hub *hub, struct enquiry_id enquiry, bool *ret, struct error *err)
{
	struct glass_standing_in in = {.enquiry = enquiry, .account = hub->actor.account};
	struct glass_standing_row glass;

	return glass_standing(hub->tx, &in, &glass, ret, err);
}

static bool refuse_glass(struct error *err)
{
	error_denied(err, "you see this record through broken glass: who else may see it is not yours to say");
	return error_hint(err, "Ask its owner or a service manager.");
}

bool restriction_locked(
	struct hub *hub, enum action action, struct text reference, struct restriction_locked *ret, struct error *err)
{
	struct restriction_get_in in = {.viewer = hub->actor.account};
	bool found, glass;

	if (!hub_may(hub, action, err)) return false;
	if (!episode_lock(hub, reference, VERSION_ANY, &ret->episode, err)) return false;
	if (!restriction_through_glass(hub, ret->episode.enquiry, &glass, err)) return false;
	if (glass) return refuse_glass(err);
	in.enquiry = ret->episode.enquiry;
	if (!restriction_get(hub->tx, &in, &ret->row, &found, err)) return false;
	if (found) return true;
	error_refused(err, "it is not restricted: everybody of the hub sees it");
	return error_hint(err, "Restrict it first.");
}

bool restriction_review(struct hub *hub, const struct restriction_review *in, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_REVIEW_RESTRICTION};
	struct restriction_locked on;
	struct restriction_reviewed_in row = {.reviewed_at = hub->now, .review_due_at = review_due(hub)};

	if (!restriction_locked(hub, ACTION_REVIEW_RESTRICTION, in->on.reference, &on, err)) return false;
	row.owner = in->owner.n > 0 ? in->owner : on.row.owner;
	if (row.owner.n != on.row.owner.n && !check_owner(hub, row.owner, err)) return false;
	row.enquiry = entry.enquiry = on.episode.enquiry;
	entry.detail = arena_printf(hub->arena, "owner=%lld", (long long)row.owner.n);
	if (!restriction_reviewed(hub->tx, &row, NULL, err)) return false;
	if (!restriction_admit(hub, on.episode.enquiry, row.owner, err)) return false;
	return audit_write(hub, &entry, NULL, err);
}

bool restriction_lift(struct hub *hub, const struct restriction_lift *in, struct error *err)
{
	struct step step = {.action = ACTION_LIFT_RESTRICTION, .transition = TRANSITION_UNRESTRICTED};
	struct restriction_lifted_in row = {
		.lifted_at = hub->now, .lifted_by = hub->actor.account, .lifted_reason = in->lifted_reason};
	struct restriction_locked on;

	if (!restriction_locked(hub, step.action, in->on.reference, &on, err)) return false;
	if (text_blank(in->lifted_reason)) return error_field(err, "lifted_reason", "Say why it need not be restricted");
	row.enquiry = on.episode.enquiry;
	if (!restriction_lifted(hub->tx, &row, NULL, err)) return false;
	if (!enquiry_restricted(hub->tx, &(struct enquiry_restricted_in){false, row.enquiry}, NULL, err)) return false;
	if (!restriction_people_clear(hub->tx, &(struct restriction_people_clear_in){row.enquiry}, NULL, err)) return false;
	if (!glass_over(hub, row.enquiry, err)) return false;
	return episode_step(hub, &on.episode, &step, err);
}
