#include "hub/swap.h"

#include "base/london.h"
#include "hub/allocation.h"
#include "hub/holding.h"
#include "hub/lock.h"

static const struct input_member swap_members[] = {
	{FIELD_swap_with, COLUMN_TEXT, offsetof(struct enquiry_swap, swap_with), true},
	{FIELD_reason, COLUMN_TEXT, offsetof(struct enquiry_swap, reason), false},
};

const struct input_type enquiry_swap_input = {
	.name = "enquiry_swap",
	.size = sizeof(struct enquiry_swap),
	INPUT_MEMBERS(swap_members),
};

bool swap_offers_of(struct hub *hub, struct workstream_id workstream, int64_t limit_rows, struct swap_offer_rows *ret,
	struct error *err)
{
	struct swap_offers_in in = {
		.viewer = hub->actor.account, .at = hub->now, .workstream = workstream, .limit = limit_rows};

	return swap_offers(hub->tx, &in, ret, err);
}

static bool read_other(const struct enquiry_swap *in, struct text *ret_reference, int64_t *ret_version)
{
	struct text rest = in->swap_with;

	*ret_version = VERSION_ANY;
	if (!text_split(&rest, '@', ret_reference)) return false;
	return text_blank(rest) || (text_int(rest, ret_version) && *ret_version > 0);
}

/* "OX-0012 was decided by Priya Nair, Tue 7 July, 10:12": what made it go another way. */
static bool refuse_moved(struct hub *hub, const struct episode *other, struct error *err)
{
	struct history_last_in in = {.viewer = hub->actor.account, .enquiry = other->enquiry};
	struct history_last_row last;
	bool found;

	if (!history_last(hub->tx, &in, &last, &found, err)) return false;
	if (!found) return error_refused(err, "%.*s was changed meanwhile", TEXT_ARG(other->reference));
	error_refused(err, "%.*s was changed first by %.*s: %.*s, %.*s. Nothing was swapped", TEXT_ARG(other->reference),
		TEXT_ARG(text_slice(last.name, 0, 80)), TEXT_ARG(code_words_of(CODES_transition, last.transition)),
		TEXT_ARG(london_short(hub->arena, last.at)));
	return error_hint(err, "Choose another that could go back.");
}

static bool find_other(struct hub *hub, const struct enquiry_swap *in, struct episode *ret, struct error *err)
{
	struct text reference;
	int64_t version;

	if (!read_other(in, &reference, &version))
		return error_field(err, "swap_with", "Enter the reference of what goes back, such as OX-0012");
	if (!episode_lock(hub, reference, VERSION_ANY, ret, err)) {
		if (err->kind != ERROR_NOT_FOUND) return false;
		return error_field(err, "swap_with", "There is no enquiry %.*s", TEXT_ARG(text_slice(reference, 0, 40)));
	}
	if (state_of(ret->state) != STATE_ALLOCATED || (version != VERSION_ANY && version != ret->version))
		return refuse_moved(hub, ret, err);
	return true;
}

/* Only what can wait longer makes way, and only a green or an amber. */
static bool makes_way(const struct episode *other, const struct episode *episode, struct error *err)
{
	if (other->enquiry.n == episode->enquiry.n)
		return error_field(err, "swap_with", "Choose another enquiry than this one");
	if (other->workstream.n != episode->workstream.n)
		return error_refused(err, "%.*s is of another workstream", TEXT_ARG(other->reference));
	if (rag_of(other->rag) == RAG_RED) {
		error_refused(err, "%.*s is red: only a green or an amber goes back", TEXT_ARG(other->reference));
		return error_hint(err, "Choose a green or an amber, lend a worker, or decide it yourself.");
	}
	if (rag_of(other->rag) >= rag_of(episode->rag)) return true;
	return error_refused(err, "%.*s is more urgent than this one", TEXT_ARG(other->reference));
}

static bool go_back(
	struct hub *hub, struct episode *other, const struct episode *episode, struct text reason, struct error *err)
{
	struct step step = {.action = ACTION_SWAP,
		.transition = TRANSITION_UNALLOCATED,
		.about = other->worker,
		.detail = episode->reference};
	struct holding_said said = {.kind = "swapped", .about = other->worker, .other = episode->id, .reason = reason};

	if (!holding_put_back(hub, other, &step, err)) return false;
	return holding_note(hub, other, &said, err);
}

static bool take_its_place(struct hub *hub, struct episode *episode, const struct episode *other,
	const struct enquiry_allocate *in, struct error *err)
{
	struct step step = {
		.action = ACTION_SWAP, .transition = TRANSITION_ALLOCATED, .about = in->worker, .detail = other->reference};
	struct holding_said said = {.kind = "swapped", .about = in->worker, .other = other->id, .reason = in->reason};

	if (!allocation_give(hub, episode, &step, in, err)) return false;
	return holding_note(hub, episode, &said, err);
}

static bool lock_both(struct hub *hub, const struct enquiry_swap *in, struct error *err)
{
	struct text both[] = {in->on.reference, TEXT("")};
	int64_t version;

	return enquiries_lock(hub, both, read_other(in, &both[1], &version) ? 2 : 1, err);
}

bool enquiry_swap(struct hub *hub, const struct enquiry_swap *in, struct error *err)
{
	struct enquiry_allocate take = {.on = in->on, .reason = in->reason};
	struct episode episode, other;

	if (!hub_may(hub, ACTION_SWAP, err)) return false;
	if (!lock_both(hub, in, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!allocation_not_screened_out(&episode, TRANSITION_ALLOCATED, err)) return false;
	if (!find_other(hub, in, &other, err)) return false;
	if (!makes_way(&other, &episode, err)) return false;
	take.worker = other.worker;
	if (!hub_lock_worker(hub, take.worker, err)) return false;
	if (!go_back(hub, &other, &episode, in->reason, err)) return false;
	if (!take_its_place(hub, &episode, &other, &take, err)) return false;
	return holding_settle(hub, episode.workstream, err);
}
