/*
 * Following: which changes a page wants to hear of. That of an enquiry shows the enquiry, whom its children are, and how other
 * enquiries about them, or linked with it, stand; its actions say which of these they change (audit.c, child.c).
 */
#ifndef HUB_FOLLOWING_H
#define HUB_FOLLOWING_H

#include "hub/hub.h"

/* Everything, as for one that isn't there, where the actor may not see it. */
NODISCARD bool following_enquiry(struct hub *, struct text reference, struct followed *ret, struct error *);

#endif
