#include "hub/reopening.h"

#include "hub/holding.h"
#include "rules/clock.h"
#include "rules/risk.h"
#include "sql/enquiry.h"
#include "sql/reopening.h"

static const struct input_member reopen_members[] = {
	{FIELD_rag, COLUMN_TEXT, offsetof(struct enquiry_reopen, rag), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_reopen, reason), true},
};

const struct input_type enquiry_reopen_input = {
	.name = "enquiry_reopen",
	.size = sizeof(struct enquiry_reopen),
	INPUT_MEMBERS(reopen_members),
};

static bool check(const struct hub *hub, const struct enquiry_reopen *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_rag, rag_of(in->rag) != RAG_NONE);
	decode_required(&decoder, FIELD_reason, !text_blank(in->reason));
	return decode_ok(&decoder);
}

/* The next working of the same enquiry: rated, with nobody, its clock from now. */
static bool begin(struct hub *hub, struct episode *episode, enum rag rag, struct error *err)
{
	struct episode_insert_row row;
	struct episode_insert_in in = {
		.enquiry = episode->enquiry,
		.n = episode->n + 1,
		.is_current = true,
		.workstream = episode->workstream,
		.state = state_text(STATE_SCREENED),
		.rag = rag_text(rag),
		.rag_order = rag,
		.risk_order = RISK_OLDEST,
		.first_rag = rag_text(rag),
		.started_at = hub->now,
		.screening_due_at = clock_screening_due(hub->policy, hub->now),
		.screened_at = hub->now,
		.screened_by = hub->actor.account,
		.due_at = clock_decision_due(hub->policy, rag, hub->now),
		.version = episode->version + 1,
		.recorded_at = hub->recorded_at,
	};

	if (!episode_insert(hub->tx, &in, &row, err)) return false;
	episode->id = row.id;
	episode->n = in.n;
	episode->state = in.state;
	episode->rag = in.rag;
	episode->due_at = in.due_at;
	return true;
}

static bool write_rating(struct hub *hub, const struct episode *episode, struct text reason, struct error *err)
{
	struct rag_history_insert_in in = {
		.episode = episode->id,
		.rag = episode->rag,
		.kind = rerate_kind_text(RERATE_REOPENED),
		.reason = reason,
		.information_at = INSTANT_NONE,
		.due_at = episode->due_at,
		.rated_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	return rag_history_insert(hub->tx, &in, NULL, err);
}

bool enquiry_reopen(struct hub *hub, const struct enquiry_reopen *in, struct error *err)
{
	struct step step = {.action = ACTION_REOPEN, .transition = TRANSITION_REOPENED, .detail = in->rag};
	struct balance_change reopened = {.kind = "reopened", .unit = BALANCE_WITH_CHILDREN};
	struct episode episode;
	struct reopening_leave_in leave;

	if (!hub_may(hub, ACTION_REOPEN, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_REOPENED, err)) return false;
	if (!check(hub, in, err)) return false;
	leave = (struct reopening_leave_in){.episode = episode.id, .version = episode.version};
	if (!reopening_leave(hub->tx, &leave, NULL, err)) return false;
	if (!begin(hub, &episode, rag_of(in->rag), err)) return false;
	if (!episode_begun(hub, &episode, &step, err)) return false;
	if (!write_rating(hub, &episode, in->reason, err)) return false;
	if (!balance_write(hub, &episode, &reopened, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}
