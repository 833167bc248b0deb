/*
 * Submissions: what was answered to a request that carried an Idempotency-Key, so that sending it again gets the
 * first answer again instead of a second record. Kept SUBMISSION_DAYS; one account's keys are its own.
 */
#ifndef HUB_SUBMISSION_H
#define HUB_SUBMISSION_H

#include "hub/hub.h"

#define SUBMISSION_DAYS      90
#define SUBMISSION_KEY_MOST  200
#define SUBMISSION_BODY_MOST ((size_t)64 << 10) /* a longer answer is kept without its body */

struct submission {
	struct text key;
	struct text route;
	struct text body_hash;
	int status;
	struct text location;
	struct text content_type;
	struct text body;
};

/* What the actor's key was answered with, or *ret_found false. */
NODISCARD bool submission_find(struct hub *, struct text key, struct submission *ret, bool *ret_found, struct error *);

/* Writes it down; in the transaction that did the work. */
NODISCARD bool submission_save(struct hub *, const struct submission *, struct error *);

/* Forgets those older than SUBMISSION_DAYS. A daily job's. */
NODISCARD bool submission_purge(struct hub *, int64_t *ret_count, struct error *);

#endif
