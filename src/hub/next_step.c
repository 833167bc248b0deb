#include "hub/next_step.h"

#include "hub/closing.h"
#include "hub/duty_hand_over.h"
#include "hub/hand_over.h"
#include "hub/holding.h"
#include "hub/proposal.h"
#include "hub/recommendation.h"
#include "hub/restriction.h"
#include "hub/second_look.h"
#include "hub/strategy.h"
#include "rules/lifecycle.h"
#include "sql/information.h"

/* What the answer depends on beside the episode and the actor. */
struct standing {
	struct hub *hub;
	const struct episode *episode;
	enum state state;
	enum proposal_kind pending; /* or PROPOSAL_NONE */
	bool signs;                 /* may sign what is pending */
	bool hand_over_waits;
	struct strategy_waits strategy;
	bool answer_owed;  /* to the referrer */
	bool alone;        /* may decide it alone now */
	bool look;         /* may take the second look that waits */
	bool no_room;      /* it looks for a worker, and its team has none */
	bool duty_waits;   /* handed over to or from EDT, not accepted, */
	bool accepts_duty; /* and this person may accept it */
	bool named;        /* restricted, and this person sees it as one of those it is open to */
};

static bool takes(const struct standing *standing, enum transition transition)
{
	return lifecycle_may(standing->state, transition);
}

static bool can_sign(const struct standing *standing, enum proposal_kind kind)
{
	return standing->pending == kind && standing->signs;
}

static bool can_screen(const struct standing *standing)
{
	if (!takes(standing, TRANSITION_SCREENED)) return false;
	return standing->episode->screened_at == INSTANT_NONE || standing->episode->rescreen_asked_at != INSTANT_NONE;
}

static bool can_allocate(const struct standing *standing)
{
	return takes(standing, TRANSITION_ALLOCATED) && standing->pending != PROPOSAL_SCREEN_OUT;
}

static bool can_hold(const struct standing *standing)
{
	const struct episode *episode = standing->episode;

	if (!takes(standing, TRANSITION_HELD) || standing->pending == PROPOSAL_SCREEN_OUT) return false;
	return standing->state != STATE_HELD || episode->held_by.n != standing->hub->actor.account.n;
}

static bool can_screen_out(const struct standing *standing)
{
	return takes(standing, TRANSITION_SCREEN_OUT_PROPOSED) && standing->pending != PROPOSAL_SCREEN_OUT &&
		   standing->episode->rescreen_asked_at == INSTANT_NONE;
}

static bool can_withdraw(const struct standing *standing)
{
	return takes(standing, TRANSITION_WITHDRAWAL_PROPOSED) && standing->pending != PROPOSAL_OUTCOME &&
		   standing->pending != PROPOSAL_WITHDRAWAL;
}

/* By hand a manager gives to EDT, and EDT to the day team; a worker may, but isn't led to it. */
static bool gives_by_hand(const struct standing *standing)
{
	const struct hub *hub = standing->hub;

	if (duty_gives(hub) == DIRECTION_FROM_EDT && standing->state == STATE_DECIDED) return true;
	return state_open(standing->state) && (hub->actor.role != ROLE_SOCIAL_WORKER || hub->actor.deputy);
}

