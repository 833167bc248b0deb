/*
 * Duty: who is duty manager, screener, on call and on EDT, now.
 *
 * A rota names people beforehand; somebody who is away, disabled or past their end date is not on duty whatever the
 * rota says. Where it names nobody, these functions fall back on the roles, so that an alarm or a held enquiry always
 * finds a person while there is one. All are of hub->now, with the lowest account first.
 *
 * Source: domain.md, "People in the system".
 */
#ifndef HUB_DUTY_H
#define HUB_DUTY_H

#include "hub/hub.h"

struct duty_person {
	struct account_id account;
	struct text name;
	struct text telephone;
	enum role role;
	enum duty duty; /* DUTY_NONE: by their role, the rota names nobody */
};

struct duty_people {
	struct duty_person *rows;
	size_t count;
};

/* Who the rota names for this duty: nobody else is made up. */
NODISCARD bool duty_now(struct hub *, enum duty, struct duty_people *ret, struct error *);

/*
 * Who holds what finds no room, and is told of danger. In hours the duty manager, else a practice manager who is here,
 * else a deputy; out of hours the EDT manager on shift, else who is on call, else an EDT worker on shift, else an EDT
 * manager who is not away, else as in hours. Last, a practice manager who is away: somebody is named while there is one.
 */
NODISCARD bool duty_holder(struct hub *, struct duty_person *ret, bool *ret_found, struct error *);

/* Who is on call, else the practice managers who are here, else all of them. */
NODISCARD bool duty_on_call(struct hub *, struct duty_people *ret, struct error *);

/* Whom an unanswered alarm rises to: the service managers. */
NODISCARD bool duty_higher(struct hub *, struct duty_people *ret, struct error *);

/* Has this person any duty or shift on the rota now? */
NODISCARD bool duty_is_on(struct hub *, struct account_id, bool *ret, struct error *);

#endif
