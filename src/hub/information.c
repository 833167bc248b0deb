#include "hub/information.h"

#include <sodium.h>

#include "base/london.h"
#include "hub/lock.h"
#include "hub/withdrawal.h"
#include "sql/enquiry.h"
#include "sql/information.h"

struct text information_hash(struct arena *arena, struct text content)
{
	unsigned char *hash = arena_alloc(arena, 16);

	crypto_generichash(hash, 16, (const unsigned char *)content.ptr, content.len, NULL, 0);
	return (struct text){(const char *)hash, 16};
}

/* Somebody has to look at what came: screen it again, or after the decision review it; a duplicate's, the original. */
static bool ask_for_a_look(struct hub *hub, const struct episode *episode, instant arrived_at, struct error *err)
{
	struct withdrawal_original original;
	struct episode_flag_in flag = {.rescreen_asked_at = INSTANT_NONE, .review_asked_at = INSTANT_NONE};

	if (!withdrawal_follow(hub, episode, &original, err)) return false;
	if (original.enquiry.n != episode->enquiry.n) {
		if (!hub_lock_enquiry(hub, original.enquiry, err)) return false;
		if (hub_locks(hub) && !withdrawal_follow(hub, episode, &original, err)) return false;
	}
	flag.enquiry = original.enquiry;
	if (original.open)
		flag.rescreen_asked_at = arrived_at;
	else
		flag.review_asked_at = arrived_at;
	return episode_flag(hub->tx, &flag, NULL, err);
}

bool information_put(struct hub *hub, struct episode *episode, const struct information *information, struct error *err)
{
	struct step step = {.action = ACTION_ADD_INFORMATION, .transition = TRANSITION_FURTHER_INFORMATION};
	struct further_information_insert_row row;
	struct further_information_insert_in in = {
		.enquiry = episode->enquiry,
		.received_at = information->arrived_at,
		.recorded_at = hub->recorded_at,
		.recorded_by = hub->actor.account,
		.referrer_name = information->from,
		.summary = information->summary,
		.content = information->content,
		.content_hash = information->hash,
	};

	if (!episode_step(hub, episode, &step, err)) return false;
	if (!further_information_insert(hub->tx, &in, &row, err)) return false;
	return ask_for_a_look(hub, episode, information->arrived_at, err);
}

static const struct input_member add_members[] = {
	{FIELD_information_from, COLUMN_TEXT, offsetof(struct information_add, information_from), false},
	{FIELD_information_at, COLUMN_INSTANT, offsetof(struct information_add, information_at), false},
	{FIELD_further_information, COLUMN_TEXT, offsetof(struct information_add, further_information), true},
};

const struct input_type information_add_input = {
	.name = "information_add",
	.size = sizeof(struct information_add),
	INPUT_MEMBERS(add_members),
};

static bool check(
	const struct hub *hub, const struct episode *episode, const struct information_add *in, struct error *err)
{
	struct decoder decoder = hub_decoder(hub, err);

	decode_required(&decoder, FIELD_further_information, !text_blank(in->further_information));
	if (in->information_at > hub->now)
		decode_problem(&decoder, FIELD_information_at, "The information can't have arrived in the future");
	if (in->information_at != INSTANT_NONE && in->information_at < episode->received_at)
		decode_problem(&decoder, FIELD_information_at,
			"The enquiry was received %s: what arrived before that belongs to its receipt",
			london_short(hub->arena, episode->received_at).ptr);
	return decode_ok(&decoder);
}

/* The instant belongs to what makes it the same only where it was given: a second click comes a little later. */
static struct text content_of(struct hub *hub, const struct information_add *in)
{
	struct text at = TEXT("");

	if (in->information_at != INSTANT_NONE) at = instant_iso_utc(hub->arena, in->information_at);
	return arena_printf(hub->arena, "%.*s\n%.*s\n%.*s", TEXT_ARG(in->information_from), TEXT_ARG(at),
		TEXT_ARG(in->further_information));
}

bool information_add(struct hub *hub, const struct information_add *in, struct error *err)
{
	struct information information = {
		.from = text_blank(in->information_from) ? TEXT_NONE : in->information_from,
		.arrived_at = in->information_at == INSTANT_NONE ? hub->now : in->information_at,
		.summary = in->further_information,
		.content = content_of(hub, in),
	};
	struct episode episode;
	struct further_information_same_row same;
	bool known;

	if (!hub_may(hub, ACTION_ADD_INFORMATION, err)) return false;
	if (!episode_lock(hub, in->on.reference, VERSION_ANY, &episode, err)) return false;
	if (!check(hub, &episode, in, err)) return false;
	information.hash = information_hash(hub->arena, information.content);
	if (!further_information_same(
			hub->tx, &(struct further_information_same_in){episode.enquiry, information.hash}, &same, &known, err))
		return false;
	return known || information_put(hub, &episode, &information, err);
}

static const struct input_member review_members[] = {
	{FIELD_review_reason, COLUMN_TEXT, offsetof(struct enquiry_review, review_reason), true},
};

const struct input_type enquiry_review_input = {
	.name = "enquiry_review",
	.size = sizeof(struct enquiry_review),
	INPUT_MEMBERS(review_members),
};

static bool asked_for(const struct episode *episode, struct error *err)
{
	if (episode->review_asked_at != INSTANT_NONE) return true;
	error_refused(err, "nothing has arrived since the decision that nobody has reviewed");
	return error_hint(err, "Somebody may have reviewed it already; the history says who.");
}

bool enquiry_review(struct hub *hub, const struct enquiry_review *in, struct error *err)
{
	struct step step = {.action = ACTION_REVIEW, .transition = TRANSITION_REVIEWED};
	struct episode episode;
	struct review_insert_in row = {
		.reason = in->review_reason,
		.reviewed_by = hub->actor.account,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!hub_may(hub, ACTION_REVIEW, err)) return false;
	if (!episode_lock(hub, in->on.reference, in->on.version, &episode, err)) return false;
	if (!episode_takes(&episode, TRANSITION_REVIEWED, err)) return false;
	if (!asked_for(&episode, err)) return false;
	if (text_blank(in->review_reason)) return error_field(err, "review_reason", "Enter why nothing changes");
	row.episode = episode.id;
	row.asked_at = episode.review_asked_at;
	if (!review_insert(hub->tx, &row, NULL, err)) return false;
	if (!episode_step(hub, &episode, &step, err)) return false;
	episode.review_asked_at = INSTANT_NONE;
	return episode_save(hub, &episode, err);
}
