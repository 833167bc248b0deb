#include "hub/housekeeping.h"

#include "hub/draft.h"
#include "hub/session.h"
#include "hub/submission.h"

bool housekeeping_run(struct hub *hub, struct error *err)
{
	int64_t forgotten;

	return submission_purge(hub, &forgotten, err) && sessions_expire(hub, err) && drafts_purge(hub, err);
}
