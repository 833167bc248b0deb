#include "rules/access.h"

#include <assert.h>

/* Roles as a set, so that the table below reads as the domain's: an action, and who may. */
#define ADMIN     (1u << ROLE_ADMINISTRATOR)
#define WORKER    (1u << ROLE_SOCIAL_WORKER)
#define MANAGER   (1u << ROLE_PRACTICE_MANAGER)
#define EDT       (1u << ROLE_EDT_WORKER | 1u << ROLE_EDT_MANAGER)
#define EDT_HEAD  (1u << ROLE_EDT_MANAGER)
#define PROJECT   (1u << ROLE_PROJECT_MANAGER)
#define SERVICE   (1u << ROLE_SERVICE_MANAGER)
#define DIRECTOR  (1u << ROLE_DIRECTOR)
#define PARTNER   (1u << ROLE_PARTNER)
#define AUDITOR   (1u << ROLE_AUDITOR)
#define SYSTEM    (1u << ROLE_SYSTEM_ADMINISTRATOR)
#define PRACTISES (WORKER | MANAGER | EDT)
#define SIGNS     (MANAGER | EDT_HEAD | SERVICE)
#define HUB_STAFF (ADMIN | PRACTISES | AUDITOR)
#define EVERYBODY ((1u << ROLE_COUNT) - 1)

static const unsigned may[ACTION_COUNT] = {
	[ACTION_RECEIVE] = ADMIN | PRACTISES,
	[ACTION_ADD_INFORMATION] = ADMIN | PRACTISES,
	[ACTION_CORRECT_CHILD] = ADMIN | PRACTISES,
	[ACTION_ADD_CHILD] = ADMIN | PRACTISES,
	[ACTION_REMOVE_CHILD] = PRACTISES,
	[ACTION_SCREEN] = WORKER | EDT,
	[ACTION_RERATE] = PRACTISES,
	[ACTION_PROPOSE_SCREEN_OUT] = WORKER | EDT,
	[ACTION_AUTHORISE_SCREEN_OUT] = SIGNS | WORKER, /* a worker only as deputy or by delegation: signing.h */
	[ACTION_AUTHORISE_LOWERING] = SIGNS,
	[ACTION_ALLOCATE] = MANAGER | EDT_HEAD,
	[ACTION_REALLOCATE] = MANAGER | EDT_HEAD,
	[ACTION_HOLD] = MANAGER | EDT_HEAD,
	[ACTION_RECOMMEND] = PRACTISES,
	[ACTION_RETURN] = SIGNS,
	[ACTION_AUTHORISE] = SIGNS,
	[ACTION_CLOSE] = PRACTISES,
	[ACTION_REOPEN] = MANAGER | EDT_HEAD,
	[ACTION_PROPOSE_WITHDRAWAL] = ADMIN | PRACTISES,
	[ACTION_AUTHORISE_WITHDRAWAL] = SIGNS,
	[ACTION_MOVE] = MANAGER,
	[ACTION_ADVISE] = PRACTISES,
	[ACTION_REQUEST_STRATEGY] = PRACTISES,
	[ACTION_RECORD_STRATEGY] = PRACTISES,
	[ACTION_ESCALATE] = PRACTISES | PARTNER,
	[ACTION_HAND_OVER] = PRACTISES,
	[ACTION_ANSWER_HAND_OVER] = ADMIN | PRACTISES,
	[ACTION_COLLATE] = ADMIN,
	[ACTION_VIEW_ENQUIRY] = HUB_STAFF | PROJECT | SERVICE,
	[ACTION_VIEW_LIST] = HUB_STAFF | PROJECT | SERVICE,
	[ACTION_FIND] = HUB_STAFF,
	[ACTION_VIEW_RETURN] = HUB_STAFF | PROJECT | SERVICE | DIRECTOR,
	[ACTION_VIEW_WORKERS] = ADMIN | PRACTISES | PROJECT,
	[ACTION_VIEW_ACCESS_LOG] = MANAGER | EDT_HEAD | SERVICE | AUDITOR,
	[ACTION_MANAGE_ABSENCE] = MANAGER | EDT_HEAD | ADMIN,
	[ACTION_MANAGE_USERS] = SYSTEM,
	[ACTION_VIEW_POLICY] = HUB_STAFF | PROJECT | SERVICE | DIRECTOR | SYSTEM,
	[ACTION_LOAD_POLICY] = SERVICE | SYSTEM,
	[ACTION_IMPORT] = ADMIN | SYSTEM,
	[ACTION_VERIFY_AUDIT] = AUDITOR | SERVICE | SYSTEM,
	[ACTION_MANAGE_DUTY] = MANAGER | EDT_HEAD | ADMIN,
	[ACTION_VIEW_DUTY] = HUB_STAFF | PROJECT | SERVICE,
	[ACTION_CHANGE_STAFF] = MANAGER | EDT_HEAD | SYSTEM,
	[ACTION_ACCEPT_DUTY_HAND_OVER] = PRACTISES,
	[ACTION_GIVE_DUTY_HAND_OVER] = PRACTISES,
	[ACTION_ACKNOWLEDGE_ALARM] = HUB_STAFF | SERVICE, /* whom it is for: alarm_for */
	[ACTION_RAISE_ALARM] = 0,                         /* the hub itself, by the clock or with what somebody does */
	[ACTION_UNALLOCATE] = MANAGER | EDT_HEAD,
	[ACTION_SWAP] = MANAGER | EDT_HEAD,
	[ACTION_LEND] = MANAGER | EDT_HEAD,
	[ACTION_DECIDE_ALONE] = PRACTISES, /* on duty, past a red's clock: signing.h */
	[ACTION_LOOK_AGAIN] = SIGNS,
	[ACTION_ASK_SIGNATURE] = PRACTISES,
	[ACTION_REVIEW] = PRACTISES,
	[ACTION_RECORD_PROTECTION] = PRACTISES,
	[ACTION_LOG_CONTACT] = ADMIN | PRACTISES,
	[ACTION_OVERSEE] = MANAGER | EDT_HEAD | SERVICE,
	[ACTION_INFORMATION_REQUEST] = ADMIN | PRACTISES,
	[ACTION_RESTRICT] = MANAGER | EDT_HEAD | SERVICE,
	[ACTION_NAME_PERSON] = MANAGER | EDT_HEAD | SERVICE,
	[ACTION_REMOVE_PERSON] = MANAGER | EDT_HEAD | SERVICE,
	[ACTION_REVIEW_RESTRICTION] = MANAGER | EDT_HEAD | SERVICE,
	[ACTION_LIFT_RESTRICTION] = MANAGER | EDT_HEAD | SERVICE,
	[ACTION_BREAK_GLASS] = PRACTISES, /* the duty manager and EDT */
	[ACTION_ANSWER_REFERRER] = ADMIN | PRACTISES,
	[ACTION_MARK_OPEN_CASE] = ADMIN | PRACTISES,
	[ACTION_CONFIRM_PERSON] = PRACTISES,
	[ACTION_LINK] = ADMIN | PRACTISES,
	[ACTION_TRANSFER_IN] = ADMIN | PRACTISES,
	[ACTION_RETRIAGE] = WORKER | MANAGER,
	[ACTION_TAKE_OVER] = MANAGER,
	[ACTION_PRINT] = HUB_STAFF | SERVICE,
	[ACTION_CONTINUITY] = HUB_STAFF,
	[ACTION_BACK_UP] = SYSTEM,
	[ACTION_RESTORE] = SYSTEM,
	[ACTION_COPY] = SYSTEM,
	[ACTION_DRAFT] = EVERYBODY,
	[ACTION_SIGN_IN] = EVERYBODY,
	[ACTION_SIGN_OUT] = EVERYBODY,
};

