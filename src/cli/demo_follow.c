#include "cli/demo_follow.h"

#include "hub/hand_over.h"
#include "hub/strategy.h"

static bool lived(const struct played *played)
{
	return !played->failed && !text_none(played->reference);
}

bool demo_discuss(struct hub *hub, const struct played *played, struct error *err)
{
	struct strategy_record in = {
		.on = {played->reference, VERSION_ANY},
		.strategy_held_at = hub->now,
		.agencies = TEXT("social_care;police;health"),
		.took_part = TEXT("Social care: the hub's senior social worker. Police: protecting vulnerable people unit. "
						  "Health: the named nurse."),
		.strategy_decision = strategy_decision_text(STRATEGY_JOINT_SECTION_47),
		.police_protection_at = INSTANT_NONE,
	};

	return !lived(played) || strategy_record(hub, &in, err);
}

bool demo_confer(struct hub *hub, const struct played *played, struct error *err)
{
	struct conference_record in = {.on = {played->reference, VERSION_ANY}, .conference_held_at = hub->now};

	return !lived(played) || strategy_conference(hub, &in, err);
}

/* Somebody where it was handed to; who, goes by turns. */
static struct text accepter(const struct hand_over_unaccepted_row *row)
{
	static const char *const names[] = {"Gwen Pryce", "Yusuf Idris", "Marta Lind", "Owen Tranter", "Bev Sallow"};

	return text_of(names[(size_t)row->id.n % (sizeof names / sizeof *names)]);
}

bool demo_accept(struct hub *hub, const struct played *played, struct error *err)
{
	struct hand_over_unaccepted_in of = {.viewer = hub->actor.account, .enquiry = played->enquiry};
	struct hand_over_unaccepted_rows waiting;

	if (!lived(played)) return true;
	if (!hand_over_unaccepted(hub->tx, &of, &waiting, err)) return false;
	for (size_t i = 0; i < waiting.count; i++) {
		struct hand_over_reply in = {
			.on = {played->reference, VERSION_ANY},
			.hand_over = waiting.rows[i].id,
			.hand_over_answer = hand_over_answer_text(HAND_OVER_ANSWER_ACCEPTED),
			.accepted_by = accepter(&waiting.rows[i]),
		};

		if (!hand_over_reply(hub, &in, err)) return false;
	}
	return true;
}
