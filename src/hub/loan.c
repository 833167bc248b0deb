#include "hub/loan.h"

#include "hub/holding.h"
#include "hub/lock.h"
#include "rules/caseload.h"

static const struct input_member lend_members[] = {
	{FIELD_worker, COLUMN_ID, offsetof(struct enquiry_lend, worker), true},
	{FIELD_lent_until, COLUMN_INSTANT, offsetof(struct enquiry_lend, lent_until), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_lend, reason), false},
};

const struct input_type enquiry_lend_input = {
	.name = "enquiry_lend",
	.size = sizeof(struct enquiry_lend),
	INPUT_MEMBERS(lend_members),
};

bool loan_candidates(struct hub *hub, struct workstream_id workstream, struct loan_worker_rows *ret, struct error *err)
{
	struct loan_workers_in in = {.at = hub->now, .workstream = workstream};

	return loan_workers(hub->tx, &in, ret, err);
}

static bool check_until(const struct hub *hub, instant until, struct error *err)
{
	if (until <= hub->now) return error_field(err, "lent_until", "Enter a time that is still to come");
	if (until - hub->now > LOAN_DAYS_MOST * DAY_MS)
		return error_field(
			err, "lent_until", "A loan is for %d days at most; longer than that, change the team", LOAN_DAYS_MOST);
	return true;
}

/* Somebody of another team who is here and has room to lend. */
static bool check_worker(struct hub *hub, const struct episode *episode, struct account_id worker, struct error *err)
{
	struct loan_worker_rows candidates;

	if (!loan_candidates(hub, episode->workstream, &candidates, err)) return false;
	for (size_t i = 0; i < candidates.count; i++) {
		const struct loan_worker *row = &candidates.rows[i];
		struct caseload caseload = {(int)row->open, (int)row->cap, (int)row->hours_percent, false};

		if (row->account.n == worker.n) return caseload_takes(&caseload, row->name, err);
	}
	return error_field(err, "worker", "Choose a worker of another team who is here and not lent to this one already");
}

static bool write_loan(struct hub *hub, const struct episode *episode, const struct enquiry_lend *in, struct error *err)
{
	struct audit_entry entry = {
		.action = ACTION_LEND, .enquiry = episode->enquiry, .about = in->worker, .detail = TEXT("lent_until")};
	struct loan_insert_in loan = {
		.account = in->worker,
		.workstream = episode->workstream,
		.starts_at = hub->now,
		.ends_at = in->lent_until,
		.lent_by = hub->actor.account,
		.reason = text_blank(in->reason) ? TEXT_NONE : in->reason,
		.recorded_at = hub->recorded_at,
	};

	return loan_insert(hub->tx, &loan, NULL, err) && audit_write(hub, &entry, NULL, err);
}

bool enquiry_lend(struct hub *hub, const struct enquiry_lend *in, struct error *err)
{
	struct episode episode;

	if (!hub_may(hub, ACTION_LEND, err) || !hub_lock(hub, LOCK_ROTA, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!state_open(state_of(episode.state)))
		return error_refused(err, "this enquiry has ended, so nobody is lent for it");
	if (!check_until(hub, in->lent_until, err)) return false;
	if (!check_worker(hub, &episode, in->worker, err)) return false;
	if (!write_loan(hub, &episode, in, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}

bool loan_list(struct hub *hub, struct loan_rows *ret, struct error *err)
{
	return loan_standing(hub->tx, &(struct loan_standing_in){.at = hub->now}, ret, err);
}

bool loan_end(struct hub *hub, struct loan_id loan, struct error *err)
{
	struct audit_entry entry = {.action = ACTION_LEND, .detail = TEXT("cancelled_at")};
	struct loan_cancel_in in = {.loan = loan, .at = hub->now};
	int64_t changed;

	if (!hub_may(hub, ACTION_LEND, err)) return false;
	if (!loan_cancel(hub->tx, &in, &changed, err)) return false;
	if (changed != 1) return error_not_found(err, "no such loan stands: it may have ended already");
	if (!audit_write(hub, &entry, NULL, err)) return false;
	return holding_settle(hub, (struct workstream_id){0}, err);
}
