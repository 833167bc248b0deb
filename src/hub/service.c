#include "hub/service.h"

bool services_in_use(struct hub *hub, struct service_rows *ret, struct error *err)
{
	return service_list(hub->tx, ret, err);
}
