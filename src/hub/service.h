/*
 * Services: the directory of what children and families can be referred on to.
 */
#ifndef HUB_SERVICE_H
#define HUB_SERVICE_H

#include "hub/hub.h"
#include "sql/service.h"

/* Those in use, by name. */
NODISCARD bool services_in_use(struct hub *, struct service_rows *ret, struct error *);

#endif
