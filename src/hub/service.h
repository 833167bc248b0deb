/*
 * Services: the directory of what children and families can be referred on to.
 */
#ifndef HUB_SERVICE_H
#define HUB_SERVICE_H

#include "hub/hub.h"
#include "sql/service.h"

/*
 * The directory as a policy names it: what is new is offered, what it names no more is retired, what it names again comes
 * back. In the transaction in which the policy takes effect.
 */
NODISCARD bool services_settle(struct tx *, struct service_names, instant now, struct error *);

/* Those in use, by name. */
NODISCARD bool services_in_use(struct hub *, struct service_rows *ret, struct error *);

#endif