static bool possible(const struct standing *standing, enum action action)
{
	bool open = state_open(standing->state);

	switch (action) {
	case ACTION_SCREEN: return can_screen(standing);
	case ACTION_RERATE: return takes(standing, TRANSITION_RERATED);
	case ACTION_PROPOSE_SCREEN_OUT: return can_screen_out(standing);
	case ACTION_AUTHORISE_SCREEN_OUT: return can_sign(standing, PROPOSAL_SCREEN_OUT);
	case ACTION_AUTHORISE_LOWERING: return can_sign(standing, PROPOSAL_LOWERING);
	case ACTION_ALLOCATE: return can_allocate(standing);
	case ACTION_SWAP:
	case ACTION_LEND: return can_allocate(standing) && standing->no_room;
	case ACTION_HOLD: return can_hold(standing);
	case ACTION_UNALLOCATE: return takes(standing, TRANSITION_UNALLOCATED);
	case ACTION_REALLOCATE: return takes(standing, TRANSITION_REALLOCATED);
	case ACTION_RECOMMEND:
		return takes(standing, TRANSITION_RECOMMENDED) && recommendation_holds(standing->hub, standing->episode);
	case ACTION_AUTHORISE: return can_sign(standing, PROPOSAL_OUTCOME);
	case ACTION_DECIDE_ALONE: return standing->alone;
	case ACTION_LOOK_AGAIN: return standing->look;
	case ACTION_ASK_SIGNATURE: return standing->pending != PROPOSAL_NONE && !standing->signs;
	case ACTION_RETURN: return standing->pending == PROPOSAL_OUTCOME && takes(standing, TRANSITION_RETURNED);
	case ACTION_ANSWER_HAND_OVER: return standing->hand_over_waits;
	case ACTION_RECORD_STRATEGY: return standing->strategy.to_be_held || standing->strategy.conference;
	case ACTION_REQUEST_STRATEGY: return open && standing->state != STATE_RECEIVED && !standing->strategy.to_be_held;
	case ACTION_REVIEW:
		return takes(standing, TRANSITION_REVIEWED) && standing->episode->review_asked_at != INSTANT_NONE;
	case ACTION_ADD_INFORMATION: return takes(standing, TRANSITION_FURTHER_INFORMATION);
	case ACTION_RECORD_PROTECTION:
	case ACTION_MARK_OPEN_CASE:
	case ACTION_CONFIRM_PERSON: return standing->state != STATE_WITHDRAWN;
	case ACTION_TRANSFER_IN: return takes(standing, TRANSITION_TRANSFERRED_IN);
	case ACTION_ANSWER_REFERRER: return standing->answer_owed;
	case ACTION_CLOSE: return takes(standing, TRANSITION_CLOSED) && !standing->hand_over_waits;
	case ACTION_REOPEN: return takes(standing, TRANSITION_REOPENED);
	case ACTION_ACCEPT_DUTY_HAND_OVER: return standing->accepts_duty;
	case ACTION_GIVE_DUTY_HAND_OVER: return !standing->duty_waits && gives_by_hand(standing);
	case ACTION_ADVISE: return true;
	case ACTION_LOG_CONTACT: return true;
	case ACTION_OVERSEE: return true;
	case ACTION_RESTRICT: return !standing->episode->restricted;
	case ACTION_NAME_PERSON:
	case ACTION_REMOVE_PERSON:
	case ACTION_REVIEW_RESTRICTION:
	case ACTION_LIFT_RESTRICTION: return standing->named;
	case ACTION_ADD_CHILD:
	case ACTION_REMOVE_CHILD: return takes(standing, TRANSITION_CHILD_ADDED);
	case ACTION_CORRECT_CHILD: return takes(standing, TRANSITION_CHILD_CORRECTED);
	case ACTION_LINK: return takes(standing, TRANSITION_LINKED);
	case ACTION_MOVE: return takes(standing, TRANSITION_MOVED) || takes(standing, TRANSITION_UNALLOCATED);
	case ACTION_PROPOSE_WITHDRAWAL: return can_withdraw(standing);
	case ACTION_AUTHORISE_WITHDRAWAL: return can_sign(standing, PROPOSAL_WITHDRAWAL);
	default: return false;
	}
}

/* The likeliest first. */
static const enum action likely[] = {
	ACTION_ACCEPT_DUTY_HAND_OVER,
	ACTION_SCREEN,
	ACTION_REVIEW,
	ACTION_AUTHORISE_SCREEN_OUT,
	ACTION_AUTHORISE_LOWERING,
	ACTION_AUTHORISE_WITHDRAWAL,
	ACTION_AUTHORISE,
	ACTION_RETURN,
	ACTION_DECIDE_ALONE,
	ACTION_LOOK_AGAIN,
	ACTION_ASK_SIGNATURE,
	ACTION_SWAP,
	ACTION_ALLOCATE,
	ACTION_LEND,
	ACTION_RECOMMEND,
	ACTION_PROPOSE_SCREEN_OUT,
	ACTION_ANSWER_HAND_OVER,
	ACTION_RECORD_STRATEGY,
	ACTION_CLOSE,
	ACTION_RERATE,
	ACTION_REQUEST_STRATEGY,
	ACTION_REALLOCATE,
	ACTION_HOLD,
	ACTION_UNALLOCATE,
	ACTION_GIVE_DUTY_HAND_OVER,
	ACTION_ADVISE,
	ACTION_REOPEN,
};

/* Recorded beside what is done with it: never what the page leads to first. */
static const enum action by_the_way[] = {
	ACTION_LOG_CONTACT,
	ACTION_OVERSEE,
	ACTION_ADD_INFORMATION,
	ACTION_RECORD_PROTECTION,
	ACTION_MARK_OPEN_CASE,
	ACTION_CONFIRM_PERSON,
	ACTION_TRANSFER_IN,
	ACTION_ANSWER_REFERRER,
	ACTION_MOVE,
	ACTION_PROPOSE_WITHDRAWAL,
	ACTION_ADD_CHILD,
	ACTION_CORRECT_CHILD,
	ACTION_REMOVE_CHILD,
	ACTION_LINK,
	ACTION_RESTRICT,
	ACTION_NAME_PERSON,
	ACTION_REMOVE_PERSON,
	ACTION_REVIEW_RESTRICTION,
	ACTION_LIFT_RESTRICTION,
};