static unsigned roles_of(struct access_actor actor)
{
	unsigned roles = actor.role == ROLE_NONE ? 0 : 1u << actor.role;

	if (actor.deputy && roles & (WORKER | EDT)) roles |= MANAGER;
	return roles;
}

bool access_may(struct access_actor actor, enum action action)
{
	assert(action >= 0 && action < ACTION_COUNT);
	return actor.role == ROLE_OPERATOR || (may[action] & roles_of(actor)) != 0;
}

bool access_check(struct access_actor actor, enum action action, struct error *err)
{
	struct text role = role_words(actor.role), words = action_words(action);

	if (access_may(actor, action)) return true;
	if (actor.role == ROLE_NONE) return error_denied(err, "sign in first");
	error_denied(err, "your role can't do this: %.*s (%.*s)", TEXT_ARG(words), TEXT_ARG(role));
	return error_hint(err, "Ask somebody whose work it is, or a system administrator if your role is wrong.");
}

bool access_reads(enum role role, enum relation relation)
{
	unsigned bit = role == ROLE_NONE ? 0 : 1u << role;

	if (role == ROLE_OPERATOR) return true;
	if (relation == RELATION_ASKED) return (bit & (HUB_STAFF | PROJECT | SERVICE)) != 0;
	return relation == RELATION_ORDINARY && (bit & (HUB_STAFF | PROJECT)) != 0;
}

bool access_sees(enum role role, enum field_see see, enum relation relation)
{
	if (!access_reads(role, relation)) return false;
	if (role != ROLE_PROJECT_MANAGER) return true;
	return see == SEE_EVERYONE || see == SEE_STAFF;
}

bool access_sees_field(enum role role, enum field field, enum relation relation)
{
	const struct field_description *f = field_describe(field);

	return f->type != TYPE_SECRET && access_sees(role, f->see, relation);
}

bool role_screens(enum role role)
{
	return role == ROLE_SOCIAL_WORKER || role == ROLE_EDT_WORKER || role == ROLE_EDT_MANAGER;
}
