/*
 * Housekeeping: what has outlived its use is put away, by the hub's own clock. Nothing about a child is touched.
 *
 * Answers to idempotency keys are kept SUBMISSION_DAYS (interfaces.md), sessions and drafts 28 days after
 * their end and their last save.
 */
#ifndef HUB_HOUSEKEEPING_H
#define HUB_HOUSEKEEPING_H

#include "hub/hub.h"

NODISCARD bool housekeeping_run(struct hub *, struct error *);

#endif