#define LIST_COUNT(list) (sizeof(list) / sizeof *(list))

static bool find_pending(struct standing *standing, struct error *err)
{
	struct error why;
	struct proposal_row proposal;
	bool found;

	standing->pending = PROPOSAL_NONE;
	if (text_none(standing->episode->pending)) return true;
	if (!proposal_find(standing->hub, standing->episode, &proposal, &found, err)) return false;
	if (!found) return true;
	standing->pending = proposal_kind_of(proposal.kind);
	standing->signs = proposal_may_sign(standing->hub, &proposal, &why);
	return true;
}

static bool find_follow_on(struct standing *standing, struct error *err)
{
	struct account_id viewer = standing->hub->actor.account;
	struct hand_over_waiting_in waiting_in = {.viewer = viewer, .episode = standing->episode->id};
	struct referrer_owed_in owed_in = {.viewer = viewer, .enquiry = standing->episode->enquiry};
	struct hand_over_waiting_row waiting;
	struct referrer_owed_row owed;

	if (!hand_over_waiting(standing->hub->tx, &waiting_in, &waiting, err)) return false;
	if (!referrer_owed(standing->hub->tx, &owed_in, &owed, &standing->answer_owed, err)) return false;
	standing->hand_over_waits = waiting.count > 0;
	return strategy_waits(standing->hub, standing->episode, &standing->strategy, err);
}

/* Asked only where it matters and for whom it does. */
static bool find_room(struct standing *standing, struct error *err)
{
	int64_t room;

	if (!can_allocate(standing) || !hub_can(standing->hub, ACTION_SWAP)) return true;
	if (!holding_room_of(standing->hub, standing->episode->workstream, &room, err)) return false;
	standing->no_room = room == 0;
	return true;
}

/* Does it wait to be accepted by EDT or the day team, and by this person? */
static bool find_duty(struct standing *standing, struct error *err)
{
	struct hub *hub = standing->hub;
	struct duty_hand_over_last_in in = {.viewer = hub->actor.account, .episode = standing->episode->id};
	struct duty_hand_over_last_row last;
	struct error why = {0};
	bool found;

	if (!duty_hand_over_last(hub->tx, &in, &last, &found, err)) return false;
	standing->duty_waits = found && last.accepted_at == INSTANT_NONE && last.overtaken_at == INSTANT_NONE;
	standing->accepts_duty = standing->duty_waits && last.given_by.n != hub->actor.account.n &&
							 duty_accepts(hub, direction_of(last.direction), &why);
	return true;
}

static bool find_named(struct standing *standing, struct error *err)
{
	bool glass;

	if (!standing->episode->restricted) return true;
	if (!restriction_through_glass(standing->hub, standing->episode->enquiry, &glass, err)) return false;
	standing->named = !glass;
	return true;
}

static void choose(const struct standing *standing, struct next_steps *ret)
{
	const struct hub *hub = standing->hub;

	*ret = (struct next_steps){0};
	for (size_t i = 0; i < LIST_COUNT(likely); i++)
		if (hub_can(hub, likely[i]) && possible(standing, likely[i])) ret->actions[ret->count++] = likely[i];
	for (size_t i = 0; i < LIST_COUNT(by_the_way); i++)
		if (hub_can(hub, by_the_way[i]) && possible(standing, by_the_way[i]))
			ret->more[ret->more_count++] = by_the_way[i];
}

bool enquiry_actions(struct hub *hub, const struct episode *episode, struct next_steps *ret, struct error *err)
{
	struct standing standing = {.hub = hub, .episode = episode, .state = state_of(episode->state)};

	if (!find_pending(&standing, err) || !find_follow_on(&standing, err)) return false;
	if (!find_room(&standing, err) || !find_duty(&standing, err) || !find_named(&standing, err)) return false;
	if (!alone_may(hub, episode, &standing.alone, err)) return false;
	if (!second_look_may(hub, episode, &standing.look, err)) return false;
	choose(&standing, ret);
	return true;
}

void enquiry_actions_new(struct hub *hub, const struct episode *episode, struct next_steps *ret)
{
	const struct standing standing = {
		.hub = hub, .episode = episode, .state = state_of(episode->state), .pending = PROPOSAL_NONE};

	choose(&standing, ret);
}

bool next_steps_have(const struct next_steps *steps, enum action action)
{
	for (size_t i = 0; i < steps->count; i++)
		if (steps->actions[i] == action) return true;
	for (size_t i = 0; i < steps->more_count; i++)
		if (steps->more[i] == action) return true;
	return false;
}
